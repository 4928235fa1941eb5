"""Twice the input takes at most about twice the work, for every command and kind of input.

What is counted are the calls of functions, which are the same on a busy machine; what happens in
one call of C code is measured by `benchmarks/growth.py`.
"""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import pytest

from tests.attacks.growing import kinds

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Run

KINDS = kinds()
SMALLER = 20
"""How much smaller inputs are than in the benchmark."""
MAX_RATIO = 2.6
"""Twice, and what does not come in equal steps, such as batches, pages and caches."""
WORTH_COMPARING = 20_000
"""Calls: with fewer, a ratio means nothing."""
MAX_SECONDS = 30.0
"""Processor time of one command; most take under a second."""


def calls(run: Run, words: tuple[str, ...]) -> int:
    """Return how many functions a command calls."""
    number = 0

    def count(_frame: object, event: str, _what: object) -> None:
        nonlocal number
        number += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        run(*words)
    finally:
        sys.setprofile(None)
    return number


@pytest.mark.parametrize("name", KINDS)
def test_the_work_at_most_doubles(run: Run, name: str, tmp_path: Path) -> None:
    """Compared with a tiny input, whose work every command needs."""
    kind = KINDS[name]
    size = max(kind.size // SMALLER, 100)
    started = time.process_time()
    numbers: list[int] = []
    for each in (1, 1, size, 2 * size):  # the first imports modules
        folder = tmp_path / f"{name.replace('/', '-')}-{len(numbers)}"
        folder.mkdir()
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(folder)
            numbers.append(calls(run, kind.made(each, folder)))
    _, tiny, single, double = numbers

    more = double - tiny
    assert time.process_time() - started < MAX_SECONDS
    assert more < WORTH_COMPARING or more <= MAX_RATIO * (single - tiny), (single - tiny, more)
