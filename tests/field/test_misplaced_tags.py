"""Tags behind a wrong, encoded, missing or doubled delimiter are seen, named and mended."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import Run
from utmforge.lint import Linter
from utmforge.urls.link import Link
from utmforge.urls.misplaced_tags import misplaced_tags, with_tags_apart

SHOP = "https://shop.example"
TAGS = "utm_source=acme&utm_medium=email&utm_campaign=winter"
WHOLE = f"{SHOP}/?{TAGS}"

# The address as found, and the address that explain gives.
CASES = {
    # In the path or the host.
    f"{SHOP}/sale&{TAGS}": f"{SHOP}/sale?{TAGS}",
    f"{SHOP}/sale/&{TAGS}": f"{SHOP}/sale/?{TAGS}",
    f"{SHOP}/sale;{TAGS}": f"{SHOP}/sale?{TAGS}",
    f"{SHOP}/sale/{TAGS}": f"{SHOP}/sale/?{TAGS}",
    f"{SHOP}/sale{TAGS}": f"{SHOP}/sale?{TAGS}",
    f"{SHOP}/sale%3f{TAGS}": f"{SHOP}/sale?{TAGS}",
    f"{SHOP}/sale%3F{TAGS.replace('&', '%26').replace('=', '%3D')}": f"{SHOP}/sale?{TAGS}",
    f"{SHOP}/sale&{TAGS}#faq": f"{SHOP}/sale?{TAGS}#faq",
    f"{SHOP}/sale&{TAGS}&size=4": f"{SHOP}/sale?size=4&{TAGS}",
    f"{SHOP}/{TAGS.replace('&', '/')}/": WHOLE,
    f"{SHOP}&{TAGS}": WHOLE,
    # In a value.
    f"{WHOLE}?utm_term=boots": f"{WHOLE}&utm_term=boots",
    f"{WHOLE}|utm_term=boots": f"{WHOLE}&utm_term=boots",
    f"{WHOLE},utm_term=boots": f"{WHOLE}&utm_term=boots",
    f"{WHOLE}%20utm_term=boots": f"{WHOLE}&utm_term=boots",
    f"{WHOLE}%3Butm_term%3Dboots": f"{WHOLE}&utm_term=boots",
    f"{WHOLE}%2526utm_term%253Dboots": f"{WHOLE}&utm_term=boots",
    f"{WHOLE}%26amp%3Butm_term%3Dboots": f"{WHOLE}&utm_term=boots",
    f"{WHOLE}utm_term=boots": f"{WHOLE}&utm_term=boots",
    f"{WHOLE}UTM_TERM=boots": f"{WHOLE}&utm_term=boots",
    f"{WHOLE}&utm_id=7utm_content=a&x=1": f"{SHOP}/?x=1&{TAGS}&utm_id=7&utm_content=a",
    f"{SHOP}/?size=4?{TAGS}": f"{SHOP}/?size=4&{TAGS}",
    f"{SHOP}/?size=4/?{TAGS}": f"{SHOP}/?size=4&{TAGS}",
    f"{SHOP}/?size=4;{TAGS.replace('&', ';')}": f"{SHOP}/?size=4&{TAGS}",
    f"{SHOP}/?size=4%26{TAGS}": f"{SHOP}/?size=4&{TAGS}",
    f"{SHOP}/?size=4%3Futm_source%3Dold&{TAGS}": f"{SHOP}/?size=4&{TAGS}",
    f"{SHOP}/?ref=blog.example?{TAGS}": f"{SHOP}/?ref=blog.example&{TAGS}",
    f"{SHOP}/?{TAGS.replace('&', '?')}": WHOLE,
    f"{SHOP}/?{TAGS.replace('&', '')}": WHOLE,
    # Full-width signs, and JSON's.
    f"{SHOP}/sale\uff1f{TAGS}": f"{SHOP}/sale?{TAGS}",
    f"{SHOP}/sale%EF%BC%9F{TAGS}": f"{SHOP}/sale?{TAGS}",
    f"{SHOP}/?{TAGS}".replace("&", "\uff06"): WHOLE,
    f"{SHOP}/?{TAGS}".replace("&", "%EF%BC%86"): WHOLE,
    f"{SHOP}/?{TAGS}".replace("&", "\uff1b"): WHOLE,
    f"{SHOP}/?{TAGS}".replace("=", "\uff1d"): WHOLE,
    f"{SHOP}/?{TAGS}".replace("&", "\\u0026"): WHOLE,
    f"{SHOP}/?{TAGS}".replace("&", "\\u0026").replace("=", "\\u003d"): WHOLE,
    # After the #.
    f"{SHOP}/#{TAGS}".replace("&", ";"): WHOLE,
    f"{SHOP}/#{TAGS}".replace("&", ","): WHOLE,
    f"{SHOP}/#{TAGS}".replace("&", "%26"): WHOLE,
    f"{SHOP}/#faq;{TAGS}".replace("&", ";"): f"{WHOLE}#faq",
    f"{SHOP}/?size=4#faq|{TAGS}": f"{SHOP}/?size=4&{TAGS}#faq",
    f"{SHOP}/#/cart?step=2;{TAGS}": f"{WHOLE}#/cart?step=2",
    # In a name.
    f"{SHOP}/??{TAGS}": WHOLE,
    f"{SHOP}/?%3F{TAGS}": WHOLE,
    f"{SHOP}/?;{TAGS}": WHOLE,
    f"{SHOP}/?size;{TAGS}": f"{SHOP}/?size&{TAGS}",
    f"{SHOP}/?{TAGS.replace('=', '%3D').replace('&', '%26')}": WHOLE,
}  # fmt: skip


@pytest.mark.parametrize(("url", "meant"), CASES.items())
def test_misplaced_tags(run: Run, url: str, meant: str) -> None:
    """One error of their own, no wrong advice, and the address that was meant."""
    Path("l.txt").write_text(f"{url}\n")
    result = run("lint", "l.txt", "--fix")

    assert result.exit_code == 1
    assert "error UTM208 misplaced-tag: utm_" in result.stdout
    assert "UTM201" not in result.stdout
    assert "UTM206" not in result.stdout
    assert Path("l.txt").read_text() == f"{url}\n"
    data = json.loads(run("explain", url, "--format", "json").stdout)["data"]
    assert "UTM208" in [one["code"] for one in data["problems"]]
    assert data["mended"] == meant


NESTED = [
    "?next=https%3A%2F%2Fother.example%2Fa%3Futm_source%3Dacme%26utm_medium%3Demail",
    "?next=https%253A%252F%252Fother.example%252Fa%253Futm_source%253Dacme",
    "?to=%2Fsale%3Futm_source%3Dacme",
    "?to=sale%3Futm_source%3Dacme",
    "?x=https://other.example/?utm_source=acme",
    "?x=//other.example/?utm_source=acme",
    "?x=other.example%2Fsale%3Futm_source%3Dacme",
    "?x=/sale?utm_source=acme",
    "?https://other.example/?utm_source=acme",
    "?referrer=utm_source%3Dacme%26utm_medium%3Demail",
    "?search=utm_source%3Dacme",
    "?search=meaning+of+utm_source%3D",
    "?last_utm_source=acme&my-utm_medium=email",
    "?lead%5Butm_source%5D=acme",
    "?filter=(utm_source=acme)",
    "redirect/https%3A%2F%2Fother.example%2F%3Futm_source%3Dacme",
    "web/2026/https://other.example/sale&utm_source=acme",
    "?tag=utm_source",
    "?q=%EF%BC%A1%EF%BC%86%EF%BC%A2",
    "docs/utm_source/",
]


@pytest.mark.parametrize("rest", NESTED)
@pytest.mark.parametrize("tags", ["", TAGS])
def test_what_is_not_misplaced(run: Run, rest: str, tags: str) -> None:
    """Nested addresses and queries, a page's own names, texts about tags."""
    url = f"{SHOP}/{rest}" + (f"{'&' if '?' in rest else '?'}{tags}" if tags else "")

    assert "UTM208" not in run("lint", url).stdout
    data = json.loads(run("explain", url, "--format", "json").stdout)["data"]
    assert rest in data["mended"]


