"""Deliver a link: on the clipboard, as a QR code in the terminal, or in a file."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from utmforge.errors import ContradictoryInput, NotCopied
from utmforge.output.formats import Format
from utmforge.registry.policy import refuse_retired

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from utmforge.cli.session import Session
    from utmforge.model import TaggedLink
    from utmforge.registry import Registry


def to_hand_out(session: Session, name: str, *, retired: bool) -> TaggedLink:
    """Return an issued link that may be used.

    Raises:
        UnknownLink: There is no such link.
        LinkRetired: It was retired, and retired links were not asked for.
        ContradictoryInput: It is a page pattern.
    """
    with session.registry() as registry:
        return usable_link(session, registry, name, retired=retired)


def usable_link(session: Session, registry: Registry, name: str, *, retired: bool) -> TaggedLink:
    """Return a link of an open registry that may be used, see `to_hand_out`."""
    link = registry.get(name)
    if link.pages:
        raise ContradictoryInput(
            f"{link.id} is a page pattern, not a link: its links are made by share buttons",
            hint=f"utmforge buttons --campaign {link.tags.campaign}",
        )
    if link.state == "retired":
        event = registry.events.retirements([link.id])[link.id]
        if not retired:
            named = registry.queries.known([event.successor]) if event.successor else {}
            links = {**named, link.id: link}
            raise refuse_retired({link.id: [event]}, links, session.own_domains)
        session.console.warn(f"link {link.id} was retired on {event.at[:10]}")
    return link


def copy_link(session: Session, links: Sequence[TaggedLink], *, required: bool = False) -> None:
    """Put the only link, or the one chosen, on the clipboard; say what happened.

    Raises:
        NotCopied: Copying is required and failed.
    """
    link = choose_link(session, links, "Copy which link?")
    if link is not None:
        copy_text(session, link.url, described(link), required=required)
    elif not session.can_ask:
        session.console.warn(f"not copied: there are {len(links)} links")
        session.console.hint(f"choose one: utmforge copy {links[0].id}")


def described(link: TaggedLink) -> str:
    """Return the id of a link with its channel, for a message."""
    return f"{link.id} ({link.channel})" if link.channel else link.id


def copy_text(session: Session, text: str, what: str, *, required: bool = False) -> None:
    """Put a text on the clipboard, and say what happened.

    Raises:
        NotCopied: Copying is required and failed.
    """
    from utmforge.share.clipboard import copy

    if session.dry_run:
        session.console.done(f"would copy {what.partition(' (')[0]}")
        return
    outcome = copy(text, session.console.terminal, session.environment)
    match outcome.kind:
        case "copied":
            session.console.done(f"copied {what} to the clipboard")
        case "sent":
            session.console.done(f"sent {what} to the terminal's clipboard (OSC 52)")
            session.console.hint(
                "if pasting gives something else, the terminal did not copy it: copy it from above"
            )
        case _ if required:
            raise NotCopied(f"not copied: {outcome.reason}")
        case _:
            session.console.warn(f"not copied: {outcome.reason}")


def choose_link(session: Session, links: Sequence[TaggedLink], question: str) -> TaggedLink | None:
    """Return the only link, or the one chosen at a terminal. None: none was chosen."""
    if len(links) == 1:
        return links[0]
    if not session.can_ask:
        return None
    from utmforge.cli.interactive.menus import choose

    names = [f"{link.channel or '-'} {link.tags.content or ''}".strip() for link in links]
    picked = choose(question, names, optional=True)
    return links[picked] if isinstance(picked, int) else None


def draw_links(session: Session, links: Sequence[TaggedLink], level: str = "M") -> None:
    """Draw the QR codes of links on the terminal, see `draw_codes`."""
    draw_codes(session, [(link.url, link.url) for link in links], level)


def draw_codes(
    session: Session, codes: Sequence[tuple[str, str]], level: str = "M", *, in_pipe: bool = False
) -> None:
    """Draw QR codes on the terminal; among the URLs in a pipe only if there is no terminal.

    Args:
        session: Where they are drawn.
        codes: What each code leads to, and what is printed below it.
        level: The error correction.
        in_pipe: Draw them in a pipe without a terminal, too, unless programs read it.
    """
    from utmforge.output.qr import can_draw, qr_lines
    from utmforge.share.qr import make_qr

    console = session.console
    if console.to_terminal and console.format is Format.TABLE:
        write, stream = console.write, console.stdout
    elif console.terminal is not None:
        write, stream = console.say_raw, console.stderr
    elif in_pipe and console.format in {Format.TABLE, Format.URLS}:
        write, stream = console.write, console.stdout
    else:
        console.warn("no QR code drawn: there is no terminal (write a file with --qr-file)")
        return
    if not can_draw(stream.encoding):
        console.warn(f"no QR code drawn: {stream.encoding} has no block characters")
        return
    for target, caption in codes:
        code = make_qr(target, level)
        if stream.isatty() and code.modules > console.width:
            console.warn(
                f"no QR code drawn: it is {code.modules} columns wide, the terminal "
                f"{console.width} (widen it, or write a file with --qr-file)"
            )
            continue
        drawing = "\n".join(qr_lines(code, color=stream.isatty()))
        write(f"{drawing}\n{caption}\n\n")


class Extras(NamedTuple):
    """What `new` does with links besides printing them."""

    copy: bool = False
    """Put the link on the clipboard."""
    qr: bool = False
    """Draw codes."""
    qr_file: Path | None = None
    """Write codes. Each of several links gets its own file, such as `code-whatsapp-story.svg`."""
    force: bool = False
    """Overwrite existing files."""


class QrFiles:
    """The files of QR codes that `--qr-file` asks for: checked, then written."""

    def __init__(self, extras: Extras) -> None:
        self._extras = extras
        self._paths: dict[str, Path] = {}
        """The file of each link's code, by the link's id."""

    def check(self, session: Session, links: Sequence[TaggedLink]) -> None:
        """Refuse, before anything is issued, what could not be drawn or written.

        Raises:
            OutputFileError: A file could not be written.
            QrImpossible: A link is too long for a code.
        """
        extras = self._extras
        if extras.qr_file is None and not extras.qr:
            return
        from utmforge.cli.written_files import refuse_own_files
        from utmforge.share.qr import check_qr_path, make_qr

        different = {link.id: link for link in links}
        for link in different.values():
            make_qr(link.url)
        if extras.qr_file is not None:
            self._paths = _named(extras.qr_file, different)
        for path in self._paths.values():
            refuse_own_files(session, path)
            check_qr_path(path, overwrite=extras.force)

    def write(self, session: Session, links: Sequence[TaggedLink]) -> None:
        """Write the code of each link; warn about files whose link is not among these."""
        by_id = {link.id: link for link in links}
        for name, path in self._paths.items():
            if name in by_id:
                write_qr_file(session, by_id[name], path, overwrite=self._extras.force)
            else:
                session.console.warn(f"did not write {path}: link {name} was left out")


def _named(path: Path, links: Mapping[str, TaggedLink]) -> dict[str, Path]:
    """Return the file of each link: of one link the path, of several ones that name the link."""
    from utmforge.share.qr_files import distinct_stems

    if len(links) == 1:
        return dict.fromkeys(links, path)
    stems = {}
    for name, link in links.items():
        parts = [path.stem, link.channel, link.tags.content, link.tags.term]
        stems[name] = "-".join(part.replace(os.sep, "-") for part in parts if part)
    return {
        name: path.with_name(stem + path.suffix)
        for name, stem in distinct_stems(stems, "-").items()
    }


def write_qr_file(
    session: Session,
    link: TaggedLink,
    path: Path,
    *,
    level: str = "M",
    distance_cm: float = 30.0,
    overwrite: bool = False,
) -> None:
    """Write one code's file and say how large to print it."""
    from utmforge.cli.written_files import refuse_own_files
    from utmforge.share.qr import make_qr, write_qr

    refuse_own_files(session, path)
    code = make_qr(link.url, level)
    if session.dry_run:
        session.console.done(f"would write {path}")
    else:
        write_qr(code, path, overwrite=overwrite)
        session.console.done(f"wrote {path}")
    width = code.min_width_mm(distance_cm)
    session.console.note(
        f"{code.modules} x {code.modules} modules with the quiet zone, error correction "
        f"{code.level}; to be read from {distance_cm:g} cm, print it at least {width:.0f} mm wide"
    )
