"""The address of a page pattern: every page of one domain, with certain tags.

>>> pattern_page("shop.example")
'https://shop.example/*'
>>> hosts_above("www.blog.shop.example")
['www.blog.shop.example', 'blog.shop.example', 'shop.example']
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.errors import BadTag
from utmforge.urls.link_ids import link_id
from utmforge.urls.tagging import written_tags

if TYPE_CHECKING:
    from utmforge.model import Tags

EVERY_PAGE = "/*"
"""The path of a pattern. No page has it: a browser would ask for a page called `*`."""


def pattern_page(host: str) -> str:
    """Return the landing page of a pattern."""
    return f"https://{host}{EVERY_PAGE}"


def is_pattern_page(page: str) -> bool:
    """Tell whether a landing page is that of a pattern.

    >>> is_pattern_page("https://shop.example/*"), is_pattern_page("https://shop.example/a/*")
    (True, False)
    """
    if not page.endswith(EVERY_PAGE):
        return False
    scheme, mark, rest = page.partition("://")
    host, slash, path = rest.partition("/")
    return bool(mark and host) and scheme in {"https", "http"} and slash + path == EVERY_PAGE


def hosts_above(host: str) -> list[str]:
    """Return a host and the domains that it is below: a pattern of any of them covers its pages."""
    labels = host.split(".")
    return [".".join(labels[at:]) for at in range(max(len(labels) - 1, 1))]


def pattern_ids(host: str, tags: Tags) -> list[str]:
    """Return the ids of the patterns that cover pages of a host with these tags.

    The pattern of the host itself comes first, then those of the domains above it. Tags that no
    link can have are covered by none.
    """
    try:
        text = written_tags(tags)
    except BadTag:
        return []
    return [link_id(f"{pattern_page(one)}?{text}") for one in hosts_above(host)]
