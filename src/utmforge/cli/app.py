"""The Typer app, its commands imported only when they run, and the one error exit."""

import errno
import re
import sys
from collections.abc import Iterator, MutableMapping, Sequence
from importlib import import_module
from io import TextIOWrapper
from typing import Annotated, Any, TypeAlias

import typer
from typer.core import TyperGroup
from typer.main import get_command

from utmforge import __version__
from utmforge.cli.error_exit import INTERRUPTED, fail, interrupted, report_bug
from utmforge.errors import MissingInput, StdoutFailed, Unreachable, UtmforgeError, quoted
from utmforge.output.console import stdout_refusal

# Each command's module and its line in `utmforge --help`. A test compares the lines with the
# commands' own first sentences.
COMMANDS = {
    "init": "Write a commented campaigns.toml and its JSON Schema.",
    "new": "Issue links: for a campaign of campaigns.toml, or for a landing page.",
    "build": "Issue every link of campaigns.toml.",
    "lint": "Check names and links for mistakes that split reports, break links or leak data.",
    "compare": "Compare the names in an analytics report with those of your issued links.",
    "measure": "Measure what came back by your issued links, from a web server's log.",
    "list": "List the links issued so far.",
    "show": "Print one issued link and what happened to it.",
    "note": "Write a note on an issued link, or labels to find it by; without any, print them.",
    "retire": "Retire links, so that they are no longer used.",
    "rename": "Give a campaign another name: in campaigns.toml, and for the links from now on.",
    "undo": "Undo your last change to the registry, or the change you name.",
    "history": "List the changes to the registry, the latest first.",
    "copy": "Copy an issued link to the clipboard.",
    "share": "Print ready messages with their links, and share links that open the app.",
    "qr": "Draw an issued link as a QR code, or write the codes of links and campaigns to files.",
    "buttons": "Make share buttons for your own pages, to host yourself.",
    "explain": "Explain a link: who issued it, how analytics tools read it, what is wrong with it.",
    "channels": "List the built-in channels and your own.",
    "registry": "Check, back up, share, export and import the registry.",
    "doctor": "Check the installation: versions, registry, clipboard, terminal.",
}


_Click: TypeAlias = Any
"""A command, context, formatter or setting of Click, which Typer does not export."""
_ONE_DASH = re.compile(r"-[^\W\d_]{2}")
"""An argument that starts with one hyphen: a mistyped long option, or short options together."""
_STDOUT_ERRORS = {errno.ENOSPC, errno.EPIPE, errno.EIO, errno.EBADF, errno.EINVAL, errno.EFBIG}


class _Commands(MutableMapping[str, Any]):
    """Commands by name, each imported when it is first used."""

    def __init__(self) -> None:
        self._loaded: dict[str, Any] = {}

    def __getitem__(self, name: str) -> _Click:
        if name not in COMMANDS:
            raise KeyError(name)
        if name not in self._loaded:
            command = get_command(import_module(f"utmforge.cli.commands.{name}").app)
            command.name = name
            self._loaded[name] = command
        return self._loaded[name]

    def __setitem__(self, name: str, command: _Click) -> None:
        self._loaded[name] = command

    def __delitem__(self, name: str) -> None:
        del self._loaded[name]

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)


class _Group(TyperGroup):
    """A group that lists its commands without importing them."""

    def __init__(self, **settings: _Click) -> None:
        super().__init__(**settings)
        self.commands = _Commands()

    def list_commands(self, ctx: _Click) -> list[str]:  # noqa: ARG002 - Typer passes it
        return list(COMMANDS)

    def format_commands(self, ctx: _Click, formatter: _Click) -> None:  # noqa: ARG002 - as above
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


app = typer.Typer(
    cls=_Group,
    invoke_without_command=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Start with: utmforge new   (it asks)   ·   utmforge COMMAND --help",
)


def _print_version(asked: bool) -> None:
    if asked:
        typer.echo(f"utmforge {__version__}")
        raise typer.Exit


@app.callback()
def root(
    ctx: typer.Context,
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    """Build tagged links for every message you send, and keep a registry of them."""
    del version
    if ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit status."""
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    try:
        _prepare_streams()
        program = get_command(app)
        if any(_ONE_DASH.match(argument) for argument in arguments):
            _refuse_one_dash(program, arguments)
        status = program.main(arguments, prog_name="utmforge", standalone_mode=False)
        sys.stdout.flush()
    except (UtmforgeError, typer.TyperException) as error:
        return fail(error, arguments)
    except (typer.Abort, KeyboardInterrupt, EOFError):
        return interrupted()
    except (OSError, MemoryError) as error:
        return fail(_system_refusal(error), arguments)
    except Exception as error:  # noqa: BLE001 - the last resort
        return report_bug(error)
    if status == INTERRUPTED:
        return interrupted()
    return status if isinstance(status, int) else 0


def _refuse_one_dash(program: _Click, arguments: Sequence[str]) -> None:
    """Refuse `-campaign=spring`, which would be read as `-c ampaign=spring`."""
    options = _options(program, arguments)
    is_value = False
    for argument in arguments:
        if argument == "--":
            return
        name = argument[1:].partition("=")[0]
        if _ONE_DASH.match(argument) and not is_value and f"--{name}" in options:
            raise MissingInput(
                f"no such option: {quoted(argument)}", hint=f"did you mean --{name}? (two hyphens)"
            )
        is_value = options.get(argument, False)


def _options(program: _Click, arguments: Sequence[str]) -> dict[str, bool]:
    """Return the options of the command on the command line, and whether each takes a value.

    Includes the options of the groups that contain the command.
    """
    options = {"--help": False, "-h": False}
    commands = [program]
    for word in arguments:
        if (below := getattr(commands[-1], "commands", {}).get(word)) is not None:
            commands.append(below)
    for parameter in (each for command in commands for each in command.params):
        takes_value = not getattr(parameter, "is_flag", True)
        options |= dict.fromkeys(parameter.opts, takes_value)
    return options


def _system_refusal(error: OSError | MemoryError) -> UtmforgeError:
    """Return the error to report for a failed system call on a path or on stdout, or for memory."""
    if isinstance(error, MemoryError):
        return Unreachable("there is not enough memory", hint="give the command less at once")
    if error.filename is None and error.errno in _STDOUT_ERRORS:
        return stdout_refusal(error, sys.stdout)
    what = f"{quoted(str(error.filename))}: " if error.filename else ""
    return Unreachable(f"{what}{(error.strerror or 'no reason given').lower()}")


def _prepare_streams() -> None:
    """Escape characters that a stream cannot encode, and check that stdout is open."""
    if sys.stderr is None:
        sys.stderr = open("/dev/null", "w")  # noqa: PTH123, SIM115 - for the life of the process
    if sys.stdout is None:
        raise StdoutFailed("standard output is closed")
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(errors="surrogateescape")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
