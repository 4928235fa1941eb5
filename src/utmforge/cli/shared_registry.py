"""A registry that follows a shared text file, and a text file read as a registry."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from utmforge.errors import (
    NotARegistry,
    RegistryUnavailable,
    UtmforgeError,
    counted,
    quoted,
)
from utmforge.registry.interchange.shared_file import SharedFile, registry_of_text, shared_file

if TYPE_CHECKING:
    from pathlib import Path

    from utmforge.cli.session import Session
    from utmforge.registry import Registry

_MAX_LISTED = 5


def opened_text(session: Session, path: Path, *, writing: bool) -> Registry:
    """Return a registry in memory with the links of a text file.

    Raises:
        NotARegistry: The command changes links.
        RegistryUnavailable: The file is missing.
        LandingPagesInvalid: It has lines that are not records.
        UnreadableInput: It cannot be read.
    """
    if writing:
        raise NotARegistry(
            f"{quoted(path)} is a text file, which commands only read as a registry",
            hint=f'to share links through it, write shared = "{path.name}" under [workspace] in '
            "campaigns.toml, and leave out --registry",
        )
    if not path.exists():
        raise RegistryUnavailable(
            f"there is no file {quoted(path)}", hint="utmforge registry export writes one"
        )
    return registry_of_text(path, allow_private=session.allow_private)


def follow(
    session: Session, registry: Registry, path: Path, *, writing: bool, complete: bool = False
) -> None:
    """Bring in what the shared file has; write what is new when the registry is closed.

    A file that cannot be used stops only commands that change links or need all of them; others
    warn.

    Raises:
        UtmforgeError: The file cannot be used, and the command changes links or needs all of them.
    """
    shared = shared_file(registry, path)
    if shared is None:
        _warn_once(session, f"the registry is on a server, so it does not follow {path}")
        return
    try:
        came = shared.take_in(
            allow_private=session.allow_private, dry_run=session.dry_run, writing=writing
        )
    except UtmforgeError as error:
        if writing or complete:
            registry.close()
            raise
        _warn_once(session, f"links of {path} are left out: it cannot be used", error)
        return
    if came and (came.came or came.events_came):
        events = counted(came.events_came, "history entry", "history entries")
        what = [counted(came.came, "link")] if came.came else []
        what += [events] if came.events_came else []
        are = "would come" if session.dry_run else "came"
        session.console.note(f"{' and '.join(what)} {are} from {path} to {registry.place}")
    if writing:
        registry.before_close = partial(_give_out, session, shared, shared.last_rows())


def _give_out(session: Session, shared: SharedFile, before: object) -> None:
    """Write what is new to the shared file; what was issued stays so if that fails."""
    try:
        if shared.last_rows() == before:
            return
        is_new = not shared.path.exists()
        shared.give_out(allow_private=session.allow_private)
        if is_new:
            count = counted(shared.registry.queries.totals()[0], "link")
            session.console.note(f"wrote {shared.path} with {count} of {shared.registry.place}")
    except UtmforgeError as error:
        session.console.warn(f"the registry is changed, but {shared.path} is not")
        _tell(session, error)
        session.console.hint(f"then share the links: utmforge registry sync {shared.path}")


def _warn_once(session: Session, text: str, error: UtmforgeError | None = None) -> None:
    """Warn, unless this command has done so."""
    if text not in session.warned:
        session.warned.add(text)
        session.console.warn(text)
        if error:
            _tell(session, error)


def _tell(session: Session, error: UtmforgeError) -> None:
    """Print the problems of a file as warnings."""
    for problem in error.problems[:_MAX_LISTED]:
        place = f"{problem.where}: " if problem.where else ""
        session.console.warn(f"{place}{problem.message}")
        if problem.hint:
            session.console.hint(problem.hint)
    if (more := len(error.problems) - _MAX_LISTED) > 0:
        session.console.warn(f"and {counted(more, 'more problem')}")
