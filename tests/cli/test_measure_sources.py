"""`utmforge measure` of what an analytics tool has counted: GA4, Matomo, Plausible."""

from __future__ import annotations

import csv
import gzip
import json
import shutil
import zipfile
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from tests.conftest import ROOT
from tests.measure.log_lines import visitors
from tests.measure.sources.ga4_export import event, sessions, write_export

if TYPE_CHECKING:
    from tests.conftest import Run

REPORTS = ROOT / "tests" / "data" / "reports"
CAMPAIGNS = """\
[workspace]
registry = "links.db"
currency = "EUR"

[campaigns.spring]
landing_page = "https://shop.example/"
channels = ["email", "whatsapp", "sms"]

[campaigns.spring.costs]
email = 100.00
"""
GA4 = """\
# ----------------------------------------
# Traffic acquisition: Session source / medium
# Start date: 20260301
# End date: 20260331
Session source / medium,Session campaign,Sessions,Total users,Key events,Total revenue
acme-news / email,spring,400,320,20,500.00
whatsapp / message,spring,90,80,9,90.5
sms / sms,spring,6,4,1,3
(direct) / (none),(not set),700,600,3,10
google / organic,(organic),300,280,1,1
acme-news / email,sping,40,30,0,0
facebook / social,autumn,33,31,0,0
tiny / x,other,2,2,0,0
"""
EMAIL = {"source": "acme-news", "medium": "email", "campaign": "spring"}
WHATSAPP = {"source": "whatsapp", "medium": "message", "campaign": "spring"}


@pytest.fixture
def issued(run: Run) -> Run:
    """A command with the links of a campaign issued."""
    Path("campaigns.toml").write_text(CAMPAIGNS)
    words = ("new", "https://shop.example/", "-c", "spring", "--new-name")
    assert run(*words, "-C", "whatsapp,sms").exit_code == 0
    assert run(*words, "-C", "email", "--source", "acme-news").exit_code == 0
    return run


def data(run: Run, *words: str) -> dict[str, Any]:
    """Return the data of the JSON answer."""
    result = run("measure", *words, "--format", "json")
    assert result.exit_code == 0, result.stdout + result.stderr
    found: dict[str, Any] = json.loads(result.stdout)["data"]
    return found


def rows(answer: dict[str, Any]) -> dict[str | None, dict[str, Any]]:
    """Return the rows by channel."""
    return {row["channel"]: row for row in answer["rows"]}


def test_a_report_of_ga4(issued: Run) -> None:
    """Campaign and channel of issued links, what it cannot tell, and what is not ours."""
    Path("whatever.txt").write_text(GA4)
    result = issued("measure", "whatever.txt", "--min-visitors", "5")

    assert result.exit_code == 0
    assert result.stdout == TABLE
    assert "note: whatever.txt is a GA4 report\n" in result.stderr
    assert "note: GA4 has no link previews, and no range of private sharing can be" in result.stderr
    assert "EUR is taken, that of campaigns.toml\n" in result.stderr


TABLE = """\
2026-03-01 to 2026-03-31, days in the time zone set in GA4

  channel       visits          visitors  conv.  value EUR  cost EUR    ROI
spring
  email            400  ██████       320     20     500.00    100.00  +400%
others
  (2 with few)      96  █▌            84     10      93.50         -      -

tags that no issued link has:
      40  acme-news / email / sping
          campaign misspelt; nearest: spring
      33  facebook / social / autumn
          no similar link was issued
       -  with tags of few visitors

visits without tags:
     700  direct
     300  search

GA4: 8 rows read, 8 used

Visits are GA4's sessions, and visitors its users, of which one may be in
several rows.
GA4 may file a visit without tags under the campaign that brought the visitor
before; a log does not.
Rows belong to the issued campaign with the same name, and to the channel of its
tags.
Counts of fewer than 5 visitors are not shown.
"""


