"""Links from a spreadsheet: `utmforge registry import`."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.conftest import Run
from utmforge import Registry
from utmforge.registry.interchange.spreadsheet import read_spreadsheet

NOON = datetime(2026, 3, 20, 12, tzinfo=UTC)


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
    (f"url,Published on\n{TAGGED},Facebook\n", {}, [TAGGED]),
    (f"url,added\n{TAGGED},yes\n{TAGGED}2,\n", {}, [TAGGED, TAGGED + "2"]),
    (f"url,added\n{TAGGED},yes\n{TAGGED}2,2025-02-01\n", {},
     [TAGGED + "2", 'the day "yes" can be read in several ways or in none']),
    (f"url,note\n{TAGGED},x\n,y\n", {}, [TAGGED]),
    (f"url,note\n{TAGGED},x\nftp://x/?utm_source=s&utm_medium=m&utm_campaign=c,\n", {},
     [TAGGED, "only http and https addresses can be tagged"]),
    (f"{TAGGED}\n{TAGGED}2\n", {}, [TAGGED, TAGGED + "2"]),
    (f"{TAGGED}\n{TAGGED},2\n", {}, [TAGGED, "the line looks like CSV without a header"]),
    (f"{TAGGED}&ids=1,2\n", {}, ["https://x.example/?ids=1,2&" + TAGGED.partition("?")[2]]),
    (f"{TAGGED};x\n", {}, [TAGGED]),
    (f"{TAGGED},x\n", {"url": "column 1"}, [TAGGED]),
    (f"url\n{TAGGED},d\n", {}, ["the row has more cells than the header: write what holds the "
     'separator "in quotes"']),
    (f"Landing Page,Source,Medium,Campaign,Final URL\n{TAGGED},x,y,z,{TAGGED}9\n", {},
     [TAGGED + "9"]),
    (f"Landing Page,Source,Medium,Campaign\n{TAGGED},x,y,z\nhttps://x.example/,s,m,c\n", {},
     [TAGGED]),
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
    assert [each.partition(", not ")[0] for each in read(text, **mapping)] == links


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


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_files_of_every_office_are_read(run: Run, work: Path, encoding: str) -> None:
    """In the encodings that Excel writes."""
    text = f"Lien,Canal\n{TAGGED},été\n"
    (work / "x.csv").write_bytes(text.encode(encoding))
    assert run("registry", "import", "x.csv", "--registry", "links.db").exit_code == 0
    with Registry.open("links.db") as registry:
        assert [link.channel for link in registry.links()] == ["été"]


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
