"""Tags are text put in the right place: tables of cases, then the laws."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge.errors import BadLandingPage, BadTag
from utmforge.model import PARAMETERS, Tags
from utmforge.urls.link_ids import link_id
from utmforge.urls.tagging import read_landing_page, read_tags, strip_tags, tag

TAGS = Tags("news", "email", "spring")
TEXT = "utm_source=news&utm_medium=email&utm_campaign=spring"

PLACED = {
    "https://example.com/": f"https://example.com/?{TEXT}",
    "https://example.com": f"https://example.com/?{TEXT}",
    "http://example.com/a": f"http://example.com/a?{TEXT}",
    "HTTPS://EXAMPLE.com/A": f"https://example.com/A?{TEXT}",
    "  https://example.com/a\n": f"https://example.com/a?{TEXT}",
    "https://example.com/?a=1#top": f"https://example.com/?a=1&{TEXT}#top",
    "https://example.com/?flag": f"https://example.com/?flag&{TEXT}",
    "https://example.com/?a[0]=1": f"https://example.com/?a[0]=1&{TEXT}",
    "https://example.com/?a=%E9&b=a+b": f"https://example.com/?a=%E9&b=a+b&{TEXT}",
    "https://example.com/?a=1;b=2": f"https://example.com/?a=1;b=2&{TEXT}",
    "https://example.com/?a=1&a=2": f"https://example.com/?a=1&a=2&{TEXT}",
    "https://example.com/?a=%20b&flag": f"https://example.com/?a=%20b&flag&{TEXT}",
    # a question mark with nothing after it is not a query
    "https://example.com/?": f"https://example.com/?{TEXT}",
    "https://example.com/p?#top": f"https://example.com/p?{TEXT}#top",
    "https://example.com/p?#": f"https://example.com/p?{TEXT}#",
    "https://example.com/p?#utm_source=old": f"https://example.com/p?{TEXT}",
    "https://example.com/p?&utm_source=old": f"https://example.com/p?{TEXT}",
    "https://example.com/p?utm_source=old&": f"https://example.com/p?{TEXT}",
    "example.com?": f"https://example.com/?{TEXT}",
    # any other text after the question mark stays, whether or not it means anything
    "https://example.com/p?&": f"https://example.com/p?&&{TEXT}",
    "https://example.com/p??": f"https://example.com/p??&{TEXT}",
    "https://example.com/?a=1&": f"https://example.com/?a=1&&{TEXT}",
    "https://example.com/p?{{query}}": f"https://example.com/p?{{{{query}}}}&{TEXT}",
    "https://example.com/{{a?b}}?": f"https://example.com/{{{{a?b}}}}?{TEXT}",
    "https://example.com/#": f"https://example.com/?{TEXT}#",
    "https://example.com/#/route?tab=2": f"https://example.com/?{TEXT}#/route?tab=2",
    "https://example.com/#:~:text=a,b": f"https://example.com/?{TEXT}#:~:text=a,b",
    "https://example.com/#abc=123": f"https://example.com/?{TEXT}#abc=123",
    "https://example.com:8443/a": f"https://example.com:8443/a?{TEXT}",
    "https://[2001:db8::1]:8080/": f"https://[2001:db8::1]:8080/?{TEXT}",
    "https://straße.example/": f"https://xn--strae-oqa.example/?{TEXT}",
    "https://例え.example/": f"https://xn--r8jz45g.example/?{TEXT}",
    "https://example.com/?n={{first_name}}": f"https://example.com/?n={{{{first_name}}}}&{TEXT}",
    "https://example.com/?n=*|FNAME|*": f"https://example.com/?n=*|FNAME|*&{TEXT}",
    "https://example.com/{{ slug }}/?n={{ a b }}": (
        f"https://example.com/{{{{ slug }}}}/?n={{{{ a b }}}}&{TEXT}"
    ),
    "https://example.com/%%slug%%/[[x]]?a=<%= b %>#{{#if c}}d{{/if}}": (
        f"https://example.com/%%slug%%/[[x]]?a=<%= b %>&{TEXT}#{{{{#if c}}}}d{{{{/if}}}}"
    ),
    "https://MT0Z.example/{{x}}": f"https://mt0z.example/{{{{x}}}}?{TEXT}",
    "https://x.example/?email_signature=1": f"https://x.example/?email_signature=1&{TEXT}",
    # no scheme: taken as https
    "shop.example/x": f"https://shop.example/x?{TEXT}",
    "shop.example": f"https://shop.example/?{TEXT}",
    "shop.example:8080/x?a": f"https://shop.example:8080/x?a&{TEXT}",
    "shop.example?a=http://x.example": f"https://shop.example/?a=http://x.example&{TEXT}",
    "localhost:3000": f"https://localhost:3000/?{TEXT}",
    "//shop.example/x": f"https://shop.example/x?{TEXT}",
    # tags already there are replaced, whatever their letter case, in the query and the fragment
    "https://example.com/?utm_source=old": f"https://example.com/?{TEXT}",
    "https://example.com/?UTM_Source=old&a=1&utm_id=&utm_term": f"https://example.com/?a=1&{TEXT}",
    "https://example.com/?a=1&utm%5Fsource=old&b=2": f"https://example.com/?a=1&b=2&{TEXT}",
    "https://example.com/?utm_foo=1": f"https://example.com/?utm_foo=1&{TEXT}",
    "https://example.com/#utm_source=google": f"https://example.com/?{TEXT}",
    "https://example.com/#ref=abc&utm_source=old": f"https://example.com/?{TEXT}#ref=abc",
    "https://example.com/#utm_source=old&ref=abc": f"https://example.com/?{TEXT}#ref=abc",
    "https://example.com/#/r?utm_source=a&tab=2": f"https://example.com/?{TEXT}#/r?tab=2",
    "https://example.com/#/r?tab=2&utm_medium=a&utm_id=b&x": (
        f"https://example.com/?{TEXT}#/r?tab=2&x"
    ),
    "https://example.com/#/r?utm_source=a": f"https://example.com/?{TEXT}#/r",
    "https://example.com/?a=1&utm_source=x#utm_campaign=y": f"https://example.com/?a=1&{TEXT}",
}


@pytest.mark.parametrize(("page", "link"), PLACED.items())
def test_tags_go_after_the_query_and_before_the_fragment(page: str, link: str) -> None:
    """The page's own parameters stay as they are; the browser will request just this."""
    assert tag(page, TAGS) == link
    assert read_tags(link) == TAGS


