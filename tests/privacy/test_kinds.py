"""Each kind of private data in one decoded value."""

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge.privacy.keys import PASSWORD_KEYS, PERHAPS_TOKEN_KEYS, TOKEN_KEYS
from utmforge.privacy.kinds import TOKENS, Token, kinds_in

LETTERS = "a1B2c3D4e5F6"
# A made-up secret of each kind that has a format; issuers publish these forms.
SECRETS = {
    "JWT": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dozjgNryP4J3",
    "AWS key": "AKIAIOSFODNN7EXAMPLE",
    "GitHub token": "ghp_" + LETTERS * 3,
    "GitLab token": "glpat-" + LETTERS * 2,
    "Slack token": "xoxb-" + LETTERS,
    "Slack webhook": "services/T0123456/B0123456/" + LETTERS * 2,
    "Stripe key": "sk_live_" + LETTERS * 2,
    "Google API key": "AIza" + (LETTERS * 3)[:35],
    "Google token": "ya29." + LETTERS * 2,
    "SendGrid key": f"SG.{LETTERS * 2}.{LETTERS * 3}",
    "Mailchimp key": "0123456789abcdef" * 2 + "-us12",
    "Mailgun key": "key-" + "0123456789abcdef" * 2,
    "npm token": "npm_" + LETTERS * 3,
    "OpenAI key": "sk-proj-" + LETTERS * 3,
    "Telegram bot token": "123456789:AA" + (LETTERS * 3)[:33],
    "private key": "-----BEGIN RSA PRIVATE KEY",
}


def kinds(key: str, value: str) -> list[tuple[str, bool]]:
    """Return what is found."""
    return list(kinds_in(key, value))


def test_every_format_has_a_case() -> None:
    """No row of the table is believed without one."""
    assert set(SECRETS) == {token.kind for token in TOKENS}


@pytest.mark.parametrize(("kind", "secret"), SECRETS.items(), ids=list(SECRETS))
@pytest.mark.parametrize("around", ["{}", "x={}&y", "see {} there", "({})"])
def test_a_secret_is_found_by_its_format(kind: str, secret: str, around: str) -> None:
    """Alone or among other signs; a secret, not only personal."""
    assert (kind, True) in kinds("", around.format(secret))


@pytest.mark.parametrize(("kind", "secret"), SECRETS.items(), ids=list(SECRETS))
def test_within_a_longer_word_it_is_something_else(kind: str, secret: str) -> None:
    """A format stands between signs that are not letters or digits."""
    begins_with_a_letter = secret[0].isalnum()

    assert not begins_with_a_letter or (kind, True) not in kinds("", f"zz{secret}")


@pytest.mark.parametrize("token", TOKENS, ids=lambda token: token.sign)
def test_the_sign_of_a_format_is_in_all_that_match_it(token: Token) -> None:
    """A text without the sign is not searched."""
    matching = [one for one in SECRETS.values() if re.search(token.pattern, one)]

    assert all(token.sign in one for one in matching)


@pytest.mark.parametrize(
    ("key", "value", "found"),
    [
        ("", "ann@mail.example", [("e-mail address", False)]),
        ("", "mailto:ann@mail.example", [("e-mail address", False)]),
        ("", "logo@2x.png", []),
        ("", "@ann@social.example", []),
        ("", "+33 6 12 34 56 78", [("phone number", False)]),
        ("", " 33612345678", [("phone number", False)]),
        ("phone", "0612345678", [("phone number", False)]),
        ("", "0612345678", []),
        ("", "4111 1111 1111 1111", [("payment card", False)]),
        ("productid", "4111111111111111", []),
        ("", "DE89 3704 0044 0532 0130 00", [("IBAN", False)]),
        ("", "anna.schmidt", [("name", False)]),
        ("", "{{ first_name }}", [("one-person merge tag", False)]),
        ("", "{{ campaign }}", []),
        ("otp", "123456", [("token", True)]),
        ("otp", "12", []),
        ("", "spring-sale", []),
        ("", "", []),
    ],
)
def test_personal_data(key: str, value: str, found: list[tuple[str, bool]]) -> None:
    """What it is called, and that it is no secret."""
    assert kinds(key, value) == found


@given(
    st.sampled_from(sorted(PASSWORD_KEYS)), st.text(string.ascii_letters, min_size=6, max_size=9)
)
def test_whatever_a_password_is(key: str, value: str) -> None:
    """Its parameter tells it; a switch and an empty value are none."""
    assert (("password parameter", True) in kinds(key, value)) is (value.lower() != "reset")
    for switch in ("0", "1", "true", "False", "reset", " ", ""):
        assert ("password parameter", True) not in kinds(key, switch)


@given(st.sampled_from(sorted(TOKEN_KEYS)), st.text(string.ascii_letters, max_size=12))
def test_a_token_has_eight_letters(key: str, value: str) -> None:
    """In a parameter that is for tokens."""
    found = ("token", True) in kinds(key, value) or ("password parameter", True) in kinds(
        key, value
    )

    assert found is (len(value) >= 8)


@given(st.sampled_from(sorted(PERHAPS_TOKEN_KEYS - TOKEN_KEYS - PASSWORD_KEYS)))
def test_a_parameter_that_may_be_for_tokens(key: str) -> None:
    """Only letters and digits mixed, sixteen of them, look like one."""
    assert ("token", True) in kinds(key, "a1b2c3d4e5f6a7b8")
    assert ("token", True) not in kinds(key, "a1b2c3d4e5f6a7b")
    assert ("token", True) not in kinds(key, "abcdefghijklmnopqrst")
