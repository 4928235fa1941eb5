"""Slips that people make in TOML, and the line as it should be.

    starts = 20/03/2026         → starts = 2026-03-20
    [campaigns.spring sale]     → [campaigns.spring-sale]
    message = "Spring is here.  → message = "Spring is here."

Each line that may be at fault is written in other ways, and the first one with which the file can
be read further than before is proposed. A proposal is therefore always valid TOML.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from utmforge.files.toml_text import NotToml, is_bare_key, parse_toml

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_CHARACTERS = 200
"""A longer line is not proposed."""
_MAX_BYTES = 200_000
"""A longer file is not read again and again."""
_MAX_LINES_ABOVE = 12
"""How many lines above the error may hold the slip, such as a list that is not closed."""

_DOUBLE_QUOTES = "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\uff02"
_SINGLE_QUOTES = "\u2018\u2019\u201a\u201b\u2032\u0060\u00b4"
_SPACES = "\u00a0\u202f\u2007"
_STRAIGHT = str.maketrans(
    dict.fromkeys(_DOUBLE_QUOTES, '"')
    | dict.fromkeys(_SINGLE_QUOTES, "'")
    | dict.fromkeys(_SPACES, " ")
    | {"\uff1d": "="}
)
_KEY_VALUE = re.compile(r"\s*([^=\[\]#\"']+?|\"[^\"]*\")\s*(==|=|:=|:|=>)\s*(.*?)\s*")
_WITHOUT_SIGN = re.compile(r"\s*([A-Za-z_]+)\s+([\"'\[].*|\d[\d-]*|true|false)\s*")
_HEADER = re.compile(r"\s*\[{0,2}\s*([^\[\]#=]+?)\s*\]{0,2}\s*(#.*)?")
_KINDS = ("campaigns", "channels", "convention", "goals", "workspace", "lint")
_ONE_BY_NAME = ("campaigns", "channels")
_LISTS = ("channels", "contents")
_DAYS = ("starts", "ends")
_OTHER_COMMENT = re.compile(r"(?://|;|--)\s*(.*)|<!--\s*(.*?)\s*-->|/\*\s*(.*?)\s*\*/")
_PARTS = ("placements", "costs", "link_costs", "coupons", "lint", "aliases")
_YEAR_FIRST = re.compile(r"[\"']?(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})[\"']?")
_YEAR_LAST = re.compile(r"[\"']?(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})[\"']?")
_A_DAY = re.compile(r"\d{4}-\d\d-\d\d(?:\s+#.*)?")
_ISO = re.compile(r"= \d{4}-\d\d-\d\d\b")
_WITH_TIME = re.compile(r"[\"']?(\d{4}-\d\d-\d\d)[T ]\d\d?:\d\d.*")
_LAST_DAYS, _MONTHS, _YEARS = range(29, 32), range(1, 13), range(1990, 10_000)
_COMPACT = re.compile(r"(20\d\d)(\d\d)(\d\d)")
_AMOUNT = re.compile(r"[€$£]?\s*(\d[\d .,'_]*?)\s*(?:€|\$|£|[A-Za-z]{3})?")
_TRUE, _FALSE = {"true", "yes", "on", "oui"}, {"false", "no", "off", "non"}


class Slip(NamedTuple):
    """A line that cannot be read, and how to write it."""

    line: int
    """Its number, from 1."""
    better: str
    """The line as it should be."""
    otherwise: str = ""
    """What it should be if something else was meant. Empty: there is no doubt."""

    @property
    def hint(self) -> str:
        """What to do, in words."""
        if not self.otherwise:
            return f"write it as: {self.better}"
        return f"write it as: {self.better}   or: {self.otherwise}"


def find_slip(text: str, line: int) -> Slip | None:
    """Return the line that was probably meant to be another one, or None if nothing helps.

    Args:
        text: A text that is not TOML.
        line: Where reading it failed, from 1.
    """
    if len(text) > _MAX_BYTES:
        return None
    lines = text.split("\n")
    line = min(line, len(lines))
    read = "\n".join(lines[:line])
    if any(read.count(mark) % 2 for mark in ('"""', "'''")):  # within a text of several lines
        return None
    for number in range(line, max(line - _MAX_LINES_ABOVE, 0), -1):
        written = lines[number - 1].rstrip("\r")
        if len(written) > MAX_CHARACTERS:
            continue
        found = [better for better in _others(written) if _helps(lines, number, better, line)]
        if found:
            better, *more = dict.fromkeys(one.strip() for one in found)
            return Slip(number, better, _another(written, better, more))
    return None


