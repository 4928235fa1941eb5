"""Lists to choose from by number or by name; long ones in pages, searched by typing."""

from collections.abc import Callable, Sequence

from utmforge.cli.interactive.prompts import ask_line, complain, say, sentence
from utmforge.errors import did_you_mean, quoted
from utmforge.output.console import terminal_width
from utmforge.output.escaping import safe

MAX_ROWS = 12
"""More rows than this are shown page by page."""
_MAX_WIDTH = 100
_SEARCHED = 9
"""Lists of more names than this are searched by a part of a name."""
MORE = "more"


def menu(names: Sequence[str], *, first: int = 1) -> None:
    """Show numbered names in columns, in order from top to bottom."""
    _show([(number, name) for number, name in enumerate(names, first)])


def _show(numbered: Sequence[tuple[int, str]]) -> None:
    cells = [f"{number:>3} {safe(name)}" for number, name in numbered]
    columns = _columns(cells)
    width = max(map(len, cells)) + 2
    height = -(-len(cells) // columns)
    for row in range(height):
        say("".join(cell.ljust(width) for cell in cells[row::height]).rstrip())


def _columns(cells: Sequence[str]) -> int:
    width = min(terminal_width(), _MAX_WIDTH)
    return max(1, width // (max(map(len, cells)) + 2))


class Pages:
    """A numbered list, shown page by page; names that always stay in sight come last."""

    def __init__(self, names: Sequence[str], pinned: int = 0) -> None:
        """Store the list.

        Args:
            names: The names, in order, as they are shown.
            pinned: How many of the last ones are on each page.
        """
        self.names = names
        self._at = 0
        numbered = list(enumerate(names, 1))
        self._pinned = numbered[len(names) - pinned :]
        self._rest = numbered[: len(names) - pinned]
        size = _columns([f"{number:>3} {name}" for number, name in numbered]) * MAX_ROWS
        self._size = len(self._rest) if len(numbered) <= size else size - pinned

    @property
    def is_paged(self) -> bool:
        """Whether there is more than a page."""
        return len(self._rest) > self._size

    @property
    def left(self) -> int:
        """How many names were not shown yet."""
        return max(len(self._rest) - self._at, 0)

    def show_next(self) -> None:
        """Show the next page; after the last one, the first again."""
        if not self.left:
            self._at = 0
        page = self._rest[self._at : self._at + self._size]
        self._at += self._size
        _show([*page, *self._pinned])
        if self.left:
            sentence(f"{self.left:,} more: type {MORE}, or a part of a name to search", 4)

    def found(self, text: str) -> list[int]:
        """Return the indices of the names that have a text; none in a short list."""
        if not text or len(self.names) <= _SEARCHED:
            return []
        return [at for at, name in enumerate(self.names) if text.lower() in name.lower()]

    def show(self, indices: Sequence[int]) -> None:
        """Show some of the names."""
        _show([(at + 1, self.names[at]) for at in indices[: self._size]])
        if (more := len(indices) - self._size) > 0:
            sentence(f"and {more:,} more: type more of the name", 4)


def choose(
    question: str,
    names: Sequence[str],
    *,
    optional: bool = False,
    about: str = "",
    pinned: int = 0,
    shown: Sequence[str] = (),
    also: Callable[[str], bool] | None = None,
    otherwise: str | None = None,
) -> int | str | None:
    """Ask for one of several names by number or name; return its index. None: no choice.

    Args:
        question: What is asked.
        names: The names.
        optional: Enter chooses none.
        about: What `?` explains.
        pinned: How many of the last names are on each page.
        shown: The names as they are shown. Empty: as they are.
        also: Tells which other answers are returned as they are.
        otherwise: The hint for an answer that is like none of them.
    """
    pages = Pages(shown or names, pinned)
    pages.show_next()
    prompt = f"{question}{' (Enter: none)' if optional else ''}"
    while True:
        answer = ask_line(prompt, offers=names, about=about)
        if not answer and optional:
            return None
        index = index_of(answer, names)
        if index is not None:
            return index
        if also is not None and also(answer):
            return answer
        if pages.is_paged and (answer.lower() == MORE or (pages.left and not answer)):
            pages.show_next()
            continue
        found = pages.found(answer)
        if len(found) == 1:
            return found[0]
        if found:
            pages.show(found)
        elif not answer:
            complain("answer with a number or a name")
        else:
            near = did_you_mean(answer, names) or otherwise
            complain(f"{quoted(answer)} is not one of these", near)


def index_of(answer: str, names: Sequence[str]) -> int | None:
    """Return the index of the name that a number or a name selects."""
    if answer.lower() in names:
        return names.index(answer.lower())
    if answer in names:
        return names.index(answer)
    if answer.isdecimal() and 1 <= int(answer) <= len(names):
        return int(answer) - 1
    return None
