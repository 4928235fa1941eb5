"""Rows that are written together are those that are written one by one."""

from hypothesis import given
from hypothesis import strategies as st

from tests.registry.test_rows import LINKS, WORD
from utmforge.model import TaggedLink
from utmforge.registry.fast_path.link_rows import to_rows
from utmforge.registry.rows import is_whole, to_row


@given(st.lists(st.tuples(LINKS, st.none() | WORD), max_size=4), st.integers(1, 3))
def test_rows_are_the_same_both_ways(
    links: list[tuple[TaggedLink, str | None]], repeated: int
) -> None:
    """Whatever consecutive links share: tags, a channel, both or neither."""
    made = [
        link._replace(channel=channel, id=f"{link.id}{number}")
        for link, channel in links
        for number in range(repeated)
    ]

    rows = to_rows(made, "2026-03-20T10:00:00Z", "change")

    assert rows == [to_row(link, "2026-03-20T10:00:00Z", "change") for link in made]
    assert all(map(is_whole, rows))