@pytest.mark.parametrize("url", [*CASES, *(f"{SHOP}/{rest}" for rest in NESTED)])
def test_the_fast_path_says_the_same(url: str) -> None:
    """As every rule asked one by one, with tags before and after."""
    for each in (url, f"{url}&{TAGS}", f"{WHOLE}&{url.partition('?')[2]}"):
        linter: Linter[int] = Linter()
        assert linter.check(each) == linter.thorough(each)


PIECES = st.sampled_from(
    [
        "utm_source=a",
        "utm_term%3Db",
        "a=1",
        "&",
        "?",
        ";",
        "%26",
        "%3F",
        "x",
        "/",
        "utm_id",
        "=",
        "%",
    ]
)


@given(st.lists(PIECES, max_size=8).map("".join))
def test_what_was_taken_apart_is_apart(text: str) -> None:
    """A second look finds nothing to take apart, and nothing is taken apart without a finding."""
    link = Link(f"{SHOP}/{text}")
    apart = with_tags_apart(link)

    assert (apart != link.url) is bool(misplaced_tags(link))
    assert misplaced_tags(Link(with_tags_apart(Link(apart)))) == ()


PARTLY = {
    f"{SHOP}/sale&utm_source=acme&utm_id=7": f"{SHOP}/sale?utm_source=acme&utm_id=7",
    f"{SHOP}/?utm_source=acme?utm_medium=email": f"{SHOP}/?utm_source=acme&utm_medium=email",
    f"{SHOP}/?UTM_Source=acme&utm_campaign=a%2520b": f"{SHOP}/?utm_source=acme&utm_campaign=a-b",
    f"{SHOP}/#utm_source=acme;utm_campaign=b": f"{SHOP}/?utm_source=acme&utm_campaign=b",
}


