"""UTM9xx: comments that suppress a rule, in every kind of file that has comments."""

import re
from pathlib import Path

import pytest

from tests.conftest import Run
from utmforge.lint.rules.suppressions import NoReason, UnknownRule

LOUD = "https://shop.example/?utm_source=News&utm_medium=email&utm_campaign=spring"
FILES = {
    "l.txt": "{url}  # utmforge: ignore {code} {reason}\n",
    "l.html": '<!-- utmforge: ignore {code} {reason} -->\n<a href="{url}">x</a>\n',
    "l.md": "<!-- utmforge: ignore {code} {reason} -->\n[x]({url})\n",
}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize(
    ("code", "reason", "codes"),
    [
        ("UTM101", "the agency's name", set()),
        ("UTM101", "", {"UTM901"}),
        ("UTM1O1", "the agency's name", {"UTM101", "UTM902"}),
        ("UTM301", "long", {"UTM101"}),
    ],
)
def test_what_a_comment_suppresses(
    run: Run, name: str, code: str, reason: str, codes: set[str]
) -> None:
    """A rule that there is, also without a reason, which is a finding then."""
    text = FILES[name].format(url=LOUD, code=code, reason=reason)
    Path(name).write_text(text)
    result = run("lint", name)

    assert set(re.findall(r" (?:error|warning|note) (UTM\w+) ", result.stdout)) == codes


def test_what_is_said_of_a_comment() -> None:
    """A code of any length is shortened."""
    assert NoReason().finding("UTM101").message == "UTM101 is ignored without a reason"
    assert UnknownRule().finding("X" * 40).message == f'no rule is called "{"X" * 20}…"'
