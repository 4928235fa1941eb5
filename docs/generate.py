"""Write the pages of the reference that the program itself knows: `python docs/generate.py`.

A test compares them with what this would write, so that none is forgotten.
"""

from __future__ import annotations

import io
import os
from contextlib import redirect_stdout
from pathlib import Path

from utmforge.channels import CHANNELS, built_in
from utmforge.cli.app import COMMANDS, main
from utmforge.errors import StdoutClosed, UtmforgeError

FOLDER = Path(__file__).parent / "reference"
GENERATED = "<!-- Written by docs/generate.py. -->\n\n"
SUBCOMMANDS = {"registry": ("path", "status", "check", "backup", "sync")}


def help_of(*words: str) -> str:
    """Return a command's help as 80 columns show it."""
    os.environ["COLUMNS"] = "80"
    os.environ.pop("UTMFORGE_FILE", None)
    text = io.StringIO()
    with redirect_stdout(text):
        main([*words, "--help"])
    return "\n".join(line.rstrip() for line in text.getvalue().strip().splitlines())


def commands() -> str:
    """Return the page of commands."""
    page = f"# Commands\n\n{GENERATED}```text\n{help_of()}\n```\n"
    for name in COMMANDS:
        for words in ((name,), *((name, sub) for sub in SUBCOMMANDS.get(name, ()))):
            page += f"\n## utmforge {' '.join(words)}\n\n```text\n{help_of(*words)}\n```\n"
    return page


def channels() -> str:
    """Return the page of channels."""
    page = (
        f"# Channels\n\n{GENERATED}"
        "Where a link is pasted gives its `utm_source` and `utm_medium`. Channels of your own are "
        "built on these with `extends` (see [campaigns.toml](campaigns-toml.md#channels)).\n\n"
        "| channel | for | source | medium | why |\n| --- | --- | --- | --- | --- |\n"
    )
    pages: dict[str, int] = {}
    for channel in map(built_in, CHANNELS):
        number = pages.setdefault(channel.page, len(pages) + 1)
        page += (
            f"| `{channel.name}` | {channel.title} | `{channel.source}` | `{channel.medium}` "
            f"| {channel.reason} [{number}] |\n"
        )
    return page + "".join(f"\n[{number}] <{url}>, read 2026-11\n" for url, number in pages.items())


def exit_codes() -> str:
    """Return the page of exit statuses."""
    page = (
        f"# Exit statuses\n\n{GENERATED}"
        "| status | code in JSON | meaning |\n| --- | --- | --- |\n"
        "| 0 | | done, also when there is nothing to show |\n"
        "| 1 | | the answer is no: `build --check` found links that are not issued |\n"
        "| 2 | `usage` | the command line is wrong |\n"
    )
    for kind in sorted(_kinds(UtmforgeError), key=lambda kind: kind.status):
        if kind is StdoutClosed:
            page += "| 70 | | a bug in utmforge; please report the line |\n"
            page += "| 130 | | interrupted with Ctrl-C |\n"
        meaning = (kind.__doc__ or "").splitlines()[0].rstrip(".").replace("|", "\\|")
        page += f"| {kind.status} | `{kind.code}` | {meaning[:1].lower()}{meaning[1:]} |\n"
    return page


def _kinds(kind: type[UtmforgeError]) -> list[type[UtmforgeError]]:
    """Return the refusals that are raised themselves: the leaves of the tree."""
    below = kind.__subclasses__()
    return [leaf for each in below for leaf in _kinds(each)] or [kind]


PAGES = {"commands.md": commands, "channels.md": channels, "exit-codes.md": exit_codes}

if __name__ == "__main__":
    for name, page in PAGES.items():
        (FOLDER / name).write_text(page(), encoding="utf-8")
