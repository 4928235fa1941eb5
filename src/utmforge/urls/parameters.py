"""Which tag a parameter of an address is, and which one it was meant to be.

A misspelt tag begins with `utm`, or with a near spelling of it. Every other parameter belongs to
the page, or to another tool, and is left alone.

>>> certain_field("UTM-Source"), certain_field("utm_surce"), certain_field("um_source")
('source', 'source', 'source')
>>> certain_field("utm_sorc"), near_field("utm_sorc"), looks_like_tag("utm_creative")
(None, 'source', True)
>>> looks_like_tag("product_id"), looks_like_tag("mtm_source"), looks_like_tag("utmost")
(False, False, False)
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from utmforge.model import FIELDS, PARAMETERS, REQUIRED, Tags
from utmforge.urls.quoting import decoded, name_text

if TYPE_CHECKING:
    from collections.abc import Mapping

_ENTITY = re.compile(r"^(?:amp(?:;|%3B)|#0*38;|#x0*26;)+", re.IGNORECASE)
_SEPARATORS = re.compile(r"[-_. +]+")
_SQUEEZED = {f"utm{field.replace('_', '')}": field for field in PARAMETERS}
_BEGINS_AS_TAG = re.compile(r"utm(?![a-z0-9])")
_NEAR_UTM = frozenset(
    (
        *("tm", "um", "ut", "umt", "tum", "uutm", "uttm", "utmm"),  # missing, swapped, doubled
        *("urm", "uym", "ugm", "ufm", "utn", "utj", "utk"),  # the key beside it
    )
)
"""Near spellings of `utm`. The first letter is never another one: `mtm_` is Matomo's, `itm_` is of
internal campaigns, `gtm_` is Tag Manager's."""
_TOO_SHORT = frozenset(("id",))
"""`utm_ad`, `utm_cid` and `tm_id` are one letter from `utm_id`, but are other parameters."""
_OTHER_WORDS = frozenset(("context", "contest", "team"))
"""Words one letter from a tag's that are not typos of it."""
_IDS = frozenset(("utmcampaignid", "utmcid", "utmcampaignnumber"))
"""Names without separators that people use for `utm_id`; they may be parameters of their own."""
_MAX_CHARACTERS = 40
_CLOSE = 0.8


def without_entity(name: str) -> str:
    """Return a parameter's name without the rest of an `&amp;` before it."""
    return _ENTITY.sub("", name)


@lru_cache(maxsize=4096)
def meant(name: str) -> str | None:
    """Return the tag that a name means, whatever its letter case and separators, or None.

    >>> meant("utm-Source"), meant("amp;utmsource"), meant("utm_surce")
    ('source', 'source', None)
    """
    return _SQUEEZED.get(_SEPARATORS.sub("", _plain(name)))


@lru_cache(maxsize=4096)
def certain_field(name: str) -> str | None:
    """Return the tag that a name certainly means, with at most one typo, or None."""
    plain = _plain(name)
    if field := _SQUEEZED.get(_SEPARATORS.sub("", plain)):
        return field
    begin, _, rest = _SEPARATORS.sub("_", plain).partition("_")
    if begin in _NEAR_UTM:
        return rest if rest in PARAMETERS and rest not in _TOO_SHORT else None
    if not plain.startswith("utm") or len(plain) > _MAX_CHARACTERS:
        return None
    typed = _SEPARATORS.sub("", plain)
    if typed[3:] in _OTHER_WORDS:
        return None
    near = [
        field
        for tag, field in _SQUEEZED.items()
        if field not in _TOO_SHORT and _is_one_typo(typed[3:], tag[3:])
    ]
    return near[0] if len(near) == 1 else None


@lru_cache(maxsize=4096)
def looks_like_tag(name: str) -> bool:
    """Tell whether a parameter's name is that of a tag, or was meant to be.

    >>> [looks_like_tag(name) for name in ("utm-source", "um_source", "utm_mood", "source")]
    [True, True, True, False]
    """
    plain = _plain(name)
    return bool(_BEGINS_AS_TAG.match(plain) or plain in _IDS or certain_field(name))


@lru_cache(maxsize=4096)
def near_field(name: str) -> str | None:
    """Return the tag that a name was probably meant to be, or None.

    >>> near_field("utm_sorc"), near_field("utm_campaignid"), near_field("utm_mood")
    ('source', 'id', None)
    """
    if (field := certain_field(name)) or not looks_like_tag(name):
        return field
    if _SEPARATORS.sub("", _plain(name)) in _IDS:
        return "id"
    from difflib import get_close_matches

    plain = _SEPARATORS.sub("_", _plain(name))[:_MAX_CHARACTERS]
    near = get_close_matches(plain, FIELDS, n=1, cutoff=_CLOSE)
    return FIELDS[near[0]] if near else None


def _plain(name: str) -> str:
    return name_text(without_entity(name)).lower().strip(" +")


def _is_one_typo(typed: str, word: str) -> bool:
    """Tell whether at most one letter is missing, added, changed or swapped with its neighbour."""
    if typed == word:
        return True
    start = next((at for at, (a, b) in enumerate(zip(typed, word, strict=False)) if a != b), None)
    if start is None:
        return abs(len(typed) - len(word)) == 1
    left, right = typed[start:], word[start:]
    return (
        left[1:] == right
        or left == right[1:]
        or left[1:] == right[1:]
        or (left[:2] == right[1::-1] and left[2:] == right[2:])
    )


class Parameter(NamedTuple):
    """One `name=value` of an address, as it is written."""

    name: str
    """Before the `=`."""
    joint: str
    """The `=`, or empty if there is none."""
    value: str
    """After the `=`, percent-encoded."""

    @property
    def field(self) -> str | None:
        """The tag it is, such as `source`. None: another parameter, or a name no tool reads."""
        return FIELDS.get(name_text(self.name))

    @property
    def meant(self) -> str | None:
        """The tag that is meant, whatever the name's case, separators or HTML entities."""
        return meant(self.name)

    @property
    def text(self) -> str:
        """The value, decoded."""
        return decoded(self.value)

    def __str__(self) -> str:
        return f"{self.name}{self.joint}{self.value}"


def parameters_of(query: str, mask: str | None = None) -> tuple[Parameter, ...]:
    """Split a query into its parameters; an empty query has none.

    Args:
        query: Without its `?`.
        mask: The query with its merge tags masked, so that an `&` in one separates nothing. None:
            it has none.

    >>> [one.value for one in parameters_of("a={% b && c %}&d=e", "a=____________&d=e")]
    ['{% b && c %}', 'e']
    """
    if not query:
        return ()
    if mask is None or mask.count("&") == query.count("&"):
        return tuple(map(parameter_of, query.split("&")))
    pieces = []
    position = 0
    for piece in mask.split("&"):
        pieces.append(parameter_of(query[position : position + len(piece)]))
        position += len(piece) + 1
    return tuple(pieces)


def parameter_of(piece: str) -> Parameter:
    """Split one `name=value`."""
    return Parameter(*piece.partition("="))


def field_in_any_case(name: str) -> str | None:
    """Return the tag with this name in any letter case, or None. `tag` replaces such tags.

    >>> field_in_any_case("UTM_Source"), field_in_any_case("utm-source")
    ('source', None)
    """
    return FIELDS.get(name_text(name).lower())


def tags_of(values: Mapping[str, str]) -> Tags:
    """Return values by field as tags; source, medium and campaign are empty where missing."""
    return Tags(**{**dict.fromkeys(REQUIRED, ""), **values})
