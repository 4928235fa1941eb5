r"""Read lists of addresses: files with one address per line.

    Links of spring                        a heading
    # a comment
    // another one
    https://shop.example/a                 one address per line
    "https://shop.example/b?ids=1,2"       or in quotes

>>> [one.address for one in read_address_list(["Links\n", "https://shop.example/a\n"])]
['https://shop.example/a']
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from utmforge.channels.catalogue import PRIVATE
from utmforge.files.csv_tables import is_declaration
from utmforge.urls.merge_tags import MERGE_TAG

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from utmforge.files.csv_tables import Table

NO_HEADER = "the line looks like CSV without a header"
ADD_HEADER = (
    'add a header, such as landing_page,channel, and write an address with a comma "in quotes"'
)
SEVERAL = "the cell holds several addresses: give each a row of its own"
"""What is said of a cell of a table."""
_ONE_ADDRESS = "the line has a space: write one address per line and nothing else"

_MAX_HEADING = 200
# Also a label above addresses, such as `Newsletter:`.
_COMMENT = re.compile(
    r"\s*(?:#|(?://|;)(?:[\s/=*-]|$)|(?!https?:)[^\W\d][^/?#=@.:]{0,80}:\s*$)", re.IGNORECASE
)
_WEB = re.compile(r"(?:https?:)?//\S", re.IGNORECASE)
_SPACE = re.compile(r"\s")
_SUSPECT = re.compile(r"[\s,;|]")
_SEPARATOR = re.compile(r"[,;|\t]")
_SIGNS_OF_AN_ADDRESS = re.compile(r"[/?=@:]|\w\.\w")
_WORD = re.compile(r"[^\W\d][^/?=&.%]*")
_LAST_PARAMETER = re.compile(r".*[?&](utm_\w+)=[^?&]*", re.IGNORECASE | re.DOTALL)


class AddressLine(NamedTuple):
    """One line of a list."""

    line: int
    """Its number, from 1."""
    address: str
    """The address, without surrounding white space and quotes."""
    problem: str | None = None
    """Why the line is not one address. None: it may be one."""

    @property
    def hint(self) -> str | None:
        """The next step, if the problem does not say it."""
        return ADD_HEADER if self.problem == NO_HEADER else None


def is_comment(line: str) -> bool:
    """Tell whether a line of a list is a comment.

    >>> is_comment("# mine"), is_comment("// mine"), is_comment("//shop.example/")
    (True, True, False)
    """
    return bool(_COMMENT.match(line))


def is_address_list(table: Table) -> bool:
    """Tell whether a text has no header of columns, and most of its first lines are addresses."""
    if table.has_header:
        return False
    begun = [one.address for one in read_address_list(table.sample)]
    return bool(begun) and sum(bool(_WEB.match(one)) for one in begun) * 2 > len(begun)


def has_cells(table: Table) -> bool:
    """Tell whether one of the first lines of a list looks like a row of a CSV."""
    return any(one.problem == NO_HEADER for one in read_address_list(table.sample))


def heading_of(lines: Iterable[str]) -> int:
    r"""Return the number of the line that is a heading above a list of addresses; 0: there is none.

    >>> heading_of(["# mine\n", "Links of spring\n", "https://shop.example/\n"])
    2
    """
    filled = (
        (number, text)
        for number, line in enumerate(lines, 1)
        if (text := line.strip()) and not is_comment(text) and not is_declaration(line)
    )
    number, first = next(filled, (0, ""))
    _, second = next(filled, (0, ""))
    is_words = 0 < len(first) <= _MAX_HEADING and not _SIGNS_OF_AN_ADDRESS.search(first)
    return number if is_words and _WEB.match(second.lstrip('"')) else 0


def read_address_list(lines: Iterable[str], heading: int | None = None) -> Iterator[AddressLine]:
    """Yield the addresses of a list one by one, without comments and the heading.

    Args:
        lines: The lines; a sequence if the heading is not given.
        heading: The number of the heading's line; 0: there is none. None: search for it.
    """
    if heading is None:
        lines = list(lines)
        heading = heading_of(lines)
    is_first = True
    for number, line in enumerate(lines, 1):
        text = line.strip()
        if not text or is_comment(text) or number == heading:
            continue
        if is_first and is_declaration(line):
            continue
        is_first = False
        if text[0] == text[-1] == '"':  # the line is in quotes
            address = text[1:-1]
            if address:
                yield AddressLine(number, address, _line_problem(address, quoted=True))
            continue
        yield AddressLine(number, text, _line_problem(text) if _SUSPECT.search(text) else None)


def _line_problem(text: str, *, quoted: bool = False) -> str | None:
    if not quoted and _looks_like_csv(text):
        return NO_HEADER
    if _SPACE.search(text) and not MERGE_TAG.search(text):
        return _ONE_ADDRESS
    return None


def _looks_like_csv(line: str) -> bool:
    """Tell whether text after a separator is a cell, instead of the rest of an address.

    A comma in a page's own parameter (`?ids=1,2`) is part of it; one in a tag, or after a path and
    before a word, separates cells.
    """
    first, *rest = (cell.strip() for cell in _SEPARATOR.split(MERGE_TAG.sub("", line)))
    if not rest or _SPACE.search(first):
        return False
    if rest[-1].lower() in PRIVATE or any(_WEB.match(cell.lstrip('"')) for cell in rest):
        return True
    if "\t" in line:
        return True
    if "?" in first:
        return bool(_LAST_PARAMETER.fullmatch(first)) and "=" not in rest[0]
    return bool(_WEB.match(first)) and all(map(_WORD.fullmatch, rest))
