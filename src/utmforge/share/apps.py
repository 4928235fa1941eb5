"""The apps that links are shared with: their share links, and how much text they take.

The evidence of each template says where it comes from (read 2026-11); none was tried in the app. A
value in a template is percent-encoded as RFC 3986 says: a space is `%20` and never `+`, which mail
and SMS apps show as it is. The tags of the link are therefore encoded once more.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

from utmforge.channels import built_in
from utmforge.urls.quoting import component

if TYPE_CHECKING:
    from collections.abc import Mapping

Platform = Literal["ios", "android", "web"]
PLATFORMS: tuple[Platform, ...] = ("ios", "android", "web")


class App(NamedTuple):
    """How a message is handed to one app."""

    title: str
    """Its name as its makers write it."""
    templates: Mapping[Platform, str] = MappingProxyType({})
    """The share link of each platform that has one, with `{text}`, `{words}` and `{url}`.

    `{text}` is the whole message, `{words}` the message without the link, `{url}` the link.
    """
    why_none: str = ""
    """Why there is no share link, or none on a platform. Empty: every platform has one."""
    limits: Mapping[str, int] = MappingProxyType({})
    """The characters that it takes at most, by what is counted."""
    evidence: str = ""
    """How the share link is known, in words. Empty: there is none."""
    line_end: str = "\n"
    """How it expects the end of a line."""
    with_subject: str = ""
    """The share link of a message with a `{subject}`. Empty: it takes none."""

    @property
    def carries_words(self) -> bool:
        """Whether its share links carry the words, and not the address alone."""
        return any("{text}" in one or "{words}" in one for one in self.templates.values())

    def deep_links(
        self, text: str, words: str, url: str, subject: str | None = None
    ) -> dict[Platform, str | None]:
        """Return the share link of each platform. None: the platform has none.

        Args:
            text: The message with the link.
            words: The message without the link.
            url: The link.
            subject: The subject of a mail. None: there is none.
        """
        values = {"text": text, "words": words, "url": url, "subject": subject or ""}
        written = {
            name: component(value.replace("\n", self.line_end)) for name, value in values.items()
        }
        templates = self.templates
        if subject and self.with_subject:
            templates = dict.fromkeys(templates, self.with_subject)
        return {
            platform: templates[platform].format_map(written) if platform in templates else None
            for platform in PLATFORMS
        }


def _everywhere(template: str) -> dict[Platform, str]:
    return dict.fromkeys(PLATFORMS, template)


def _on_phones(template: str) -> dict[Platform, str]:
    return {"ios": template, "android": template}


_REACT_SHARE = "in the code of react-share"
_REPORTED = "reported by several authors"
_ON_SITES = "in the code of many public sites"
_KNOWN = "general knowledge"
MESSAGE = "message"
"""A limit of the message's characters."""
ADDRESS = "mailto link"
"""A limit of the share link's characters."""

