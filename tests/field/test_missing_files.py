"""What can only be a file is not taken for an address without tags."""

import re
from pathlib import Path

import pytest

from tests.conftest import Run


@pytest.mark.parametrize(
    "name",
    [
        "./missing.csv",
        "../missing",
        "/does/not/exist.csv",
        "/does/not/exist",
        "~/links",
        "./newsletters/missing.html",
        "newsletters.d/links.txt",
        "newsletters.d/links.urls",
        "newsletters/march.html",
        "newsletters/march.eml",
        "newsletters/march",
        "links.txt",
        "links.list",
        "links.CSV",
        "links",
        ".hidden",
        "C:\\links\\march.csv",
    ],
)
@pytest.mark.parametrize("fmt", ["table", "github"])
def test_a_missing_file_is_a_refusal(run: Run, name: str, fmt: str) -> None:
    """Status 2; nothing passes."""
    result = run("lint", name, "--format", fmt)

    assert result.exit_code == 2
    annotation = f'::error title=unreadable-input::there is no file "{name}"'
    assert result.stdout.startswith(annotation if fmt == "github" else "")
    assert bool(result.stdout) == (fmt == "github")
    assert result.stderr.startswith(f'error: there is no file "{name}"')
    assert "hint: start a web address with https://" in result.stderr


@pytest.mark.parametrize(
    "name", ["./emails/*.html", "emails/*", "*.csv", "a/[bc].txt", "shop.example/*"]
)
def test_a_pattern_that_matches_nothing(run: Run, name: str) -> None:
    """The shell hands it on as it is."""
    result = run("lint", name)

    assert result.exit_code == 2
    assert (
        result.stderr
        == f'error: no file matches "{name}"\nhint: start a web address with https://\n'
    )


def test_a_pattern_stands_for_the_files_that_it_matches(run: Run) -> None:
    """Where no shell expands it, also below folders; each file is read once, folders are not."""
    link = "https://x.example/?utm_source=A&utm_medium=email&utm_campaign=x\n"
    for name in ("mails/b c.urls", "mails/a.urls", "mails/march/d.urls", "[x].urls", "z.urls"):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(link)
    Path("mails/e.urls").mkdir()
    found = run("lint", "mails/**/*.urls", "[x].urls", "[y-z].urls", "mails/a.urls", "-F", "github")

    assert re.findall("file=(.+?),line", found.stdout) == [
        "[x].urls", "mails/a.urls", "mails/b c.urls", "mails/march/d.urls", "z.urls",
    ]  # fmt: skip


def test_a_folder_is_said_to_be_one(run: Run) -> None:
    """With what to name instead."""
    Path("shop.example").mkdir()
    result = run("lint", "shop.example")

    assert result.exit_code == 2
    assert result.stderr == (
        'error: "shop.example" is a folder\n'
        "hint: name the files in it, such as shop.example/*.html\n"
    )


@pytest.mark.parametrize(
    "address",
    [
        "shop.example",
        "shop.example/page",
        "shop.example/page?a=1",
        "shop.example/?file=links.csv",
        "shop.example:8080/page",
        "//shop.example/page",
        "https://shop.example/links.csv",
        "https://shop.example/*",
        "HTTPS://shop.example/a[1].html",
    ],
)
def test_an_address_is_still_one(run: Run, address: str) -> None:
    """Looked at as an address without tags."""
    result = run("lint", address)

    assert result.exit_code == 0
    assert result.stderr.endswith("in 1 link\n")


def test_a_relative_address_with_tags_is_one(run: Run) -> None:
    """It begins as a path does, and has a query."""
    assert "UTM207" in run("lint", "/spring?utm_source=news").stdout
