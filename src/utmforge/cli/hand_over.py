"""Hand a link to a person: on the clipboard, as a drawing, as a file."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from utmforge.cli.session import Session
from utmforge.errors import NotCopied
from utmforge.model import TaggedLink
from utmforge.output.formats import Format


def copy_link(session: Session, links: Sequence[TaggedLink], *, required: bool = False) -> None:
    """Put the only link, or the one chosen, on the clipboard; say what happened.

    Raises:
        NotCopied: It is required and did not happen.
    """
    from utmforge.share.clipboard import copy  # noqa: PLC0415 - only where something is copied

    link = _chosen(session, links)
    if link is None:
        return
    outcome = copy(link.url, session.voice.terminal, session.environment)
    what = f"{link.id} ({link.channel})" if link.channel else link.id
    match outcome.kind:
        case "copied":
            session.voice.done(f"copied {what} to the clipboard")
        case "sent":
            session.voice.done(f"sent {what} to the terminal's clipboard (OSC 52)")
            session.voice.hint("if pasting gives something else, the terminal does not allow it")
        case _ if required:
            raise NotCopied(f"not copied: {outcome.reason}")
        case _:
            session.voice.warn(f"not copied: {outcome.reason}")


def _chosen(session: Session, links: Sequence[TaggedLink]) -> TaggedLink | None:
    if len(links) == 1:
        return links[0]
    if session.can_ask:
        from utmforge.cli.prompts import choose  # noqa: PLC0415 - only where somebody answers

        names = [f"{link.channel or '-'} {link.tags.content or ''}".strip() for link in links]
        picked = choose("Copy which link?", names, optional=True)
        return None if picked is None else links[picked]
    session.voice.warn(f"not copied: there are {len(links)} links")
    session.voice.hint(f"choose one: utmforge copy {links[0].id}")
    return None


def draw_links(session: Session, links: Sequence[TaggedLink], level: str = "M") -> None:
    """Draw QR codes where a person sees them; never among the URLs of a pipe."""
    from utmforge.output.qr import qr_lines  # noqa: PLC0415 - only where a code is drawn
    from utmforge.share.qr import make_qr  # noqa: PLC0415 - same

    voice = session.voice
    if voice.to_terminal and voice.format is Format.TABLE:
        write = voice.write
    elif voice.terminal is not None:
        write = voice.say_raw
    else:
        voice.warn("no QR code drawn: there is no terminal (write a file with --qr-file)")
        return
    for link in links:
        code = make_qr(link.url, level)
        if code.modules > voice.width:
            voice.warn(
                f"no QR code drawn: it is {code.modules} columns wide, the terminal "
                f"{voice.width} (widen it, or write a file with --qr-file)"
            )
            continue
        drawing = "\n".join(qr_lines(code, color=True))
        write(f"{drawing}\n{link.url}\n\n")


def qr_paths(links: Sequence[TaggedLink], path: Path | None) -> Mapping[str, Path]:
    """Return the file of each link's code, checked before anything is issued.

    One link: the path itself. Several: `code-whatsapp-story.svg` for each, by what tells them
    apart.

    Raises:
        OutputFileError: A file could not be written.
    """
    if path is None:
        return {}
    from utmforge.share.qr import check_qr_path, make_qr  # noqa: PLC0415 - only for a file

    paths = {}
    for link in links:
        parts = [path.stem, link.channel, link.tags.content, link.tags.term]
        name = "-".join(part.replace(os.sep, "-") for part in parts if part)
        paths[link.id] = path if len(links) == 1 else path.with_name(name + path.suffix)
        check_qr_path(paths[link.id])
        make_qr(link.url)
    return paths


def write_qr_files(
    session: Session, links: Sequence[TaggedLink], paths: Mapping[str, Path]
) -> None:
    """Write the codes' files and say how large to print them."""
    for link in links:
        if link.id in paths:
            write_qr_file(session, link, paths[link.id])


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
    from utmforge.share.qr import make_qr, write_qr  # noqa: PLC0415 - only for a file

    code = make_qr(link.url, level)
    if session.dry_run:
        session.voice.done(f"would write {path}")
    else:
        write_qr(code, path, overwrite=overwrite)
        session.voice.done(f"wrote {path}")
    width = code.smallest_width_mm(distance_cm)
    session.voice.note(
        f"{code.modules} x {code.modules} modules with the quiet zone, error correction "
        f"{code.level}; to be read from {distance_cm:g} cm, print it at least {width:.0f} mm wide"
    )
