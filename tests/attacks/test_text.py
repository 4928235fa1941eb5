"""One rule of text and time at every door; what is kept already comes out and goes in again."""

from __future__ import annotations

import csv
import json
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from tests.attacks.fuzzing import EVENT, LINK, RECORDS, assert_answered
from tests.conftest import command
from utmforge.errors import NotText, UnknownLink
from utmforge.issuing.library import issue
from utmforge.issuing.make import make_link
from utmforge.model import Event, TaggedLink, Tags
from utmforge.registry import Registry
from utmforge.registry.interchange.records import record_of_event, record_of_link
from utmforge.registry.rows import event_row, to_row
from utmforge.texts import (
    MAX_ABOUT,
    MAX_CHANNEL,
    MAX_REASON,
    fitted,
    fitted_moment,
    is_moment,
    refuse_unfit,
    unfit_character,
)

if TYPE_CHECKING:
    from tests.conftest import Run

OF_C0 = tuple(map(chr, range(1, 0x20)))
BIDI = tuple("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
HOSTILE = ("\x00", *OF_C0, "\x7f", *map(chr, range(0x80, 0xA0)), "\u2028", "\u2029", *BIDI)
SOME = ("\x1b", "\x07", "\x7f", "\x9b", "\x85", "\u2028", "\u202e", "\u200f")
NO_TIMES = (
    *(
        "2026-99-99T00:00:00Z",
        "2026-02-30T00:00:00Z",
        "2026-00-01T00:00:00Z",
        "2026-01-00T00:00:00Z",
    ),
    *("0000-01-01T00:00:00Z", "0999-01-01T00:00:00Z", "1989-12-31T23:59:59Z", "2026-1-1T00:00:00Z"),
    *(
        "٢٠٢٦-01-01T00:00:00Z",
        "2026-01-01T24:00:00Z",
        "2026-01-01T00:60:00Z",
        "2026-01-01T00:00:61Z",
    ),
    *("2026-01-01 00:00:00Z", "2026-01-01T00:00:00+00:00", "2026-01-01", "2026-01-01T00:00:00Z\n"),
)

AT = "2026-03-20T09:30:00Z"


def records(**change: str | None) -> list[dict[str, str | None]]:
    """A link and its retirement as records, some fields changed in whichever has them."""
    return [{key: change.get(key, value) for key, value in record.items()} for record in RECORDS]


def write_export(kind: str, **change: str | None) -> str:
    """Write a link and its retirement as an export; return the file's name."""
    link, event = records(**change)
    name = f"x.{kind}"
    if kind == "csv":
        with Path(name).open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow([*link, "history"])
            writer.writerow([*(value or "" for value in link.values()), json.dumps([event])])
    elif kind == "toml":
        tables = [{key: value for key, value in each.items() if value} for each in (link, event)]
        text = tomli_w.dumps({"links": [tables[0]], "events": [tables[1]]})
        Path(name).write_text(text, encoding="utf-8")
    else:
        Path(name).write_text(f"{json.dumps(link)}\n{json.dumps(event)}\n")
    return name


def count(place: str) -> tuple[int, int]:
    """How many links and events a registry holds."""
    with Registry.open(place, create=False) as registry:
        return len(list(registry.links())), len(list(registry.events.all()))


@given(st.text(), st.integers(2, 50))
def test_what_is_made_to_fit_is_taken(text: str, limit: int) -> None:
    """And stays as it is the second time."""
    made = fitted(text, limit)

    refuse_unfit("it", made, limit)
    assert fitted(made, limit) == made
    if len(text) <= limit and unfit_character(text) is None:
        assert made == text


@pytest.mark.parametrize("character", [*HOSTILE, "\ud800"], ids=ascii)
def test_each_character_that_is_refused(character: str) -> None:
    """Wherever it stands."""
    for text in (character, f"a{character}", f"{character}a", f"\u00a0{character}"):
        assert unfit_character(text) == character
        with pytest.raises(NotText):
            refuse_unfit("it", text, 100)


@pytest.mark.parametrize(
    "text",
    ["Flugblatt, 2. Auflage", "例え", "שלום", "سلام", "👩\u200d💻", "می\u200cشود", "a\u00a0b", "é"],
)
def test_texts_of_every_script_are_taken(text: str) -> None:
    """Joiners belong to words and emoji."""
    refuse_unfit("it", text, 100)


@pytest.mark.parametrize("text", NO_TIMES)
def test_times_that_no_calendar_has(text: str) -> None:
    """Each is replaced by one that it has."""
    assert not is_moment(text)
    assert is_moment(fitted_moment(text))


@pytest.mark.parametrize(
    "text", [AT, "2024-02-29T23:59:59Z", "1990-01-01T00:00:00Z", "9999-12-31T00:00:00Z"]
)
def test_times_that_are_some(text: str) -> None:
    """They stay."""
    assert fitted_moment(text) == text


@pytest.mark.parametrize("character", SOME, ids=ascii)
def test_a_reason_is_refused_or_normalised(run: Run, character: str) -> None:
    """What is white space becomes a blank; anything else is refused, and nothing is retired."""
    run("new", "https://shop.example/a", "-c", "spring", "-C", "sms")
    with Registry.open(run("registry", "path").stdout.strip()) as registry:
        [link] = registry.links()
    result = run("retire", link.id, "-r", f"bad{character}word")

    history = run("registry", "export", "-", "--as", "jsonl").stdout
    if character.isspace():
        assert result.exit_code == 0
        assert "bad word" in history
    else:
        assert result.exit_code == 2
        assert "error: the reason has an invisible character (U+" in result.stderr
        assert "bad" not in history
    assert character not in history + result.stderr
    assert run("registry", "sync", "links.jsonl").exit_code == 0
    assert run("registry", "sync", "links.jsonl").exit_code == 0


def test_a_long_reason_is_refused(run: Run) -> None:
    """One of 1,000 characters is taken, and travels."""
    run("new", "https://shop.example/a", "-c", "spring", "-C", "sms", "--registry", "r.db")
    with Registry.open("r.db") as registry:
        [link] = registry.links()
    long = run("retire", link.id, "-r", "x" * (MAX_REASON + 1), "--registry", "r.db")

    assert (long.exit_code, long.stderr) == (
        2,
        "error: the reason has 1,001 characters, and 1,000 are allowed\nhint: shorten it\n",
    )
    assert run("retire", link.id, "-r", "x" * MAX_REASON, "--registry", "r.db").exit_code == 0
    assert run("registry", "sync", "links.jsonl", "--registry", "r.db").exit_code == 0
    assert run("registry", "sync", "links.jsonl", "--registry", "other.db").exit_code == 0
    assert count("other.db") == (1, 1)


@pytest.mark.parametrize("door", ["sync", "jsonl", "toml", "csv"])
@pytest.mark.parametrize(
    "change",
    [
        *({"channel": f"a{character}b"} for character in ("\x1b", "\x85", "\u202e", "\x7f")),
        *({"reason": f"a{character}b"} for character in ("\x1b", "\x9b", "\u2028", "\u2066")),
        {"channel": "x" * (MAX_CHANNEL + 1)},
        {"channel": "x" * 1_000_000},
        {"reason": "x" * (MAX_REASON + 1)},
        *({"issued_at": time, "at": AT} for time in NO_TIMES if "\n" not in time),
        *({"at": time} for time in NO_TIMES[:6]),
    ],
    ids=lambda change: ascii(change)[:60],
)
def test_records_with_such_texts_change_nothing(
    run: Run, door: str, change: dict[str, str | None]
) -> None:
    """Each is told with its place; neither side is changed."""
    name = write_export("jsonl" if door == "sync" else door, **change)
    before = Path(name).read_bytes()
    result = run("registry", "sync" if door == "sync" else "import", name, "--registry", "r.db")

    assert result.exit_code in {25, 53}, result.stderr
    assert_answered(result)
    assert result.stderr.startswith((f"error: {name}:", f'error: "{name}" is not TOML'))
    assert len(result.stderr) < 1_000
    assert Path(name).read_bytes() == before
    assert count("r.db") == (0, 0)


@pytest.mark.parametrize("kind", ["jsonl", "toml", "csv"])
def test_the_same_records_unchanged_are_taken(run: Run, kind: str) -> None:
    """So that it is the change that was refused."""
    result = run("registry", "import", write_export(kind), "--registry", "r.db")

    assert result.exit_code == 0, result.stderr
    assert count("r.db") == (1, 1)


@pytest.mark.parametrize(
    ("channel", "day"),
    [
        *((f'"a{character}b"', "2026-03-20") for character in ("\n", "\r\n", *SOME)),
        ("x" * 101, "2026-03-20"),
        ("email", "2026-99-99"),
        ("email", "0000-01-01"),
        ("email", "٢٠٢٦-٠٣-٢٠"),
        ("email", "20/٠٣/2026"),
        ("email", "٢٠٢٦-03-20"),
        ("email", "٢٠/03/2026"),
        ("email", "9999-12-31T23:59:59-12:00"),
        ("email", "2026-02-30"),
        ("email", "0001-01-01T00:00:00+12:00"),
        ("email", "1989-12-31"),
    ],
    ids=ascii,
)
def test_rows_of_a_spreadsheet(run: Run, channel: str, day: str) -> None:
    """A cell may have a line end, a channel has none."""
    text = f"url,channel,issued_at\n{LINK.url},{channel},{day}\n"
    Path("x.csv").write_text(text, encoding="utf-8", newline="")
    result = run("registry", "import", "x.csv", "--registry", "r.db")

    assert result.exit_code == 25, result.stderr
    assert "error: x.csv:2: " in result.stderr
    assert_answered(result)
    assert count("r.db") == (0, 0)


@pytest.mark.parametrize(
    "written", ["%Y%Y", "%c", "%", "(", "%Z", "%Y(", "", "\x1b", "%s", "%-d", "[%Y", "x" * 5_000]
)
def test_formats_of_dates_that_are_none(run: Run, written: str) -> None:
    """No format makes the command fail otherwise than on a cell."""
    Path("x.csv").write_text(f"url,issued_at\n{LINK.url},20 3 2026\n")
    result = run("registry", "import", "x.csv", "--date-format", written, "--registry", "r.db")

    assert result.exit_code == 25, result.stderr
    assert_answered(result)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('[channels."a\\u001bb"]\nsource = "a"\nmedium = "b"', "1"),
        ('[channels.{long}]\nsource = "a"\nmedium = "b"', "1"),
        ('[channels.a]\nextends = "a\\u202eb"', "2"),
        (
            '[campaigns.b]\nlanding_page = "https://x.example"\nchannels = ["sms"]\n'
            'message = "\\u009b"',
            "4",
        ),
        ('[campaigns.b]\nlanding_page = "https://x.example"\nchannels = ["a\\u0007"]', "3"),
        ('[campaigns."b\\nc"]\nlanding_page = "https://x.example"\nchannels = ["sms"]', "1"),
        ('[lint.ignore]\nUTM101 = "a\\u001bb"', "2"),
        ('[workspace]\nown_domains = ["a\\u202eb.example"]', "2"),
        ('[workspace]\nregistry = "a\\u001bb"', "2"),
        ('[goals.a]\npath = "/\\u001b"', "2"),
    ],
)
def test_texts_of_a_campaign_file(run: Run, text: str, place: str) -> None:
    """Each is told with its line."""
    Path("campaigns.toml").write_text(text.replace("{long}", "x" * 101) + "\n")
    result = run("build", "--registry", "r.db")

    assert result.exit_code == 23, result.stderr
    assert f"campaigns.toml:{place}: " in result.stderr
    assert_answered(result)


