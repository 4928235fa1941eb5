"""Links and events as records of named texts, to exchange them between registries.

A record is accepted only if its parts agree.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from utmforge.errors import UtmforgeError, quoted
from utmforge.model import LINK_FIELDS, SITE, Event, Note, TaggedLink, Tags, link_fields
from utmforge.privacy.fast_path.plain_pages import is_plain
from utmforge.registry.notes import refuse_unfit_note
from utmforge.texts import (
    MAX_AUTHOR,
    MAX_CHANNEL,
    MAX_LABELS,
    MAX_REASON,
    fitted,
    fitted_moment,
    is_moment,
    refuse_unfit,
    unfit_character,
)
from utmforge.urls.link_ids import link_id
from utmforge.urls.page_patterns import is_pattern_page
from utmforge.urls.tagging import MAX_URL_BYTES, read_landing_page, written_tags

if TYPE_CHECKING:
    from collections.abc import Mapping

Record = dict[str, str | None]

EVENT_FIELDS = ("id", "change", "action", "at", "reason", "successor", "cancels")
"""The keys of an event; `id` is the link's, and `action` tells it from a link.

Of a `noted`, `reason` is the note. It may also have `labels`, any record an `author`, and the link
of a page pattern `pages`.
"""

PAGES = "pages"
"""The key of which pages a link covers; of a page pattern it is `site`."""

AUTHOR = "author"
"""The key of who made an entry; records without one are of earlier versions."""

_NEEDED = ("id", "url", "landing_page", "source", "medium", "campaign", "issued_at")
_TAGS = tuple("utm_id" if name == "id" else name for name in Tags._fields)
_written = lru_cache(maxsize=1024)(written_tags)
"""Links to many pages share the same tags."""
_TEXT_OR_NONE = frozenset((str, type(None)))
_ID = re.compile(r"[2-9a-z]{12}")
_CHANGE = re.compile(r"[2-9a-z]{8}")
_ACTION = re.compile("retired|reinstated|noted")
_MAX_CANCELS = 100_000  # characters; each change takes nine
_LIMITS = dict.fromkeys((*LINK_FIELDS, *EVENT_FIELDS), MAX_URL_BYTES) | {
    AUTHOR: MAX_AUTHOR,
    PAGES: len(SITE),
    "labels": MAX_LABELS,
    "channel": MAX_CHANNEL,
    "reason": MAX_REASON,
    "cancels": _MAX_CANCELS,
}
"""The characters that each field may have; other fields are not checked."""
_NO_LINK = "it is not a link as utmforge writes it"
_NO_EVENT = "it is not an event as utmforge writes it"


def recorded_link(link: TaggedLink) -> TaggedLink:
    """Return a link as it was issued, changed so that a record can hold it.

    Registries of up to 0.2.0 may have channels with control characters and impossible times.
    The former are escaped, the latter become 1990-01-01, the same on every machine.
    """
    channel = link.channel and fitted(link.channel, MAX_CHANNEL)
    at = fitted_moment(link.issued_at or "")
    return link._replace(channel=channel, issued_at=at, state="issued")


def recorded_event(event: Event) -> Event:
    """Return an event, changed so that a record can hold it, as in `recorded_link`."""
    reason = event.reason and fitted(event.reason, MAX_REASON)
    return event._replace(reason=reason, at=fitted_moment(event.at))


def link_record(link: TaggedLink) -> Record:
    """Return a link as it was issued; what happened to it is in its events."""
    return record_of_link(recorded_link(link))


def event_record(event: Event) -> Record:
    """Return an event."""
    return record_of_event(recorded_event(event))


def record_of_link(link: TaggedLink) -> Record:
    """Return a link unchanged, as it was written up to 0.2.0."""
    return dict(zip(LINK_FIELDS, link_fields(link), strict=True)) | _given(
        author=link.author, pages=link.pages
    )


def record_of_event(event: Event) -> Record:
    """Return an event unchanged, as it was written up to 0.2.0."""
    texts = (event.link_id, event.change_id, *event[1:3], *event[4:6], " ".join(event.cancels))
    labels = " ".join(event.labels) or None
    return dict(zip(EVENT_FIELDS, texts, strict=True)) | _given(labels=labels, author=event.author)


def _given(**texts: str | None) -> Record:
    """Return those that are given: records of earlier versions do not have these keys."""
    return {key: text for key, text in texts.items() if text}


def read_record(fields: object) -> TaggedLink | Event:
    """Return the link or the event of a record.

    Raises:
        UtmforgeError: It is neither, or its parts do not agree.
    """
    if not isinstance(fields, dict) or not _TEXT_OR_NONE.issuperset(map(type, fields.values())):
        raise UtmforgeError(_NO_LINK)
    is_plain = unfit_character("".join(filter(None, fields.values()))) is None
    for key, value in fields.items():
        if value and key in _LIMITS and not (is_plain and len(value) <= _LIMITS[key]):
            refuse_unfit(key, value, _LIMITS[key])
    return _read_event(fields) if "action" in fields else _read_link(fields)


def _read_link(fields: Mapping[str, Any]) -> TaggedLink:
    if not all(map(fields.get, _NEEDED)):
        raise UtmforgeError(_NO_LINK)
    _refuse_bad_time("issued_at", fields["issued_at"])
    link = TaggedLink(
        fields["id"],
        fields["url"],
        fields["landing_page"],
        fields.get("channel"),
        Tags._make(map(fields.get, _TAGS)),
        fields["issued_at"],
        "issued",
        fields.get(AUTHOR) or None,
        fields.get(PAGES) or None,
    )
    if link.pages and (link.pages != SITE or not is_pattern_page(link.landing_page)):
        raise UtmforgeError(_NO_LINK)
    if not _has_its_tags(link) or link_id(link.url) != link.id:
        raise UtmforgeError(f"id, address and tags of link {quoted(link.id, 20)} do not match")
    return link


def _has_its_tags(link: TaggedLink) -> bool:
    """Tell whether a link's address is its landing page with its tags."""
    landing_page = link.landing_page
    if is_plain(landing_page):  # already as browsers write it, so that nothing has to be parsed
        joint = "&" if "?" in landing_page else "?"
        if link.url == f"{landing_page}{joint}{_written(link.tags)}":
            return True
    page = read_landing_page(landing_page)
    if link.url == page.with_tags(link.tags):
        return True
    had_empty_query = page.url != landing_page
    return link.url == page.with_tags_as_in_0_2(link.tags, had_empty_query=had_empty_query)


