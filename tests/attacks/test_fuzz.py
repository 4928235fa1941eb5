"""Files and links of anything: an answer or a refusal, and nothing half taken."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.attacks.fuzzing import (
    assert_answered,
    campaign_files,
    found_links,
    jsonl,
    quick,
    spreadsheet,
    table,
    toml,
)
from utmforge.registry import Registry

if TYPE_CHECKING:
    from tests.conftest import Run


def taken(place: str) -> int:
    """How many links and events a registry holds."""
    with Registry.open(place, create=False) as registry:
        return len(list(registry.links())) + len(list(registry.events.all()))


def write(name: str, text: str) -> None:
    """Write a file, whatever is in it."""
    Path(name).write_bytes(text.encode(errors="surrogatepass"))


@pytest.mark.slow
@quick
@given(jsonl())
def test_lines_that_are_synced(run: Run, text: str) -> None:
    """What was taken is written again, and taken again without a change."""
    Path("r.db").unlink(missing_ok=True)
    write("links.jsonl", text)
    result = run("registry", "sync", "links.jsonl", "--registry", "r.db")

    assert_answered(result)
    if result.exit_code:
        assert Path("links.jsonl").read_bytes() == text.encode(errors="surrogatepass")
        assert taken("r.db") == 0
    else:
        again = run("registry", "sync", "links.jsonl", "--registry", "r.db")
        assert again.exit_code == 0, again.stderr


FILES = (
    st.tuples(st.just("x.jsonl"), jsonl())
    | st.tuples(st.just("x.toml"), toml())
    | st.tuples(st.just("x.csv"), table() | spreadsheet())
)


@pytest.mark.slow
@quick
@given(FILES)
def test_files_that_are_imported(run: Run, file: tuple[str, str]) -> None:
    """All or nothing; what was taken can be exported and imported."""
    name, text = file
    Path("r.db").unlink(missing_ok=True)
    Path("other.db").unlink(missing_ok=True)
    write(name, text)
    result = run("registry", "import", name, "--registry", "r.db")

    assert_answered(result)
    if result.exit_code > 1:
        assert taken("r.db") == 0
    else:  # 1: events contradict each other; all of them are kept
        out = run("registry", "export", "out.jsonl", "--force", "--registry", "r.db")
        assert out.exit_code == 0, out.stderr
        back = run("registry", "import", "out.jsonl", "--registry", "other.db")
        assert back.exit_code == result.exit_code, back.stderr
        assert taken("other.db") == taken("r.db")


@pytest.mark.slow
@quick
@given(campaign_files(), st.sampled_from(["build", "lint", "channels"]))
def test_campaign_files(run: Run, text: str, command: str) -> None:
    """Each command that reads one answers."""
    write("campaigns.toml", text)
    words = (command, "--dry-run") if command == "build" else (command,)

    assert_answered(run(*words))


@pytest.mark.slow
@quick
@given(found_links)
def test_links_as_they_are_found(run: Run, text: str) -> None:
    """In a text for the linter, and one by one."""
    linted = run("lint", "-", stdin=text.encode(errors="surrogatepass"))
    assert_answered(linted)
    if text.strip() and "\x00" not in text and not text.startswith("-"):
        assert_answered(run("explain", text))
