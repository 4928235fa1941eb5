"""The one error exit: what is wrong, where, and the next step; as JSON with `--format json`."""

import os
import re
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import typer

from utmforge import __version__
from utmforge.errors import (
    Problem,
    StdoutClosed,
    UtmforgeError,
    counted,
    did_you_mean,
    without_credentials,
)
from utmforge.output.console import Console, dumps
from utmforge.output.formats import Color

INTERRUPTED = 130
_GROUP = "registry"
_WITH_FINDINGS = {"lint", "compare"}
"""The commands whose answers are findings, for GitHub and as SARIF."""

# Compiled when they are used: most commands succeed.
_NO_COMMAND = r'No such command "([^"]*)"'
_EXTRA = r"(?s)Got unexpected extra arguments?(?:\(s\))? \((.*)\)"
_MAX_CHARACTERS = 400  # of a usage message
_MAX_PROBLEMS = 100
"""Lines of a file that are reported one by one; a file may have millions."""


def fail(error: UtmforgeError | typer.TyperException, arguments: Sequence[str]) -> int:
    """Print the error and return the exit status."""
    if isinstance(error, StdoutClosed):
        return error.status
    words = [word for word in arguments if not word.startswith("-")] or ["utmforge"]
    # A subcommand has its own name in the envelope, whether it succeeds or fails.
    command = words[1] if words[0] == _GROUP and words[1:] else words[0]
    color = _asked(arguments, "--color", None)
    color = Color(color) if color in set(Color) else Color.AUTO
    console = Console(command, stdout=sys.stderr, stderr=sys.stderr, color=color)
    fmt = (_asked(arguments, "--format", "F") or "").lower()
    if fmt == "json":
        messages = error.messages if isinstance(error, UtmforgeError) else []
        console.say_raw(
            dumps(console.envelope(**_as_json(error, arguments), messages=messages)) + "\n"
        )
        return _status(error)
    if fmt in {"github", "sarif"} and command in _WITH_FINDINGS and sys.stdout is not None:
        _show_as_findings(error, fmt, arguments)
    problems = _problems(error, arguments)
    for problem in problems[:_MAX_PROBLEMS]:
        console.tell(
            "error", f"{problem.where}: {problem.message}" if problem.where else problem.message
        )
        if problem.hint:
            console.tell("hint", problem.hint)
    if (more := len(problems) - _MAX_PROBLEMS) > 0:
        console.tell("error", f"and {counted(more, 'more problem')}")
    return _status(error)


def _show_as_findings(
    error: UtmforgeError | typer.TyperException, fmt: str, arguments: Sequence[str]
) -> None:
    """Write the error to stdout as the findings that the command could not look for."""
    from utmforge.output.error_findings import error_annotations, error_log

    code = error.code if isinstance(error, UtmforgeError) else "usage"
    problems = _problems(error, arguments)
    with suppress(OSError, ValueError):  # a reader that is gone, a closed stream
        if fmt == "github":
            sys.stdout.write(error_annotations(code, problems))
        else:
            sys.stdout.write(dumps(error_log(code, problems)) + "\n")
        sys.stdout.flush()


def interrupted() -> int:
    """Report that Ctrl-C ended the command; return the exit status."""
    sys.stderr.write("\ninterrupted\n")
    return INTERRUPTED


def report_bug(error: Exception) -> int:
    """Report a bug without repeating possible secrets; return the exit status."""
    if os.environ.get("UTMFORGE_DEBUG"):
        raise error
    last = error.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    place = f"{Path(last.tb_frame.f_code.co_filename).name}:{last.tb_lineno}" if last else "?"
    sys.stderr.write(
        f"error: this is a bug in utmforge {__version__}: {type(error).__name__} at {place}\n"
        "hint: please report this line; UTMFORGE_DEBUG=1 shows the whole traceback\n"
    )
    return UtmforgeError.status


def _status(error: UtmforgeError | typer.TyperException) -> int:
    return error.status if isinstance(error, UtmforgeError) else error.exit_code


def _problems(
    error: UtmforgeError | typer.TyperException, arguments: Sequence[str]
) -> Sequence[Problem]:
    if isinstance(error, UtmforgeError):
        return error.problems
    return [_usage_problem(error, arguments)]