def test_a_message_has_several_lines(run: Run) -> None:
    """Nothing else of a campaign has."""
    Path("campaigns.toml").write_text(
        '[campaigns.b]\nlanding_page = "https://x.example"\nchannels = ["sms"]\n'
        'message = """One\n\ttwo\r\nthree"""\n'
    )
    assert run("build", "--dry-run").exit_code == 0


@pytest.mark.parametrize("character", [*SOME, "\n", "\ud800", "\x00"], ids=ascii)
def test_the_library_refuses_the_same(place: str, character: str) -> None:
    """In a file and on a server; nothing is saved."""
    text = f"a{character}b"
    hand_made = LINK._replace(url=f"{LINK.url}{character}")
    with Registry.open(place) as registry:
        for links in ([LINK._replace(channel=text)], [hand_made], [LINK, hand_made]):
            with pytest.raises(NotText):
                issue(links, registry)
            with pytest.raises(NotText):
                registry.add(links)
            with pytest.raises(NotText):
                registry.restore([link._replace(issued_at=AT) for link in links])
        issue([LINK], registry, about=text)
        if not character.isspace():
            with pytest.raises(NotText):
                registry.retire([LINK.id], text)
        with pytest.raises(NotText):
            registry.restore([], [EVENT._replace(reason=text)])
        for change in (
            {"at": "2026-99-99T00:00:00Z"},
            {"link_id": text},
            {"change_id": text},
            {"successor": text},
            {"cancels": ("22223333", text)},
            {"action": "eaten"},
        ):
            with pytest.raises(NotText):
                registry.restore([], [EVENT._replace(**change)])
        with pytest.raises(NotText):
            registry.add([LINK], change_id=text)
        for name in (text, f"https://shop.example/{character}?a=1"):
            with pytest.raises((UnknownLink, NotText)):
                registry.get(name)
        assert len(list(registry.links())) == 1
        assert list(registry.events.all()) == []
        assert unfit_character(registry.changes()[0].about) is None


