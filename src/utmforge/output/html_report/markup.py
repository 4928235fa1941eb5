"""HTML from elements; every text passes one function.

>>> element("p", "a < b", class_="note")
'<p class="note">a &lt; b</p>'
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.output.escaping import safe
from utmforge.output.page_markup import html_text

if TYPE_CHECKING:
    from collections.abc import Iterable

_VOID = {"rect", "line", "circle", "path"}


class Markup(str):
    """Text that is HTML already: what `element` and `text` return."""

    __slots__ = ()


def text(value: str) -> Markup:
    r"""Return a text as HTML shows it; control, bidi and zero-width characters become visible.

    >>> text("<b>\u202e")
    '&lt;b&gt;\\u202e'
    """
    return Markup(html_text(safe(value)))


def element(
    name: str, /, *children: str | Markup | None, **attributes: str | float | bool | None
) -> Markup:
    """Return an element; its children and attributes are escaped where they are not markup.

    Args:
        name: Such as `p`; always a name of ours.
        children: In order. None: left out.
        attributes: `class_` is `class`, `aria_label` is `aria-label`. None and False: left out.
    """
    written = "".join(
        f" {key.rstrip('_').replace('_', '-')}" + ("" if value is True else f'="{_value(value)}"')
        for key, value in attributes.items()
        if value is not None and value is not False
    )
    if name in _VOID:
        return Markup(f"<{name}{written}/>")
    return Markup(f"<{name}{written}>{joined(children)}</{name}>")


def joined(parts: Iterable[str | Markup | None]) -> Markup:
    """Return several parts one after the other."""
    return Markup(
        "".join(
            part if isinstance(part, Markup) else text(part) for part in parts if part is not None
        )
    )


def _value(value: str | float) -> str:
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    return text(str(value))
