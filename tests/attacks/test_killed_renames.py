"""`utmforge rename` changes a file and links: killed, edited or run twice, it ends whole."""

from __future__ import annotations

import json
import random
import signal
import subprocess
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import PATIENCE, command
from utmforge import Registry

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Run

FILE = """[workspace]
registry = "links.db"

[campaigns.sprng]
landing_page = "https://shop.example/"
channels = ["email", "sms", "whatsapp"]
"""
WORDS = ("rename", "sprng", "spring", "--yes")
DONE = {("sprng", "retired"): 3, ("spring", "issued"): 3}


@pytest.fixture(autouse=True)
def campaign(run: Run) -> Path:
    """Issue the links of a campaign, and return its file."""
    path = Path("campaigns.toml")
    path.write_text(FILE)
    run("build")
    return path


def states(run: Run) -> dict[tuple[str, str], int]:
    """Return how many links of each campaign are in which state."""
    found: dict[tuple[str, str], int] = {}
    for line in run("list", "--format", "jsonl").stdout.splitlines():
        link = json.loads(line)
        key = (link["campaign"], link["state"])
        found[key] = found.get(key, 0) + 1
    return found


class Killed(BaseException):
    """The end of the process, as far as what follows is concerned."""


@pytest.mark.parametrize("moment", range(10))
def test_it_goes_on_where_it_was_killed(
    run: Run, campaign: Path, monkeypatch: pytest.MonkeyPatch, moment: int
) -> None:
    """Before or after it issues the links, retires each of them, and replaces the file."""
    left = iter(range(moment))

    def with_kills(work: Callable[..., object]) -> Callable[..., object]:
        def killed(*args: object, **options: object) -> object:
            if next(left, None) is None:
                raise Killed
            done = work(*args, **options)
            if next(left, None) is None:
                raise Killed
            return done

        return killed

    with monkeypatch.context() as patch:
        for name in ("add", "retire"):
            patch.setattr(Registry, name, with_kills(getattr(Registry, name)))
        patch.setattr(Path, "chmod", with_kills(Path.chmod))
        with pytest.raises(Killed):
            run(*WORDS)
    assert campaign.read_text() == FILE
    again = run(*WORDS)

    assert (again.exit_code, again.stderr.partition(":")[0]) == (0, "renamed sprng to spring")
    assert campaign.read_text() == FILE.replace("sprng", "spring")
    assert states(run) == DONE


def test_it_is_killed_at_any_moment(run: Run, campaign: Path) -> None:
    """The same with real processes."""
    chance = random.Random(5)  # noqa: S311 - no secret
    for patience in count(1):
        if campaign.read_text() != FILE:
            break
        process = subprocess.Popen(
            command(*WORDS), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            process.wait(chance.uniform(0.05, 0.1 * patience))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()

    assert campaign.read_text() == FILE.replace("sprng", "spring")
    assert states(run) == DONE


def test_an_edit_meanwhile_stays(run: Run, campaign: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An editor does not wait for the command."""
    add = Registry.add

    def slow(*args: object, **options: object) -> object:
        campaign.write_text(f"# ours\n{campaign.read_text()}")
        return add(*args, **options)  # type: ignore[arg-type]  # passed on

    with monkeypatch.context() as patch:
        patch.setattr(Registry, "add", slow)
        assert run(*WORDS).exit_code == 0

    assert campaign.read_text() == f"# ours\n{FILE.replace('sprng', 'spring')}"


def test_twice_at_once_is_once(run: Run, campaign: Path) -> None:
    """Each of them finds the work done, or does it."""
    both = [
        subprocess.Popen(command(*WORDS), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    for one in both:
        _, said = one.communicate(timeout=PATIENCE)
        assert one.returncode in {0, 2, 24}, said

    assert campaign.read_text() == FILE.replace("sprng", "spring")
    assert states(run) == DONE


def test_links_of_others_are_still_in_the_way(run: Run, campaign: Path) -> None:
    """Only links that the command itself would issue are taken for its own."""
    run("new", "https://shop.example/other", "-c", "spring", "-C", "email", "--new-name")
    result = run(*WORDS)

    assert (result.exit_code, campaign.read_text()) == (2, FILE)
    assert 'links of "spring" were issued before' in result.stderr
    assert states(run) == {("sprng", "issued"): 3, ("spring", "issued"): 1}


def test_a_file_that_cannot_be_written_is_refused_first(
    run: Run, campaign: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before a link is issued."""

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("tempfile.mkstemp", full)
        result = run(*WORDS)

    assert (result.exit_code, campaign.read_text()) == (53, FILE)
    assert states(run) == {("sprng", "issued"): 3}
