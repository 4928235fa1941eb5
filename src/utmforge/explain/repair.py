"""A link with what is wrong in it put right: tags in the query, decoded, in our order.

>>> mended("https://x.example/?UTM_Source=a&utm-medium=email&fbclid=1#utm_campaign=b%2520c").url
'https://x.example/?utm_source=a&utm_medium=email&utm_campaign=b-c'
"""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import unquote, unquote_plus

from utmforge.errors import UtmforgeError
from utmforge.model import REQUIRED, Tags
from utmforge.naming.convention import Convention
from utmforge.privacy.find import find_private
from utmforge.urls.click_ids import is_click_id
from utmforge.urls.parameters import certain_field
from utmforge.urls.tagging import read_landing_page

_ENCODED = re.compile("%[0-9A-Fa-f]{2}")
_TWICE = re.compile("%25(?:25)*[0-9A-Fa-f]{2}")
_PIECES = re.compile("([?&])")
_MOST_DECODINGS = 5


class Mended(NamedTuple):
    """What became of a link."""

    url: str | None
    """The link as it should be. None: it cannot be mended, or is not to be repeated."""
    why_not: str | None = None
    """Why there is none. None: there is."""


def mended(url: str, convention: Convention | None = None) -> Mended:
    """Return a web address with its tags as they should be, without ids of single clicks."""
    if private := find_private(url):
        kinds = " and ".join(dict.fromkeys(f"the {each.kind}" for each in private))
        return Mended(None, f"it would repeat {kinds} that must not be in a link")
    try:
        page = read_landing_page(with_names_mended(without_click_ids(url)))
        tags = meant_tags(url, convention or Convention())
        return Mended(page.with_tags(tags) if tags else page.url)
    except UtmforgeError as error:
        return Mended(None, error.message)


def decoded(raw: str) -> str:
    """Return what a value says; what was percent-encoded several times is decoded as often.

    >>> decoded("caf%25C3%25A9"), decoded("50%25")
    ('café', '50%')
    """
    value = unquote_plus(raw)
    if not _TWICE.search(raw):
        return value
    for _ in range(_MOST_DECODINGS):
        if not _ENCODED.search(value):
            break
        value = unquote_plus(value)
    return value


def meant_tags(url: str, convention: Convention) -> Tags:
    """Return the tags that somebody wanted the link to have, as the convention writes words.

    Raises:
        BadTag: A value cannot be written.
    """
    before, _, fragment = url.partition("#")
    found: dict[str, str] = {}
    for segment in (*before.partition("?")[2].split("&"), *re.split("[?&]", fragment)):
        name, _, raw = segment.partition("=")
        field = certain_field(name)
        if field and raw and field not in found:
            found[field] = convention.words(field, decoded(raw))
    return Tags(**dict.fromkeys(REQUIRED, "") | found)


def with_names_mended(url: str) -> str:
    """Write the names of all that is meant as a tag as tags are named."""
    before, hash_mark, fragment = url.partition("#")
    head, mark, query = before.partition("?")
    return head + mark + _renamed(query) + hash_mark + _renamed(fragment)


def _renamed(text: str) -> str:
    return "".join(
        piece if piece in {"?", "&"} else _with_its_name(piece) for piece in _PIECES.split(text)
    )


def _with_its_name(segment: str) -> str:
    name, joint, value = segment.partition("=")
    field = certain_field(name)
    return f"utm_{field}{joint}{value}" if field else segment


def without_click_ids(url: str) -> str:
    """Take out what was added for one click."""
    before, hash_mark, fragment = url.partition("#")
    head, _, query = before.partition("?")
    if not query:
        return url
    kept = [one for one in query.split("&") if not is_click_id(unquote(one.partition("=")[0]))]
    return head + ("?" if kept else "") + "&".join(kept) + hash_mark + fragment
