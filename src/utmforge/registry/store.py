"""The registry's rules: what is kept, what is found, what may change.

Rows of links never change. What becomes of a link later is an event of its history.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from utmforge.errors import (
    ContradictoryInput,
    IdTaken,
)
from utmforge.model import Change, Event, Issued, TaggedLink
from utmforge.registry.history import History, in_force, inverse, new_change_id, stamp, withdrawal
from utmforge.registry.policy import IssuePolicy, refuse_ended, refuse_retired
from utmforge.registry.queries import LinkQuery, Queries
from utmforge.registry.rows import from_row, to_row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from utmforge.registry.database import Database
    from utmforge.registry.rows import Row


_AT_ONCE = 500  # events written at a time
_USUAL = IssuePolicy()


class Registry:
    """The links issued so far. Use it as a context manager, or close it."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.events = History(database)
        """What became of links, and which commands did it."""
        self.queries = Queries(database, self.events)
        """Finds links by what they carry."""

    @classmethod
    def open(cls, place: str | Path, *, create: bool = True) -> Self:
        """Open the registry at `place`.

        Args:
            place: A file, or `postgresql://…`. A file is made with its folder, readable by its
                owner alone, if it is missing; so are a server's tables.
            create: False: only to read; a missing registry is an empty one, and nothing is made.

        Raises:
            RegistryUnavailable: It cannot be made, opened or read.
            NotARegistry: The file is something else.
            RegistryTooNew: A later utmforge wrote it, and it is not only to be read.
            RegistryBusy: Somebody else holds it for over 10 seconds.
            RegistryFull: The disk took no more.
        """
        if "://" in str(place):
            from utmforge.registry.postgres import PostgresDatabase

            return cls(PostgresDatabase.open(str(place), create=create))
        from pathlib import Path

        from utmforge.registry.sqlite import SqliteDatabase

        return cls(SqliteDatabase.open(Path(place), create=create))

    def close(self) -> None:
        """Let go of it."""
        self.database.close()

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

    def add(
        self,
        links: Iterable[TaggedLink],
        *,
        now: datetime | None = None,
        about: str = "",
        change_id: str | None = None,
        policy: IssuePolicy = _USUAL,
    ) -> list[Issued]:
        """Keep links, all or none, and return them as the registry holds them, in their order.

        When this returns they are on the disk. A link that was withdrawn by an undo is issued
        again.

        Args:
            links: What to keep; one that is there is the same link, with its first day.
            now: The time to write down. None: the clock's.
            about: For what, in words; shown among the changes.
            change_id: The change that this is one more part of. None: a change of its own.
            policy: What may be handed out. What is left out comes back as `retired`, or, of a
                campaign that has ended, as `planned`.

        Raises:
            IdTaken: One has the id of another link.
            LinkRetired: One was retired.
            CampaignEnded: One is new, and its campaign is over.
            RegistryError: They could not be kept.
        """
        links = list(links)
        change = change_id or new_change_id()

        def work() -> list[Issued]:
            at = stamp(now)
            # A command that somebody undid while it was at work begins a new change.
            name = new_change_id() if change_id and self.events.is_closed(change) else change
            rows, events, result = self._sorted_out(links, policy, at, name)
            self.database.insert("links", rows)
            self.events.add(events)
            if rows or events:
                count = len(rows) + len(events)
                self.events.record(Change(name, "issue", at, about, count))
            return result

        return self.database.write(work)

    def would_add(
        self, links: Iterable[TaggedLink], *, policy: IssuePolicy = _USUAL
    ) -> list[Issued]:
        """Return what `add` would, and keep nothing; what is new stays planned.

        Raises:
            IdTaken: One has the id of another link.
            LinkRetired: One was retired.
            CampaignEnded: One is new, and its campaign is over.
        """
        links = list(links)
        planned = {link.id: link for link in reversed(links)}
        return [
            one._replace(link=planned[one.link.id]) if one.is_new else one
            for one in self._sorted_out(links, policy, "", "")[2]
        ]

    def _sorted_out(
        self, links: Sequence[TaggedLink], policy: IssuePolicy, at: str, change_id: str
    ) -> tuple[list[Row], list[Event], list[Issued]]:
        """Return the rows and events to write, and what becomes of each link."""
        known = self.queries.by_id([link.id for link in links])
        again, barred = self._retired(list(known), policy)
        rows: dict[str, Row] = {}
        events: dict[str, Event] = {}
        result = []
        ended = policy.ended
        for link in links:
            kept = known.get(link.id)
            is_new = kept is None
            if ended and link.tags.campaign in ended and (is_new or link.id in again):
                if not policy.skip:
                    campaign = link.tags.campaign
                    raise refuse_ended(campaign, ended[campaign])
                result.append(Issued(link, is_new=False))
                continue
            if kept is None:
                rows[link.id] = to_row(link, at, change_id)
                kept = known[link.id] = TaggedLink(*link[:5], at, "issued")
            elif kept.url != link.url:
                raise IdTaken(
                    f"the link has the id {link.id} of another one",
                    hint="give it another content, and tell us: this is very unlikely",
                )
            elif link.id in again and link.id not in events:
                is_new = True
                cancels = tuple(event.change_id for event in again[link.id])
                events[link.id] = Event(link.id, "reinstated", at, change_id, cancels=cancels)
            elif link.id in barred:
                kept = kept._replace(state="retired")
            result.append(Issued(kept, is_new=is_new))
        return list(rows.values()), list(events.values()), result

    def _retired(
        self, ids: Sequence[str], policy: IssuePolicy
    ) -> tuple[dict[str, list[Event]], dict[str, list[Event]]]:
        """Return the retirements of links that are issued again, and of those that are not."""
        again, barred = {}, {}
        for name, events in self.events.retired(ids).items():
            if policy.reissue or events[-1].reason is None:  # the last has one if any has
                again[name] = events
            else:
                barred[name] = events
        if barred and not policy.skip:
            raise refuse_retired(barred)
        return again, barred

    def retire(
        self,
        ids: Sequence[str],
        reason: str,
        *,
        successor: str | None = None,
        now: datetime | None = None,
        dry_run: bool = False,
    ) -> list[TaggedLink]:
        """Retire links by their ids, all or none; return those that were not retired so already.

        Args:
            ids: Whole ids of issued links.
            reason: Why, in words.
            successor: The id of the issued link to use instead.
            now: The time to write down. None: the clock's.
            dry_run: Only look.

        Raises:
            UnknownLink: One is not in the registry.
            ContradictoryInput: The successor is one of them, or retired itself.
        """
        ids = list(dict.fromkeys(ids))
        reason = " ".join(reason.split())
        change = new_change_id()

        def work() -> list[TaggedLink]:
            at = stamp(now)
            links = self.queries.all_of([*ids, *([successor] if successor else ())])
            if successor and (successor in ids or self.events.retired([successor])):
                what = "to be retired" if successor in ids else "retired"
                raise ContradictoryInput(
                    f"the successor {successor} is {what} itself", hint="name another link"
                )
            holding = self.events.retired(ids)
            events = [
                Event(name, "retired", at, change, reason, successor)
                for name in ids
                if not any(
                    (e.reason, e.successor) == (reason, successor) for e in holding.get(name, ())
                )
            ]
            if events and not dry_run:
                self.events.add(events)
                about = ", ".join(event.link_id for event in events[:3])
                more = f" and {len(events) - 3:,} more" if len(events) > 3 else ""  # noqa: PLR2004 - shown
                self.events.record(Change(change, "retire", at, about + more, len(events)))
            return [links[event.link_id]._replace(state="retired") for event in events]

        return work() if dry_run else self.database.write(work)

    def undo(
        self, name: str | None = None, *, now: datetime | None = None, dry_run: bool = False
    ) -> tuple[Change, int]:
        """Undo a change, the last one or the one named, by writing one more down.

        Links it issued are retired, links it retired are to be used again. What happened to a link
        since stays as it is.

        Returns:
            The change that was undone, and how many links that changed.

        Raises:
            UnknownChange: There is none.
            ContradictoryInput: It is undone already.
        """
        change_id = new_change_id()

        def work() -> tuple[Change, int]:
            at = stamp(now)
            undone = self.events.to_undo(name)
            count = 0
            for events in self._inverses(undone, at, change_id):
                count += self._changed(events)
                if not dry_run:
                    self.events.add(events)
            if not dry_run:
                undo = Change(change_id, "undo", at, undone.about, count, undone.id)
                self.events.record(undo)
            return undone, count

        return work() if dry_run else self.database.write(work)

    def _inverses(self, change: Change, at: str, change_id: str) -> Iterator[list[Event]]:
        """Yield the events that undo a change, some at a time."""
        taken_back = self.events.events_of_change(change.id)
        for start in range(0, len(taken_back), _AT_ONCE):
            some = taken_back[start : start + _AT_ONCE]
            yield [inverse(event, at, change_id) for event in some]
        if change.kind not in {"issue", "import"}:
            return
        had = {event.link_id for event in taken_back}
        for page in self.queries.pages("AND change_id = ?", [change.id]):
            links = [from_row(row[1:]) for row in page]
            yield [withdrawal(link, at, change_id) for link in links if link.id not in had]

    def _changed(self, more: Sequence[Event]) -> int:
        """Return for how many links more events change whether they are to be used."""
        before = self.events.of([event.link_id for event in more])
        count = 0
        for event in more:
            events = before.get(event.link_id, [])
            count += bool(in_force(events)) != bool(in_force([*events, event]))
        return count

    def changes(self, limit: int | None = None) -> list[Change]:
        """Return what commands changed, the latest first."""
        return self.events.changes(limit)

    def history(self, name: str) -> list[Event]:
        """Return what happened to the link with this id since it was issued."""
        return self.events.of([name]).get(name, [])

    def restore(
        self,
        links: Iterable[TaggedLink],
        events: Iterable[Event] = (),
        *,
        about: str | None = None,
        now: datetime | None = None,
    ) -> tuple[int, int]:
        """Put back links that were issued before, as they were, and their events.

        Args:
            links: Links with the day they were issued.
            events: Events of links that are there or among these.
            about: Where they come from; they are a change then, which can be undone. None: none.
            now: When the change is done. None: the clock's time.

        Returns:
            How many links and how many events were not there.

        Raises:
            RegistryError: They could not be kept.
        """
        change = None if about is None else new_change_id()
        rows = {link.id: to_row(link, link.issued_at or "", change) for link in links}
        events = list(events)

        def work() -> tuple[int, int]:
            known = self.queries.by_id(list(rows))
            fresh = [row for name, row in rows.items() if name not in known]
            self.database.insert("links", fresh)
            at = stamp(now)
            again = self._again(list(known), at, change) if change else []
            added = self.events.add(events)
            self.events.add(again)
            count = len(fresh) + len(again)
            if change and count:
                self.events.record(Change(change, "import", at, about or "", count))
            return count, added

        return self.database.write(work)

    def _again(self, ids: Sequence[str], at: str, change: str) -> list[Event]:
        """Return the events that issue again what was withdrawn by an undo."""
        return [
            Event(name, "reinstated", at, change, cancels=tuple(each.change_id for each in events))
            for name, events in self.events.retired(ids).items()
            if events[-1].reason is None
        ]

    def get(self, name: str) -> TaggedLink:
        """Return the link with this id, the only one whose id begins so, or of this address.

        Raises:
            UnknownLink: There is none.
            AmbiguousLink: There are several.
        """
        return self.queries.get(name)

    def links(self, query: LinkQuery | None = None) -> Iterator[TaggedLink]:
        """Yield links, by default all in the order of issue.

        Raises:
            RegistryDamaged: An entry is not what was written.
        """
        return self.queries.links(query or LinkQuery())
