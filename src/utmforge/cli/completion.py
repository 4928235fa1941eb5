"""What TAB offers: campaigns, channels, link ids, saved measurements.

A completion never fails, asks, writes or connects.

    campaigns.toml, registry → name, description → only what is plain text in every shell

The names come from files that other people write, and a shell may evaluate what it is offered:
zsh runs `eval` on the answer, bash expands it, and each inserts it into the line unquoted. So a
name is offered only when all of it is letters, digits and `-_.,+@/`, which mean nothing to bash,
zsh, fish and PowerShell; every other name has to be typed. Descriptions keep only letters, digits
and a few signs.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from utmforge.campaigns.campaign_file import CampaignFile, find_campaign_file
from utmforge.errors import CampaignFileError, RegistryUnavailable, UtmforgeError
from utmforge.registry import Registry
from utmforge.registry.location import measurements_folder, registry_place

if TYPE_CHECKING:
    from utmforge.campaigns.document import CampaignDocument
    from utmforge.registry.server_address import ServerAddress

Offers = list[tuple[str, str]]

_PLAIN = re.compile(r"[^\W_][\w.,+@/-]*")
"""A word that every shell leaves unchanged. `\\w` has letters and digits of all scripts, and `_`;
there are no `~ = % # ^`, which mean something at the beginning of a word or to PowerShell and cmd,
and no `:`, where bash and zsh split words."""
_NOT_PLAIN = r"[^\w.,+/-]+"
_SCHEME = r"(?i)https?://"
_MAX_CHARACTERS = 60
"""The length of a description; a name may be as long as the longest tag."""
_MAX_NAME = 100
_DOCUMENT = "utmforge.document"
"""Where the campaign file is kept while one key is answered."""
_MAX_TEXT_BYTES = 2_000_000
"""About 5,000 links, which are read in a second. Any command puts them into the registry."""


def is_plain(name: str) -> bool:
    """Tell whether every shell reads a name exactly as it is written.

    >>> is_plain("2026-spring-sale"), is_plain("été"), is_plain("$(touch x)"), is_plain("-rf")
    (True, True, False, False)
    """
    return len(name) <= _MAX_NAME and bool(_PLAIN.fullmatch(name)) and name.isprintable()


def plain_description(about: str) -> str:
    """Return a description without characters that a shell could interpret.

    >>> plain_description("https://shop.example/spring?a=$(touch x)")
    'shop.example/spring'
    """
    text = re.split("[?#]", re.sub(_SCHEME, "", about), maxsplit=1)[0]
    return re.sub(_NOT_PLAIN, " ", text)[:_MAX_CHARACTERS].strip()


def _quietly(offer: Callable[[typer.Context, str], Iterator[tuple[str, str]]]) -> Any:  # noqa: ANN401 - Typer looks at the parameters' names
    def complete(ctx: typer.Context, incomplete: str) -> Offers:
        offers: dict[str, str] = {}
        with suppress(Exception):
            for name, about in offer(ctx, incomplete):
                if is_plain(name):
                    offers.setdefault(name, plain_description(about))
        return list(offers.items())

    return complete


def _document(ctx: typer.Context) -> CampaignDocument | None:
    """Return the campaign file, which is parsed once for a key. None: there is none."""
    if _DOCUMENT not in ctx.meta:
        ctx.meta[_DOCUMENT] = _opened(ctx)
    found: CampaignDocument | None = ctx.meta[_DOCUMENT]
    return found


def _opened(ctx: typer.Context) -> CampaignDocument | None:
    path = find_campaign_file(ctx.params.get("file") or os.environ.get("UTMFORGE_FILE"))
    if path is None or not path.is_file():  # a named pipe would be waited for
        return None
    from utmforge.campaigns.document import open_document

    return open_document(path)


def _file(ctx: typer.Context) -> CampaignFile:
    document = _document(ctx)
    if document is None:
        return CampaignFile()
    from utmforge.campaigns.reader import read_campaigns

    return read_campaigns(document)


def _planned(ctx: typer.Context) -> Iterator[tuple[str, str]]:
    """Yield the campaigns as they are written; checking thousands takes too long for a key."""
    document = _document(ctx)
    campaigns = document.raw.get("campaigns") if document else None
    for name, campaign in campaigns.items() if isinstance(campaigns, dict) else ():
        page = campaign.get("landing_page") if isinstance(campaign, dict) else None
        yield name, page if isinstance(page, str) else ""


def _place(ctx: typer.Context) -> Path | ServerAddress:
    """Return where the registry is that the command would use."""
    named = ctx.params.get("registry") or os.environ.get("UTMFORGE_REGISTRY")
    beside = None
    if not named and (document := _document(ctx)):
        from utmforge.campaigns.reader import read_workspace

        beside, named = document.path.parent, read_workspace(document).registry
    return registry_place(named, beside=beside)


def _registry(ctx: typer.Context) -> Registry:
    """Open the registry that the command would use, unless it is on a server.

    Raises:
        RegistryUnavailable: It is on a server: TAB never waits for a server or sends a password.
    """
    place = _place(ctx)
    if not isinstance(place, Path):
        raise RegistryUnavailable("the registry is on a server")
    if place.suffix == ".jsonl":
        from utmforge.registry.interchange.shared_file import registry_of_text

        return registry_of_text(_not_large(place))
    registry = Registry.open(place, create=False)
    with suppress(UtmforgeError, OSError):  # the registry's own names are offered at least
        _bring_in_shared(ctx, registry)
    return registry


def _bring_in_shared(ctx: typer.Context, registry: Registry) -> None:
    """Read in memory what only the shared file of the campaign file has; nothing is written."""
    if not (document := _document(ctx)):
        return
    from utmforge.campaigns.reader import read_workspace

    if not (shared := read_workspace(document).shared):
        return
    from utmforge.registry.interchange.shared_file import shared_file

    if follower := shared_file(registry, _not_large(document.path.parent / shared)):
        follower.take_in(dry_run=True)


def _not_large(path: Path) -> Path:
    """Return the path of a text file that can be read while someone waits for a key.

    Raises:
        RegistryUnavailable: It is too large, or it is not a file.
    """
    if not path.is_file() or path.stat().st_size > _MAX_TEXT_BYTES:
        raise RegistryUnavailable("the file is too large for TAB")
    return path


@_quietly
def campaigns(ctx: typer.Context, incomplete: str) -> Iterator[tuple[str, str]]:
    """Offer the campaigns of the campaign file."""
    del incomplete
    yield from _planned(ctx)


@_quietly
def channels(ctx: typer.Context, incomplete: str) -> Iterator[tuple[str, str]]:
    """Offer channels, also after a comma."""
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
def links_and_campaigns(ctx: typer.Context, incomplete: str) -> Iterator[tuple[str, str]]:
    """Offer the campaigns of the campaign file, then the ids of issued links."""
    with suppress(CampaignFileError):
        yield from _planned(ctx)
    with _registry(ctx) as registry:
        for link_id, campaign_name, channel in registry.queries.ids(incomplete):
            yield link_id, f"{campaign_name} {channel}".rstrip()


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


@_quietly
def saved_measurements(ctx: typer.Context, incomplete: str) -> Iterator[tuple[str, str]]:
    """Offer the names of saved measurements, the last in order first."""
    from utmforge.measure.saved import SavedMeasurements

    folder = measurements_folder(_place(ctx), os.environ)
    for name in reversed(SavedMeasurements(folder).names()):
        if name.startswith(incomplete):
            yield name, "saved measurement"