def day_of(value: object) -> str | None:
    """Return the day that a text or a number means, as TOML writes it; None: none.

    >>> day_of("20/03/2026"), day_of(20260320), day_of("soon")
    ('2026-03-20', '2026-03-20', None)
    """
    return next(_days(str(value).strip()), None)


def _another(written: str, better: str, more: list[str]) -> str:
    """Return the other way to write a line, if its meaning is in doubt: names, and days."""
    if better.startswith("[") and not better.startswith("[["):
        return next(iter(more), "")
    if not _YEAR_LAST.search(written):
        return ""
    return next((one for one in more if _ISO.search(one)), "")


def _helps(lines: list[str], number: int, better: str, line: int) -> bool:
    """Tell whether the text is read further with another line."""
    try:
        parse_toml("\n".join([*lines[: number - 1], better, *lines[number:]]))
    except NotToml as error:
        return error.line > line
    return True


def _others(written: str) -> Iterator[str]:
    """Yield other ways to write a line, the most likely first."""
    straight = written.translate(_STRAIGHT)
    bare = straight.strip()
    if straight != written and not bare.startswith(_DAYS):
        yield straight
    if comment := _OTHER_COMMENT.fullmatch(bare):
        text = next(filter(None, comment.groups()), "")
        yield text if text.startswith("#") else f"# {text}".rstrip()
        return
    if bare.startswith("[") or (bare.endswith("]") and not _KEY_VALUE.fullmatch(bare)):
        yield from _headers(bare)
    elif match := _KEY_VALUE.fullmatch(bare):
        yield from _assignments(match[1], match[3])
    elif match := _WITHOUT_SIGN.fullmatch(bare):
        yield from _assignments(match[1], match[2])
    elif bare:
        yield from (one for one in _items(bare) if one != bare and one[0] != "[")
        yield f"{bare.rstrip(',')}]"


def _headers(bare: str) -> Iterator[str]:
    """Yield tables whose name is written as TOML takes it."""
    match = _HEADER.fullmatch(bare)
    if match is None:
        return
    kind, sign, name = re.split(r"([.\s:/]+|$)", match[1].strip(), maxsplit=1)
    del sign
    if kind not in _KINDS or not name:
        kind, name = "", match[1].strip()
    part = next((one for one in _PARTS if name.endswith(f".{one}")), "")
    if name.endswith("."):
        return
    is_one = kind in _ONE_BY_NAME and not part
    is_list = not is_one and (bare.startswith("[[") or bare.endswith("]]"))
    name = name.removesuffix(f".{part}").strip().strip("\"'") if part else name.strip("\"'")
    for key in _keys(name):
        path = ".".join(each for each in (kind, key, part) if each)
        yield f"[[{path}]]" if is_list else f"[{path}]"


def _keys(name: str) -> Iterator[str]:
    """Yield a name as a key: joined by hyphens if that is enough, and in quotes."""
    joined = "-".join(name.split())
    if is_bare_key(joined):
        yield joined
    quotes = _in_quotes(name)
    if quotes and (not is_bare_key(joined) or joined != name):
        yield quotes


def _assignments(key: str, value: str) -> Iterator[str]:
    key = key.strip().strip("\"'")
    joined = "_".join(key.split()).lower()
    keys = dict.fromkeys([key, joined] if is_bare_key(joined) else [key, _in_quotes(key)])
    for value_better in _values_for(joined, value):
        for one in keys:
            if one and (is_bare_key(one) or one.startswith(('"', "'"))):
                yield f"{one} = {value_better}"


def _values_for(key: str, value: str) -> Iterator[str]:
    """Yield the values that a key takes: a list of texts, or a day without quotes."""
    if key in _LISTS and value[:1] in {"(", "{"}:
        value = value.strip("(){} ")
    if key in _LISTS and value[:1] not in {"", "["}:
        yield from (one for one in _items(_comment(value)[0]) if one.startswith("["))
    elif key in _DAYS and (days := [one for one in _values(value) if _A_DAY.fullmatch(one)]):
        yield from days
    else:
        yield from _values(value)


def _values(value: str) -> Iterator[str]:
    """Yield a value as it is, and in the forms that it may be meant to have."""
    if value in {"", "["}:
        return
    yield value
    body, comment = _comment(value)
    trimmed = body.rstrip(" ;,")
    for better in _forms(trimmed):
        yield f"{better}  {comment}" if comment else better
    if comment:
        yield from _forms(value)


