"""utmforge: tagged links for every message, built the same way each time and remembered.

>>> from utmforge import Tags, tag
>>> tag("https://example.com/?a=1#top", Tags("news", "email", "spring"))
'https://example.com/?a=1&utm_source=news&utm_medium=email&utm_campaign=spring#top'

The names below are the library. Nothing here imports Typer or Rich.
"""

from typing import TYPE_CHECKING

__version__ = "0.2.0"

if TYPE_CHECKING:
    from utmforge.campaigns.campaign_file import CampaignFile, load_campaigns
    from utmforge.channels import CHANNELS, Channel
    from utmforge.naming.convention import Convention
    from utmforge.errors import UtmforgeError
    from utmforge.issuing.make import issue, make_link
    from utmforge.model import Campaign, Issued, Placement, TaggedLink, Tags
    from utmforge.registry import Registry
    from utmforge.urls.tagging import link_id, read_tags, strip_tags, tag

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
    "read_tags",
    "strip_tags",
    "tag",
]

# Where each name lives: it is imported when it is first asked for, so that the command line pays
# only for what a command uses.
_HOMES = {
    "CHANNELS": "channels",
    "Campaign": "model",
    "CampaignFile": "campaigns",
    "Channel": "channels",
    "Convention": "conventions",
    "Issued": "model",
    "Placement": "model",
    "Registry": "registry",
    "TaggedLink": "model",
    "Tags": "model",
    "UtmforgeError": "errors",
    "issue": "links",
    "link_id": "urls",
    "load_campaigns": "campaigns",
    "make_link": "links",
    "read_tags": "urls",
    "strip_tags": "urls",
    "tag": "urls",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'utmforge' has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415 - see _HOMES

    return getattr(import_module(f"utmforge.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
