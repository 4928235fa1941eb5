"""What became of names on the way: issued, planned, misspelt, foreign, automatic, private."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analytics.comparison.sources import of_sources
from utmforge.analytics.comparison.known_names import KnownNames
from utmforge.analytics.comparison.spellings import Spelling, proposed_aliases, spellings
from utmforge.analytics.exports.rows import ReportRow
from utmforge.naming.convention import Convention
from utmforge.naming.field_rule import FieldRule


@pytest.mark.parametrize(
    ("value", "status", "meant", "differs", "alias"),
    [
        ("weekly-news", "issued", None, (), None),
        ("partner-mail", "planned", None, (), None),
        ("Weekly-News", "misspelt", "weekly-news", ("case",), None),
        ("weekly_news", "misspelt", "weekly-news", ("separator",), "weekly-news"),
        ("Weekly News", "misspelt", "weekly-news", ("case", "separator"), None),
        ("wéekly-news", "misspelt", "weekly-news", ("accents",), None),
        ("wekly-news", "misspelt", "weekly-news", ("typo",), "weekly-news"),
        ("Wekly_News", "misspelt", "weekly-news", ("typo",), "weekly-news"),
        ("partnermail", "misspelt", "partner-mail", ("separator",), "partner-mail"),
        ("fb", "misspelt", "facebook", ("short form",), "facebook"),
        ("FB", "misspelt", "facebook", ("short form",), "facebook"),
        ("facebook.com", "misspelt", "facebook", ("short form",), "facebook"),
        ("www.facebook.com", "misspelt", "facebook", ("short form",), "facebook"),
        ("whatsap", "misspelt", "whatsapp", ("typo",), "whatsapp"),
        ("someone", "foreign", None, (), None),
        ("(direct)", "automatic", None, (), None),
        ("(not set)", "automatic", None, (), None),
    ],
)
def test_one_spelling(
    value: str, status: str, meant: str | None, differs: tuple[str, ...], alias: str | None
) -> None:
    """What it is, what it was to be, how it differs, what it would be an alias of."""
    one = of_sources({value: 7})[value]

    assert (one.status, one.meant, one.differs, one.alias) == (status, meant, differs, alias)
    assert (one.visits, one.line) == (7, 2)


def test_two_issued_spellings_split_too() -> None:
    """The one that the naming convention writes is right, then the planned one, then most."""
    both = KnownNames({"source": {"Facebook", "facebook", "a_list", "a-list", "x_mail", "x-mail"}})
    planned = both._replace(planned={"source": {"x_mail"}})
    found = of_sources(
        {"Facebook": 90, "facebook": 1, "a_list": 5, "a-list": 6, "x_mail": 1, "x-mail": 9}, planned
    )

    assert {value: one.status for value, one in found.items()} == dict.fromkeys(found, "issued") | {
        "x_mail": "issued"
    }
    assert {one.value: (one.meant, one.alias) for one in found.values() if one.splits} == {
        "Facebook": ("facebook", None),
        "a_list": ("a-list", "a-list"),
        "x-mail": ("x_mail", "x_mail"),
    }


CONVENTION = Convention(
    fields={
        "source": FieldRule(
            suggested=("insiders",), prohibited=("wekly-news",), aliases={"wn": "weekly-news"}
        )
    }
)


@pytest.mark.parametrize(
    ("value", "status", "meant", "alias"),
    [
        ("wn", "misspelt", "weekly-news", None),
        ("WN", "misspelt", "weekly-news", None),
        ("wekly-news", "misspelt", "weekly-news", None),
        ("weekly-nws", "misspelt", "weekly-news", "weekly-news"),
    ],
)
def test_the_convention_has_the_first_word(
    value: str, status: str, meant: str | None, alias: str | None
) -> None:
    """Its aliases need no other, and what it refuses is not proposed."""
    one = of_sources({value: 1}, convention=CONVENTION)[value]

    assert (one.status, one.meant, one.alias) == (status, meant, alias)


def test_no_alias_of_what_the_convention_would_not_take() -> None:
    """A closed list is closed."""
    closed = Convention(fields={"source": FieldRule(allowed=("email-list",))})
    one = of_sources({"wekly-news": 1}, convention=closed)["wekly-news"]

    assert (one.meant, one.alias) == ("weekly-news", None)


def test_what_is_private_is_its_kind() -> None:
    """No spelling of it, no alias, first of all."""
    found = spellings([ReportRow(5, {"source": "ann@mail.example"}, 3)], KnownNames())

    assert found == (Spelling("source", "(e-mail address)", 3, 5, "private"),)


def test_a_tool_that_writes_everything_small() -> None:
    """What was issued in capitals is there."""
    rows = [ReportRow(2, {"campaign": "spring"}, 3)]
    upper = Convention(case="upper")
    [one] = spellings(rows, KnownNames({"campaign": {"SPRING"}}), upper, is_lower=True)

    assert (one.status, one.meant) == ("issued", None)


def test_aliases_are_keyed_as_the_convention_writes() -> None:
    """Two spellings of one alias are one."""
    found = of_sources({"Wekly_News": 1, "wekly_news": 1, "weekly-news": 5}).values()

    assert proposed_aliases(found, Convention()) == {"source": {"wekly_news": "weekly-news"}}


VALUES = st.sampled_from(
    [
        *("facebook", "Facebook", "facebok", "fb", "face_book", "weekly-news", "weekly_news", "wn"),
        *("partner-mail", "Partner Mail", "(direct)", "google", "a@b.example", "Été", "", "é", "x"),
        *("autumn-mail", "autumn_mail", "Autumn-Mial", "{keyword}", "\u202e", "=1+1", "a" * 3000),
    ]
)


@given(
    st.lists(st.tuples(VALUES, VALUES, st.integers(0, 99)), max_size=12),
    st.sets(VALUES, max_size=4),
    st.sets(VALUES, max_size=4),
    st.booleans(),
)
def test_visits_are_neither_lost_nor_doubled(
    values: list[tuple[str, str, int]], issued: set[str], planned: set[str], is_lower: bool
) -> None:
    """Every visit is under one spelling, and what is meant means itself or is not there."""
    rows = [
        ReportRow(line, {"source": source, "medium": medium}, visits)
        for line, (source, medium, visits) in enumerate(values)
    ]
    names = KnownNames({"source": issued}, {"source": planned})
    found = spellings(rows, names, is_lower=is_lower)
    for field in ("source", "medium"):
        own = [one for one in found if one.field == field]
        assert sum(one.visits for one in own) == sum(visits for *_, visits in values)
        meant = {one.value: one.meant for one in own if one.status not in {"automatic", "private"}}
        for name in meant.values():
            assert name is None or meant.get(name) is None


@given(st.lists(st.tuples(VALUES, st.integers(0, 99)), max_size=12), st.sets(VALUES, max_size=4))
def test_aliases_write_what_was_meant(counts: list[tuple[str, int]], issued: set[str]) -> None:
    """With them in the convention, the spelling is written so, and nothing right is changed."""
    rows = [ReportRow(2, {"source": value}, visits) for value, visits in counts]
    found = spellings(rows, KnownNames({"source": issued}))
    aliases = proposed_aliases(found, Convention()).get("source", {})
    convention = Convention(fields={"source": FieldRule(aliases=aliases)})
    for one in found:
        if one.alias:
            assert convention.written("source", one.value) == one.alias
    assert not aliases.keys() & set(aliases.values())