WRITTEN = {
    "Spring Sale": "Spring%20Sale",
    "a+b&c=d": "a%2Bb%26c%3Dd",
    "été": "%C3%A9t%C3%A9",
    "a(b)'!;,": "a%28b%29%27%21%3B%2C",
    "50%": "50%25",
    "{keyword}": "{keyword}",
    "x-{{campaign.name}}-y": "x-{{campaign.name}}-y",
    "*|LIST:NAME|*x": "*|LIST:NAME|*x",
    "{a b}": "%7Ba%20b%7D",
    "😀": "%F0%9F%98%80",
}


@pytest.mark.parametrize(("value", "text"), WRITTEN.items())
def test_values_are_percent_encoded_and_macros_kept(value: str, text: str) -> None:
    """Everything outside RFC 3986's unreserved characters is encoded; a space is %20."""
    tags = Tags(value, "email", "spring")
    link = tag("https://example.com/", tags)

    assert link == (f"https://example.com/?utm_source={text}&utm_medium=email&utm_campaign=spring")
    assert read_tags(link) == tags


@pytest.mark.parametrize("end", ["-", ".", "_", "~", ")", "!"])
def test_a_link_ends_with_a_letter_or_a_digit(end: str) -> None:
    """Messaging apps cut punctuation from the end of a link."""
    link = tag("https://example.com/", Tags("a", "b", f"c{end}"))

    assert link[-1] in string.ascii_letters + string.digits
    assert read_tags(link).campaign == f"c{end}"


def test_all_nine_parameters_in_their_order() -> None:
    """GA4's nine, `id` behind `campaign`."""
    tags = Tags("a", "b", "c", "d", "e", "f", "g", "h", "i")

    assert tag("https://x.example/", tags) == (
        "https://x.example/?utm_source=a&utm_medium=b&utm_campaign=c&utm_id=f&utm_content=d"
        "&utm_term=e&utm_source_platform=g&utm_creative_format=h&utm_marketing_tactic=i"
    )


