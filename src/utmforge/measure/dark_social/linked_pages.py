"""Whether an issued link leads to a page."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from utmforge.registry.queries import LinkQuery

if TYPE_CHECKING:
    from utmforge.registry import Registry

_LOOKED_AT = 200


def has_link(registry: Registry, path: str) -> bool:
    """Tell whether a link in use leads to a path, with a slash at its end or without."""
    page = path.rstrip("/")
    links = registry.links(LinkQuery(text=page, state="issued", limit=_LOOKED_AT))
    return any(urlsplit(link.landing_page).path.rstrip("/") == page for link in links)
