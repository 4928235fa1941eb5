"""Personal data and secrets in what a log says: told by their kind, never shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.errors import quoted
from utmforge.privacy.find import find_private, find_private_in_tags

if TYPE_CHECKING:
    from collections.abc import Iterable

    from utmforge.measure.attribution import Label

_CELL_CHARACTERS = 30
_EMAIL = "e-mail address"


def without_private(text: str) -> str:
    """Return a text, or only what it holds if that is private.

    >>> without_private("hero"), without_private("jane.doe@example.com")
    ('hero', '(e-mail address)')
    """
    private = find_private(text)
    return f"({private[0].kind})" if private else text


def path_without_private(path: str) -> str:
    """Return a path; what is private in it is named by its kind.

    >>> path_without_private("/u/jane@example.com/orders")
    '/u/(e-mail address)/orders'
    """
    shown = "/".join(map(without_private, path.split("/")))
    # In base64, a slash is a sign like any other.
    if shown == path and any(one.kind == _EMAIL for one in find_private(path)):
        return f"/({_EMAIL})"
    return shown


def quoted_cell(text: str) -> str:
    """Return a cell of a user's table as a message shows it.

    >>> quoted_cell("spring"), quoted_cell("jane.doe@example.com")
    ('"spring"', '"(e-mail address)"')
    """
    return quoted(without_private(text), _CELL_CHARACTERS)


def private_tags(labels: Iterable[Label]) -> tuple[str, ...]:
    """Return which parameters hold what kind of private data, each once."""
    found: dict[str, None] = {}
    for label in labels:
        found |= dict.fromkeys(label.private)
        found |= {f"{one.where} ({one.kind})": None for one in find_private_in_tags(label.tags)}
    return tuple(found)
