"""The tags that the author of a link meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.urls.parameters import tags_of

if TYPE_CHECKING:
    from utmforge.model import Tags
    from utmforge.naming.convention import Convention
    from utmforge.urls.link import Link


def intended_tags(link: Link, convention: Convention) -> Tags:
    """Return the tags that the author meant, as the convention writes words.

    Raises:
        BadTag: A value cannot be written.
    """
    intended = link.as_intended.items()
    return tags_of({field: convention.words(field, value) for field, value in intended})