APPS: Mapping[str, App] = {
    "email": App(
        "Email",
        _everywhere("mailto:?body={text}"),
        # Gmail about 1,620, Outlook 2,046, Apple Mail 2,083; no standard sets a limit.
        limits={ADDRESS: 1_800},
        evidence="RFC 6068; the limit is reported by several authors",
        line_end="\r\n",
        with_subject="mailto:?subject={subject}&body={text}",
    ),
    "sms": App(
        "SMS",
        # iOS expects & before the body, RFC 5724 and Android ?; both read the last one.
        {
            "ios": "sms:&body={text}",
            "android": "sms:?body={text}",
            "web": "sms:?&body={text}",
        },
        limits={MESSAGE: 1_600},
        evidence="RFC 5724 for Android; reported by several authors for iOS and for both at once",
    ),
    "imessage": App(
        "iMessage",
        {"ios": "sms:&body={text}"},
        why_none="iMessage is on Apple's devices only",
        evidence="reported by several authors; Apple documents the link without a text only",
    ),
    "whatsapp": App(
        "WhatsApp",
        _everywhere("https://wa.me/?text={text}"),
        limits={MESSAGE: 65_536},
        evidence="reported by several authors, as unreliable by one; documented with a number",
    ),
    "messenger": App(
        "Messenger",
        _on_phones("fb-messenger://share/?link={url}"),
        why_none="in a browser, Messenger shares only for websites with a Facebook app id",
        limits={MESSAGE: 2_000},
        evidence="reported by several authors; Meta does not document it",
    ),
    "telegram": App(
        "Telegram",
        _everywhere("https://t.me/share/url?url={url}&text={words}"),
        limits={MESSAGE: 4_096},
        evidence="documented: core.telegram.org/widgets/share",
    ),
    "line": App(
        "LINE",
        {
            **_on_phones("https://line.me/R/share?text={text}"),
            "web": "https://social-plugins.line.me/lineit/share?url={url}&text={words}",
        },
        evidence="documented for the web: developers.line.biz; reported for phones",
    ),
    "viber": App(
        "Viber",
        _on_phones("viber://forward?text={text}"),
        why_none="the share link opens the app on a phone",
        limits={MESSAGE: 200},
        evidence="in the code of react-share; reported as broken at times",
    ),
    "teams": App(
        "Microsoft Teams",
        {"web": "https://teams.microsoft.com/share?href={url}&msgText={words}&preview=true"},
        why_none="Teams shares in desktop browsers only, with a work account",
        evidence="general knowledge; Microsoft documents a script for websites",
    ),
    "snapchat": App(
        "Snapchat",
        _everywhere("https://www.snapchat.com/share?link={url}"),
        evidence="documented: developers.snap.com",
    ),
    "threema": App(
        "Threema",
        _on_phones("threema://compose?text={text}"),
        why_none="the share link opens the app on a phone",
        evidence=_REPORTED,
    ),
    "threads": App(
        "Threads",
        _everywhere("https://www.threads.net/intent/post?url={url}&text={words}"),
        limits={MESSAGE: 500},
        evidence=_REACT_SHARE,
    ),
    "bluesky": App(
        "Bluesky",
        _everywhere("https://bsky.app/intent/compose?text={text}"),
        limits={MESSAGE: 300},
        evidence=_REACT_SHARE,
    ),
    "facebook": App(
        "Facebook",
        _everywhere("https://www.facebook.com/sharer/sharer.php?u={url}"),
        evidence=_ON_SITES,
    ),
    "linkedin": App(
        "LinkedIn",
        _everywhere("https://www.linkedin.com/sharing/share-offsite/?url={url}"),
        evidence=_ON_SITES,
    ),
    "x": App(
        "X",
        _everywhere("https://twitter.com/intent/tweet?url={url}&text={words}"),
        evidence=_ON_SITES,
    ),
    "pinterest": App(
        "Pinterest",
        _everywhere("https://www.pinterest.com/pin/create/button/?url={url}&description={words}"),
        evidence=_ON_SITES,
    ),
    "vk": App("VK", _everywhere("https://vk.com/share.php?url={url}"), evidence=_REACT_SHARE),
    "reddit": App(
        "Reddit",
        _everywhere("https://www.reddit.com/submit?url={url}&title={words}"),
        evidence=_REACT_SHARE,
    ),
    "signal": App(
        "Signal",
        why_none="Signal has no share link, and declined to add one",
        evidence="documented: signalapp/Signal-iOS issue 706",
    ),
    "slack": App("Slack", why_none="Slack has no share link", evidence=_KNOWN),
    "discord": App("Discord", why_none="Discord has no share link", evidence=_KNOWN),
    "instagram-dm": App(
        "Instagram", why_none="Instagram has no share link for messages", evidence=_KNOWN
    ),
    "wechat": App("WeChat", why_none="WeChat has no share link", evidence=_KNOWN),
    "qr": App("QR code", why_none="a code is printed, not sent"),
}
"""The apps, by channel."""


def app_of(channel: str | None) -> App:
    """Return the app of a built-in channel; one without share links if none is known.

    Args:
        channel: The channel's name. None: it is not based on a built-in one.
    """
    if channel is None:
        return App("", why_none="the link has no channel of an app")
    if channel in APPS:
        return APPS[channel]
    title = built_in(channel).title
    return App(title, why_none=f"no share link of {title} is known")
