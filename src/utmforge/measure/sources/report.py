"""A report that an analytics tool exported → its visits, visitors and conversions by tags."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from typing import TYPE_CHECKING, NamedTuple

from utmforge.analytics.exports.columns import matomo_label, special_columns
from utmforge.analytics.exports.numbers import count_in
from utmforge.analytics.exports.report import read_report
from utmforge.analytics.exports.tables import tables_in
from utmforge.analytics.exports.words import (
    CONVERSIONS,
    CONVERTED,
    COUNTS,
    DAYS,
    ENGAGED,
    OF_THE_FIRST_VISIT,
    OF_THE_SESSION,
    REVENUE,
)
from utmforge.campaigns.currencies import decimals_of
from utmforge.errors import ReportUnreadable, quoted
from utmforge.files.decoding import text_of
from utmforge.files.header_words import plain_header
from utmforge.measure.dark_social.result import Sentence
from utmforge.measure.money.amounts import MAX_MINOR, Amount, NotAnAmount, parse_amount
from utmforge.measure.sources.base import REPORT, SourceCounts, TagCount

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from utmforge.analytics.exports.report import Report
    from utmforge.analytics.exports.rows import ReportRow
    from utmforge.analytics.exports.tables import Table

_VISITS = (*COUNTS["sessions"], *COUNTS["visits"])
_VISITORS = tuple(name for name in (*COUNTS["users"], *COUNTS["visitors"]) if name != "new_users")
_PLAUSIBLE = frozenset(("visit_duration", "bounce_rate", "bounces"))
_DAY = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})")
_GA4_METHOD = (
    Sentence(
        "tool-sessions",
        "Visits are GA4's sessions, and visitors its users, of which one may be in several rows.",
    ),
    Sentence(
        "earlier-campaign",
        "GA4 may file a visit without tags under the campaign that brought the visitor before; a "
        "log does not.",
    ),
)


class _Columns(NamedTuple):
    """Where a table has its counts. None: it has none of the kind."""

    visits: int | None
    visitors: int | None
    conversions: int | None
    converted: int | None
    revenue: int | None
    day: int | None


def read_source_report(
    raw: bytes, name: str, currency: str | None, mapping: Mapping[str, str] | None = None
) -> SourceCounts:
    """Read a report of GA4, Matomo, Plausible or another tool.

    Args:
        raw: The file.
        name: Its name in messages.
        currency: That of its revenue, which reports do not name.
        mapping: The column for each field that the headers do not show.

    Raises:
        ReportUnreadable: It is not a report of tags, or counts neither visits nor visitors.
        MissingInput: A column of `mapping` is missing.
    """
    report = read_report(raw, name, mapping)
    tables, _ = tables_in(text_of(raw), name)
    table, rows = _best_table(tables, report)
    _refuse_comparison(table, name)
    is_first = _is_of_first_visits(report)
    columns = _columns_of(table, (mapping or {}).get("count"), is_first=is_first)
    _refuse_without_counts(table, columns, name)
    return _counts(report, table, rows, columns, name, currency)


def _counts(
    report: Report,
    table: Table,
    rows: Sequence[ReportRow],
    columns: _Columns,
    name: str,
    currency: str | None,
) -> SourceCounts:
    """Return what a table of a report counts."""
    cells = {row.line: row.cells for row in table.rows}
    counts = [_count(row, cells[row.line], columns, currency) for row in rows]
    days = [one.day for one in counts if one.day]
    tool = _tool_of(table, report)
    has_revenue = any(one.value for one in counts)
    return SourceCounts(
        name=name,
        tool=tool,
        form=f"{tool} report" if tool != REPORT else REPORT,
        counts=tuple(counts),
        fields=frozenset(field for row in rows for field in row.tags),
        since=report.period.first or min(days, default=None),
        until=report.period.last or max(days, default=None),
        has_visits=columns.visits is not None,
        has_visitors=columns.visitors is not None,
        has_conversions=columns.conversions is not None,
        has_converted=columns.converted is not None,
        has_days=bool(days) and len(days) == len(counts),
        is_lower=report.is_lower,
        lines_read=len(rows) + len(report.skipped),
        lines_used=len(rows),
        left_out="the count is not a number",
        notes=tuple(
            _notes(report, currency, has_revenue=has_revenue, is_first=_is_of_first_visits(report))
        ),
        warnings=tuple(
            f"line {line} of {name}: not counted: its count is not a number"
            for line in report.skipped
        ),
        method=_GA4_METHOD if tool == "GA4" else (_method(None if tool == REPORT else tool),),
    )


def _refuse_without_counts(table: Table, columns: _Columns, name: str) -> None:
    """Refuse a table that counts neither visits nor visitors.

    Raises:
        ReportUnreadable: It is one.
    """
    if columns.visits is None and columns.visitors is None:
        shown = ", ".join(quoted(cell, 30) for cell in table.header[:8] if cell)
        raise ReportUnreadable(
            f"{quoted(name)} has no column of sessions, visits or users",
            hint=f"export it with one, or name it with --map count=COLUMN; its columns are {shown}",
        )


def _method(tool: str | None) -> Sentence:
    return Sentence(
        "tool-counts",
        f"Visits and visitors are those that {tool or 'it'} counts.",
        {"tool": tool},
    )


def _refuse_comparison(table: Table, name: str) -> None:
    """Refuse a report of two periods: its rows would be added up."""
    at, _ = special_columns(table.header)
    periods = {row.cells[at] for row in table.rows if at is not None and at < len(row.cells)}
    if len({period for period in periods if "%" not in period}) > 1:
        raise ReportUnreadable(
            f"{quoted(name)} compares periods", hint="export it for one period, without comparison"
        )


def _notes(
    report: Report, currency: str | None, *, has_revenue: bool, is_first: bool
) -> Iterator[Sentence]:
    if report.event:
        yield Sentence(
            "one-event",
            f"only the event {report.event} is counted: a session has a row for each",
            {"event": report.event},
        )
    if has_revenue and currency:
        yield Sentence(
            "currency-taken",
            f"the report does not name its currency: {currency} is taken, that of campaigns.toml",
            {"currency": currency},
        )
    if is_first:
        yield Sentence(
            "first-visits",
            "the report has the tags of each user's first visit, not of every visit",
        )


def _best_table(tables: Sequence[Table], report: Report) -> tuple[Table, list[ReportRow]]:
    """Return the table that tells most tags, with its rows: each table covers all visits."""
    best: tuple[Table, list[ReportRow]] = (tables[0], [])
    rank: tuple[bool, int, int] = (False, 0, -1)
    for table in tables:
        lines = {row.line for row in table.rows}
        rows = [row for row in report.rows if row.line in lines]
        fields = {field for row in rows for field in row.tags}
        found = ("campaign" in fields, len(fields), sum(row.visits for row in rows))
        if rows and found > rank:
            best, rank = (table, rows), found
    return best


def _is_of_first_visits(report: Report) -> bool:
    """Tell whether a report is about how users came for the first time, as GA4's of users is."""
    words = {word for header in report.columns.values() for word in plain_header(header).split("_")}
    return bool(words & OF_THE_FIRST_VISIT) and not words & OF_THE_SESSION


