"""Merge tags come out as they went in, and nothing else is taken for one."""

import can_ada
import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge.errors import BadLandingPage
from utmforge.model import Tags
from utmforge.urls.merge_tags import MERGE_TAG, masked, shield
from utmforge.urls.tagging import read_landing_page, strip_tags, tag

TAGS = Tags("news", "email", "spring")
FORMS = (
    "{{name}}", "{{ user.name | default: 'x' }}", "{name}", "*|FNAME|*", "{% if a %}", "${a.b}",
    "<%= a %>", "%%first.name%%", "[[name]]", "{{#if a}}", "{{a?b}}",
    # With words in them to write where a reader has none.
    "{contactfield=firstname|Guest User}", "{Name|Guest User}",
    "[subscriber:firstname|default:Guest User]", "[firstname,fallback=dear friend]",
    "[firstname, fallback=friend]",
)  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("where", ["/{}/a", "/?name={}", "/?a=1&b={}&c=2", "/#{}"])
def test_a_merge_tag_stays_as_it_is(form: str, where: str) -> None:
    """In the path, the query and the fragment of a landing page."""
    url = "https://shop.example" + where.replace("{}", form)

    assert MERGE_TAG.fullmatch(form)
    assert form in tag(url, TAGS)
    assert strip_tags(tag(url, TAGS)) == url


@pytest.mark.parametrize(
    "text",
    ["{a b}", "[a]", "[0]", "a[b|c]", "[a|b]", "{ a }", "%20name%", "{}", "[[]]", "[a|default:b&c]",
     "{a|b&c}", "{a|b#c}"],
)  # fmt: skip
def test_what_is_not_a_merge_tag(text: str) -> None:
    """Brackets that pages and programs use."""
    assert not MERGE_TAG.fullmatch(text)


@pytest.mark.parametrize(
    "url",
    [
        "https://%6Dt0z.example/?a={{evil.example}}",
        "https://m%740z.example/?a={{evil.example}}",
        "https://MT0Z.example/?a={{evil.example}}",
        "https://ｍｔ0z.example/?a={{evil.example}}",
        "https://%6D%740z.example/{{evil.example}}",
    ],
)
def test_a_host_is_never_taken_for_a_merge_tag(url: str) -> None:
    """However it is written: the merge tag is in the query, the host stays."""
    page = read_landing_page(url)

    assert page.head.startswith("https://mt0z.example/")
    assert page.url.count("{{evil.example}}") == 1


WORDS = st.sampled_from((*"mt01zMTZｍｔ𝗺", "%6D", "%74", "%30", "%7a"))
HOSTS = st.lists(WORDS, min_size=1, max_size=8).map("".join)
PIECES = WORDS | st.sampled_from((*FORMS, "/", "a", "=", "&", "mt0z", "mtt1z"))
TAILS = st.lists(PIECES, max_size=8).map("".join)


@given(HOSTS, TAILS, TAILS, TAILS)
def test_hosts_and_placeholders_never_meet(host: str, path: str, query: str, end: str) -> None:
    """The host is the one that a browser asks, and every merge tag comes out where it was."""
    url = f"https://{host}.example/{path}?{query}#{end}"
    try:
        page = read_landing_page(url)
    except BadLandingPage:
        return
    asked = can_ada.parse(f"https://{host}.example/")

    assert page.head.startswith(f"{asked.protocol}//{asked.host}/")
    assert MERGE_TAG.findall(page.url) == MERGE_TAG.findall(f"/{path}?{query}#{end}")


@given(TAILS)
def test_shielding_is_undone(text: str) -> None:
    """Whatever stands around the merge tags."""
    shielded = shield(f"https://shop.example/{text}")

    assert not shielded.merge_tags or MERGE_TAG.search(text)
    assert shielded.restored_after_host(shielded.text) == f"https://shop.example/{text}"


@given(TAILS)
def test_a_mask_is_as_long_as_the_text(text: str) -> None:
    """So that a place in one is a place in the other."""
    assert len(masked(text)) == len(text)
    assert not MERGE_TAG.search(masked(text))
