"""What came back, in every format."""

from __future__ import annotations

from textwrap import shorten, wrap
from typing import TYPE_CHECKING

from utmforge.errors import counted, quoted
from utmforge.measure.result import LOG
from utmforge.output.dark_social import about_advice, about_dark_social
from utmforge.output.escaping import safe
from utmforge.output.formats import Format
from utmforge.output.measurement_beside import FIELDS as BESIDE_FIELDS
from utmforge.output.measurement_beside import about_beside, beside_json, records_beside
from utmforge.output.measurement_changes import FIELDS as CHANGE_FIELDS
from utmforge.output.measurement_changes import (
    SAVED_FIELDS,
    about_changes,
    changes_json,
    records_with_changes,
)
from utmforge.output.measurement_records import (
    COUNTS,
    FIELDS,
    NAMES,
    RETURNS,
    WHY,
    as_json,
    preview_apps,
    record_in,
    records_of_planned,
)
from utmforge.output.measurement_table import WIDTH, number_cell, table_of
from utmforge.output.rows import show_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from utmforge.measure.beside import Beside
    from utmforge.measure.changes import Changes
    from utmforge.measure.result import Measurement
    from utmforge.output.console import Console
    from utmforge.output.rows import Row as Record

_MAX_ORPHANS = 10
_KINDS = {
    "asset": "pictures, styles, scripts",
    "bot": "bots",
    "preview": "previews in messaging apps",
    "probe": "requests with HEAD or OPTIONS",
    "method": "other methods than GET",
    "failed": "pages that failed",
    "system": "pages for machines (robots.txt, feeds, APIs)",
    "scanner": "probable mail scanners",
    "outside": "outside the period",
}


def measurement_columns() -> tuple[str, ...]:
    """Return the columns of a measurement, alone or beside another, and of the saved ones."""
    return tuple(dict.fromkeys((*FIELDS, *CHANGE_FIELDS, *BESIDE_FIELDS, *SAVED_FIELDS, WHY)))


def show_measurement(
    console: Console,
    measurement: Measurement,
    changes: Changes | None = None,
    other: Beside | None = None,
) -> None:
    """Print what came back; people also see what was left out and why.

    Args:
        console: Where.
        measurement: What came back.
        changes: What changed since a saved measurement. None: that was not asked for.
        other: A second source. None: there is none.
    """
    keys = [NAMES.get(key, key) for key in measurement.by]
    match console.format if not console.columns else None:
        case Format.JSON:
            compared = {"changes": changes_json(changes, keys)} if changes else {}
            if other:
                compared["beside"] = beside_json(other, keys, measurement)
            console.answer(as_json(measurement) | compared)
        case Format.TABLE | Format.URLS:
            found = _lines(console, measurement, changes, other)
            width = min(WIDTH, console.width) if console.to_terminal else WIDTH
            lines = [part for line in found for part in _folded(line, width)]
            console.write("\n".join(lines) + "\n")
        case _:
            more = CHANGE_FIELDS if changes else BESIDE_FIELDS if other else ()
            if changes:
                records = records_with_changes(measurement, changes)
            elif other:
                records = records_beside(measurement, other)
            else:
                records = [record_in(measurement, row) for row in measurement.rows]
            planned = records_of_planned(measurement)
            if planned or WHY in console.columns:
                more = (*more, WHY)
                empty: Record = dict.fromkeys((*FIELDS, *more))
                records = [empty | one for one in (*records, *planned)]
            if console.format is Format.CSV:  # a terminal must not obey what a log has
                records = [
                    {name: _visible(value) for name, value in one.items()} for one in records
                ]
            used = [
                name for name in (*COUNTS, *RETURNS, *more) if any(one[name] for one in records)
            ]
            show_rows(
                console,
                records,
                fields=(*FIELDS, *more),
                shown=[
                    *dict.fromkeys((*keys, *(("campaign", "channel") if planned else ()))),
                    *used,
                ],
                key="campaign",
                titles={name: name.replace("_", " ") for name in (*FIELDS, *more)},
                numbers={*COUNTS, *RETURNS, *more} - {"currency", WHY},
            )


def _visible(value: str | int | None) -> str | int | None:
    return safe(value) if isinstance(value, str) else value


def _lines(
    console: Console, measurement: Measurement, changes: Changes | None, other: Beside | None
) -> Iterator[str]:
    """Yield the answer for people: the table, then what was left out of it and why."""
    since, until = measurement.since, measurement.until
    if since:
        yield f"{since} to {until}, days in {measurement.zone}"
        yield ""
    if measurement.rows:
        yield from table_of(console, measurement)
    else:
        yield "no issued links to count visits by"
    if changes:
        yield ""
        yield from about_changes(console, changes, measurement.by)
    if other:
        yield ""
        yield from about_beside(console, measurement, other)
    for paragraph in (
        _about_previews(measurement),
        _about_differences(measurement),
        _about_late(measurement),
        _about_orphans(measurement),
        _about_untagged(measurement),
        about_dark_social(measurement.dark_social),
        about_advice(measurement.advice),
        _about_left_out(measurement),
        (*measurement.method, *(one.sentence for one in (changes.method if changes else ()))),
    ):
        lines = list(paragraph)
        if lines:
            yield ""
            for line in map(safe, lines):
                yield from _folded_item(line, console.width) if console.to_terminal else (line,)