def test_machines_get_the_columns_of_a_log(issued: Run) -> None:
    """Previews are null, because a report has none."""
    Path("ga4.csv").write_text(GA4)
    answer = data(issued, "ga4.csv")
    assert (answer["source"], answer["files"][0]["format"]) == ("GA4", "GA4 report")
    assert answer["period"]["since"] == "2026-03-01"
    assert answer["dark_social"] is None
    email = rows(answer)["email"]
    assert (email["previews"], email["visits"], email["visitors"]) == (None, 400, 320)
    assert (email["value"], email["roi"], email["rate"]) == ("500.00", "4.0000", "0.0500")

    records = csv.DictReader(StringIO(issued("measure", "ga4.csv", "-F", "csv", "-q").stdout))
    assert [row["visits"] for row in records if row["channel"] == "email"] == ["400"]
    text = issued("measure", "ga4.csv", "-F", "markdown", "-q").stdout
    assert "| campaign | channel | visits |" in text


HEADERS = {
    "fr": "Source/support de la session,Campagne de la session,Sessions,Utilisateurs actifs,"
    "Événements clés,Revenu total",
    "de": "Sitzung – Quelle / Medium,Sitzungskampagne,Sitzungen,Aktive Nutzer,"
    "Schlüsselereignisse,Gesamtumsatz",
    "es": "Fuente/medio de la sesión,Campaña de la sesión,Sesiones,Usuarios activos,"
    "Eventos clave,Ingresos totales",
    "pt": "Origem / mídia da sessão,Campanha da sessão,Sessões,Usuários ativos,"
    "Eventos principais,Receita total",
    "it": "Sorgente / mezzo sessione,Campagna sessione,Sessioni,Utenti attivi,"
    "Eventi chiave,Entrate totali",
    "matomo": "Source,Medium,Campaign,Visits,Unique visitors,Conversions,Revenue",
    "plausible": "utm_source,utm_medium,utm_campaign,visits,visitors,bounces",
}


@pytest.mark.parametrize("language", HEADERS)
def test_other_languages_and_tools(issued: Run, language: str) -> None:
    """The same counts by the same names."""
    pair = "acme-news,email" if language in {"matomo", "plausible"} else "acme-news / email"
    header = HEADERS[language].replace("Sitzungskampagne", "Sitzung – Kampagne")
    Path("report.csv").write_text(f"{header}\n{pair},spring,400,320,20,500\n")
    row = rows(data(issued, "report.csv"))["email"]

    assert (row["visits"], row["visitors"]) == (400, 320)
    if language != "plausible":
        assert (row["conversions"], row["value"]) == (20, "500.00")


@pytest.mark.parametrize("path", sorted(REPORTS.iterdir()), ids=lambda path: path.name[:12])
def test_the_samples(run: Run, path: Path) -> None:
    """Each tool's own file, under a name that says nothing."""
    assert run("new", "https://x.example/", "-c", "rentree_2026", "-C", "whatsapp").exit_code == 0
    shutil.copy(path, "x")
    answer = data(run, "x", "--min-visitors", "5")

    assert answer["source"].lower() == path.name.split("_")[0]
    assert answer["rows"][0]["visits"] in {880, 312, 19}


def test_a_report_tells_less_than_a_log(issued: Run) -> None:
    """Without campaigns it is counted by channel, without channels by campaign; or refused."""
    Path("c.csv").write_text("Source/support de la session,Sessions\nacme-news / email,90\n")
    Path("m.csv").write_text("Label,Visits\nspring,90\nSpring%20x,20\n")
    result = issued("measure", "c.csv", "-F", "csv")
    assert ",email,,,,,,90," in result.stdout
    assert "note: c.csv does not tell campaigns: counted by channel\n" in result.stderr
    result = issued("measure", "m.csv", "-F", "csv")
    assert "spring,,,,,,,90," in result.stdout
    assert "note: m.csv does not tell channels: counted by campaign\n" in result.stderr
    for words, said in (
        (("c.csv", "--by", "campaign"), "it has no such column\nhint: --by channel\n"),
        (("m.csv", "--by", "channel"), "it has no such column\nhint: --by campaign\n"),
        (("m.csv", "--by", "page"), "it counts none\nhint: --by campaign\n"),
        (("m.csv", "--by", "campaign,day"), "it has no such column\n"),
    ):
        result = issued("measure", *words)
        assert (result.exit_code, result.stdout) == (2, "")
        assert said in result.stderr


