"""`utmforge lint --fix`: an issued link stays what was issued, and printed, and sent."""

from pathlib import Path

import pytest

from tests.conftest import Run
from utmforge.issuing.make import make_link
from utmforge.model import Tags
from utmforge.registry import Registry

OLD = make_link("https://shop.example/poster", Tags("News", "email", "spring"))
NEW = make_link("https://shop.example/letter", Tags("News", "email", "spring"))
FIXED = NEW.url.replace("News", "news")
HINT = (
    "hint: to change an issued link, issue the fixed one and retire it: "
    "utmforge retire ID --reason … --successor ID\n"
)


@pytest.fixture(autouse=True)
def issued() -> None:
    """A registry with a link of a poster."""
    Path("campaigns.toml").write_text('[workspace]\nregistry = "links.db"\n')
    with Registry.open("links.db") as registry:
        registry.add([OLD])


@pytest.mark.parametrize("is_retired", [False, True])
@pytest.mark.parametrize("words", [(), ("--dry-run",)])
def test_an_issued_link_stays_as_it_is(
    run: Run, words: tuple[str, ...], *, is_retired: bool
) -> None:
    """In lists and CSV; said with its place; everything else is fixed."""
    if is_retired:
        with Registry.open("links.db") as registry:
            registry.retire([OLD.id], "over")
    lines = f"# mine\n  {OLD.url}\n{NEW.url}\n{OLD.url}  # again\n"
    table = f'\ufeffname;url\nposter;"{OLD.url}"\nletter;{NEW.url}\n'
    Path("links.txt").write_text(lines)
    Path("links.csv").write_text(table)
    result = run("lint", "links.txt", "links.csv", "--fix", "--select", "UTM101", *words)

    said = [line for line in result.stderr.splitlines() if line.startswith("note: ")]
    assert said == [
        f"note: {place}: {OLD.id} was issued and was not fixed"
        for place in ("links.txt:2:3", "links.csv:2:9")
    ]
    assert result.stderr.count(HINT) == 2
    if not words:
        assert Path("links.txt").read_text() == lines.replace(NEW.url, FIXED)
        assert Path("links.csv").read_text() == table.replace(NEW.url, FIXED)
    assert result.stdout.count("warning UTM101") == (5 if words else 3)
    assert f"+{FIXED}\n" in result.stderr


def test_a_mere_likeness_is_fixed(run: Run) -> None:
    """A link is issued when it is the same letter by letter."""
    Path("links.txt").write_text(f"{OLD.url}&utm_content=a\n")
    Path("bytes.txt").write_bytes(OLD.url.encode() + b"&x=\xff\n")
    result = run("lint", "links.txt", "bytes.txt", "--fix")

    assert "was issued" not in result.stderr
    assert Path("links.txt").read_text() == f"{OLD.url.replace('News', 'news')}&utm_content=a\n"
    assert Path("bytes.txt").read_bytes() == OLD.url.replace("News", "news").encode() + b"&x=\xff\n"


def test_what_is_clean_is_not_told(run: Run) -> None:
    """Nor asked for."""
    clean = make_link("https://shop.example/", Tags("news", "email", "spring"))
    with Registry.open("links.db") as registry:
        registry.add([clean])
    Path("links.txt").write_text(f"{clean.url}\n{OLD.url} # utmforge: ignore UTM101 printed\n")

    assert run("lint", "links.txt", "--fix").stderr == "nothing found in 2 links\n"


def test_many_issued_links_are_told_in_few_words(run: Run) -> None:
    """The first ten with their places."""
    Path("links.txt").write_text(f"{OLD.url}\n" * 12)
    result = run("lint", "links.txt", "--fix")

    assert result.stderr.count("was issued and was not fixed") == 10
    assert "note: links.txt: 2 more issued links were not fixed\n" in result.stderr


def test_nothing_is_fixed_where_it_is_not_known_what_was_issued(run: Run) -> None:
    """A registry that cannot be read may hold any of the links."""
    Path("links.db").write_bytes(b"x" * 4096)
    Path("links.txt").write_text(f"{NEW.url}\n")
    result = run("lint", "links.txt", "--fix", "--ignore", "UTM702")

    assert Path("links.txt").read_text() == f"{NEW.url}\n"
    assert result.exit_code == 1
    assert result.stderr.startswith(
        "warning: links.txt was not fixed, because it is not known which links were issued: "
        '"links.db" is not a registry of utmforge; name another file'
    )
    assert run("lint", "links.txt", "--fix", "--registry", "none.db").exit_code == 0
    assert Path("links.txt").read_text() == f"{FIXED}\n"
