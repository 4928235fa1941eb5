"""`utmforge qr`: an issued link as a QR code."""

from enum import StrEnum
from math import isfinite
from pathlib import Path
from typing import Annotated

import typer

from utmforge.cli.delivery import to_hand_out, write_qr_file
from utmforge.cli.options import LinkId, command, single
from utmforge.cli.session import Session
from utmforge.errors import QrImpossible
from utmforge.output.qr import can_draw, qr_lines

app = single()


class Level(StrEnum):
    """Error correction levels."""

    L = "L"
    M = "M"
    Q = "Q"
    H = "H"


@command(app, "file", "registry", "dry_run", "retired")
def qr(
    session: Session,
    link_id: LinkId,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", "--qr-file", metavar="PATH", help="Write a .png or .svg instead."
        ),
    ] = None,
    level: Annotated[
        Level,
        typer.Option(
            "--error-correction", "-e", help="How much may be lost: about 7, 15, 25, 30 %."
        ),
    ] = Level.M,
    distance: Annotated[
        float,
        typer.Option(
            "--distance", min=5, max=100_000, metavar="CM", help="From where it will be read."
        ),
    ] = 30.0,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file.")] = False,
    retired: bool = False,
) -> None:
    """Draw an issued link as a QR code, or write it as PNG or SVG.

    The code has its own black on its own white, so that it scans in light and dark terminals.

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
            f"the output's encoding {console.stdout.encoding} has no blocks to draw with",
            hint="write a file with --output code.svg",
        )
    drawing = "\n".join(qr_lines(code, color=console.to_terminal))
    console.write(f"{drawing}\n{link.url}\n")
