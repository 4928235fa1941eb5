"""Options that several commands share, each declared once, and the decorator that adds them.

    @command(app, "file", "registry", "format")
    def show(session: Session, link_id: LinkId) -> None:

declares `utmforge show LINK_ID --file … --registry … --format … --quiet --no-input --color`, and
passes `show` a session made from them.
"""

import gc
import inspect
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum
from pathlib import Path
from typing import Annotated, Any

import typer

from utmforge.cli import completion
from utmforge.cli.session import Session
from utmforge.errors import UtmforgeError
from utmforge.model import MEANINGS, PARAMETERS, REQUIRED, SINGLE_TAGS
from utmforge.output.console import Console
from utmforge.output.formats import Color, Format, LintFormat

LinkId = Annotated[
    str,
    typer.Argument(
        metavar="ID",
        help="The link's id, or its first letters.",
        autocompletion=completion.link_ids,
        show_default=False,
    ),
]
CampaignName = Annotated[
    str | None,
    typer.Option(
        "--campaign",
        "-c",
        metavar="NAME",
        help="The campaign: utm_campaign.",
        autocompletion=completion.issued_campaigns,
    ),
]
ChannelName = Annotated[
    str | None,
    typer.Option(
        "--channel",
        "-C",
        metavar="NAME",
        help="Where the links are pasted.",
        autocompletion=completion.channels,
    ),
]
ChannelNames = Annotated[
    list[str] | None,
    typer.Option(
        "--channel",
        "-C",
        metavar="NAME,…",
        help="Where the links will be pasted; sets source and medium.",
        autocompletion=completion.channels,
    ),
]
Contents = Annotated[
    list[str] | None,
    typer.Option("--content", metavar="TEXT,…", help="utm_content: one link for each."),
]
QrPath = Annotated[
    Path | None,
    typer.Option("--qr-file", metavar="PATH", help="Write the QR codes to PNG or SVG files."),
]
Overwrite = Annotated[bool, typer.Option("--force", help="Overwrite existing files.")]

SelectedRules = Annotated[
    list[str] | None, typer.Option("--select", metavar="CODE,…", help="Check only these rules.")
]
IgnoredRules = Annotated[
    list[str] | None, typer.Option("--ignore", metavar="CODE,…", help="Skip these rules.")
]
ReportColumns = Annotated[
    list[str] | None,
    typer.Option("--map", metavar="FIELD=COLUMN", help="The column of REPORT that holds a field."),
]
FindingsFormat = Annotated[
    LintFormat, typer.Option("--format", "-F", case_sensitive=False, help="Output format.")
]


class TagOptions(dict[str, str]):
    """The values of the options that set one tag each (`--source`, `--term` …), by field.

    A parameter of this type declares all of these options; those that were not given are missing.
    """


_OPTIONS_OF_MANY = {"--campaign", "--channel", "--content", "--output", "--copy", "--limit"}
_SHARED: dict[str, tuple[Any, Any]] = {
    "file": (
        Annotated[
            str | None,
            typer.Option(
                "--file",
                "-f",
                metavar="PATH",
                envvar="UTMFORGE_FILE",
                help="The campaign file. Default: campaigns.toml in this folder or the nearest "
                "one above.",
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
                help="The registry. Default: the one that utmforge registry path prints.",
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
                help="The output format. Default: table on a terminal, urls in a pipe.",
            ),
        ],
        None,
    ),
    "excel": (
        Annotated[
            bool,
            typer.Option(
                "--excel", help="CSV as Excel opens it: marked as UTF-8, with semicolons if needed."
            ),
        ],
        False,
    ),
    "columns": (
        Annotated[
            str | None,
            typer.Option(
                "--columns", metavar="NAME,…", help="Only these columns, such as url,channel,group."
            ),
        ],
        None,
    ),
    "dry_run": (
        Annotated[
            bool,
            typer.Option(
                "--dry-run", "-n", help="Show what would change without changing anything."
            ),
        ],
        False,
    ),
    "new_name": (
        Annotated[
            bool,
            typer.Option("--new-name", help="Accept a name that looks like an existing one."),
        ],
        False,
    ),
    "ended": (
        Annotated[bool, typer.Option("--ended", help="Include campaigns that have ended.")],
        False,
    ),
    "retired": (
        Annotated[bool, typer.Option("--retired", help="Include links that were retired.")],
        False,
    ),
    "allow_private": (
        Annotated[
            bool,
            typer.Option(
                "--allow-private",
                help="Accept personal data in links, but never passwords or keys.",
            ),
        ],
        False,
    ),
    "note": (
        Annotated[
            str | None,
            typer.Option("--note", metavar="TEXT", help="A note on the links, kept beside them."),
        ],
        None,
    ),
    "label": (
        Annotated[
            list[str] | None,
            typer.Option("--label", metavar="NAME,…", help="Labels to find the links by."),
        ],
        None,
    ),
    "quiet": (
        Annotated[bool, typer.Option("--quiet", "-q", help="Print only warnings and errors.")],
        False,
    ),
    "no_input": (
        Annotated[bool, typer.Option("--no-input", help="Never ask questions.")],
        False,
    ),
    "color": (
        Annotated[
            Color, typer.Option("--color", help="When to use colour: auto means on a terminal.")
        ],
        Color.AUTO,
    ),
}

