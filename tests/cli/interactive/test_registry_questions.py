"""The questions of `undo`, `rename` and `retire`: once, after what it is about was shown."""

import json
from pathlib import Path

import pytest

from tests.cli.terminals import Terminal
from tests.conftest import Run

WIDTHS = [50, 80, 120]
BOB = {"UTMFORGE_AUTHOR": "bob@desk"}
ANN = {"UTMFORGE_AUTHOR": "ann@laptop"}
FILE = """\
[campaigns.spring]
landing_page = "https://shop.example/spring"
channels = ["email", "sms"]
"""


@pytest.fixture(autouse=True)
def issued(work: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    """Two links that Ann issued."""
    (work / "campaigns.toml").write_text(FILE, encoding="utf-8")
    monkeypatch.setenv("UTMFORGE_AUTHOR", "ann@laptop")
    assert run("build").exit_code == 0


def links(run: Run) -> list[dict[str, str]]:
    """Return all links."""
    found = json.loads(run("list", "-F", "json").stdout)["data"]
    assert isinstance(found, list)
    return found


def states(run: Run) -> list[str]:
    """Return the state of each link."""
    return [link["state"] for link in links(run)]


def refuse_wide(text: str, columns: int) -> None:
    """Fail on a sentence that the terminal would break; an address may be longer."""
    wide = [line for line in text.splitlines() if len(line) > columns and "https://" not in line]
    assert not wide


@pytest.mark.parametrize("columns", WIDTHS)
@pytest.mark.parametrize("answer", ["n", "", "y", "oui"])
def test_another_persons_change_is_undone_after_a_question(
    run: Run, columns: int, answer: str
) -> None:
    """By its id, at a terminal; it says whose it is and what it did. Enter is no."""
    change = json.loads(run("history", "-F", "json").stdout)["data"][0]["id"]
    talk = Terminal("undo", change[:4], columns=columns, env=BOB)
    asked = talk.answer("undo it? [y/N]: ", answer)
    status, rest = talk.end()

    assert " ".join(asked.split()) == "ann@laptop issued 2 links for spring on " + asked.split()[-1]
    refuse_wide(f"{asked}\n{rest}", columns)
    if answer in {"n", ""}:
        assert (status, rest) == (1, "note: nothing was undone\n")
        assert states(run) == ["issued", "issued"]
    else:
        assert status == 0
        assert f"undid {change}: issued 2 links for spring on " in " ".join(rest.split())
        assert states(run) == ["retired", "retired"]


def test_who_is_not_asked(run: Run) -> None:
    """Plain `undo` never takes another's; one's own change needs no question."""
    status, text = Terminal("undo", env=BOB).end()
    assert status == 2
    assert "you (bob@desk) have no change to undo" in text
    assert states(run) == ["issued", "issued"]
    assert Terminal("undo", env=ANN).end()[0] == 0
    assert states(run) == ["retired", "retired"]


@pytest.mark.parametrize("columns", WIDTHS)
@pytest.mark.parametrize("answer", ["n", "y"])
def test_a_rename_says_what_it_does_before(run: Run, columns: int, answer: str) -> None:
    """The links are shown; afterwards it says what reports will show."""
    talk = Terminal("rename", "spring", "easter", columns=columns)
    shown = talk.answer("[y/N]: ", answer)
    status, rest = talk.end()

    asked = " ".join(shown.split())
    for link in links(run)[:2]:
        assert f"{link['id']} {link['url']}" in asked
    assert asked.endswith(
        'Rename "spring" to "easter"? It issues 2 new links, and retires those with the old name'
    )
    refuse_wide(f"{shown}\n{rest}", columns)
    if answer == "n":
        assert (status, rest) == (1, "note: nothing was renamed\n")
        assert Path("campaigns.toml").read_text(encoding="utf-8") == FILE
        assert states(run) == ["issued", "issued"]
    else:
        assert status == 0
        told = " ".join(rest.split())
        assert "renamed spring to easter: 2 links issued with the new name, the old" in told
        assert "links that were sent keep utm_campaign=spring: reports show both names" in told
        assert "[campaigns.easter]\n" in Path("campaigns.toml").read_text(encoding="utf-8")
        assert states(run) == ["retired", "retired", "issued", "issued"]
        assert all(link["url"] in rest for link in links(run)[2:])


@pytest.mark.parametrize("columns", WIDTHS)
@pytest.mark.parametrize(
    ("filters", "count"),
    [
        (("--campaign", "spring"), 2),
        (("--channel", "sms"), 1),
        (("--tag", "source=email"), 1),
        (("--text", "spring"), 2),
        (("--since", "2020"), 2),
    ],
    ids=lambda one: " ".join(one) if isinstance(one, tuple) else None,
)
def test_filters_show_what_they_find_and_ask_once(
    run: Run, columns: int, filters: tuple[str, ...], count: int
) -> None:
    """No leaves everything; yes retires all that was shown, and nothing else."""
    words = ("retire", *filters, "--reason", "it is over")
    question = "Retire 1 link? [y/N]: " if count == 1 else f"Retire {count} links? [y/N]: "
    talk = Terminal(*words, columns=columns)
    shown = talk.answer(question, "n")
    assert talk.end() == (1, "note: nothing was retired\n")
    assert shown.count("https://") == count
    assert states(run) == ["issued", "issued"]

    talk = Terminal(*words, columns=columns)
    assert talk.answer(question, "y") == shown
    status, rest = talk.end()
    assert status == 0
    assert f"retired {count} link" in rest
    assert {link["url"] for link in links(run) if link["state"] == "retired"} == {
        line.split()[1] for line in shown.splitlines()
    }


def test_many_links_are_counted(run: Run) -> None:
    """The first 20 are shown."""
    Path("pages.txt").write_text("".join(f"https://shop.example/{at}\n" for at in range(23)))
    assert run("new", "--from", "pages.txt", "-c", "many", "-C", "qr").exit_code == 0
    talk = Terminal("retire", "--campaign", "many", "-r", "x")
    shown = talk.answer("Retire 23 links? [y/N]: ", "n")
    assert shown.count("https://") == 20
    assert shown.endswith("and 3 more links\n")
    assert talk.end()[0] == 1


@pytest.mark.parametrize(
    "words",
    [("rename", "spring", "easter"), ("retire", "--channel", "sms", "-r", "x")],
    ids=lambda words: str(words[0]),
)
def test_leaving_a_question_changes_nothing(run: Run, words: tuple[str, ...]) -> None:
    """Ctrl-C: status 130, no traceback; the registry is not locked for others meanwhile."""
    talk = Terminal(*words)
    talk.expect("[y/N]: ")
    assert run("new", "https://shop.example/x", "-c", "other", "-C", "sms").exit_code == 0
    talk.child.send("\x03")
    status, rest = talk.end()
    assert status == 130
    assert "Traceback" not in rest
    assert states(run) == ["issued"] * 3
