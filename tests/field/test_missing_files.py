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


@pytest.mark.parametrize("name", ["page.html", "links.csv", "report.pdf", "a.b.txt", "x.toml?a=1"])
def test_the_name_of_a_file_is_no_host(run: Run, name: str) -> None:
    """No domain ends so: nothing is issued for it, wherever it is given."""
    Path("campaigns.toml").write_text(
        f'[campaigns.s]\nlanding_page = "{name}"\nchannels = ["email"]\n'
    )
    Path("l.csv").write_text(f"landing_page,utm_source,utm_medium,utm_campaign\n{name},a,b,c\n")
    results = [
        run("new", name, "-c", "spring", "-C", "email"),
        run("build"),
        run("new", "--from", "l.csv", "-c", "spring", "-C", "email"),
        run("registry", "import", "l.csv"),
    ]

    explained = run("explain", name)
    assert explained.exit_code == 2
    assert explained.stderr.endswith(
        "error: this is the name of a file, not a link\n"
        "hint: utmforge lint FILE checks the links in a file\n"
    )
    for result in results:
        assert result.exit_code != 0
        assert "is not a web address" in result.stderr
        assert "https://shop.example/page" in result.stderr


@pytest.mark.parametrize("page", ["shop.example/a.html", "html.example", "page.html.example"])
def test_a_host_may_be_named_like_a_file(run: Run, page: str) -> None:
    """Only its ending tells."""
    assert run("new", page, "-c", "spring", "-C", "email").exit_code == 0


@pytest.mark.parametrize("between", [" ", ",", ", ", ";", "\n"])
def test_two_landing_pages_are_not_one(run: Run, between: str) -> None:
    """Nor in the campaign file."""
    pages = f"https://a.example/{between}https://b.example/"
    escaped = pages.replace("\n", "\\n")
    Path("campaigns.toml").write_text(
        f'[campaigns.s]\nlanding_page = "{escaped}"\nchannels = ["email"]\n'
    )

    for words in (("new", pages, "-c", "spring", "-C", "email"), ("build",)):
        result = run(*words)
        assert result.exit_code != 0
        assert result.stdout == ""
        assert "hint: " in result.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("compare",),
        ("registry", "import"),
        ("new", "-c", "spring", "-C", "email", "--from"),
    ],
)
def test_a_sheet_on_the_web_is_downloaded_first(run: Run, words: tuple[str, ...]) -> None:
    """Nothing is fetched."""
    result = run(*words, "https://docs.example/sheet.csv")

    assert "\nhint: download the file first, and name it here\n" in result.stderr
