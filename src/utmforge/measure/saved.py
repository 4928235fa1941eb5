"""Measurements that are saved under a name: what was shown, and nothing else.

    links.db                          the registry
    links.measurements/2026-03.json   what `measure --save 2026-03` showed

A saved measurement has the rows of an answer: no hits, and no count that was suppressed in it.
Those of a registry on a server are on this computer, in the folder for data of utmforge.
"""

from __future__ import annotations

import json
import re
import unicodedata
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from utmforge.errors import (
    MissingInput,
    OutputFileError,
    Refused,
    SavedMeasurementUnusable,
    did_you_mean,
    quoted,
)
from utmforge.files.atomic import atomic_write
from utmforge.measure.money.amounts import Amount
from utmforge.measure.result import KEYS, Key, Row
from utmforge.privacy.find import find_private

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MAX_NAME = 64
_FORMAT = 1
_ENDING = ".json"
_NAME = re.compile(r"[^\W_][\w.-]*(?<!\.)")
_OF_WINDOWS = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
_MAX_BYTES = 50_000_000
_MAX_COUNT = 10**15
"""More than is ever counted; statistics of larger numbers are not exact, and fail at last."""
_MAX_NAMED = 5
"""As many names as fit a line."""


class SavedMeasurement(NamedTuple):
    """What a measurement showed."""

    name: str
    """The name that it was saved under."""
    saved_at: str
    """When, in UTC, such as 2026-04-01T08:00:00Z."""
    source: str
    """What was measured: `log`, or the name of an analytics tool."""
    since: date
    """The first day."""
    until: date
    """The last day."""
    zone: str
    """The time zone of days."""
    by: tuple[Key, ...]
    """What was counted by."""
    minimum: int
    """No count of fewer visitors was shown."""
    campaign: str | None
    """The only campaign that was measured. None: all."""
    rows: tuple[Row, ...]
    """The rows, without previews by app and without what follows from the others."""


class SavedMeasurements:
    """The saved measurements of one registry."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def names(self) -> list[str]:
        """Return the names, in order."""
        try:
            found = [
                path.name.removesuffix(_ENDING)
                for path in self.folder.iterdir()
                if path.name.endswith(_ENDING) and not path.name.startswith(".")
                if path.is_file()  # a pipe would be waited for
            ]
        except OSError:  # nothing was saved yet
            return []
        return sorted(found)

    def new_path(self, name: str, *, overwrite: bool) -> Path:
        """Return the file for a name.

        Raises:
            Refused: It cannot be the name of a file everywhere, or contains personal data.
            OutputFileError: It is in use, and must not be overwritten, or is a link.
        """
        name = _checked(name)
        used = next((one for one in self.names() if one.casefold() == name.casefold()), None)
        if used and not overwrite:
            raise OutputFileError(
                f"a measurement {quoted(used)} is already saved",
                hint="choose another name, or use --force",
            )
        path = self.folder / f"{used or name}{_ENDING}"
        if path.is_symlink():  # it may come with a folder from another person
            raise OutputFileError(
                f"cannot write {quoted(path)}: it is a link to another file",
                hint="delete it, or choose another name",
            )
        return path

    def save(self, measurement: SavedMeasurement, path: Path) -> None:
        """Write a measurement to the file of its name.

        Raises:
            OutputFileError: It cannot be written.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            why = (error.strerror or str(error)).lower()
            raise OutputFileError(f"cannot create {quoted(self.folder)}: {why}") from None
        with atomic_write(path) as draft:
            draft.write_text(f"{json.dumps(_written(measurement), indent=1)}\n", encoding="utf-8")

    def load(self, name: str) -> SavedMeasurement:
        """Read the measurement of a name.

        Raises:
            MissingInput: There is none.
            SavedMeasurementUnusable: It cannot be read.
        """
        names = self.names()
        wanted = unicodedata.normalize("NFC", name)
        near = (one for one in names if one.casefold() == wanted.casefold())
        found = wanted if wanted in names else next(near, None)
        if found is None:
            raise MissingInput(f"no measurement {quoted(name)} is saved", hint=_hint(name, names))
        return self._load(found)

    def load_all(self) -> tuple[list[SavedMeasurement], list[SavedMeasurementUnusable]]:
        """Read all measurements; return also why each of the others cannot be read."""
        found, broken = [], []
        for name in self.names():
            try:
                found.append(self._load(name))
            except SavedMeasurementUnusable as error:
                broken.append(error)
        return found, broken

    def _load(self, name: str) -> SavedMeasurement:
        path = self.folder / f"{name}{_ENDING}"
        try:
            with path.open("rb") as file:
                data = json.loads(file.read(_MAX_BYTES))
            if data["utmforge_measurement"] > _FORMAT:
                raise SavedMeasurementUnusable(
                    f"{quoted(path)} was written by a newer version of utmforge",
                    hint="update utmforge",
                )
            return _read(name, data)
        except OSError as error:
            why = (error.strerror or str(error)).lower()
            raise SavedMeasurementUnusable(f"cannot read {quoted(path)}: {why}") from None
        except (ValueError, KeyError, TypeError, RecursionError, AttributeError):
            raise SavedMeasurementUnusable(
                f"{quoted(path)} is damaged", hint="delete it, and save the measurement again"
            ) from None


