"""The two streams: answers go to stdout, messages (`note`, `warn`, `hint`) to stderr.

With `--format json`, the messages become part of the answer's envelope.
"""

from __future__ import annotations

import errno
import os
import shutil
import sys
from contextlib import contextmanager, suppress
from threading import RLock
from typing import TYPE_CHECKING, TextIO

from utmforge.errors import StdoutClosed, StdoutFailed, UtmforgeError
from utmforge.output.escaping import safe
from utmforge.output.formats import Color, Format

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from utmforge.output.progress import Unit, Work

ENVELOPE = 1
"""The version of the JSON envelope; its keys are pinned by a test."""

_CODES = {"error": "1;31", "warning": "33", "note": "2", "hint": "36", "done": "32"}


drawing = RLock()
"""Is held while something is drawn or written to the terminal."""
lines_below: list[Work] = []
"""Long work whose line stands at the bottom of the terminal."""


@contextmanager
def aside() -> Iterator[None]:
    """Take the line of long work away while something else is written or asked."""
    if not lines_below:
        yield
        return
    with drawing:
        for work in lines_below:
            work.hide()
        yield


class Console:
    """Writes a command's answer and its messages."""

    def __init__(
        self,
        command: str,
        *,
        stdout: TextIO,
        stderr: TextIO,
        fmt: Format | None = None,
        color: Color = Color.AUTO,
        quiet: bool = False,
        environment: Mapping[str, str] = os.environ,
    ) -> None:
        self.command = command
        self.stdout = stdout
        self.stderr = stderr
        self.to_terminal = stdout.isatty()
        self.is_default = fmt is None
        """No format was asked for."""
        self.environment = environment
        self.excel = False
        """CSV is written as Excel opens it."""
        self.columns: tuple[str, ...] = ()
        """The columns that are shown, in this order. Empty: the usual ones."""
        self.delimiter = ","
        """What stands between the cells of CSV; a tab for TSV, which pastes into cells."""
        self.decimal_comma = False
        """Numbers in CSV are written with a comma, as 1,5."""
        self._has_written = False
        self.set_format(fmt or (Format.TABLE if self.to_terminal else Format.URLS))
        self.quiet = quiet
        self.color = color
        self.messages: list[dict[str, str]] = []
        self._answer: object = None

    def for_spreadsheet(self, *, excel: bool, columns: Sequence[str]) -> None:
        """Write CSV as Excel opens it, and only some columns; in a pipe, several are TSV."""
        self.excel = excel
        self.columns = tuple(columns)
        in_pipe = self.is_default and self.format is Format.URLS
        if excel:
            self.set_format(Format.CSV)
        elif in_pipe and len(columns) > 1:
            self.set_format(Format.TSV)

    def set_format(self, fmt: Format) -> None:
        """Write answers in a format; TSV is CSV with tabs, and Excel gets CSV."""
        fmt = Format.CSV if self.excel else fmt
        is_tsv = fmt is Format.TSV
        self.format = Format.CSV if is_tsv else fmt
        if self.excel:
            from utmforge.output.excel import has_decimal_comma

            self.decimal_comma = has_decimal_comma(self.environment)
        self.delimiter = "\t" if is_tsv else ";" if self.decimal_comma else ","

    @property
    def width(self) -> int:
        """The columns of the terminal; 80 if there is none."""
        return terminal_width()

    @property
    def terminal(self) -> TextIO | None:
        """A stream that is a terminal. None: there is none."""
        return next((stream for stream in (self.stderr, self.stdout) if stream.isatty()), None)

    def colored(self, stream: TextIO) -> bool:
        """Tell whether a stream gets colour: the option, NO_COLOR, FORCE_COLOR, a terminal."""
        if self.color is not Color.AUTO:
            return self.color is Color.ALWAYS
        if self.environment.get("NO_COLOR"):
            return False
        if self.environment.get("FORCE_COLOR"):
            return True
        if self.environment.get("CI") or self.environment.get("TERM") == "dumb":
            return False
        return stream.isatty()

    def write(self, text: str) -> None:
        """Write a text to stdout, unchanged.

        Raises:
            StdoutClosed: The reader is gone.
            StdoutFailed: The text could not be written.
        """
        if self.excel and not self._has_written:
            from utmforge.output.excel import use_utf8

            use_utf8(self.stdout)
            text = f"\ufeff{text}"
        self._has_written = True
        try:
            with aside():
                self.stdout.write(text)
                self.stdout.flush()
        except OSError as error:
            raise stdout_refusal(error, self.stdout) from None

    def write_data(self, text: str) -> None:
        """Write to stdout exactly this; on a terminal its control characters become visible."""
        if self.to_terminal:
            text = "\n".join(map(safe, text.split("\n")))
        self.write(text)

    def done(self, text: str) -> None:
        """Report what was done."""
        self._say("done", text, label="")

    def note(self, text: str) -> None:
        """Report something worth knowing."""
        self._say("note", text)

    def warn(self, text: str) -> None:
        """Warn of something that may be wrong; `--quiet` does not silence it."""
        self._say("warning", text)

    def hint(self, text: str) -> None:
        """Suggest what to do next."""
        self._say("hint", text)

    def _say(self, kind: str, text: str, label: str | None = None) -> None:
        if self.format is Format.JSON:
            self.messages.append({"kind": kind, "message": text})
        elif not self.quiet or kind == "warning":
            self.tell(kind, text, label)

    def tell(self, kind: str, text: str, label: str | None = None) -> None:
        """Write one line to stderr, whatever the format."""
        label = f"{kind}: " if label is None else label
        text = safe(text)
        if not text.startswith("utmforge "):  # a command to copy stays in one piece
            text = self.folded(label + text, self.stderr, 4)[len(label) :]
        if self.colored(self.stderr):
            code = _CODES[kind]
            label = f"\x1b[{code}m{label}\x1b[0m" if label else ""
        self.say_raw(f"{label}{text}\n")

    def folded(self, text: str, stream: TextIO, indent: int = 0) -> str:
        """Wrap a sentence between words if a terminal would otherwise break one.

        An address or another word that is longer than a line is not broken.

        Args:
            text: One line, without escape sequences.
            stream: Where it goes; only a terminal gets line breaks.
            indent: The indentation of the lines after the first.
        """
        if len(text) <= self.width or not stream.isatty():
            return text
        from textwrap import wrap

        lines = wrap(
            text,
            self.width,
            subsequent_indent=" " * indent,
            break_long_words=False,
            break_on_hyphens=False,
            replace_whitespace=False,
            drop_whitespace=True,
        )
        return "\n".join(lines)

    def working(
        self,
        title: str,
        *,
        total: int | None = None,
        unit: Unit = "items",
        is_wanted: bool = True,
    ) -> Work:
        """Return long work whose progress is shown on a terminal while it lasts.

        Args:
            title: What is being done, such as `checking`.
            total: How much there is to do. None: not known.
            unit: What is counted.
            is_wanted: False where someone is typing at the terminal.
        """
        from utmforge.output.progress import Work

        is_dumb = self.environment.get("TERM") == "dumb"
        is_shown = is_wanted and self.stderr.isatty() and not self.quiet and not is_dumb
        return Work(self.stderr if is_shown else None, title, total, unit)

    def say_raw(self, text: str) -> None:
        """Write a text such as a drawing to stderr, unchanged."""
        try:
            with aside():
                self.stderr.write(text)
                self.stderr.flush()
        except OSError:
            _silence(self.stderr)

    def answer(self, data: object) -> None:
        """Store the data of the JSON envelope, which `finish` writes."""
        self._answer = data

    def finish(self) -> None:
        """Write the JSON envelope with the data and all messages, if the format is JSON."""
        if self._answer is not None:
            data, self._answer = self._answer, None
            messages, self.messages = self.messages, []
            self.write(dumps(self.envelope(data=data, messages=messages)) + "\n")

    def envelope(self, **content: object) -> dict[str, object]:
        """Return the versioned JSON envelope."""
        return {"utmforge": ENVELOPE, "command": self.command, **content}


def terminal_width() -> int:
    """Return the columns of the terminal, whichever stream is one; 80 if none is."""
    if not os.environ.get("COLUMNS"):
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError, AttributeError):  # no terminal, no descriptor
                if columns := os.get_terminal_size(stream.fileno()).columns:
                    return columns
    return shutil.get_terminal_size().columns


def dumps(value: object, *, indent: int | None = 2) -> str:
    """Return JSON in ASCII, in which control characters are escaped."""
    import json

    return json.dumps(value, indent=indent)


def stdout_refusal(error: OSError, stdout: TextIO) -> UtmforgeError:
    """Return the error to raise when stdout failed; nothing more is written to it."""
    _silence(stdout)
    if error.errno in {errno.EPIPE, errno.EINVAL}:  # EINVAL: a closed pipe on Windows
        return StdoutClosed("the reader of the output is gone")
    return StdoutFailed(
        f"cannot write to standard output: {(error.strerror or str(error)).lower()}",
        hint="links issued before this are in the registry: utmforge list",
    )


def _silence(stream: TextIO) -> None:
    """Discard what is still buffered, so that nothing fails again when Python exits."""
    with suppress(OSError, ValueError):  # a stream without a descriptor
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
