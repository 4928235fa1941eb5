"""How two links differ, as browsers and analytics tools read them.

>>> from utmforge.urls.link import Link
>>> one, other = Link("https://x.example/?a=1"), Link("https://X.example/?a=1&fbclid=2")
>>> [str(each) for each in differences(one, other)]
['fbclid was added']
"""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING, Literal, NamedTuple

from utmforge.model import PARAMETERS
from utmforge.privacy.find import find_private
from utmforge.urls.parameters import field_in_any_case, parameter_of, parameters_of
from utmforge.urls.quoting import decoded, name_text, path_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from utmforge.urls.link import Link

Part = Literal[
    "scheme", "host", "path", "parameter", "order", "tag", "place", "fragment", "writing"
]

_SENTENCES = {
    "scheme": "{first} became {second}",
    "order": "its parameters were reordered",
    "place": "{name} was moved {second}",
    "writing": "it is written differently",
}


class Difference(NamedTuple):
    """One way in which the second link differs from the first."""

    part: Part
    """Which part differs. `parameter`: a parameter of the page; `tag`: a UTM tag; `place`: a tag
    moved before or after the `#`; `order`: the order of parameters; `writing`: percent-encoding,
    case of names."""
    name: str
    """The name of the parameter or, for other parts, of the part."""
    first: str | None
    """The value in the first link, decoded. None: the link does not have it."""
    second: str | None
    """The value in the second link."""

    def __str__(self) -> str:
        first, second = self.first or "", self.second or ""
        match self.part:
            case "scheme" | "order" | "place" | "writing":
                return _SENTENCES[self.part].format(name=self.name, first=first, second=second)
            case "host" if first.removeprefix("www.") == second.removeprefix("www."):
                return f"www. was {_added_or_lost(first, second)}"
            case "path" if first.rstrip("/") == second.rstrip("/"):
                return f"a slash at the end of the path was {_added_or_lost(first, second)}"
        name = self.name if self.part in {"parameter", "tag"} else f"the {self.name}"
        return f"{name} {self._change()}"

    def _change(self) -> str:
        if self.first is None:
            return "was added"
        if self.second is None:
            return "was lost"
        is_case = self.first.lower() == self.second.lower()
        return "changed its letter case" if is_case else "was changed"


def _added_or_lost(first: str, second: str) -> str:
    return "added" if len(second) > len(first) else "lost"


class _Pieces(NamedTuple):
    parts: dict[Part, str]
    parameters: list[tuple[str, str]]
    tags: dict[str, str]
    after_hash: frozenset[str]


def differences(first: Link, second: Link) -> tuple[Difference, ...]:
    """Return how the second address differs from the first.

    Browsers ignore the letter case of a host and how characters are percent-encoded, so `writing`
    is reported only if nothing else differs.
    """
    one, other = _pieces(first), _pieces(second)
    found = [
        Difference(part, part, value or None, other.parts[part] or None)
        for part, value in one.parts.items()
        if part != "fragment" and value != other.parts[part]
    ]
    found += _parameter_differences(one.parameters, other.parameters)
    found += _tag_differences(one, other)
    if one.parts["fragment"] != other.parts["fragment"]:
        before, after = one.parts["fragment"] or None, other.parts["fragment"] or None
        found.append(Difference("fragment", "fragment", before, after))
    if not found and _as_sent(first) != _as_sent(second):
        found.append(Difference("writing", "writing", None, None))
    return tuple(found)


def masked(name: str, value: str) -> str:
    """Return a parameter's value, or its kind in brackets if it is personal data or a secret."""
    found = find_private(f"https://x.example/?{name}={value}") or find_private(value)
    return f"[{found[0].kind}]" if found else value


def _pieces(link: Link) -> _Pieces:
    address = link.address
    if address is None:
        raise ValueError("not an address")
    in_fragment = re.split("(?=[?&])", address.fragment)
    parts: dict[Part, str] = {
        "scheme": address.scheme,
        "host": f"{address.host}:{address.port}" if address.port else address.host,
        "path": path_text(address.path),
        "fragment": path_text("".join(one for one in in_fragment if not _tag_of(one))),
    }
    return _Pieces(
        parts,
        [
            (name_text(one.name), decoded(one.value))
            for one in parameters_of(address.query)
            if str(one) and not field_in_any_case(one.name)
        ],
        {PARAMETERS[name]: value for name, value in link.in_any_case.items()},
        frozenset(PARAMETERS[field] for one in in_fragment if (field := _tag_of(one))),
    )


def _tag_of(piece: str) -> str | None:
    return field_in_any_case(parameter_of(piece.lstrip("?&")).name)


def _as_sent(link: Link) -> str:
    address = link.address
    return f"{address.path}?{address.query}#{address.fragment}" if address else link.url


def _parameter_differences(
    one: list[tuple[str, str]], other: list[tuple[str, str]]
) -> Iterable[Difference]:
    for name in dict.fromkeys(name for name, _ in (*one, *other)):
        first = [value for key, value in one if key == name]
        second = [value for key, value in other if key == name]
        for before, after in zip_longest(first, second):
            if before != after:
                yield Difference("parameter", name, before, after)
    here, there = dict(one), dict(other)
    if [name for name in here if name in there] != [name for name in there if name in here]:
        yield Difference("order", "order", None, None)


def _tag_differences(one: _Pieces, other: _Pieces) -> Iterable[Difference]:
    for name in PARAMETERS.values():
        before, after = one.tags.get(name), other.tags.get(name)
        if before != after:
            yield Difference("tag", name, before, after)
        elif (name in one.after_hash) != (name in other.after_hash):
            places = ("before the #", "after the #")
            moved = name in other.after_hash
            yield Difference("place", name, places[not moved], places[moved])
