"""A link with what is wrong in it put right: tags in the query, decoded, in our order.

>>> found = Link("https://x.example/?UTM_Source=a&utm-medium=email&fbclid=1#utm_campaign=b%2520c")
>>> repair(found).url
'https://x.example/?utm_source=a&utm_medium=email&utm_campaign=b-c'
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from utmforge.errors import UtmforgeError
from utmforge.lint import Settings
from utmforge.model import PARAMETERS, Tags
from utmforge.privacy.find import find_private
from utmforge.urls.click_ids import is_click_id
from utmforge.urls.link import Link
from utmforge.urls.parameters import Parameter, certain_field, parameter_of, tags_of
from utmforge.urls.quoting import name_text
from utmforge.urls.tagging import read_landing_page

if TYPE_CHECKING:
    from utmforge.naming.convention import Convention

_PIECES = re.compile("([?&])")
_USUAL = Settings()


class Repair(NamedTuple):
    """What became of a link."""

    url: str | None
    """The link as it should be. None: it cannot be repaired, or must not be repeated."""
    why_not: str | None = None
    """Why there is none. None: there is."""


def repair(link: Link, settings: Settings = _USUAL) -> Repair:
    """Return a web address with its tags as they should be, without ids of single clicks."""
    if private := find_private(link.url):
        kinds = " and ".join(dict.fromkeys(f"the {each.kind}" for each in private))
        return Repair(None, f"it would repeat {kinds} that must not be in a link")
    try:
        bare = without_click_ids(link)
        page = read_landing_page(with_tag_names(link if bare == link.url else Link(bare)))
        tags = intended_tags(link, settings.convention)
        return Repair(page.with_tags(tags) if tags else page.url)
    except UtmforgeError as error:
        return Repair(None, error.message)


def intended_tags(link: Link, convention: Convention) -> Tags:
    """Return the tags that the author meant, as the convention writes words.

    Raises:
        BadTag: A value cannot be written.
    """
    intended = link.as_intended.items()
    return tags_of({field: convention.words(field, value) for field, value in intended})


def with_tag_names(link: Link) -> str:
    """Write the names of all that is meant as a tag as tags are named."""
    fragment = "".join(
        piece if piece in {"?", "&"} else str(_with_its_name(parameter_of(piece)))
        for piece in _PIECES.split(link.fragment)
    )
    named = [_with_its_name(one) for one in link.parameters]
    if fragment == link.fragment and named == list(link.parameters):
        return link.url
    return link.with_fragment(named, fragment)


def _with_its_name(one: Parameter) -> Parameter:
    field = certain_field(one.name)
    return one._replace(name=PARAMETERS[field]) if field else one


def without_click_ids(link: Link) -> str:
    """Take out what was added for one click."""
    kept = [one for one in link.parameters if not is_click_id(name_text(one.name))]
    return link.url if len(kept) == len(link.parameters) else link.with_parameters(kept)
