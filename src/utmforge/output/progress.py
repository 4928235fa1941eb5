"""Progress of long work: a line at the bottom of a terminal, gone when the work is done.

    with console.working("checking", total=100_000) as step:
        for number, row in enumerate(rows, 1):
            step(number)

Work that takes less than half a second shows nothing. The line is drawn by a thread, so that a step
costs nothing; whatever else is written to the terminal takes the line away first.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Literal

from utmforge.output.console import drawing, lines_below
from utmforge.output.escaping import safe

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self, TextIO

    from rich.console import Console
    from rich.progress import Progress, TaskID

Unit = Literal["items", "bytes"]

DELAY = 0.5
"""Seconds before anything is shown."""
_INTERVAL = 0.1


class Work:
    """Long work: call it with how much is done, and of how much, if that is known."""

    def __init__(
        self, stream: TextIO | None, title: str, total: int | None = None, unit: Unit = "items"
    ) -> None:
        """Store what is shown.

        Args:
            stream: The terminal. None: nothing is shown.
            title: What is being done, such as `checking`.
            total: How much there is to do. None: not known.
            unit: What is counted.
        """
        self._stream = stream
        self._title = safe(title)
        self._unit = unit
        self._done, self._total = 0, total
        self._is_over = threading.Event()
        self._thread: threading.Thread | None = None
        self._line: tuple[Progress, TaskID] | None = None
        self._is_drawn = False

    def __call__(self, done: int, total: int | None = None) -> None:
        """Say how much is done; a total replaces the one before."""
        self._done = done
        self._total = total or self._total

    def __enter__(self) -> Self:
        """Begin; the line comes later."""
        if self._stream is not None:
            self._thread = threading.Thread(target=self._draw, daemon=True)
            self._thread.start()
            lines_below.append(self)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End: the line is gone."""
        if self._thread is None:
            return
        self._is_over.set()
        self._thread.join()
        with drawing:
            self.hide()
            lines_below.remove(self)

    def hide(self) -> None:
        """Take the line away until it is drawn again."""
        if self._line and self._is_drawn:
            self._line[0].stop()
            self._is_drawn = False

    def _draw(self) -> None:
        if self._is_over.wait(DELAY):
            return
        self._line = self._made()
        while not self._is_over.wait(_INTERVAL):
            with drawing:
                progress, task = self._line
                progress.update(task, completed=self._done, total=self._total)
                if not self._is_drawn:
                    progress.start()
                    self._is_drawn = True
                progress.refresh()

    def _made(self) -> tuple[Progress, TaskID]:
        from rich.progress import (
            BarColumn,
            DownloadColumn,
            MofNCompleteColumn,
            Progress,
            SpinnerColumn,
            TaskProgressColumn,
            TextColumn,
            TimeElapsedColumn,
        )

        counts = DownloadColumn() if self._unit == "bytes" else MofNCompleteColumn()
        bar = (BarColumn(bar_width=20), TaskProgressColumn()) if self._total else ()
        amount = (counts,) if self._total or self._done else ()
        progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}", markup=False),
            *bar,
            *amount,
            TimeElapsedColumn(),
            console=_console(self._stream),
            transient=True,
            auto_refresh=False,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        return progress, progress.add_task(self._title, total=self._total)


def _console(stream: TextIO | None) -> Console:
    """Return a console of Rich that leaves the cursor alone: a killed command cannot restore it."""
    from rich.console import Console

    class CursorKept(Console):
        def show_cursor(self, show: bool = True) -> bool:  # noqa: FBT001, FBT002 - as Rich has it
            del show
            return False

    return CursorKept(file=stream, force_terminal=True, legacy_windows=False)
