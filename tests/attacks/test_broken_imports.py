"""Values of the wrong type, numbers without end, nesting without bottom: an error and its line."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import tomli_w

from tests.attacks.fuzzing import RAW_JSON, RECORDS, assert_answered
from utmforge.registry import Registry

if TYPE_CHECKING:
    from tests.conftest import Run

DEEP = "[" * 2_000 + "]" * 2_000
HEAVY = {
    "digits": "9" * 5_000,
    "hexadecimals": "0x" + "f" * 5_000,
    "list": DEEP,
    "table": "{ a = " * 2_000 + "1" + " }" * 2_000,
    "infinity": "inf",
    "nan": "nan",
    "exponent": "1e999999999",
}


def kept() -> int:
    """How many links and events came in."""
    with Registry.open("r.db", create=False) as registry:
        return len(list(registry.links())) + len(list(registry.events.all()))


def refused(run: Run, command: str, name: str, place: str) -> str:
    """Bring a file in, which is refused with its place; return what is said."""
    result = run("registry", command, name, "--registry", "r.db")
    assert result.exit_code in {25, 53}, result.stderr
    assert place in result.stderr, result.stderr
    assert len(result.stderr) < 1_000
    assert_answered(result)
    assert kept() == 0
    return result.stderr


@pytest.mark.parametrize("cell", [*RAW_JSON, '"retired"', "[5]", "[null]", "[[]]", "[{}]", " "])
def test_a_history_that_is_none(run: Run, cell: str) -> None:
    """A list of events and nothing else, each of the row's link."""
    link, event = RECORDS
    others = [json.dumps([event | {"id": "2" * 12}]), json.dumps([link]), json.dumps(event)]
    for history in (cell, *others):
        with Path("x.csv").open("w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([*link, "history"])
            writer.writerow([*(value or "" for value in link.values()), history])
        if history in {"[]", " "}:
            continue
        refused(run, "import", "x.csv", "x.csv:2: the history is not ")


@pytest.mark.parametrize("command", ["sync", "import"])
@pytest.mark.parametrize(
    "raw", [one for one in RAW_JSON if "\x00" not in one], ids=lambda raw: raw[:9]
)
def test_a_line_that_is_not_a_record(run: Run, command: str, raw: str) -> None:
    """After one that is, which does not come in either."""
    Path("x.jsonl").write_text(f"{json.dumps(RECORDS[0])}\n{raw}\n", encoding="utf-8")

    refused(run, command, "x.jsonl", "error: x.jsonl:2: ")


WRONG: tuple[object, ...] = (5, True, 1.5, [], {}, ["a"], {"a": "b"}, 10**300)


@pytest.mark.parametrize("record", RECORDS, ids=["link", "event"])
@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: str(wrong)[:12])
def test_every_field_of_the_wrong_type(
    run: Run, record: dict[str, str | None], wrong: object
) -> None:
    """In JSON lines and in TOML."""
    for key in record:
        Path("x.jsonl").write_text("\n" + json.dumps(record | {key: wrong}) + "\n")
        refused(run, "sync", "x.jsonl", "error: x.jsonl:2: ")
        refused(run, "import", "x.jsonl", "error: x.jsonl:2: ")
        table = {name: value for name, value in record.items() if value} | {key: wrong}
        kind = "events" if "action" in record else "links"
        Path("x.toml").write_text(tomli_w.dumps({kind: [table]}))
        refused(run, "import", "x.toml", f"error: x.toml: {kind}[1]: ")


@pytest.mark.parametrize("record", RECORDS, ids=["link", "event"])
def test_every_field_that_is_needed(run: Run, record: dict[str, str | None]) -> None:
    """Missing, empty, or null."""
    needed = {"id", "url", "landing_page", "source", "medium", "campaign", "issued_at"}
    for key in needed & record.keys() | ({"change", "action", "at"} & record.keys()):
        others = {name: value for name, value in record.items() if name != key}
        for broken in (others, others | {key: None}, others | {key: ""}):
            Path("x.jsonl").write_text(json.dumps(broken) + "\n")
            refused(run, "sync", "x.jsonl", "error: x.jsonl:1: ")


@pytest.mark.parametrize("kind", HEAVY)
def test_heavy_values_in_an_export(run: Run, kind: str) -> None:
    """TOML is read by a parser that has limits of its own."""
    Path("x.toml").write_text(f"# an export\n[[links]]\nid = {HEAVY[kind]}\n")

    is_toml = kind in {"infinity", "nan"}
    said = refused(run, "import", "x.toml", "links[1]" if is_toml else "x.toml")
    assert is_toml or kind == "exponent" or "(line 3)" in said


@pytest.mark.parametrize("kind", HEAVY)
@pytest.mark.parametrize(
    "key",
    [
        *("goals.g.value", "campaigns.a.costs.email", "convention.max_length", "campaigns.a.id"),
        *("campaigns.a.starts", "campaigns.a.contents", "workspace", "campaigns", "channels.x"),
        *("workspace.registry", "lint.ignore.UTM101", "campaigns.a.placements"),
    ],
)
def test_heavy_values_in_a_campaign_file(run: Run, kind: str, key: str) -> None:
    """An error with its line in `build`, `lint` and `channels`."""
    base = {
        "campaigns.a.landing_page": '"https://shop.example/a"',
        "campaigns.a.channels": '["email"]',
    }
    rest = "".join(
        f"{name} = {value}\n" for name, value in base.items() if not name.startswith(f"{key}.")
    )
    Path("campaigns.toml").write_text(f"{key} = {HEAVY[kind]}\n{rest}")
    for words in (("build", "--dry-run"), ("lint",), ("channels",), ("list",)):
        result = run(*words, "--registry", "r.db")
        assert_answered(result)
        assert len(result.stderr) < 2_000
        if words[0] == "build":
            assert result.exit_code in {22, 23}, result.stderr
            assert "campaigns.toml:1: " in result.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("list", "--registry", "bad.jsonl"),
        ("registry", "import", "bad.jsonl"),
        ("registry", "sync", "bad.jsonl"),
    ],
)
def test_a_file_of_bad_lines_does_not_flood_the_terminal(run: Run, words: tuple[str, ...]) -> None:
    """The first are named, the others counted."""
    Path("bad.jsonl").write_text('{"id": "x"}\n' * 3000)

    result = run(*words)

    errors = result.stderr.splitlines()
    assert (result.exit_code, result.stdout) == (25, "")
    assert len([line for line in errors if line.startswith("error: bad.jsonl:")]) == 100
    assert errors[-1] == "error: and 2,900 more problems"