@pytest.mark.parametrize("name", ["spring", "Spring", "spri%6Eg", "SPRING"])
def test_names_are_found_in_other_spellings(issued: Run, name: str) -> None:
    """Encoded, and as the naming convention would write them."""
    Path("r.csv").write_text(f"Session campaign,Sessions\n{name},90\n")
    assert rows(data(issued, "r.csv", "--by", "campaign"))[None]["visits"] == 90


def test_what_is_no_measurement(issued: Run) -> None:
    """Each refusal says the next step."""
    Path("a.log").write_text("".join(visitors("/", 3)))
    Path("ga4.csv").write_text(GA4)
    Path("links.csv").write_text("utm_source,utm_campaign\na,spring\n")
    Path("clicks.csv").write_text("utm_source,utm_campaign,Clicks\na,spring,9\n")
    Path("two.csv").write_text(
        "Session campaign,Date range,Sessions\nspring,Mar 1 - 31,9\nspring,Feb 1 - 28,8\n"
    )
    for words, code, said in (
        (("a.log", "ga4.csv"), 2, "they cannot be counted together\nhint: --beside FILE puts"),
        (("ga4.csv", "links.csv"), 2, "hint: measure one report at a time\n"),
        (
            ("links.csv",),
            41,
            "has no column of sessions, visits or users\nhint: export it with one",
        ),
        (("clicks.csv",), 41, "--map count=COLUMN"),
        (("two.csv",), 41, "compares periods\nhint: export it for one period"),
        (("ga4.csv", "--since", "2026-03-05"), 2, "counts 2026-03-01 to 2026-03-31 together\n"),
        (("a.log", "--map", "source=x"), 2, "--map names columns of a report"),
        (("ga4.csv", "--map", "source=x"), 2, 'has no column "x"'),
        (("a.log", "--map", "source=x"), 2, "and this is a log"),
        (("ga4.csv", "--compat", "goaccess"), 0, ""),
        (("ga4.csv", "--log-format", "combined"), 0, "no line is in the log format"),
    ):
        result = issued("measure", *words)
        assert result.exit_code == code, (words, result.stderr)
        assert said in result.stderr


def test_columns_can_be_named(issued: Run) -> None:
    """`--map`, as for `compare`."""
    Path("r.csv").write_text("name,clicks,utm_medium\nspring,90,x\n")
    found = data(
        issued, "r.csv", "--map", "campaign=name", "--map", "count=clicks", "--by", "campaign"
    )
    assert rows(found)[None]["visits"] == 90


def test_reports_are_saved_and_compared(issued: Run) -> None:
    """With those of the same tool; one without days needs `--since` and `--until`."""
    Path("march.csv").write_text(GA4)
    assert issued("measure", "march.csv", "--save", "march").exit_code == 0
    april = GA4.replace("202603", "202604").replace("20260431", "20260430").replace("400", "520")
    Path("april.csv").write_text(april)
    found = data(issued, "april.csv", "--compare", "march")["changes"]["rows"]
    email = next(row for row in found if row["channel"] == "email")
    assert (email["visits"], email["visits_before"], email["visits_beyond_chance"]) == (
        520,
        400,
        True,
    )

    Path("a.log").write_text("".join(visitors("/", 30)))
    result = issued("measure", "a.log", "--timezone", "UTC", "--compare", "march")
    assert result.exit_code == 2
    Path("m.csv").write_text("Label,Visits\nspring,90\n")
    result = issued("measure", "m.csv", "--save", "matomo")
    assert "warning: nothing was saved: it is not known which days were measured\n" in result.stderr
    days = ("--since", "2026-03-01", "--until", "2026-03-31")
    assert "saved as matomo\n" in issued("measure", "m.csv", *days, "--save", "matomo").stderr


