"""Options that several commands share, each declared once, and the decorator that adds them.

    @command(app, "file", "registry", "format")
    def show(session: Session, link_id: LinkId) -> None:

declares `utmforge show LINK_ID --file … --registry … --format … --quiet --no-input --color`, and
hands `show` a session made of them.
"""

import gc
import inspect
import os
import sys
from collections.abc import Callable
from typing import Annotated, Any

import typer

from utmforge.cli import completion
from utmforge.cli.session import Session
from utmforge.errors import UtmforgeError
from utmforge.output.console import Console
from utmforge.output.formats import Color, Format

LinkId = Annotated[
    str,
    typer.Argument(
        metavar="ID",
        help="The link's id, or its first letters.",
        autocompletion=completion.link_ids,
        show_default=False,
    ),
]

_SHARED: dict[str, tuple[Any, Any]] = {
    "file": (
        Annotated[
            str | None,
            typer.Option(
                "--file",
                "-f",
                metavar="PATH",
                envvar="UTMFORGE_FILE",
                help="The campaign file. Default: campaigns.toml here or in a folder above.",
            ),
        ],
        None,
    ),
    "registry": (
        Annotated[
            str | None,
            typer.Option(
                "--registry",
                metavar="PATH",
                envvar="UTMFORGE_REGISTRY",
                help="The registry. Default: utmforge registry path.",
            ),
        ],
        None,
    ),
    "format": (
        Annotated[
            Format | None,
            typer.Option(
                "--format",
                "-F",
                case_sensitive=False,
                help="Default: table on a terminal, urls in a pipe.",
            ),
        ],
        None,
    ),
    "dry_run": (
        Annotated[bool, typer.Option("--dry-run", "-n", help="Show it, change nothing.")],
        False,
    ),
    "new_name": (
        Annotated[
            bool, typer.Option("--new-name", help="A name is new, though nearly one in use.")
        ],
        False,
    ),
    "ended": (
        Annotated[bool, typer.Option("--ended", help="Also for a campaign that has ended.")],
        False,
    ),
    "retired": (
        Annotated[bool, typer.Option("--retired", help="Also a link that was retired.")],
        False,
    ),
    "allow_private": (
        Annotated[
            bool,
            typer.Option("--allow-private", help="Also links with personal data; never secrets."),
        ],
        False,
    ),
    "quiet": (
        Annotated[bool, typer.Option("--quiet", "-q", help="Say only warnings and errors.")],
        False,
    ),
    "no_input": (
        Annotated[bool, typer.Option("--no-input", help="Never ask anything.")],
        False,
    ),
    "color": (
        Annotated[Color, typer.Option("--color", help="Colour: by default on a terminal.")],
        Color.AUTO,
    ),
}

_FOR_COMMANDS = ("ended", "retired")  # handed to the command itself
_EVERYWHERE = ("quiet", "no_input", "color")


def single() -> typer.Typer:
    """Return an app for one module's command or commands."""
    return typer.Typer(
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )


def command(
    app: typer.Typer, *shared: str, name: str | None = None
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register a command that takes a session and the `shared` options."""

    def register(function: Callable[..., None]) -> Callable[..., None]:
        def run(**values: Any) -> None:  # noqa: ANN401 - whatever the command declares
            gc.freeze()  # what was loaded stays: no collection need look at it
            gc.enable()  # see __main__
            taken = [key for key in shared if key not in _FOR_COMMANDS]
            asked = {key: values.pop(key) for key in (*taken, *_EVERYWHERE)}
            session = _session(name or function.__name__, asked)
            try:
                function(session, **values)
            except UtmforgeError as error:
                session.console.finish()
                error.messages = session.console.messages
                raise
            except typer.Exit:
                session.console.finish()
                raise
            session.console.finish()

        signature = inspect.signature(function)
        own = [
            parameter
            for parameter in list(signature.parameters.values())[1:]
            if parameter.name not in _FOR_COMMANDS
        ]
        added = [
            inspect.Parameter(key, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=kind)
            for key, (kind, default) in _SHARED.items()
            if key in (*shared, *_EVERYWHERE)
        ]
        run.__signature__ = signature.replace(  # type: ignore[attr-defined] # Typer reads it
            parameters=[
                *(parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in own),
                *added,
            ]
        )
        run.__annotations__ = {}
        run.__name__ = function.__name__
        # Click keeps the line breaks of a paragraph that begins with \b.
        run.__doc__ = inspect.cleandoc(function.__doc__ or "").replace(
            "Example:\n", "\b\nExample:\n"
        )
        app.command(name or function.__name__)(run)
        return function

    return register


def _session(name: str, asked: dict[str, Any]) -> Session:
    console = Console(
        name,
        stdout=sys.stdout,
        stderr=sys.stderr,
        fmt=asked.get("format"),
        color=asked["color"],
        quiet=asked["quiet"],
    )
    return Session(
        console,
        asked.get("file"),
        asked.get("registry"),
        dry_run=bool(asked.get("dry_run")),
        new_name=bool(asked.get("new_name")),
        allow_private=bool(asked.get("allow_private")),
        can_ask=not asked["no_input"] and _somebody_is_there(),
    )


def _somebody_is_there() -> bool:
    if os.environ.get("CI") or os.environ.get("TERM") == "dumb":
        return False
    if sys.stdin is None or not sys.stdin.isatty() or not sys.stderr.isatty():
        return False
    # A command in the background (`utmforge new https://x.example/?a=1&b=2` without quotes).
    return not hasattr(os, "tcgetpgrp") or os.tcgetpgrp(sys.stdin.fileno()) == os.getpgrp()
