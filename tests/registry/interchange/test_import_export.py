"""`utmforge registry export` and `import`: nothing lost, nothing calculated."""

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import Result, Run
from tests.registry.sample_links import NOON, fill
from utmforge import Registry, Tags, make_link
from utmforge.files.spreadsheet_cells import escape_formula, restore_formula
from utmforge.model import Event, TaggedLink
from utmforge.registry.interchange.import_export import (
    FileFormat,
    exported,
    import_content,
    read_export,
)
from utmforge.urls.link_ids import link_id

FORMATS = list(FileFormat)


def everything(place: str | Path) -> tuple[list[TaggedLink], list[Event]]:
    """Return all links and events."""
    with Registry.open(place) as registry:
        return list(registry.links()), sorted(registry.events.all())


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


@given(st.text())
def test_a_harmless_cell_is_restored(text: str) -> None:
    """Whatever it held."""
    cell = escape_formula(text)

    assert restore_formula(cell) == text
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
        import_content(other, content, about="x")
        assert list(other.links()) == list(one.links())
        assert sorted(other.events.all()) == sorted(one.events.all())


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
        'error: x.jsonl: an event of link "abcdefgh2345", which is missing\n',
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
    """Each is reported with its place."""
    if text is not None:
        (work / name).write_text(text)
    result = run("registry", "import", name, "--registry", "links.db")

    assert result.exit_code == (2 if text is None else 53 if "not TOML" in message else 25)
    assert result.stderr.startswith(message)
    assert run("list", "--registry", "links.db").stdout == ""


def test_what_list_writes_can_be_imported(run: Run, work: Path) -> None:
    """`list --format csv` is an export too, but for the history."""
    fill("links.db")
    run("undo", "--registry", "links.db")
    (work / "x.csv").write_text(run("list", "-F", "csv", "--registry", "links.db").stdout)
    assert run("registry", "import", "x.csv", "--registry", "new.db").exit_code == 0
    assert len(everything("new.db")[0]) == 11


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
        "added 0 links to the registry, 0 links to the file; both have 3 links\n"
        "note: added 1 history entry to the registry, 3 history entries to the file\n"
    )
    assert (work / "links.jsonl").read_text() == text
    assert len(text.splitlines()) == 7
    assert everything("ann.db") == everything("ben.db")
    with Registry.open("ann.db") as ann:
        assert [link.state for link in ann.links()] == ["retired", "retired", "issued"]


def test_an_event_of_a_link_that_is_nowhere_is_refused(run: Run, work: Path) -> None:
    """Someone took a line out of the file."""
    (work / "links.jsonl").write_text(
        '{"id": "abcdefgh2345", "change": "abcdefgh", "at": "2026-01-01T00:00:00Z", '
        '"action": "retired", "reason": "x"}\n'
    )
    result = run("registry", "sync", "links.jsonl", "--registry", "links.db")

    assert result.exit_code == 25
    assert 'an event of link "abcdefgh2345", which is missing' in result.stderr


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
    assert f'id, address and tags of link "{link.id}" do not match' in result.stderr