def _comment(value: str) -> tuple[str, str]:
    """Divide a value without quotes from a comment behind it."""
    if value.startswith(("'", '"')):
        closed = re.fullmatch(r"(\"[^\"]*\"|'[^']*')\s*[;,]?\s*(#.*|//.*|;.*|--.*)?", value)
        return (closed[1], _hash(closed[2])) if closed else (value, "")
    match = re.fullmatch(r"(.*?)\s+(#.*|//.*)", value)
    return (match[1], _hash(match[2])) if match else (value, "")


def _hash(comment: str | None) -> str:
    return re.sub(r"^(?://|--|;)\s*", "# ", comment) if comment else ""


def _forms(value: str) -> Iterator[str]:
    if value in {"", "["}:
        return
    yield value
    yield from _days(value)
    if value.lower() in _TRUE | _FALSE:
        yield "true" if value.lower() in _TRUE else "false"
    if amount := _AMOUNT.fullmatch(value):
        yield from _amounts(amount[1])
    if value.startswith("[") or ("," in value and value[0] not in "\"'" and "://" not in value):
        yield from _items(value)
    if value[0] in "\"'":
        yield from _quoted(value)
    elif value[0] not in "[{" and (quotes := _in_quotes(value.strip("\"'"))):
        yield quotes


def _days(value: str) -> Iterator[str]:
    """Yield days that a value may mean: the day before the month first, as most countries write."""
    if match := _YEAR_FIRST.fullmatch(value) or _COMPACT.fullmatch(value):
        year, month, day = map(int, match.groups())
        found = [(year, month, day), (year, day, month)]
    elif match := _YEAR_LAST.fullmatch(value):
        first, second, year = map(int, match.groups())
        found = [(year, second, first), (year, first, second)]
    elif match := _WITH_TIME.fullmatch(value):
        yield match[1]
        return
    else:
        return
    days = list(_real(found))
    if not days and match:
        days = list(_last_of_month(found[0]))
    yield from (day.isoformat() for day in dict.fromkeys(days))


def _real(found: list[tuple[int, int, int]]) -> Iterator[date]:
    for one in found:
        try:
            yield date(*one)
        except ValueError:
            continue


def _last_of_month(one: tuple[int, int, int]) -> Iterator[date]:
    """Yield the last day of the month, for a day that it does not have."""
    from calendar import monthrange

    year, month, day = one
    if day in _LAST_DAYS and month in _MONTHS and year in _YEARS:
        yield date(year, month, monthrange(year, month)[1])


def _amounts(digits: str) -> Iterator[str]:
    """Yield an amount with a point before its decimals, and without other marks."""
    plain = re.sub(r"[ '_]", "", digits)
    point = max(plain.rfind("."), plain.rfind(","))
    decimals = plain[point + 1 :] if point >= 0 else ""
    whole = re.sub(r"[.,]", "", plain[:point] if point >= 0 else plain).lstrip("0") or "0"
    if point >= 0 and len(decimals) in {1, 2}:
        yield f"{whole}.{decimals}"
    else:
        yield re.sub(r"[.,]", "", plain).lstrip("0") or "0"


def _items(value: str) -> Iterator[str]:
    """Yield a list of texts, each in quotes."""
    words = re.findall(r"\"[^\"]*\"|'[^']*'|[^\s,;\[\]\"']+", value)
    quotes = [one if one[0] in "\"'" else _in_quotes(one) for one in words]
    closed = f"{value}]" if value.startswith("[") and not value.endswith("]") else value
    yield closed
    if quotes and all(quotes):
        listed = ", ".join(filter(None, quotes))
        yield f"[{listed}]"
        yield f"{listed},"  # a line within a list
        if not value.startswith("[") and value.endswith("]"):
            yield f"{listed}]"


def _quoted(value: str) -> Iterator[str]:
    """Yield a text in quotes that are closed, and that the text does not have."""
    mark = value[0]
    inner = value[1:]
    yield f"{value}{mark}"
    inner = inner[:-1] if inner.endswith(("'", '"')) else inner
    other = "'" if mark == '"' else '"'
    if other not in inner:
        yield f"{other}{inner}{other}"
    escaped = inner.replace("\\", "\\\\").replace('"', '\\"')
    yield f'"{escaped}"'


def _in_quotes(text: str) -> str | None:
    """Return a text in double quotes; None if it has what a line of text may not have."""
    if not text or any(unicodedata.category(each) == "Cc" for each in text):
        return None
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return f"'{text}'" if "'" not in text else None
