"""`utmforge registry export` and `import`: nothing lost, nothing calculated."""

import csv
import io
import json
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import Result, Run
from utmforge import Registry, Tags, make_link
from utmforge.files.spreadsheet_cells import harmless_cell, restored_cell
from utmforge.model import Event, TaggedLink
from utmforge.registry.interchange.import_export import (
    FileFormat,
    exported,
    format_of,
    read_export,
    take_in,
)
from utmforge.registry.interchange.spreadsheet import read_sheet
from utmforge.urls.link_ids import link_id

NOON = datetime(2026, 3, 20, 12, tzinfo=UTC)
FORMATS = list(FileFormat)


def everything(place: str | Path) -> tuple[list[TaggedLink], list[Event]]:
    """Return all links and events."""
    with Registry.open(place) as registry:
        return list(registry.links()), sorted(registry.events.all())


def fill(place: str | Path) -> None:
    """Issue and retire links with every kind of text that a spreadsheet might calculate."""
    nasty = ["=1+1", "+336", "-spring", "@x", "'quoted", "''", "a,b", 'say "hi"', "é", "[x]", "ｆ"]
    links = [
        make_link("https://x.example/", Tags("s", "m", "c", content=text), channel=text)
        for text in nasty
    ]
    with Registry.open(place) as registry:
        registry.add(links, now=NOON)
        registry.retire([links[0].id], "=cmd|' /C calc'!A0", successor=links[1].id)
        registry.retire([links[2].id], 'two\nlines, "quoted"')
        registry.undo()


@pytest.mark.parametrize("kind", FORMATS)
def test_what_is_exported_comes_back_whole(place: str, run: Run, kind: str) -> None:
    """From a file or a server into a new one: the same links, days, histories."""
    fill(place)
    name = f"links.{kind}"
    out = run("registry", "export", name, "--registry", place)
    assert (out.exit_code, out.stderr) == (0, f"exported 11 links to {name}\n")
    back = run("registry", "import", name, "--registry", "new.db", "-F", "json")
    again = run("registry", "import", name, "--registry", "new.db")

    assert json.loads(back.stdout)["data"] == {"imported": 11, "known": 0, "events": 3}
    assert again.stdout == "imported  0\nknown     11\nevents    0\n"
    assert everything("new.db") == everything(place)
    assert run("registry", "export", name, "--registry", place).exit_code == 53
    assert run("registry", "export", name, "--force", "--registry", "new.db").exit_code == 0


def test_no_cell_of_a_csv_is_calculated(run: Run) -> None:
    """Whatever was put into a tag, a channel or a reason."""
    fill("links.db")
    text = run("registry", "export", "-", "--registry", "links.db").stdout
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]

    assert not [cell for cell in cells if cell[:1] in set("=+-@\t\r＝＋－＠")]
    assert "'=1+1" in cells


@given(st.text())
def test_a_harmless_cell_is_restored(text: str) -> None:
    """Whatever it held."""
    cell = harmless_cell(text)

    assert restored_cell(cell) == text
    assert cell[:1] not in set("=+-@\t\r\n")


values = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp")), min_size=1, max_size=20
).filter(str.strip)


@given(
    st.lists(st.tuples(values, values, st.none() | values), max_size=4), st.sampled_from(FORMATS)
)
def test_any_registry_comes_back_whole(
    rows: list[tuple[str, str, str | None]], kind: FileFormat
) -> None:
    """Whatever its tags, channels and reasons hold."""
    links = [
        make_link("https://x.example/", Tags(source, "m", "c", content=content), channel=channel)
        for source, channel, content in rows
    ]
    with Registry.open("none", create=False) as one, Registry.open("none", create=False) as other:
        one.add(links, now=NOON)
        for (_, reason, _), link in zip(rows[:2], links, strict=False):
            one.retire([link.id], reason, now=NOON)
        text = "".join(exported(one, kind))
        content = read_export(text, kind, "x")
        assert content is not None
        take_in(other, content, about="x")
        assert list(other.links()) == list(one.links())
        assert sorted(other.events.all()) == sorted(one.events.all())


def test_the_formats_are_what_they_are_called(run: Run) -> None:
    """TOML is TOML; a format that cannot be told is asked for."""
    fill("links.db")
    toml = run("registry", "export", "-", "--as", "toml", "--registry", "links.db").stdout

    assert len(tomllib.loads(toml)["links"]) == 11
    assert run("registry", "export", "links", "--registry", "links.db").exit_code == 2
    assert run("registry", "export", "-", "--as", "xls", "--registry", "links.db").stderr == (
        'error: no format is called "xls"\nhint: use csv, jsonl or toml\n'
    )
    assert format_of(Path("-"), '{"id"') is FileFormat.JSONL
    assert format_of(Path("-"), "[[links]]") is FileFormat.TOML
    assert format_of(Path("x.csv"), "{") is FileFormat.CSV


