"""UTM6xx: where a link leads."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge.lint.rules.destinations import (
    BreaksOnParameters,
    LookAlikeHost,
    NotAnAddress,
    ShortenerInSms,
)
from utmforge.urls.link import Link
from utmforge.urls.scripts import scripts_of
from utmforge.urls.special_hosts import BREAK_ON_PARAMETERS, CHAT_INVITES, SHORTENERS, breaks

TAGS = "utm_source={}&utm_medium={}&utm_campaign=spring"


@pytest.mark.parametrize("host", sorted(SHORTENERS))
def test_every_shortener_in_an_sms(host: str) -> None:
    """By the source or the medium, in any case; in a mail it is fine."""
    for source, medium in (("sms", "message"), ("news", "SMS"), ("rcs", "x")):
        assert list(ShortenerInSms().check(Link(f"https://{host}/a?{TAGS.format(source, medium)}")))
    assert not list(ShortenerInSms().check(Link(f"https://{host}/a?{TAGS.format('a', 'email')}")))
    assert not list(
        ShortenerInSms().check(Link(f"https://shop.example/a?{TAGS.format('sms', 'sms')}"))
    )


@pytest.mark.parametrize("host", [*sorted(BREAK_ON_PARAMETERS), *sorted(CHAT_INVITES)])
def test_every_site_that_breaks(host: str) -> None:
    """Only with tags; what only ends in the same letters is another site."""
    rule = BreaksOnParameters()

    assert list(rule.check(Link(f"https://{host}/a?{TAGS.format('a', 'b')}")))
    assert not list(rule.check(Link(f"https://{host}/a?b=1")))
    assert not list(rule.check(Link(f"https://my{host}/a?{TAGS.format('a', 'b')}")))


@given(
    st.sampled_from(sorted(BREAK_ON_PARAMETERS)),
    st.from_regex(r"([a-z]{1,5}\.){0,3}", fullmatch=True),
)
def test_a_subdomain_breaks_like_its_site(host: str, before: str) -> None:
    """However deep."""
    assert breaks(before + host) == BREAK_ON_PARAMETERS[host]
    assert breaks(f"{host}.example") is None


@pytest.mark.parametrize(
    ("label", "scripts"),
    [
        ("shop", ()),
        ("sh\u043ep", ("Cyrillic", "Latin")),
        ("xn--shp-ted", ("Cyrillic", "Latin")),
        ("магазин", ("Cyrillic",)),
        ("例え", ("East",)),
        ("例えshop", ("East",)),
        ("한국abc", ("East",)),
        ("τest", ("Greek", "Latin")),
        ("12-3", ()),
        ("xn--\u20ac", ()),
        ("xn--999999999", ()),
    ],
)
def test_scripts(label: str, scripts: tuple[str, ...]) -> None:
    """Those that a language is written with together count as one."""
    assert scripts_of(label) == scripts


@pytest.mark.parametrize(
    ("host", "found"),
    [
        ("sh\u043ep.example", True),
        ("xn--shp-ted.example", True),
        ("магазин.example", False),
        ("shop.магазин", False),
        ("例え.example", False),
    ],
)
def test_each_part_of_a_host_is_of_one_script(host: str, found: bool) -> None:
    """Parts may differ; the message shows the host in letters that cannot deceive."""
    messages = [one.message for one in LookAlikeHost().check(Link(f"https://{host}/"))]

    assert bool(messages) is found
    assert all(one.isascii() for one in messages)


@given(st.text(max_size=60))
def test_any_line_is_an_address_or_says_why_not(text: str) -> None:
    """One sentence at most."""
    assert len(list(NotAnAddress().check(Link(text)))) <= 1
