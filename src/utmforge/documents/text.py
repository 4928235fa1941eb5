"""Links in lists and in running text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.documents.address_list import heading_of, is_comment
from utmforge.documents.base import WEB, Located
from utmforge.documents.comments import comment_in
from utmforge.documents.places import lines_of, located
from utmforge.documents.running_text import addresses_in
from utmforge.urls.address import holds_several
from utmforge.urls.tagging import is_one_address

if TYPE_CHECKING:
    from collections.abc import Iterator


def is_list_of_addresses(text: str) -> bool:
    """Tell whether each line is one whole address, a comment, or blank."""
    return all(
        one.is_whole and one.url.lower().startswith(WEB[:2]) and is_one_address(one.url)
        for one in _in_list(text, heading=0)
    )


def in_list(text: str) -> Iterator[Located]:
    """Yield the links of a list, one address per line."""
    return _in_list(text, heading_of(line for line, _ in lines_of(text)))


def _in_list(text: str, heading: int) -> Iterator[Located]:
    for number, (line, begun) in enumerate(lines_of(text), 1):
        if number == heading or is_comment(line):
            continue
        comment = comment_in(line) if "utmforge:" in line else None
        given = (line[: comment[0]] if comment else line).strip()
        if given[:1] == given[-1:] == '"':
            given = given[1:-1]
        if given and not is_comment(given):
            if holds_several(given):
                for url, first, last in addresses_in(line):
                    start, end = begun + first, begun + last
                    yield Located(url, number, first + 1, start=start, end=end, is_whole=False)
                continue
            at = line.find(given)
            start = begun + at
            yield Located(given, number, at + 1, start=start, end=start + len(given))


def in_text(text: str) -> Iterator[Located]:
    """Yield the addresses in running text, or in a program."""
    return located(text, addresses_in(text))
