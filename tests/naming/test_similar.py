"""Which names were probably meant to be one: a table, then the laws."""

import string

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from utmforge.naming.similar import Near, NearNames, near_any, similar_names

NEAR = {
    ("spring-sale", "Spring-Sale"): ("case",),
    ("spring-sale", "spring_sale"): ("separator",),
    ("spring-sale", "springsale"): ("separator",),
    ("spring-sale", "spring sale"): ("separator",),
    ("spring-sale", "spring.-sale"): ("separator",),
    ("spring-sale", "-spring-sale-"): ("separator",),
    ("soldes-été", "soldes-ete"): ("accents",),
    ("straße", "strasse"): ("accents",),
    ("весна", "vesna"): ("accents",),
    ("e\u0301te", "éte"): ("accents",),
    ("Spring_Sale", "spring-sale"): ("case", "separator"),
    ("Soldes Été", "soldes-ete"): ("case", "separator", "accents"),
    ("\u212aelvin", "Kelvin"): ("accents",),
    ("2026-sale", "2026sale"): ("separator",),
    ("abc", "ABC"): ("case",),
    ("2026-03-sale", "2026_03-sale"): ("separator",),
    ("1.2", "1_2"): ("separator",),
    ("春天促销", "chuntiancuxiao"): ("case", "accents"),
    ("ßßßßßßßß", "ssssssssssssssss"): ("accents",),
    ("spring-sale", "sprng-sale"): ("typo",),
    ("spring-sale", "spring-sales"): ("typo",),
    ("spring-sale", "sprinh-sale"): ("typo",),
    ("spring-sale", "spirng-sale"): ("typo",),
    ("spring-sale", "Sprnig_Sale"): ("typo",),
    ("linkedin", "linkdin"): ("typo",),
    ("newsletter", "newsleter"): ("typo",),
    ("newsletter-june", "nwsleter-june"): ("typo",),
    ("newsletter-may", "nwsleter-may"): None,
    ("newsletter-may", "enwsletetr-may"): ("typo",),
    ("2026-spring-sale", "2026-sprng-sle"): ("typo",),
    ("springsale2026", "sprngsale2026"): ("typo",),
    ("a" * 25 + "b" * 25, "a" * 24 + "b" * 24): ("typo",),
    ("ab" * 20 + "c", "ab" * 19 + "bc"): ("typo",),
    ("ab" * 20 + "cd", "ab" * 20): ("typo",),
    ("20262027-" * 4 + "spring-sale-letter", "20262027-" * 4 + "sprng-sale-leter"): ("typo",),
    ("2026-sale", "2027-sale"): None,
    ("hero-1", "hero-2"): None,
    ("hero-1", "hero-12"): None,
    ("hero-1", "hero"): None,
    ("spring-sale-2026", "spring-sale"): None,
    ("q1", "q2"): None,
    ("v1.2", "v12"): None,
    ("sale-1-2", "sale-12"): None,
    ("campaign-1-2", "campaign-2-1"): None,
    ("sale", "sales"): None,
    ("sale", "sole"): None,
    ("hero-a", "hero-b"): None,
    ("summer-sale-fr", "summer-sale-de"): None,
    ("summer-sale", "summer-sale-b"): None,
    ("dresses-size-s", "dresses-size-m"): None,
    ("spring", "autumn"): None,
    ("newsletter", "nwslter"): None,
    ("abcdef", "abdcfe"): None,
    ("-", "_"): ("separator",),
    ("same", "same"): None,
}


@pytest.mark.parametrize(("names", "differs"), NEAR.items(), ids=str)
def test_pairs(names: tuple[str, str], differs: tuple[str, ...] | None) -> None:
    """How two names differ is the same for each function and in either direction."""
    for name, other in (names, names[::-1]):
        expected = (Near(other, differs),) if differs else ()
        assert NearNames([other, "something-else"]).near(name) == expected
        assert similar_names(name, iter([other, "something-else"])) == expected
        clusters = NearNames([name, other, "something-else"]).clusters()
        assert clusters == ((tuple(sorted({name, other})),) if differs else ())


def test_those_without_a_typo_come_first() -> None:
    """Then by name; a name given twice counts once."""
    names = ["spring-salle", "springsale", "Spring-Sale", "spring-sale", "autumn", "springsale"]

    assert NearNames(names).near("spring-sale") == (
        Near("Spring-Sale", ("case",)),
        Near("springsale", ("separator",)),
        Near("spring-salle", ("typo",)),
    )
    assert similar_names("spring-sale", names) == NearNames(names).near("spring-sale")


