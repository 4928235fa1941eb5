"""A registry as a text file that git merges: one link or event per line, sorted.

Ids are derived from the links, an event is identified by its content, and no command changes a
line, so that two such files are merged by putting their lines together. A line that was edited is
another event, or another day or channel of a link, and is reported.
"""

from __future__ import annotations

import io
from contextlib import contextmanager, nullcontext, suppress
from typing import TYPE_CHECKING, NamedTuple

from utmforge.errors import LandingPagesInvalid, OutputFileError, Problem, quoted
from utmforge.files.atomic import atomic_write
from utmforge.files.digests import digest_of
from utmforge.registry.database import BUSY_SECONDS
from utmforge.registry.events import (
    Contradiction,
    contradictions,
    unknown_to,
    without_nameless,
)
from utmforge.registry.file_lock import held_file
from utmforge.registry.interchange.arrivals import refuse_private_arrivals
from utmforge.registry.interchange.record_lines import (
    Content,
    earlier,
    is_record,
    lines,
    lines_rewritten,
    read_lines,
)
from utmforge.registry.interchange.records import recorded_event, recorded_link

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from utmforge.model import Event, TaggedLink
    from utmforge.registry.store import Registry


_MAX_TRIES = 5
_PERHAPS_UNKNOWN = frozenset(("author", "pages"))  # an earlier version does not write them
_DESCRIBED = (
    "issued_at",
    "channel",
    "landing_page",
    "author",
    "pages",
)  # the id stands for the rest


class LinkDifference(NamedTuple):
    """A link that the file describes in another way than the registry."""

    link_id: str
    """The link."""
    fields: tuple[str, ...]
    """What differs: `issued_at`, `channel`, `landing_page`, `author`, `pages`."""


class Synced(NamedTuple):
    """The result of a sync."""

    came: int
    """Links from the file that were new to the registry."""
    went: int
    """Links from the registry that were new to the file."""
    together: int
    """Links that both have now."""
    events_came: int = 0
    """Events from the file that were new to the registry, such as retirements."""
    events_went: int = 0
    """Events from the registry that were new to the file."""
    differences: tuple[LinkDifference, ...] = ()
    """Links that the file describes differently; both keep theirs, the file the first in order."""
    contradictions: tuple[Contradiction, ...] = ()
    """What both have together contradicts itself."""
    contradictions_came: int = 0
    """Those of them that are new with this sync."""


class Exchanged(NamedTuple):
    """The result of an exchange, and the file it was with."""

    synced: Synced
    """What came and went."""
    digest: str
    """Of the file as it was read, or as it was written."""


class _FileChangedError(Exception):
    """Something else, such as git, has changed the file since it was read."""


def sync(
    registry: Registry, path: Path, *, allow_private: bool = False, dry_run: bool = False
) -> Synced:
    """Give each of a registry and a file the links and events that only the other has.

    A link that both have stays in the registry as it is. Of several descriptions, the file gets
    the one with the earliest date, so that everyone who shares it writes the same file.

    Args:
        registry: One side.
        path: The other side; a missing file is made.
        allow_private: Accept personal data in the file's links; secrets are still refused.
        dry_run: Change nothing.

    Raises:
        LandingPagesInvalid: Lines of the file are not records, or are private; nothing was changed.
        UnreadableInput: The file cannot be read.
        OutputFileError: The file cannot be written.
        RegistryError: The registry cannot be read or written.
    """
    if dry_run:
        return exchange(registry, path, allow_private=allow_private, dry_run=True).synced
    with held_file(path, seconds=BUSY_SECONDS):
        return exchange(registry, path, allow_private=allow_private).synced


def exchange(
    registry: Registry,
    path: Path,
    *,
    allow_private: bool = False,
    dry_run: bool = False,
    keeps_file: bool = False,
) -> Exchanged:
    """Do what `sync` does, without its lock on the file.

    Args:
        registry: One side.
        path: The other side.
        allow_private: Accept personal data in the file's links; secrets are still refused.
        dry_run: Change nothing.
        keeps_file: Change the registry alone.
    """
    came = events_came = 0

    def once() -> Exchanged:
        nonlocal came, events_came
        theirs = _read_shared(registry, path) if path.exists() else Content({}, {}, {})
        ours = content_of(registry)
        _refuse_symlink(theirs, path)
        _refuse_strays(theirs, ours, path)
        missing = [link for name, link in theirs.links.items() if name not in ours.links]
        news = unknown_to(theirs.events, ours.events)
        refuse_private_arrivals(missing, theirs.places, events=news, allow_private=allow_private)
        came, events_came = came + len(missing), events_came + len(news)
        text = None
        if not dry_run and not keeps_file:
            together = without_nameless({**theirs.events, **ours.events})
            text = "".join(sorted(lines(_merged(theirs, ours), together)))
            text = None if _has(path, text) else text
        with nullcontext() if text is None else _written(path, text, theirs.digest):
            if (missing or news) and not dry_run:
                missing.sort(key=lambda link: (link.issued_at or "", link.id))
                news.sort(key=lambda event: (event.at, event.change_id))
                registry.restore(missing, news, allow_private=allow_private)
        synced = _synced(theirs, ours, news, came, events_came)
        return Exchanged(synced, theirs.digest if text is None else digest_of(text.encode()))

    for _ in range(_MAX_TRIES):  # as long as git or an editor changes the file in between
        with suppress(_FileChangedError):
            return once()
    raise OutputFileError(
        f"cannot write {quoted(path)}: another program changes it", hint="try again"
    )


