"""Every part of an address is searched, in every encoding."""

from base64 import b64encode, urlsafe_b64encode
from urllib.parse import quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.privacy.samples import DOMAIN, GITHUB, JWT, LOCAL, PAGE, PLACES, WORD
from utmforge.privacy.find import find_private

EMAIL = "e-mail address"


PHONE = "phone number"


CARD = "payment card"


MERGE_TAG = "one-person merge tag"


ADDRESSES = {
    f"{PAGE}?e=bob@acme.example": [(EMAIL, 'parameter "e"')],
    f"{PAGE}?e=bob%2540acme.example#top": [(EMAIL, 'parameter "e"')],
    f"{PAGE}?utm_content=bob@acme.example": [(EMAIL, "utm_content")],
    f"{PAGE}?UTM_Content=bob@acme.example": [(EMAIL, "utm_content")],
    f"{PAGE}?a=1;e=bob@acme.example": [(EMAIL, 'parameter "e"')],
    f"{PAGE}?user[email]=bob@acme.example": [(EMAIL, 'parameter "user[email]"')],
    f"{PAGE}?bob@acme.example": [(EMAIL, "the name of a parameter")],
    f"{PAGE}?bob%40acme.example=1": [(EMAIL, "the name of a parameter")],
    f"{PAGE}?bob@acme.example=ann@acme.example": [
        (EMAIL, "the name of a parameter"),
        (EMAIL, "a parameter"),
    ],
    f"{PAGE}/bob@acme.example/y": [(EMAIL, "path")],
    f"{PAGE};e=bob@acme.example": [(EMAIL, "path")],
    f"{PAGE}#bob@acme.example": [(EMAIL, "fragment")],
    f"{PAGE}#/route?e=bob@acme.example": [(EMAIL, "fragment")],
    f"{PAGE}#e=bob@acme.example&x=1": [(EMAIL, "fragment")],
    f"{PAGE}?next={quote(PAGE + '?e=bob@acme.example', safe='')}": [(EMAIL, 'parameter "next"')],
    f"{PAGE}?next={quote(PAGE + '?password=hunter2', safe='')}": [
        ("password parameter", 'parameter "next"')
    ],
    "shop.example/x?e=bob@acme.example": [(EMAIL, 'parameter "e"')],
    "https://shop.example?e=bob@acme.example": [(EMAIL, 'parameter "e"')],
    "https://ann:hunter2@shop.example/": [("password parameter", "user name or password")],
    f"{PAGE}?p=+33612345678": [(PHONE, 'parameter "p"')],
    f"{PAGE}?phone=0612345678": [(PHONE, 'parameter "phone"')],
    f"{PAGE}?phone_number=06.12.34.56.78": [(PHONE, 'parameter "phone_number"')],
    f"{PAGE}?card=4111111111111111": [(CARD, 'parameter "card"')],
    f"{PAGE}?name=Anna": [("name", 'parameter "name"')],
    f"{PAGE}?name=anna-schmidt": [("name", 'parameter "name"')],
    f"{PAGE}?email=j.smith": [("name", 'parameter "email"')],
    f"{PAGE}?email=anna_schmidt": [("name", 'parameter "email"')],
    f"{PAGE}?firstname=Xanthippe": [("name", 'parameter "firstname"')],
    f"{PAGE}?last-name=O'Neill": [("name", 'parameter "last-name"')],
    f"{PAGE}?utm_content=anna.schmidt&utm_term=x": [("name", "utm_content")],
    f"{PAGE}?password=hunter2": [("password parameter", 'parameter "password"')],
    f"{PAGE}?access_token=abcdefgh12": [("token", 'parameter "access_token"')],
    f"{PAGE}?token=a1b2c3d4e5f6a7b8": [("token", 'parameter "token"')],
    f"{PAGE};jsessionid=0A1B2C3D4E5F60718293": [("token", "path")],
    f"{PAGE}?otp=123456": [("token", 'parameter "otp"')],
    f"{PAGE}?x={GITHUB}": [("GitHub token", 'parameter "x"')],
    f"{PAGE}/{JWT}": [("JWT", "path")],
    f"{PAGE}?n={{{{first_name}}}}": [(MERGE_TAG, 'parameter "n"')],
    "https://hooks.slack.example/services/T0123456/B0123456/" + "aB3x" * 6: [],
    # not private
    f"{PAGE}?name=spring-sale": [],
    f"{PAGE}?name=": [],
    f"{PAGE}?email=newsletter": [],
    f"{PAGE}?email={{{{campaign.name}}}}": [],
    f"{PAGE}?firstname=": [],
    f"{PAGE}?firstname=1": [],
    f"{PAGE}?phone=1": [],
    f"{PAGE}?sms=yes": [],
    f"{PAGE}?mobile=true": [],
    f"{PAGE}?pin=1": [],
    f"{PAGE}?token=spring": [],
    f"{PAGE}?token=abcdefghijklmnopqrst": [],
    f"{PAGE}?otp=abc": [],
    f"{PAGE}?key=summer": [],
    f"{PAGE}?product_id=4111111111111111": [],
    f"{PAGE}?to=paris": [],
    "https://social.example/@bob@social.example": [],
    "https://cdn.example/logo@2x.png?v=1.2": [],
    "https://maps.example/@48.85,2.29,15z": [],
    "https://blog.example/authors/anna.schmidt": [],
    "https://shop.example/de/item/4006381333931.html": [],
    "https://shop.example:8443/x#section.two": [],
    "https://example.com": [],
}


@pytest.mark.parametrize(("url", "expected"), ADDRESSES.items())
def test_addresses(url: str, expected: list[tuple[str, str]]) -> None:
    """Each place is named, in the order of the address."""
    assert [(found.kind, found.where) for found in find_private(url)] == expected


def encoded(text: str, how: str) -> str:
    """Write a text in one of the ways it may be hidden."""
    if how == "plain":
        return text
    if how in {"base64", "padded"}:
        written = b64encode(text.encode()).decode()
        return quote(written, safe="") if how == "padded" else written.rstrip("=")
    if how == "base64url":
        return urlsafe_b64encode(text.encode()).decode().rstrip("=")
    for _ in range(int(how)):
        text = quote(text, safe="")
    return text


@given(
    LOCAL,
    DOMAIN,
    st.sampled_from(["plain", "1", "2", "3", "base64", "padded", "base64url"]),
    st.sampled_from(PLACES),
    st.tuples(WORD, WORD, WORD),
)
@example("a", "aa.fr", "base64", "{secret}", ("a", "a", "a"))
def test_an_address_is_found_however_it_is_hidden(
    local: str, domain: str, how: str, place: str, words: tuple[str, str, str]
) -> None:
    """In any place, in any encoding; and it is never repeated."""
    email = f"{local}@{domain}"
    secret = encoded(email, how)
    found = find_private(place.format(*words, secret=secret))

    assert "e-mail address" in [one.kind for one in found]
    assert email not in repr(found)
    assert email not in str(found)
    if len(secret) > 20:
        assert secret not in repr(found)
