"""Changes and events in words and in every format."""

import pytest

from tests.output.consoles import console
from utmforge import Tags, make_link
from utmforge.model import Change, Event
from utmforge.output.formats import Format
from utmforge.output.history import change_line, event_fields, event_line, show_changes
from utmforge.registry.successors import Successor

AT = "2026-03-20T12:34:56Z"
ISSUE = Change("bbbb2222", "issue", AT, "spring", 2, is_undone=True, author="ann@laptop")
LINK = make_link("https://shop.example/", Tags("a", "b", "c"))
UNDO = Change("cccc3333", "undo", AT, "spring", 2, "bbbb2222")


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (ISSUE, "issued 2 links for spring on 2026-03-20"),
        (ISSUE._replace(links=1, about=""), "issued 1 link on 2026-03-20"),
        (ISSUE._replace(links=2000), "issued 2,000 links for spring on 2026-03-20"),
        (UNDO, "undid 2 links on 2026-03-20"),
        (Change("d", "retire", AT, "xyz", 1), "retired 1 link on 2026-03-20"),
        (Change("d", "import", AT, "old.csv", 3), "imported 3 links on 2026-03-20"),
    ],
)
def test_a_change_in_words(change: Change, text: str) -> None:
    """What, how many, for what, when."""
    assert change_line(change) == text


@pytest.mark.parametrize(
    ("event", "text"),
    [
        (Event("x", "retired", AT, "c"), "retired"),
        (Event("x", "retired", AT, "c", "wrong page"), "retired: wrong page"),
        (Event("x", "reinstated", AT, "c", cancels=("d",)), "reinstated"),
        (Event("x", "retired", AT, "c", "old", author="ben"), "retired: old, by ben"),
        (Event("x", "noted", AT, "c", "flyer"), "noted: flyer"),
        (
            Event("x", "noted", AT, "c", "flyer", labels=("a", "b"), author="ben"),
            "noted: flyer [a, b], by ben",
        ),
        (Event("x", "noted", AT, "c", cancels=("d",)), "note taken back"),
    ],
)
def test_an_event_in_words(event: Event, text: str) -> None:
    """The reason, where there is one."""
    assert event_line(event, {}) == text


@pytest.mark.parametrize(
    ("named", "text"),
    [
        (Successor("y", LINK, None), "use y"),
        (Successor("y", LINK, "evil.example"), "its successor y is on another site: evil.example"),
        (Successor("y", None, None), "its successor y is not in this registry"),
    ],
)
def test_a_successor_in_words(named: Successor, text: str) -> None:
    """Only one on the same site is to be used."""
    event = Event("x", "retired", AT, "c", "wrong page", "y")
    assert event_line(event, {"y": named}) == f"retired: wrong page ({text})"


def test_an_event_for_programs() -> None:
    """Its published keys."""
    named = Successor("y", LINK, "evil.example")
    assert event_fields(Event("x", "retired", AT, "c", "why", "y"), {"y": named}) == {
        "action": "retired",
        "at": AT,
        "change": "c",
        "reason": "why",
        "successor": "y",
        "successor_other_site": "evil.example",
        "labels": None,
        "author": None,
    }


@pytest.mark.parametrize(
    ("fmt", "text"),
    [
        (Format.URLS, "cccc3333\nbbbb2222\n"),
        (
            Format.TABLE,
            "id        at                kind              links  about   author      undone\n"
            "cccc3333  2026-03-20 12:34  undo of bbbb2222  2      spring  -           -\n"
            "bbbb2222  2026-03-20 12:34  issue             2      spring  ann@laptop  undone\n",
        ),
        (
            Format.CSV,
            "id,kind,at,about,links,undoes,undone,author\n"
            f"cccc3333,undo,{AT},spring,2,bbbb2222,False,\n"
            f"bbbb2222,issue,{AT},spring,2,,True,ann@laptop\n",
        ),
    ],
)
def test_changes_in_a_format(fmt: Format, text: str) -> None:
    """Short for people, whole for programs."""
    to, stdout, _ = console(fmt)
    show_changes(to, [UNDO, ISSUE])

    assert stdout.getvalue() == text
