"""`utmforge note`: read or write the note and the labels of a link."""

from collections.abc import Sequence
from typing import Annotated

import typer

from utmforge.cli.options import LinkId, command, single
from utmforge.cli.session import Session
from utmforge.errors import ContradictoryInput
from utmforge.model import NO_NOTE, Note
from utmforge.output.key_values import show_facts
from utmforge.privacy.issue_gate import refuse_private_note
from utmforge.registry.notes import labels_of, note_from, refuse_unfit_note

app = single()

Text = Annotated[
    str | None,
    typer.Argument(
        metavar="TEXT",
        help="The note, instead of the present one. Without it, the text stays.",
        show_default=False,
    ),
]
AddedLabels = Annotated[
    list[str] | None, typer.Option("--label", metavar="NAME,…", help="Add labels.")
]
RemovedLabels = Annotated[
    list[str] | None, typer.Option("--remove-label", metavar="NAME,…", help="Remove labels.")
]
Clear = Annotated[bool, typer.Option("--clear", help="Remove the note and all labels first.")]


@command(
    app,
    "file",
    "registry",
    "format",
    "dry_run",
    "allow_private",
    columns=lambda: ("note", "labels"),
)
def note(
    session: Session,
    link_id: LinkId,
    text: Text = None,
    label: AddedLabels = None,
    remove_label: RemovedLabels = None,
    clear: Clear = False,
) -> None:
    """Write a note on an issued link, or labels to find it by; without any, print them.

    A note is kept in the registry and shared with it; the link stays as it is. `utmforge list TEXT`
    finds links by their notes, `--label` by their labels, and `utmforge undo` restores the note
    before.

    Example:
      utmforge note k3v9q2m7xdhw "for the flyer of the summer fair" --label print,flyer
      utmforge note k3v
      utmforge note k3v --clear
    """
    asked = text is not None or bool(label or remove_label or clear)
    writing = asked and not session.dry_run and session.has_registry
    with session.registry(writing=writing) as registry:
        found = registry.get(link_id)
        before = registry.events.notes([found.id]).get(found.id, NO_NOTE)
        if not asked:
            _show(session, before)
            return
        after = _changed(NO_NOTE if clear else before, text, label or (), remove_label or ())
        refuse_unfit_note(after)
        # As written: a label in lower case may no longer look like the secret that it was.
        refuse_private_note(Note(None, tuple(label or ())), allow_personal=session.allow_private)
        count = registry.note(
            [found.id], after, dry_run=session.dry_run, allow_private=session.allow_private
        )
    verb = "would change" if session.dry_run else "changed"
    unchanged = f"the note of {found.id} is unchanged"
    session.console.done(f"{verb} the note of {found.id}" if count else unchanged)
    _show(session, after)


def _changed(before: Note, text: str | None, added: Sequence[str], removed: Sequence[str]) -> Note:
    """Return a note with another text, if there is one, and with other labels."""
    gone = labels_of(removed)
    if missing := [label for label in gone if label not in before.labels]:
        raise ContradictoryInput(
            f"the link has no label {', '.join(missing)}",
            hint=f"its labels: {', '.join(before.labels) or 'none'}",
        )
    labels = {*before.labels, *labels_of(added)} - set(gone)
    return note_from(before.text if text is None else text, labels)


def _show(session: Session, note: Note) -> None:
    """Print a note, or say that there is none."""
    if note == NO_NOTE:
        session.console.note("the link has no note and no labels")
    show_facts(session.console, {"note": note.text, "labels": " ".join(note.labels) or None})
