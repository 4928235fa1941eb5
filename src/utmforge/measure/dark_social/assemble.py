"""Counts → what is said about private sharing, suppressed where few.

Sites, pages and ranges are rounded to the least number that may be shown, outwards; evidence and
what was left out stand on the rows and origins that are shown beside them.
"""

from __future__ import annotations

from collections import defaultdict
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from utmforge.measure.dark_social import sentences
from utmforge.measure.dark_social.counting import CANDIDATE, Landing
from utmforge.measure.dark_social.estimate import Estimate, estimate
from utmforge.measure.dark_social.measured import measured
from utmforge.measure.dark_social.private_apps import (
    MIXED_APPS,
    PRIVATE_APPS,
    PRIVATE_REFERRERS,
)
from utmforge.measure.dark_social.result import (
    Calibration,
    DarkSocial,
    Evidence,
    LeftOut,
    Sentence,
    SharedPage,
)
from utmforge.measure.private_values import path_without_private
from utmforge.measure.sql.private_sharing import KNOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from utmforge.measure.counting import Counts
    from utmforge.measure.dark_social.counting import Sharing
    from utmforge.measure.periods import Period
    from utmforge.measure.reading import LogReading
    from utmforge.measure.result import Key, Origin, Row

_MOST_PAGES = 20
_NO_LANDINGS = Landing(0, 0, 0, 0)


class Shown(NamedTuple):
    """What is shown beside it, and how."""

    rows: Sequence[Row]
    origins: Sequence[Origin]
    by: Sequence[Key]
    period: Period
    minimum: int
    """Visitors below which nothing is shown."""


def dark_social(
    reading: LogReading, counts: Counts, shown: Shown, has_link: Callable[[str], bool]
) -> DarkSocial | None:
    """Return what is said about private sharing. None: the log has no line that is used.

    Args:
        reading: What was read.
        counts: What it holds.
        shown: What is shown beside it.
        has_link: Whether an issued link leads to a page, by its path.
    """
    sharing = counts.sharing
    if sharing is None or not reading.lines_used:
        return None
    minimum = shown.minimum
    visits = sum(one.visits for one in sharing.landings.values())
    total = _nearest(visits, minimum)
    found = estimate(sharing.page_days)
    cannot = tuple(_cannot(reading, sharing, found, minimum))
    low = high = None
    if not cannot:
        low, high = _down(found.low, minimum), _up(found.high, minimum)
    phones, phones_of_others = _phone_shares(sharing, minimum)
    return DarkSocial(
        total,
        measured(counts, shown.rows, shown.by, shown.period, minimum, total),
        tuple(_evidence(shown.origins, sharing, minimum, total)),
        low,
        high,
        _share(low, total),
        _share(high, total),
        cannot,
        tuple(_left_out(shown.origins, sharing, minimum)),
        () if cannot else tuple(_calibration(sharing, found, minimum)),
        () if cannot else tuple(_pages(sharing, found, minimum, has_link)),
        phones,
        phones_of_others,
        tuple(sentences.assumptions(has_fetch_site=_has_fetch_site(sharing))),
        ()
        if cannot
        else tuple(
            sentences.method(
                minimum,
                found.quiet_page_days,
                found.page_days - found.quiet_page_days,
                found.loaded_share,
            )
        ),
    )


def most_visits(counts: Counts, minimum: int) -> float:
    """Return the visits that there can be by the number of all visits as it is shown."""
    if counts.sharing is None:
        return inf
    visits = sum(one.visits for one in counts.sharing.landings.values())
    return _nearest(visits, minimum) + (minimum + 1) // 2 - 1


def _down(number: int, step: int) -> int:
    return number // step * step


