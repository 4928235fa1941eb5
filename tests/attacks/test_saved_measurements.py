"""One saved measurement that cannot be read does not take the others away."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.measure.log_lines import hit
from utmforge.cli import measured_sources

if TYPE_CHECKING:
    from tests.conftest import Run

WHOLE: dict[str, Any] = {
    "utmforge_measurement": 1,
    "saved_at": "2026-03-01T08:00:00Z",
    "source": "log",
    "since": "2026-02-01",
    "until": "2026-02-28",
    "timezone": "UTC",
    "by": ["campaign"],
    "min_visitors": 10,
    "campaign": None,
    "rows": [],
}
BROKEN = {
    "empty": "",
    "cut": json.dumps(WHOLE)[:-9],
    "nothing": "{}",
    "list": "[]",
    "deep": "[" * 100_000,
    "digits": json.dumps(WHOLE).replace("10", "1" * 5000),
    "day": json.dumps(WHOLE | {"since": "2026-02-30"}),
    "later": json.dumps(WHOLE | {"utmforge_measurement": 2}),
    "bytes": "\udcff\udcfe",
    "escapes": json.dumps(WHOLE | {"by": ["\x1b[2J"]}),
}


def save(name: str, text: str) -> None:
    """Write a file as one of the saved measurements."""
    Path("links.measurements").mkdir(exist_ok=True)
    data = text.encode(errors="surrogateescape")
    Path("links.measurements", f"{name}.json").write_bytes(data)


@pytest.fixture(autouse=True)
def folder() -> None:
    """A folder with its own registry."""
    Path("campaigns.toml").write_text('[workspace]\nregistry = "links.db"\n')


@pytest.mark.parametrize("name", BROKEN)
def test_the_others_are_shown(run: Run, name: str) -> None:
    """And the broken one is named, with what to do; the status says that one is broken."""
    save("a-whole", json.dumps(WHOLE))
    save(f"b-{name}", BROKEN[name])
    save("c-whole", json.dumps(WHOLE))
    result = run("measure", "--saved", "--format", "csv")

    assert result.exit_code == 46
    assert [line.partition(",")[0] for line in result.stdout.splitlines()] == [
        "name",
        "a-whole",
        "c-whole",
    ]
    what = "was written by a newer version of utmforge" if name == "later" else "is damaged"
    assert f'warning: "links.measurements/b-{name}.json" {what}\nhint: ' in result.stderr
    assert "\x1b" not in result.stderr


def test_json_has_the_others_too(run: Run) -> None:
    """One document, with the warning among its messages."""
    save("a", json.dumps(WHOLE))
    save("b", "{")
    result = run("measure", "--saved", "--format", "json")
    answer = json.loads(result.stdout)

    assert result.exit_code == 46
    assert [one["name"] for one in answer["data"]] == ["a"]
    assert [one["kind"] for one in answer["messages"]] == ["note", "warning", "hint"]


def test_many_that_are_broken_are_counted(run: Run) -> None:
    """A damaged folder does not fill the screen."""
    for number in range(40):
        save(f"{number:02}", "{")
    result = run("measure", "--saved")

    assert (result.exit_code, result.stderr.count("is damaged")) == (46, 5)
    assert "warning: and 35 more measurements cannot be read\n" in result.stderr


def test_names_that_differ_by_case_are_two(run: Run) -> None:
    """As on Linux; each is listed with what it has."""
    save("March", json.dumps(WHOLE))
    save("march", json.dumps(WHOLE | {"since": "2026-02-02"}))
    listed = run("measure", "--saved", "--format", "csv").stdout.splitlines()[1:]

    assert [line.split(",")[:2] for line in listed] == [
        ["March", "2026-02-01"],
        ["march", "2026-02-02"],
    ]


@pytest.mark.parametrize("target", ["precious", "missing"])
def test_nothing_is_saved_through_a_link(run: Run, target: str) -> None:
    """With `--force` neither; it leads to a file of the user's."""
    Path("precious").write_text("precious")
    Path("access.log").write_text("".join(hit("/", who=who) for who in range(30)))
    Path("links.measurements").mkdir()
    Path("links.measurements/march.json").symlink_to(f"../{target}")
    result = run("measure", "access.log", "--save", "march", "--force")

    assert (result.exit_code, result.stdout) == (53, "")
    assert "it is a link to another file" in result.stderr
    assert (Path("precious").read_text(), Path("missing").exists()) == ("precious", False)


@pytest.mark.parametrize(
    ("made", "words"),
    [("links.measurements/march.json", "--save march"), ("page.html", "--html page.html")],
)
def test_what_another_command_writes_meanwhile_stays(
    run: Run, monkeypatch: pytest.MonkeyPatch, made: str, words: str
) -> None:
    """Measuring takes minutes; without `--force` the first one to finish keeps its file."""
    Path("access.log").write_text("".join(hit("/", who=who) for who in range(30)))
    answer = measured_sources.answer

    def slow(*args: object) -> object:
        Path(made).parent.mkdir(exist_ok=True)
        Path(made).write_text("theirs")
        return answer(*args)  # type: ignore[arg-type]  # passed on

    with monkeypatch.context() as patch:
        patch.setattr("utmforge.cli.commands.measure.answer", slow)
        result = run("measure", "access.log", *words.split())

    assert result.exit_code == 53
    assert "already" in result.stderr
    assert Path(made).read_text() == "theirs"
    assert run("measure", "access.log", *words.split(), "--force").exit_code == 0
    assert Path(made).read_text() != "theirs"
