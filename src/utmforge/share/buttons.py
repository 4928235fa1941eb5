"""The buttons that share a page of your own site, one for each channel."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from utmforge.errors import ContradictoryInput, UnknownChannel
from utmforge.share.apps import app_of
from utmforge.texts import refuse_unfit
from utmforge.urls.reader_shares import reader_share
from utmforge.urls.tagging import written_tags

if TYPE_CHECKING:
    from collections.abc import Sequence

    from utmforge.model import Tags

MAX_WORDS = 500
"""The characters of the text that is sent with the link."""
EMAIL = "email"
COPY, DIALOG = "copy", "share-dialog"
"""The channels of the two buttons that open no app: the clipboard, and the device's own dialog."""
USUAL = ("whatsapp", "messenger", "sms", "email", "telegram", COPY)
"""The channels of buttons where none are named."""


class ShareButton(NamedTuple):
    """One button."""

    label: str
    """What it says, such as `WhatsApp`. Empty: the words for copying, or for the device's own."""
    tags: str
    """The tags it adds, as query text."""
    share: str | None = None
    """The app's share link, with `{url}` and `{words}`. None: it copies the address."""
    is_for_phones: bool = False
    """Whether the link opens an app that only phones have."""
    is_native: bool = False
    """Whether it opens the device's own share dialog."""
    static: str | None = None
    """The share link of one page, for readers without JavaScript. None: the page is not known."""


def share_buttons(
    channels: Sequence[tuple[str, str | None, Tags]], *, words: str = "", page: str = ""
) -> list[ShareButton]:
    """Return the button of each channel.

    Args:
        channels: The name of each, the built-in channel it is based on, and its tags.
        words: What is sent with the link. Empty: the page's title.
        page: The address of the one page that has the buttons. Empty: any page.

    Raises:
        UnknownChannel: A channel has no share link.
    """
    return [_button(name, base, tags, words, page) for name, base, tags in channels]


def _button(name: str, base: str | None, tags: Tags, words: str, page: str) -> ShareButton:
    text = written_tags(tags)
    if base in {COPY, DIALOG}:
        return ShareButton("", text, is_native=base == DIALOG)
    app = app_of(base)
    template = app.templates.get("web") or app.templates.get("android") or app.templates.get("ios")
    if not template:
        raise UnknownChannel(
            f"{app.title or name} has no share link: a button cannot open it",
            hint=f"leave it out; {COPY} lets readers paste the link there",
        )
    line_end = app.line_end.replace("\r", "%0D").replace("\n", "%0A")
    share = template.replace("{text}", "{words}" + line_end + "{url}")
    if base == EMAIL:
        share = share.replace("?", "?subject={words}&", 1)
    static = None
    if page:
        address = reader_share(page, tags)
        told = f"{words}\n{address}" if words else address
        links = app.deep_links(told, words, address)
        static = links["web"] or links["android"] or links["ios"]
    return ShareButton(app.title or name, text, share, "web" not in app.templates, static=static)


def refuse_unfit_words(words: str) -> None:
    """Refuse words that cannot be sent with the link.

    Raises:
        NotText: They are not text, or too long.
        ContradictoryInput: They have a place for the link: in these buttons it comes last.
    """
    refuse_unfit("the text", words, MAX_WORDS)
    if "{" in words and re.search(r"\{\s*(?:link|url|words)\s*\}", words, re.IGNORECASE):
        raise ContradictoryInput(
            "the text of a button has no {link}", hint="leave it out: the link comes after the text"
        )
