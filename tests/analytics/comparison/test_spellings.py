"""What became of names on the way: issued, planned, misspelt, foreign, automatic, private."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge.analytics.comparison.known_names import KnownNames
from utmforge.analytics.comparison.spellings import Spelling, proposed_aliases, spellings
from utmforge.analytics.exports.rows import ReportRow
from utmforge.naming.convention import Convention
from utmforge.naming.field_rule import FieldRule

USUAL = Convention()
SOURCES = KnownNames({"source": {"weekly-news", "facebook"}}, {"source": {"partner-mail"}})


def of_sources(
    counts: dict[str, int], names: KnownNames = SOURCES, convention: Convention = USUAL
) -> dict[str, Spelling]:
    """Return the spellings of sources, by value."""
    rows = [ReportRow(n, {"source": value}, counts[value]) for n, value in enumerate(counts, 2)]
    return {one.value: one for one in spellings(rows, names, convention)}


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
        ("somebody", "foreign", None, (), None),
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


def test_of_foreign_spellings_that_with_most_visits_is_meant() -> None:
    """As the naming convention writes it, whether it is in the report or not."""
    found = of_sources({"Autumn_Mail": 50, "autumn_mail": 20, "autumn_mial": 3}, KnownNames())

    assert {value: one.meant for value, one in found.items()} == {
        "Autumn_Mail": "autumn_mail",
        "autumn_mail": None,
        "autumn_mial": "autumn_mail",
    }
    only = of_sources({"Autumn Mail": 50, "autumn_mail": 20}, KnownNames())
    assert {one.meant for one in only.values()} == {"autumn-mail"}


def test_a_site_that_is_known_is_meant_however_few_came() -> None:
    """`pinterest` is in GA4's list of sources."""
    assert (
        of_sources({"pintrest": 90, "pinterest": 10}, KnownNames())["pintrest"].meant == "pinterest"
    )


def test_a_short_form_of_what_is_in_the_report() -> None:
    """Also when nobody here issued it; alone it is anybody's."""
    assert of_sources({"fb": 90, "facebook": 10}, KnownNames())["fb"].meant == "facebook"
    assert of_sources({"fb": 90}, KnownNames())["fb"].status == "foreign"


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


def test_what_was_issued_before_the_convention_leads_to_what_it_writes() -> None:
    """Also where that was never issued."""
    found = of_sources({"Facebook": 9, "facebook": 1}, KnownNames({"source": {"Facebook"}}))

    assert (found["Facebook"].status, found["Facebook"].meant) == ("issued", "facebook")
    assert found["facebook"].status == "planned"


def test_names_that_are_meant_to_differ() -> None:
    """Digits and codes are no typos, and short names are all alike."""
    names = KnownNames({"source": {"hero-1", "sale-fr", "abc"}})

    assert {
        one.status for one in of_sources({"hero-2": 1, "sale-de": 1, "abd": 1}, names).values()
    } == {"foreign"}


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


@pytest.mark.parametrize(
    ("source", "medium", "status"),
    [
        ("google", "organic", "automatic"),
        ("l.facebook.com", "referral", "automatic"),
        ("chatgpt.com", "ai-assistant", "automatic"),
        ("(direct)", "(none)", "automatic"),
        ("newsletter", "referral", "foreign"),
        ("facebook.com", "social", "misspelt"),
        ("google", "cpc", "foreign"),
        ("blog.example", "referral", "issued"),
    ],
)
def test_what_no_tag_has_said(source: str, medium: str, status: str) -> None:
    """Sites and search engines, unless links were issued with that source."""
    names = KnownNames({"source": {"facebook", "blog.example"}})
    rows = [ReportRow(2, {"source": source, "medium": medium}, 1)]

    assert spellings(rows, names)[0].status == status


def test_visits_with_and_without_a_tag_are_two() -> None:
    """Only the former are split away."""
    rows = [
        ReportRow(2, {"source": "facebook.com", "medium": "referral"}, 490),
        ReportRow(3, {"source": "facebook.com", "medium": "social"}, 10),
        ReportRow(4, {"source": "facebook", "medium": "social"}, 90),
    ]
    found = [one for one in spellings(rows, KnownNames()) if one.field == "source"]

    assert [(one.value, one.status, one.visits) for one in found] == [
        ("facebook", "foreign", 90),
        ("facebook.com", "misspelt", 10),
        ("facebook.com", "automatic", 490),
    ]


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
