"""What a Python process of Spark makes of the lines of blocks; no Spark is needed for that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.measure.spark.block_reader import (
    SCHEMA,
    Detected,
    KnownLog,
    detected,
    first_lines,
    read_blocks,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

LINE = b'203.0.113.7 - - [14/Sep/2026:08:03:11 +0000] "GET /p HTTP/1.1" 200 5 "-" "Firefox"'
COMMON = b'203.0.113.7 - - [14/Sep/2026:08:03:12 +0000] "GET /q HTTP/1.1" 200 5'
LOGS = {"file:///a": KnownLog(0, ("combined",)), "file:///b": KnownLog(1, ("combined",))}
COLUMNS = [column.split()[0] for column in SCHEMA.split(", ")]


def read(lines: Iterable[tuple[str, int, bytes]]) -> list[dict[str, object]]:
    """Return what is kept, without what is not there."""
    rows = read_blocks(lines, LOGS, is_detected=True)
    return [
        {name: value for name, value in zip(COLUMNS, row, strict=True) if value is not None}
        for row in rows
    ]


def test_rows_have_no_address_and_are_in_the_order_of_the_files() -> None:
    """A number is the file's, then where the block starts, then the line's."""
    rows = read([("file:///b", 7, LINE), ("file:///a", 0, LINE), ("file:///a", 0, LINE + b"\r")])

    assert [row["n"] for row in rows] == [(1 << 44) + 7, 0, 1]
    assert {row["network"] for row in rows} == {"203.0"}
    assert not any("203.0.113.7" in str(row) for row in rows)


def test_lines_that_are_not_used_are_counted_with_masked_samples() -> None:
    """By reason, once for each block; a line of over a megabyte is not read."""
    rows = read(
        [
            ("file:///a", 0, b""),
            ("file:///a", 0, b"x 203.0.113.7"),
            ("file:///a", 0, b"y" * 1_100_000),
        ]
    )

    assert {row["reason"]: row["lines"] for row in rows} == {
        "empty line": 1,
        "not in the log format": 1,
        "line of more than 1 MB": 1,
    }
    assert not any("113" in str(row) for row in rows)


def test_lines_in_another_format_are_found_further_down() -> None:
    """The format's name comes back, too, with the place of its block."""
    rows = read([("file:///a", 0, LINE), ("file:///a", 0, COMMON)])

    assert [row.get("page") for row in rows] == ["/p", "/q", None]
    assert rows[-1] == {"n": 0, "format": "common"}


def test_only_the_first_block_of_a_file_tells_its_format() -> None:
    """Blank lines are left out, and 200 lines are enough."""
    assert list(first_lines([("file:///a", 9, LINE)])) == []
    ((name, lines),) = first_lines([("file:///a", 0, b""), *([("file:///a", 0, LINE)] * 300)])
    assert (name, len(lines)) == ("file:///a", 200)


def test_formats_are_told_in_the_order_of_the_logs() -> None:
    """With their shares, or with the nearest ones where none is known."""
    logs = [("file:///b", ["one", "two"]), ("file:///a", [LINE.decode()])]

    first, second = detected(logs, {"file:///a": 0, "file:///b": 1}, None)

    assert first == Detected("file:///a", (("combined", 1.0),), None)
    assert (second.address, second.formats) == ("file:///b", ())
    assert second.nearest is not None
    assert list(detected(logs[1:], {"file:///a": 0}, "common")) == [
        Detected("file:///a", (("common", 0.0),), None)
    ]
