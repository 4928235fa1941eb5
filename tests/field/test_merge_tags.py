"""The merge tags of mail services come out as they went in."""

import csv
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import ROOT, Run
from utmforge import Tags, read_tags, strip_tags, tag
from utmforge.lint.repair import repaired
from utmforge.urls.link import Link
from utmforge.urls.merge_tags import masked
from utmforge.urls.tagging import read_landing_page

with (ROOT / "tests" / "data" / "merge_tags.csv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))
FORMS = [row["form"] for row in ROWS]
TAGS = Tags("news", "email", "spring")
QUERY = "utm_source=news&utm_medium=email&utm_campaign=spring"
PLACES = [
    "/sale?name={}",
    "/sale?name={}&size=4",
    "/sale?a=1&name={}#faq",
    "/sale?name=x-{}-y",
    "/u={}/sale",
]
ONLY_WHOLE = {"#firstname#", "[First Name]", "[FIRST NAME]"}
"""Forms that only count as a whole value: elsewhere they may be a fragment, or a page's own."""


def test_there_are_enough_services() -> None:
    """Each with its source."""
    assert len({row["service"] for row in ROWS}) >= 40
    assert all(row["source"] for row in ROWS)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("place", PLACES)
def test_tagging_leaves_them_alone(form: str, place: str) -> None:
    """In a path, in a value, before a fragment; and removing the tags gives the page back."""
    if form in ONLY_WHOLE and "x-" in place:
        return
    page = "https://shop.example" + place.replace("{}", form)

    assert tag(page, TAGS).replace(f"?{QUERY}", "").replace(f"&{QUERY}", "") == page
    assert strip_tags(tag(page, TAGS)) == page


@pytest.mark.parametrize("form", FORMS)
def test_the_command_leaves_them_alone(run: Run, form: str) -> None:
    """`new` issues them, `lint` says nothing of the space, `explain` gives them back."""
    page = f"https://shop.example/sale?name={form}"
    words = ("--campaign", "spring", "--channel", "email", "--source", "news", "--allow-private")
    result = run("new", page, *words)
    assert result.stdout == f"{page}&{QUERY}\n"

    lint = run("lint", result.stdout.strip(), "--ignore", "UTM501")
    assert "UTM604" not in lint.stdout
    assert repaired(result.stdout.strip()) == result.stdout.strip()
    data = json.loads(run("explain", result.stdout.strip(), "--format", "json").stdout)["data"]
    assert (data["mended"] or f"{page}&{QUERY}") == f"{page}&{QUERY}"


IN_VALUES = [form for form in FORMS if "#" not in form and "%%de" not in form]
"""An # in a value would begin a fragment, and %de would be read as a byte."""
WHOLE = re.compile(r"[%@\[~][^%].*")
"""Forms that only count as a whole value: in a longer one, the signs may be meant."""


@pytest.mark.parametrize("form", IN_VALUES)
def test_in_the_value_of_a_tag(form: str) -> None:
    """With text around it or alone: it is written as it is, and read again it is the value."""
    for value in (form, f"sale-{form}", f"{form}-2026"):
        if value != form and WHOLE.fullmatch(form):
            continue
        url = tag("https://shop.example/?a=1#faq", TAGS._replace(content=value))
        assert url == f"https://shop.example/?a=1&{QUERY}&utm_content={value}#faq"
        assert read_tags(url).content == value
        assert Link(url).as_written["content"] == value


FILTERS = ["{{ c.name | default: 'my friend' }}", "{{c.name|replace: ' ', '-'}}"]


@pytest.mark.parametrize("form", FILTERS)
def test_filters_in_the_value_of_a_tag(run: Run, form: str) -> None:
    """`new` writes them, and `explain` gives them back, with their spaces and quotes."""
    words = ("--campaign", "spring", "--channel", "email", "--source", "news", "--term", form)
    result = run("new", "https://shop.example/", *words)
    url = f"https://shop.example/?{QUERY}&utm_term={form}"
    assert (result.stdout, result.exit_code) == (f"{url}\n", 0)
    assert json.loads(run("explain", url, "--format", "json").stdout)["data"]["mended"] == url


OTHERS = st.sampled_from(["a", "1", "-", "&b=", "/", "%20", ".", "é"])
TEXTS = st.lists(OTHERS | st.sampled_from(FORMS), max_size=5).map("".join)


@given(st.sampled_from(FORMS), TEXTS, TEXTS)
def test_no_byte_inside_one_is_changed(form: str, before: str, after: str) -> None:
    """Whatever stands around it: what was recognised comes out as it went in."""
    page = f"https://shop.example/{before.replace('&b=', '/')}?x={before}&name={form}&{after}"
    mask = masked(page)
    recognised = [
        page[start:end] for start, end in _runs(mask) if mask[start:end] != page[start:end]
    ]
    written = read_landing_page(page).with_tags(TAGS)

    position = 0
    for each in recognised:
        position = written.index(each, position) + len(each)


def _runs(mask: str) -> list[tuple[int, int]]:
    """Return where runs of underscores begin and end."""
    runs, start = [], None
    for at, sign in enumerate(f"{mask} "):
        if sign == "_" and start is None:
            start = at
        elif sign != "_" and start is not None:
            runs.append((start, at))
            start = None
    return runs
