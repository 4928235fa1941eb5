"""The registry: links are added, retired and restored, changes are undone; nothing is erased.

Rows of links never change. What happens to a link later is an event in its history.
"""

from __future__ import annotations

from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Literal, Self

from utmforge.errors import ContradictoryInput
from utmforge.model import NO_NOTE, Change, Event, Issued, Note, TaggedLink
from utmforge.registry.events import (
    changed_states,
    extended,
    in_force,
    inverses,
    new_change_id,
    note_of,
    noting,
    reinstatement,
    retirements,
    stamp,
    withdrawal,
)
from utmforge.registry.history import History
from utmforge.registry.location import server_address
from utmforge.registry.policy import IssuePolicy, decide
from utmforge.registry.queries import LinkQuery, Queries
from utmforge.registry.rows import from_row, refuse_unfit_links, refuse_unfit_past, to_row
from utmforge.texts import MAX_ABOUT, MAX_ID, MAX_REASON, fitted, refuse_unfit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from utmforge.registry.author import Author
    from utmforge.registry.database import Database
    from utmforge.registry.policy import Decision
    from utmforge.registry.rows import Row
    from utmforge.registry.server_address import ServerAddress


_LINKS_AT_ONCE = 500  # whose events are written at a time
_MAX_LISTED = 3
_MANY = 100  # links: from here on the fast path is worth loading
_DEFAULT_POLICY = IssuePolicy()