def _usage_problem(error: typer.TyperException, arguments: Sequence[str]) -> Problem:
    """Turn a usage error of Typer into a problem in utmforge's own style."""
    message = error.format_message() if not hasattr(error, "option_name") else error.message
    message = message.replace("'", '"').rstrip(".")
    message, _, suggestion = message.partition(". Did you mean ")
    possibilities = getattr(error, "possibilities", None)
    hint: str | None
    if message.startswith("No such command") and "/" in message:
        hint = "an address comes after a command: utmforge new https://…"
    elif (word := re.match(_NO_COMMAND, message)) and (instead := _instead(word[1])):
        hint = instead
    elif extra := re.match(_EXTRA, message):
        message, hint = _extra_problem(extra[1], getattr(error, "ctx", None))
    elif suggestion and not _is_of_others(error):
        hint = f"did you mean {suggestion.rstrip('?')}?"
    elif possibilities and not _is_of_others(error):
        hint = did_you_mean(getattr(error, "option_name", ""), possibilities)
    else:
        hint = f"{_command_path(error, arguments)} --help"
    message = without_credentials(message)[:_MAX_CHARACTERS]
    return Problem(message[:1].lower() + message[1:], "", hint=hint)


def _is_of_others(error: typer.TyperException) -> bool:
    """Tell whether other commands have the option that this one does not: it is not a typo."""
    from utmforge.cli.options import is_shared_option

    return is_shared_option(getattr(error, "option_name", ""))


def _command_path(error: typer.TyperException, arguments: Sequence[str]) -> str:
    """Return the command that was called, also where the error does not tell it."""
    if ctx := getattr(error, "ctx", None):
        return str(ctx.command_path)
    from utmforge.cli.app import COMMANDS

    words = [word for word in arguments if not word.startswith("-")]
    known = words[:1] if words and words[0] in COMMANDS else []
    if known == [_GROUP]:
        known = words[:2]
    return " ".join(["utmforge", *known])


def _extra_problem(words: str, ctx: typer.Context | None) -> tuple[str, str]:
    """Return what to say of words that a command has no place for, and the next step."""
    message = f"unexpected argument{'s' if ' ' in words else ''}: {words}"
    if ctx is None or any(one.param_type_name == "argument" for one in ctx.command.params):
        return (
            message,
            "put text with spaces in quotes; no space after a comma; options have two hyphens",
        )
    options = {name for one in ctx.command.params for name in one.opts}
    if "/" in words and "--page" in options:
        option = "--page"
    else:
        option = "--campaign" if "--campaign" in options else ""
    if option and " " not in words:
        return message, without_credentials(f"did you mean {option} {words}?")[:_MAX_CHARACTERS]
    return message, f"{ctx.command_path} takes only options: {ctx.command_path} --help"


def _instead(word: str) -> str | None:
    """Return the hint for a word that is not a command. None: use the nearest command, if any."""
    from utmforge.cli.app import COMMANDS
    from utmforge.cli.other_words import hint_for

    if word.lower() in COMMANDS:
        return f'did you mean "{word.lower()}"?'
    return hint_for(word)


def _as_json(
    error: UtmforgeError | typer.TyperException, arguments: Sequence[str]
) -> dict[str, object]:
    code = error.code if isinstance(error, UtmforgeError) else "usage"
    problems = [
        {
            "code": code,
            "message": problem.message,
            "hint": problem.hint,
            "where": problem.where or None,
            "key": problem.key,
        }
        for problem in _problems(error, arguments)
    ]
    first = {name: value for name, value in problems[0].items() if name != "key"}
    return {"error": first} | ({"problems": problems} if len(problems) > 1 else {})


def _asked(arguments: Sequence[str], option: str, letter: str | None) -> str | None:
    """Return an option's value, even if the command line is wrong elsewhere."""
    value = None
    for before, argument in zip(["", *arguments], arguments, strict=False):
        short = re.fullmatch(rf"-\w*?{letter}=?(.*)", argument) if letter else None
        if before == option or (letter and re.fullmatch(rf"-\w*{letter}", before)):
            value = argument
        elif argument.startswith(f"{option}="):
            value = argument.partition("=")[2]
        elif short and short[1]:
            value = short[1]
    return value
