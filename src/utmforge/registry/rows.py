"""Links, events and changes as rows of text, with a checksum that every read verifies.

links     what was issued; a row never changes
history   what happened to links since: events
changes   which command did it: one row for each of its transactions
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any, cast

from utmforge.errors import NotText, RegistryDamaged, quoted
from utmforge.files.digests import blake2b
from utmforge.model import PARAMETERS, SITE, Change, Event, State, TaggedLink, Tags, link_fields
from utmforge.texts import (
    MAX_AUTHOR,
    MAX_CHANNEL,
    MAX_ID,
    MAX_LABELS,
    MAX_REASON,
    is_moment,
    refuse_unfit,
    unfit_character,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# The tags' columns carry the parameters' names: utm_source …
COLUMNS = ("id", "url", "landing_page", "channel", *PARAMETERS.values(), "issued_at", "state")
TABLES = {
    "links": (*COLUMNS, "change_id", "author", "pages", "checksum"),
    "history": (
        *("link_id", "action", "at", "change_id", "reason", "successor", "cancels"),
        *("labels", "author", "checksum"),
    ),
    "changes": ("id", "part", "kind", "at", "about", "links", "undoes", "author", "checksum"),
}
"""The columns of each table, after `seq` and `workspace`."""

SELECTED = ", ".join(TABLES["links"])

Row = tuple[str | None, ...]

_FIRST_TAG = COLUMNS.index("utm_source")
_tag_values = attrgetter(*PARAMETERS)
CHECKSUM_BYTES = 8


def checksum(values: Sequence[str | None]) -> str:
    """Return 64 bits of BLAKE2b over a row's values, as hexadecimals; None and empty differ.

    Values of None at the end do not count: rows of earlier versions have fewer columns.
    """
    return blake2b(hashed(values).encode(), digest_size=CHECKSUM_BYTES).hexdigest()


def hashed(values: Sequence[str | None]) -> str:
    """Return the text of a row's values, or of its last ones, of which the checksum is made."""
    while values and values[-1] is None:
        values = values[:-1]
    return "\x1f".join(["\x00" if value is None else value for value in values])


def is_whole(row: Sequence[Any]) -> bool:
    """Tell whether a row of any table matches its checksum."""
    values, stored = row[:-1], row[-1]
    try:
        return bool(checksum(values) == stored)
    except TypeError:  # a number, or not a text
        is_known = all(isinstance(value, str | int | None) for value in values)
        return is_known and checksum(_texts(values)) == stored


def is_address(text: str) -> bool:
    """Tell whether a text can be the address of a link, which forged checksums do not show.

    >>> is_address("https://shop.example/"), is_address("javascript:alert(1)")
    (True, False)
    """
    return text.startswith(("https://", "http://")) and text.isprintable()


def to_row(link: TaggedLink, issued_at: str, change_id: str | None) -> Row:
    """Return the values of a link's columns."""
    link_id, url, landing_page, channel, tags, *_ = link
    fields = (link_id, url, landing_page, channel, *_tag_values(tags), issued_at, "issued")
    values = (*fields, change_id, link.author, link.pages)
    return (*values, checksum(values))


def from_row(row: Sequence[Any]) -> TaggedLink:
    """Return the link in a row of `SELECTED`; later events are in its history.

    Raises:
        RegistryDamaged: The row does not match its checksum.
    """
    if not is_whole(row) or not (is_address(row[1]) and is_address(row[2])):
        raise damaged_entry(f"of link {quoted(str(row[0]), 20)}")
    tags = dict(zip(PARAMETERS, row[_FIRST_TAG : len(COLUMNS) - 2], strict=True))
    link_id, url, landing_page, channel = row[:_FIRST_TAG]
    return TaggedLink(
        link_id,
        url,
        landing_page,
        channel,
        Tags(**tags),
        row[len(COLUMNS) - 2],
        cast("State", row[len(COLUMNS) - 1]),
        *row[-3:-1],
    )