REFUSED = {
    "": "the landing page is empty",
    "javascript:alert(1)": 'only http and https addresses can be tagged, not "javascript"',
    "JaVaScRiPt:alert(1)": 'only http and https addresses can be tagged, not "JaVaScRiPt"',
    "java\nscript:alert(1)": "the address has a control character (U+000A)",
    "data:text/html,x": 'only http and https addresses can be tagged, not "data"',
    "vbscript:x": 'only http and https addresses can be tagged, not "vbscript"',
    "file:///etc/passwd": 'only http and https addresses can be tagged, not "file"',
    "ftp://example.com/": 'only http and https addresses can be tagged, not "ftp"',
    "mailto:a@b.example": 'only http and https addresses can be tagged, not "mailto"',
    "tel:+33123456789": 'only http and https addresses can be tagged, not "tel"',
    "spring": '"spring" is not a web address',
    "/path": '"/path" is not a web address',
    "https://": '"https://" is not a web address',
    "https://exa mple.com/": '"https://exa mple.com/" is not a web address',
    "https://[::1/": '"https://[::1/" is not a web address',
    "https://example.com:99999/": '"https://example.com:99999/" is not a web address',
    "https://ann:secret@example.com/": "the address has a user name or password before its host",
    "https://ann@example.com/": "the address has a user name or password before its host",
    "https://example.com\\@evil.example/": (
        "the address has a backslash before its path: browsers and other programs read it as "
        "different sites"
    ),
    "https:\\\\example.com/": (
        "the address has a backslash before its path: browsers and other programs read it as "
        "different sites"
    ),
    "https://example.com/a\tb": "the address has a control character (U+0009)",
    "https://example.com/a\x1b[31m": "the address has a control character (U+001B)",
    "https://example.com/a\x7f": "the address has a control character (U+007F)",
    "https://example.com/a\u200b": "the address has an invisible character (U+200B)",
    "https://example.com/a\u202eb": "the address has an invisible character (U+202E)",
    "https://example.com/\udce9": "the address is not UTF-8 text",
    "https://x.example/?X-Amz-Signature=abc": (
        "the address is signed (X-Amz-Signature=…): one added parameter breaks it"
    ),
    "https://x.example/?se=1&sig=abc": (
        "the address is signed (sig=…): one added parameter breaks it"
    ),
    "https://x.example/?Expires=1&Signature=abc&Key-Pair-Id=x": (
        "the address is signed (Signature=…): one added parameter breaks it"
    ),
    "https://x.example/?x-goog-signature=abc": (
        "the address is signed (x-goog-signature=…): one added parameter breaks it"
    ),
    f"https://x.example/{'a' * 8192}": "the landing page is longer than 8 KiB",
    "x" * 1_000_000: "the landing page is longer than 8 KiB",
    f"https://x.example/{'é' * 2000}": "the landing page is longer than 8 KiB",
    f"https://x.example/{'a' * 8150}": "the tagged link is longer than 8 KiB",
}


@pytest.mark.parametrize(("page", "message"), REFUSED.items(), ids=lambda text: text[:30])
def test_an_address_that_cannot_be_tagged_is_refused_with_the_reason(
    page: str, message: str
) -> None:
    """The sentence says why, and never repeats a secret."""
    with pytest.raises(BadLandingPage) as caught:
        tag(page, TAGS)

    assert caught.value.message == message
    assert "secret" not in f"{caught.value} {caught.value.hint}"
    assert "abc" not in str(caught.value)


@pytest.mark.parametrize(
    ("tags", "message"),
    [
        (Tags("", "email", "spring"), "the tags have no source"),
        (Tags("a", "", "spring"), "the tags have no medium"),
        (Tags("a", "b", ""), "the tags have no campaign"),
        (Tags("a", "b", "c", content=""), "content is empty"),
        (Tags("a", "b", "  "), "campaign is empty"),
        (Tags("a", "b\x1b", "c"), "medium has an invisible character (U+001B)"),
        (Tags("a", "b", "c", term="\ud800"), "term is not UTF-8 text"),
    ],
)
def test_a_tag_that_no_link_can_carry_is_refused(tags: Tags, message: str) -> None:
    """Empty values and control characters never reach a link."""
    with pytest.raises(BadTag) as caught:
        tag("https://x.example/", tags)

    assert caught.value.message == message


@pytest.mark.parametrize(
    ("url", "page"),
    [
        ("https://example.com/p?", "https://example.com/p"),
        ("https://example.com/p?#top", "https://example.com/p#top"),
        ("https://example.com/p?&", "https://example.com/p?&"),
        (f"https://example.com/p?{TEXT}", "https://example.com/p"),
        (f"https://example.com/p?&{TEXT}", "https://example.com/p"),
        (f"https://example.com/p?&&{TEXT}", "https://example.com/p?&"),
        (f"https://example.com/p?a=1&&{TEXT}", "https://example.com/p?a=1&"),
    ],
)
def test_a_bare_question_mark_is_left_out_and_nothing_else_is(url: str, page: str) -> None:
    """`p?` and `p` are one page, so that each of its links has one id."""
    assert strip_tags(url) == page
    assert strip_tags(tag(url, TAGS)) == page


