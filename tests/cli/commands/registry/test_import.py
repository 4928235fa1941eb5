"""`utmforge registry import`: links that were issued elsewhere."""

from pathlib import Path

from tests.conftest import Result, Run
from utmforge import Registry, Tags

SHEET = """\
Date Created;Campaign Name;Channel;Final URL;Notes
14/02/2025;Spring;Newsletter;https://shop.example/a?utm_medium=Email&utm_source=News&utm_campaign=Spring%20Sale&a=1;=SUM(1)
03/02/2025;Spring;SMS;https://shop.example/b#utm_source=sms&utm_medium=sms&utm_campaign=x;
;;;;
"""


def test_a_list_from_a_spreadsheet_is_taken_as_it_was_handed_out(run: Run, work: Path) -> None:
    """Columns by their contents and names; tags letter for letter; days of the month first."""
    (work / "old.csv").write_text(SHEET, encoding="utf-8-sig")
    dry = run("registry", "import", "old.csv", "--dry-run", "--registry", "links.db")
    assert not (work / "links.db").exists()
    done = run("registry", "import", "old.csv", "--registry", "links.db")

    assert dry.stdout == done.stdout == "imported  2\nknown     0\nevents    0\n"
    assert done.stderr == (
        'note: columns: url from "Final URL", channel from "Channel", issued_at from '
        '"Date Created"\n'
        'note: columns only compared with the addresses: campaign from "Campaign Name"\n'
        'note: columns not used: "Notes"\n'
        'warning: old.csv:2: campaign is "Spring" in its column and "Spring Sale" in the address: '
        "the address is imported unchanged\n"
        'warning: old.csv:3: campaign is "Spring" in its column and "x" in the address: '
        "the address is imported unchanged\n"
        "note: 2 addresses are stored as utmforge writes them: each tag once, in its own order, "
        "before the fragment\n"
        "imported 2 links from old.csv; 0 were already there\n"
    )
    with Registry.open("links.db") as registry:
        first, second = registry.links()
    assert first.tags == Tags("News", "Email", "Spring Sale")
    assert (first.landing_page, first.channel) == ("https://shop.example/a?a=1", "Newsletter")
    assert [link.issued_at for link in (first, second)] == [
        *("2025-02-14T00:00:00Z", "2025-02-03T00:00:00Z"),
    ]
    assert run("undo", "--registry", "links.db").stderr.startswith("undid ")
    assert run("list", "--state", "issued", "--registry", "links.db").stdout == ""


TAGGED = "https://x.example/?utm_source=s&utm_medium=m&utm_campaign=c"


def test_days_are_read_as_asked(run: Run, work: Path) -> None:
    """Where they can be read in two ways."""
    (work / "x.csv").write_text(f"url,date\n{TAGGED},01/02/2025\n")
    words = ("registry", "import", "x.csv", "--date-format", "%m/%d/%Y", "--registry", "links.db")
    assert run(*words).exit_code == 0
    assert "2025-01-02T" in run("list", "-F", "json", "--registry", "links.db").stdout


def test_an_import_from_a_pipe(run: Run) -> None:
    """`-` is standard input."""
    result = run("registry", "import", "-", "--registry", "links.db", stdin=f"url\n{TAGGED}\n")

    assert result == Result(
        0,
        "imported  1\nknown     0\nevents    0\n",
        'note: columns: url from "url"\n'
        "imported 1 link from standard input; 0 were already there\n",
    )


def test_an_import_that_was_undone_can_be_done_again(run: Run, work: Path) -> None:
    """As a user does who fixes the file and tries again."""
    (work / "x.csv").write_text(f"url\n{TAGGED}\n")
    words = ("registry", "import", "x.csv", "--registry", "links.db")
    run(*words)
    run("undo", "--registry", "links.db")
    assert run(*words).stdout.startswith("imported  1\n")
    assert run("list", "--state", "issued", "--registry", "links.db").stdout == f"{TAGGED}\n"


TAGGED_ROWS = f"{TAGGED},{TAGGED}2\n{TAGGED}3,\n"


def test_columns_that_are_not_imported_are_said(run: Run, work: Path) -> None:
    """A second column of tagged addresses is a warning, with the way to import it."""
    (work / "x.csv").write_text("feed_url,stories_url,post\n" + TAGGED_ROWS.replace("\n", ",a\n"))
    result = run("registry", "import", "x.csv", "--registry", "links.db")

    assert result.stderr == (
        'note: columns: url from "feed_url"\n'
        'warning: column "stories_url" also holds tagged addresses, which were not imported\n'
        'hint: import it as well: --map url="stories_url"\n'
        'note: columns not used: "post"\n'
        "imported 2 links from x.csv; 0 were already there\n"
    )
    words = ("registry", "import", "x.csv", "--map", "url=stories_url", "--skip-errors")
    assert run(*words, "--registry", "links.db").stdout.startswith("imported  1\n")
