"""What TAB offers: campaigns, channels, link ids. A completion never fails and never asks."""

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import typer

from utmforge.campaigns.campaign_file import CampaignFile, find_campaign_file
from utmforge.registry import Registry
from utmforge.registry.location import registry_place

Offers = list[tuple[str, str]]


def _quietly(offer: Callable[[typer.Context, str], Iterator[tuple[str, str]]]) -> Any:  # noqa: ANN401 - Typer looks at the parameters' names
    def complete(ctx: typer.Context, incomplete: str) -> Offers:
        offers: dict[str, str] = {}
        with suppress(Exception):
            for name, about in offer(ctx, incomplete):
                offers.setdefault(name, about)
        return list(offers.items())

    return complete


def _file_path(ctx: typer.Context) -> Path | None:
    return find_campaign_file(ctx.params.get("file") or os.environ.get("UTMFORGE_FILE"))


def _file(ctx: typer.Context) -> CampaignFile:
    path = _file_path(ctx)
    if path is None:
        return CampaignFile()
    from utmforge.campaigns.reader import load_campaigns

    return load_campaigns(path)


def _registry(ctx: typer.Context) -> Registry:
    named = ctx.params.get("registry") or os.environ.get("UTMFORGE_REGISTRY")
    beside = None
    if not named and (path := _file_path(ctx)):
        from utmforge.campaigns.reader import load_workspace

        beside, named = path.parent, load_workspace(path).registry
    return Registry.open(registry_place(named, beside=beside), create=False)


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
    chosen = before.split(",")
    for channel in _file(ctx).all_channels():
        if channel.name not in chosen:
            yield f"{before}{comma}{channel.name}", f"{channel.source} / {channel.medium}"


@_quietly
def link_ids(ctx: typer.Context, incomplete: str) -> Iterator[tuple[str, str]]:
    """Offer the ids of issued links, the latest first."""
    with _registry(ctx) as registry:
        for link_id, campaign, channel in registry.queries.ids(incomplete):
            yield link_id, f"{campaign} {channel}".rstrip()


@_quietly
def issued_campaigns(ctx: typer.Context, incomplete: str) -> Iterator[tuple[str, str]]:
    """Offer the campaigns of the file and those that have links."""
    for each in _file(ctx).campaigns.values():
        yield each.tags.campaign, each.landing_page
    with _registry(ctx) as registry:
        yield from ((name, "issued before") for name in registry.queries.campaigns(incomplete))


@_quietly
def changes(ctx: typer.Context, incomplete: str) -> Iterator[tuple[str, str]]:
    """Offer the latest changes of the registry."""
    with _registry(ctx) as registry:
        for change in registry.changes(50):
            if change.id.startswith(incomplete):
                yield change.id, f"{change.kind} {change.about}".rstrip()
