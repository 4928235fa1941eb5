"""The built-in channels, and finding one by its name or by another word for it.

>>> named("Google Ads"), named("courriel"), named("ig"), named("carrier pigeon")
('google-ads', 'email', 'instagram', None)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.errors import UnknownChannel, did_you_mean, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from utmforge.channels.base import Channel, Kind

PRIVATE = (
    "email",
    "sms",
    "whatsapp",
    "messenger",
    "telegram",
    "signal",
    "line",
    "viber",
    "slack",
    "discord",
    "teams",
    "instagram-dm",
    "snapchat",
    "wechat",
    "imessage",
    "qr",
)
"""Messages to people, and print."""

PUBLIC = (
    "facebook",
    "instagram",
    "linkedin",
    "x",
    "threads",
    "tiktok",
    "youtube",
    "pinterest",
    "reddit",
    "bluesky",
    "mastodon",
    "xing",
    "quora",
    "tumblr",
    "twitch",
    "newsletter",
    "push",
    "blog",
    "partner",
    "press",
    "affiliate",
    "influencer",
    "podcast",
    "google-business",
)
"""Posts and pages that anybody may read, and what is sent to all subscribers."""

PAID = (
    "google-ads",
    "microsoft-ads",
    "meta-ads",
    "instagram-ads",
    "linkedin-ads",
    "x-ads",
    "tiktok-ads",
    "pinterest-ads",
    "reddit-ads",
    "snapchat-ads",
    "youtube-ads",
    "amazon-ads",
)
"""Advertisements."""

BUTTONS = ("copy", "share-dialog")
"""What only the share buttons of your own pages use."""

CHANNELS = (*PRIVATE, *PUBLIC, *PAID, *BUTTONS)
"""The built-in channels' names; the file of each is its name with `_` for `-`."""

_OTHER_WORDS = {
    "email": "mail e-mail emails mails courriel mel mél gmail outlook correo e-post",
    "sms": "text texts texto textos txt text-message mms rcs",
    "whatsapp": "wa whats-app whats wapp",
    "messenger": "fb-messenger facebook-messenger",
    "telegram": "tg",
    "teams": "ms-teams microsoft-teams",
    "instagram-dm": "ig-dm insta-dm instagram-message instagram-direct instagram-messages",
    "snapchat": "snap",
    "wechat": "weixin",
    "imessage": "imessages apple-messages",
    "qr": "qr-code qrcode qr-codes print poster posters flyer flyers affiche leaflet",
    "facebook": "fb facebook-post facebook-page",
    "instagram": "ig insta instagram-post instagram-story instagram-bio",
    "linkedin": "li linked-in linkedin-post lnkd",
    "x": "twitter tweet x-twitter x.com twitter.com",
    "threads": "thread",
    "tiktok": "tt tik-tok",
    "youtube": "yt you-tube",
    "pinterest": "pin pins",
    "bluesky": "bsky blue-sky",
    "mastodon": "masto fediverse",
    "newsletter": "newsletters nl news infolettre lettre-d-information e-newsletter",
    "push": "push-notification push-notifications notification notifications web-push app-push",
    "blog": "blogs blog-post guest-post",
    "partner": "partners partnership partenaire",
    "press": "pr presse press-release",
    "affiliate": "affiliates affiliation affilié",
    "influencer": "influencers influenceur creator creators",
    "podcast": "podcasts",
    "google-business": "gmb gbp google-my-business google-business-profile google-maps",
    "google-ads": "adwords google-adwords gads google-ad",
    "microsoft-ads": "bing-ads bing-ad msads microsoft-ad microsoft-advertising",
    "meta-ads": "facebook-ads fb-ads facebook-ad meta-ad",
    "instagram-ads": "ig-ads insta-ads instagram-ad",
    "linkedin-ads": "li-ads linkedin-ad",
    "x-ads": "twitter-ads twitter-ad x-ad",
    "tiktok-ads": "tt-ads tiktok-ad",
    "pinterest-ads": "pinterest-ad",
    "reddit-ads": "reddit-ad",
    "snapchat-ads": "snap-ads snapchat-ad",
    "youtube-ads": "yt-ads youtube-ad",
    "amazon-ads": "amazon-ad",
}
OTHER_WORDS = {word: name for name, words in _OTHER_WORDS.items() for word in words.split()}
"""The channel that a word means, by the words that people type for it."""