def _synced(
    theirs: Content, ours: Content, news: Iterable[Event], came: int, events_came: int
) -> Synced:
    """Return what a file and a registry give each other, with what came in all tries."""
    found = contradictions({**theirs.events, **ours.events})
    new = {(event.link_id, event.change_id) for event in news}
    return Synced(
        came,
        len(ours.links.keys() - theirs.links.keys()),
        len(ours.links.keys() | theirs.links.keys()),
        events_came,
        len(unknown_to(ours.events, theirs.events)),
        _differences(theirs, ours),
        tuple(found),
        sum((one.link_id, one.change_id) in new for one in found),
    )


def _differences(theirs: Content, ours: Content) -> tuple[LinkDifference, ...]:
    """Return the links that the file and the registry describe differently, or the file itself."""
    found = []
    different = [
        name
        for name, link in theirs.links.items()
        if name in theirs.variants or ours.links.get(name, link) != link
    ]
    for name in sorted(different):
        variants = [*theirs.variants.get(name, ()), theirs.links[name]]
        if name in ours.links:
            variants.append(ours.links[name])
        fields = tuple(field for field in _DESCRIBED if _differs(variants, field))
        if fields:
            found.append(LinkDifference(name, fields))
    return tuple(found)


def _differs(variants: Iterable[TaggedLink], field: str) -> bool:
    """Tell whether descriptions differ in a field; what may be missing is then only unknown."""
    values = {getattr(variant, field) for variant in variants}
    return len(values - {None} if field in _PERHAPS_UNKNOWN else values) > 1


def needs_merge_rule(path: Path) -> bool:
    """Tell whether a file is in a git repository that does not merge it line by line."""
    folder = path.absolute().parent
    attributes = folder / ".gitattributes"
    if not (folder / ".git").exists():
        return False
    return not (
        attributes.exists()
        and f"{path.name} merge=union" in attributes.read_text(encoding="utf-8", errors="replace")
    )


def content_of(registry: Registry) -> Content:
    """Return everything of a registry."""
    # Events first: whatever is issued meanwhile, none of them is without its link.
    events = dict.fromkeys(map(recorded_event, registry.events.all()))
    return Content({link.id: recorded_link(link) for link in registry.links()}, events, {})


def _merged(theirs: Content, ours: Content) -> Iterable[TaggedLink]:
    """Return the links of both sides, each with its earliest description."""
    links = {**theirs.links, **ours.links}
    for name in theirs.links.keys() & ours.links.keys():
        links[name] = earlier(theirs.links[name], ours.links[name])
    return links.values()


def _refuse_symlink(theirs: Content, path: Path) -> None:
    if path.is_symlink() and not (theirs.links or theirs.events):
        raise OutputFileError(
            f"{quoted(path)} is a link to a file without links", hint="name the file itself"
        )


def _refuse_strays(theirs: Content, ours: Content, path: Path) -> None:
    for event in theirs.events:
        if event.link_id not in theirs.links and event.link_id not in ours.links:
            problem = f"an event of link {quoted(event.link_id, 20)}, which is missing"
            raise LandingPagesInvalid([Problem(problem, str(path), hint="restore its line")])


def _read_shared(registry: Registry, path: Path) -> Content:
    """Read a file, which may have lines that this registry wrote and no longer accepts."""
    try:
        return read_lines(path)
    except LandingPagesInvalid:
        rewritten = lines_rewritten(registry.links(), registry.events.all())
        if not rewritten:
            raise
    return read_lines(path, rewritten)


@contextmanager
def _written(path: Path, text: str, before: str) -> Iterator[None]:
    """Write the file completely if the body succeeds.

    A file that cannot be written is refused before the body.

    Args:
        path: The file.
        text: What it is to have.
        before: The digest of what was read. Empty: it was missing.

    Raises:
        _FileChangedError: It is no longer what was read.
    """
    with atomic_write(path) as draft:
        draft.write_text(text, encoding="utf-8", newline="\n")
        yield
        now = path.read_bytes() if path.exists() else b""  # the lock makes an empty file
        if now and digest_of(now) != before:
            raise _FileChangedError


def _has(path: Path, text: str) -> bool:
    """Tell whether a file has a text, whatever its line ends are."""
    return path.exists() and path.read_text(encoding="utf-8") == text


def add_lines(
    path: Path, links: Iterable[TaggedLink], events: Iterable[Event], *, before: str
) -> str | None:
    """Add records to a file that has all others already, in its order.

    Args:
        path: The file.
        links: Links to add.
        events: Events to add.
        before: The digest of the file that has all others.

    Returns:
        The digest of the file. None: it is no longer that file, and was not changed.

    Raises:
        OutputFileError: The file cannot be written.
    """
    data = path.read_bytes()
    if digest_of(data) != before:
        return None
    new = set(lines(map(recorded_link, links), map(recorded_event, events)))
    known = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8")
    text = "".join(sorted(new | {f"{line.rstrip()}\n" for line in known if is_record(line)}))
    if _has(path, text):
        return before
    with suppress(_FileChangedError), _written(path, text, before):
        return digest_of(text.encode())
    return None
