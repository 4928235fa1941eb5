"""Tags that a wrong, encoded, doubled or missing delimiter has put into something else.

    https://shop.example/?coupon=vip?utm_medium=email     in the value of coupon
    https://shop.example/&utm_source=news                 in the path
    https://shop.example/??utm_source=news                in the name of a parameter
    https://shop.example/#utm_source=news;utm_medium=a    in the value of a tag after the #

A nested address or query has tags of its own, which are not misplaced.

>>> from utmforge.urls.link import Link
>>> link = Link("https://shop.example/?coupon=vip?utm_medium=email&utm_source=news")
>>> misplaced_tags(link)
(Misplaced(names=('utm_medium',), place='value', parameter='coupon'),)
>>> with_tags_apart(link)
'https://shop.example/?coupon=vip&utm_medium=email&utm_source=news'
>>> misplaced_tags(Link("https://shop.example/?next=https%3A%2F%2Fx.example%2F%3Futm_source%3Da"))
()
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from utmforge.model import FIELDS
from utmforge.urls.address import AUTHORITY
from utmforge.urls.parameters import Parameter, certain_field, parameter_of, without_entity
from utmforge.urls.quoting import address_text, name_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from utmforge.urls.link import Link

Place = Literal["host", "path", "name", "value"]

_NAMES = "|".join(sorted(FIELDS, key=len, reverse=True))
# Keyboards of East Asia also type full-width signs; JSON writes \u0026.
_WIDE_EQUALS = r"\uff1d|%(?:25)*[Ee][Ff]%(?:25)*[Bb][Cc]%(?:25)*9[Dd]|\\u003[Dd]"
_WIDE = (
    r"[\uff1f\uff06\uff1b\uff0c\uff0f\uff03\uff5c\u3001]|\\u00(?:26|3[Ff])"
    "|%(?:25)*[Ee][Ff]%(?:25)*[Bb][Cc]%(?:25)*(?:9[BbFf]|8[36CcFf])"
)
_JOINT = f"=|%(?:25)*3[Dd]|{_WIDE_EQUALS}"
_SIGN = f"[?&;,/#|]|%(?:25)*(?:3[BbFf]|2[36CcFf]|7[Cc])|{_WIDE}"
_SPACE = r"[+ ]|%(?:25)*(?:20|0[9AaDd])"
# No delimiter at all: `springutm_content=hero`, but neither `first_utm_source=` nor `[utm_source=`.
_NONE = r"(?<![_\[{(\"'])(?<!%5[BFbf])(?<!%7[Bb])(?<!%2[278])"
_TAG = re.compile(
    rf"(?:(?P<sign>(?:{_SIGN})+(?:amp(?:;|%3[Bb]))?)|(?P<space>(?:{_SPACE})+)|{_NONE})"
    rf"(?P<name>{_NAMES})(?P<joint>{_JOINT})",
    re.IGNORECASE,
)
_ENCODED_AND = re.compile("%(?:25)*26(?:amp(?:;|%3[Bb]))?")
_NESTED = re.compile(
    r"\s*(?:/|[a-z][a-z0-9+.-]*:/|(?:[^\s/?#:@.]+\.)+[^\s/?#:@.]+/)|.*://", re.IGNORECASE
)
_BARE_HOST = re.compile(r"(?:[^\s/?#:@.]+\.)+[a-z]{2,24}", re.IGNORECASE)
# Parameters whose value is an address, with or without its scheme.
_OF_ADDRESSES = frozenset(
    (
        *("u", "url", "uri", "link", "href", "page", "path", "next", "to", "go", "goto", "target"),
        *("dest", "destination", "redirect", "redirecturl", "redirecturi", "return", "returnto"),
        *(
            "returnurl",
            "continue",
            "referrer",
            "referer",
            "location",
            "callback",
            "forward",
            "back",
        ),
    )
)


class Misplaced(NamedTuple):
    """Tags in a part of an address where tags do not belong."""

    names: tuple[str, ...]
    """The tags, such as `utm_medium`, in their order."""
    place: Place
    """The piece that they are in."""
    parameter: str = ""
    """The parameter's name, decoded. Empty: they are in the host or the path."""


class _Found(NamedTuple):
    tags: list[tuple[int, int, bool, str]]
    """Where each begins, where its value begins, whether its `=` is encoded, and its name."""
    place: Place


def misplaced_tags(link: Link) -> tuple[Misplaced, ...]:
    """Return the tags of an address that no tool reads, because of the delimiter before them."""
    found = []
    if place := _in_head(link.head):
        found.append(Misplaced(tuple(one[3] for one in place.tags), place.place))
    in_fragment = link.fragment_parameters if "utm_" in link.fragment.lower() else ()
    for parameter in (*link.parameters, *in_fragment):
        if place := _in_parameter(parameter):
            names = tuple(one[3] for one in place.tags)
            found.append(Misplaced(names, place.place, name_text(without_entity(parameter.name))))
    return tuple(found)