BROKEN = [
    ("x.jsonl", "{", "error: x.jsonl:1: the line is not JSON\n"),
    ("x.jsonl", '{"id": 1}', "error: x.jsonl:1: it is not a link as utmforge writes it\n"),
    (
        "x.jsonl",
        '{"action": "eaten"}',
        "error: x.jsonl:1: it is not an event as utmforge writes it",
    ),
    (
        "x.jsonl",
        '{"id": "abcdefgh2345", "change": "abcdefgh", "at": "2026-01-01T00:00:00Z", '
        '"action": "retired"}',
        'error: x.jsonl: an event of link "abcdefgh2345", which is not there\n',
    ),
    ("x.toml", "[[links", 'error: "x.toml" is not TOML: '),
    ("x.toml", "[links]\nid = 1", "error: x.toml: links[1]: it is not a link"),
    (
        "x.csv",
        "id,url,landing_page,issued_at\n1,2,3,4,5\n",
        "error: x.csv:2: the row has more cells",
    ),
    (
        "x.csv",
        "id,url,landing_page,issued_at,history\n1,2,3,4,{\n",
        "error: x.csv:2: the history is",
    ),
    ("gone.csv", None, 'error: cannot read "gone.csv": no such file or directory\n'),
]


@pytest.mark.parametrize(("name", "text", "message"), BROKEN, ids=range(len(BROKEN)))
def test_what_does_not_fit_changes_nothing(
    run: Run, work: Path, name: str, text: str | None, message: str
) -> None:
    """Each is told with its place."""
    if text is not None:
        (work / name).write_text(text)
    result = run("registry", "import", name, "--registry", "links.db")

    assert result.exit_code in {25, 53}
    assert result.stderr.startswith(message)
    assert run("list", "--registry", "links.db").stdout == ""


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
        "note: 2 addresses are kept as utmforge writes them: each tag once, in its own order, "
        "before the fragment\n"
        "imported 2 links from old.csv; 0 were there\n"
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
    sheet = read_sheet(text, "x.csv", mapping=mapping, now=NOON)
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
    """Columns are found; rows that are no links are told, the others read."""
    assert [each.partition(", not ")[0] for each in read(text, **mapping)] == links


