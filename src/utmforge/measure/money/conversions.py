r"""The conversions that a user hands in as a table, joined by link, campaign or coupon.

    time;link id;value;currency
    2026-09-14T08:03:11+02:00;k7m2xq9rtw4b;49,00;EUR

>>> file = read_conversions(["campaign,value,currency\n", "spring,49.00,EUR\n"])
>>> file.rows[0].campaign, file.rows[0].value
('spring', Amount(minor=4900, currency='EUR'))

Each row that cannot be read is told with its line, and nothing in it is guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from utmforge.analytics.exports.numbers import count_in
from utmforge.errors import MeasuringError
from utmforge.files.csv_tables import (
    MORE_CELLS,
    NotCsv,
    TableRow,
    beyond,
    header_at,
    is_comment,
    read_rows,
    separator_of,
)
from utmforge.files.header_words import plain_header
from utmforge.measure.money.amounts import (
    Amount,
    NotAnAmount,
    check_currency,
    names_currency,
    parse_amount,
)
from utmforge.measure.private_values import quoted_cell
from utmforge.texts import EARLIEST_YEAR
from utmforge.urls.link_ids import is_link_id
from utmforge.urls.link_ids import link_id as id_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import tzinfo

# English, French, German and Spanish, as `plain_header` writes them.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "time": (
        *("time", "date", "datetime", "timestamp", "created_at", "order_date", "conversion_time"),
        *("heure", "date_heure", "date_de_commande", "zeit", "datum", "zeitpunkt", "bestelldatum"),
        *("fecha", "hora", "fecha_y_hora", "fecha_de_pedido"),
    ),
    "link_id": (
        *("link_id", "link", "id", "lien", "id_du_lien", "id_lien", "link_nr", "enlace"),
        *("id_de_enlace", "id_del_enlace"),
    ),
    "campaign": (
        *("campaign", "utm_campaign", "campaign_name", "campagne", "nom_de_campagne", "kampagne"),
        *("kampagnenname", "campana", "nombre_de_campana"),
    ),
    "coupon": (
        *(
            "coupon",
            "coupon_code",
            "code",
            "promo_code",
            "voucher",
            "code_promo",
            "bon_de_reduction",
        ),
        *("gutschein", "gutscheincode", "rabattcode", "cupon", "codigo", "codigo_promocional"),
    ),
    "value": (
        *(
            "value",
            "amount",
            "revenue",
            "total",
            "price",
            "valeur",
            "montant",
            "chiffre_d_affaires",
        ),
        *("wert", "betrag", "umsatz", "preis", "valor", "importe", "ingresos", "precio"),
    ),
    "currency": ("currency", "devise", "monnaie", "waehrung", "wahrung", "moneda", "divisa"),
    "count": (
        *(
            "count",
            "conversions",
            "orders",
            "quantity",
            "number",
            "nombre",
            "commandes",
            "quantite",
        ),
        *("anzahl", "bestellungen", "menge", "cantidad", "pedidos", "conversiones", "numero"),
    ),
}
"""By column: its headers, the most specific first."""

_KEYS = ("link_id", "campaign", "coupon")
_FIELD_OF = {name: field for field, names in COLUMNS.items() for name in names}
_SAMPLE = 50
_MAX_CELL = 10_000
_MAX_COUNT = 10**9
_EPOCH = re.compile(r"\d{10}", re.ASCII)


class ConversionsUnreadable(ValueError):
    """The table as a whole is not one of conversions."""


@dataclass(frozen=True, slots=True)
class Conversion:
    """One row: one conversion, or several of the same kind."""

    line: int
    """The file's line on which it begins, from 1."""
    time: int | None
    """Epoch seconds, UTC. None: not given."""
    link_id: str | None
    """The link. None: not given."""
    campaign: str | None
    """The campaign's name. None: not given."""
    coupon: str | None
    """The coupon. None: not given."""
    value: Amount | None
    """What all conversions of the row are worth together. None: not given."""
    count: int
    """How many conversions; 1 without a column for it."""


class RowProblem(NamedTuple):
    """A row that was left out."""

    line: int
    """The file's line on which it begins, from 1."""
    message: str
    """Why."""


class ConversionFile(NamedTuple):
    """A table of conversions, row by row."""

    rows: tuple[Conversion, ...]
    """The rows that can be read."""
    problems: tuple[RowProblem, ...]
    """The rows that cannot."""
    columns: tuple[str, ...]
    """The columns that were found, such as `link_id`."""


