"""What is private is found wherever it hides, all else is left alone, nothing is repeated."""

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.privacy.samples import AWS, GITHUB, JWT, PAGE, PLACES, WORD
from utmforge.model import Tags
from utmforge.privacy.find import find_private, find_private_in_tags
from utmforge.privacy.finding import Private
from utmforge.privacy.keys import (
    NAME_KEYS,
    PASSWORD_KEYS,
    PERHAPS_TOKEN_KEYS,
    PERSON_KEYS,
    PHONE_KEYS,
    TOKEN_KEYS,
)

EMAIL = "e-mail address"
PHONE = "phone number"
CARD = "payment card"
MERGE_TAG = "one-person merge tag"

VALUES = {
    # e-mail addresses
    "bob@acme.example": EMAIL,
    "bob.smith+news@mail.acme.co.uk": EMAIL,
    "mailto:bob@acme.example": EMAIL,
    "from bob@acme.example today": EMAIL,
    "jörg@müller.example": EMAIL,
    "bob@xn--mller-kva.example": EMAIL,
    "bob%40acme.example": EMAIL,
    "bob%2540acme.example": EMAIL,
    "bob%252540acme.example": EMAIL,
    "%62%6f%62%40acme.example": EMAIL,
    "Ym9iQGFjbWUuZXhhbXBsZQ==": EMAIL,
    "Ym9iQGFjbWUuZXhhbXBsZQ": EMAIL,
    "Ym9iQGFjbWUuZXhhbXBsZQ%3D%3D": EMAIL,
    "id-Ym9iQGFjbWUuZXhhbXBsZQ": EMAIL,
    "campaign_Ym9iQGFjbWUuZXhhbXBsZQ_1": EMAIL,
    "bob(at)acme.example": EMAIL,
    "BOB(AT)ACME.EXAMPLE": EMAIL,
    "bob%28at%29acme.example": EMAIL,
    "bob (at) acme (dot) example": EMAIL,
    "bob[at]acme.example": EMAIL,
    "bob[at]acme[.]example": EMAIL,
    "bob\uff20acme.example": EMAIL,
    "meet(at)booth": None,
    "look-at-acme.example": None,
    # phone numbers
    "+33612345678": PHONE,
    "+33 6 12 34 56 78": PHONE,
    "+33-6-12-34-56-78": PHONE,
    "%2B33612345678": PHONE,
    "+49 (0)151 23456789": PHONE,
    "+1 (415) 555-2671": PHONE,
    "tel:+442071838750": PHONE,
    "0033612345679": PHONE,
    "00491512345678": PHONE,
    "sms-to-+33612345678": PHONE,
    # bank and card
    "DE89370400440532013000": "IBAN",
    "de89370400440532013000": "IBAN",
    "DE89 3704 0044 0532 0130 00": "IBAN",
    "FR14-2004-1010-0505-0001-3M02-606": "IBAN",
    "GB82WEST12345698765432": "IBAN",
    "iban:NO9386011117947": "IBAN",
    "4111111111111111": CARD,
    "4111 1111 1111 1111": CARD,
    "5500-0055-5555-5559": CARD,
    "3782 822463 10005": CARD,
    # names
    "anna.schmidt": "name",
    "Anna.Schmidt": "name",
    "Anna Schmidt": "name",
    "Anna%20Schmidt": "name",
    "Anna+Schmidt": "name",
    "schmidt.anna": "name",
    "jean.paul.dupont": "name",
    "hélène.durand": "name",
    "Мария.x": None,
    # secrets
    GITHUB: "GitHub token",
    "github_pat_" + "1A2b" * 15: "GitHub token",
    AWS: "AWS key",
    JWT: "JWT",
    "xoxb-" + "123456789012-abcdefABCDEF": "Slack token",
    "sk_live_" + "a1B2c3D4" * 3: "Stripe key",
    "AIza" + "aB3_-" * 7: "Google API key",
    "glpat-" + "aB3xY" * 4: "GitLab token",
    "SG." + "aB3xYaB3xYaB3xYaB3xYab." + "aB3xY" * 8 + "abc": "SendGrid key",
    "0123456789abcdef" * 2 + "-us12": "Mailchimp key",
    "key-" + "0123456789abcdef" * 2: "Mailgun key",
    "-----BEGIN RSA PRIVATE KEY-----": "private key",
    "-----BEGIN+PRIVATE+KEY-----": "private key",
    # merge tags
    "{{email}}": MERGE_TAG,
    "{{ contact.email }}": MERGE_TAG,
    "{{contact.EMAIL|default:'x'}}": MERGE_TAG,
    "*|EMAIL|*": MERGE_TAG,
    "*|FNAME|*": MERGE_TAG,
    "*|UNIQID|*": MERGE_TAG,
    "%%emailaddr%%": MERGE_TAG,
    "%%_subscriberkey%%": MERGE_TAG,
    "{{lead.Email Address}}": MERGE_TAG,
    "{{subscriber.id}}": MERGE_TAG,
    "{{ person.first_name }}": MERGE_TAG,
    "${customer.name}": MERGE_TAG,
    "<%= user.email %>": MERGE_TAG,
    '[[data:email:""]]': MERGE_TAG,
    "%EMAIL%": MERGE_TAG,
    "[firstname,fallback=you]": MERGE_TAG,
    "%7B%7Bemail%7D%7D": MERGE_TAG,
    # not private
    "2026-spring-sale": None,
    "spring.sale": None,
    "hero.banner": None,
    "black.friday": None,
    "shop.example": None,
    "anna.dress": None,
    "emma.com": None,
    "Emma Boots": None,
    "emma-watson": None,
    "emma_watson": None,
    "saint.martin": None,
    "anna": None,
    "Spring Sale": None,
    "20260315": None,
    "2026-03-15": None,
    "2026-03-15T10:00:00+0100": None,
    "2026-03-15T10:00:00+01:00": None,
    "1.5.2": None,
    "v1.2": None,
    "192.168.100.200": None,
    "1763932800": None,
    "1763932800000": None,
    "+1763932800": None,
    "123456789": None,
    "4006381333931": None,
    "0012345678905": None,
    "0012345678": None,
    "4111111111111112": None,
    "1234567890123456": None,
    "DE89370400440532013001": None,
    "XX89370400440532013000": None,
    "550e8400-e29b-41d4-a716-446655440000": None,
    "d41d8cd98f00b204e9800998ecf8427e": None,
    "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08": None,
    "CjwKCAiA0eTJBhBaEiwA-Pa-hUoFnWsxQ1hkzq6v3oC8jTg5H1Qx2u7yQZ": None,
    "logo@2x.png": None,
    "react@18.2.0": None,
    "@48.85,2.29,15z": None,
    "@acme": None,
    "user@": None,
    "user@{{domain}}": None,
    "{keyword}": None,
    "{{campaign.name}}": None,
    "{{ad.id}}": None,
    "*|LIST:NAME|*": None,
    "*|MC:SUBJECT|*": None,
    "{{email.name}}": None,
    "{{ slug }}": None,
    "%%campaign%%": None,
    "c+c": None,
    "rock+roll+2026": None,
    "R&D": None,
    "50%25-off": None,
    "SpringSaleNewsletterFooterLink": None,
    "": None,
}


