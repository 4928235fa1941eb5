"""A file to import: what will be imported, and what there is to say about it."""

from pathlib import Path

from tests.conftest import Run

TAGGED = "https://x.example/?utm_source=s&utm_medium=m&utm_campaign=c"


def test_rows_that_are_no_links_can_be_left_out(run: Run, work: Path) -> None:
    """Only on request; each is reported."""
    bad = "".join(f"https://x.example/{n}\n" for n in range(25))
    (work / "x.csv").write_text(f"url\n{TAGGED}\n{bad}")
    result = run("registry", "import", "x.csv", "--skip-errors", "--registry", "links.db")

    assert result.exit_code == 0
    assert result.stderr.count("warning: x.csv:") == 20
    assert "warning: and 5 more rows left out\n" in result.stderr
    assert result.stdout.startswith("imported  1\n")


def test_rows_that_are_not_links_say_how_to_leave_them_out(run: Run, work: Path) -> None:
    """The first are named, the others counted."""
    (work / "x.csv").write_text("url\n" + TAGGED + "\n" + "https://x.example/\n" * 21)
    result = run("registry", "import", "x.csv", "--registry", "links.db")

    assert result.exit_code == 25
    assert result.stderr.count("error: x.csv:") == 20 + 1
    assert result.stderr.endswith(
        "error: x.csv: and 1 more row that is not a link\n"
        "hint: --skip-errors leaves such rows out\n"
    )
