r"""The ready message: the words of campaigns.toml with the link in its place.

    "Until Sunday: {link} (20 % off)"  →  the link where {link} stands
    "20 % off until Sunday."           →  the link last, on a line of its own

>>> place_link("20 % off until Sunday.", "https://shop.example/")
'20 % off until Sunday.\nhttps://shop.example/'
>>> place_link("Until Sunday: {link}", "https://shop.example/")
'Until Sunday: https://shop.example/'
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from utmforge.texts import MAX_TEXT, refuse_unfit
from utmforge.urls.special_hosts import special_host

if TYPE_CHECKING:
    from collections.abc import Iterator

LINK = "{link}"
"""Where the link goes."""

_BRACES = re.compile(
    r"\{{1,3}[^{}\n]{0,20}\}{1,3}|\{link\b(?!\})|[\[<(%$]{1,2}\s*link\s*[\])>%$]{1,2}",
    re.IGNORECASE,
)
"""What people may write instead of `{link}`."""
_MEANT = frozenset(("url", "lien", "enlace", "address", "website"))
"""Words that other tools, or other languages, use for it."""
_HOST = re.compile(
    r"(?<![\w.@-])(?:https?://)?((?:[a-z0-9-]+\.)+[a-z]{2,})(?=[/?#]|\b)", re.IGNORECASE
)
_GLUED = re.compile(r"(?<=[\w*_~])\{link\}|\{link\}[.,!?:);\"']*[^\s.,!?:);\"']")
"""A link with something before or after it that apps read as a part of it: linkify-it-py 2.2.0 cuts
only these signs from an address's end (tried 2026-11)."""
_MIN_LIKENESS = 0.7


def place_link(message: str | None, url: str) -> str:
    """Return a message with the link in place of `{link}`, or else last on a line of its own.

    Args:
        message: The words. None or empty: the link alone.
        url: The link.
    """
    text = (message or "").replace("\r\n", "\n").replace("\r", "\n")
    if LINK in text:
        return text.replace(LINK, url)
    return f"{text.rstrip()}\n{url}" if text.strip() else url


def words_without_link(message: str | None) -> str | None:
    """Return a message for an app that adds the link itself.

    None: the link is not at the message's end, so that the words do not read well without it.

    >>> words_without_link("Until Sunday: {link}"), words_without_link("See {link} today")
    ('Until Sunday:', None)
    """
    text = (message or "").replace("\r\n", "\n").replace("\r", "\n").strip()
    if LINK not in text:
        return text
    words = text.removesuffix(LINK)
    return None if LINK in words else words.rstrip()


def refuse_unfit_message(message: str) -> None:
    """Refuse a message that is too long, or has characters that cannot be sent.

    Raises:
        NotText: It is or has.
    """
    refuse_unfit("the message", message, MAX_TEXT, allowed="\t\r\n")


def message_faults(message: str) -> Iterator[tuple[str, str]]:
    """Yield what may be wrong with a message's `{link}`, each with the next step.

    >>> [fault for fault, _ in message_faults("See {lnik}")]
    ['the message has "{lnik}", which is sent as it is']
    """
    for written in dict.fromkeys(_misspelt(message)):
        yield (
            f'the message has "{written}", which is sent as it is',
            "did you mean {link}?"
            + ("" if LINK in message else " Without it, the link comes last"),
        )
    if message.count(LINK) > 1:
        times = message.count(LINK)
        yield (
            f"the message has {{link}} {times} times, and each is replaced by the whole link",
            "write it once",
        )
    if _GLUED.search(message):
        yield (
            "the message has {link} directly beside characters that apps may add to the address",
            "put a space around {link}, or put it last on a line of its own",
        )


def shorteners_in(text: str) -> list[str]:
    """Return the hosts of public link shorteners in a text, each once.

    >>> shorteners_in("see bit.ly/x and https://shop.example/bit.ly")
    ['bit.ly']
    """
    hosts = dict.fromkeys(match[1].lower().removeprefix("www.") for match in _HOST.finditer(text))
    return [host for host in hosts if special_host(host) == "shortener"]


def _misspelt(message: str) -> Iterator[str]:
    for match in _BRACES.finditer(message):
        written = match[0]
        if LINK in written:
            if written != LINK:  # {{link}} keeps a pair of braces around the address
                yield written
            continue
        word = re.sub(r"[^\w]", "", written).lower()
        if word == "link" or word in _MEANT or _is_like_link(word):
            yield written


def _is_like_link(word: str) -> bool:
    from difflib import SequenceMatcher

    is_short = 2 < len(word) < 8  # noqa: PLR2004 - one or two letters more or fewer than link
    return is_short and SequenceMatcher(None, word, "link").ratio() >= _MIN_LIKENESS