@pytest.mark.parametrize(
    "name", ["events.json", "events.json.gz", "events.array", "events.parquet", "old.parquet"]
)
def test_events_of_ga4(issued: Run, name: str) -> None:
    """Sessions by their own first tags, in every form of the export; no id is shown or saved."""
    events = [
        *sessions(40, EMAIL),
        *sessions(12, WHATSAPP, first=100),
        *sessions(30, None, first=200),
        *sessions(15, EMAIL | {"campaign": "sping"}, first=300),
        # The same person's second session, with other tags later in it.
        event("page_view", who=3, session=2, second=9000, tags=EMAIL),
        event("page_view", who=3, session=2, second=9010, tags=WHATSAPP),
        *(
            event("purchase", who=who, second=who * 60 + 20, purchase=(f"t{who}", 19.9))
            for who in (1, 2, 2, 5)
        ),
        event("page_view", who=900, session=None, tags=EMAIL),
    ]
    write_export(events, name)
    result = issued("measure", name, "--save", "bq")
    assert result.exit_code == 0, result.stderr
    answer = data(issued, name)

    assert (answer["source"], answer["files"][0]["format"]) == ("GA4", "GA4 BigQuery export")
    email, whatsapp = rows(answer)["email"], rows(answer)["whatsapp"]
    assert (email["visits"], email["visitors"], whatsapp["visits"]) == (41, 40, 12)
    assert (email["conversions"], email["value"], email["rate"]) == (3, "59.70", "0.0732")
    assert answer["orphans"][0]["nearest"] == "spring"
    assert answer["untagged"] == [{"origin": "direct", "detail": None, "visits": 30}]
    assert answer["lines"]["rejected"][0]["reason"] == "no session"
    saved = Path("links.measurements/bq.json").read_text()
    for text in (result.stdout, result.stderr, saved, json.dumps(answer)):
        assert "person-" not in text


def test_goals_and_days_of_events(issued: Run) -> None:
    """A goal of campaigns.toml counts once a session; days are those of the property."""
    Path("campaigns.toml").write_text(f'{CAMPAIGNS}\n[goals.order]\npath = "/thanks*"\nvalue = 5\n')
    events = [
        *sessions(20, EMAIL),
        *(event("page_view", who=who, second=who * 60 + 30, page="https://shop.example/thanks?x=1")
          for who in (0, 0, 1)),
        event("page_view", who=2, second=9, page="https://[::1/thanks"),
        *(event("page_view", who=who, session=5, day="20260303", tags=EMAIL) for who in range(11)),
    ]  # fmt: skip
    write_export(events, "e.ndjson")
    answer = data(issued, "e.ndjson", "--by", "day")
    assert {row["day"]: row["visits"] for row in answer["rows"]} == {
        "2026-03-01": 20,
        "2026-03-03": 11,
    }
    assert [(row["conversions"], row["value"]) for row in answer["rows"]] == [
        (2, "10.00"),
        (0, None),
    ]
    assert data(issued, "e.ndjson", "--since", "2026-03-02")["rows"][0]["visits"] == 11


def test_events_without_purchases_and_goals_tell_no_conversions(issued: Run) -> None:
    """A property that records none is not one where nobody bought."""
    write_export(sessions(20, EMAIL), "e.ndjson")
    answer = data(issued, "e.ndjson")

    assert [row["conversions"] for row in answer["rows"]] == [None] * len(answer["rows"])
    assert "e.ndjson tells no conversions\n" in issued("measure", "e.ndjson").stderr


def test_the_tags_of_the_last_click_are_used_where_there_are_no_others(issued: Run) -> None:
    """And it is said."""
    click = {
        "manual_campaign": {"source": "acme-news", "medium": "email", "campaign_name": "spring"}
    }
    events = [
        event("page_view", who=who, session_traffic_source_last_click=click) for who in range(14)
    ]
    write_export(events, "e.json")
    result = issued("measure", "e.json", "-F", "csv")
    assert "spring,email,,,,,,14," in result.stdout
    assert (
        "note: the tags are those of the session's last click, as GA4 found it\n" in result.stderr
    )


