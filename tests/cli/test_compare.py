"""`utmforge compare`: what a report says of the names that were issued."""

import json
import tomllib
from pathlib import Path

import pytest

from tests.conftest import ROOT, Result, Run

REPORT = """\
# Start date: 20260901
# End date: 20260930
Session source / medium,Session campaign,Sessions
google / organic,(organic),5210
acme-news / email,spring-sale,880
Acme-News / email,spring-sale,120
acme_news / e-mail,sping-sale,61
fcbook / social,spring-sale,9
bea@post.example / email,spring-sale,3
partner / affiliate,partnerdeal,31
Grand total,,6314
"""
CAMPAIGNS = """\
# ours
[channels.news]
extends = "email"
source = "acme-news"

[campaigns.spring-sale]  # the big one
landing_page = "https://shop.example/"
channels = ["news"]
"""
ALIASES = """
[convention.source.aliases]
acme_news = "acme-news"

[convention.medium.aliases]
e-mail = "email"

[convention.campaign.aliases]
sping-sale = "spring-sale"
"""
TABLE = """\
field     value             sessions  status    meant        differs
source    (e-mail address)  3         private   -            -
source    acme-news         880       issued    -            -
source    Acme-News         120       misspelt  acme-news    case
source    acme_news         61        misspelt  acme-news    separator
source    partner           31        foreign   -            -
source    fcbook            9         foreign   -            -
medium    email             1,003     issued    -            -
medium    e-mail            61        misspelt  email        separator
medium    affiliate         31        foreign   -            -
medium    social            9         foreign   -            -
campaign  spring-sale       1,012     issued    -            -
campaign  sping-sale        61        misspelt  spring-sale  typo
campaign  partnerdeal       31        foreign   -            -
"""
OLD = "note: `lint --against` is now `utmforge compare`\n"
SAID = """\
note: left out 3 more names that split no rows; --format csv shows all
note: report.csv, 2026-09-01 to 2026-09-30: 6,314 sessions by "Session source / medium", \
"Session campaign"
source: 181 of 1,104 sessions are split off under 2 other spellings
medium: 61 of 1,104 sessions are split off under 1 other spelling
campaign: 61 of 1,104 sessions are split off under 1 other spelling
hint: --fix writes the aliases into campaigns.toml; --fix --dry-run shows how
"""


@pytest.fixture
def issued(run: Run) -> None:
    """A campaign file, its link issued, and a report."""
    Path("campaigns.toml").write_text(CAMPAIGNS)
    Path("report.csv").write_text(REPORT)
    assert run("build").exit_code == 0


@pytest.mark.usefixtures("issued")
def test_the_table_and_the_aliases(run: Run) -> None:
    """Spellings beneath the name they were to be; what is of no consequence is counted."""
    assert run("compare", "report.csv") == (Result(1, TABLE + ALIASES, SAID))


@pytest.mark.usefixtures("issued")
def test_the_aliases_are_written(run: Run) -> None:
    """With --fix; --dry-run shows the same difference. They load and work."""
    shown = run("compare", "report.csv", "--fix", "--dry-run")
    assert Path("campaigns.toml").read_text() == CAMPAIGNS
    written = run("compare", "report.csv", "--fix")

    assert Path("campaigns.toml").read_text() == CAMPAIGNS + ALIASES
    assert (shown.exit_code, shown.stdout, shown.stderr) == (1, written.stdout, written.stderr)
    assert '+acme_news = "acme-news"\n' in written.stderr
    new = run("new", "spring-sale", "--source", "acme_news", "--medium", "e-mail", "-F", "json")
    assert json.loads(new.stdout)["data"][0]["source"] == "acme-news"
    again = run("compare", "report.csv", "--fix")
    assert Path("campaigns.toml").read_text() == CAMPAIGNS + ALIASES
    assert "[convention" not in again.stdout
    assert "hint" not in again.stderr