_SEVERAL = {
    "google": ("google-ads", "google-business"),
    "meta": ("facebook", "instagram", "meta-ads"),
    "bing": ("microsoft-ads",),
    "microsoft": ("microsoft-ads", "teams"),
    "amazon": ("amazon-ads",),
    "social": ("facebook", "instagram", "linkedin"),
    "social-media": ("facebook", "instagram", "linkedin"),
    "message": ("whatsapp", "sms", "messenger"),
    "dm": ("instagram-dm", "messenger"),
    "chat": ("whatsapp", "messenger", "slack"),
    "video": ("youtube", "twitch"),
    **dict.fromkeys(("ads", "ad", "paid", "cpc", "ppc", "sea"), ("google-ads", "meta-ads")),
    "paid-social": ("meta-ads", "linkedin-ads"),
    "referral": ("partner", "blog"),
    "audio": ("podcast",),
    "website": ("partner", "blog"),
}
"""Words that may mean several channels, or an advertisement only."""


def kind_of(name: str) -> Kind:
    """Return the kind of a built-in channel."""
    if name in PAID:
        return "paid"
    if name in BUTTONS:
        return "buttons"
    return "public" if name in PUBLIC else "private"


def named(word: str) -> str | None:
    """Return the name of the built-in channel that a word means, or None if there is none.

    Letter case does not matter, nor whether words are joined by hyphens, underscores or spaces.
    """
    if word in CHANNELS:
        return word
    joined = _joined(word)
    name = OTHER_WORDS.get(joined, joined)
    return name if name in CHANNELS else None


def _joined(word: str) -> str:
    return "-".join(word[:100].lower().replace("_", " ").replace("-", " ").split())


def built_in(name: str) -> Channel:
    """Return a built-in channel; only its own file is imported.

    Raises:
        UnknownChannel: There is none of this name.
    """
    if name not in CHANNELS:
        raise unknown_channel(name, CHANNELS)
    from importlib import import_module

    channel: Channel = import_module(f"utmforge.channels.{name.replace('-', '_')}").CHANNEL
    return channel


def find_channel(name: str, own: Mapping[str, Channel], *, otherwise: str = "") -> Channel:
    """Return the channel of this name; a channel of the file comes before a built-in one.

    Args:
        name: Its name, or another word for a built-in one.
        own: The channels of the file.
        otherwise: The next step if there is none and no name is close; see `unknown_channel`.

    Raises:
        UnknownChannel: There is none of this name.
    """
    for spelling in (name, name.lower()):  # WhatsApp is how its makers write it
        if spelling in own:
            return own[spelling]
        if spelling in CHANNELS:
            return built_in(spelling)
    if meant := named(name):
        return own[meant] if meant in own else built_in(meant)
    raise unknown_channel(name, (*own, *CHANNELS), otherwise=otherwise)


def base_of(name: str | None, own: Mapping[str, Channel]) -> str | None:
    """Return the built-in channel that a channel is, or is based on. None: none.

    Args:
        name: The channel's name. None: it has none.
        own: The user's own channels, each of which may extend another.
    """
    if not name:
        return None
    return own[name].based_on if name in own else named(name)


def unknown_channel(name: str, known: Iterable[str], *, otherwise: str = "") -> UnknownChannel:
    """Return the error for a channel that does not exist.

    Args:
        name: As it was given.
        known: The channels there are.
        otherwise: The next step if no known name is close. Empty: that of a command line.
    """
    return UnknownChannel(
        f"no channel is called {quoted(name)}",
        hint=similar_channels(name, known)
        or otherwise
        or "utmforge channels lists them; for anything else give --source and --medium instead",
    )


def similar_channels(name: str, known: Iterable[str]) -> str | None:
    """Return a hint with the channels that were probably meant, or None if none is close."""
    several = _SEVERAL.get(_joined(name))
    if several:
        return f"did you mean {_either([quoted(one) for one in several])}?"
    known = tuple(known)
    begun = [one for one in known if len(name) > 1 and one.lower().startswith(_joined(name))]
    return did_you_mean(_joined(name), begun if len(begun) == 1 else (*known, *OTHER_WORDS))


def _either(words: list[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else last
