"""What spreadsheets want: tabs, chosen columns, CSV as Excel opens it, a file."""

import csv
import json
import re
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.output.consoles import console
from utmforge.output.formats import Format
from utmforge.output.rows import show_rows

NEW = ("new", "https://shop.example/x", "-c", "spring", "-C", "email,qr", "-q")
URLS = [
    f"https://shop.example/x?utm_source={name}&utm_medium={name}&utm_campaign=spring"
    for name in ("email", "qr")
]


@pytest.fixture(autouse=True)
def _issued(run: Run) -> None:
    run(*NEW)


def test_tabs_paste_into_cells(run: Run) -> None:
    """The same cells as CSV, in every command with tables."""
    for words in (("list",), ("list", "--count", "campaign"), ("channels",), ("history",)):
        tabs = run(*words, "--format", "tsv").stdout
        commas = run(*words, "--format", "csv").stdout
        assert list(csv.reader(tabs.splitlines(), delimiter="\t")) == list(
            csv.reader(commas.splitlines())
        )
        assert "\t" in tabs


def test_chosen_columns(run: Run) -> None:
    """In their order, in every format, with GA4's group among them."""
    words = ("list", "--columns", "group, channel,URL,campaign")
    header, *rows = csv.reader(run(*words, "-F", "csv").stdout.splitlines())
    assert header == ["ga4_channel_group", "channel", "url", "campaign"]
    assert rows == [
        ["Email", "email", URLS[0], "spring"],
        ["Unassigned", "qr", URLS[1], "spring"],
    ]
    data = json.loads(run(*words, "-F", "json").stdout)["data"]
    assert list(data[0]) == header
    assert run("list", "--columns", "url").stdout.split() == URLS
    assert run("list", "--columns", "colour").exit_code == 2
    assert 'did you mean "channel"?' in run("list", "--columns", "chanel").stderr
    assert run("list", "--columns", ",").exit_code == 2


@pytest.mark.parametrize(
    ("locale", "delimiter"),
    [
        ("fr_FR.UTF-8", ";"),
        ("de_DE", ";"),
        ("de_DE@euro", ";"),
        ("fr", ";"),
        ("pt-BR", ";"),
        ("es_ES.UTF-8", ";"),
        ("es_MX.UTF-8", ","),
        ("en_DK.UTF-8", ";"),
        ("en_US.UTF-8", ","),
        ("de_CH.UTF-8", ","),
        ("C.UTF-8", ","),
        ("C", ","),
        ("", ","),
    ],
)
def test_excel(run: Run, monkeypatch: pytest.MonkeyPatch, locale: str, delimiter: str) -> None:
    """Marked as UTF-8, divided by what Excel expects where numbers have a comma."""
    for name in ("LC_ALL", "LC_NUMERIC"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", locale)
    result = run("list", "--excel", "-o", "links.csv")

    assert (result.exit_code, result.stdout) == (0, "")
    text = Path("links.csv").read_bytes().decode()
    assert text.startswith(f"\ufeffid{delimiter}url{delimiter}")
    assert len(list(csv.reader(text.splitlines(), delimiter=delimiter))) == 3


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("a.csv", "id,url,"),
        ("a.tsv", "id\turl\t"),
        ("a.json", "{"),
        ("a.jsonl", '{"id": '),
        ("a.md", "| "),
        ("a.txt", "https://"),
        ("a", "id,url,"),
    ],
)
def test_a_file(run: Run, name: str, begins: str) -> None:
    """Its ending says the format; one that exists is not overwritten unasked."""
    result = run("list", "-o", name)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", f"wrote {name}\n")
    assert Path(name).read_text().startswith(begins)
    Path(name).write_text("mine")
    assert run("list", "-o", name).exit_code == 53
    assert Path(name).read_text() == "mine"
    assert run("list", "-o", name, "--force").exit_code == 0
    assert run("list", "-o", "no/such/folder.csv").exit_code == 53
    assert run("list", "--force").exit_code == 2
    assert run("list", "-o", "links.xlsx").exit_code == 2
    assert not Path("links.xlsx").exists()
    assert run("list", "-o", "links.json", "--excel").exit_code == 2


COLUMNS = [
    (("list",), "url,campaign,group", "url ga4_channel_group"),
    (("show", URLS[0]), "id,group,note", "ga4_channel_group"),
    ((*NEW, "--dry-run"), "channel,group", "ga4_channel_group"),
    (("build",), "id,utm_source", "source"),
    (("history",), "id,date,links", "at"),
    (("channels",), "name,GA4 group", "channel_group"),
    (("share", "spring"), "link,segments", "url segments"),
    (("lint", "--issued"), "code,where", "code"),
    (("compare", "report.csv"), "value,visits", "value"),
    (("measure", "access.log"), "campaign,rate,rate-low", "rate_low"),
    (("retire", "--channel", "qr", "-r", "over", "-n"), "id,group", "ga4_channel_group"),
    (("rename", "spring", "easter", "-n"), "url,channel", "url"),
    (("undo", "-n"), "id,date,links", "at"),
    (("note", URLS[0]), "labels,note", "labels"),
    (("explain", URLS[0]), "url,ga4,problems", "ga4"),
    (("doctor",), "utmforge,campaign file", "campaign_file"),
    (("registry", "status"), "links,retired", "links"),
    (("registry", "check"), "damaged,links", "damaged"),
    (("registry", "import", "report2.csv", "-n"), "known,imported", "known"),
]


