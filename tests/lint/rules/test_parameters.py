"""UTM2xx: which parameters a link has."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge.lint.rules.base import Settings
from utmforge.lint.rules.parameters import (
    DuplicateTag,
    EmptyTag,
    InternalLink,
    MissingTag,
    TagsAfterHash,
    UnknownTag,
    listed,
)
from utmforge.model import PARAMETERS, REQUIRED
from utmforge.naming.convention import Convention
from utmforge.urls.link import Link
from utmforge.urls.sites import is_own

PAGE = "https://shop.example/"
SUBSETS = [
    subset
    for size in range(1, len(REQUIRED) + 1)
    for subset in itertools.combinations(REQUIRED, size)
]


def address(*fields: str, value: str = "x") -> str:
    """Return an address with these tags."""
    return f"{PAGE}?" + "&".join(f"{PARAMETERS[field]}={value}" for field in fields)


@pytest.mark.parametrize("subset", SUBSETS, ids="-".join)
def test_missing_are_exactly_those_that_are_not_there(subset: tuple[str, ...]) -> None:
    """In the order of the tags; with one missing the sentence is in the singular."""
    missing = [PARAMETERS[field] for field in REQUIRED if field not in subset]
    found = list(MissingTag().check(Link(address(*subset))))

    verb = "is" if len(missing) == 1 else "are"
    assert [one.message for one in found] == (
        [f"{listed(missing)} {verb} missing"] if missing else []
    )
    assert [one.hint for one in found] == [f"add {name}=…" for name in missing[:1]]


def test_what_the_convention_requires_is_missing_too() -> None:
    """Once, also where it is required anyway."""
    rule = MissingTag(Settings(Convention(required=("content", "source"))))
    (found,) = rule.check(Link(address("medium", "campaign")))

    assert found.message == "utm_source and utm_content are missing"
    assert not list(rule.check(Link(address(*REQUIRED, "content"))))


OWN = st.from_regex(r"[a-z]{1,8}_(id|source|medium|campaign|term|content)", fullmatch=True).filter(
    lambda name: not name.startswith(("u", "t", "m"))
)


@given(st.lists(OWN, min_size=1, max_size=4))
def test_a_page_s_own_parameters_are_its_own(names: list[str]) -> None:
    """`product_id`, `item_content`: never questioned and never renamed, whatever they end in."""
    url = address(*REQUIRED) + "".join(f"&{name}=1" for name in names)

    assert not list(UnknownTag().check(Link(url)))
    assert UnknownTag().fixed(Link(url)) == url


@pytest.mark.parametrize("rule", [UnknownTag(), DuplicateTag(), EmptyTag(), TagsAfterHash()])
@pytest.mark.parametrize(
    "end",
    [
        "?utm_surce=a&utm_source=&utm_medium=b&utm_medium=b",
        "?utm_source=a&utm_source=b#utm_source=c",
        "#utm_source=a&utm_medium=b&utm_campaign=c",
        "#/route?utm_source=a",
        "?a=1&b=&a=2#top",
        "?utm_term=&utm_content=&x=",
        "?UTM_Source=a&utm_source=a&amp;utm_medium=b",
    ],
)
def test_a_fix_changes_tags_alone_and_is_done_once(rule: UnknownTag, end: str) -> None:
    """The page and its own parameters stay; a second fix finds nothing to do."""
    once = rule.fixed(Link(PAGE + end))

    assert rule.fixed(Link(once)) == once
    assert once.startswith(PAGE)
    for own in ("a=1", "b=&", "a=2", "x="):
        assert (own in once) == (own in PAGE + end)


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("shop.example", True),
        ("www.shop.example", True),
        ("de.shop.example", True),
        ("a.b.shop.example", True),
        ("myshop.example", False),
        ("shop.example.evil.example", False),
        ("example", False),
        ("", False),
    ],
)
def test_own_hosts(host: str, expected: bool) -> None:
    """The domain and its subdomains, and nothing that only ends in the same letters."""
    assert is_own(host, frozenset(["shop.example"])) is expected


@pytest.mark.parametrize(
    ("url", "is_site", "found"),
    [
        ("/spring?utm_source=a", False, True),
        ("?utm_source=a", False, True),
        ("/spring?a=1", False, False),
        (f"{PAGE}?utm_source=a", True, True),
        (f"{PAGE}?utm_source=a", False, False),
        ("https://other.example/?utm_source=a", True, False),
    ],
)
def test_links_within_a_site(url: str, is_site: bool, found: bool) -> None:
    """Relative ones always, whole ones on pages of the site."""
    rule = InternalLink(Settings(own_domains=frozenset(["shop.example"]), is_site=is_site))

    assert bool(list(rule.check(Link(url)))) is found