def _checked(name: str) -> str:
    """Return a name in its usual Unicode form.

    Raises:
        Refused: It cannot be the name of a file everywhere, or contains personal data.
    """
    name = unicodedata.normalize("NFC", name)
    hint = "use letters, digits, - and _, such as 2026-03"
    if not _NAME.fullmatch(name) or _OF_WINDOWS.fullmatch(name):
        raise Refused(f"{quoted(name, 40)} cannot be the name of a measurement", hint=hint)
    if len(name.encode()) > MAX_NAME:
        raise Refused(f"the name of a measurement has at most {MAX_NAME} bytes", hint=hint)
    if private := find_private(name):
        raise Refused(f"the name holds private data ({private[0].kind})", hint=hint)
    return name


def _hint(name: str, names: list[str]) -> str:
    if not names:
        return "nothing is saved yet: --save NAME saves what a measurement shows"
    shown = ", ".join(map(quoted, names[-_MAX_NAMED:]))
    is_all = len(names) <= _MAX_NAMED
    listed = f"saved are {shown}" if is_all else f"the last of {len(names)} are {shown}"
    return did_you_mean(name, names) or listed


def _written(one: SavedMeasurement) -> dict[str, object]:
    return {
        "utmforge_measurement": _FORMAT,
        "saved_at": one.saved_at,
        "source": one.source,
        "since": str(one.since),
        "until": str(one.until),
        "timezone": one.zone,
        "by": list(one.by),
        "min_visitors": one.minimum,
        "campaign": one.campaign,
        "rows": [_row_written(row) for row in one.rows],
    }


def _row_written(row: Row) -> dict[str, object]:
    return {
        **{name: getattr(row, name) for name in _COUNTS},
        "keys": dict(row.keys),
        "value": row.value and [row.value.minor, row.value.currency],
        "cost": row.cost and [row.cost.minor, row.cost.currency],
        "suppressed": row.suppressed,
        "pooled": row.pooled,
    }


_COUNTS = ("previews", "visits", "visitors", "conversions", "converted")


def _read(name: str, data: Mapping[str, Any]) -> SavedMeasurement:
    """Return the measurement in a file; `ValueError` and the like if it is not one."""
    known: dict[str, Key] = {key: key for key in KEYS}
    by = tuple(known[key] for key in data["by"])
    since, until = date.fromisoformat(data["since"]), date.fromisoformat(data["until"])
    if until < since:
        raise ValueError("no period")
    return SavedMeasurement(
        name,
        _text(data["saved_at"]),
        _text(data["source"]),
        since,
        until,
        _text(data["timezone"]),
        by,
        _number(data["min_visitors"]) or 0,
        None if data["campaign"] is None else _text(data["campaign"]),
        tuple(_row_read(row, by) for row in data["rows"]),
    )


def _row_read(row: Mapping[str, Any], by: tuple[Key, ...]) -> Row:
    keys = {key: row["keys"][key] for key in by}
    counts = {name: _number(row[name]) for name in _COUNTS}
    return Row(
        {key: None if value is None else _text(value) for key, value in keys.items()},
        counts["previews"] or 0,
        {},
        counts["visits"],
        counts["visitors"],
        counts["conversions"],
        counts["converted"],
        _amount(row["value"]),
        _amount(row["cost"]),
        suppressed=row["suppressed"] is True,
        pooled=_number(row["pooled"]) or 0,
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value


def _number(value: object) -> int | None:
    if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
        raise TypeError("not a count")
    if value is not None and not 0 <= value <= _MAX_COUNT:
        raise ValueError("not a count")
    return value


def _amount(value: object) -> Amount | None:
    if value is None:
        return None
    if not isinstance(value, list):
        raise TypeError("not an amount")
    minor, currency = value
    if not isinstance(minor, int) or abs(minor) > _MAX_COUNT:
        raise TypeError("not an amount")
    return Amount(minor, _text(currency))