def _columns_of(table: Table, asked: str | None, *, is_first: bool) -> _Columns:
    names = [plain_header(cell) for cell in table.header]

    def first(known: Sequence[str]) -> int | None:
        return next((names.index(name) for name in known if name in names), None)

    visits = names.index(plain_header(asked)) if asked else first(_VISITS)
    return _Columns(
        visits,
        first((*_VISITORS, "new_users") if is_first else _VISITORS),
        first(CONVERSIONS),
        first(CONVERTED),
        first(REVENUE),
        first(DAYS),
    )


def _count(
    row: ReportRow, cells: Sequence[str], columns: _Columns, currency: str | None
) -> TagCount:
    def number(at: int | None) -> int | None:
        return None if at is None or at >= len(cells) else count_in(cells[at])

    visits, visitors = number(columns.visits), number(columns.visitors)
    return TagCount(
        row.tags,
        visits or 0,
        (visits if visitors is None else visitors) or 0,
        number(columns.conversions) or 0,
        number(columns.converted) or 0,
        _revenue(cells, columns.revenue, currency),
        _day(cells, columns.day),
    )


def _revenue(cells: Sequence[str], at: int | None, currency: str | None) -> Amount | None:
    """Return the revenue of a row, in the currency's smallest unit. None: nothing, or unclear."""
    text = "" if at is None or at >= len(cells) else cells[at].strip()
    if not text:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        with suppress(NotAnAmount):
            amount = parse_amount(text, currency)
            return amount if amount.minor else None
        return None
    if not value.is_finite() or abs(value) >= MAX_MINOR:
        return None
    minor = value.scaleb(decimals_of(currency)).to_integral_value(ROUND_HALF_EVEN)
    return Amount(int(minor), currency or "") if minor else None


def _day(cells: Sequence[str], at: int | None) -> date | None:
    match = _DAY.match(cells[at].strip()) if at is not None and at < len(cells) else None
    if match:
        with suppress(ValueError):
            return date(*map(int, match.groups()))
    return None


def _tool_of(table: Table, report: Report) -> str:
    """Return the tool that a table's headers are of."""
    names = {plain_header(cell) for cell in table.header}
    if matomo_label(table.header) is not None or any(name.startswith("nb_") for name in names):
        return "Matomo"
    if names & ENGAGED or any("session" in name.split("_") for name in names):
        return "GA4"
    is_sessions = bool(names & set(COUNTS["sessions"])) and report.period.first is not None
    if is_sessions:
        return "GA4"
    return "Plausible" if names & _PLAUSIBLE and "visitors" in names else REPORT
