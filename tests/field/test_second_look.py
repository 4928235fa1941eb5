"""Neighbours of the faults that were found first: other endings, other spellings, other places."""

import os
from pathlib import Path

import pytest

from tests.conftest import Run
from utmforge.lint import Settings
from utmforge.lint.repair import repaired

TAGS = "utm_source=news&utm_medium=email&utm_campaign=spring"


@pytest.mark.parametrize(
    "name",
    [
        *("links.json", "feed.xml", "x.svg", "x.yml", "x.yaml", "x.py", "news.eml", "report.xlsx"),
        *(
            "doc.docx",
            "a.pdf",
            "page.php",
            "links.log",
            "x.rst",
            "x.zip",
            "x.db",
            "x.jsonl",
            "x.ods",
        ),
        *(
            "campaigns.toml.bak",
            "links.numbers",
            "news.mbox",
            "mail.hbs",
            "mail.liquid",
            "a b.json",
        ),
    ],
)
def test_a_file_that_is_missing_is_never_taken_for_an_address(run: Run, name: str) -> None:
    """Whatever its ending."""
    result = run("lint", name)

    assert result.exit_code == 2
    assert result.stdout == ""
    assert (
        result.stderr
        == f'error: there is no file "{name}"\nhint: start a web address with https://\n'
    )


@pytest.mark.parametrize("address", ["shop.example", "shop.example/page", "www.shop.com", "t.co/x"])
def test_an_address_without_its_scheme_is_still_one(run: Run, address: str) -> None:
    """A host, or a host and a path."""
    assert run("lint", address).exit_code == 0


def test_a_row_without_an_address_is_refused(run: Run, work: Path) -> None:
    """It is not left out without a word, whatever its other columns hold."""
    (work / "pages.csv").write_text("name,url\nx\nhttps://a.example/9\ny,https://a.example/2\n")
    result = run("new", "--from", "pages.csv", "-c", "spring", "-C", "sms", "--dry-run")

    assert result.exit_code == 25
    assert result.stdout == ""
    assert result.stderr == (
        'note: columns not used: "name"\n'
        "error: pages.csv:2: the landing page is empty\n"
        "error: pages.csv:3: the landing page is empty\n"
        "hint: --skip-errors leaves such rows out\n"
    )


@pytest.mark.parametrize(
    ("value", "repaired_value"),
    [
        ("Spring)", "spring)"),
        ("Spring.", "spring."),
        ("Spring_", "spring%5F"),
        ("Caf%c3%89", "caf%C3%A9"),
        ("A%2fB", "a%2fb"),
        ("Two?Utm=X", "two?utm=x"),
        ("S:1,2", "s:1,2"),
    ],
)
def test_only_letters_change(value: str, repaired_value: str) -> None:
    """What is not a letter stays as it is written; a person decides about punctuation."""
    link = f"https://shop.example/?utm_source=news&utm_medium=email&utm_campaign={value}"
    fixed = f"https://shop.example/?utm_source=news&utm_medium=email&utm_campaign={repaired_value}"

    assert repaired(link, Settings(), ("UTM101", "UTM107")) == fixed


@pytest.mark.parametrize("command", ["show", "copy", "qr"])
def test_an_address_that_is_not_utf_8_is_not_a_link(run: Run, command: str) -> None:
    """It is refused like any other that was not issued."""
    result = run(command, "https://shop.example/\udcff")

    assert result.exit_code == 2
    assert result.stderr == "error: the search text is not UTF-8\n"


@pytest.mark.parametrize(
    "words", [("undo",), ("retire", "abc", "--reason", "x"), ("undo", "nothing")]
)
def test_nothing_to_change_makes_no_registry(run: Run, words: tuple[str, ...]) -> None:
    """A refusal leaves nothing behind."""
    result = run(*words, "--registry", "none.db")

    assert result.exit_code in {2, 31}
    assert not Path("none.db").exists()


@pytest.mark.parametrize("words", [("abc",), ("--dry-run",)])
def test_the_old_spelling_of_history_takes_no_other_words(run: Run, words: tuple[str, ...]) -> None:
    """They would be left without an answer."""
    result = run("undo", "--list", *words)

    assert result.exit_code == 2
    assert result.stderr == (
        "error: --list cannot be used with CHANGE or --dry-run\n"
        "hint: utmforge history lists the changes\n"
    )


@pytest.mark.parametrize(
    "spelling", ["campaigns.toml", "./campaigns.toml", f"..{os.sep}work{os.sep}campaigns.toml"]
)
def test_the_campaign_file_is_one_file_however_it_is_written(
    run: Run, work: Path, spelling: str
) -> None:
    """Its problems are findings."""
    (work / "campaigns.toml").write_text(
        '[campaigns.a]\nlanding_page = "https://shop.example/"\nchannels = ["emial"]\n'
    )
    result = run("lint", spelling)

    assert result.exit_code == 1
    assert "UTM704" in result.stdout
