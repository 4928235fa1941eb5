"""Which issued campaign and channel the tags that a tool recorded belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from utmforge.errors import UtmforgeError
from utmforge.model import Tags
from utmforge.urls.quoting import intended_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from utmforge.campaigns.campaign_file import CampaignFile
    from utmforge.measure.result import Key
    from utmforge.registry import Registry

NAMES: tuple[Key, ...] = ("campaign", "channel", "content", "day")
"""What a source can be counted by."""


class Issued(NamedTuple):
    """What tags belong to."""

    campaign: str | None
    """None: the source does not tell campaigns."""
    channel: str | None
    content: str | None


class IssuedNames:
    """Looks up tags as a tool recorded them: in any encoding, and in lower case if it is one."""

    def __init__(self, registry: Registry, file: CampaignFile, *, is_lower: bool) -> None:
        """Read the names of issued links; `RegistryError` if the registry cannot be asked."""
        self._convention = file.convention
        self._is_lower = is_lower
        self._campaigns: dict[str, str] = {}
        self._channels: dict[tuple[str | None, str, str], str | None] = {}
        keys = ("campaign", "source", "medium", "channel")
        for campaign, source, medium, channel in registry.queries.combinations(keys):
            named = campaign or ""
            pair = self._plain(source or ""), self._plain(medium or "")
            self._campaigns.setdefault(self._plain(named), named)
            self._channels.setdefault((self._plain(named), *pair), channel)
            self._channels.setdefault((None, *pair), channel)
        for one in file.all_channels():
            pair = self._plain(one.source), self._plain(one.medium)
            self._channels.setdefault((None, *pair), one.name)

    def issued(self, tags: Mapping[str, str], *, has_campaigns: bool) -> Issued | None:
        """Return what tags belong to. None: to nothing that was issued."""
        content = tags.get("content")
        if not has_campaigns:
            pair = self._channel(None, tags)
            return Issued(None, pair, content) if pair else None
        for form in self._forms("campaign", tags.get("campaign", "")):
            if (campaign := self._campaigns.get(form)) is not None:
                channel = self._channel(form, tags) or self._channel(None, tags)
                return Issued(campaign, channel, None if _is_empty(content) else content)
        return None

    def _channel(self, campaign: str | None, tags: Mapping[str, str]) -> str | None:
        for source in self._forms("source", tags.get("source", "")):
            for medium in self._forms("medium", tags.get("medium", "")):
                if channel := self._channels.get((campaign, source, medium)):
                    return channel
        return None

    def _forms(self, field: str, value: str) -> Iterator[str]:
        """Yield a value as it is, decoded, and as the naming convention writes it."""
        decoded = intended_text(value).strip()
        yield self._plain(value)
        yield self._plain(decoded)
        if decoded and not decoded.startswith("("):
            try:
                yield self._plain(self._convention.words(field, decoded))
            except UtmforgeError:
                return

    def _plain(self, value: str) -> str:
        return value.lower() if self._is_lower else value


def _is_empty(value: str | None) -> bool:
    return not value or (value.startswith("(") and value.endswith(")"))


def foreign_tags(tags: Mapping[str, str]) -> Tags:
    """Return tags of nothing that was issued; what a tool filled in is missing."""
    found = {name: value for name, value in tags.items() if not _is_empty(value)}
    return Tags(
        found.get("source", ""),
        found.get("medium", ""),
        found.get("campaign", ""),
        content=found.get("content"),
    )