def test_clusters_hold_all_that_hang_together() -> None:
    """Also over a third, which is near to both."""
    names = ["newsletter", "newslettr", "newslttr", "Autumn", "autumn", "winter"]

    assert NearNames(names).clusters() == (
        ("Autumn", "autumn"),
        ("newsletter", "newslettr", "newslttr"),
    )
    assert NearNames([]).clusters() == ()


def test_a_series_is_looked_through_in_time() -> None:
    """Names made to differ in a few letters are many, and no typos."""
    letters = string.ascii_lowercase
    series = [f"spring-sale-{a}{b}{c}" for a in letters for b in letters for c in "abc"]

    assert NearNames(series).clusters() == ()


def near_by_force(name: str, names: list[str]) -> set[str]:
    """Compare with each."""
    return {other for other in names for _ in similar_names(name, [other])}


PIECES = st.lists(
    st.sampled_from(
        ["spring", "sprnig", "sale", "Sales", "été", "ete", "2026", "1", "fr", "letter"]
    ),
    min_size=1,
    max_size=4,
)
NAMES = st.builds(lambda pieces, sign: sign.join(pieces), PIECES, st.sampled_from("-_. "))
RANDOM = st.text("abAé1-_ ", max_size=14) | NAMES


@given(RANDOM, RANDOM)
def test_near_is_symmetric(first: str, second: str) -> None:
    """And by the same; and no name is near itself."""
    one, other = similar_names(first, [second]), similar_names(second, [first])

    assert [near.differs for near in one] == [near.differs for near in other]
    assert similar_names(first, [first]) == ()
    assert NearNames([first]).near(first) == ()


@given(st.lists(RANDOM, max_size=12, unique=True), RANDOM)
def test_the_index_finds_what_comparing_with_each_finds(names: list[str], name: str) -> None:
    """No more and no less; the clusters are made of it."""
    index = NearNames(names)
    near = {one.name for one in index.near(name)}

    assert near == near_by_force(name, names)
    clustered = {one for cluster in index.clusters() for one in cluster}
    assert clustered == {one for one in names if near_by_force(one, names)}


WORD = st.text(string.ascii_lowercase, min_size=8, max_size=60)


def edited(name: str, how: str, at: int, letter: str) -> str:
    """Make one edit."""
    at %= len(name)
    if how == "insert":
        return name[:at] + letter + name[at:]
    if how == "delete":
        return name[:at] + name[at + 1 :]
    if how == "substitute":
        return name[:at] + letter + name[at + 1 :]
    return name[:at] + name[at : at + 2][::-1] + name[at + 2 :]


EDIT = st.tuples(
    st.sampled_from(["insert", "delete", "substitute", "transpose"]),
    st.integers(0, 59),
    st.sampled_from(string.ascii_lowercase),
)


@given(WORD, EDIT)
def test_any_single_edit_is_found(name: str, edit: tuple[str, int, str]) -> None:
    """In a name of eight letters and more."""
    typo = edited(name, *edit)
    expected = (Near(name, ("typo",)),) if typo != name else ()

    assert NearNames([name]).near(typo) == expected
    assert similar_names(typo, [name]) == expected


@given(st.text(string.ascii_lowercase, min_size=14, max_size=60), EDIT, EDIT)
def test_any_two_edits_of_a_long_name_are_found(
    name: str, first: tuple[str, int, str], second: tuple[str, int, str]
) -> None:
    """Wherever they are; an exchange is one edit of neighbours that nothing has come between."""
    apart = 4 < abs(first[1] - second[1]) < len(name) - 4
    assume(apart or "transpose" not in {first[0], second[0]})
    typo = edited(edited(name, *first), *second)

    if typo != name:
        assert [near.name for near in NearNames([name]).near(typo)] == [name]
        assert NearNames([name, typo]).clusters() == (tuple(sorted((name, typo))),)


@given(st.lists(WORD, max_size=6), st.lists(st.tuples(st.integers(0, 5), EDIT), max_size=12))
def test_those_near_some_are_those_near_one_of_them(
    names: list[str], edits: list[tuple[int, tuple[str, int, str]]]
) -> None:
    """And the names themselves; near each other is not enough."""
    others = [edited(names[at], *edit) for at, edit in edits if at < len(names)]
    others += ["Spring_Sale", "abcdefgh", "q1", *names[:2]]
    expected = {
        other
        for other in others
        if other in names or any(similar_names(name, [other]) for name in names)
    }

    assert near_any(names, others) == expected
