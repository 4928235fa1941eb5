"""Links from a spreadsheet: `utmforge registry import`."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.conftest import Result, Run
from utmforge import Registry, Tags
from utmforge.registry.interchange.spreadsheet import read_spreadsheet

NOON = datetime(2026, 3, 20, 12, tzinfo=UTC)

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
        '"Date Created", campaign from "Campaign Name"\n'
        'note: columns not used: "Notes"\n'
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


def read(text: str, **mapping: str) -> list[str]:
    """Return the links of a sheet, or what is wrong with its rows."""
    sheet = read_spreadsheet(text, "x.csv", mapping=mapping, now=NOON)
    return [link.url for link in sheet.links] + [str(each.message) for each in sheet.problems]


TAGGED = "https://x.example/?utm_source=s&utm_medium=m&utm_campaign=c"
SHEETS: list[tuple[str, dict[str, str], list[str]]] = [
    (f"url\n{TAGGED}\n", {}, [TAGGED]),
    (f"Whatever,Else\n1,{TAGGED}\n", {}, [TAGGED]),
    (f"a\tb\n1\t{TAGGED}\n", {}, [TAGGED]),
    (f"sep=;\nLien;b\n{TAGGED};2\n", {}, [TAGGED]),
    (f'"url","note"\n"{TAGGED}","a\nb"\n', {}, [TAGGED]),
    (f"url\n{TAGGED}\n{TAGGED}\n", {}, [TAGGED]),
    ("Website URL,Source,Medium,Campaign\nhttps://x.example/,s,m,c\n", {}, [TAGGED]),
    ("url,utm_source,utm_medium,utm_campaign\nhttps://x.example/,s,m,c\n", {}, [TAGGED]),
    ("Page,Quelle,Medium,Kampagne\nhttps://x.example/,s,m,c\n", {}, [TAGGED]),
    (f"Old,New\n{TAGGED}2,{TAGGED}\n", {"url": "New"}, [TAGGED]),
    ("Seite,A,B,C\nhttps://x.example/,s,m,c\n",
     {"landing_page": "seite", "source": "a", "medium": "b", "campaign": "c"}, [TAGGED]),
    ("url\nhttps://x.example/?utm_source=s\n" + TAGGED, {},
     [TAGGED, "the link has no medium and no campaign"]),
    (f"url,date\n{TAGGED},01/02/2025\n", {},
     ['the day "01/02/2025" can be read in several ways or in none']),
    (f"url,date\n{TAGGED},2025-02-01\n", {}, [TAGGED]),
    (f"url,note\n{TAGGED},x\n,y\n", {}, [TAGGED]),
    (f"url,note\n{TAGGED},x\nftp://x/?utm_source=s&utm_medium=m&utm_campaign=c,\n", {},
     [TAGGED, "only http and https addresses can be tagged"]),
    (f"{TAGGED}\n{TAGGED}2\n", {}, [TAGGED, TAGGED + "2"]),
    (f"{TAGGED}\n{TAGGED},2\n", {}, [TAGGED, "the line has a comma"]),
    (f"{TAGGED};x\n", {}, [TAGGED]),
    (f"{TAGGED},x\n", {"url": "column 1"}, [TAGGED]),
    (f"url\n{TAGGED},d\n", {}, ["the row has more cells than the header: write what holds the "
     'separator "in quotes"']),
    (f"Landing Page,Source,Medium,Campaign,Final URL\n{TAGGED},x,y,z,{TAGGED}9\n", {},
     [TAGGED + "9"]),
    (f"Landing Page,Source,Medium,Campaign\n{TAGGED},x,y,z\nhttps://x.example/,s,m,c\n", {},
     [TAGGED, "the address has other tags than the columns beside it"]),
    (f'"Name, full";"URL"\n1;{TAGGED}\n', {}, [TAGGED]),
    (f"url\r{TAGGED}\r", {}, [TAGGED]),
    (f"url,date\n{TAGGED},2025-03-01 10:00\n", {}, [TAGGED]),
    (f"url,date\n{TAGGED},0025-03-01\n", {},
     ['the day "0025-03-01" can be read in several ways or in none']),
    (f"url,note\n{TAGGED},{'x' * 140_000}\n", {}, [TAGGED]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "mapping", "links"), SHEETS, ids=range(len(SHEETS)))
def test_sheets_as_people_have_them(text: str, mapping: dict[str, str], links: list[str]) -> None:
    """Columns are found; rows that are not links are reported, the others are read."""
    assert [
        each.partition(", not ")[0].partition(", and the file")[0] for each in read(text, **mapping)
    ] == links


REFUSED: list[tuple[str, tuple[str, ...], str]] = [
    ("a,b\n1,2\n", (), "no column holds addresses"),
    (
        "page,source\nhttps://x.example/,s\n",
        (),
        "no column holds tagged addresses, and none holds medium",
    ),
    (f"url\n{TAGGED}\n", ("--map", "url=Adress"), 'there is no column "Adress"'),
    (f"url\n{TAGGED}\n", ("--map", "utl=url"), '--map "utl=url" is not FIELD=COLUMN'),
    (f"url\n{TAGGED}\nhttps://x.example/\n", (), "the link has no source and no medium"),
]


@pytest.mark.parametrize(("text", "words", "message"), REFUSED, ids=range(len(REFUSED)))
def test_sheets_that_cannot_be_read_are_refused(
    run: Run, work: Path, text: str, words: tuple[str, ...], message: str
) -> None:
    """With a hint; nothing is taken of them."""
    (work / "x.csv").write_text(text)
    result = run("registry", "import", "x.csv", *words, "--registry", "links.db")

    assert result.exit_code in {2, 25}
    assert message in result.stderr
    assert result.stdout == ""
    assert run("list", "--registry", "links.db").stdout == ""


def test_rows_that_are_no_links_can_be_left_out(run: Run, work: Path) -> None:
    """Only on request; each is reported."""
    bad = "".join(f"https://x.example/{n}\n" for n in range(25))
    (work / "x.csv").write_text(f"url\n{TAGGED}\n{bad}")
    result = run("registry", "import", "x.csv", "--skip-errors", "--registry", "links.db")

    assert result.exit_code == 0
    assert result.stderr.count("warning: x.csv:") == 20
    assert "warning: and 5 more rows left out\n" in result.stderr
    assert result.stdout.startswith("imported  1\n")


def test_days_are_read_as_asked(run: Run, work: Path) -> None:
    """Where they can be read in two ways."""
    (work / "x.csv").write_text(f"url,date\n{TAGGED},01/02/2025\n")
    words = ("registry", "import", "x.csv", "--date-format", "%m/%d/%Y", "--registry", "links.db")
    assert run(*words).exit_code == 0
    assert "2025-01-02T" in run("list", "-F", "json", "--registry", "links.db").stdout


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_files_of_every_office_are_read(run: Run, work: Path, encoding: str) -> None:
    """In the encodings that Excel writes."""
    text = f"Lien,Canal\n{TAGGED},été\n"
    (work / "x.csv").write_bytes(text.encode(encoding))
    assert run("registry", "import", "x.csv", "--registry", "links.db").exit_code == 0
    with Registry.open("links.db") as registry:
        assert [link.channel for link in registry.links()] == ["été"]


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


@pytest.mark.parametrize(
    "header",
    [
        "Campaign Name,Source,Medium,Landing Page,utm_source,utm_medium,utm_campaign",
        "utm_campaign,utm_source,utm_medium,Landing Page,Source,Medium,Campaign Name",
    ],
)
def test_utm_columns_come_before_other_words(header: str) -> None:
    """A person's own names for the same thing are not what is in the links."""
    values = dict(zip(header.split(","), ("X", "Y", "Z", "https://x.example/"), strict=False))
    values |= {"Landing Page": "https://x.example/", "utm_source": "s", "utm_medium": "m"}
    values["utm_campaign"] = "c"
    row = ",".join(values.get(name, "other") for name in header.split(","))

    assert read(f"{header}\n{row}\n") == [TAGGED]


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