def test_what_a_change_is_for_is_shortened(place: str) -> None:
    """Such as a long name of a file."""
    with Registry.open(place) as registry:
        issue([LINK], registry, about="x" * 5_000)
        assert len(registry.changes()[0].about) == MAX_ABOUT


OLD = make_link("https://shop.example/old", Tags("news", "email", "spring"))
OLD_ROWS = [
    to_row(LINK._replace(channel="a\nb\x1b[31m\u202e"), AT, None),
    to_row(OLD._replace(channel="x" * 100_000), "2026-99-99T00:00:00Z", None),
]
OLD_EVENTS = [
    event_row(EVENT._replace(reason="bad\x1bword\x85")),
    event_row(Event(OLD.id, "retired", "0000-01-01T00:00:00Z", "33334444", "y" * 100_000)),
]


def fill_as_before(place: str) -> None:
    """Make a registry with what up to 0.2.0 came in."""
    with Registry.open(place) as registry:
        registry.database.write(lambda: registry.database.insert("links", OLD_ROWS))
        registry.database.write(lambda: registry.database.insert("history", OLD_EVENTS))


def everything(place: str) -> tuple[list[TaggedLink], list[Event]]:
    """What a registry holds."""
    with Registry.open(place) as registry:
        return sorted(registry.links()), sorted(registry.events.all())


