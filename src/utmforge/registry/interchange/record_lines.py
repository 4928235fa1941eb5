"""A registry's records as lines of text, one JSON object each: read, put together, and written.

{"id": …, "change": …, "action": "retired", …}
{"id": …, "url": …, "landing_page": …, …}
"""

from __future__ import annotations

import json
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from utmforge.errors import LandingPagesInvalid, Problem, UnreadableInput, UtmforgeError, quoted
from utmforge.files.decoding import read_text
from utmforge.files.digests import digest_of
from utmforge.files.reading import read_file
from utmforge.model import Event, TaggedLink
from utmforge.registry.events import without_nameless
from utmforge.registry.interchange.records import (
    event_record,
    link_record,
    read_record,
    record_of_event,
    record_of_link,
    recorded_event,
    recorded_link,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

_CONFLICT_MARKERS = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")


class Content(NamedTuple):
    """The contents of a file."""

    links: dict[str, TaggedLink]
    """By id; if a link is there twice, the first in order."""
    events: dict[Event, None]
    """A set, in the order in which they were read."""
    variants: dict[str, list[TaggedLink]]
    """All descriptions of the links that have several, by id."""
    places: Mapping[Any, str] = MappingProxyType({})
    """Where each link stands, by id, and each event, for messages."""
    digest: str = ""
    """Of the bytes that were read."""


def read_lines(path: Path, rewritten: Mapping[str, str] = MappingProxyType({})) -> Content:
    """Read a file of records, one JSON object per line.

    Where git has left a conflict, the lines of both sides count: the lines are a set.

    Args:
        path: The file.
        rewritten: Lines, and those to read instead.

    Raises:
        LandingPagesInvalid: Lines are not links or events as utmforge writes them.
        UnreadableInput: The file cannot be read.
    """
    data = read_file(path)
    file = read_text(data)
    if file.encoding != "utf-8":
        raise UnreadableInput(f"cannot read {quoted(path)}: it is not UTF-8")
    found = collected(
        (f"{path}:{number}", rewritten.get(line, line))
        for number, line in enumerate(file.text.splitlines(), 1)
        if is_record(line)
    )
    return found._replace(digest=digest_of(data))


def is_record(line: str) -> bool:
    """Tell whether a line is one: neither empty nor a mark of a conflict."""
    return bool(line.strip()) and not line.startswith(_CONFLICT_MARKERS)


def collected(records: Iterable[tuple[str, object]]) -> Content:
    """Collect records, each with its place; a record that is text is parsed as JSON.

    Raises:
        LandingPagesInvalid: Some are not links or events; all of them are listed.
    """
    places: dict[str | Event, str] = {}
    content = Content({}, {}, {}, places)
    problems = []
    for where, record in records:
        try:
            found = read_record(_object(record) if isinstance(record, str) else record)
        except UtmforgeError as error:
            problems.append(Problem(error.message, where, hint=error.hint))
            continue
        if isinstance(found, Event):
            content.events[found] = None
            places.setdefault(found, where)
        else:
            places.setdefault(found.id, where)
            before = content.links.setdefault(found.id, found)
            if before != found:
                content.variants.setdefault(found.id, [before]).append(found)
                if earlier(before, found) is found:
                    content.links[found.id], places[found.id] = found, where
    if problems:
        raise LandingPagesInvalid(problems)
    return content._replace(events=dict.fromkeys(without_nameless(content.events)))


def earlier(one: TaggedLink, other: TaggedLink) -> TaggedLink:
    """Return the earlier description of a link, the same whichever comes first."""
    return min(
        one,
        other,
        key=lambda link: (
            *(link.issued_at or "", link.channel or "", link.landing_page),
            *(link.pages is None, link.author is None, link.author or ""),
        ),
    )


def _object(line: str) -> object:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        raise UtmforgeError("the line is not JSON") from None


def lines(links: Iterable[TaggedLink], events: Iterable[Event]) -> Iterator[str]:
    """Yield every record as a line, unsorted."""
    for link in links:
        yield json.dumps(link_record(link)) + "\n"
    for event in events:
        yield json.dumps(event_record(event)) + "\n"


def lines_rewritten(links: Iterable[TaggedLink], events: Iterable[Event]) -> dict[str, str]:
    """Return the lines that versions up to 0.2.0 wrote differently, and their new form."""
    changed = [
        (record_of_link(link), link_record(link)) for link in links if recorded_link(link) != link
    ] + [
        (record_of_event(event), event_record(event))
        for event in events
        if recorded_event(event) != event
    ]
    return {json.dumps(before): json.dumps(now) for before, now in changed}
