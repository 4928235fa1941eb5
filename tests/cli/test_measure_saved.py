"""`utmforge measure --save`, `--compare` and `--saved`: this month beside the last one."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.measure.log_lines import hit
from utmforge.measure.saved import SavedMeasurements
from utmforge.registry.location import data_folder, measurements_folder
from utmforge.registry.server_address import ServerAddress

if TYPE_CHECKING:
    from tests.conftest import Run

MARCH, APRIL = datetime(2026, 3, 2, 10, tzinfo=UTC), datetime(2026, 4, 2, 10, tzinfo=UTC)
CAMPAIGNS = """\
[workspace]
registry = "links.db"
own_domains = ["shop.example"]
currency = "EUR"

[goals.order]
path = "/thanks"
value = 20.00

[campaigns.spring]
landing_page = "https://shop.example/"
channels = ["email", "sms", "whatsapp", "qr"]
"""


def month(start: datetime, **visits: tuple[int, int]) -> str:
    """Write the log of a month: for each channel its visitors and how many of them convert."""
    name = f"{start:%B}.log".lower()
    tags = json.loads(Path("queries.json").read_text())
    lines = [hit("/", start=start), hit("/", start=start.replace(day=28), who=9999)]
    who = 0
    for channel, (visitors, converted) in visits.items():
        for number in range(visitors):
            who += 1
            lines.append(hit(f"/?{tags[channel]}", who=who, start=start, after=number * 9))
            if number < converted:
                lines.append(hit("/thanks", who=who, start=start, after=number * 9 + 30))
    Path(name).write_text("".join(lines))
    return name


@pytest.fixture
def issued(run: Run) -> Run:
    """A command with the links of a campaign issued."""
    Path("campaigns.toml").write_text(CAMPAIGNS)
    links = json.loads(run("build", "--format", "json").stdout)["data"]
    queries = {link["channel"]: link["url"].partition("?")[2] for link in links}
    Path("queries.json").write_text(json.dumps(queries))
    return run


@pytest.fixture
def march(issued: Run) -> Run:
    """A command with March measured and saved."""
    log = month(MARCH, email=(200, 40), whatsapp=(60, 12), sms=(30, 0), qr=(15, 1))
    result = issued("measure", log, "--save", "march")
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (0, "saved as march")
    return issued


def data(run: Run, *words: str) -> dict[str, Any]:
    """Return the data of the JSON answer."""
    result = run("measure", *words, "--format", "json")
    assert result.exit_code == 0, result.stdout + result.stderr
    found: dict[str, Any] = json.loads(result.stdout)["data"]
    return found


def test_next_month_beside_the_last_one(march: Run) -> None:
    """Each channel with its change, the range of that, and whether it is more than chance."""
    log = month(APRIL, email=(320, 100), whatsapp=(66, 12), sms=(3, 0), qr=(14, 1))
    result = march("measure", log, "--compare", "march", "--quiet")

    assert (result.exit_code, result.stderr) == (0, "")
    begin = result.stdout.index("beside")
    assert result.stdout[begin:].split("\n\n")[0] == COMPARED
    assert max(map(len, result.stdout.splitlines())) <= 80
    assert "Of 20 names without any change, one is expected" in result.stdout


COMPARED = """\
beside "march": 2026-03-02 to 2026-03-28
campaign  channel   visits  before  a day  95 % range
spring    email        320     200   +60%  +34% to +91%  more than chance
spring    whatsapp      66      60   +10%  -22% to +56%  may be chance
spring    sms            -      30      -  -             few visitors now
spring    qr             -      15      -  -             few visitors now
spring, email: conversion rate 31.2 %, before 20.0 %: +11.2 points (+3.5 to
+18.5): more than chance
spring, whatsapp: conversion rate 18.2 %, before 20.0 %: -1.8 points (-15.8 to
+11.9): may be chance"""


def test_machines_get_the_same(march: Run) -> None:
    """In JSON beside the rows, in CSV and Markdown in columns of their own."""
    log = month(APRIL, email=(320, 100), whatsapp=(66, 12), sms=(3, 0), qr=(14, 1))
    words = (log, "--compare", "march")
    found = data(march, *words)["changes"]
    assert (found["name"], found["days"], found["days_before"]) == ("march", 27, 27)
    rows = {row["channel"]: row for row in found["rows"]}
    email = rows["email"]
    assert (email["visits"], email["visits_before"], email["visits_change"]) == (320, 200, "0.6000")
    assert (email["visits_beyond_chance"], email["rate_beyond_chance"]) == (True, True)
    assert (email["rate_before"], email["value_before"]) == ("0.2000", "800.00")
    assert rows["whatsapp"]["visits_beyond_chance"] is False
    assert (rows["sms"]["visits"], rows["sms"]["visits_change"]) == (None, None)
    total = found["total"]
    assert (total["visits"], total["visits_before"], total["visits_change"]) == (403, 305, "0.3213")
    assert (total["visits_beyond_chance"], total["rate_change"]) == (True, "0.1066")

    text = march("measure", *words, "--format", "csv", "--quiet").stdout
    records = {row["channel"]: row for row in csv.DictReader(StringIO(text))}
    assert records["email"]["visits_before"] == "200"
    assert records["email"]["visits_change_low"] == email["visits_change_low"]
    assert records[""]["suppressed"] == "True"  # the row of few visitors is not compared
    assert records[""]["visits_before"] == ""

    text = march("measure", *words, "--format", "markdown", "--quiet").stdout
    assert "| visits before |" in text
    assert " 200 |" in text


def test_the_file_has_what_was_shown_and_nothing_else(march: Run) -> None:
    """No hit, no browser, no address, no path, and not the channels of few visitors."""
    log = month(MARCH, email=(90, 40), whatsapp=(60, 12), sms=(5, 0), qr=(21, 1))
    assert march("measure", log, "--save", "few").exit_code == 0
    text = Path("links.measurements/few.json").read_text()
    saved = json.loads(text)

    assert [row["keys"]["channel"] for row in saved["rows"]] == ["email", "whatsapp", None]
    for word in ("Mozilla", "10.1.", "/thanks", "qr", "sms", "HTTP", "march.log"):
        assert word not in text
    assert set(saved) == {
        *("utmforge_measurement", "saved_at", "source", "since", "until", "timezone", "by"),
        *("min_visitors", "campaign", "rows"),
    }
    shown = data(march, "march.log")["rows"]
    assert [row["visits"] for row in saved["rows"]] == [row["visits"] for row in shown]


def test_saved_measurements_are_listed(march: Run) -> None:
    """For people, for machines, by name in a pipe; also when there are none."""
    log = month(APRIL, email=(50, 0))
    assert march("measure", log, "--save", "2026-04", "--campaign", "spring").exit_code == 0

    result = march("measure", "--saved")
    assert result.exit_code == 0
    assert [line.split()[:4] for line in result.stdout.splitlines()] == [
        ["name", "since", "until", "by"],
        ["march", "2026-03-02", "2026-03-28", "campaign,channel"],
        ["2026-04", "2026-04-02", "2026-04-28", "campaign,channel"],
    ]
    assert "links.measurements; delete a file to forget one\n" in result.stderr
    listed = json.loads(march("measure", "--saved", "--format", "json").stdout)["data"]
    assert [(one["name"], one["campaign"]) for one in listed] == [
        ("march", None),
        ("2026-04", "spring"),
    ]
    assert march("measure", "--saved", "--format", "csv").stdout.startswith("name,since,until,by,")
    assert march("measure", "--saved", "march.log").exit_code == 2

    for path in Path("links.measurements").iterdir():
        path.unlink()
    result = march("measure", "--saved")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "note: nothing is saved yet: --save NAME saves" in result.stderr


def test_a_name_is_overwritten_only_if_told(march: Run) -> None:
    """Also in another letter case, which some systems do not tell apart; nothing is lost before."""
    before = Path("links.measurements/march.json").read_text()
    for name in ("march", "March"):
        result = march("measure", "march.log", "--save", name, "--by", "channel")
        assert (result.exit_code, result.stdout) == (53, "")
        assert result.stderr == (
            'error: a measurement "march" is already saved\n'
            "hint: choose another name, or use --force\n"
        )
        assert Path("links.measurements/march.json").read_text() == before

    words = ("--save", "March", "--force", "--by", "channel")
    assert march("measure", "march.log", *words).exit_code == 0
    assert [path.name for path in Path("links.measurements").iterdir()] == ["march.json"]
    assert json.loads(Path("links.measurements/march.json").read_text())["by"] == ["channel"]


@pytest.mark.parametrize(
    "name",
    [
        *("", ".", "..", "../links", "a/b", "a\\b", "/x/y", ".hidden", "-x", "a b", "a:b"),
        *("con", "NUL", "com1.x", "x.", "x" * 65, "a\nb", "a\x1b[31m", "jane.doe@example.com"),
    ],
)
def test_names_that_no_file_can_have(issued: Run, name: str) -> None:
    """They are refused before anything is measured, and nothing is written."""
    log = month(MARCH, email=(20, 0))
    result = issued("measure", log, "--save", name)

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("error: ")
    assert "hint: use letters, digits, - and _, such as 2026-03\n" in result.stderr
    assert "\x1b" not in result.stderr
    assert not Path("links.measurements").exists()


@pytest.mark.parametrize("name", ["2026-03", "Q1_2026", "März", "v1.2", "x" * 64])
def test_names_that_a_file_can_have(issued: Run, name: str) -> None:
    """They come back in the list."""
    log = month(MARCH, email=(20, 0))
    assert issued("measure", log, "--save", name).exit_code == 0
    listed = json.loads(issued("measure", "--saved", "-F", "json").stdout)["data"]
    assert [one["name"] for one in listed] == [name]


def test_a_name_that_is_not_saved(march: Run) -> None:
    """The nearest one is offered, or those that there are."""
    for name, hint in (
        ("marhc", 'did you mean "march"?'),
        ("2025", 'saved are "march"'),
        ("../x", 'saved are "march"'),
    ):
        result = march("measure", "march.log", "--compare", name)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.endswith(f"is saved\nhint: {hint}\n")


def test_what_does_not_count_the_same(march: Run) -> None:
    """Other keys, another campaign, another zone, and days in both: refused with the next step."""
    log = month(APRIL, email=(50, 0))
    for words, said in (
        ((log, "--by", "channel"), "hint: add --by campaign,channel\n"),
        (
            (log, "--campaign", "spring"),
            '"march" is about all campaigns\nhint: leave out --campaign',
        ),
        ((log, "--timezone", "Asia/Tokyo"), "hint: add --timezone UTC\n"),
        (("march.log",), "days in both would be compared with themselves\nhint: choose other days"),
        (("march.log", log), "days in both would be compared with themselves\n"),
        (("march.log", "--compat", "goaccess"), "--compat cannot be combined with --compare\n"),
    ):
        result = march("measure", *words, "--compare", "march")
        assert (result.exit_code, result.stdout) == (2, ""), words
        assert said in result.stderr


@pytest.mark.parametrize(
    "text",
    [
        *("", "{", "[]", "null", '{"utmforge_measurement": 1}', '{"utmforge_measurement": "x"}'),
        *("\x00", "[" * 100_000),
    ],
)
def test_a_damaged_file(march: Run, text: str) -> None:
    """It is named, with the next step; the list names it, too."""
    path = Path("links.measurements/march.json")
    path.write_text(text)
    for words in (("march.log", "--compare", "march"), ("--saved",)):
        result = march("measure", *words)
        assert (result.exit_code, result.stdout) == (46, "")
        assert 'march.json" is damaged\nhint: delete it, and save' in result.stderr


def test_every_wrong_type_in_a_file_is_damage(march: Run) -> None:
    """Whatever is changed in it: an answer or this error, never another one."""
    path = Path("links.measurements/march.json")
    data = json.loads(path.read_text())
    for place in [*data, *(("rows", 0, name) for name in data["rows"][0])]:
        wrongs: tuple[Any, ...] = (None, "x", -1, [], {"a": 1}, True, 1.5)
        for wrong in wrongs:
            changed = json.loads(json.dumps(data))
            if isinstance(place, tuple):
                changed["rows"][0][place[2]] = wrong
            else:
                changed[place] = wrong
            path.write_text(json.dumps(changed))
            assert march("measure", "--saved").exit_code in {0, 46}


def test_a_file_of_a_newer_version(march: Run) -> None:
    """It is not misread."""
    path = Path("links.measurements/march.json")
    path.write_text(path.read_text().replace('measurement": 1', 'measurement": 2'))
    result = march("measure", "--saved")
    assert result.exit_code == 46
    assert result.stderr.endswith("by a newer version of utmforge\nhint: update utmforge\n")


def test_nothing_measured_is_nothing_saved(issued: Run) -> None:
    """An empty log; and a folder that cannot be made is said after the answer."""
    Path("empty.log").write_text("")
    result = issued("measure", "empty.log", "--save", "march")
    assert result.exit_code == 0
    assert "warning: nothing was saved: nothing was measured\n" in result.stderr
    Path("links.measurements").write_text("in the way")
    result = issued("measure", month(MARCH, email=(20, 0)), "--save", "march")
    assert result.exit_code == 53
    assert 'error: cannot create "' in result.stderr


def test_a_log_has_to_be_named(run: Run) -> None:
    """Unless the saved ones are listed."""
    result = run("measure")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "error: name a log\nhint: utmforge measure access.log\n"


def test_where_they_are() -> None:
    """Beside the registry's file; those of a server on this computer, apart from other servers'."""
    home = {"XDG_DATA_HOME": "/data"}
    assert measurements_folder(Path("/x/links.db"), home) == Path("/x/links.measurements")
    one, other = (
        measurements_folder(ServerAddress.read(f"postgresql://jane@db.example/{name}"), home)
        for name in ("links", "other")
    )
    assert one.parent == other.parent == data_folder(home) / "measurements"
    assert one != other
    assert "jane" not in str(one)
    assert SavedMeasurements(one).names() == []


def test_those_of_a_server_stay_on_this_computer(run: Run, database: str) -> None:
    """In the folder for data, apart from those of other registries."""
    words = ("--registry", database)
    assert run("new", "https://shop.example/", "-c", "spring", "-C", "sms", *words).exit_code == 0
    query = "/?utm_source=sms&utm_medium=sms&utm_campaign=spring"
    for name, start in (("march.log", MARCH), ("april.log", APRIL)):
        lines = [hit(query, who=who, start=start) for who in range(40)]
        Path(name).write_text("".join(lines))
    assert run("measure", "march.log", "--save", "march", *words).exit_code == 0

    found = data(run, "april.log", "--compare", "march", *words)["changes"]["rows"]
    assert [(row["visits"], row["visits_before"]) for row in found] == [(40, 40)]
    saved = list(Path.home().rglob("march.json"))
    assert [path.parent.parent.name for path in saved] == ["measurements"]
    assert run("measure", "--saved", *words).stdout.startswith("name   since")
    assert run("measure", "--saved").stdout == ""


def test_conversions_that_were_not_counted_are_not_compared(march: Run) -> None:
    """Neither as none nor as fewer: only visits are."""
    log = month(APRIL, email=(320, 100), whatsapp=(66, 12))
    Path("campaigns.toml").write_text(
        CAMPAIGNS.replace('[goals.order]\npath = "/thanks"\nvalue = 20.00\n', "")
    )
    rows = {
        row["channel"]: row for row in data(march, log, "--compare", "march")["changes"]["rows"]
    }
    email = rows["email"]
    assert (email["visits_beyond_chance"], email["conversions_before"]) == (True, 40)
    assert [email[name] for name in ("rate_change", "rate_beyond_chance")] == [None, None]
    assert "conversion rate" not in march("measure", log, "--compare", "march", "-q").stdout

    assert march("measure", log, "--save", "april").exit_code == 0
    saved = json.loads(Path("links.measurements/april.json").read_text())
    assert {(row["conversions"], row["converted"]) for row in saved["rows"]} == {(None, None)}


def test_amounts_of_two_currencies_are_not_put_into_one_column(march: Run) -> None:
    """The earlier ones are left out, as the row has the currency of the later ones."""
    log = month(APRIL, email=(320, 100), whatsapp=(66, 12))
    assert data(march, log, "--compare", "march")["changes"]["rows"][0]["value_before"] == "800.00"
    Path("campaigns.toml").write_text(CAMPAIGNS.replace('"EUR"', '"USD"'))
    text = march("measure", log, "--compare", "march", "-F", "csv", "-q").stdout
    rows = {row["channel"]: row for row in csv.DictReader(StringIO(text))}

    assert (rows["email"]["value"], rows["email"]["currency"]) == ("2000.00", "USD")
    assert rows["email"]["value_before"] == ""
    assert rows["email"]["conversions_before"] == "40"