@pytest.mark.parametrize(
    "text", ['{"event_name":"a","event_params":[]}\n{"event_n', "PAR1 no parquet"]
)
def test_a_damaged_export(issued: Run, text: str) -> None:
    """One sentence, no traceback."""
    Path("e.json").write_text(text)
    result = issued("measure", "e.json")
    assert (result.exit_code, result.stdout) == (40, "")
    assert result.stderr == (
        'error: "e.json" is not a whole export of GA4\'s events\n'
        "hint: export the table again, as JSON lines or Parquet\n"
    )


def test_several_files_of_an_export_are_one(issued: Run) -> None:
    """BigQuery writes large tables in parts; from standard input it is not read."""
    for number in range(3):
        write_export(sessions(10, EMAIL, first=number * 10), f"events-{number}.json")
    assert rows(data(issued, "events-*.json"))["email"]["visits"] == 30
    text = Path("events-0.json").read_text()
    result = issued("measure", "-", stdin=text)
    assert result.exit_code == 2
    assert "an export of events is not read from -\nhint: name its file\n" in result.stderr
    assert rows(json.loads(issued("measure", "-", "-F", "json", stdin=GA4).stdout)["data"])["email"]


def test_a_log_beside_ga4(issued: Run) -> None:
    """For the days of the report: the difference, and the usual reasons."""
    query = "/?utm_source=acme-news&utm_medium=email&utm_campaign=spring"
    Path("a.log").write_text("".join(visitors(query, 50)))
    Path("ga4.csv").write_text(
        "# Start date: 20260323\n# End date: 20260323\n"
        "Session source / medium,Session campaign,Sessions\nacme-news / email,spring,40\n"
        "whatsapp / message,spring,15\n"
    )
    result = issued("measure", "a.log", "--beside", "ga4.csv", "--quiet")
    assert result.exit_code == 0
    begin = result.stdout.index("visits beside")
    assert result.stdout[begin:].split("\n\n")[0] == BESIDE

    found = data(issued, "a.log", "--beside", "ga4.csv")["beside"]
    assert (found["source"], found["period"]["since"]) == ("GA4", "2026-03-23")
    row = {row["channel"]: row for row in found["rows"]}["email"]
    assert (row["visits"], row["visits_beside"], row["visits_difference"], row["visits_share"]) == (
        50,
        40,
        -10,
        "-0.2000",
    )
    assert len(found["reasons"]) == 2
    records = list(
        csv.DictReader(
            StringIO(issued("measure", "a.log", "--beside", "ga4.csv", "-F", "csv", "-q").stdout)
        )
    )
    assert {row["channel"]: row["visits_beside"] for row in records}["email"] == "40"
    text = issued("measure", "a.log", "--beside", "ga4.csv", "-F", "markdown", "-q").stdout
    assert "| visits difference |" in text
    other = data(issued, "ga4.csv", "--beside", "a.log")["beside"]
    assert {row["channel"]: row["visits_difference"] for row in other["rows"]}["email"] == 10


BESIDE = """\
visits beside GA4, ga4.csv:
campaign  channel   log  GA4  difference
spring    email      50   40         -10  -20%
spring    sms         0    0          +0
spring    whatsapp    0   15         +15
Where GA4 has fewer: visitors who do not consent, whose browser blocks scripts,
or who leave before it loads are in the log only; so are bots that are not known
as such, and pages without its tag.
Where GA4 has more: pages that a cache or another server delivered are not in
the log; later visits without tags may count for the campaign; and a visit that
passes midnight, or whose network changes, may be counted otherwise."""


def test_two_sources_of_different_days_are_said_to_be(issued: Run) -> None:
    """A log that is shorter than the report; and what cannot be compared, too."""
    Path("a.log").write_text("".join(visitors("/", 20)))
    Path("ga4.csv").write_text(GA4)
    result = issued("measure", "a.log", "--beside", "ga4.csv")
    assert (
        "warning: the log holds 2026-03-23 to 2026-03-23 only: its other days have" in result.stderr
    )
    assert issued("measure", "a.log", "--beside", "ga4.csv", "--compare", "x").exit_code == 2
    result = issued("measure", "a.log", "--beside", "none.csv")
    assert result.stderr.endswith('error: cannot read "none.csv": no such file or directory\n')


