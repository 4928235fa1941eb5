"""What came back as machines get it; described in docs/reference/measure.md."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from utmforge.measure.result import LOG, NOT_ISSUED_YET
from utmforge.output.dark_social_records import advice_record, dark_social_record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from utmforge.measure.result import ContentDifference, Measurement, Orphan, Planned, Row
    from utmforge.output.rows import Row as Record

_KEYS = ("campaign", "channel", "content", "link_id", "page", "day")
COUNTS = ("previews", "visits", "visitors", "conversions", "value", "cost", "currency")
RETURNS = ("roi", "roas", "cost_per_visit", "cost_per_conversion", "rate", "rate_low", "rate_high")
FIELDS = (*_KEYS, *COUNTS, *RETURNS, "suppressed")
"""What machines get of a row; described in docs/reference/measure.md."""

WHY = "why"
"""The column that tells rows of planned tags from others; only there if there are such rows."""

NAMES = {"link": "link_id"}
"""The columns of keys that are called otherwise."""


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
        "rows": [record_in(measurement, row) for row in measurement.rows],
        "preview_apps": preview_apps(measurement.rows),
        "differences": [_difference(one) for one in measurement.differences],
        "orphans": [_orphan(one) for one in measurement.orphans],
        "orphan_visits_suppressed": measurement.orphans_suppressed,
        "late": [one._asdict() | {"since": _day(one.since)} for one in measurement.late],
        "untagged": [one._asdict() for one in measurement.origins],
        "dark_social": dark_social_record(measurement.dark_social),
        "advice": [advice_record(one) for one in measurement.advice],
        "min_visitors": measurement.minimum,
        "method": list(measurement.method),
        "source": measurement.source,
    }


def record_in(measurement: Measurement, row: Row) -> Record:
    """Return a row of a measurement; only a log tells previews."""
    record = record_of(row)
    return record if measurement.source == LOG else record | {"previews": None}


def record_of(row: Row) -> Record:
    """Return a row as machines get it: whole numbers, decimal texts, null where unknown."""
    returns = row.returns
    record: Record = dict.fromkeys(FIELDS)
    record |= {NAMES.get(key, key): value for key, value in row.keys.items()}
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
        record |= {name: getattr(returns, name) for name in RETURNS}
        if not returns.is_enough:
            record["rate_low"] = record["rate_high"] = None
    return record


def with_one_currency(record: Record, other: Record, ending: str) -> Record:
    """Return a record whose amounts are in one currency, as it has one column for that.

    Args:
        record: With the amounts of another in columns such as `value_before`.
        other: The other one.
        ending: The end of the names of these columns.
    """
    amounts = ("value", "cost")
    if all(other[name] is None for name in amounts):
        return record
    if all(record[name] is None for name in amounts):
        return record | {"currency": other["currency"]}
    if record["currency"] == other["currency"]:
        return record
    return record | {f"{name}{ending}": None for name in amounts if f"{name}{ending}" in record}


def records_of_planned(measurement: Measurement) -> list[Record]:
    """Return rows for tags that campaigns.toml has and whose links are not issued: their visits."""
    found: dict[Planned, list[Orphan]] = {}
    for one in measurement.orphans:
        if one.planned:
            found.setdefault(one.planned, []).append(one)
    return [
        dict.fromkeys(FIELDS)
        | {
            "campaign": those[0].campaign,
            "channel": planned.channel,
            "visits": sum(one.visits for one in those),
            "suppressed": False,
            WHY: NOT_ISSUED_YET,
        }
        for planned, those in found.items()
    ]


def _orphan(one: Orphan) -> dict[str, object]:
    return {name: value for name, value in one._asdict().items() if name != "planned"}


def _currency(row: Row) -> str | None:
    amount = row.value or row.cost
    return (amount.currency or None) if amount else None


def _day(day: object) -> str | None:
    return None if day is None else str(day)


def preview_apps(rows: Iterable[Row]) -> dict[str, int]:
    """Return the previews of all rows by app, the most frequent first."""
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
