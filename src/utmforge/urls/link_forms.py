"""The forms of a link that say the same: tags by their names, without what a click added."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from utmforge.model import PARAMETERS
from utmforge.urls.click_ids import is_click_id
from utmforge.urls.parameters import Parameter, certain_field, parameter_of
from utmforge.urls.quoting import name_text

if TYPE_CHECKING:
    from utmforge.urls.link import Link

_PIECES = re.compile("([?&])")


def with_tag_names(link: Link) -> str:
    """Give each parameter that is meant as a tag the tag's name."""
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
    """Remove the parameters that were added for one click."""
    kept = [one for one in link.parameters if not is_click_id(name_text(one.name))]
    return link.url if len(kept) == len(link.parameters) else link.with_parameters(kept)
