"""What is written as a row is read as it was; a row that was changed in any way is not believed."""

from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from utmforge.errors import RegistryDamaged
from utmforge.issuing.make import make_link
from utmforge.model import Change, Event, TaggedLink, Tags
from utmforge.registry.rows import (
    TABLES,
    change_row,
    checksum,
    event_row,
    from_row,
    is_whole,
    read_change,
    read_event,
    to_row,
)

VALUE = st.none() | st.text(st.characters(codec="utf-8"), max_size=6)
ROW = st.lists(VALUE, min_size=1, max_size=6)
WORD = st.from_regex("[a-z0-9]{1,8}", fullmatch=True)
OPTIONAL = st.none() | WORD
TAGS = st.tuples(WORD, WORD, WORD, OPTIONAL, OPTIONAL, OPTIONAL).map(lambda values: Tags(*values))
LINKS = st.tuples(st.builds("https://{}.example/{}".format, WORD, WORD), TAGS).map(
    lambda values: make_link(*values, channel="email")
)
EVENTS = st.builds(
    Event,
    link_id=WORD,
    action=st.sampled_from(["retired", "reinstated", "noted"]),
    at=st.just("2026-03-20T10:00:00Z"),
    change_id=WORD,
    reason=st.none() | st.text("aé \n", max_size=6),
    successor=st.none() | WORD,
    cancels=st.lists(WORD, max_size=3).map(tuple),
    labels=st.lists(WORD, max_size=3).map(tuple),
    author=st.none() | WORD,
)
CHANGES = st.tuples(
    WORD,
    st.sampled_from(["issue", "retire", "note", "undo", "import"]),
    st.just("2026-03-20T10:00:00Z"),
    st.text("aé ", max_size=6),
    st.integers(0, 10**9),
    OPTIONAL,
    OPTIONAL,
).map(lambda values: Change(*values[:6])._replace(author=values[6]))


@given(LINKS, st.none() | WORD)
def test_a_link_comes_back(link: TaggedLink, change_id: str | None) -> None:
    """With all its tags, its time and its state."""
    row = to_row(link, "2026-03-20T10:00:00Z", change_id)

    assert len(row) == len(TABLES["links"])
    assert from_row(row) == link._replace(issued_at="2026-03-20T10:00:00Z", state="issued")


@given(EVENTS)
def test_an_event_comes_back(event: Event) -> None:
    """Its reason with its lines, its cancelled changes in their order."""
    row = event_row(event)

    assert len(row) == len(TABLES["history"])
    assert read_event(row) == event


@given(CHANGES, st.integers(0, 9))
def test_a_change_comes_back(change: Change, part: int) -> None:
    """Each transaction of it as that one."""
    row = change_row(change, part)

    assert len(row) == len(TABLES["changes"])
    assert read_change(row) == change


@given(ROW, ROW)
def test_different_rows_have_different_checksums(
    one: list[str | None], two: list[str | None]
) -> None:
    """None is not the empty text; those at the end do not count."""
    assume("\x1f" not in "".join(filter(None, one + two)))
    assume("\x00" not in "".join(filter(None, one + two)))

    def counted(row: list[str | None]) -> list[str | None]:
        while row and row[-1] is None:
            row = row[:-1]
        return row

    # An empty row and one empty text would be the same, and no table has either.
    assume(counted(one) and counted(two))
    assert (checksum(one) == checksum(two)) is (counted(one) == counted(two))


def test_none_is_not_empty() -> None:
    """In every column but the last, all eight rows of three differ."""
    rows = [[*values, "x"] for values in product([None, "", "a"], repeat=2)]

    assert len({checksum(row) for row in rows}) == len(rows)
    assert checksum(["a", None]) == checksum(["a"])
    assert checksum(["a", ""]) != checksum(["a"])


@given(LINKS, st.data())
def test_one_changed_value_is_noticed(link: TaggedLink, data: st.DataObject) -> None:
    """In any column, whatever it became."""
    row = to_row(link, "2026-03-20T10:00:00Z", "abcdefgh")
    at = data.draw(st.integers(0, len(row) - 1))
    value = data.draw(VALUE | st.integers() | st.floats() | st.binary(max_size=3))
    assume(value != row[at])
    changed = [*row[:at], value, *row[at + 1 :]]

    assert not is_whole(changed)
    with pytest.raises(
        RegistryDamaged, match=r"^the entry of link .* does not match its checksum$"
    ):
        from_row(changed)


@given(EVENTS, CHANGES, st.data())
def test_so_is_one_in_the_history(event: Event, change: Change, data: st.DataObject) -> None:
    """Of an event and of a change."""
    for row, read in ((event_row(event), read_event), (change_row(change, 1), read_change)):
        at = data.draw(st.integers(0, len(row) - 1))
        changed = [*row[:at], f"{row[at]}!", *row[at + 1 :]]

        with pytest.raises(RegistryDamaged) as caught:
            read(changed)
        assert caught.value.hint == (
            "utmforge registry check shows more; --repair keeps the intact entries"
        )
