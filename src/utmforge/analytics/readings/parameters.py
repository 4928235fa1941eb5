"""A link's parameters as analytics tools read them: exact names, decoded values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.urls.parameters import parameters_of
from utmforge.urls.quoting import decoded, name_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from utmforge.urls.link import Link
    from utmforge.urls.parameters import Parameter


def of_query(link: Link) -> dict[str, str]:
    """Return the query's parameters; the last one of a repeated name counts."""
    return _decoded(link.sent_parameters)


def of_fragment(link: Link) -> dict[str, str]:
    """Return the parameters of a fragment such as `#a=1`, or `#/path?a=1`."""
    fragment = link.sent_fragment
    return _decoded(
        parameters_of(fragment.partition("?")[2] if fragment.startswith("/") else fragment)
    )


def _decoded(parameters: Iterable[Parameter]) -> dict[str, str]:
    return {name_text(one.name): decoded(one.value) for one in parameters if str(one)}
