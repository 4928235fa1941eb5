"""What came back, in every format."""

from __future__ import annotations

from dataclasses import asdict
from textwrap import shorten, wrap
from typing import TYPE_CHECKING, NamedTuple

from utmforge.errors import counted, quoted
from utmforge.output.escaping import safe
from utmforge.output.formats import Format
from utmforge.output.rows import Row as Record
from utmforge.output.rows import show_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from utmforge.measure.money.amounts import Amount
    from utmforge.measure.result import ContentDifference, Measurement, Row
    from utmforge.output.console import Console

_KEYS = ("campaign", "channel", "content", "link_id", "page", "day")
_COUNTS = ("previews", "visits", "visitors", "conversions", "value", "cost", "currency")
_RETURNS = ("roi", "roas", "cost_per_visit", "cost_per_conversion", "rate", "rate_low", "rate_high")
FIELDS = (*_KEYS, *_COUNTS, *_RETURNS, "suppressed")
"""What machines get of a row; described in docs/reference/measure.md."""

_NAMES = {"link": "link_id"}
_BAR = 6
_WIDTH = 80
_EIGHTHS = "▏▎▍▌▋▊▉█"
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


def show_measurement(console: Console, measurement: Measurement) -> None:
    """Print what came back; people also see what was left out and why."""
    match console.format:
        case Format.JSON:
            console.answer(as_json(measurement))
        case Format.TABLE | Format.URLS:
            lines = [part for line in _lines(console, measurement) for part in _folded(line)]
            console.write("\n".join(lines) + "\n")
        case _:
            records = [_record(row) for row in measurement.rows]
            if console.format is Format.CSV:  # a terminal must not obey what a log has
                records = [
                    {name: _visible(value) for name, value in one.items()} for one in records
                ]
            keys = [_NAMES.get(key, key) for key in measurement.by]
            used = [name for name in (*_COUNTS, *_RETURNS) if any(one[name] for one in records)]
            show_rows(
                console,
                records,
                fields=FIELDS,
                shown=[*keys, *used],
                key="campaign",
                titles={name: name.replace("_", " ") for name in FIELDS},
            )


def as_json(measurement: Measurement) -> dict[str, object]:
    """Return the data of the JSON answer; described in docs/reference/measure.md."""
    reading = measurement.reading
    return {
        "period": {
            "since": _day(measurement.since),
            "until": _day(measurement.until),
            "timezone": measurement.zone,
        },
        "files": [asdict(one) for one in reading.formats],
        "lines": {
            "read": reading.lines_read,
            "used": reading.lines_used,
            "rejected": [
                {"reason": one.reason, "count": one.count, "samples": list(one.samples)}
                for one in reading.rejected
            ],
        },
        "excluded": [one._asdict() for one in measurement.excluded],
        "views": measurement.views,
        "redirects": measurement.redirects,
        "rows": [_record(row) for row in measurement.rows],
        "preview_apps": _apps(measurement.rows),
        "differences": [_difference(one) for one in measurement.differences],
        "orphans": [one._asdict() for one in measurement.orphans],
        "orphan_visits_suppressed": measurement.orphans_suppressed,
        "late": [one._asdict() | {"since": _day(one.since)} for one in measurement.late],
        "untagged": [one._asdict() for one in measurement.origins],
        "min_visitors": measurement.minimum,
        "method": list(measurement.method),
    }


def _record(row: Row) -> Record:
    """Return a row as machines get it: whole numbers, decimal texts, null where unknown."""
    returns = row.returns
    record: Record = dict.fromkeys(FIELDS)
    record |= {_NAMES.get(key, key): value for key, value in row.keys.items()}
    record |= {
        "previews": row.previews,
        "visits": row.visits,
        "visitors": row.visitors,
        "conversions": row.conversions,
        "value": row.value.text if row.value else None,
        "cost": row.cost.text if row.cost else None,
        "currency": _currency(row),
        "suppressed": row.suppressed,
    }
    if returns:
        record |= {name: getattr(returns, name) for name in _RETURNS}
        if not returns.is_enough:
            record["rate_low"] = record["rate_high"] = None
    return record


