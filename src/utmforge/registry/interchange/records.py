"""Links and events as records of named texts, to exchange them between registries.

A record is accepted only if its parts agree.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

from utmforge.errors import UtmforgeError, quoted
from utmforge.model import LINK_FIELDS, PARAMETERS, Event, TaggedLink, Tags, link_fields
from utmforge.urls.link_ids import link_id
from utmforge.urls.tagging import read_landing_page

if TYPE_CHECKING:
    from collections.abc import Mapping

Record = dict[str, str | None]

EVENT_FIELDS = ("id", "change", "action", "at", "reason", "successor", "cancels")
"""The keys of an event; `id` is the link's, and `action` tells it from a link."""

_NEEDED = ("id", "url", "landing_page", "source", "medium", "campaign", "issued_at")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_ID = re.compile(r"[2-9a-z]{12}")
_CHANGE = re.compile(r"[2-9a-z]{8}")
_ACTION = re.compile("retired|reinstated")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_NO_LINK = "it is not a link as utmforge writes it"
_NO_EVENT = "it is not an event as utmforge writes it"


def link_record(link: TaggedLink) -> Record:
    """Return the record of a link as it was issued; later events have their own records."""
    return dict(zip(LINK_FIELDS, link_fields(link._replace(state="issued")), strict=True))


def event_record(event: Event) -> Record:
    """Return an event."""
    texts = (event.link_id, event.change_id, *event[1:3], *event[4:6], " ".join(event.cancels))
    return dict(zip(EVENT_FIELDS, texts, strict=True))


def read_record(fields: object) -> TaggedLink | Event:
    """Return the link or the event of a record.

    Raises:
        UtmforgeError: It is neither, or its parts do not agree.
    """
    if not isinstance(fields, dict) or not all(
        value is None or isinstance(value, str) for value in fields.values()
    ):
        raise UtmforgeError(_NO_LINK)
    if not all(value is None or _is_text(value) for value in fields.values()):
        raise UtmforgeError("it holds characters that are not text")
    return _read_event(fields) if "action" in fields else _read_link(fields)


def _is_text(value: str) -> bool:
    return not _CONTROL.search(value)


def _read_link(fields: Mapping[str, Any]) -> TaggedLink:
    if any(not fields.get(key) for key in _NEEDED) or not _TIME.fullmatch(fields["issued_at"]):
        raise UtmforgeError(_NO_LINK)
    tags = {name: fields.get("utm_id" if name == "id" else name) for name in PARAMETERS}
    link = TaggedLink(
        fields["id"],
        fields["url"],
        fields["landing_page"],
        fields.get("channel"),
        Tags(**cast("dict[str, str]", tags)),
        fields["issued_at"],
        "issued",
    )
    page = read_landing_page(link.landing_page)
    fits = page.with_tags(link.tags) == link.url or (
        page.url != link.landing_page and page.with_tags_as_in_0_2(link.tags) == link.url
    )
    if not fits or link_id(link.url) != link.id:
        raise UtmforgeError(
            f"id, address and tags of link {quoted(link.id, 20)} do not fit together"
        )
    return link


def _read_event(fields: Mapping[str, Any]) -> Event:
    if not all(
        pattern.fullmatch(fields.get(key) or "")
        for key, pattern in (("id", _ID), ("change", _CHANGE), ("at", _TIME), ("action", _ACTION))
    ):
        raise UtmforgeError(_NO_EVENT)
    named = [_CHANGE.fullmatch(name) for name in (fields.get("cancels") or "").split()]
    if not all(named) or not _ID.fullmatch(fields.get("successor") or fields["id"]):
        raise UtmforgeError(_NO_EVENT)
    return Event(
        fields["id"],
        fields["action"],
        fields["at"],
        fields["change"],
        fields.get("reason"),
        fields.get("successor"),
        tuple((fields.get("cancels") or "").split()),
    )