@pytest.mark.usefixtures("issued")
def test_machines_get_every_name(run: Run) -> None:
    """JSON with what was read; JSON lines, CSV; nothing private in any."""
    data = json.loads(run("compare", "report.csv", "-F", "json").stdout)["data"]

    assert (data["unit"], data["first"], data["last"]) == ("sessions", "2026-09-01", "2026-09-30")
    assert data["columns"]["campaign"] == "Session campaign"
    assert data["aliases"] == {
        field: rule["aliases"] for field, rule in tomllib.loads(ALIASES)["convention"].items()
    }
    assert {
        "field": "campaign",
        "value": "sping-sale",
        "status": "misspelt",
        "visits": 61,
        "meant": "spring-sale",
        "differs": "typo",
        "alias": "spring-sale",
        "line": 7,
    } in data["spellings"]
    lines = run("compare", "report.csv", "-F", "jsonl").stdout.splitlines()
    assert [json.loads(line) for line in lines] == data["spellings"]
    csv = run("compare", "report.csv", "-F", "csv").stdout
    assert len(csv.splitlines()) == len(lines) + 1
    assert "source,google,automatic,5210,,,,4\n" in csv


@pytest.mark.usefixtures("issued")
@pytest.mark.parametrize("fmt", ["table", "json", "jsonl", "csv", "markdown", "github", "sarif"])
def test_what_is_private_is_in_no_format(run: Run, fmt: str) -> None:
    """Its kind is."""
    result = run("compare", "report.csv", "-F", fmt)

    assert result.exit_code == 1
    assert "post.example" not in result.stdout + result.stderr
    assert "e-mail address" in result.stdout.replace("\\", "")


@pytest.mark.usefixtures("issued")
def test_findings_stand_at_their_lines(run: Run) -> None:
    """As annotations; rules can be ignored, and the exit status follows."""
    shown = run("compare", "report.csv", "-F", "github")

    assert (
        '::warning file=report.csv,line=6,title=UTM801 split-in-report::source "Acme-News" is '
        '"acme-news" in a different letter case: it splits off 120 sessions%0Aissue such links '
        "with utmforge, which writes the name correctly\n"
    ) in shown.stdout
    assert "::error file=report.csv,line=9,title=UTM501 personal-data::e-mail" in shown.stdout
    assert "::notice file=report.csv,line=10,title=UTM802 foreign-in-report::" in shown.stdout
    ignored = run("compare", "report.csv", "--ignore", "UTM801,personal-data")
    assert ignored.exit_code == 0


def test_nothing_is_issued(run: Run) -> None:
    """Everything is foreign then, and the next step is said."""
    Path("report.csv").write_text("utm_source,visits\nnews,3\n")
    result = run("compare", "report.csv")

    assert result == Result(
        0,
        "field   value  visits  status   meant  differs\n"
        "source  news   3       foreign  -      -\n",
        'note: report.csv: 3 visits by "utm_source"\n'
        "hint: no links were issued here, so no name counts as yours: see --registry and --file\n"
        "no name has several spellings\n",
    )


@pytest.mark.parametrize(
    "name", sorted(path.name for path in (ROOT / "tests/data/reports").iterdir())
)
def test_reports_of_each_tool(run: Run, name: str) -> None:
    """From standard input too."""
    path = ROOT / "tests/data/reports" / name
    named = run("compare", str(path), "-F", "csv")
    piped = run("compare", "-", "-F", "csv", stdin=path.read_bytes())

    assert named.exit_code == piped.exit_code == 0
    assert "rentree_2026" in named.stdout or "newsletter" in named.stdout
    assert named.stdout == piped.stdout


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("none.csv",), 2, 'cannot read "none.csv": no such file or directory'),
        ((".",), 2, '"." is a folder'),
        (("a.csv",), 41, '"a.csv" has no column of sources, mediums, campaigns or tag'),
        (("a.csv", "--map", "source=x"), 2, '"a.csv" has no column "x"'),
        (("a.csv", "--map", "x=page"), 2, '--map "x=page" is not FIELD=COLUMN'),
        (("a.csv", "--map", "source"), 2, '--map "source" is not FIELD=COLUMN'),
        (("b.csv", "--fix"), 2, "there is no campaigns.toml for the aliases"),
        (("b.csv", "--ignore", "UTM999"), 2, 'no rule is called "UTM999"'),
    ],
)
def test_bad_input(run: Run, words: tuple[str, ...], status: int, said: str) -> None:
    """A sentence, and the next step."""
    Path("a.csv").write_text("page,visits\n/x,3\n")
    Path("b.csv").write_text("utm_source,visits\nnews-letter,3\nnewsletter,9\n")
    result = run("compare", *words)

    assert result.exit_code == status
    assert f"error: {said}" in result.stderr
    assert "\nhint: " in result.stderr or "cannot read" in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--map", "source=page"), "--map is for --against REPORT"),
        (("--against", "a.csv", "campaigns.toml"), "--against cannot be used with other inputs"),
        (("--against", "a.csv", "--issued"), "--against cannot be used with other inputs"),
    ],
)
def test_the_old_spelling_looks_at_a_report_alone(
    run: Run, words: tuple[str, ...], said: str
) -> None:
    """It belongs to `lint`, which has other inputs."""
    Path("a.csv").write_text("page,visits\n/x,3\n")
    result = run("lint", *words)

    assert result.exit_code == 2
    assert f"error: {said}" in result.stderr
    assert "\nhint: " in result.stderr