def _visible(value: str | int | None) -> str | int | None:
    return safe(value) if isinstance(value, str) else value


def _currency(row: Row) -> str | None:
    amount = row.value or row.cost
    return (amount.currency or None) if amount else None


def _day(day: object) -> str | None:
    return None if day is None else str(day)


def _apps(rows: Iterable[Row]) -> dict[str, int]:
    apps: dict[str, int] = {}
    for row in rows:
        for app, previews in row.preview_apps.items():
            apps[app] = apps.get(app, 0) + previews
    return dict(sorted(apps.items(), key=lambda one: (-one[1], one[0])))


def _difference(one: ContentDifference) -> dict[str, object]:
    return {
        **one.keys,
        "first": one.first,
        "second": one.second,
        **(
            {"difference": None, "low": None, "high": None, "beyond_chance": None}
            if one.difference is None
            else {
                "difference": f"{one.difference.difference:.4f}",
                "low": f"{one.difference.low:.4f}",
                "high": f"{one.difference.high:.4f}",
                "beyond_chance": one.difference.is_beyond_chance,
            }
        ),
    }


def _lines(console: Console, measurement: Measurement) -> Iterator[str]:
    """Yield the answer for people: the table, then what was left out of it and why."""
    since, until = measurement.since, measurement.until
    if since:
        yield f"{since} to {until}, days in {measurement.zone}"
        yield ""
    if measurement.rows:
        yield from _table(console, measurement)
    else:
        yield "no issued links to count visits by"
    for paragraph in (
        _about_previews(measurement),
        _about_differences(measurement),
        _about_late(measurement),
        _about_orphans(measurement),
        _about_untagged(measurement),
        _about_left_out(measurement),
        measurement.method,
    ):
        lines = list(paragraph)
        if lines:
            yield ""
            yield from map(safe, lines)


def _folded(line: str) -> list[str]:
    """Break a sentence at words; what stands in columns is as wide as it is."""
    if len(line) <= _WIDTH or line.startswith("  ") or "  " in line:
        return [line]
    return wrap(line, _WIDTH, break_long_words=False, break_on_hyphens=False)


def _table(console: Console, measurement: Measurement) -> Iterator[str]:
    """Yield the rows; what has several channels stands once, above them."""
    from utmforge.output.table import table_lines, width_of

    rows = measurement.rows
    is_grouped = measurement.by[0] == "campaign" and len(measurement.by) > 1
    keys = measurement.by[1:] if is_grouped else measurement.by
    indent = "  " if is_grouped else ""
    columns = [_Column(_NAMES.get(key, key).replace("_id", ""), is_text=True) for key in keys]
    columns += _columns(rows)
    cells: list[list[str]] = []
    headings: dict[int, str] = {}
    last: object = ...
    for row in rows:
        if is_grouped and row.keys["campaign"] != last:
            last = row.keys["campaign"]
            headings[len(cells)] = row.keys["campaign"] or ("others" if row.suppressed else "-")
        names = [_key_cell(row, key, is_first=at == 0) for at, key in enumerate(keys)]
        cells.append(names + _number_cells(row, rows))
    header = [column.title for column in columns]
    bar = min(_BAR, _WIDTH - len(indent) - width_of([header, *cells]))
    if bar > 1:
        at = header.index("visits") + 1
        columns.insert(at, _Column("", is_text=True))
        header.insert(at, "")
        most = max((row.visits or 0 for row in rows), default=0)
        for row, line in zip(rows, cells, strict=True):
            line.insert(at, _bar(row.visits or 0, most, bar))
    right = {at for at, column in enumerate(columns) if not column.is_text}
    lines = table_lines(header, cells, color=console.colored(console.stdout), right=right)
    yield indent + lines[0]
    for number, text in enumerate(lines[1:]):
        if number in headings:
            yield safe(headings[number])
        yield indent + text


class _Column(NamedTuple):
    title: str
    is_text: bool = False