def _read_event(fields: Mapping[str, Any]) -> Event:
    if not all(
        pattern.fullmatch(fields.get(key) or "")
        for key, pattern in (("id", _ID), ("change", _CHANGE), ("action", _ACTION))
    ):
        raise UtmforgeError(_NO_EVENT)
    _refuse_bad_time("at", fields.get("at") or "")
    named = [_CHANGE.fullmatch(name) for name in (fields.get("cancels") or "").split()]
    if not all(named) or not _ID.fullmatch(fields.get("successor") or fields["id"]):
        raise UtmforgeError(_NO_EVENT)
    event = Event(
        fields["id"],
        fields["action"],
        fields["at"],
        fields["change"],
        fields.get("reason"),
        fields.get("successor"),
        tuple((fields.get("cancels") or "").split()),
        tuple((fields.get("labels") or "").split()),
        fields.get(AUTHOR) or None,
    )
    is_note = event.action == "noted"
    if event.successor if is_note else event.labels:
        raise UtmforgeError(_NO_EVENT)
    refuse_unfit_note(Note(event.reason, event.labels))
    return event


def _refuse_bad_time(key: str, text: str) -> None:
    if not is_moment(text):
        raise UtmforgeError(
            f"{key} {quoted(text, 30)} is not a time", hint="such as 2026-03-20T09:30:00Z"
        )
