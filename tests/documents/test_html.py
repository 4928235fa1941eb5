"""Links in HTML: what a browser would take, and exactly where it stands."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import Run
from utmforge.documents.entities import in_attribute
from utmforge.documents.finding import links_in

PAGE = "https://shop.example/"


@pytest.mark.parametrize(
    ("raw", "url"),
    [
        (f"{PAGE}?a=1&amp;b=2", f"{PAGE}?a=1&b=2"),
        (f"{PAGE}?a=1&AMP;b=2", f"{PAGE}?a=1&b=2"),
        (f"{PAGE}?a=1&#38;b=2", f"{PAGE}?a=1&b=2"),
        (f"{PAGE}?a=1&#x26;b=2", f"{PAGE}?a=1&b=2"),
        (f"{PAGE}?a=1&#038;b=2", f"{PAGE}?a=1&b=2"),
        (f"{PAGE}?a=1&currency=EUR", f"{PAGE}?a=1&currency=EUR"),
        (f"{PAGE}?a=1&region=eu&section=2", f"{PAGE}?a=1&region=eu&section=2"),
        (f"{PAGE}?a=1&copy=2&times=3&not=4", f"{PAGE}?a=1&copy=2&times=3&not=4"),
        (f"{PAGE}?a=1&notit;x", f"{PAGE}?a=1&notit;x"),
        (f"{PAGE}?a=1&copy", f"{PAGE}?a=1©"),
        (f"{PAGE}?a=1&copy;", f"{PAGE}?a=1©"),
        (f"{PAGE}?a=1&copy&b=2", f"{PAGE}?a=1©&b=2"),
        (f"{PAGE}?a=1&amp=2", f"{PAGE}?a=1&amp=2"),
    ],
)
def test_references_in_an_attribute(raw: str, url: str) -> None:
    """Without its `;` a reference stays where a letter, a digit or `=` follows."""
    (found,) = links_in(f'<p>\n<a class=x href="{raw}">Shop</a>', "html")

    assert found.url == url
    assert (found.line, found.column) == (2, 18)


@pytest.mark.parametrize(
    ("tag", "url"),
    [
        (f'<a href="{PAGE}">', PAGE),
        (f"<a href='{PAGE}'>", PAGE),
        (f"<a href={PAGE}>", PAGE),
        (f'<a href = " {PAGE} ">', PAGE),
        (f'<A HREF="{PAGE}">', PAGE),
        (f'<a title="x href=\'https://other.example/\'" href="{PAGE}">', PAGE),
        (f'<a data-href="https://other.example/" href="{PAGE}">', PAGE),
        (f'<a href="{PAGE}" href="https://other.example/">', PAGE),
        (f'<mj-button\n  href="{PAGE}"\n>', PAGE),
        (f'<area href="{PAGE}"/>', PAGE),
        ('<a href="/p?utm_source=a">', "/p?utm_source=a"),
    ],
)
def test_the_address_of_a_tag(tag: str, url: str) -> None:
    """However it is written; the first `href` counts."""
    text = f"<p>é\n{tag}"
    (found,) = links_in(text, "html")

    assert found.url == url
    assert text[found.start : found.end] == url
    assert text.splitlines()[found.line - 1][found.column - 1 :].startswith(url)


@pytest.mark.parametrize(
    "tag",
    ["<a>", "<a href>", '<a href="">', '<a href="mailto:a@b.example">', '<a href="#top">',
     f'<link rel="stylesheet" href="{PAGE}">', f'<base href="{PAGE}">',
     f"<!-- <a href={PAGE}> -->"],
)  # fmt: skip
def test_what_is_not_a_link(tag: str) -> None:
    """Nothing that can be clicked, or no web address."""
    assert list(links_in(tag, "html")) == []


def test_lint_reads_a_page_s_own_parameters_rightly(run: Run) -> None:
    """`&currency` in an attribute is a parameter, not a currency sign."""
    page = f'<a href="{PAGE}?utm_source=news&utm_medium=email&currency=EUR&utm_campaign=spring">'
    Path("page.html").write_text(page)
    result = run("lint", "page.html", "--format", "json")

    assert json.loads(result.stdout)["data"] == []
    assert result.exit_code == 0


TEXTS = st.lists(
    st.sampled_from((PAGE, "?a=1", "&amp;", "&currency=", "&#38;", "é", "'", "x=y", "/", " "))
).map("".join)


@given(TEXTS, st.sampled_from(("", "\n", "<p>\n\n", "é<br>\r\n")))
def test_a_span_is_what_is_written(address: str, before: str) -> None:
    """Cut out of the text and decoded, it is the address."""
    text = f'{before}<a class="b" href="{address}">x</a>\n<a href="{PAGE}">y</a>'
    for found in links_in(text, "html"):
        assert in_attribute(text[found.start : found.end]) == found.url
