"""Every known pain is met by a rule that there is, by a behaviour, or by a stated "not yet"."""

import re

from tests.conftest import ROOT
from utmforge.lint.rules import BY_CODE

PAGE = (ROOT / "docs" / "explanation" / "pains.md").read_text()
ROWS = re.findall(r"^\| (\d+) \| (.+?) \| (.+?) \|$", PAGE, re.MULTILINE)


def test_there_are_twenty_seven() -> None:
    """In order, each with an answer."""
    assert [int(number) for number, _, _ in ROWS] == list(range(1, 28))


def test_the_rules_named_exist() -> None:
    """A range names its ends."""
    named = re.findall(r"UTM\d{3}", PAGE)

    assert len(named) > 20
    assert set(named) <= set(BY_CODE)


def test_every_rule_about_links_answers_a_pain() -> None:
    """The catalogue has only rules that users asked for, besides the linter's own."""
    covered = set()
    for _, _, answer in ROWS:
        for first, last in re.findall(r"UTM(\d{3})(?:–UTM(\d{3}))?", answer):
            covered |= {f"UTM{code}" for code in range(int(first), int(last or first) + 1)}
    own = {"UTM206", "UTM603", "UTM604", "UTM703", "UTM704", "UTM752", "UTM901", "UTM902"}

    assert set(BY_CODE) - own <= covered
