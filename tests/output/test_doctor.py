"""The doctor's report in every format."""

import json

import pytest

from tests.output.consoles import console
from utmforge.doctor import Check, Examination
from utmforge.output.doctor import show_examination
from utmforge.output.formats import Format

EXAMINATION = Examination(
    (
        Check("system", "Linux"),
        Check("permissions", "0644", "others may read it", is_serious=False),
        Check("links", "cannot be read", "it is damaged"),
    )
)
SAID = "note: permissions: others may read it\nwarning: links: it is damaged\n"


@pytest.mark.parametrize(
    ("fmt", "text"),
    [
        (
            Format.TABLE,
            "  system       Linux\n? permissions  0644\n! links        cannot be read\n",
        ),
        (Format.CSV, "system,permissions,links\nLinux,0644,cannot be read\n"),
        (
            Format.JSONL,
            '{"system": "Linux", "permissions": "0644", "links": "cannot be read"}\n',
        ),
    ],
)
def test_problems_are_marked_and_explained(fmt: Format, text: str) -> None:
    """What was found on stdout, what is wrong with it on stderr."""
    to, stdout, stderr = console(fmt)
    show_examination(to, EXAMINATION)

    assert (stdout.getvalue(), stderr.getvalue()) == (text, SAID)


def test_the_report_for_programs() -> None:
    """Its published keys."""
    to, stdout, stderr = console(Format.JSON)
    show_examination(to, EXAMINATION)
    to.finish()

    data = json.loads(stdout.getvalue())["data"]
    assert data[1] == {
        "what": "permissions",
        "value": "0644",
        "trouble": "others may read it",
        "is_serious": False,
    }
    assert stderr.getvalue() == ""
