"""Whether an issued link leads to a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.registry.queries import LinkQuery
from utmforge.urls.address import read_address

if TYPE_CHECKING:
    from utmforge.registry import Registry

_LOOKED_AT = 200


def has_link(registry: Registry, path: str) -> bool:
    """Tell whether a link in use leads to a path, with a slash at its end or without."""
    page = path.rstrip("/")
    links = registry.links(LinkQuery(text=page, state="issued", limit=_LOOKED_AT))
    return any(_path(link.landing_page) == page for link in links if not link.pages)


def _path(page: str) -> str:
    address = read_address(page)
    return address.path.rstrip("/") if address else ""