def test_what_is_kept_already_is_synced(run: Run, place: str) -> None:
    """It comes out escaped; another member takes it; syncing again changes nothing."""
    fill_as_before(place)
    first = run("registry", "sync", "links.jsonl", "--registry", place)
    text = Path("links.jsonl").read_text()
    other = run("registry", "sync", "links.jsonl", "--registry", "other.db")
    again = run("registry", "sync", "links.jsonl", "--registry", place)

    assert [first.exit_code, other.exit_code, again.exit_code] == [0, 0, 0], first.stderr
    assert Path("links.jsonl").read_text() == text
    assert count("other.db") == count(place) == (2, 2)
    by_id = {link.id: link for link in everything("other.db")[0]}
    assert by_id[LINK.id].channel == "a\\nb\\x1b[31m\\u202e"
    assert by_id[OLD.id].issued_at == "1990-01-01T00:00:00Z"
    assert by_id[OLD.id].channel == "x" * (MAX_CHANNEL - 1) + "…"


def test_the_file_that_0_2_0_wrote_of_it_is_read(run: Run, place: str) -> None:
    """By who has the same; another member is told the line, until it is written anew."""
    fill_as_before(place)
    links, events = everything(place)
    lines = [json.dumps(record_of_link(link)) for link in links]
    lines += [json.dumps(record_of_event(event)) for event in events]
    Path("links.jsonl").write_text("\n".join(sorted(lines)) + "\n")
    words = ("registry", "sync", "links.jsonl", "--registry")
    early = run(*words, "other.db")
    owner = run(*words, place)
    late = run(*words, "other.db")

    assert early.exit_code == 25
    assert (owner.exit_code, late.exit_code) == (0, 0), owner.stderr + late.stderr
    assert owner.stderr.startswith(
        "added 0 links to the registry, 0 links to the file; both have 2 links\n"
    )
    assert "\\u" not in Path("links.jsonl").read_text().replace("\\u2026", "").replace("\\\\u", "")
    assert count("other.db") == (2, 2)


