"""The file that a subcommand of `utmforge registry` writes."""

from datetime import UTC, datetime
from pathlib import Path

from tests.conftest import Run
from utmforge import Registry, Tags, make_link

NOON = datetime(2026, 3, 20, 12, tzinfo=UTC)


def fill(place: str | Path) -> None:
    """Issue and retire links with every kind of text that a spreadsheet might calculate."""
    nasty = ["=1+1", "+336", "-spring", "@x", "'quoted", "''", "a,b", 'say "hi"', "é", "[x]", "ｆ"]
    links = [
        make_link("https://x.example/", Tags("s", "m", "c", content=text), channel=text)
        for text in nasty
    ]
    with Registry.open(place) as registry:
        registry.add(links, now=NOON)
        registry.retire([links[0].id], "=cmd|' /C calc'!A0", successor=links[1].id)
        registry.retire([links[2].id], 'two\nlines, "quoted"')
        registry.undo()


def test_nothing_is_written_over_the_registry(run: Run, work: Path) -> None:
    """Not even with --force."""
    fill("links.db")
    before = (work / "links.db").read_bytes()
    for words in (("export", "links.db", "--as", "csv"), ("backup", "links.db")):
        result = run("registry", *words, "--force", "--registry", "links.db")
        assert (result.exit_code, result.stderr.splitlines()[0]) == (
            53,
            'error: "links.db" is the registry itself',
        )
    assert (work / "links.db").read_bytes() == before