@pytest.mark.usefixtures("issued")
@pytest.mark.parametrize("words", [(), ("--fix", "--dry-run"), ("-F", "csv"), ("-F", "github")])
def test_the_old_spelling_says_the_same_and_names_the_new_one(
    run: Run, words: tuple[str, ...]
) -> None:
    """`lint --against` for one more version."""
    old = run("lint", "--against", "report.csv", *words)
    new = run("compare", "report.csv", *words)

    assert old == Result(new.exit_code, new.stdout, OLD + new.stderr)


@pytest.mark.usefixtures("issued")
def test_the_old_spelling_keeps_its_name_in_json(run: Run) -> None:
    """A script that reads `command` goes on working."""
    old = json.loads(run("lint", "--against", "report.csv", "-F", "json").stdout)
    new = json.loads(run("compare", "report.csv", "-F", "json").stdout)

    assert (old["command"], new["command"]) == ("lint", "compare")
    assert old["data"] == new["data"]
    assert old["messages"] == [
        {"kind": "note", "message": "`lint --against` is now `utmforge compare`"},
        *new["messages"],
    ]


def test_a_column_that_is_named(run: Run) -> None:
    """As Plausible's own CSVs need it."""
    Path("utm_sources.csv").write_text("name,visitors,visits\nnews,3,4\nNews,1,1\n")
    result = run("compare", "utm_sources.csv", "--map", "source=name", "-F", "csv")

    assert result.stdout.splitlines()[1:] == [
        "source,news,foreign,4,,,,2",
        "source,News,misspelt,1,news,case,,3",
    ]


def test_rows_that_were_left_out_are_told(run: Run) -> None:
    """By their lines."""
    Path("report.csv").write_text("utm_source,visits\nnews,3\npost,many\n")

    assert "warning: skipped 1 row without a number: line 3\n" in (
        run("compare", "report.csv").stderr
    )


def test_a_file_laid_out_in_one_line_is_left_alone(run: Run) -> None:
    """The aliases are shown, and can be pasted."""
    before = 'convention = { case = "lower" }\n[workspace]\n'
    Path("campaigns.toml").write_text(before)
    Path("report.csv").write_text("utm_source,visits\nnews-letter,3\nnewsletter,9\n")
    result = run("compare", "report.csv", "--fix")

    assert result.exit_code == 22
    assert "the layout of this file leaves no place for the aliases" in result.stderr
    assert Path("campaigns.toml").read_text() == before


def test_a_series_too_long_to_compare(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """What of it is in the report is still issued."""
    monkeypatch.setattr("utmforge.analytics.comparison.known_names.MAX_NAMES", 1)
    for content in ("hero-1", "hero-2"):
        words = ("--source", "s", "--medium", "email", "--content", content)
        assert run("new", "https://x.example/", "-c", "spring", *words).exit_code == 0
    Path("report.csv").write_text("utm_content,visits\nhero-2,3\nhero-3,1\n")

    assert run("compare", "report.csv", "-F", "csv").stdout.splitlines()[1:] == [
        "content,hero-2,issued,3,,,,2",
        "content,hero-3,foreign,1,,,,3",
    ]
