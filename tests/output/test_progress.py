"""Progress of long work."""

import io
import time

import pytest

from tests.output.consoles import console
from utmforge.output import progress
from utmforge.output.console import Console, aside
from utmforge.output.formats import Format
from utmforge.output.progress import Unit

ERASE = "\x1b[2K"


class Terminal(io.StringIO):
    """A terminal that keeps what it is told."""

    def isatty(self) -> bool:
        """It is one."""
        return True


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a second is long for a test."""
    monkeypatch.setattr(progress, "DELAY", 0.02)
    monkeypatch.setattr(progress, "_INTERVAL", 0.01)


def at_terminal(*, quiet: bool = False, term: str = "xterm") -> tuple[Console, Terminal]:
    """Return a console whose stderr is a terminal, and that terminal."""
    said = Terminal()
    to = Console("x", stdout=io.StringIO(), stderr=said, quiet=quiet, environment={"TERM": term})
    return to, said


def wait_for(said: io.StringIO, text: str) -> None:
    """Wait until a terminal has shown a text."""
    until = time.monotonic() + 20
    while text not in said.getvalue() and time.monotonic() < until:
        time.sleep(0.01)
    assert text in said.getvalue()


@pytest.mark.parametrize(
    ("total", "unit", "shown"),
    [(200, "items", "100/200"), (None, "items", "checking"), (2_000_000, "bytes", "0.0/2.0 MB")],
)
def test_long_work_is_shown_and_gone(total: int | None, unit: Unit, shown: str) -> None:
    """How far it is; in the end the line is erased and the cursor was never hidden."""
    to, said = at_terminal()
    with to.working("checking", total=total, unit=unit) as step:
        step(100)
        wait_for(said, shown)
    assert said.getvalue().rstrip().endswith(ERASE)
    assert "\x1b[?25l" not in said.getvalue()


def test_what_is_written_meanwhile_has_a_line_of_its_own() -> None:
    """The line is erased before it, and drawn again after it."""
    to, said = at_terminal()
    with to.working("checking", total=3) as step:
        step(1)
        wait_for(said, "1/3")
        to.warn("look")
        step(2)
        wait_for(said, "2/3")
        with aside():
            before = said.getvalue()
            time.sleep(0.1)
            assert said.getvalue() == before
    before, _, after = said.getvalue().partition("look\n")
    assert ERASE in before
    assert "2/3" in after


def test_short_work_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even Rich is loaded."""
    monkeypatch.setattr(progress, "DELAY", 60)
    to, said = at_terminal()
    with to.working("checking", total=3) as step:
        step(3)
    assert said.getvalue() == ""


@pytest.mark.parametrize("how", ["quiet", "dumb", "pipe"])
def test_progress_is_for_people_at_a_terminal(how: str) -> None:
    """Nothing for --quiet, for a terminal that cannot erase, and in a pipe."""
    if how == "pipe":
        to, _, stderr = console(Format.TABLE)
        said: io.StringIO = stderr
    else:
        to, said = at_terminal(quiet=how == "quiet", term="dumb" if how == "dumb" else "xterm")
    with to.working("checking") as step:
        step(1)
        time.sleep(0.1)
    assert said.getvalue() == ""


def test_a_failure_leaves_no_line() -> None:
    """The error that follows stands alone."""
    to, said = at_terminal()
    with pytest.raises(ValueError, match="broken"):
        _fail(to, said)
    assert said.getvalue().rstrip().endswith(ERASE)
    assert "\x1b[31mb" not in said.getvalue()


def _fail(to: Console, said: Terminal) -> None:
    with to.working("reading a\x1b[31mb"):
        wait_for(said, "reading")
        raise ValueError("broken")
