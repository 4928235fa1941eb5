"""`utmforge qr`: draw an issued link as a QR code."""

from enum import StrEnum
from math import isfinite
from pathlib import Path
from typing import Annotated

import typer

from utmforge.cli.delivery import to_hand_out, write_qr_file
from utmforge.cli.options import LinkId, Overwrite, command, single
from utmforge.cli.session import Session
from utmforge.errors import QrImpossible
from utmforge.model import TaggedLink
from utmforge.output.qr import can_draw, qr_lines

app = single()


class Level(StrEnum):
    """Error correction levels."""

    L = "L"
    M = "M"
    Q = "Q"
    H = "H"


Output = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o", "--qr-file", metavar="PATH", help="Write a .png or .svg file instead."
    ),
]
ErrorCorrection = Annotated[
    Level,
    typer.Option(
        "--error-correction",
        "-e",
        help="How much of the code may be damaged: about 7, 15, 25 or 30 %.",
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


@command(app, "file", "registry", "dry_run", "retired")
def qr(
    session: Session,
    link_id: LinkId,
    output: Output = None,
    level: ErrorCorrection = Level.M,
    distance: Distance = 30.0,
    force: Overwrite = False,
    retired: bool = False,
) -> None:
    """Draw an issued link as a QR code, or write it as PNG or SVG.

    The code is always black on white, so that it scans in light and dark terminals.

    Example:
      utmforge qr k3v9q2m7xdhw
      utmforge qr k3v9q2m7xdhw -o poster.svg --distance 200
    """
    if not isfinite(distance):
        raise typer.BadParameter("it is not a number", param_hint="--distance")
    link = to_hand_out(session, link_id, retired=retired)
    if output is not None:
        write_qr_file(session, link, output, level=level, distance_cm=distance, overwrite=force)
        session.console.write(f"{link.url}\n")
        return
    _draw(session, link, level)


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
