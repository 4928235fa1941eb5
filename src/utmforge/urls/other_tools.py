"""Parameters that other tools read: known by name, left alone, and named by `explain`.

>>> other_tool("mtm_campaign")
OtherTool(name='mtm_campaign', tool='Matomo', reads='campaign', is_tag=True)
>>> str(other_tool("gclid"))
'gclid: a click id of Google'
>>> other_tool("product_id") is None, is_of_another_tool("at_medium"), is_of_another_tool("gclid")
(True, True, False)

Sources: Matomo's plugin MarketingCampaignsReporting and <https://matomo.org/faq/how-to/faq_120>,
Piano's documentation of campaigns; the other names from general knowledge of their tools'
documentation, 2026-11.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from utmforge.urls.click_ids import is_person_id, owner_of
from utmforge.urls.parameters import without_entity
from utmforge.urls.quoting import name_text

if TYPE_CHECKING:
    from utmforge.urls.link import Link


class OtherTool(NamedTuple):
    """A parameter that another tool reads."""

    name: str
    """The parameter's name, as it is written."""
    tool: str
    """Which tool."""
    reads: str
    """What the tool reads from it. Empty: not known."""
    is_tag: bool
    """Whether it says where a visit comes from, as tags do."""

    def __str__(self) -> str:
        return f"{self.name}: {self.reads or 'a parameter'} of {self.tool}"


# A name may have several prefixes: mtm_source and pk_source.
_TAGS = {
    "Matomo": (
        ("mtm_", "pk_", "piwik_", "matomo_"),
        {
            "campaign": "campaign cpn",
            "keyword": "keyword kwd",
            "source": "source",
            "medium": "medium",
            "content": "content",
            "campaign id": "cid clid",
            "campaign group": "group",
            "placement": "placement",
        },
    ),
    "Piano Analytics": (
        ("at_",),
        {
            "medium": "medium",
            "campaign": "campaign",
            "format": "format",
            "creation": "creation",
            "variant": "variant",
            "network": "network",
            "platform": "platform",
            "channel": "channel",
            "identifier": "identifier",
            "keyword": "term",
        },
    ),
    "Comscore": (
        ("ns_",),
        {
            "campaign": "campaign",
            "source": "source",
            "marketing channel": "mchannel",
            "link": "linkname",
            "fee": "fee",
        },
    ),
    "Mapp Intelligence": (("wt_",), {"campaign": "mc cc", "source": "source", "medium": "medium"}),
    "Webtrends": (("wt.",), {"campaign": "mc_id", "source": "mc_ev tsrc"}),
    "etracker": (
        ("etcc_",),
        {"campaign": "cmp", "medium": "med", "group": "grp", "keyword": "key", "source": "par"},
    ),
    "Eulerian": (
        ("eml-", "ead-", "esl-", "eaf-", "eseg-"),
        {"publisher": "publisher", "campaign": "name", "placement": "location", "item": "item"},
    ),
    "AppsFlyer": (
        ("af_",),
        {"ad": "ad", "ad set": "adset", "campaign id": "c_id", "channel": "channel"},
    ),
    "Kissmetrics": (("km_",), {"campaign": "campaign", "source": "source", "medium": "medium"}),
    "HubSpot": (
        ("hsa_",),
        {
            "account": "acc",
            "campaign": "cam",
            "ad group": "grp",
            "ad": "ad",
            "network": "net",
            "source": "src",
            "target": "tgt",
            "keyword": "kw",
            "match type": "mt",
        },
    ),
    "an internal campaign's tool": (
        ("itm_",),
        {"source": "source", "medium": "medium", "campaign": "campaign", "content": "content"},
    ),
}
_SINGLE_TAGS = {
    "xtor": ("AT Internet", "campaign"),
    "s_cid": ("Adobe Analytics", "campaign"),
    "cm_mmc": ("IBM Digital Analytics", "campaign"),
    "cm_mmca1": ("IBM Digital Analytics", "attribute"),
    "elqcampaignid": ("Eloqua", "campaign"),
    "sc_src": ("Emarsys", "source"),
    "sc_lid": ("Emarsys", "link"),
    "pk_vid": ("Matomo", "visitor"),
    "spmailingid": ("Acoustic", "mailing"),
    "spjobid": ("Acoustic", "mailing"),
    "yadclid": ("Yandex", "click id"),
    "sourceid": ("Google", "source"),
}
_PREFIXES = {
    **{prefix: tool for tool, (prefixes, _) in _TAGS.items() for prefix in prefixes},
    "gad_": "Google",
    "gtm_": "Google Tag Manager",
    "mkt_": "Marketo",
    "mc_": "Mailchimp",
    "elq": "Eloqua",
    "sfmc_": "Salesforce Marketing Cloud",
    "vero_": "Vero",
    "bsft_": "Blueshift",
    "oly_": "Omeda",
    "_hs": "HubSpot",
    "__hs": "HubSpot",
    "adj_": "Adjust",
    "adjust_": "Adjust",
    "branch_": "Branch",
    "ajs_": "Segment",
}
_EXACT = {
    f"{prefix}{name}": (tool, reads)
    for tool, (prefixes, fields) in _TAGS.items()
    for prefix in prefixes
    for reads, names in fields.items()
    for name in names.split()
} | _SINGLE_TAGS
_NO_TAGS_OF_VISITS = frozenset(("pk_vid", "mtm_clid", "yadclid", "sourceid"))
_MAX_CHARACTERS = 40

TAGS_OF_OTHER_TOOLS = frozenset(_EXACT) - {"sourceid"}
"""Parameters by which other tools know where a visit comes from, in lower case."""


@lru_cache(maxsize=1024)
def other_tool(name: str) -> OtherTool | None:
    """Return the tool that reads a parameter, and what it reads in it. None: the page's own."""
    plain = name.lower()
    if len(plain) > _MAX_CHARACTERS or not plain.replace(".", "_").replace("-", "_").isidentifier():
        return None
    if owner := owner_of(plain):
        return OtherTool(
            name, owner, "one recipient's id" if is_person_id(plain) else "a click id", is_tag=False
        )
    if plain in _EXACT:
        tool, reads = _EXACT[plain]
        return OtherTool(name, tool, reads, is_tag=plain not in _NO_TAGS_OF_VISITS)
    tool = next((tool for prefix, tool in _PREFIXES.items() if plain.startswith(prefix)), "")
    return OtherTool(name, tool, "", is_tag=False) if tool else None


def other_tools(link: Link) -> tuple[OtherTool, ...]:
    """Return the parameters of a link that other tools read, before and after the `#`."""
    pieces = (*link.parameters, *link.fragment_parameters)
    found = (other_tool(name_text(without_entity(one.name))) for one in pieces if one.joint)
    return tuple(dict.fromkeys(one for one in found if one))


def is_of_another_tool(name: str) -> bool:
    """Tell whether a parameter is a campaign tag that only another analytics tool reads."""
    found = other_tool(name)
    return found is not None and found.is_tag