@pytest.mark.parametrize(("url", "partly"), PARTLY.items())
def test_everything_but_a_missing_tag_is_fixed(run: Run, url: str, partly: str) -> None:
    """`explain` says what is still missing, and gives the rest of the link fixed."""
    data = json.loads(run("explain", url, "--format", "json").stdout)["data"]
    assert (data["mended"], data["partly_mended"]) == (None, partly)
    assert data["not_mended"].startswith("the tags have no ")

    text = run("explain", url, "--format", "table").stdout
    assert text.endswith(f"{data['not_mended']}\nfixed except for that\n{partly}\n")
    assert run("explain", url).stdout == f"{partly}\n"
    assert run("explain", partly, "--format", "json").stdout.count('"partly_mended": null') == 1


@pytest.mark.parametrize(
    "url",
    [
        f"{SHOP}/?{TAGS}".replace("&", "&&"),
        f"{SHOP}/?{TAGS}".replace("&", "&&&"),
        f"{SHOP}/?{TAGS}".replace("&utm_m", "&&utm_m"),
    ],
)
def test_a_doubled_and_is_no_mistake(run: Run, url: str) -> None:
    """Tools read it as one: `lint` says nothing, `explain` and `new` leave it out."""
    assert run("lint", url).exit_code == 0
    assert run("explain", url).stdout == f"{WHOLE}\n"
    words = ("--campaign", "winter", "--channel", "email", "--source", "acme")
    assert run("new", url, *words).stdout == f"{WHOLE}\n"
    assert run("new", f"{SHOP}/?a=1&&b=2", *words).stdout == f"{SHOP}/?a=1&&b=2&{TAGS}\n"


def test_lint_fix_leaves_them_alone(run: Run) -> None:
    """Where the value before a tag ends is a guess; the rule's page says so."""
    for url in CASES:
        Path("l.txt").write_text(f"{url}\n")
        run("lint", "l.txt", "--fix")
        assert Path("l.txt").read_text() == f"{url}\n"
