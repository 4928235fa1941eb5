"""What TAB offers: campaigns, channels, link ids. A completion never fails and never asks."""

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import typer

from utmforge.campaigns import CampaignFile, find_campaign_file, load_campaigns

Offers = list[tuple[str, str]]


def _quietly(offer: Callable[[typer.Context, str], Iterator[tuple[str, str]]]) -> Any:  # noqa: ANN401 - Typer looks at the parameters' names
    def complete(ctx: typer.Context, incomplete: str) -> Offers:
        offers: dict[str, str] = {}
        with suppress(Exception):
            for name, about in offer(ctx, incomplete):
                offers.setdefault(name, about)
        return list(offers.items())

    return complete


def _file(ctx: typer.Context) -> CampaignFile:
    path = find_campaign_file(ctx.params.get("file") or os.environ.get("UTMFORGE_FILE"))
    return load_campaigns(path) if path else CampaignFile()


@_quietly
def campaigns(ctx: typer.Context, incomplete: str) -> Iterator[tuple[str, str]]:
    """Offer the campaigns of the campaign file."""
    del incomplete
    for campaign in _file(ctx).campaigns.values():
        yield campaign.name, campaign.landing_page


@_quietly
def channels(ctx: typer.Context, incomplete: str) -> Iterator[tuple[str, str]]:
    """Offer channels, also behind a comma."""
    before, comma, _ = incomplete.rpartition(",")
    for channel in _file(ctx).all_channels():
        yield f"{before}{comma}{channel.name}", f"{channel.source} / {channel.medium}"


@_quietly
def link_ids(ctx: typer.Context, incomplete: str) -> Iterator[tuple[str, str]]:
    """Offer the ids of issued links, the latest first."""
    from utmforge.registry import Registry  # noqa: PLC0415 - only for a TAB behind an id
    from utmforge.settings import registry_path  # noqa: PLC0415 - same

    asked = ctx.params.get("registry") or os.environ.get("UTMFORGE_REGISTRY")
    with Registry.open(registry_path(asked, _file(ctx)), create=False) as registry:
        for link_id, campaign, channel in registry.ids(incomplete):
            yield link_id, f"{campaign} {channel}".rstrip()


@_quietly
def issued_campaigns(ctx: typer.Context, incomplete: str) -> Iterator[tuple[str, str]]:
    """Offer the campaigns of the file and those that have links."""
    from utmforge.registry import Registry  # noqa: PLC0415 - only for a TAB behind --campaign
    from utmforge.settings import registry_path  # noqa: PLC0415 - same

    file = _file(ctx)
    yield from ((each.tags.campaign, each.landing_page) for each in file.campaigns.values())
    asked = ctx.params.get("registry") or os.environ.get("UTMFORGE_REGISTRY")
    with Registry.open(registry_path(asked, file), create=False) as registry:
        yield from ((name, "issued before") for name in registry.campaigns(incomplete))
