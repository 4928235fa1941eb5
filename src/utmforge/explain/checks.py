"""What is wrong with an address, as far as one link tells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote_plus

from utmforge.conventions import MAX_TAG_CHARACTERS
from utmforge.errors import UtmforgeError, quoted
from utmforge.explain.mending import decoded, field_meant
from utmforge.explain.problems import Problem, problem
from utmforge.ga4 import UNASSIGNED
from utmforge.ga4.mediums import known_medium
from utmforge.model import PARAMETERS, REQUIRED
from utmforge.private_data import find_private
from utmforge.readings import readings_of
from utmforge.readings.ga4 import MAX_PAGE_LOCATION
from utmforge.urls import read_landing_page

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(url: str) -> Iterator[Problem]:
    """Yield what is wrong with an address; of one with something private only that."""
    private = find_private(url)
    for one in private:
        name = "secret" if one.is_secret else "personal-data"
        yield problem(
            name, "error", f"{one.where}: {one.kind}, which must not be in a link", "take it out"
        )
    if private:
        return
    try:
        read_landing_page(url)
    except UtmforgeError as error:
        yield problem("not-taggable", "error", error.message, error.hint)
    yield from _of_names(url)
    yield from _of_values(url)
    yield from _of_lengths(url)
    yield from _of_group(url)


def _segments(url: str) -> Iterator[tuple[str, str, bool]]:
    """Yield (name, value as written, whether it stands behind the #)."""
    before, _, fragment = url.partition("#")
    for segment in before.partition("?")[2].split("&"):
        name, _, value = segment.partition("=")
        yield name, value, False
    for segment in re.split("[?&]", fragment):
        name, _, value = segment.partition("=")
        yield name, value, True


def _of_names(url: str) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for name, value, is_behind in _segments(url):
        field = field_meant(name)
        if field:
            seen[field] = seen.get(field, 0) + bool(value)
            yield from _of_tag(name, value, PARAMETERS[field], is_behind=is_behind)
        elif name.lower().startswith("utm_"):
            yield problem("unknown-tag", "warning", f"{quoted(name, 40)} is no tag that tools read")
    yield from _of_all(seen)


def _of_tag(name: str, value: str, parameter: str, *, is_behind: bool) -> Iterator[Problem]:
    if name != parameter:
        message = f"{quoted(name, 40)} is not written {parameter}"
        yield problem("unknown-tag", "error", message, f"write {parameter}")
    if is_behind:
        message = f"{parameter} stands behind the #, where GA4 does not look"
        yield problem("tags-after-hash", "error", message, "put it before the #")
    if not value:
        yield problem("empty-tag", "warning", f"{parameter} is empty", "leave it out")


def _of_all(seen: dict[str, int]) -> Iterator[Problem]:
    for field, count in seen.items():
        if count > 1:
            message = f"{PARAMETERS[field]} is there {count} times: tools differ in which counts"
            yield problem("duplicate-tag", "error", message, "keep one")
    lacking = [PARAMETERS[field] for field in REQUIRED if not seen.get(field)]
    if not seen:
        yield problem("untagged", "note", "the link has no tags", "utmforge new makes one that has")
    elif lacking:
        message = f"{' and '.join(lacking)} {'is' if len(lacking) == 1 else 'are'} missing"
        yield problem("missing-tag", "error", message)


def _of_values(url: str) -> Iterator[Problem]:
    for name, raw, _ in _segments(url):
        field = field_meant(name)
        if field is None:
            continue
        value = decoded(raw)
        what = f"{field} {quoted(value, 40)}"
        if value != unquote_plus(raw):
            yield problem("double-encoding", "warning", f"{what} is percent-encoded twice")
        if value != value.lower() and field != "id":
            yield problem(
                "letter-case",
                "warning",
                f"{what} has capitals: reports make another row of it",
                f"write {quoted(value.lower(), 40)}",
            )
        if " " in value:
            yield problem("space", "warning", f"{what} has a space", "put a - there")
        if len(value) > MAX_TAG_CHARACTERS:
            message = f"{what} has {len(value):,} characters, GA4 cuts it at {MAX_TAG_CHARACTERS}"
            yield problem("long-value", "warning", message, "shorten it")


def _of_lengths(url: str) -> Iterator[Problem]:
    ga4 = readings_of(url).ga4
    if ga4.at_risk:
        message = (
            f"the link has {len(url):,} characters, GA4 keeps {MAX_PAGE_LOCATION:,}: it may lose "
            f"{', '.join(ga4.at_risk)}"
        )
        yield problem("long-link", "warning", message, "shorten the landing page's address")


def _of_group(url: str) -> Iterator[Problem]:
    ga4 = readings_of(url).ga4
    if ga4.group.name != UNASSIGNED or not any(ga4.tags[:2]):
        return
    source, medium, campaign, *_ = ga4.tags
    instead = known_medium(medium, source, campaign)
    fix = f"with medium {quoted(instead)} it would have a group" if instead else None
    yield problem("unassigned", "warning", f"GA4 files it nowhere: {ga4.group.rule}", fix)