@pytest.fixture
def inputs(work: Path) -> None:
    """Write what the commands with columns read."""
    (work / "report.csv").write_text("Session source,Sessions\nemail,3\n")
    (work / "report2.csv").write_text(f"url\n{URLS[0]}\n")
    (work / "access.log").write_text(
        '192.0.2.1 - - [20/Nov/2026:10:00:00 +0000] "GET /x?utm_source=email&utm_medium=email'
        '&utm_campaign=spring HTTP/1.1" 200 12 "-" "Mozilla/5.0 (X11) Firefox/140.0"\n'
    )
    (work / "campaigns.toml").write_text(
        '[campaigns.autumn]\nlanding_page = "https://shop.example/y"\nchannels = ["email"]\n'
    )


@pytest.mark.usefixtures("inputs")
@pytest.mark.parametrize(("words", "columns", "among"), COLUMNS, ids=lambda value: str(value[0]))
def test_every_list_has_columns_tabs_and_excel(
    run: Run, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], columns: str, among: str
) -> None:
    """The same columns in each format, a word for what is not one, semicolons for Excel."""
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    as_tabs = run(*words, "--columns", columns, "--format", "tsv").stdout.splitlines()
    header = as_tabs[0].split("\t")
    assert set(among.split()) <= set(header)
    assert len(header) == columns.count(",") + 1
    as_csv = run(*words, "--columns", columns, "--format", "csv").stdout.splitlines()
    assert list(csv.reader(as_csv)) == list(csv.reader(as_tabs, delimiter="\t"))
    excel = run(*words, "--columns", columns, "--excel").stdout
    assert excel.startswith("\ufeff" + ";".join(header) + "\n")
    markdown = run(*words, "--columns", columns, "--format", "markdown").stdout
    assert markdown.count("\n") in {0, len(as_csv) + 1}
    lines = run(*words, "--columns", columns, "--format", "jsonl").stdout.splitlines()
    assert [list(json.loads(line)) for line in lines] == [header] * (len(as_csv) - 1)

    refused = run(*words, "--columns", "id,nope", "--format", "csv")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "there is no column" in refused.stderr
    assert "the columns are " in refused.stderr
    assert run(*words, "--excel", "--format", "json").exit_code == 2


def test_every_command_with_csv_has_tsv_excel_and_columns(run: Run) -> None:
    """Whatever is a table or a row can be opened in a spreadsheet."""
    from utmforge.cli.app import COMMANDS

    others = {"registry", "buttons"}  # a group; HTML beside which links are only told
    names: list[tuple[str, ...]] = [(name,) for name in COMMANDS if name not in others]
    names += [("registry", name) for name in ("status", "check", "import")]
    found = []
    for words in names:
        page = run(*words, "--help").stdout
        if re.search(r"[|<]csv[|>]", page):
            found.append(words)
            assert re.search(r"[|<]tsv[|>]", page), words
            assert " --excel " in page, words
            assert " --columns " in page, words
    assert len(found) > 15


def test_nothing_is_issued_for_a_wrong_column(run: Run) -> None:
    """The columns are looked at first."""
    run("new", "https://shop.example/other", "-c", "spring", "-C", "sms", "--columns", "nope")
    assert run("list").stdout.split() == URLS


def test_numbers_for_excel_have_the_locale_s_comma() -> None:
    """A point would make a date of 1.5; a name such as 2.0 stays as it is."""
    to, stdout, _ = console(Format.CSV)
    to.environment = {"LANG": "de_DE.UTF-8"}
    to.for_spreadsheet(excel=True, columns=())
    names = ("campaign", "cost")
    show_rows(
        to,
        [{"campaign": "2.0", "cost": "-0.075"}],
        fields=names,
        shown=names,
        key="campaign",
        numbers={"cost"},
    )
    assert stdout.getvalue() == "\ufeffcampaign;cost\n2.0;-0,075\n"


def test_formulas_are_escaped_in_tabs_too(run: Run) -> None:
    """A cell that is pasted is calculated like one that is opened."""
    run("new", "https://shop.example/x", "-c", "spring", "-C", "sms", "--content", "=1+1", "-q")
    content = run("list", "--columns", "content,id", "-F", "tsv").stdout.splitlines()[-1]
    assert content.startswith("'=1")


def test_a_link_shows_its_group(run: Run) -> None:
    """In every format that shows more than the address."""
    assert "GA4 group     Email" in run("show", URLS[0], "-F", "table").stdout.splitlines()
    data = json.loads(run("show", URLS[0], "-F", "json").stdout)["data"]
    assert data["ga4_channel_group"] == "Email"
    (row,) = csv.DictReader(run("show", URLS[0], "-F", "csv").stdout.splitlines())
    assert row["ga4_channel_group"] == "Email"


def test_a_file_never_replaces_the_registry(run: Run) -> None:
    """Not even with --force."""
    place = run("registry", "path").stdout.strip()
    before = Path(place).read_bytes()
    assert run("list", "-o", place, "--force").exit_code == 53
    assert Path(place).read_bytes() == before


def test_counts_have_their_numbers_in_a_pipe(run: Run) -> None:
    """A name and its count, with a tab between."""
    assert run("list", "--count", "campaign").stdout == "spring\t2\n"
    assert run("list", "--count", "campaign", "--columns", "id").exit_code == 2