class Registry:
    """The links issued so far. Use it as a context manager, or close it."""

    def __init__(self, database: Database, author: str | Author | None = None) -> None:
        self.database = database
        self._author = author
        self.events = History(database)
        """What happened to links, and which commands did it."""
        self.queries = Queries(database, self.events)
        """Finds links by id, by their tags, or in an order."""
        self.before_close: Callable[[], None] | None = None
        """Called once before it is closed."""

    @classmethod
    def open(
        cls,
        place: str | Path | ServerAddress,
        *,
        create: bool = True,
        at_once: bool = True,
        author: str | Author | None = None,
    ) -> Self:
        """Open the registry at `place`.

        Args:
            place: A file, or `postgresql://…`. A missing file is created with its folder, readable
                by its owner alone; so are a server's tables.
            create: False: only to read; a missing registry counts as empty, and nothing is created.
            at_once: False: what is missing is created when the first entry is saved, so that links
                that are refused leave nothing behind.
            author: Who makes the changes. None: by `UTMFORGE_AUTHOR`, git, or the login.

        Raises:
            RegistryUnavailable: It cannot be created, opened or read.
            NotARegistry: It is another kind of file.
            RegistryTooNew: A later version of utmforge wrote it, and `create` is true.
            RegistryBusy: Another command has locked it for over 10 seconds.
            RegistryFull: The disk is full.
        """
        from pathlib import Path

        address = server_address(place) if isinstance(place, str) else place
        if address is not None and not isinstance(address, Path):
            from utmforge.registry.postgres import PostgresDatabase

            return cls(PostgresDatabase.open(address, create=create, at_once=at_once), author)
        from utmforge.registry.sqlite import SqliteDatabase

        return cls(SqliteDatabase.open(Path(str(place)), create=create, at_once=at_once), author)

    def close(self) -> None:
        """Close it."""
        last, self.before_close = self.before_close, None
        try:
            if last:
                last()
        finally:
            self.database.close()
            if self._author and not isinstance(self._author, str):
                self._author.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def place(self) -> str:
        """Where it is, without a password."""
        return self.database.place

    @property
    def path(self) -> Path | None:
        """The file. None: it is on a server."""
        return self.database.path

    @cached_property
    def author(self) -> str:
        """Who makes changes with this registry."""
        from utmforge.registry.author import Author  # commands that only read need none
        from utmforge.texts import MAX_AUTHOR

        author = self._author or Author()
        return fitted(
            author if isinstance(author, str) else author.name(self.database.role), MAX_AUTHOR
        )

    def add(
        self,
        links: Iterable[TaggedLink],
        *,
        now: datetime | None = None,
        about: str = "",
        change_id: str | None = None,
        policy: IssuePolicy = _DEFAULT_POLICY,
        allow_private: bool = False,
        note: Note = NO_NOTE,
    ) -> list[Issued]:
        """Save links, all or none, and return them as the registry has them, in their order.

        When this returns they are on the disk. A link that an undo withdrew is issued again.

        Args:
            links: What to save; a link that was issued before keeps its first date.
            now: The time to record. None: the current time.
            about: What the links are for, in words; shown by `utmforge history`.
            change_id: The change that this belongs to. None: a new change.
            policy: Which links may be issued. What is left out comes back as `retired`, or, of
                a campaign that has ended, as `planned`.
            allow_private: Accept personal data in links; secrets are still refused.
            note: What to note of each of the links that may be used; see `noted`.

        Raises:
            PrivateData: One contains personal data or a secret.
            NotText: One has a channel or another text that no registry accepts.
            IdTaken: One has the id of another link.
            LinkRetired: One was retired.
            CampaignEnded: One is new, and its campaign has ended.
            RegistryError: They could not be saved.
        """
        # Imported here: commands that only read need none of it.
        from utmforge.privacy.issue_gate import refuse_private, refuse_private_note

        links = list(links)
        refuse_private(links, allow_personal=allow_private)
        refuse_private_note(note, allow_personal=allow_private)
        refuse_unfit_links(links)
        refuse_unfit("the change's id", change_id or "", MAX_ID)
        _refuse_unfit_note(note)
        about = fitted(about, MAX_ABOUT)
        first = change_id or new_change_id()

        def work() -> list[Issued]:
            at = stamp(now)
            # A command whose change was undone while it was running begins a new change.
            name = new_change_id() if change_id and self.events.is_closed(first) else first
            decision = self._decide(links, policy, at, name)
            self.database.insert("links", _rows(decision.fresh, at, name))
            notes = self._notes_of(decision, note, at, name)
            self.events.add([*decision.events, *notes])
            count = len(decision.fresh) + len(decision.events)
            if count or notes:
                kind: Literal["issue", "note"] = "issue" if count else "note"
                change = Change(name, kind, at, about, count or len(notes), author=self.author)
                self.events.record(change)
            return list(decision.issued)

        return self.database.write(work)

    def would_add(
        self, links: Iterable[TaggedLink], *, policy: IssuePolicy = _DEFAULT_POLICY
    ) -> list[Issued]:
        """Return what `add` would, without saving anything; what is new stays planned.

        Raises:
            IdTaken: One has the id of another link.
            LinkRetired: One was retired.
            CampaignEnded: One is new, and its campaign has ended.
        """
        links = list(links)
        planned = {link.id: link for link in reversed(links)}
        return [
            one._replace(link=planned[one.link.id]) if one.is_new else one
            for one in self._decide(links, policy, "", "").issued
        ]

    def _decide(
        self, links: Sequence[TaggedLink], policy: IssuePolicy, at: str, change_id: str
    ) -> Decision:
        known = self.queries.by_id([link.id for link in links])
        retired = self.events.retired(list(known))
        named = [events[-1].successor for events in retired.values()]
        successors = self.queries.by_id([name for name in named if name]) if retired else {}
        author = self.author if at else None  # nothing is recorded without a time
        return decide(
            *(links, known, retired, policy),
            at=at,
            change_id=change_id,
            author=author,
            successors=successors,
        )

    def _notes_of(self, decision: Decision, note: Note, at: str, change_id: str) -> list[Event]:
        """Return the events that note something of the links that may be used.

        A link that an undo had withdrawn begins without a note.
        """
        usable = dict.fromkeys(one.link.id for one in decision.issued if one.link.state == "issued")
        again = {event.link_id for event in decision.events}
        if note == NO_NOTE and not again:
            return []
        before = self.events.of([name for name in usable if note != NO_NOTE or name in again])
        event = Event("", "noted", at, change_id, author=self.author)
        found = []
        for name in usable:
            events = before.get(name, [])
            held = in_force(events)
            is_withdrawn = name in again and held and held[-1].reason is None
            now = NO_NOTE if is_withdrawn else note_of(events)
            found.append(noting(name, events, extended(now, note), event))
        return [one for one in found if one]

    def note(
        self,
        ids: Sequence[str],
        note: Note,
        *,
        now: datetime | None = None,
        dry_run: bool = False,
        allow_private: bool = False,
    ) -> int:
        """Give links this note and these labels instead of those they have; return how many change.

        Args:
            ids: Complete ids of issued links.
            note: The text and the labels; `NO_NOTE` removes them.
            now: The time to record. None: the current time.
            dry_run: Change nothing.
            allow_private: Accept personal data in the note; secrets are still refused.

        Raises:
            PrivateData: The note or a label contains personal data or a secret.
            NotText: The note or a label has characters that are not text, or too many.
            UnknownLink: One is not in the registry.
        """
        from utmforge.privacy.issue_gate import refuse_private_note

        _refuse_unfit_note(note)
        refuse_private_note(note, allow_personal=allow_private)
        ids = list(dict.fromkeys(ids))
        change = new_change_id()

        def work() -> int:
            self.queries.all_of(ids)
            before = self.events.of(ids)
            author = None if dry_run else self.author
            event = Event("", "noted", stamp(now), change, author=author)
            found = [noting(name, before.get(name, ()), note, event) for name in ids]
            events = [one for one in found if one]
            if events and not dry_run:
                self.events.add(events)
                names = _listed([one.link_id for one in events])
                self.events.record(
                    Change(change, "note", event.at, names, len(events), author=author)
                )
            return len(events)

        return work() if dry_run else self.database.write(work)

    def retire(
        self,
        ids: Sequence[str],
        reason: str,
        *,
        successor: str | None = None,
        now: datetime | None = None,
        dry_run: bool = False,
        change_id: str | None = None,
    ) -> list[TaggedLink]:
        """Retire links by their ids, all or none; return those not already retired in this way.

        Args:
            ids: Complete ids of issued links.
            reason: Why, in words.
            successor: The id of the issued link to use instead.
            now: The time to record. None: the current time.
            dry_run: Change nothing.
            change_id: The change that this belongs to. None: a new change.

        Raises:
            NotText: The reason has characters that are not text, or over 1,000 of them.
            UnknownLink: One is not in the registry.
            ContradictoryInput: The successor is one of them, or retired itself.
        """
        ids = list(dict.fromkeys(ids))
        reason = " ".join(reason.split())
        refuse_unfit("the reason", reason, MAX_REASON)
        change = change_id or new_change_id()

        def work() -> list[TaggedLink]:
            links = self.queries.all_of([*ids, *([successor] if successor else ())])
            self._refuse_bad_successor(successor, ids)
            author = None if dry_run else self.author
            event = Event("", "retired", stamp(now), change, reason, successor, author=author)
            events = retirements(ids, self.events.retired(ids), event)
            if events and not dry_run:
                self.events.add(events)
                names = _listed([event.link_id for event in events])
                self.events.record(
                    Change(change, "retire", event.at, names, len(events), author=author)
                )
            return [links[event.link_id]._replace(state="retired") for event in events]

        return work() if dry_run else self.database.write(work)

    def _refuse_bad_successor(self, successor: str | None, ids: Sequence[str]) -> None:
        if successor and (successor in ids or self.events.retired([successor])):
            what = "being retired" if successor in ids else "retired"
            raise ContradictoryInput(
                f"the successor {successor} is itself {what}", hint="name another link"
            )

    def undo(
        self, name: str | None = None, *, now: datetime | None = None, dry_run: bool = False
    ) -> tuple[Change, int]:
        """Undo a change, the author's last one or the one named, by recording another one.

        Links that it issued are retired, links that it retired are in use again, and notes are as
        they were. Later events of those links stay in force.

        Returns:
            The change that was undone, and how many links that changed.

        Raises:
            UnknownChange: There is none.
            ContradictoryInput: It is already undone.
        """
        change_id = new_change_id()

        def work() -> tuple[Change, int]:
            at = stamp(now)
            undone = self.to_undo(name)
            count = 0
            for events in self._inverses(undone, at, change_id):
                before = self.events.of([event.link_id for event in events])
                count += changed_states(before, events)
                if not dry_run:
                    self.events.add(events)
            if not dry_run:
                undo = Change(change_id, "undo", at, undone.about, count, undone.id)
                self.events.record(undo._replace(author=self.author))
            return undone, count

        return work() if dry_run else self.database.write(work)

    def to_undo(self, name: str | None = None) -> Change:
        """Return the change that `undo` undoes.

        A change without an author was made by an earlier version: in a file it counts as yours.

        Raises:
            UnknownChange: There is none.
            ContradictoryInput: It is already undone.
        """
        return self.events.to_undo(name, (self.author, *((None,) if self.path else ())))

    def _inverses(self, change: Change, at: str, change_id: str) -> Iterator[list[Event]]:
        """Yield the events that undo a change, some at a time."""
        by_link: dict[str, list[Event]] = {}
        for event in inverses(self.events.events_of_change(change.id), at, change_id, self.author):
            by_link.setdefault(event.link_id, []).append(event)
        if change.kind in {"issue", "import"}:
            for page in self.queries.pages("AND change_id = ?", [change.id]):
                some = []
                for link in (from_row(row[1:]) for row in page):
                    events = by_link.pop(link.id, [])
                    if all(event.action == "noted" for event in events):
                        events = [withdrawal(link, at, change_id, self.author), *events]
                    some += events
                yield some
        others = iter(by_link.values())
        while some := [event for events in islice(others, _LINKS_AT_ONCE) for event in events]:
            yield some

    def changes(self, limit: int | None = None) -> list[Change]:
        """Return what commands changed, the latest first."""
        return self.events.changes(limit)

    def history(self, name: str) -> list[Event]:
        """Return what happened to the link with this id after it was issued."""
        return self.events.of([name]).get(name, [])

    def restore(
        self,
        links: Iterable[TaggedLink],
        events: Iterable[Event] = (),
        *,
        about: str | None = None,
        now: datetime | None = None,
        allow_private: bool = False,
    ) -> tuple[int, int]:
        """Put back links that were issued before, as they were, and their events.

        Args:
            links: Links with the day they were issued.
            events: Events of links that are in the registry or among `links`.
            about: Where they come from; this records a change, which can be undone. None: no
                change is recorded.
            now: The time to record. None: the current time.
            allow_private: Accept personal data in links; secrets are still refused.

        Returns:
            How many links and how many events were new.

        Raises:
            PrivateData: A new one contains personal data or a secret.
            NotText: One has a text or a time that no registry accepts.
            RegistryError: They could not be saved.
        """
        links, events = list(links), list(events)
        refuse_unfit_links(links)
        refuse_unfit_past(links, events)
        change = None
        if about is not None:
            text = fitted(about, MAX_ABOUT)
            change = Change(new_change_id(), "import", stamp(now), text, 0, author=self.author)
        return self.database.write(
            lambda: self._put_back(links, events, change, allow_private=allow_private)
        )

    def _put_back(
        self,
        links: Sequence[TaggedLink],
        events: Sequence[Event],
        change: Change | None,
        *,
        allow_private: bool,
    ) -> tuple[int, int]:
        """Do the work of `restore` in its transaction."""
        from utmforge.privacy.issue_gate import refuse_private, refuse_private_event

        change_id = change.id if change else None
        rows = {link.id: to_row(link, link.issued_at or "", change_id) for link in links}
        known = self.queries.by_id(list(rows))
        new = (link for link in links if link.id not in known)
        refuse_private(new, allow_personal=allow_private)
        for event in events:
            refuse_private_event(event, allow_personal=allow_private)
        fresh = [row for name, row in rows.items() if name not in known]
        self.database.insert("links", fresh)
        again = self._withdrawn(list(known), change.at, change.id) if change else []
        added = self.events.add(events)
        self.events.add(again)
        count = len(fresh) + len(again)
        if change and count:
            self.events.record(change._replace(links=count))
        return count, added

    def _withdrawn(self, ids: Sequence[str], at: str, change: str) -> list[Event]:
        """Return the events that reissue the links among these that an undo withdrew."""
        return [
            reinstatement(name, events, at, change, self.author)
            for name, events in self.events.retired(ids).items()
            if events[-1].reason is None
        ]

    def get(self, name: str) -> TaggedLink:
        """Return the link with this id, with the only id that begins with it, or with this address.

        Raises:
            UnknownLink: There is none.
            AmbiguousLink: There are several.
        """
        return self.queries.get(name)

    def links(self, query: LinkQuery | None = None) -> Iterator[TaggedLink]:
        """Yield links, by default all in the order of issue.

        Raises:
            RegistryDamaged: An entry does not match its checksum.
        """
        return self.queries.links(query or LinkQuery())


def _listed(ids: Sequence[str]) -> str:
    """Return the first few ids, and how many more there are."""
    more = f" and {len(ids) - _MAX_LISTED:,} more" if len(ids) > _MAX_LISTED else ""
    return ", ".join(ids[:_MAX_LISTED]) + more


def _refuse_unfit_note(note: Note) -> None:
    if note != NO_NOTE:
        from utmforge.registry.notes import refuse_unfit_note

        refuse_unfit_note(note)


def _rows(links: Sequence[TaggedLink], at: str, change_id: str) -> list[Row]:
    if len(links) < _MANY:
        return [to_row(link, at, change_id) for link in links]
    from utmforge.registry.fast_path.link_rows import to_rows

    return to_rows(links, at, change_id)
