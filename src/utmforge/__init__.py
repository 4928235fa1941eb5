"""utmforge: build UTM links for every message you send, and keep a registry of them.

>>> from utmforge import Tags, tag
>>> tag("https://example.com/?a=1#top", Tags("news", "email", "spring"))
'https://example.com/?a=1&utm_source=news&utm_medium=email&utm_campaign=spring#top'

The names below are the library. Nothing here imports Typer or Rich.
"""

from typing import TYPE_CHECKING

__version__ = "0.3.0"

if TYPE_CHECKING:
    from utmforge.campaigns.campaign_file import CampaignFile
    from utmforge.campaigns.reader import load_campaigns
    from utmforge.channels import CHANNELS, Channel
    from utmforge.errors import UtmforgeError
    from utmforge.issuing.library import issue, plan_links
    from utmforge.issuing.make import make_link
    from utmforge.model import Campaign, Issued, Placement, TaggedLink, Tags
    from utmforge.naming.convention import Convention
    from utmforge.registry import Registry
    from utmforge.urls.link_ids import link_id
    from utmforge.urls.tagging import read_tags, strip_tags, tag

__all__ = [
    "CHANNELS",
    "Campaign",
    "CampaignFile",
    "Channel",
    "Convention",
    "Issued",
    "Placement",
    "Registry",
    "TaggedLink",
    "Tags",
    "UtmforgeError",
    "issue",
    "link_id",
    "load_campaigns",
    "make_link",
    "plan_links",
    "read_tags",
    "strip_tags",
    "tag",
]

# The module of each name. A name is imported when it is first used, so that a command loads only
# what it needs.
_HOMES = {
    "CHANNELS": "channels",
    "Campaign": "model",
    "CampaignFile": "campaigns.campaign_file",
    "Channel": "channels",
    "Convention": "naming.convention",
    "Issued": "model",
    "Placement": "model",
    "Registry": "registry",
    "TaggedLink": "model",
    "Tags": "model",
    "UtmforgeError": "errors",
    "issue": "issuing.library",
    "link_id": "urls.link_ids",
    "load_campaigns": "campaigns.reader",
    "make_link": "issuing.make",
    "plan_links": "issuing.library",
    "read_tags": "urls.tagging",
    "strip_tags": "urls.tagging",
    "tag": "urls.tagging",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'utmforge' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"utmforge.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
