"""Percent-encoding has one room, with a named policy for each thing an address says."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import ROOT
from utmforge.urls.quoting import (
    address_text,
    decoded,
    encoded,
    intended_text,
    name_text,
    octets,
    path_text,
)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("spring", "spring"),
        ("spring sale", "spring%20sale"),
        ("a+b&c=d#e", "a%2Bb%26c%3Dd%23e"),
        ("café", "caf%C3%A9"),
        ("100%", "100%25"),
        ("{{ad.name}}-x y", "{{ad.name}}-x%20y"),
        ("*|FNAME|*/", "*|FNAME|*%2F"),
        ("{{ad name}}", "{{ad name}}"),
        ("%FIRSTNAME%", "%FIRSTNAME%"),
        ("%DATE%", "%25DATE%25"),  # %DA would be read as a byte
        ("50% off %a b%", "50%25%20off%20%25a%20b%25"),
        ("{% if a && b %}x", "{% if a && b %}x"),
    ],
)
def test_how_a_value_is_written(value: str, written: str) -> None:
    """Only unreserved characters and whole macros stay; read again it is the value."""
    assert encoded(value) == written
    assert decoded(written) == value


@given(st.text())
def test_a_value_comes_back(value: str) -> None:
    """Whatever it holds."""
    value = value.encode(errors="replace").decode()
    assert decoded(encoded(value)) == value


@pytest.mark.parametrize(
    ("raw", "value", "path"),
    [("a+b", "a b", "a+b"), ("a%2Bb", "a+b", "a+b"), ("%", "%", "%"), ("%E9", "\ufffd", "\ufffd")],
)
def test_a_plus_is_a_space_in_a_value_only(raw: str, value: str, path: str) -> None:
    """Names are read like values, paths and fragments are not."""
    assert decoded(raw) == name_text(raw) == value
    assert path_text(raw) == path


@pytest.mark.parametrize(
    ("raw", "value"),
    [("a%20b", "a b"), ("a+b", "a b"), ("a%2520b", "a b"), ("a%252520b", "a b"), ("50%25", "50%"),
     ("50%2525", "50%"), ("%", "%"), ("100%25-off", "100%-off")],
)  # fmt: skip
def test_what_a_value_was_meant_to_say(raw: str, value: str) -> None:
    """Decoded as often as it was encoded, and no further."""
    assert intended_text(raw) == value


def test_a_whole_address() -> None:
    """What is not UTF-8 stays encoded; its bytes can be had."""
    assert address_text("https%3A%2F%2Fx.example%2F%C3%A9%E9") == "https://x.example/é%E9"
    assert octets("a%E9") == b"a\xe9"


# Where encoded text is no part of an address, or is looked at in every way at once.
ELSEWHERE = {
    *("output/sarif.py", "privacy/scan.py", "registry/server_address.py"),
    *("measure/spark/local_lines.py", "measure/spark/load.py"),  # names of files
}


def test_nobody_else_decodes() -> None:
    """Otherwise two rooms read one link in two ways."""
    source = ROOT / "src" / "utmforge"
    uses = re.compile(r"^\s*(?:from|import) urllib\.parse\b", re.MULTILINE)
    found = {
        path.relative_to(source).as_posix()
        for path in source.rglob("*.py")
        if uses.search(path.read_text("utf-8"))
    }

    assert found - ELSEWHERE == {"urls/quoting.py"}
