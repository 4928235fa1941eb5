"""What is to be written into a registry has only texts and times that every reader takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.errors import NotText, quoted
from utmforge.model import link_fields
from utmforge.texts import MAX_CHANNEL, MAX_ID, MAX_REASON, is_moment, refuse_unfit, unfit_character

if TYPE_CHECKING:
    from collections.abc import Iterable

    from utmforge.model import Event, TaggedLink


def refuse_unfit_links(links: Iterable[TaggedLink]) -> None:
    """Refuse links with a text that no registry takes; most are looked at as one text.

    Raises:
        NotText: One has such a text.
    """
    from utmforge.urls.tagging import MAX_URL_BYTES

    for link in links:
        if link.channel:
            refuse_unfit("the channel", link.channel, MAX_CHANNEL)
        texts = "".join(filter(None, link_fields(link)))
        if not texts.isprintable() or len(link.url) > MAX_URL_BYTES or unfit_character(texts):
            for text in filter(None, link_fields(link)):
                refuse_unfit("the link", text, MAX_URL_BYTES)


def refuse_unfit_past(links: Iterable[TaggedLink], events: Iterable[Event]) -> None:
    """Refuse links that were issued before, and events, with a text or time that is not one.

    Raises:
        NotText: One has such a text or time.
    """
    for event in events:
        refuse_unfit("the reason", event.reason or "", MAX_REASON)
        for name in (event.link_id, event.change_id, event.successor or "", *event.cancels):
            refuse_unfit("an id in the history", name, MAX_ID)
        if event.action not in {"retired", "reinstated"}:
            raise NotText(f"{quoted(event.action, 20)} is not what happens to a link")
        _refuse_bad_time(event.at)
    for link in links:
        _refuse_bad_time(link.issued_at or "")


def _refuse_bad_time(text: str) -> None:
    if not is_moment(text):
        raise NotText(f"{quoted(text, 30)} is not a time", hint="such as 2026-03-20T09:30:00Z")
