"""How tag values are written, and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge.conventions import Convention, FieldRule
from utmforge.errors import AgainstConvention, BadTag
from utmforge.model import Tags
from utmforge.urls import tag

DEFAULT = {
    "Spring Sale": "spring-sale",
    "spring/sale\\2026": "spring-sale-2026",
    "été": "ete",
    "straße": "strasse",
    "Łódź": "lodz",
    "весна": "vesna",
    "AI  Agent   Tools": "ai-agent-tools",
    "a - b": "a-b",
    "--double--": "double",
    " trimmed ": "trimmed",
    "a_b": "a_b",
    "a\u00a0b": "a-b",
    "Header—CTA": "header-cta",
    "50%": "50%",
    "Lampe d'été": "lampe-d-ete",
    "L’été “grand”!": "l-ete-grand",
    "Hurry, now?": "hurry-now",
    "{keyword}": "{keyword}",
    "{{ Campaign.Name }}": "{{Campaign.Name}}",
    "Summer {Keyword} Sale": "summer-{Keyword}-sale",
    "*|LIST:NAME|*": "*|LIST:NAME|*",
}


@pytest.mark.parametrize(("given_", "written"), DEFAULT.items())
def test_the_default_convention(given_: str, written: str) -> None:
    """Lower case, one kind of separator, no accents; macros as they are."""
    assert Convention().written("campaign", given_) == written


@pytest.mark.parametrize(
    ("convention", "given_", "written"),
    [
        (Convention(case="upper"), "Été x", "ETE-X"),
        (Convention(case="keep"), "Été x", "Ete-x"),
        (Convention(separator="_"), "a - b__c", "a_-_b_c"),
        (Convention(separator="."), "a b", "a.b"),
        (Convention(transliterate=False), "Été Ü", "été-ü"),
    ],
)
def test_the_convention_s_keys(convention: Convention, given_: str, written: str) -> None:
    """Case, separator and transliteration do what they say."""
    assert convention.written("campaign", given_) == written


def test_the_id_keeps_its_case() -> None:
    """utm_id must equal the id in uploaded cost data, letter for letter."""
    assert Convention().written("id", "SPR 26") == "SPR-26"


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("", "campaign is empty"),
        ("  ", "campaign is empty"),
        ("---", 'nothing is left of campaign "---" in the naming convention'),
        ("a\x1bb", "campaign has an invisible character (U+001B)"),
        ("a\nb", "campaign has an invisible character (U+000A)"),
        ("x" * 101, "campaign has 101 characters, GA4 cuts a tag at 100"),
        ("x" * 1_000_000, "campaign has 1,000,000 characters, GA4 cuts a tag at 100"),
    ],
    ids=lambda text: text[:20],
)
def test_what_cannot_be_written_is_refused(value: str, message: str) -> None:
    """Empty, invisible, too long."""
    with pytest.raises(BadTag) as caught:
        Convention().written("campaign", value)

    assert caught.value.message == message


def test_what_is_not_allowed_is_refused_with_the_closest() -> None:
    """A closed list and a pattern, each with the way out."""
    convention = Convention(
        fields={
            "medium": FieldRule(allowed=("email", "sms")),
            "campaign": FieldRule(pattern=r"^\d{4}-[a-z-]+$"),
        }
    )
    with pytest.raises(AgainstConvention) as medium:
        convention.apply(Tags("news", "E-mail", "2026-x"))
    with pytest.raises(AgainstConvention) as campaign:
        convention.apply(Tags("news", "email", "spring"))

    assert medium.value.message == 'medium "e-mail" is not in the naming convention'
    assert medium.value.hint == 'use "email", or add it to [convention.medium]'
    assert campaign.value.message == (
        r'campaign "spring" is not of the naming convention\'s pattern ^\d{4}-[a-z-]+$'.replace(
            "\\'", "'"
        )
    )
    assert campaign.value.hint == "write it so, or change the pattern in [convention.campaign]"


def test_far_from_all_allowed_values_they_are_listed() -> None:
    """Where nothing is close, the choice is shown."""
    convention = Convention(fields={"medium": FieldRule(allowed=("email", "sms"))})
    with pytest.raises(AgainstConvention) as caught:
        convention.check("medium", "zzz")

    assert caught.value.hint == 'use "email" or "sms", or add it to [convention.medium]'


def test_a_macro_alone_passes_every_rule() -> None:
    """What an ad platform fills in later cannot be checked now."""
    Convention(fields={"term": FieldRule(allowed=("a",))}).check("term", "{keyword}")


def test_every_change_is_told() -> None:
    """A person reads what was written otherwise than asked for."""
    _, changes = Convention().apply(Tags("News", "email", "Spring Sale"))

    assert [str(change) for change in changes] == [
        'wrote source "News" as "news"',
        'wrote campaign "Spring Sale" as "spring-sale"',
    ]


@given(st.text(max_size=40), st.sampled_from("-_."), st.booleans())
def test_writing_twice_is_writing_once(value: str, separator: str, transliterate: bool) -> None:
    """What is written is written already; and a link can carry it."""
    convention = Convention(separator=separator, transliterate=transliterate)
    try:
        written = convention.written("campaign", value)
    except BadTag:
        return

    assert convention.written("campaign", written) == written
    assert tag("https://x.example/", Tags("a", "b", written))
