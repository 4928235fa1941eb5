"""The file that a subcommand of `utmforge registry` writes."""

from pathlib import Path

from tests.conftest import Run
from tests.registry.sample_links import fill


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
