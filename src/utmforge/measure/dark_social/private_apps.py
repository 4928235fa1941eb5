"""Which channels and apps are private: what is sent there is seen only by those it is sent to.

Where public posts and private messages cannot be told apart, an app is mixed: it is evidence, and
is named, but the estimate does not stand on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.channels import CHANNELS
from utmforge.channels.catalogue import kind_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from utmforge.channels import Channel

PRINT = frozenset(("qr",))
"""Built-in channels that are listed with messages, and seen by everyone who passes by."""
PRIVATE_MEDIUMS = frozenset(
    ("email", "e-mail", "mail", "sms", "mms", "rcs", "message", "messaging", "chat", "im", "dm")
)
"""Mediums of a user's own channels that are private."""
PRIVATE_APPS = frozenset(
    (
        *("iMessage", "LINE", "KakaoTalk", "Signal", "WhatsApp", "Telegram", "Slack", "Discord"),
        *("Microsoft Teams", "Viber", "Snapchat", "Google Messages", "Google Chat", "Mattermost"),
        *("Rocket.Chat", "Matrix", "GroupMe", "Chatwork", "DingTalk", "Keybase", "Yahoo Mail"),
        *("Messenger", "WeChat", "Zalo", "Kik", "QQ", "Twilio"),
    )
)
MIXED_APPS = frozenset(
    (
        *("Facebook or Messenger", "Facebook", "Instagram", "Threads", "LinkedIn", "X", "TikTok"),
        *("Reddit", "Pinterest", "VK", "Weibo"),
    )
)
"""Apps with posts that anybody sees, and messages."""
PRIVATE_REFERRERS = ("messaging", "email")
"""Kinds of referrers that are private."""


def is_private(channel: str | None, own: Mapping[str, Channel]) -> bool:
    """Tell whether a channel is private: messages to people, and no posts, subscriptions or ads.

    The user's own channels are of the kind of what they extend, or else of their medium; one with
    the name of a public channel, such as `newsletter`, is public.
    """
    met: set[str] = set()
    while channel is not None and channel in own and channel not in met and not _is_public(channel):
        met.add(channel)
        found = own[channel]
        if found.extends is None:
            return found.medium.lower() in PRIVATE_MEDIUMS
        channel = found.extends
    return channel in CHANNELS and not _is_public(channel)


def _is_public(channel: str) -> bool:
    return channel in PRINT or (channel in CHANNELS and kind_of(channel) != "private")
