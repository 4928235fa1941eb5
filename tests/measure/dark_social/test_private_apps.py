"""Which channels are private: messages to people, and no posts, subscriptions or ads."""

from __future__ import annotations

import pytest

from utmforge.channels import CHANNELS, Channel
from utmforge.channels.catalogue import PRIVATE
from utmforge.measure.dark_social.private_apps import is_private

OWN = {
    "club": Channel("club", "club", "chat"),
    "posts": Channel("posts", "club", "social"),
    "vip-chat": Channel("vip-chat", "vip", "message", extends="whatsapp"),
    "vips": Channel("vips", "vip", "message", extends="vip-chat"),
    "page": Channel("page", "our-page", "social", extends="facebook"),
    "newsletter": Channel("newsletter", "weekly", "email", extends="email"),
    "news": Channel("news", "weekly", "email", extends="email"),
    "email": Channel("email", "list", "banner"),
    "sms": Channel("sms", "texts", "sms", extends="sms"),
    "poster": Channel("poster", "poster", "qr", extends="qr"),
    "loop": Channel("loop", "loop", "email", extends="pool"),
    "pool": Channel("pool", "pool", "email", extends="loop"),
}


@pytest.mark.parametrize("name", CHANNELS)
def test_built_in_channels(name: str) -> None:
    """Those of messages; a poster is seen by everyone who passes by."""
    assert is_private(name, {}) is (name in PRIVATE and name != "qr")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("club", True),
        ("posts", False),
        ("vip-chat", True),
        ("vips", True),
        ("page", False),
        ("newsletter", False),
        ("news", False),  # it extends the user's own email, whose medium is banner
        ("email", False),
        ("sms", True),
        ("poster", False),
        ("loop", False),
        ("unknown", False),
        (None, False),
    ],
)
def test_own_channels(name: str | None, expected: bool) -> None:
    """By their name, by what they extend, or by their medium."""
    assert is_private(name, OWN) is expected