def test_what_was_there_is_told() -> None:
    """The parameters replaced and the scheme assumed are part of the answer."""
    page = read_landing_page("shop.example/?UTM_Source=a&b=1#utm_term=c")

    assert page.replaced == ("UTM_Source", "utm_term")
    assert page.assumed_https
    assert page.url == "https://shop.example/?b=1"


@pytest.mark.parametrize(
    ("url", "tags"),
    [
        ("https://x.example/", Tags("", "", "")),
        ("https://x.example/?utm_source=a", Tags("a", "", "")),
        ("https://x.example/?UTM_MEDIUM=a+b", Tags("", "a b", "")),
        ("https://x.example/?utm_source=&utm_source=b&utm_source=c", Tags("b", "", "")),
        ("https://x.example/#/r?utm_campaign=c", Tags("", "", "c")),
        ("https://x.example/?utm_source=a#utm_source=b", Tags("a", "", "")),
        ("x.example?utm_term=%E9", Tags("", "", "", term="\ufffd")),
    ],
)
def test_tags_are_read_from_any_link(url: str, tags: Tags) -> None:
    """The first value that is not empty counts, in the query before the fragment."""
    assert read_tags(url) == tags
    assert bool(tags) == ("utm" in url.lower())


def test_an_id_is_of_the_link_itself() -> None:
    """The same link has the same id on every machine, for years: this one is pinned."""
    assert link_id("https://shop.example/?utm_source=a") == link_id(
        "https://shop.example/?utm_source=a"
    )
    assert link_id("https://shop.example/") == "8mqcsz739pxx"
    assert not set("01aeioul") & {c for n in range(500) for c in link_id(f"{n}")}


hosts = st.sampled_from(
    ["example.com", "shop.example:8080", "[::1]", "straße.example", "localhost", "192.0.2.1"]
)
printable = st.text(st.characters(exclude_categories=("C", "Z")), max_size=12)
UGLY = [*"ab0/?&=;+%#[]{}|*<>!'():~.,@$^`\\\" é", "%20", "%E9", "{{a}}", "*|B|*", "%%"]
ugly = st.lists(st.sampled_from(UGLY), max_size=30).map("".join)
pages = st.builds(lambda host, rest: f"https://{host}/{rest}", hosts, ugly | printable)
values = st.text(
    st.characters(exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp")), min_size=1
).filter(str.strip) | st.sampled_from(
    ["{keyword}", "{{x}}-y", "*|A|*", "a-", "{", "}}", "*|", "%%a%%", "[[b]]"]
)
all_tags = st.builds(
    Tags,
    values,
    values,
    values,
    *[st.none() | values for _ in range(len(PARAMETERS) - 3)],
)


def _canonical(page: str) -> str | None:
    """Return the page as a browser requests it, without tags; None if it cannot be tagged.

    A question mark with nothing after it is left out.
    """
    try:
        return strip_tags(page)
    except BadLandingPage:
        return None


@given(pages, all_tags)
def test_what_is_tagged_can_be_read_and_stripped(page: str, tags: Tags) -> None:
    """read_tags(tag(p, t)) == t; strip_tags(tag(p, t)) == p; tagging twice is tagging once."""
    canonical = _canonical(page)
    if canonical is None:
        return
    link = tag(canonical, tags)

    assert read_tags(link) == tags
    assert strip_tags(link) == canonical
    assert tag(link, tags) == link
    assert tag(page, tags) == link


@given(pages, all_tags, all_tags)
def test_the_last_tags_win(page: str, first: Tags, second: Tags) -> None:
    """Tags replace tags; nothing of the first ones is left."""
    if _canonical(page) is not None:
        assert tag(tag(page, first), second) == tag(page, second)


@given(pages, all_tags)
def test_the_page_s_own_text_stays_whole_and_in_order(page: str, tags: Tags) -> None:
    """The link without the inserted text is the page, byte for byte."""
    canonical = _canonical(page)
    if canonical is None:
        return
    before, hash_mark, fragment = canonical.partition("#")
    link = tag(canonical, tags)
    if "{{" not in canonical:  # a merge tag may hold a # of its own
        assert link.startswith(before)
        assert link.endswith(hash_mark + fragment)


@given(st.text(max_size=60))
def test_any_text_is_tagged_or_refused(text: str) -> None:
    """No input ends in anything but a link or a refusal."""
    try:
        link = tag(text, TAGS)
    except BadLandingPage:
        return
    assert link.startswith(("https://", "http://"))
    assert link.isprintable()
