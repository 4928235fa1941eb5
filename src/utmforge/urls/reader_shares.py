"""The address of a page as a reader shares it: without what the reader's own visit brought.

>>> from utmforge.model import Tags
>>> tags = Tags("whatsapp", "message", "site-share")
>>> reader_share("https://shop.example/a?x=1&utm_source=news&fbclid=I4#top", tags)
'https://shop.example/a?x=1&utm_source=whatsapp&utm_medium=message&utm_campaign=site-share#top'

A reader who came from a newsletter and shares the page on WhatsApp must not count as the
newsletter, and no one must be recognised by a click id. The share buttons do the same in the
reader's browser; a test holds that both agree.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from utmforge.errors import BadLandingPage
from utmforge.urls.click_ids import is_click_id
from utmforge.urls.other_tools import TAGS_OF_OTHER_TOOLS
from utmforge.urls.parameters import meant, without_entity
from utmforge.urls.quoting import name_text
from utmforge.urls.tagging import SIGNATURES, fragment_without, read_landing_page

if TYPE_CHECKING:
    from utmforge.model import Tags

_CREDENTIALS = re.compile(r"^(https?://)[^/?#]*@", re.IGNORECASE)


def reader_share(address: str, tags: Tags) -> str:
    """Return the address with these tags, and without what the reader's visit brought.

    A signed address is returned as it is, since any change breaks it; one that is too long to be
    tagged, without tags. User names and passwords are removed from both.

    Args:
        address: An http(s) address, as a browser shows it.
        tags: The tags of the button.

    Raises:
        BadTag: A tag is empty or contains a character that a link cannot contain.
    """
    address = _CREDENTIALS.sub(r"\1", address)
    if SIGNATURES.search(address.partition("#")[0].partition("?")[2]):
        return address
    page = without_visit(address)
    try:
        return read_landing_page(page).with_tags(tags)
    except BadLandingPage:
        return page


def without_visit(address: str) -> str:
    """Remove the parameters that a visit brought: tags, click ids and ids of recipients.

    >>> without_visit("https://shop.example/?a=1&mc_eid=77&mtm_campaign=x#/view?utm_source=b")
    'https://shop.example/?a=1#/view'
    """
    before, mark, fragment = address.partition("#")
    head, question, query = before.partition("?")
    kept = "&".join(piece for piece in query.split("&") if not is_of_visit(piece))
    left = question + kept if kept else ""
    return head + left + fragment_without(mark + fragment, is_of_visit)


def is_of_visit(piece: str) -> bool:
    """Tell whether a piece of an address, such as `&fbclid=1`, is about one visit.

    It is a tag in any letter case and with any separators, a click id, the id of a mailer's
    recipient, or a tag that another analytics tool reads.
    """
    raw = without_entity(piece.lstrip("?&").partition("=")[0])
    name = name_text(raw).lower().strip(" +")
    return meant(raw) is not None or is_click_id(name) or name in TAGS_OF_OTHER_TOOLS
