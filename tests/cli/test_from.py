"""`utmforge new --from`: landing pages in bulk."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.conftest import Run, command
from utmforge.issuing import bulk as landing_pages

ASKED = ("new", "--campaign", "c", "--channel", "sms", "--from")


def test_a_list_on_standard_input(run: Run) -> None:
    """One address a line; blank lines, a BOM and CRLF are nothing to complain about."""
    result = run(*ASKED, "-", stdin="\ufeffhttps://x.example/1\r\n\r\n x.example/2 \r\n")

    assert result.stdout == "".join(
        f"https://x.example/{page}?utm_source=sms&utm_medium=sms&utm_campaign=c\n" for page in "12"
    )
    assert result.stderr == (
        "note: the address had no scheme: used https://x.example/2\n"
        "issued 2 links, 0 already issued\n"
    )


def test_a_csv_with_tags_of_its_own(run: Run) -> None:
    """A row's tags come before the command's; columns that are not ours are named."""
    Path("pages.csv").write_text(
        "name;landing_page;Campaign;channel;content;term;id\n"
        'Lamp;https://x.example/1;;"sms, email";;;\n'
        '"Chair\nred";https://x.example/2;Other;whatsapp;hero;T;I1\n'
        ";;;;;;\n"
    )
    result = run(*ASKED, "pages.csv", "--format", "jsonl")
    rows = [json.loads(line) for line in result.stdout.splitlines()]

    assert [
        (row["landing_page"][-1], row["channel"], row["campaign"], row["content"], row["utm_id"])
        for row in rows
    ] == [
        ("1", "sms", "c", None, None),
        ("1", "email", "c", None, None),
        ("2", "whatsapp", "other", "hero", "I1"),
    ]
    assert result.stderr.splitlines()[0] == 'note: columns not used: "name"'


def test_a_second_run_says_what_was_there(run: Run) -> None:
    """The same links, and only the new ones are new."""
    run(*ASKED, "-", stdin="https://x.example/1\n")
    result = run(*ASKED, "-", stdin="https://x.example/1\nhttps://x.example/2\n")

    assert result.stderr == "issued 1 link, 1 already issued\n"
    assert len(run("list").stdout.splitlines()) == 2


def test_all_bad_rows_are_told_and_nothing_of_their_batch_is_issued(run: Run) -> None:
    """With file and line, the secret left out."""
    Path("pages.csv").write_text(
        "landing_page,channel\nhttps://x.example/1,\nftp://x.example,\nhttps://u:pw@x.example,\n"
        "https://x.example/4,fax\n"
    )
    result = run(*ASKED, "pages.csv")

    assert result.exit_code == 25
    assert result.stdout == ""
    assert [line for line in result.stderr.splitlines() if line.startswith("error")] == [
        'error: pages.csv:3: only http and https addresses can be tagged, not "ftp"',
        "error: pages.csv:4: the address has a user name or password before its host",
        'error: pages.csv:5: no channel is called "fax"',
    ]
    assert run("list").stdout == ""


def test_batches_before_a_bad_one_stay(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was printed is saved, and said."""
    monkeypatch.setattr(landing_pages, "BATCH", 2)
    pages = [f"https://x.example/{number}" for number in range(5)]
    result = run(*ASKED, "-", stdin="\n".join([*pages, "nope"]))

    assert result.exit_code == 25
    assert len(result.stdout.splitlines()) == 4
    assert "the 4 links of the rows before it stay issued" in result.stderr
    assert len(run("list").stdout.splitlines()) == 4


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("landing_page,chanel\nx,y", 'unknown column "chanel"\nhint: did you mean "channel"?'),
        ("landing_page,term,term\nx,y,z", 'column "term" appears twice'),
        ("landing_page\n\x00", "the address has a control character (U+0000)"),
        (b"https://x.example/\x81", "the address is not UTF-8 text"),
        ("x" * 1_000_000, "the landing page is longer than 8 KiB"),
        ('landing_page\n"' + "x" * 200_000, "not valid CSV: field larger than field limit"),
        ("landing_page,term\n,x", "the landing page is empty"),
        ("landing_page,term\nhttps://x.example/?a=1,2,x", "the row has more cells than the header"),
        ("campaign,channel\na,b", "the header has no landing_page"),
        ("https://x.example/1,email\n", "the line looks like CSV without a header"),
        ("https://x.example/2 # note\n", "the line has a space"),
        (b"landing_page;term\nhttps://x.example/;\x81", "term is not UTF-8 text"),
    ],
    ids=lambda value: str(value)[:25],
)
def test_what_cannot_be_read_is_told(run: Run, data: str | bytes, message: str) -> None:
    """A header that is nearly right, bytes that are no text, a line without end."""
    result = run(*ASKED, "-", stdin=data)

    assert result.exit_code == 25
    assert message in result.stderr
    assert result.stderr.startswith("error: standard input:")
    assert result.stdout == ""


