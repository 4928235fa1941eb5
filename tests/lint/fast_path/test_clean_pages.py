"""A page that is called clean is one about which no rule says anything."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge.lint import Linter, Settings
from utmforge.lint.fast_path.clean_pages import (
    CleanPages,
    are_clean_names,
    click_ids_in,
    is_clean_fragment,
    is_clean_name,
)

TAGS = "utm_source=news&utm_medium=email&utm_campaign=spring"
NAME = st.sampled_from(
    ["a", "ref", "lang", "sig", "email", "utm_x", "utmsource", "token", "id", "fbclid", "x_id"]
)
VALUE = st.sampled_from(["1", "blue", "a%20b", "ann%40mail.example", "", "4111111111111111"])
HOST = st.sampled_from(["shop.example", "www.shop.example", "bit.ly", "archive.org", "signal.me"])


def said(url: str, settings: Settings) -> list[str]:
    """Return what asking every rule says."""
    linter = Linter[int](settings)
    return [one.message for one in linter.thorough(url, 1)]


@given(HOST, st.sampled_from(["/", "/a/b-1.html", "/a%20b", ""]), st.lists(st.tuples(NAME, VALUE)),
       st.booleans())  # fmt: skip
def test_nothing_is_said_of_a_clean_page(
    host: str, path: str, pairs: list[tuple[str, str]], is_site: bool
) -> None:
    """Whatever its host, its path and its own parameters are; click ids are reported apart."""
    settings = Settings(own_domains=frozenset(["shop.example"]), is_site=is_site)
    page = f"https://{host}{path}?" + "".join(f"{name}={value}&" for name, value in pairs)

    if CleanPages(settings).is_clean(page):
        ids = click_ids_in(page)
        assert all(any(name in one for name in ids) for one in said(page + TAGS, settings))


@pytest.mark.parametrize("page", ["https://shop.example/?", "https://shop.example/p?colour=blue&"])
def test_usual_pages_are_clean(page: str) -> None:
    """Otherwise the short way would never be taken."""
    assert CleanPages(Settings()).is_clean(page)


@pytest.mark.parametrize(
    ("name", "is_clean"),
    [("ref", True), ("product_id", True), ("utm_surce", False), ("mtm_source", False),
     ("signature", False), ("sig", False), ("password", False), ("e-mail", False)],
)  # fmt: skip
def test_names(name: str, is_clean: bool) -> None:
    """Tags, signatures and telling names are not; and one of them spoils a query."""
    assert is_clean_name(name) is is_clean
    assert are_clean_names(f"ref=1&{name}=1&") is is_clean


@given(st.text("abutm_=?&@/.-%12", max_size=20))
def test_a_clean_fragment(fragment: str) -> None:
    """Nothing is said because of it."""
    if is_clean_fragment(fragment):
        assert said(f"https://shop.example/?{TAGS}#{fragment}", Settings()) == []
