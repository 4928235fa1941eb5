"""What Matomo records of a tagged link.

Read 2026-11-23 in matomo-org/plugin-MarketingCampaignsReporting (the version of d4db44c7) and on
https://matomo.org/faq/how-to/faq_120. Matomo has no channel groups: every tagged visit has the type
campaign, whatever its medium.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from utmforge.analytics.readings.parameters import of_fragment, of_query

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from utmforge.urls.link import Link

# The first parameter that has a value counts.
NAMES = {
    "campaign": (
        *("mtm_campaign", "matomo_campaign", "mtm_cpn", "pk_campaign", "piwik_campaign", "pk_cpn"),
        "utm_campaign",
    ),
    "keyword": (
        *("mtm_keyword", "matomo_kwd", "mtm_kwd", "pk_keyword", "piwik_kwd", "pk_kwd"),
        "utm_term",
    ),
    "source": ("mtm_source", "pk_source", "utm_source"),
    "medium": ("mtm_medium", "pk_medium", "utm_medium"),
    "content": ("mtm_content", "pk_content", "utm_content"),
    "id": ("mtm_cid", "pk_cid", "utm_id", "mtm_clid"),
    "group": ("mtm_group", "pk_group"),
    "placement": ("mtm_placement", "pk_placement"),
}
WITHOUT_PLUGIN = (*NAMES["campaign"], "utm_source", "utm_medium")

CASE_KEPT = "mtm_clid"
MAX_BYTES = 250


class MatomoReading(NamedTuple):
    """The dimensions of one visit; None if Matomo records no value.

    Values are in lower case, without surrounding white space, cut to 250 bytes of UTF-8.
    """

    campaign: str | None = None
    """The campaign's name."""
    keyword: str | None = None
    """The keyword: `utm_term`."""
    source: str | None = None
    """Who sends the visitor."""
    medium: str | None = None
    """How the visitor comes."""
    content: str | None = None
    """Which link of the campaign it is."""
    id: str | None = None
    """The campaign's id: `utm_id`."""
    group: str | None = None
    """The target group; it has no utm parameter."""
    placement: str | None = None
    """The placement of an ad; it has no utm parameter."""
    campaign_without_plugin: str | None = None
    """The campaign name that Matomo records without Marketing Campaigns Reporting.

    It then records only campaign and keyword, and without a campaign it uses the source or the
    medium as its name.
    """


def read_by_matomo(link: Link) -> MatomoReading:
    """Return what Matomo records; it reads the query only if the fragment has no tags."""
    for parameters in (of_fragment(link), of_query(link)):
        if found := _found(parameters):
            return MatomoReading(
                **found, campaign_without_plugin=_first(WITHOUT_PLUGIN, parameters)
            )
    return MatomoReading()


def _found(parameters: Mapping[str, str]) -> dict[str, str]:
    """Return the value of each dimension that has one."""
    values = ((dimension, _first(names, parameters)) for dimension, names in NAMES.items())
    return {dimension: value for dimension, value in values if value}


def _first(names: Iterable[str], parameters: Mapping[str, str]) -> str | None:
    for name in names:
        value = _recorded(name, parameters.get(name, ""))
        if value and value != "0":  # PHP treats "0" as empty
            return value
    return None


def _recorded(name: str, value: str) -> str:
    value = value.strip(" \t\n\r\v\0")
    if name != CASE_KEPT:
        value = value.lower()
    return value.encode(errors="replace")[:MAX_BYTES].decode(errors="ignore")