_FOR_COMMANDS = ("ended", "retired", "note", "label")  # passed to the command itself
_EVERYWHERE = ("quiet", "no_input", "color")


def listed(values: Iterable[str] | None) -> tuple[str, ...]:
    """Split values given with commas, in several options, or both."""
    return tuple(
        part.strip() for value in values or () for part in value.split(",") if part.strip()
    )


def single() -> typer.Typer:
    """Return an app for one module's command or commands."""
    return typer.Typer(
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )


def command(
    app: typer.Typer,
    *shared: str,
    name: str | None = None,
    columns: Callable[[], Sequence[str]] | None = None,
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register a command that takes a session and the `shared` options.

    Args:
        app: Where it is registered.
        shared: The options that it shares with others.
        name: Its name. None: that of the function.
        columns: Returns the columns that `--columns` may name. None: there is no such option.
    """

    def register(function: Callable[..., None]) -> Callable[..., None]:
        command_name = name or function.__name__
        tags = _tags_parameter(function)
        written = _options_of_format(function, shared, has_columns=columns is not None)

        def run(ctx: typer.Context, **values: Any) -> None:  # noqa: ANN401 - whatever the command declares
            gc.freeze()  # loaded modules stay: garbage collection can skip them
            gc.enable()  # see __main__
            taken = [key for key in shared if key not in _FOR_COMMANDS]
            asked = {key: values.pop(key) for key in (*taken, *written, *_EVERYWHERE)}
            if tags:
                given = ((field, values.pop(field)) for field in SINGLE_TAGS)
                values[tags] = TagOptions((f, text) for f, text in given if text is not None)
            fmt = asked.get("format") or values.get("fmt")
            _settle_columns(asked, fmt and fmt.value, columns)
            _run(function, _session(command_name, asked, _given_options(ctx)), values)

        run.__signature__ = inspect.Signature(  # type: ignore[attr-defined] # Typer reads it
            [
                inspect.Parameter(
                    "ctx", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context
                )
            ]
            + [
                parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY)
                for parameter in _parameters(function, (*shared, *written))
            ]
        )
        run.__annotations__ = {}
        run.__name__ = function.__name__
        # Click keeps the line breaks of a paragraph that begins with \b.
        run.__doc__ = inspect.cleandoc(function.__doc__ or "").replace(
            "Example:\n", "\b\nExample:\n"
        )
        app.command(command_name)(run)
        return function

    return register


def is_shared_option(name: str) -> bool:
    """Tell whether several commands have an option: no typo of another one, where it is missing."""
    return name in _OPTIONS_OF_MANY or any(
        name in {option.default, *option.param_decls}  # Typer keeps the first name as the default
        for annotation, _ in _SHARED.values()
        for option in annotation.__metadata__
    )


def _options_of_format(
    function: Callable[..., None], shared: tuple[str, ...], *, has_columns: bool
) -> tuple[str, ...]:
    """Return the options that go with --format."""
    has_format = "format" in shared or "fmt" in inspect.signature(function).parameters
    return (*(["excel"] if has_format else ()), *(["columns"] if has_columns else ()))


def _settle_columns(
    asked: dict[str, Any], fmt: str | None, columns: Callable[[], Sequence[str]] | None
) -> None:
    """Replace what `--columns` says with the names of columns.

    Raises:
        ContradictoryInput: The format does not go with it, or with `--excel`.
        MissingInput: There is no such column.
    """
    if not asked.get("excel") and asked.get("columns") is None:
        return
    from utmforge.cli.spreadsheet_output import columns_of, refuse_columns, refuse_excel

    if asked.get("excel"):
        refuse_excel(fmt)
    if columns and asked["columns"] is not None:
        refuse_columns(fmt)
        asked["columns"] = columns_of(asked["columns"], columns())


def _run(function: Callable[..., None], session: Session, values: dict[str, Any]) -> None:
    """Run a command and write the output that is left, even if the command fails."""
    try:
        session.refuse_bad_file()
        function(session, **values)
    except UtmforgeError as error:
        session.console.finish()
        error.messages = session.console.messages
        raise
    except typer.Exit:
        session.console.finish()
        raise
    session.console.finish()


def _tags_parameter(function: Callable[..., None]) -> str | None:
    """Return the name of the parameter that takes the options of single tags."""
    parameters = inspect.signature(function).parameters.values()
    return next((each.name for each in parameters if each.annotation is TagOptions), None)


def _parameters(
    function: Callable[..., None], shared: tuple[str, ...]
) -> Iterator[inspect.Parameter]:
    """Yield the parameters that Typer reads: the command's own, then the shared options."""
    for own in list(inspect.signature(function).parameters.values())[1:]:
        if own.annotation is TagOptions:
            yield from map(_tag_parameter, SINGLE_TAGS)
        elif own.name not in _FOR_COMMANDS or own.name not in shared:
            yield own
    for key, (annotation, default) in _SHARED.items():
        if key in (*shared, *_EVERYWHERE):
            yield _parameter(key, annotation, default)


def _tag_parameter(field: str) -> inspect.Parameter:
    """Return the option that sets one tag, such as `--source-platform`."""
    about = "instead of the channel's." if field in REQUIRED else MEANINGS[field]
    option = typer.Option(
        f"--{field.replace('_', '-')}", metavar="TEXT", help=f"{PARAMETERS[field]}: {about}"
    )
    return _parameter(field, Annotated[str | None, option], None)


def _parameter(name: str, annotation: object, default: object) -> inspect.Parameter:
    kind = inspect.Parameter.KEYWORD_ONLY
    return inspect.Parameter(name, kind, default=default, annotation=annotation)


def _session(name: str, asked: dict[str, Any], given: tuple[str, ...]) -> Session:
    console = Console(
        name,
        stdout=sys.stdout,
        stderr=sys.stderr,
        fmt=asked.get("format"),
        color=asked["color"],
        quiet=asked["quiet"],
    )
    if asked.get("excel") or asked.get("columns"):
        console.for_spreadsheet(excel=bool(asked["excel"]), columns=asked.get("columns") or ())
    session = Session(
        console,
        asked.get("file"),
        asked.get("registry"),
        dry_run=bool(asked.get("dry_run")),
        new_name=bool(asked.get("new_name")),
        allow_private=bool(asked.get("allow_private")),
        can_ask=not asked["no_input"] and _can_prompt(),
    )
    session.given = given
    return session


def _given_options(context: typer.Context) -> tuple[str, ...]:
    """Return the options of a command line, in the order of the reference, each once.

    One with a single value stands there with it, too: `--html`, `--html -`.
    """
    found: list[str] = []
    for parameter in context.command.params:
        name = next((one for one in parameter.opts if one.startswith("--")), None)
        source = context.get_parameter_source(parameter.name or "")
        if name is None or source is None or source.name != "COMMANDLINE":
            continue
        found.append(name)
        value = context.params.get(parameter.name or "")
        if isinstance(value, str | Enum):
            found.append(f"{name} {value.value if isinstance(value, Enum) else value}")
    return tuple(found)


def _can_prompt() -> bool:
    """Tell whether there is a person at a terminal who can answer."""
    if os.environ.get("CI") or os.environ.get("TERM") == "dumb":
        return False
    if sys.stdin is None or not sys.stdin.isatty() or not sys.stderr.isatty():
        return False
    # A command in the background (`utmforge new https://x.example/?a=1&b=2` without quotes).
    return not hasattr(os, "tcgetpgrp") or os.tcgetpgrp(sys.stdin.fileno()) == os.getpgrp()