@pytest.mark.parametrize(("value", "kind"), VALUES.items())
def test_single_values(value: str, kind: str | None) -> None:
    """A tag value holds one kind, or nothing."""
    assert [found.kind for found in find_private(value)] == ([kind] if kind else [])


def test_a_slack_webhook_is_a_secret_as_a_value() -> None:
    """Its path is cut at slashes in an address; as a parameter it is whole."""
    hook = "https://hooks.slack.example/services/T0123456/B0123456/" + "aB3x" * 6

    assert find_private(f"{PAGE}?hook={quote(hook, safe='')}") == (
        Private("Slack webhook", 'parameter "hook"', is_secret=True),
    )


def test_tags_are_looked_through_by_name() -> None:
    """A finding names the parameter the tag becomes."""
    tags = Tags("anna.schmidt", "email", "spring", content="bob@acme.example", term="{keyword}")

    assert find_private_in_tags(tags) == (
        Private("name", "utm_source", is_secret=False),
        Private("e-mail address", "utm_content", is_secret=False),
    )


@pytest.mark.parametrize(
    ("keys", "value"),
    [
        (NAME_KEYS, "xanthippe"),
        (PERSON_KEYS, "anna-schmidt"),
        (PASSWORD_KEYS, "hunter"),
        (TOKEN_KEYS, "abcdefghij"),
        (PERHAPS_TOKEN_KEYS, "a1b2c3d4e5f6a7b8"),
        (PHONE_KEYS, "0612345678"),
    ],
)
def test_every_telling_parameter_is_looked_at(keys: frozenset[str], value: str) -> None:
    """The quick look lets none of them pass."""
    for key in keys:
        assert find_private(f"{PAGE}?{key}={value}"), key
        assert find_private(f"{PAGE}?{key[:2]}_{key[2:]}={value}"), key


def test_a_very_long_text_is_read_in_time() -> None:
    """Nothing here takes more than a moment, whatever the text."""
    for text in (
        "a@" * 50_000,
        "a." * 50_000,
        "A" * 100_000,
        "1 " * 50_000,
        "+1" * 50_000,
        "{{" * 50_000,
        "%25" * 30_000,
        "a=" * 50_000,
        "de12" + "a " * 50_000,
        "https://x.example/?" + "a=A1b2C3d4&" * 10_000,
        "https://x.example/?" + "a" * 50_000,
        "https://x.example/?x=" + "a" * 50_000,
        "https://x.example/?x=" + "%C3%A9" * 10_000,
        "https://x.example/" + "%C3%A9a=" * 10_000 + "%",
        "https://x.example/?" + "=aA1" * 20_000 + ".",
        "0" * 50_000,
        "Ab-" * 20_000,
    ):
        find_private(text)


@given(st.sampled_from([GITHUB, AWS, JWT]), st.sampled_from(PLACES), st.tuples(WORD, WORD, WORD))
def test_a_secret_is_found_and_not_repeated(
    secret: str, place: str, words: tuple[str, str, str]
) -> None:
    """It opens something, and the finding says so."""
    found = find_private(place.format(*words, secret=secret))

    assert any(one.is_secret for one in found)
    assert secret not in repr(found)


@given(st.lists(WORD, min_size=4, max_size=4), st.integers(0, 99_999_999))
def test_ordinary_links_hold_nothing_private(words: list[str], number: int) -> None:
    """Words, separators and numbers as shops have them."""
    one, two, three, four = words
    url = f"https://{one}.example/{two}/{number}.html?v={number}&utm_source={three}&utm_campaign={four}"

    assert find_private(url) == ()