def test_names_and_packing_that_could_mislead(issued: Run) -> None:
    """Patterns in a file's name, gzip without its ending, a packed report, an archive."""
    for name in ("a[1].json", "b*.json", "c'd?.json"):
        write_export(sessions(20, EMAIL), name)
        assert rows(data(issued, name))["email"]["visits"] == 20
    write_export(sessions(20, EMAIL), "e.json.gz")
    Path("e.json.gz").rename("packed")
    assert rows(data(issued, "packed"))["email"]["visits"] == 20
    Path("ga4.csv.gz").write_bytes(gzip.compress(GA4.encode()))
    assert rows(data(issued, "ga4.csv.gz"))["email"]["visits"] == 400
    Path("cut.gz").write_bytes(gzip.compress(GA4.encode() * 9)[:-40])
    result = issued("measure", "cut.gz")
    assert (result.exit_code, result.stdout) == (41, "")
    with zipfile.ZipFile("plausible.zip", "w") as archive:
        archive.writestr("x.csv", GA4)
    result = issued("measure", "plausible.zip")
    assert result.exit_code == 2
    assert "is an archive or an Excel workbook\nhint: " in result.stderr


def test_parquet_that_is_not_ga4_s(issued: Run) -> None:
    """Its columns say nothing."""
    with duckdb.connect() as connection:
        connection.execute("COPY (SELECT 1 AS a) TO 'x.parquet' (FORMAT parquet)")
    result = issued("measure", "x.parquet")
    assert result.exit_code == 40
    assert 'error: "x.parquet" has no events of GA4\n' in result.stderr


def test_a_report_by_day(issued: Run) -> None:
    """A column of dates makes days and periods possible."""
    days = "".join(f"2026030{day},acme-news / email,spring,{20 + day}\n" for day in range(1, 6))
    Path("d.csv").write_text(f"Date,Session source / medium,Session campaign,Sessions\n{days}")
    answer = data(issued, "d.csv", "--by", "day", "--since", "2026-03-02", "--until", "2026-03-03")
    assert {row["day"]: row["visits"] for row in answer["rows"]} == {
        "2026-03-02": 22,
        "2026-03-03": 23,
    }
    result = issued("measure", "d.csv", "--since", "2026-03-04", "--until", "2026-04-04")
    assert "warning: d.csv holds 2026-03-01 to 2026-03-05 only\n" in result.stderr


def test_a_campaign_that_was_not_issued(issued: Run) -> None:
    """It is said, with the nearest one."""
    Path("ga4.csv").write_text(GA4)
    result = issued("measure", "ga4.csv", "--campaign", "sprng")
    assert (
        'warning: no link of campaign "sprng" was issued; did you mean "spring"?' in result.stderr
    )


def test_plausible_s_own_table_of_campaigns(issued: Run) -> None:
    """It calls its column `name`, and counts visitors only."""
    Path("utm_campaigns.csv").write_text(
        "name,visitors,bounce_rate,visit_duration\nspring,120,60,30\nother,50,10,3\n"
    )
    result = issued("measure", "utm_campaigns.csv")
    assert result.exit_code == 42
    words = ("--map", "campaign=name", "--by", "campaign")
    row = rows(data(issued, "utm_campaigns.csv", *words))[None]
    assert (row["campaign"], row["visits"], row["visitors"]) == ("spring", None, 120)


def test_ga4_s_report_of_users(issued: Run) -> None:
    """It is about first visits, which is said; it may have no sessions."""
    Path("u.csv").write_text(
        "First user source / medium,First user campaign,New users\nacme-news / email,spring,90\n"
    )
    result = issued("measure", "u.csv", "-F", "csv")
    assert "spring,email,,,,,,,90," in result.stdout
    assert "note: the report has the tags of each user's first visit, not of" in result.stderr


def test_the_same_input_twice(issued: Run) -> None:
    """Standard input can be one of two sources."""
    result = issued("measure", "-", "--beside", "-", stdin=GA4)
    assert result.exit_code == 2
    assert "error: - cannot be both sources\n" in result.stderr
