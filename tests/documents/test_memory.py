"""Reading a long list or table takes little more memory than its text."""

from __future__ import annotations

import tracemalloc
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from utmforge.documents.finding import links_in
from utmforge.documents.kinds import kind_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Run

ROW = "https://shop.example/p/{}?utm_source=news&utm_medium=email&utm_campaign=spring\n"
TEXTS = {
    "l.txt": lambda rows: "".join(map(ROW.format, range(rows))),
    "t.csv": lambda rows: "name,url\n" + "".join(f"n,{ROW.format(row)}" for row in range(rows)),
}
ROWS = 60_000


def peak_of(read: Callable[[], object]) -> int:
    """Return the most memory that was allocated at one time."""
    tracemalloc.start()
    try:
        read()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("name", TEXTS)
def test_a_long_text_is_not_copied(name: str) -> None:
    """Its links are found one by one: a copy in another form would be as large as the text."""
    text = TEXTS[name](ROWS)

    def read() -> None:
        for _ in links_in(text, kind_of(Path(name).suffix, text)):
            pass

    assert peak_of(read) < len(text)


@pytest.mark.parametrize("name", TEXTS)
def test_lint_holds_a_long_file_only_once_or_twice(run: Run, name: str) -> None:
    """As bytes and as text."""
    Path(name).write_text(TEXTS[name](10))
    assert run("lint", name).exit_code == 0  # imports and caches
    Path(name).write_text(TEXTS[name](ROWS))
    size = Path(name).stat().st_size

    assert peak_of(lambda: run("lint", name)) < 3 * size
