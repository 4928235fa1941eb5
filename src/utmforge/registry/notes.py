"""What people write about links: a note and labels, as a registry accepts them.

>>> labels_of(["Spring Flyer, print", "print"])
('print', 'spring-flyer')
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.errors import NotText
from utmforge.model import Note
from utmforge.texts import MAX_LABEL, MAX_LABELS, MAX_REASON, refuse_unfit

if TYPE_CHECKING:
    from collections.abc import Iterable


def labels_of(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the labels in texts, separated by commas: lower case, hyphens for spaces, sorted."""
    parts = (part for text in texts for part in text.split(","))
    return tuple(sorted({"-".join(part.lower().split()) for part in parts} - {""}))


def note_from(text: str | None, labels: Iterable[str]) -> Note:
    """Return a note as a registry keeps it: one line, and labels as `labels_of` writes them."""
    return Note(" ".join((text or "").split()) or None, labels_of(labels))


def refuse_unfit_note(note: Note) -> None:
    """Refuse a note that no registry accepts.

    Raises:
        NotText: Its text or a label has characters that are not text, or too many.
    """
    refuse_unfit("the note", note.text or "", MAX_REASON)
    for label in note.labels:
        refuse_unfit("the label", label, MAX_LABEL)
    if labels_of(note.labels) != note.labels:
        raise NotText(
            f"the labels {', '.join(note.labels)} are not written as labels",
            hint="lower case, without spaces and commas, sorted",
        )
    refuse_unfit("the list of labels", " ".join(note.labels), MAX_LABELS)