REFUSED: list[tuple[str, tuple[str, ...], str]] = [
    ("a,b\n1,2\n", (), "no column holds addresses"),
    (
        "page,source\nhttps://x.example/,s\n",
        (),
        "no column holds tagged addresses, and none medium",
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
    """When that is asked for; each is told."""
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
        'note: columns: url from "url"\nimported 1 links from standard input; 0 were there\n',
    )


def test_what_list_writes_can_be_imported(run: Run, work: Path) -> None:
    """`list --format csv` is an export too, but for the history."""
    fill("links.db")
    run("undo", "--registry", "links.db")
    (work / "x.csv").write_text(run("list", "-F", "csv", "--registry", "links.db").stdout)
    assert run("registry", "import", "x.csv", "--registry", "new.db").exit_code == 0
    assert len(everything("new.db")[0]) == 11


def test_an_import_that_was_undone_can_be_done_again(run: Run, work: Path) -> None:
    """As somebody does who mends the file and tries once more."""
    (work / "x.csv").write_text(f"url\n{TAGGED}\n")
    words = ("registry", "import", "x.csv", "--registry", "links.db")
    run(*words)
    run("undo", "--registry", "links.db")
    assert run(*words).stdout.startswith("imported  1\n")
    assert run("list", "--state", "issued", "--registry", "links.db").stdout == f"{TAGGED}\n"


def test_an_export_saved_again_by_a_spreadsheet_keeps_its_history(run: Run, work: Path) -> None:
    """With semicolons and a byte order mark; it takes no --map, and no state without a history."""
    fill("links.db")
    text = run("registry", "export", "-", "--registry", "links.db").stdout
    rows = list(csv.reader(io.StringIO(text)))
    with (work / "again.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    assert run("registry", "import", "again.csv", "--registry", "new.db").exit_code == 0
    assert everything("new.db") == everything("links.db")
    mapped = run("registry", "import", "again.csv", "--map", "url=url", "--registry", "new.db")
    assert mapped.exit_code == 2
    (work / "list.csv").write_text(run("list", "-F", "csv", "--registry", "links.db").stdout)
    listed = run("registry", "import", "list.csv", "--registry", "other.db")
    assert "the link was retired, and its history is not in this file" in listed.stderr


def test_nothing_is_written_over_the_registry(run: Run, work: Path) -> None:
    """Not even with --force."""
    fill("links.db")
    before = (work / "links.db").read_bytes()
    for words in (("export", "links.db", "--as", "csv"), ("backup", "links.db")):
        result = run("registry", *words, "--force", "--registry", "links.db")
        assert (result.exit_code, result.stderr.splitlines()[0]) == (
            53,
            'error: "links.db" is the registry itself',
        )
    assert (work / "links.db").read_bytes() == before


@pytest.mark.parametrize(
    "change",
    [
        ('"issued_at": "2026', '"issued_at": "at 2026'),
        ('"channel": "', '"channel": "\\ud800'),
        ('"channel": "', '"channel": "\\r'),
        ('"successor": "', '"successor": "rm -rf '),
        ('"cancels": "', '"cancels": "; '),
    ],
)
def test_records_are_believed_only_as_utmforge_writes_them(
    run: Run, work: Path, change: tuple[str, str]
) -> None:
    """Times, ids and texts; nothing of a file that is otherwise is taken."""
    fill("links.db")
    text = run("registry", "export", "-", "--as", "jsonl", "--registry", "links.db").stdout
    (work / "x.jsonl").write_text(text.replace(*change))
    assert run("registry", "import", "x.jsonl", "--registry", "new.db").exit_code == 25


def test_retirements_travel_by_sync(run: Run, work: Path) -> None:
    """Two people who retired and undid on two machines agree in the end, whoever syncs first."""

    def sync(name: str) -> Result:
        return run("registry", "sync", "links.jsonl", "--registry", name)

    links = [make_link(f"https://x.example/{n}", Tags("s", "m", "c")) for n in range(3)]
    for name in ("ann.db", "ben.db"):
        with Registry.open(name) as registry:
            registry.add(links, now=NOON)
    with Registry.open("ann.db") as ann, Registry.open("ben.db") as ben:
        ann.retire([links[0].id], "a")
        ben.retire([links[0].id], "b")
        ben.undo()
        ben.retire([links[1].id], "b", successor=links[2].id)
    sync("ann.db")
    came = sync("ben.db")
    sync("ann.db")
    text = (work / "links.jsonl").read_text()
    assert sync("ben.db").exit_code == 0

    assert came.stderr == (
        "0 links came in, 0 went out, 3 together\n"
        "note: of their history 1 entries came in, 3 went out\n"
    )
    assert (work / "links.jsonl").read_text() == text
    assert len(text.splitlines()) == 7
    assert everything("ann.db") == everything("ben.db")
    with Registry.open("ann.db") as ann:
        assert [link.state for link in ann.links()] == ["retired", "retired", "issued"]


def test_an_event_of_a_link_that_is_nowhere_is_refused(run: Run, work: Path) -> None:
    """Somebody took a line out of the file."""
    (work / "links.jsonl").write_text(
        '{"id": "abcdefgh2345", "change": "abcdefgh", "at": "2026-01-01T00:00:00Z", '
        '"action": "retired", "reason": "x"}\n'
    )
    result = run("registry", "sync", "links.jsonl", "--registry", "links.db")

    assert result.exit_code == 25
    assert 'an event of link "abcdefgh2345", which is not there' in result.stderr


@pytest.mark.parametrize("kind", FORMATS)
def test_links_that_0_2_wrote_with_an_empty_parameter_keep_their_ids(run: Run, kind: str) -> None:
    """Up to 0.2.0 `/p?` gave `/p?&utm_…`: such links are found, exported, imported and synced."""
    url = "https://x.example/p?&utm_source=a&utm_medium=b&utm_campaign=c#top"
    old = TaggedLink(link_id(url), url, "https://x.example/p?#top", None, Tags("a", "b", "c"))
    with Registry.open("old.db") as registry:
        registry.add([old], now=NOON)
    name = f"links.{kind}"

    assert run("registry", "export", name, "--registry", "old.db").exit_code == 0
    assert run("registry", "import", name, "--registry", "new.db").exit_code == 0
    assert run("registry", "sync", "both.jsonl", "--registry", "old.db").exit_code == 0
    assert run("registry", "sync", "both.jsonl", "--registry", "newer.db").exit_code == 0
    assert everything("new.db") == everything("newer.db") == everything("old.db")
    assert run("registry", "check", "--registry", "new.db").exit_code == 0
    assert run("show", url, "--registry", "new.db").stdout == f"{url}\n"
    explained = json.loads(run("explain", url, "--registry", "new.db", "-F", "json").stdout)
    assert explained["data"]["issued"]["id"] == old.id


@pytest.mark.parametrize(
    "page", ["https://x.example/p", "https://x.example/p?b=1", "https://x.example/q?"]
)
def test_an_empty_parameter_on_another_page_is_not_believed(run: Run, page: str) -> None:
    """Only the page whose address ends in a bare question mark had such a link."""
    url = "https://x.example/p?&utm_source=a&utm_medium=b&utm_campaign=c"
    link = TaggedLink(link_id(url), url, page, None, Tags("a", "b", "c"))
    with Registry.open("old.db") as registry:
        registry.add([link], now=NOON)
    run("registry", "export", "links.csv", "--registry", "old.db")
    result = run("registry", "import", "links.csv", "--registry", "new.db")

    assert result.exit_code == 25
    assert f'id, address and tags of link "{link.id}" do not fit together' in result.stderr