def event_row(event: Event) -> Row:
    """Return the values of an event's columns."""
    values = (*event[:6], " ".join(event.cancels), " ".join(event.labels) or None, event.author)
    return (*values, checksum(values))


def read_event(row: Sequence[Any]) -> Event:
    """Return the event in a row.

    Raises:
        RegistryDamaged: The row does not match its checksum.
    """
    if not is_whole(row):
        raise damaged_entry(f"in the history of link {quoted(str(row[0]), 20)}")
    link_id, action, at, change_id, reason, successor, cancels, labels, author, _ = row
    return Event(
        *(link_id, action, at, change_id, reason, successor, tuple(cancels.split())),
        labels=tuple((labels or "").split()),
        author=author,
    )


def change_row(change: Change, part: int) -> tuple[object, ...]:
    """Return the values of the columns of one transaction of a change."""
    values = (change.id, part, *change[1:6], change.author)
    return (*values, checksum(_texts(values)))


def _texts(values: Sequence[object]) -> list[str | None]:
    return [str(value) if isinstance(value, int) else cast("str | None", value) for value in values]


def read_change(row: Sequence[Any]) -> Change:
    """Return the change in a row, which is one of its transactions.

    Raises:
        RegistryDamaged: The row does not match its checksum.
    """
    if not is_whole(row):
        raise damaged_entry(f"of change {quoted(str(row[0]), 20)}")
    change_id, _, kind, at, about, links, undoes, author, _ = row
    return Change(change_id, kind, at, about, links, undoes, author=author)


def damaged_entry(of: str) -> RegistryDamaged:
    """Return the error for a row that does not match its checksum."""
    return RegistryDamaged(
        f"the entry {of} does not match its checksum",
        hint="utmforge registry check shows more; --repair keeps the intact entries",
    )


def refuse_unfit_links(links: Iterable[TaggedLink]) -> None:
    """Refuse links with a text that no registry accepts.

    The addresses are checked as one text, and what many links share is checked once: see
    `benchmarks/bulk.py`.

    Raises:
        NotText: One has such a text.
    """
    from utmforge.urls.tagging import MAX_URL_BYTES

    links = tuple(links)
    for channel in {link.channel for link in links if link.channel}:
        refuse_unfit("the channel", channel, MAX_CHANNEL)
    urls = [link.url for link in links]
    shared = {text for tags in {link.tags for link in links} for text in tags if text}
    shared |= {text for link in links for text in (link.issued_at, link.state) if text}
    texts = " ".join((*urls, *(f"{link.id} {link.landing_page}" for link in links), *shared))
    if unfit_character(texts) is None and max(map(len, urls), default=0) <= MAX_URL_BYTES:
        return
    for link in links:
        for text in filter(None, link_fields(link)):
            refuse_unfit("the link", text, MAX_URL_BYTES)


def refuse_unfit_past(links: Iterable[TaggedLink], events: Iterable[Event]) -> None:
    """Refuse links that were issued before, and events, with a text or time that is not one.

    Raises:
        NotText: One has such a text or time.
    """
    for event in events:
        refuse_unfit("the reason", event.reason or "", MAX_REASON)
        for name in (event.link_id, event.change_id, event.successor or "", *event.cancels):
            refuse_unfit("an id in the history", name, MAX_ID)
        refuse_unfit("the author", event.author or "", MAX_AUTHOR)
        refuse_unfit("the labels", " ".join(event.labels), MAX_LABELS)
        if event.action not in {"retired", "reinstated", "noted"}:
            raise NotText(f"{quoted(event.action, 20)} is not what happens to a link")
        _refuse_bad_time(event.at)
    for link in links:
        refuse_unfit("the author", link.author or "", MAX_AUTHOR)
        if link.pages not in {None, SITE}:
            raise NotText(f"{quoted(link.pages, 20)} does not say which pages a link covers")
        _refuse_bad_time(link.issued_at or "")


def _refuse_bad_time(text: str) -> None:
    if not is_moment(text):
        raise NotText(f"{quoted(text, 30)} is not a time", hint="such as 2026-03-20T09:30:00Z")