@pytest.mark.parametrize("kind", ["jsonl", "toml", "csv"])
def test_what_is_kept_already_is_exported_and_imported(run: Run, place: str, kind: str) -> None:
    """Also into the registry that it comes from."""
    fill_as_before(place)
    name = f"x.{kind}"
    assert run("registry", "export", name, "--registry", place).exit_code == 0
    into = run("registry", "import", name, "--registry", "other.db")
    back = run("registry", "import", name, "--registry", place)

    assert (into.exit_code, back.exit_code) == (0, 0), into.stderr + back.stderr
    assert count("other.db") == (2, 2)
    links, events = everything("other.db")
    assert {link.id for link in links} == {LINK.id, OLD.id}
    assert "bad\\x1bword\\x85" in {event.reason for event in events}
    for words in (("list",), ("history",), ("show", LINK.id), ("lint", "--issued")):
        assert_answered(run(*words, "--registry", place))


def test_a_file_whose_name_is_hostile(run: Run) -> None:
    """It is imported, and the history of changes shows its name escaped."""
    name = "a\x1b[31m\u202eb.csv"
    Path(name).write_text(f"url\n{LINK.url}\n")
    result = run("registry", "import", name, "--registry", "r.db")

    assert result.exit_code == 0, result.stderr
    assert_answered(result)
    listed = run("history", "--format", "json", "--registry", "r.db")
    assert json.loads(listed.stdout)["data"][0]["about"] == "a\\x1b[31m\\u202eb.csv"


@pytest.mark.parametrize(
    "words",
    [
        ("registry", "path"),
        ("registry", "status"),
        ("registry", "status", "--format", "csv"),
        ("registry", "status", "--format", "json"),
        ("registry", "check"),
        ("list",),
        ("doctor",),
    ],
    ids=" ".join,
)
def test_the_name_of_a_folder_is_shown_on_a_terminal(words: tuple[str, ...]) -> None:
    """Its control characters are escaped; in a pipe the path is as it is."""
    pexpect = pytest.importorskip("pexpect", reason="pexpect drives terminals of POSIX systems")
    folder = Path("a\x1b]0;x\x07\u202eb").absolute()
    folder.mkdir()
    (folder / "campaigns.toml").write_text('[workspace]\nregistry = "links.db"\n')
    (folder / "below").mkdir()
    program, *words_before = command(*words)
    child = pexpect.spawn(program, words_before, cwd=folder / "below", encoding="utf-8", timeout=60)
    child.expect(pexpect.EOF)
    child.close()

    assert "\x1b]" not in child.before
    assert "\u202e" not in child.before
    piped = subprocess.run(
        command("registry", "path"), cwd=folder / "below", capture_output=True, check=True
    )
    assert piped.stdout.decode() == f"{folder}/links.db\n"


@pytest.mark.parametrize("text", ["a%_!" * 20_000, "é" * 30_000, "x" * 60_000])
def test_a_search_that_is_too_long_is_refused_as_that(run: Run, text: str) -> None:
    """SQLite refuses long patterns, which is not the registry's fault."""
    assert run("new", "https://shop.example/", "-c", "spring", "-C", "sms").exit_code == 0

    result = run("list", text)

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"error: the search text has {len(text):,} characters, and")
    assert run("list", text[:8_000]).exit_code == 0
