r"""Read the reports that analytics tools export: the visits of each source, medium and campaign.

It reads GA4's downloads in ten languages, exports of Matomo and Plausible,
and any CSV with a column for a tag or a column of tagged addresses.

>>> report = read_report(b"utm_source,visits\nnews,12\nNews,3\n", "report.csv")
>>> report.unit, [(row.tags, row.visits) for row in report.rows]
('visits', [({'source': 'news'}, 12), ({'source': 'News'}, 3)])
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from utmforge.analytics.exports.columns import matomo_label
from utmforge.analytics.exports.rows import REPORT_FIELDS, ReportRow, TableRows, rows_of
from utmforge.analytics.exports.tables import Period, Table, tables_in
from utmforge.errors import MissingInput, ReportUnreadable, did_you_mean, quoted
from utmforge.files.csv_tables import refuse_page
from utmforge.files.decoding import is_archive, is_undecoded, text_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


_MAX_SHOWN = 8


class Report(NamedTuple):
    """A report that was read."""

    rows: tuple[ReportRow, ...]
    """Without totals. Of tables about the same field, only the one with the highest total."""
    unit: str
    """What is counted: `sessions`, `visits`, `users` …; `rows` without a count."""
    period: Period
    """The dates it covers, if it has them."""
    columns: Mapping[str, str]
    """The header used for each field."""
    skipped: tuple[int, ...]
    """The lines of rows whose count is not a number."""
    is_lower: bool
    """Whether the tool records everything in lower case, as Matomo does."""
    event: str | None = None
    """The event whose rows are counted, where each session has a row for each of its events."""


def read_report(raw: bytes, name: str, mapping: Mapping[str, str] | None = None) -> Report:
    """Read a report.

    Args:
        raw: The file, in UTF-8, UTF-16 or Windows-1252.
        name: Its name in messages.
        mapping: The column for each of `MAPPED` that the headers do not show.

    Raises:
        ReportUnreadable: It is not a report of tags.
        MissingInput: A column of `mapping` is missing.
        UnreadableInput: It is a web page.
    """
    mapping = mapping or {}
    if is_archive(raw):
        raise ReportUnreadable(
            f"{quoted(name)} is an archive or an Excel workbook",
            hint="unpack it, or save the sheet as CSV",
        )
    text = text_of(raw)
    refuse_page(text, name)
    tables, period = tables_in(text, name)
    read = [one for table in tables if (one := rows_of(table, mapping))]
    _refuse_undecoded(read, name)
    if not read:
        raise _nothing_in(tables, name, mapping)
    best = {
        field: max((one for one in read if field in one.columns), key=lambda one: one.total(field))
        for field in REPORT_FIELDS
        if any(field in one.columns for one in read)
    }
    rows = [
        row._replace(tags=tags)
        for one in read
        for row in one.rows
        if (tags := {field: tag for field, tag in row.tags.items() if best[field] is one})
    ]
    return Report(
        tuple(rows),
        next(iter(best.values())).unit,
        period,
        {field: one.columns[field] for field, one in best.items()},
        tuple(line for one in read for line in one.skipped),
        any(matomo_label(table.header) is not None for table in tables),
        next((one.event for one in best.values() if one.event), None),
    )


def _refuse_undecoded(tables: Sequence[TableRows], name: str) -> None:
    """Refuse names with bytes that are neither UTF-8 nor Windows-1252."""
    for row in (row for table in tables for row in table.rows):
        for field, value in row.tags.items():
            if is_undecoded(value):
                raise ReportUnreadable(
                    f"{field} is not UTF-8 text",
                    where=f"{name}:{row.line}",
                    hint="save the file again as UTF-8",
                )


def _nothing_in(
    tables: Sequence[Table], name: str, mapping: Mapping[str, str]
) -> ReportUnreadable | MissingInput:
    header = [cell for table in tables for cell in table.header if cell]
    shown = ", ".join(quoted(cell, 30) for cell in header[:_MAX_SHOWN])
    missing = [column for column in mapping.values() if column not in header]
    if missing and header:
        return MissingInput(
            f"{quoted(name)} has no column {quoted(missing[0])}",
            hint=did_you_mean(missing[0], header) or f"its columns are {shown}",
        )
    if not header:
        return ReportUnreadable(f"{quoted(name)} is empty", hint="export it again, as CSV")
    return ReportUnreadable(
        f"{quoted(name)} has no column of sources, mediums, campaigns or tagged addresses",
        hint=f"name the column, such as --map source=COLUMN; its columns are {shown}",
    )
