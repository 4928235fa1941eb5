"""Share links: each app's, encoded so that the app reads the message back."""

from decimal import Decimal
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
import tomli_w
from hypothesis import assume, given
from hypothesis import strategies as st

from utmforge.campaigns.document import parse_document
from utmforge.campaigns.reader import read_campaigns
from utmforge.channels import CHANNELS, base_of
from utmforge.errors import PublicShortener
from utmforge.issuing.make import make_link
from utmforge.model import TaggedLink, Tags
from utmforge.share.apps import APPS, PLATFORMS
from utmforge.share.message import shorteners_in
from utmforge.share.ready import Limit, ready
from utmforge.share.sms import Price

LINK = make_link(
    "https://shop.example/a%20b?q=1+1#top", Tags("whatsapp", "message", "spring"), channel="x"
)
URL = LINK.url
SAID = "20 % + off & more? #1\nL’été: {link}"
TEXT = f"20 % + off & more? #1\nL’été: {URL}"

EXPECTED: dict[str | None, tuple[str | None, ...]] = {
    "email": ("mailto:?body=T",) * 3,
    "sms": ("sms:&body=T", "sms:?body=T", "sms:?&body=T"),
    "imessage": ("sms:&body=T", None, None),
    "whatsapp": ("https://wa.me/?text=T",) * 3,
    "messenger": (*("fb-messenger://share/?link=U",) * 2, None),
    "telegram": ("https://t.me/share/url?url=U&text=W",) * 3,
    "line": (
        *("https://line.me/R/share?text=T",) * 2,
        "https://social-plugins.line.me/lineit/share?url=U&text=W",
    ),
    "viber": (*("viber://forward?text=T",) * 2, None),
    "teams": (None, None, "https://teams.microsoft.com/share?href=U&msgText=W&preview=true"),
    "snapchat": ("https://www.snapchat.com/share?link=U",) * 3,
    "signal": (None,) * 3,
    "slack": (None,) * 3,
    "discord": (None,) * 3,
    "instagram-dm": (None,) * 3,
    "wechat": (None,) * 3,
    "qr": (None,) * 3,
    "podcast": (None,) * 3,
    None: (None,) * 3,
    "facebook": ("https://www.facebook.com/sharer/sharer.php?u=U",) * 3,
    "x": ("https://twitter.com/intent/tweet?url=U&text=W",) * 3,
}


def encoded(text: str) -> str:
    """Percent-encode every octet but the unreserved ones, without the library's function."""
    plain = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
    return "".join(chr(one) if one in plain else f"%{one:02X}" for one in text.encode())


@pytest.mark.parametrize("app", EXPECTED)
def test_the_share_links_of_each_app(app: str | None) -> None:
    """By platform; the space is %20, the link inside is encoded once more."""
    one = ready(LINK, SAID, app=app)
    values = {"T": TEXT.replace("\n", "\r\n") if app == "email" else TEXT, "U": URL}
    values["W"] = TEXT.removesuffix(f" {URL}")

    for platform, template in zip(PLATFORMS, EXPECTED[app], strict=True):
        expected = template and "=".join(
            encoded(values[part[0]]) + part[1:] if at and part[0] in values else part
            for at, part in enumerate(template.split("="))
        )
        assert one.deep_links[platform] == expected
    for link in filter(None, one.deep_links.values()):
        assert "+" not in link
        assert "%2520" in link


def test_every_channel_has_an_app_or_a_reason() -> None:
    """Where there is no share link on some platform, it says why."""
    for channel in CHANNELS:
        app = ready(LINK, None, app=channel).app
        assert app.title
        assert len(app.templates) == len(PLATFORMS) or app.why_none
        assert app.evidence or not app.templates


@pytest.mark.parametrize("app", [name for name, app in APPS.items() if app.templates])
@given(message=st.text(st.characters(exclude_categories=["Cs"])))
def test_what_an_app_reads_is_the_message(app: str, message: str) -> None:
    """Whatever the text: a standard parser gives it back from every share link."""
    assume(app != "sms" or not shorteners_in(message))
    one = ready(LINK, message, app=app)
    for link in filter(None, one.deep_links.values()):
        assert link.isascii()
        assert " " not in link
        query = link.partition("&body" if ":&" in link else "?")[2]
        values = {name: unquote(v) for name, _, v in (p.partition("=") for p in query.split("&"))}
        said = "".join(values.values()).replace("\r\n", "\n")
        assert URL in said
        if "{text}" in "".join(APPS[app].templates.values()) and "url" not in values:
            assert one.message in said
        if link.startswith("https:"):
            again = parse_qs(urlsplit(link).query, keep_blank_values=True)
            assert {name: value[0] for name, value in again.items()} == values


def test_an_app_that_adds_the_link_gets_the_words() -> None:
    """Without the link at the end; with it where the words need it."""
    for message, text in (("Spring.", "Spring."), ("See {link} now", f"See {URL} now"), (None, "")):
        link = ready(LINK, message, app="telegram").deep_links["web"] or ""
        assert parse_qs(link.partition("?")[2], keep_blank_values=True) == {
            "url": [URL],
            "text": [text],
        }


def test_limits_say_how_much_is_used() -> None:
    """Of the message, and of the mailto link."""
    said = "x" * 300
    one = ready(LINK, said, app="viber")
    assert one.limits == (Limit("Viber message", 301 + len(URL), 200),)
    assert one.exceeded == list(one.limits)
    mail = ready(LINK, said, app="email")
    assert mail.limits == (Limit("mailto link", len(mail.deep_links["web"] or ""), 1800),)
    assert not mail.exceeded


def test_the_sms_is_the_whole_message() -> None:
    """Its segments and cost with the link in it; other apps have none."""
    one = ready(LINK, SAID, app="sms", price=Price(Decimal("0.05"), 10))
    assert one.sms is not None
    assert one.sms.units == len(TEXT)
    assert one.cost == Decimal("0.05") * one.sms.segments * 10
    plain = ready(LINK, SAID, app="sms", ascii_only=True)
    assert plain.message == TEXT.replace("’", "'")
    assert ready(LINK, SAID, app="whatsapp", ascii_only=True).message == TEXT
    assert ready(LINK, SAID, app="imessage").sms is None


@pytest.mark.parametrize(
    ("page", "message"),
    [
        ("https://bit.ly/x", None),
        ("https://www.TinyURL.com/x", "a"),
        ("https://shop.example/", "or bit.ly/y"),
    ],
)
def test_public_shorteners_are_refused_for_sms(page: str, message: str | None) -> None:
    """In the link or in the words; elsewhere they are as they are."""
    link: TaggedLink = make_link(page, Tags("sms", "sms", "spring"), channel="sms")
    with pytest.raises(PublicShortener) as caught:
        ready(link, message, app="sms")

    assert "carriers block" in caught.value.message
    assert ready(link, message, app="whatsapp").message


def test_the_base_of_a_channel() -> None:
    """Through any chain of the user's own, in whatever order they are written."""
    whole = {"source": "s", "medium": "m"}
    tables = {
        "a": {"extends": "b"},
        "b": {"extends": "sms"},
        "sms": {"extends": "sms"},
        "mine": whole,
        "text": whole,
        "w": {"extends": "wa"},
    }
    text = tomli_w.dumps({"channels": tables})
    own = read_campaigns(parse_document(Path("campaigns.toml"), text.encode())).channels

    assert [base_of(name, own) for name in ("a", "sms", "email", "w", "mine", "text", None)] == [
        *("sms", "sms", "email", "whatsapp", None, None, None)
    ]