def test_from_takes_no_target(run: Run) -> None:
    """Two sources of landing pages exclude each other; a missing file is reported."""
    both = run(*ASKED, "-", "https://x.example/")
    missing = run(*ASKED, "nope.csv")

    assert both.exit_code == 2
    assert missing.exit_code == 2
    assert missing.stderr == 'error: cannot read "nope.csv": no such file or directory\n'


def test_nothing_in_nothing_out(run: Run) -> None:
    """An empty list is not an error."""
    assert run(*ASKED, "-").exit_code == 0


def test_dry_run_in_bulk(run: Run, home: Path) -> None:
    """The same output, nothing changed."""
    result = run(*ASKED, "-", "--dry-run", stdin="https://x.example/1\n")

    assert result.stdout.count("\n") == 1
    assert result.stderr == "would issue 1 link, 0 already issued\n"
    assert list(home.iterdir()) == []


def test_excel_s_own_first_line_and_columns_of_other_names(run: Run) -> None:
    """`sep=;` is not a row; a comment is not content."""
    result = run(*ASKED, "-", stdin="sep=;\nlanding_page;comment\nhttps://x.example/1;b\nx;\n")

    assert result.stderr == (
        'note: columns not used: "comment"\n'
        'error: standard input:4: "x" is not a web address\n'
        "hint: write it as https://shop.example/page\n"
    )


def test_a_closed_standard_input() -> None:
    """`<&-` is a mistake with a sentence."""
    done = subprocess.run(
        ["bash", "-c", f"{' '.join(command(*ASKED, '-'))} <&-"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.startswith("error: standard input is closed\n")


def test_what_list_writes_can_be_read_again(run: Run) -> None:
    """The link's own id is left out, utm_id is taken; comments are no rows."""
    run("new", "https://x.example/", "-c", "c", "-C", "sms", "--id", "I1", "--content", "a")
    written = run("list", "--format", "csv").stdout
    Path("again.csv").write_text(written)

    assert run("new", "--from", "again.csv").stdout == run("list").stdout
    assert run(*ASKED, "-", stdin="# mine\nhttps://x.example/\n").stdout.count("\n") == 1


@pytest.mark.parametrize(
    "text",
    [
        "\n# mine\nlanding_page,channel\nhttps://x.example/,email\n",
        'Landing-Page, Channel\nhttps://x.example/, "email"\n',
        "LandingPage;CHANNEL\nhttps://x.example/;Email\n",
        "SEP=;\nlanding page;utm_medium;source\nhttps://x.example/;email;email\n",
        '"sep=\t"\nlanding_page\tchannel\nhttps://x.example/\temail\n',
    ],
)
def test_headers_as_people_write_them(run: Run, text: str) -> None:
    """Case, hyphens, spaces, blank lines and remarks before."""
    asked = ("new", "--campaign", "c", "--from", "-")

    assert run(*asked, stdin=text).stdout == (
        "https://x.example/?utm_source=email&utm_medium=email&utm_campaign=c\n"
    )


def test_quotes_and_merge_tags_in_a_plain_list(run: Run) -> None:
    """A column in quotes is a list; a merge tag may hold spaces."""
    result = run(*ASKED, "-", stdin='"https://x.example/1"\nhttps://x.example/{{ a b }}\n')

    assert result.stdout.splitlines()[0].startswith("https://x.example/1?utm_source=")
    assert result.stdout.splitlines()[1].startswith("https://x.example/{{ a b }}?utm_source=")