def _folded(line: str, width: int) -> list[str]:
    """Break a sentence at words; what stands in columns is as wide as it is."""
    if len(line) <= width or line.startswith("  ") or "  " in line:
        return [line]
    rest = "  " if line.startswith("- ") else ""
    return wrap(line, width, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False)


def _folded_item(line: str, width: int) -> list[str]:
    """Break a line of a list at words, below the beginning of its text; others stay."""
    start = line.rfind("  ") + 2
    if len(line) <= width or not line.startswith("  ") or start > width // 2:
        return [line]
    return wrap(
        line[start:],
        width,
        initial_indent=line[:start],
        subsequent_indent=" " * start,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _about_previews(measurement: Measurement) -> Iterator[str]:
    apps = preview_apps(measurement.rows)
    if apps:
        named = ", ".join(f"{app} {previews:,}" for app, previews in apps.items())
        yield f"previews by app: {named} (a preview shows that someone pasted the link)"


def _about_differences(measurement: Measurement) -> Iterator[str]:
    for one in measurement.differences:
        pair = f"{quoted(one.first)} and {quoted(one.second)}"
        if one.difference is None:
            yield f"{pair}: too few conversions to say which converts better"
        else:
            found = one.difference
            verdict = "more than chance" if found.is_beyond_chance else "may be chance"
            yield (
                f"{pair}: conversion rates differ by {found.difference * 100:+.1f} points "
                f"({found.low * 100:+.1f} to {found.high * 100:+.1f}): {verdict}"
            )


def _about_late(measurement: Measurement) -> Iterator[str]:
    for one in measurement.late:
        what = f"link {one.link_id} was retired on" if one.link_id else "the campaign ended on"
        visits = "visits" if one.visits is None else counted(one.visits, "visit")
        yield f"{one.campaign}: {visits} after {what} {one.since}"


def _about_orphans(measurement: Measurement) -> Iterator[str]:
    if not measurement.orphans and measurement.orphans_suppressed == 0:
        return
    yield "tags that no issued link has:"
    for one in measurement.orphans[:_MAX_ORPHANS]:
        tags = " / ".join(value or "-" for value in (one.source, one.medium, one.campaign))
        near = f"; nearest: {one.nearest}" if one.nearest else ""
        yield f"  {one.visits:>6,}  {tags}"
        yield f"          {one.why}{near}"
    more = measurement.orphans[_MAX_ORPHANS:]
    if more:
        yield f"  {sum(one.visits for one in more):>6,}  with {len(more):,} other sets of tags"
    if measurement.orphans_suppressed != 0:
        yield f"  {number_cell(measurement.orphans_suppressed):>6}  with tags of few visitors"


def _about_untagged(measurement: Measurement) -> Iterator[str]:
    if not measurement.origins:
        return
    yield "visits without tags:"
    for one in measurement.origins:
        detail = f" ({one.detail})" if one.detail else ""
        yield f"  {number_cell(one.visits):>6}  {one.origin}{detail}"


def _about_left_out(measurement: Measurement) -> Iterator[str]:
    reading = measurement.reading
    if measurement.source != LOG:
        yield f"{measurement.source}: {reading.lines_read:,} rows read, {reading.lines_used:,} used"
        return
    yield (
        f"lines: {reading.lines_read:,} read, {reading.lines_used:,} used; "
        f"{measurement.views:,} are views of pages by people"
    )
    kinds: dict[str, dict[str | None, int]] = {}
    for one in measurement.excluded:
        kinds.setdefault(one.kind, {})[one.reason] = one.hits
    for kind, reasons in sorted(kinds.items(), key=lambda one: -sum(one[1].values())):
        line = f"  {sum(reasons.values()):>6,}  {_KINDS.get(kind, kind)}"
        most = sorted(reasons.items(), key=lambda one: -one[1])
        named = ", ".join(f"{reason} {hits:,}" for reason, hits in most if reason)
        yield (
            f"{line}: {shorten(named, WIDTH - len(line) - 2, placeholder=' …')}" if named else line
        )
    if measurement.redirects:
        yield f"  {measurement.redirects:>6,}  redirects"
    for rejected in reading.rejected:
        yield f"  {rejected.count:>6,}  not used: {rejected.reason}"


def say_measurement(
    console: Console, measurement: Measurement, other: Beside | None = None
) -> None:
    """Say what the answer does not: the formats read, what cannot be told, what is doubtful."""
    _say(console, measurement)
    if other:
        _say(console, other.other)
        for warning in other.warnings:
            console.warn(warning.sentence)


def _say(console: Console, measurement: Measurement) -> None:
    if measurement.source != LOG:
        for one in measurement.reading.formats:
            console.note(f"{one.name} is a {one.format}")
    formats: dict[tuple[str, bool], list[float]] = {}
    for one in measurement.reading.formats if measurement.source == LOG else ():
        formats.setdefault((one.format, one.begins_later), []).append(one.share)
    for (name, begins_later), shares in formats.items():
        files = f" in {len(shares):,} files" if len(shares) > 1 else ""
        fit = "begins later" if begins_later else f"{min(shares):.0%} of the first lines fit"
        console.note(f"log format {name}{files}: {fit}")
    for note in measurement.notes:
        console.note(note)
    for warning in measurement.warnings:
        console.warn(warning)
    if measurement.reading.rejected and console.format is Format.TABLE:
        for rejected in measurement.reading.rejected:
            for sample in rejected.samples[:1]:
                console.note(f"not used ({rejected.reason}): {sample}")
