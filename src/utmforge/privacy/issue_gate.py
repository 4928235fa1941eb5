"""Refuse to issue links with private data: a link that was sent cannot be recalled."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from utmforge.errors import PrivateData
from utmforge.model import Note
from utmforge.privacy.find import find_private, find_private_in_tags

if TYPE_CHECKING:
    from collections.abc import Iterable

    from utmforge.model import Event, TaggedLink, Tags
    from utmforge.privacy.finding import Private

_in_tags = lru_cache(maxsize=1024)(find_private_in_tags)
"""Links to many pages share the same tags."""
_in_author = lru_cache(maxsize=256)(find_private)
"""Few people make many links."""


def refuse_private(links: Iterable[TaggedLink], *, allow_personal: bool = False) -> None:
    """Refuse links with personal data or secrets in them, without repeating the data.

    Args:
        links: Links that are to be issued.
        allow_personal: Allow personal data; secrets are never allowed.

    Raises:
        PrivateData: One of them contains private data.
    """
    for link in links:
        if found := (*find_private(link.landing_page), *_in_tags(link.tags)):
            _refuse(found, allow_personal=allow_personal)


def refuse_private_tags(tags: Tags, *, allow_personal: bool = False) -> None:
    """Refuse requested tags with private data, before the naming convention can disguise it.

    Args:
        tags: As requested.
        allow_personal: Allow personal data; secrets are never allowed.

    Raises:
        PrivateData: One of them contains private data.
    """
    _refuse(_in_tags(tags), allow_personal=allow_personal)


def refuse_private_note(note: Note, *, allow_personal: bool = False) -> None:
    """Refuse a note with private data: everyone with the registry can read it.

    Args:
        note: A note and labels.
        allow_personal: Allow personal data; secrets are never allowed.

    Raises:
        PrivateData: It contains private data.
    """
    texts = (("the note", note.text or ""), *(("a label", label) for label in note.labels))
    found = [one for where, text in texts for one in find_private(text, where)]
    _refuse(found, allow_personal=allow_personal)


def refuse_private_event(event: Event, *, allow_personal: bool = False) -> None:
    """Refuse an event of another registry whose note is private, or whose author is a secret.

    Args:
        event: What happened to a link.
        allow_personal: Allow personal data in notes; secrets are never allowed.

    Raises:
        PrivateData: It contains private data.
    """
    refuse_secret_author(event.author)
    if event.action == "noted":
        refuse_private_note(Note(event.reason, event.labels), allow_personal=allow_personal)


def refuse_secret_author(author: str | None) -> None:
    """Refuse a secret where an author's name should be; a name or an address is allowed there.

    Raises:
        PrivateData: It is one.
    """
    if author and (found := _in_author(author, "the author")):
        _refuse(found, allow_personal=True)


def _refuse(found: Iterable[Private], *, allow_personal: bool) -> None:
    for one in sorted(found, key=lambda one: not one.is_secret):
        if one.is_secret:
            hint = "remove it, and change it wherever it gives access"
        else:
            hint = "remove it: everyone can see it; --allow-private issues it anyway"
        if one.is_secret or not allow_personal:
            raise PrivateData(f"the link has a private {one.kind} in {one.where}", hint=hint)