def with_tags_apart(link: Link) -> str:
    """Return the address with each misplaced tag as a parameter of its own.

    A misplaced tag is left out if the query has the same tag, which is the one that tools read.
    """
    in_head = _in_head(link.head)
    pieces: list[tuple[Parameter, bool]] = []
    head = link.head
    if in_head:
        begin, value_at, *_ = in_head.tags[0]
        slashes = re.match("/*", link.head[begin:value_at])
        head = link.head[:begin] + (slashes[0] if slashes else "")
        pieces += _apart(link.head, in_head.tags)
    for parameter in link.parameters:
        if in_parameter := _in_parameter(parameter):
            text = str(parameter)
            before = parameter_of(text[: in_parameter.tags[0][0]])
            if before.name and (before.value or not certain_field(before.name)):
                pieces.append((before, False))
            pieces += _apart(text, in_parameter.tags)
        else:
            pieces.append((parameter, False))
    fragment, moved = _fragment_apart(link.fragment)
    pieces += moved
    if not any(is_split for _, is_split in pieces):
        return link.url
    is_moved = fragment != link.fragment
    there = {one.field for one, is_split in pieces if one.value and not is_split}
    kept = []
    for one, is_split in pieces:
        if not (is_split and one.field and one.field in there):
            kept.append(one)
            there.add(one.field if is_split else None)
    return link.with_parameters(kept, head=head, fragment=fragment if is_moved else None)


def _fragment_apart(fragment: str) -> tuple[str, list[tuple[Parameter, bool]]]:
    """Return a fragment without the pieces that hold several tags, and these tags."""
    if "utm_" not in fragment.lower():
        return fragment, []
    kept = ""
    moved: list[tuple[Parameter, bool]] = []
    for piece in re.split("(?=[?&])", fragment):
        joint = piece[:1] if piece[:1] in {"?", "&"} else ""
        text = piece[len(joint) :]
        found = _in_parameter(parameter_of(text))
        if not found:
            kept += piece
            continue
        before = parameter_of(text[: found.tags[0][0]])
        if certain_field(before.name):
            moved.append((before, True))
        elif before.name:
            kept += joint + str(before)
        moved += _apart(text, found.tags)
    return kept, moved


def _in_head(head: str) -> _Found | None:
    """Find tags in the host or the path."""
    if "utm_" not in head:
        return None
    authority = AUTHORITY.match(head)
    start = authority.start(1) if authority else 0
    end = authority.end() if authority else 0
    tags = [
        (match.start(), match.end(), match["joint"] != "=", match["name"].lower())
        for match in _TAG.finditer(head, start)
        if match.start() > start and not match["space"]
    ]
    if not tags:
        return None
    if "@" in head[start:end] or "://" in (path := address_text(head[end : tags[0][0]])):
        return None
    if ":/" in path:
        return None
    return _Found(tags, "host" if tags[0][0] < end else "path")


def _in_parameter(parameter: Parameter) -> _Found | None:
    """Find tags in the name or the value of a parameter."""
    text = str(parameter)
    if text.lower().rfind("utm_") <= 0 and not _TAG.match(parameter.name):
        return None
    begin = len(parameter.name) - len(without_entity(parameter.name))
    start_of_value = len(parameter.name) + len(parameter.joint)
    matches = list(_TAG.finditer(text, begin))
    in_name = [
        match
        for match in matches
        if match.start() < start_of_value and (match["sign"] or match["joint"] != "=")
        and (match["sign"] or match.start() == begin)
    ]  # fmt: skip
    if in_name and _NESTED.match(address_text(text[begin : in_name[0].start()])):
        return None
    in_value = [match for match in matches if match.start() >= start_of_value]
    if not in_name and not _is_split(parameter, in_value, start_of_value):
        return None
    kept = [*in_name, *in_value]
    tags = [
        (match.start(), match.end(), match["joint"] != "=", match["name"].lower()) for match in kept
    ]
    return _Found(tags, "name" if in_name else "value")


def _is_split(parameter: Parameter, matches: Sequence[re.Match[str]], start: int) -> bool:
    """Tell whether tags in a value are misplaced, and not those of an address or query in it."""
    if not matches:
        return False
    first = matches[0]
    before = address_text(first.string[start : first.start()])
    name = name_text(parameter.name)
    if certain_field(name):
        return "://" not in before
    plain = re.sub(r"[^a-z0-9]", "", name.lower())
    if not before or first["space"] or plain in _OF_ADDRESSES or _NESTED.match(before):
        return False
    is_encoded = "%" in (first["sign"] or "")
    return not (is_encoded and ("/" in before or _BARE_HOST.fullmatch(before)))


def _apart(
    text: str, tags: Sequence[tuple[int, int, bool, str]]
) -> Iterator[tuple[Parameter, bool]]:
    """Yield the tags of a text, each with its value, and whatever else comes after them."""
    ends = [*(start for start, *_ in tags[1:]), len(text)]
    for (_, start, is_encoded, name), end in zip(tags, ends, strict=True):
        value = text[start:end].rstrip("/" if end == len(text) else "")
        if is_encoded:
            value, *rest = _ENCODED_AND.split(value)
            value = value.replace("%25", "%")
            rest = [address_text(one) for one in rest]
        else:
            value, *rest = value.split("&")
        yield Parameter(name, "=", value), True
        yield from ((parameter_of(one), True) for one in rest if one)
