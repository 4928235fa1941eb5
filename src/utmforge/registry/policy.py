"""Under which conditions links are handed out."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from utmforge.errors import (
    CampaignEnded,
    LinkRetired,
    quoted,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from utmforge.model import Event


def refuse_ended(campaign: str, last: date) -> CampaignEnded:
    """Return the refusal of new links for a campaign that is over."""
    return CampaignEnded(
        f"campaign {quoted(campaign)} ended on {last}, and takes no new links",
        hint="change its ends in campaigns.toml, or issue them all the same: --ended",
    )


def refuse_retired(retired: dict[str, list[Event]]) -> LinkRetired:
    """Return the refusal to hand out links that are retired, by id."""
    name, events = next(iter(retired.items()))
    last = events[-1]
    reason = f": {last.reason}" if last.reason else ""
    others = f" (and {len(retired) - 1:,} more)" if len(retired) > 1 else ""
    hint = (
        f"use {last.successor} instead: utmforge show {last.successor}"
        if last.successor
        else "--retired issues it again all the same"
    )
    return LinkRetired(f"link {name} was retired on {last.at[:10]}{reason}{others}", hint=hint)


class IssuePolicy(NamedTuple):
    """Under which conditions links are handed out."""

    ended: Mapping[str, date] = MappingProxyType({})
    """Campaigns that take no new links, by `utm_campaign`, and their last day."""
    reissue: bool = False
    """Issue also what was retired, once more."""
    skip: bool = False
    """Leave out what may not be handed out, instead of refusing all."""
