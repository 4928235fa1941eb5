"""Links and events come back from records as they were; what does not fit together is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge.errors import UtmforgeError
from utmforge.issuing.make import make_link
from utmforge.model import LINK_FIELDS, Event, TaggedLink, Tags
from utmforge.registry.interchange.records import (
    AUTHOR,
    EVENT_FIELDS,
    event_record,
    link_record,
    read_record,
)
from utmforge.urls.link_ids import link_id
from utmforge.urls.tagging import read_landing_page

AT = "2026-03-20T10:00:00Z"
WORD = st.from_regex("[a-z0-9]{1,8}", fullmatch=True)
OPTIONAL = st.none() | WORD
TAGS = st.tuples(WORD, WORD, WORD, OPTIONAL, OPTIONAL, OPTIONAL, OPTIONAL).map(
    lambda values: Tags(*values)
)
LINKS = st.tuples(st.builds("https://{}.example/{}?a={}".format, WORD, WORD, WORD), TAGS).map(
    lambda values: make_link(*values)._replace(issued_at=AT, state="issued")
)
ID = st.text("23456789abcdefghjkmnpqrstuvwxyz", min_size=12, max_size=12)
CHANGE = st.text("23456789abcdefghjkmnpqrstuvwxyz", min_size=8, max_size=8)
EVENTS = st.builds(
    Event,
    link_id=ID,
    action=st.sampled_from(["retired", "reinstated"]),
    at=st.just(AT),
    change_id=CHANGE,
    reason=st.none() | st.text("aé .", min_size=1, max_size=9),
    successor=st.none() | ID,
    cancels=st.lists(CHANGE, max_size=3).map(tuple),
    labels=st.just(()),
    author=st.none() | st.text("aé @", min_size=1, max_size=9),
)
LINK = make_link("https://x.example/", Tags("news", "email", "spring"))._replace(
    issued_at=AT, state="issued"
)
EVENT = Event("abcdefghjkmn", "retired", AT, "abcdefgh", "old", "bbcdefghjkmn", ("cbcdefgh",))


@given(LINKS)
def test_a_link_comes_back(link: TaggedLink) -> None:
    """Under the published keys; retired or not, it is the link as issued."""
    record = link_record(link)

    assert tuple(record) == LINK_FIELDS + ((AUTHOR,) if link.author else ())
    assert read_record(record) == link
    assert link_record(link._replace(state="retired")) == record


@given(EVENTS)
def test_an_event_comes_back(event: Event) -> None:
    """With its reason, its successor and what it cancels."""
    record = event_record(event)

    assert tuple(record) == EVENT_FIELDS + ((AUTHOR,) if event.author else ())
    assert read_record(record) == event


@given(LINKS, st.sampled_from(["id", "url", "landing_page", "source", "medium", "campaign"]))
def test_a_changed_link_is_not_believed(link: TaggedLink, key: str) -> None:
    """Id, address and tags have to say the same."""
    record = link_record(link)
    with pytest.raises(UtmforgeError):
        read_record(record | {key: f"{record[key]}x"})


@pytest.mark.parametrize("key", ["id", "url", "landing_page", "source", "campaign", "issued_at"])
@pytest.mark.parametrize("value", [None, ""])
def test_a_link_without_something_it_needs(key: str, value: str | None) -> None:
    """Missing, or empty."""
    with pytest.raises(UtmforgeError, match=r"^it is not a link as utmforge writes it$"):
        read_record(link_record(LINK) | {key: value})


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("id", "short"),
        ("id", "ABCDEFGHJKMN"),
        ("change", None),
        ("change", "abcdefgh "),
        ("action", "deleted"),
        ("action", None),
        ("successor", "x"),
        ("cancels", "abcdefgh x"),
    ],
)
def test_a_wrong_event(key: str, value: str | None) -> None:
    """One wrong value is enough."""
    with pytest.raises(UtmforgeError, match=r"^it is not an event as utmforge writes it$"):
        read_record(event_record(EVENT) | {key: value})


@pytest.mark.parametrize("fields", [None, [], "x", 1, {"id": 1}, {"id": ["x"]}, {}])
def test_what_is_not_a_record(fields: object) -> None:
    """Anything that JSON can hold."""
    with pytest.raises(UtmforgeError, match=r"^it is not a link as utmforge writes it$"):
        read_record(fields)


@pytest.mark.parametrize("sign", ["\x00", "\n", "\x1b", "\x7f", "\ud800"])
def test_signs_that_are_not_text(sign: str) -> None:
    """In a field that is saved; what is not saved is not looked at."""
    for record, key in ((link_record(LINK), "url"), (event_record(EVENT), "successor")):
        with pytest.raises(UtmforgeError):
            read_record(record | {key: f"a{sign}"})
        read_record(record | {"another": f"a{sign}"})


PLAIN = st.from_regex(
    r"https://(shop|x)\.example/([a-z]{1,4}/)?[a-z0-9]{0,5}(\?(p|gclid|utm_source)=[a-z0-9]{0,3})?",
    fullmatch=True,
)
"""Pages of which most need no parser, and some that only look so."""


@given(PLAIN, st.sampled_from(["", "a", "é", "{{ c }}"]), st.sampled_from(["", "x", "&utm_id=i"]))
def test_a_plain_page_is_read_like_any_other(page: str, content: str, more: str) -> None:
    """The quick way believes the same links as reading the page does."""
    tags = Tags("news", "email", "spring", content=content or None)
    read = read_landing_page(page)
    record = link_record(LINK) | {"landing_page": page, "content": content or None}
    good = read.with_tags(tags)
    believed = {good, read.with_tags_as_in_0_2(tags, had_empty_query=read.url != page)}
    for url in (good, f"{good}{more}", f"{page}{good[len(page) :]}", f"{page}?utm_source=news"):
        told = record | {"url": url, "id": link_id(url)}
        if url in believed:
            assert read_record(told) == LINK._replace(
                id=link_id(url), url=url, landing_page=page, tags=tags
            )
        else:
            with pytest.raises(UtmforgeError):
                read_record(told)


@pytest.mark.parametrize("value", [0, False, 0.0, [], {}, 1, ["x"]])
@pytest.mark.parametrize("key", ["channel", "content", "author", "pages", "other"])
def test_a_value_that_is_not_text_is_refused(key: str, value: object) -> None:
    """Also one that counts as empty, and in a key that is not known."""
    with pytest.raises(UtmforgeError):
        read_record(link_record(LINK) | {key: value})
    with pytest.raises(UtmforgeError):
        read_record(event_record(EVENT) | {key: value})
