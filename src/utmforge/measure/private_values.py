"""Personal data and secrets in what a log says: told by their kind, never shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.errors import quoted
from utmforge.privacy.find import find_private, find_private_in_tags

if TYPE_CHECKING:
    from collections.abc import Iterable

    from utmforge.model import Tags


_CELL_CHARACTERS = 30


def without_private(text: str) -> str:
    """Return a text, or only what it holds if that is private.

    >>> without_private("hero"), without_private("jane.doe@example.com")
    ('hero', '(e-mail address)')
    """
    private = find_private(text)
    return f"({private[0].kind})" if private else text


def quoted_cell(text: str) -> str:
    """Return a cell of a user's table as a message shows it.

    >>> quoted_cell("spring"), quoted_cell("jane.doe@example.com")
    ('"spring"', '"(e-mail address)"')
    """
    return quoted(without_private(text), _CELL_CHARACTERS)


def private_tags(tags: Iterable[Tags]) -> tuple[str, ...]:
    """Return which parameters hold what kind of private data, each once."""
    found = (one for some in tags for one in find_private_in_tags(some))
    return tuple(dict.fromkeys(f"{one.where} ({one.kind})" for one in found))
