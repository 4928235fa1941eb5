"""`utmforge qr`: draw an issued link, or the links of campaigns, as QR codes."""

from collections.abc import Sequence
from enum import StrEnum
from math import isfinite
from pathlib import Path
from typing import Annotated

import typer

from utmforge.cli import completion
from utmforge.cli.delivery import to_hand_out, write_qr_file
from utmforge.cli.link_choice import links_named
from utmforge.cli.option_rules import OptionRules, refuse_unused
from utmforge.cli.options import Overwrite, command, single
from utmforge.cli.session import Session
from utmforge.errors import ContradictoryInput, MissingInput, QrImpossible, UnknownLink, counted
from utmforge.model import TaggedLink
from utmforge.output.qr import can_draw, qr_lines

app = single()


class Level(StrEnum):
    """Error correction levels."""

    L = "L"
    M = "M"
    Q = "Q"
    H = "H"


class FileType(StrEnum):
    """The files of codes."""

    SVG = "svg"
    PNG = "png"


Names = Annotated[
    list[str],
    typer.Argument(
        metavar="ID|CAMPAIGN",
        help="The link's id, or its first letters; with --out-dir also campaigns.",
        autocompletion=completion.links_and_campaigns,
        show_default=False,
    ),
]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o", "--qr-file", metavar="PATH", help="Write a .png or .svg file instead."
    ),
]
OutDir = Annotated[
    Path | None,
    typer.Option("--out-dir", metavar="FOLDER", help="Write a file for each link, and a list."),
]
PrintSheet = Annotated[
    Path | None,
    typer.Option("--print-sheet", metavar="FILE", help="Write a page with all codes to print."),
]
Type = Annotated[
    FileType,
    typer.Option("--file-type", case_sensitive=False, help="The files that --out-dir writes."),
]
LogoFile = Annotated[
    Path | None,
    typer.Option("--logo", metavar="FILE", help="A picture for the middle of each code."),
]
Dark = Annotated[
    str | None, typer.Option("--dark", metavar="#RRGGBB", help="The colour of the modules.")
]
Light = Annotated[
    str | None, typer.Option("--light", metavar="#RRGGBB", help="The colour of the ground.")
]
ErrorCorrection = Annotated[
    Level | None,
    typer.Option(
        "--error-correction",
        "-e",
        help="How much of the code may be damaged: about 7, 15, 25 or 30 %. Default: M, and H with "
        "a logo.",
    ),
]
Distance = Annotated[
    float,
    typer.Option(
        "--distance",
        min=5,
        max=100_000,
        metavar="CM",
        help="The distance from which it will be scanned.",
    ),
]
_FILES = ("--output", "--out-dir", "--print-sheet")
RULES = OptionRules(
    without={
        "--file-type": ("--out-dir",),
        "--distance": _FILES,
        "--force": _FILES,
    },
    hints={
        "--file-type": "the name after --output says the type of its file",
        "--distance": "a file has a size for its distance",
    },
)


@command(app, "file", "registry", "dry_run", "retired")
def qr(
    session: Session,
    names: Names,
    output: Output = None,
    out_dir: OutDir = None,
    print_sheet: PrintSheet = None,
    file_type: Type = FileType.SVG,
    level: ErrorCorrection = None,
    distance: Distance = 30.0,
    logo: LogoFile = None,
    dark: Dark = None,
    light: Light = None,
    force: Overwrite = False,
    retired: bool = False,
) -> None:
    """Draw an issued link as a QR code, or write the codes of links and campaigns to files.

    The code is always black on white in a terminal, so that it scans in light and dark ones.

    Example:
      utmforge qr k3v9q2m7xdhw
      utmforge qr k3v9q2m7xdhw -o poster.svg --distance 200
      utmforge qr 2026-spring-sale --out-dir codes/ --print-sheet codes.html
    """
    refuse_unused(session.given, RULES)
    if not isfinite(distance):
        raise typer.BadParameter("it is not a number", param_hint="--distance")
    chosen = _level(level, has_logo=logo is not None)
    of_several = out_dir is not None or print_sheet is not None
    is_styled = bool(logo or dark or light)
    _refuse_contradictions(has_output=output is not None, several=of_several, styled=is_styled)
    if is_styled or of_several:
        from utmforge.cli.code_delivery import CodesWanted, write_codes
        from utmforge.share.qr_style import style_of

        style = style_of(dark, light, logo)
        links = (
            links_named(session, names, retired=retired)
            if of_several
            else [_only_link(session, names, retired=retired)]
        )
        wanted = CodesWanted(
            output, out_dir, print_sheet, file_type.value, chosen, distance, style, force
        )
        write_codes(session, links, wanted, [logo] if logo else [])
        return
    link = _only_link(session, names, retired=retired)
    if output is not None:
        write_qr_file(session, link, output, level=chosen, distance_cm=distance, overwrite=force)
        session.console.write(f"{link.url}\n")
        return
    _draw(session, link, chosen)


def _refuse_contradictions(*, has_output: bool, several: bool, styled: bool) -> None:
    if has_output and several:
        raise ContradictoryInput(
            "--output is the file of one code, --out-dir and --print-sheet are for any number",
            hint="use one of them",
        )
    if styled and not has_output and not several:
        raise ContradictoryInput(
            "--logo, --dark and --light are for files", hint="name one with --output"
        )


def _level(level: Level | None, *, has_logo: bool) -> Level:
    """Return the error correction to use: a logo needs the highest."""
    if not has_logo:
        return level or Level.M
    if level not in {None, Level.H}:
        raise ContradictoryInput(
            f"a logo needs error correction H, not {level}", hint="leave --error-correction out"
        )
    return Level.H


def _only_link(session: Session, names: Sequence[str], *, retired: bool) -> TaggedLink:
    """Return the one link that is named.

    Raises:
        MissingInput: Several are named, or a campaign.
    """
    hint = "write a file for each link with --out-dir codes/"
    if len(names) > 1:
        raise MissingInput(f"{len(names)} links cannot be drawn at once", hint=hint)
    try:
        return to_hand_out(session, names[0], retired=retired)
    except UnknownLink:
        links = links_named(session, names, retired=retired)
        if len(links) == 1:
            return links[0]
        raise MissingInput(
            f"{names[0]} has {counted(len(links), 'link')}, and one can be drawn", hint=hint
        ) from None


def _draw(session: Session, link: TaggedLink, level: Level) -> None:
    """Draw a code on standard output; refuse if it could not be scanned."""
    from utmforge.share.qr import make_qr

    console = session.console
    code = make_qr(link.url, level)
    if console.to_terminal and code.modules > console.width:
        raise QrImpossible(
            f"the code is {code.modules} columns wide, the terminal {console.width}",
            hint="widen the terminal, or write a file with --output code.svg",
        )
    if not can_draw(console.stdout.encoding):
        raise QrImpossible(
            f"the output's encoding {console.stdout.encoding} has no block characters",
            hint="write a file with --output code.svg",
        )
    drawing = "\n".join(qr_lines(code, color=console.to_terminal))
    console.write(f"{drawing}\n{link.url}\n")
