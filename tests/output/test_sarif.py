"""A log of findings that code scanning takes: every result has a file, a rule and a place."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge.lint import RULES
from utmforge.lint.finding import Finding, Where
from utmforge.output.sarif import sarif, uri_of

FINDING = Finding("UTM101", "letter-case", "error", Where("a.txt", 3, 7), "it has capitals", "go")


def result(finding: Finding, campaign_file: Path | None = None) -> dict[str, Any]:
    """Return the one result of a log, as JSON holds it."""
    log = json.loads(json.dumps(sarif([finding], campaign_file)))
    [one] = log["runs"][0]["results"]
    assert isinstance(one, dict)
    return one


def test_a_finding_in_a_file() -> None:
    """Its rule by code and by number, its place as the file's; no name of the place is needed."""
    one = result(FINDING)

    assert one == {
        "ruleId": "UTM101",
        "ruleIndex": [rule.code for rule in RULES].index("UTM101"),
        "level": "error",
        "message": {"text": "it has capitals; go"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "a.txt", "uriBaseId": "%SRCROOT%"},
                    "region": {"startLine": 3, "startColumn": 7},
                }
            }
        ],
    }


def test_an_issued_link_is_placed_in_the_campaign_file() -> None:
    """At its first line; the link is named, and told apart from others by a fingerprint."""
    first, other = (
        result(
            FINDING._replace(where=Where("registry", link_id=name, kind="registry")),
            Path("campaigns.toml"),
        )
        for name in ("abcdefghjkmn", "bbcdefghjkmn")
    )

    assert first["message"]["text"] == "registry:abcdefghjkmn: it has capitals; go"
    [location] = first["locations"]
    assert location["physicalLocation"]["artifactLocation"]["uri"] == "campaigns.toml"
    assert location["physicalLocation"]["region"] == {"startLine": 1}
    assert location["logicalLocations"] == [
        {
            "name": "abcdefghjkmn",
            "fullyQualifiedName": "registry:abcdefghjkmn",
            "kind": "resource",
        }
    ]
    assert first["partialFingerprints"] != other["partialFingerprints"]


def test_a_fingerprint_is_the_same_on_every_run() -> None:
    """Otherwise each run would open an alert anew."""
    finding = FINDING._replace(where=Where("argument 1", kind="argument"))

    assert result(finding)["partialFingerprints"] == result(finding)["partialFingerprints"]
    other = finding._replace(message="another")
    assert result(other)["partialFingerprints"] != result(finding)["partialFingerprints"]


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("[x](https://evil.example)", "\\[x\\](https://evil.example); go"),
        ('[convention] of "a"', '[convention] of "a"; go'),
        ("a\x1b[31mb", "a\\x1b[31mb; go"),
    ],
)
def test_a_message_is_only_text(message: str, text: str) -> None:
    """No link that someone else wrote, and nothing invisible."""
    assert result(FINDING._replace(message=message))["message"]["text"] == text


@given(st.lists(st.text("ab é%?#&+", min_size=1, max_size=8), min_size=1, max_size=3))
def test_any_path_is_an_address(tmp_path: Path, names: list[str]) -> None:
    """Relative within the repository, whole outside; decoded, it is the path again."""
    from urllib.parse import unquote, urlsplit

    path = tmp_path.joinpath(*names)
    inside, is_inside = uri_of(path, tmp_path)
    outside, is_outside = uri_of(path, tmp_path / "repository")

    assert (is_inside, is_outside) == (True, False)
    assert unquote(inside) == "/".join(names)
    assert not urlsplit(inside).query
    assert not urlsplit(inside).fragment
    assert unquote(urlsplit(outside).path) == str(path)


def test_a_link_to_a_file_is_the_file() -> None:
    """Code scanning shows nothing of a link."""
    Path("real.txt").touch()
    Path("alias.txt").symlink_to("real.txt")

    assert uri_of(Path("alias.txt"), Path.cwd()) == ("real.txt", True)
