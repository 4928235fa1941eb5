"""What is printed can be read by people, by spreadsheets and by other programs."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.conftest import Run

TAGS = "utm_source=email&utm_medium=email&utm_campaign=spring"
U = f"https://shop.example/a?{TAGS}"
V = f"https://shop.example/b|c?{TAGS}"
OTHERS = [f"https://shop.example/{n}?{TAGS.replace('spring', f'Spring-{n}')}" for n in range(3)]


def issued(run: Run) -> None:
    """Issue two links of one campaign and one of another."""
    for page in ("a", "b"):
        run("new", f"https://shop.example/{page}", "-c", "spring", "-C", "email")
    run("new", "https://shop.example/", "-c", "winter", "-C", "sms")


def rows_of(text: str) -> list[dict[str, str]]:
    """Return the rows of a CSV."""
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize(
    "words",
    [
        ("explain", U), ("explain", "https://shop.example/"), ("explain", "https://a.example/?gclid=1"),
        ("registry", "status"), ("list",), ("list", "--wide"), ("list", "--count", "channel"),
        ("history",), ("channels",), ("compare", "r.csv"), ("lint", "l.txt"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_an_empty_cell_is_empty(run: Run, words: tuple[str, ...]) -> None:
    """Not a dash, which a spreadsheet takes for a formula."""
    issued(run)
    Path("r.csv").write_text("utm_source,visits\nemail,1\nx,2\n")
    Path("l.txt").write_text(f"{OTHERS[0]}\n")
    shown = run(*words, "--format", "csv").stdout
    cells = [cell for row in rows_of(shown) for cell in row.values()]

    assert cells
    assert not {"-", "'-", "None"} & set(cells)


@pytest.mark.parametrize(
    "url", [U, V, f"https://shop.example/a_b*c?{TAGS}#d_e", "https://a.example/~x"]
)
def test_an_address_in_markdown_stays_an_address(run: Run, url: str) -> None:
    """In `<…>`, so that nothing in it is markup; only the sign of a table's cells is escaped."""
    shown = run("explain", url, "--format", "markdown").stdout
    cell = next(line for line in shown.splitlines() if line.startswith("| url |"))

    assert cell == f"| url | <{url.replace('|', chr(92) + '|')}> |"


def test_several_links_are_explained_one_by_one(run: Run) -> None:
    """In every format; each on a line of its own."""
    text = "".join(f"{one}\n\n" for one in OTHERS)
    urls = run("explain", "-", stdin=text).stdout.splitlines()
    lines = run("explain", "-", "--format", "jsonl", stdin=text).stdout.splitlines()
    rows = rows_of(run("explain", "-", "--format", "csv", stdin=text).stdout)
    data = json.loads(run("explain", "-", "--format", "json", stdin=text).stdout)["data"]
    table = run("explain", "-", "--format", "table", stdin=text).stdout

    assert urls == [one.replace("Spring", "spring") for one in OTHERS]
    assert [json.loads(line)["url"] for line in lines] == OTHERS
    assert [row["url"] for row in rows] == OTHERS
    assert [one["url"] for one in data] == OTHERS
    assert [line for line in table.splitlines() if line in OTHERS] == OTHERS


@pytest.mark.parametrize(
    "text", [f"<{U}>\n", f"see {U}\nthank you", f"{U[:60]}\n{U[60:]}\n", f'<a href="{U}">x</a>\n']
)
def test_one_link_in_lines_is_one_link(run: Run, text: str) -> None:
    """Wrapped, or with words around it."""
    result = run("explain", "-", stdin=text)

    assert result.stdout == f"{U}\n"
    assert "more link" not in result.stderr


@pytest.mark.parametrize(("count", "said"), [(2, "1 more link"), (3, "2 more links")])
def test_more_links_in_a_text_are_told(run: Run, count: int, said: str) -> None:
    """The first one is explained."""
    result = run("explain", "-", stdin="".join(f"see {one} and\n" for one in OTHERS[:count]))

    assert f"note: {said} in the text: put each on a line of its own\n" in result.stderr


@pytest.mark.parametrize("fmt", ["csv", "json", "jsonl"])
def test_wide_adds_the_channel_group_for_programs(run: Run, fmt: str) -> None:
    """Only where it is asked for."""
    issued(run)
    shown = run("list", "--wide", "--format", fmt).stdout
    rows: list[dict[str, str]]
    if fmt == "csv":
        rows = rows_of(shown)
    else:
        rows = (
            json.loads(shown)["data"] if fmt == "json" else [*map(json.loads, shown.splitlines())]
        )

    assert [row["ga4_channel_group"] for row in rows] == ["Email", "Email", "SMS"]
    assert "ga4_channel_group" not in run("list", "--format", fmt).stdout


@pytest.mark.parametrize(
    ("by", "lines"),
    [
        ("campaign", "spring\t2\nwinter\t1\n"),
        ("medium", "email\t2\nsms\t1\n"),
        ("state", "issued\t3\n"),
    ],
)
def test_counts_in_a_pipe_have_their_numbers(run: Run, by: str, lines: str) -> None:
    """Name and number, with a tab between them."""
    issued(run)

    assert run("list", "--count", by).stdout == lines