def _up(number: int, step: int) -> int:
    return -(-number // step) * step


def _nearest(number: int, step: int) -> int:
    return (number + step // 2) // step * step


def _share(number: int | None, total: int) -> float | None:
    return None if number is None or not total else round(min(1.0, number / total), 4)


def _landing(sharing: Sharing, origin: str, *, is_loaded: bool | None = None) -> Landing:
    """Return the visits of an origin; loaded or not, or both."""
    found = [
        one
        for (name, loaded), one in sharing.landings.items()
        if name == origin and is_loaded in {None, loaded}
    ]
    return Landing(*map(sum, zip(*found, strict=True))) if found else _NO_LANDINGS


def _has_fetch_site(sharing: Sharing) -> bool:
    return any(one.told for one in sharing.landings.values())


def _cannot(
    reading: LogReading, sharing: Sharing, found: Estimate, minimum: int
) -> Iterator[Sentence]:
    """Yield why the range cannot be estimated."""
    if not reading.has_user_agent:
        yield sentences.no_user_agents()
        return
    if not reading.has_every_referrer:
        yield sentences.no_referrers()
        return
    if sharing.days < sentences.FEWEST_DAYS:
        yield sentences.few_days(sharing.days)
    if found.known and found.loaded_share < sentences.LEAST_LOADED:
        yield sentences.no_assets(found.loaded_share)
    if found.quiet_page_days < sentences.FEWEST_QUIET_PAGE_DAYS:
        yield sentences.few_quiet_page_days(found.quiet_page_days)
    if 0 < _landing(sharing, CANDIDATE).visitors < minimum:
        yield sentences.few_visitors(minimum)


def _evidence(
    origins: Iterable[Origin], sharing: Sharing, minimum: int, total: int
) -> Iterator[Evidence]:
    """Yield evidence: origins that are shown as they are, and previews of untagged pages by app."""
    for one in origins:
        if one.visits is None:
            continue
        share = _share(one.visits, total)
        if one.origin == "in-app" and one.detail in PRIVATE_APPS | MIXED_APPS:
            is_mixed = one.detail in MIXED_APPS
            yield Evidence("in-app browser", one.detail, one.visits, None, share, is_mixed)
        elif one.origin in PRIVATE_REFERRERS:
            yield Evidence("private referrer", one.origin, one.visits, None, share)
    few = 0
    for app, previews in sorted(sharing.previews.items(), key=lambda one: (-one[1], one[0])):
        if previews < minimum:
            few += previews
        else:
            yield Evidence("preview", app, None, previews, None, app in MIXED_APPS)
    if few:
        yield Evidence("preview", None, None, few if few >= minimum else None, None)


def _left_out(origins: Sequence[Origin], sharing: Sharing, minimum: int) -> Iterator[LeftOut]:
    """Yield untagged visits that are not candidates, by kind, in the order of the rules."""
    web = {*KNOWN} - {"click id"}
    for kind, names in (("web referrer", web), ("click id", {"click id"})):
        yield from _summed(kind, [one for one in origins if one.origin in names])
    shallow = [one for one in origins if one.origin == "direct" and one.detail != "deep"]
    yield from _summed("shallow page", shallow)
    for kind, landing in (
        ("own page", _landing(sharing, "own")),
        ("cross-site", _landing(sharing, "cross-site")),
        ("no browser", _landing(sharing, CANDIDATE, is_loaded=False)),
    ):
        if landing.visits:
            yield LeftOut(kind, landing.visits if landing.visitors >= minimum else None)


def _summed(kind: str, origins: Sequence[Origin]) -> Iterator[LeftOut]:
    """Yield the sum of origins that are shown anyway."""
    if visits := sum(one.visits or 0 for one in origins):
        yield LeftOut(kind, visits)


def _calibration(sharing: Sharing, found: Estimate, minimum: int) -> Iterator[Calibration]:
    """Yield the pages with issued private links and enough candidates, the most visited first."""
    tagged = sorted(sharing.private_pages.items(), key=lambda one: (-one[1][0], one[0]))
    shown = [
        (path, visits)
        for path, (visits, visitors) in tagged
        if visitors >= minimum and sharing.candidate_visitors.get(path, 0) >= minimum
    ]
    for path, visits in shown[:_MOST_PAGES]:
        low, high = found.pages[path]
        certain = max(minimum, _nearest(visits, minimum))
        low, high = _down(low, minimum), _up(high, minimum)
        yield Calibration(
            path_without_private(path),
            certain,
            low,
            high,
            round(certain / (certain + high), 4),
            round(certain / (certain + low), 4),
        )


def _pages(
    sharing: Sharing, found: Estimate, minimum: int, has_link: Callable[[str], bool]
) -> Iterator[SharedPage]:
    """Yield the pages that were pasted and have enough candidates, the most shared first."""
    previews: dict[str, int] = defaultdict(int)
    for each in sharing.page_days:
        if each.path is not None:
            previews[each.path] += each.previews
    pages = [
        (path, found.pages[path])
        for path, number in previews.items()
        if number and sharing.candidate_visitors.get(path, 0) >= minimum
    ]
    pages.sort(key=lambda one: (-one[1].low, -previews[one[0]], -one[1].high, one[0]))
    for path, (low, high) in pages[:_MOST_PAGES]:
        number = previews[path]
        yield SharedPage(
            path_without_private(path),
            _down(low, minimum),
            _up(high, minimum),
            number if number >= minimum else None,
            has_link(path),
        )


def _phone_shares(sharing: Sharing, minimum: int) -> tuple[float | None, float | None]:
    """Return the shares of phones among candidates, and among all other visits."""
    candidates = _landing(sharing, CANDIDATE, is_loaded=True)
    others = [one for (origin, _), one in sharing.landings.items() if origin != CANDIDATE]
    visits, phones = sum(one.visits for one in others), sum(one.phones for one in others)
    return (
        _phone_share(candidates.visits, candidates.phones, minimum),
        _phone_share(visits, phones, minimum),
    )


def _phone_share(visits: int, phones: int, minimum: int) -> float | None:
    """Return a share of few digits, where both those on phones and the others are enough."""
    is_enough = min(phones, visits - phones) >= minimum
    return round(phones / visits, 2) if is_enough else None