def read_conversions(
    lines: Iterable[str], *, currency: str | None = None, zone: tzinfo = UTC
) -> ConversionFile:
    """Read a table of conversions.

    Args:
        lines: The table, with a header.
        currency: The currency of values that do not name one. None: they have none.
        zone: The time zone of times that do not name one.

    Raises:
        MeasuringError: It has no header, or no column for a link, a campaign or a coupon.
    """
    lines = list(lines)
    separator = separator_of(lines[:_SAMPLE])
    rows: list[TableRow] = []
    problems: list[RowProblem] = []
    try:
        rows.extend(read_rows(lines, separator, max_cell=_MAX_CELL))
    except NotCsv as error:
        problems.append(RowProblem(error.line, f"not CSV from here on: {error}"))
    at = header_at([row.cells for row in islice(rows, _SAMPLE)], _is_known)
    columns = _columns(rows[at].cells if at is not None else ())
    if at is None or not columns.keys() & set(_KEYS):
        found = ", ".join(columns) or "none that is known"
        raise MeasuringError(
            f"no column has the link, the campaign or the coupon of a conversion (found: {found})",
            hint="name a column link, campaign or coupon; besides it value, currency, count, time",
        )
    reader = _RowReader(columns, len(rows[at].cells), currency, zone)
    conversions = []
    for row in rows[at + 1 :]:
        if is_comment(row.cells):
            continue
        try:
            conversions.append(reader.read(row))
        except (NotAnAmount, ConversionsUnreadable) as error:
            problems.append(RowProblem(row.line, str(error)))
    return ConversionFile(tuple(conversions), tuple(sorted(problems)), tuple(columns))


def _is_known(header: str) -> bool:
    return plain_header(header) in _FIELD_OF


def _columns(header: Sequence[str]) -> dict[str, int]:
    """Return the place of each column; of several the most specific."""
    names = [plain_header(cell) for cell in header]
    return {
        field: next(names.index(name) for name in known if name in names)
        for field, known in COLUMNS.items()
        if not set(known).isdisjoint(names)
    }


class _RowReader:
    """Read rows with these columns."""

    def __init__(
        self, columns: Mapping[str, int], width: int, currency: str | None, zone: tzinfo
    ) -> None:
        self.columns = columns
        self.width = width
        self.currency = currency
        self.zone = zone

    def read(self, row: TableRow) -> Conversion:
        """Return the conversion in a row.

        Raises:
            ConversionsUnreadable: Something in it cannot be read.
            NotAnAmount: Its value cannot.
        """
        if beyond(row.cells, self.width):
            raise ConversionsUnreadable(MORE_CELLS)
        cells = {
            field: row.cells[at] if at < len(row.cells) else ""
            for field, at in self.columns.items()
        }
        link_id, campaign, coupon = (cells.get(key) or None for key in _KEYS)
        if not (link_id or campaign or coupon):
            raise ConversionsUnreadable("the row has no link, campaign or coupon")
        if link_id and "://" in link_id:
            link_id = id_of(link_id)
        if link_id and not is_link_id(link_id):
            raise ConversionsUnreadable(f"{quoted_cell(link_id)} is not the id of a link")
        return Conversion(
            row.line,
            time_in(cells.get("time", ""), self.zone),
            link_id,
            campaign,
            coupon,
            self._value(cells),
            _count(cells.get("count")),
        )

    def _value(self, cells: Mapping[str, str]) -> Amount | None:
        text, given = cells.get("value", ""), cells.get("currency", "")
        if not text:
            return None
        if given:
            return parse_amount(text, check_currency(given))
        if names_currency(text):
            return parse_amount(text)
        if "currency" in self.columns:
            raise ConversionsUnreadable(f"the value {quoted_cell(text)} has no currency")
        return parse_amount(text, self.currency)


def _count(text: str | None) -> int:
    if text is None or text == "":
        return 1
    count = count_in(text)
    if count is None or count > _MAX_COUNT:
        raise ConversionsUnreadable(f"{quoted_cell(text)} is not a number of conversions")
    return count


def time_in(text: str, zone: tzinfo) -> int | None:
    """Return a time in epoch seconds; None: the text is empty.

    Args:
        text: ISO 8601, such as `2026-09-14 08:03`, or epoch seconds.
        zone: The time zone of times that do not name one.

    Raises:
        ConversionsUnreadable: It is neither; `03/04/2026` may be in March or in April.
    """
    if not text:
        return None
    if _EPOCH.fullmatch(text):
        return int(text)
    try:
        found = datetime.fromisoformat(text) if text.isascii() and "-" in text[:5] else None
        found = found and (found if found.tzinfo else found.replace(tzinfo=zone))
        seconds = int(found.timestamp()) if found and found.year >= EARLIEST_YEAR else None
    except (ValueError, OverflowError):
        seconds = None
    if seconds is None:
        raise ConversionsUnreadable(
            f"{quoted_cell(text)} is not a time such as 2026-09-14 or 2026-09-14T08:03:11+02:00"
        )
    return seconds