def _columns(rows: Sequence[Row]) -> Iterator[_Column]:
    yield _Column("previews")
    yield _Column("visits")
    yield _Column("visitors")
    yield _Column("conv.")
    currency = _only_currency(rows)
    unit = f" {currency}" if currency else ""
    if any(row.value for row in rows):
        yield _Column(f"value{unit}")
    if any(row.cost for row in rows):
        yield _Column(f"cost{unit}")
    if any(row.returns and row.returns.roi for row in rows):
        yield _Column("ROI")


def _key_cell(row: Row, key: str, *, is_first: bool) -> str:
    if row.suppressed:
        return f"({row.pooled} with few)" if is_first else ""
    return row.keys[key] or "-"


def _number_cells(row: Row, rows: Sequence[Row]) -> list[str]:
    cells = [
        _number(row.previews),
        _number(row.visits),
        _number(row.visitors),
        _number(row.conversions),
    ]
    is_one = _only_currency(rows) is not None
    if any(one.value for one in rows):
        cells.append(_money(row.value, with_currency=not is_one))
    if any(one.cost for one in rows):
        cells.append(_money(row.cost, with_currency=not is_one))
    if any(one.returns and one.returns.roi for one in rows):
        roi = row.returns.roi if row.returns else None
        cells.append("-" if roi is None else f"{float(roi):+.0%}")
    return cells


def _only_currency(rows: Sequence[Row]) -> str | None:
    """Return the currency of all amounts. None: there are several."""
    amounts = [amount for row in rows for amount in (row.value, row.cost) if amount]
    currencies = {amount.currency for amount in amounts}
    return currencies.pop() if len(currencies) == 1 else None


def _money(amount: Amount | None, *, with_currency: bool) -> str:
    if amount is None:
        return "-"
    named = with_currency and amount.currency
    return f"{amount.value:,}" + (f" {amount.currency}" if named else "")


def _number(value: int | None) -> str:
    return "-" if value is None else f"{value:,}"


def _bar(value: int, most: int, width: int) -> str:
    """Return a bar of at most so many characters, drawn to an eighth of one."""
    eighths = round(value * width * 8 / most) if most else 0
    whole, rest = divmod(max(eighths, 1 if value else 0), 8)
    return "█" * whole + (_EIGHTHS[rest - 1] if rest else "")


def _about_previews(measurement: Measurement) -> Iterator[str]:
    apps = _apps(measurement.rows)
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
        yield f"  {_number(measurement.orphans_suppressed):>6}  with tags of few visitors"


def _about_untagged(measurement: Measurement) -> Iterator[str]:
    if not measurement.origins:
        return
    yield "visits without tags:"
    for one in measurement.origins:
        detail = f" ({one.detail})" if one.detail else ""
        yield f"  {_number(one.visits):>6}  {one.origin}{detail}"


def _about_left_out(measurement: Measurement) -> Iterator[str]:
    reading = measurement.reading
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
            f"{line}: {shorten(named, _WIDTH - len(line) - 2, placeholder=' …')}" if named else line
        )
    if measurement.redirects:
        yield f"  {measurement.redirects:>6,}  redirects"
    for rejected in reading.rejected:
        yield f"  {rejected.count:>6,}  not used: {rejected.reason}"


def say_measurement(console: Console, measurement: Measurement) -> None:
    """Say what the answer does not: the formats read, what cannot be told, how it was counted."""
    formats: dict[str, list[float]] = {}
    for one in measurement.reading.formats:
        formats.setdefault(one.format, []).append(one.share)
    for name, shares in formats.items():
        files = f" in {len(shares):,} files" if len(shares) > 1 else ""
        console.note(f"log format {name}{files}: {min(shares):.0%} of the first lines fit")
    for note in measurement.notes:
        console.note(note)
    for warning in measurement.warnings:
        console.warn(warning)
    if measurement.reading.rejected and console.format is Format.TABLE:
        for rejected in measurement.reading.rejected:
            for sample in rejected.samples[:1]:
                console.note(f"not used ({rejected.reason}): {sample}")
