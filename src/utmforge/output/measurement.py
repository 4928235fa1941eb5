"""What came back, in every format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.errors import counted, quoted
from utmforge.output.formats import Format
from utmforge.output.rows import Row as Record
from utmforge.output.rows import show_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from decimal import Decimal

    from utmforge.measure.result import Excluded, Measurement, Row
    from utmforge.output.console import Console

_KEYS = ("campaign", "channel", "content", "link_id", "page", "day")
_COUNTS = ("previews", "visits", "visitors", "conversions", "value", "cost", "currency")
_RETURNS = ("roi", "roas", "cost_per_visit", "cost_per_conversion", "rate", "rate_low", "rate_high")
FIELDS = (*_KEYS, *_COUNTS, *_RETURNS, "suppressed")
"""What machines get of a row; described in docs/reference/measure.md."""

_BAR = 6
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
            console.write("\n".join(_lines(console, measurement)) + "\n")
        case _:
            records = [_record(row) for row in measurement.rows]
            keys = [_NAMES.get(key, key) for key in measurement.by]
            used = [name for name in (*_COUNTS, *_RETURNS) if any(one[name] for one in records)]
            show_rows(
                console, records, fields=FIELDS, shown=[*keys, *used], key="campaign",
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
        "files": [one._asdict() for one in reading.formats],
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
        "private_parameters": list(measurement.private_parameters),
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
        "value": _decimal(row.value),
        "cost": _decimal(row.cost),
        "currency": row.currency,
        "suppressed": row.suppressed,
    }
    if returns:
        record |= {name: _decimal(getattr(returns, name)) for name in _RETURNS}
    return record


def _decimal(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def _day(day: object) -> str | None:
    return None if day is None else str(day)


def _apps(rows: Iterable[Row]) -> dict[str, int]:
    apps: dict[str, int] = {}
    for row in rows:
        for app, previews in row.preview_apps.items():
            apps[app] = apps.get(app, 0) + previews
    return dict(sorted(apps.items(), key=lambda one: (-one[1], one[0])))
