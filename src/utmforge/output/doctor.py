"""The doctor's report in every format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.output.escaping import safe
from utmforge.output.formats import Format
from utmforge.output.key_values import show_facts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from utmforge.doctor import Sign
    from utmforge.output.console import Console


def show_signs(console: Console, signs: Sequence[Sign]) -> None:
    """Print what was looked at, what is wrong marked and explained."""
    if console.format is Format.JSON:
        console.answer([sign._asdict() for sign in signs])
        return
    if console.format in {Format.JSONL, Format.CSV, Format.MARKDOWN}:
        show_facts(console, {sign.what: sign.value for sign in signs})
    else:
        width = max(len(sign.what) for sign in signs)
        marks = {None: " ", True: "!", False: "?"}
        lines = []
        for sign in signs:
            mark = marks[sign.is_serious if sign.trouble else None]
            lines.append(f"{mark} {sign.what:<{width}}  {safe(sign.value)}")
        console.write("\n".join(lines) + "\n")
    for sign in signs:
        if sign.trouble:
            say = console.warn if sign.is_serious else console.note
            say(f"{sign.what}: {sign.trouble}")
