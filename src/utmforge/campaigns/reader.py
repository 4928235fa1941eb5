"""campaigns.toml → CampaignFile. What is wrong is collected on the way and told at the end."""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from utmforge.campaigns import CampaignFile
from utmforge.campaigns.places import KeyPath, key_lines, line_of
from utmforge.channels import CHANNELS, Channel, built_in, unknown_channel
from utmforge.conventions import CASES, SEPARATORS, Case, Change, Convention, FieldRule
from utmforge.errors import (
    CampaignFileBroken,
    CampaignFileInvalid,
    CampaignFileMissing,
    Problem,
    UtmforgeError,
    did_you_mean,
    quoted,
)
from utmforge.model import PARAMETERS, REQUIRED, Campaign, Goal, Placement, Tags, Workspace
from utmforge.urls import read_landing_page, refuse_unwritable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

MAX_FILE_BYTES = 10_000_000

_EXTRA_TAGS = ("term", "source_platform", "creative_format", "marketing_tactic")
_SOURCE_AND_MEDIUM = ("source", "medium")
_UNKNOWN = Channel("?", "?", "?")  # stands in for one that was complained about
_LINE_IN_MESSAGE = re.compile(r" \(at line (\d+), column (\d+)\)| \(at end of document\)")


def read(path: Path) -> CampaignFile:
    """Read and check the whole file; see `load_campaigns`."""
    text, table = _parsed(path)
    result = _file(path, table, table.problems)
    table.problems.raise_any(path, text)
    return result


def read_workspace(path: Path) -> Workspace:
    """Read and check the workspace alone; see `load_workspace`."""
    text, table = _parsed(path)
    result = _workspace(table.table("workspace"))
    table.problems.raise_any(path, text)
    return result


def _parsed(path: Path) -> tuple[str, _Table]:
    text = _text(path)
    try:
        # Only a date, a number or a nesting can make the parser raise anything else.
        raw = tomllib.loads(text, parse_float=Decimal)
    except (tomllib.TOMLDecodeError, ArithmeticError, ValueError, RecursionError) as error:
        raise _broken(path, text, error) from None
    return text, _Table(raw, (), _Problems())


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise CampaignFileMissing(
            f"cannot read {quoted(path)}: {(error.strerror or 'no reason given').lower()}"
        ) from None
    if len(data) > MAX_FILE_BYTES:
        raise CampaignFileBroken(f"the file is over {MAX_FILE_BYTES:,} bytes", where=str(path))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise CampaignFileBroken(
            "the file is not UTF-8", where=f"{path}:{line}", hint="save it again as UTF-8"
        ) from None


def _broken(path: Path, text: str, error: Exception) -> CampaignFileBroken:
    if isinstance(error, RecursionError):
        return CampaignFileBroken("the file is nested too deeply", where=str(path))
    message = str(error)
    place = _LINE_IN_MESSAGE.search(message)
    line = int(place[1]) if place and place[1] else text.count("\n") + 1
    message = _LINE_IN_MESSAGE.sub("", message)
    return CampaignFileBroken(
        f"not valid TOML: {message[:1].lower()}{message[1:]}",
        where=f"{path}:{line}",
        hint='text is written "in straight quotes", a date without: 2026-03-20'
        if "nvalid value" in message
        else None,
    )


class _Problems:
    """What was found wrong so far, by key."""

    def __init__(self) -> None:
        self.found: dict[tuple[KeyPath, str], str | None] = {}

    def add(self, path: KeyPath, message: str, hint: str | None = None) -> None:
        self.found.setdefault((path, message), hint)

    def raise_any(self, file: Path, text: str) -> None:
        """Raise what was found, all at once."""
        if self.found:
            raise CampaignFileInvalid(self._placed(file, text))

    def _placed(self, file: Path, text: str) -> list[Problem]:
        lines = key_lines(text)
        placed = [
            (line_of(path, lines), message, ".".join(map(str, path)), hint)
            for (path, message), hint in self.found.items()
        ]
        return [
            Problem(message, f"{file}:{line}", key or None, hint)
            for line, message, key, hint in sorted(placed, key=lambda row: row[0])
        ]


class _Table:
    """One table, read key by key; what is asked for in the wrong type becomes a problem."""

    def __init__(self, raw: dict[str, Any], path: KeyPath, problems: _Problems) -> None:
        self.raw = raw
        self.path = path
        self.problems = problems

    def wrong(self, key: str | None, message: str, hint: str | None = None) -> None:
        self.problems.add(self.path if key is None else (*self.path, key), message, hint)

    def only(self, known: Iterable[str]) -> None:
        known = tuple(known)
        for key in self.raw:
            if key not in known:
                hint = did_you_mean(key, known) or f"known here: {', '.join(known)}"
                self.wrong(key, f"unknown key {quoted(key)}", hint)

    def text(self, key: str) -> str | None:
        value = self.raw.get(key)
        if value is None or (isinstance(value, str) and value.strip()):
            return value
        if isinstance(value, str):
            self.wrong(key, f"{key} is empty", "leave the line out, or give it a value")
        else:
            self.wrong(key, f"{key} is {_kind(value)}, not text", 'write it "in quotes"')
        return None

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.raw.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.wrong(key, f"{key} is not a list of texts", f'write it {key} = ["one", "two"]')
            return ()
        if any(not item.strip() for item in value):
            self.wrong(key, f"{key} has an empty text", "remove it")
        for item in dict.fromkeys(value):
            if value.count(item) > 1:
                self.wrong(key, f"{key} has {quoted(item)} twice", "remove one")
        return tuple(dict.fromkeys(item for item in value if item.strip()))

    def flag(self, key: str, *, default: bool) -> bool:
        value = self.raw.get(key, default)
        if not isinstance(value, bool):
            self.wrong(key, f"{key} is {_kind(value)}, not true or false")
            return default
        return value

    def choice(self, key: str, choices: tuple[str, ...]) -> str:
        value = self.raw.get(key, choices[0])
        if value not in choices:
            near = did_you_mean(value, choices) if isinstance(value, str) else None
            known = ", ".join(quoted(choice) for choice in choices)
            shown = quoted(value) if isinstance(value, str) else _kind(value)
            self.wrong(key, f"{key} is {shown}", near or f"one of {known}")
            return choices[0]
        return cast("str", value)

    def day(self, key: str) -> date | None:
        value = self.raw.get(key)
        if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
            return value
        hint = "write a day without quotes, such as 2026-03-20"
        self.wrong(key, f"{key} is {_kind(value)}, not a date", hint)
        return None

    def money(self, key: str) -> Decimal | None:
        value = self.raw.get(key)
        if isinstance(value, bool) or not isinstance(value, int | Decimal | None):
            self.wrong(key, f"{key} is {_kind(value)}, not an amount", "write it as 120.00")
        elif value is not None:
            amount = Decimal(value)
            if amount.is_finite() and amount >= 0:
                return amount
            self.wrong(key, f"{key} is not an amount of money", "write it as 120.00")
        return None

    def table(self, key: str) -> _Table:
        value = self.raw.get(key, {})
        if not isinstance(value, dict):
            self.wrong(key, f"{key} is {_kind(value)}, not a table", f"write it as [{key}]")
            value = {}
        return _Table(value, (*self.path, key), self.problems)

    def tables(self, known: Iterable[str] | None = None) -> Iterator[tuple[str, _Table]]:
        """Yield the tables in this one, by name."""
        for key in self.raw:
            if not key.strip():
                self.wrong(key, "a name is empty", "give it one")
            elif not key.isprintable():
                self.wrong(key, "a name has an invisible character", "write it again")
            elif known is None or key in known:
                table = self.table(key)
                if isinstance(self.raw[key], dict):
                    yield key, table

    def entries(self, key: str) -> Iterator[_Table]:
        """Yield the entries of an array of tables."""
        value = self.raw.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            dotted = ".".join(map(str, (*self.path, key)))
            self.wrong(key, f"{key} is not a list of tables", f"write each as [[{dotted}]]")
            return
        for index, item in enumerate(value):
            yield _Table(item, (*self.path, key, index), self.problems)


def _kind(value: object) -> str:
    """Name a TOML value's type for a message."""
    names = {bool: "true or false", str: "text", dict: "a table", list: "a list"}
    names |= {int: "a number", Decimal: "a number", datetime: "a date with a time", date: "a date"}
    return names.get(type(value), "something else")


def _file(path: Path, table: _Table, problems: _Problems) -> CampaignFile:
    table.only(("workspace", "convention", "channels", "campaigns", "goals"))
    workspace = _workspace(table.table("workspace"))
    convention = _convention(table.table("convention"))
    channels = _channels(table.table("channels"))
    file = CampaignFile(path, workspace, convention, channels, goals=_goals(table.table("goals")))
    changes: dict[str, None] = {}
    campaigns = {
        name: _CampaignReader(name, campaign, file, changes).read()
        for name, campaign in table.table("campaigns").tables()
    }
    _refuse_same_names(campaigns.values(), problems)
    return file._replace(campaigns=campaigns, changes=tuple(changes))


def _workspace(table: _Table) -> Workspace:
    table.only(("own_domains", "currency", "timezone", "registry"))
    currency, timezone = table.text("currency"), table.text("timezone")
    if currency and not re.fullmatch("[A-Z]{3}", currency):
        table.wrong("currency", f"currency {quoted(currency)} is not three capitals", "such as EUR")
    if timezone and not _is_timezone(timezone):
        hint = "such as Europe/Paris"
        table.wrong("timezone", f"no time zone is called {quoted(timezone)}", hint)
    domains = table.texts("own_domains")
    for domain in domains:
        if "/" in domain or ":" in domain:
            hint = "write the host alone, such as shop.example"
            table.wrong("own_domains", f"{quoted(domain)} is not a domain", hint)
    return Workspace(
        tuple(domain.lower() for domain in domains), currency, timezone, table.text("registry")
    )


def _is_timezone(name: str) -> bool:
    from zoneinfo import ZoneInfo, available_timezones  # noqa: PLC0415 - only if one is set

    if not available_timezones():  # Windows without tzdata: nothing to check against
        return True
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return False
    return True


def _convention(table: _Table) -> Convention:
    table.only(("case", "separator", "transliterate", *PARAMETERS))
    plain = Convention(
        cast("Case", table.choice("case", CASES)),
        table.choice("separator", SEPARATORS),
        table.flag("transliterate", default=True),
    )
    fields = {name: _field_rule(name, rule, plain) for name, rule in table.tables(PARAMETERS)}
    return plain._replace(fields=fields)


def _field_rule(name: str, table: _Table, plain: Convention) -> FieldRule:
    table.only(("allowed", "pattern"))
    allowed, pattern = table.texts("allowed"), table.text("pattern")
    for value in allowed:
        try:
            written = plain.written(name, value)
        except UtmforgeError as error:
            table.wrong("allowed", error.message, error.hint)
        else:
            if written != value:
                table.wrong(
                    "allowed",
                    f"allowed value {quoted(value)} can never be written: the convention's case, "
                    f"separator and accents make it {quoted(written)}",
                    f"write {quoted(written)}",
                )
    try:
        re.compile(pattern or "")
    except re.error as error:
        table.wrong("pattern", f"pattern is not a regular expression: {error.msg}")
        pattern = None
    return FieldRule(allowed, pattern)


def _channels(table: _Table) -> dict[str, Channel]:
    tables = dict(table.tables())
    own: dict[str, Channel] = {}

    def resolve(name: str, above: tuple[str, ...]) -> Channel:
        if name in own:
            return own[name]
        if name not in tables or name in above[-1:]:  # a channel may refine its namesake
            return built_in(name)
        channel = tables[name]
        extends = channel.text("extends")
        base = Channel(name, "", "")
        if extends in above or (extends == name and name not in CHANNELS):
            channel.wrong("extends", f"{quoted(name)} extends itself", "name another channel")
            base = _UNKNOWN
        elif extends:
            if extends in tables or extends in CHANNELS:
                base = resolve(extends, (*above, name))
            else:
                unknown = unknown_channel(extends, (*tables, *CHANNELS))
                channel.wrong("extends", unknown.message, unknown.hint)
                base = _UNKNOWN
        own[name] = base._replace(
            name=name,
            source=channel.text("source") or base.source,
            medium=channel.text("medium") or base.medium,
            title="",
            page="",
            reason="",
            extends=extends,
        )
        return own[name]

    for name, channel in tables.items():
        channel.only(("extends", *_SOURCE_AND_MEDIUM))
        for key in _SOURCE_AND_MEDIUM:
            _refuse_unwritable(channel, key)
        missing = [key for key in _SOURCE_AND_MEDIUM if not getattr(resolve(name, ()), key)]
        if missing:
            hint = 'add them, or build on a known channel: extends = "email"'
            channel.wrong(None, f"channel {quoted(name)} has no {' and no '.join(missing)}", hint)
    return own


def _refuse_unwritable(channel: _Table, key: str) -> None:
    try:
        refuse_unwritable(key, str(channel.raw.get(key, key)))
    except UtmforgeError as error:
        channel.wrong(key, error.message, error.hint)


def _goals(table: _Table) -> dict[str, Goal]:
    goals = {}
    for name, goal in table.tables():
        goal.only(("path", "value"))
        path = goal.text("path")
        if not path:
            goal.wrong(None, f"goal {quoted(name)} has no path", 'add path = "/thank-you"')
        elif not path.startswith("/"):
            goal.wrong("path", f"path {quoted(path)} does not begin with /", f'write "/{path}"')
        goals[name] = Goal(path or "/", goal.money("value"))
    return goals


def _refuse_same_names(campaigns: Iterable[Campaign], problems: _Problems) -> None:
    seen: dict[str, str] = {}
    for campaign in campaigns:
        tag = campaign.tags.campaign
        first = seen.setdefault(tag, campaign.name)
        if tag and first != campaign.name:
            problems.add(
                ("campaigns", campaign.name),
                f"campaigns {quoted(first)} and {quoted(campaign.name)} are both written "
                f"{quoted(tag)}",
                "rename one",
            )


class _CampaignReader:
    """Read one campaign, with what it inherits from its channels filled in."""

    KEYS = (
        *("landing_page", "id", *_EXTRA_TAGS, "starts", "ends", "message"),
        *("channels", "contents", "placements", "costs"),
    )
    PLACEMENT_KEYS = (
        *("channel", "landing_page", *_SOURCE_AND_MEDIUM, "id", "content", *_EXTRA_TAGS, "message"),
    )

    def __init__(
        self, name: str, table: _Table, file: CampaignFile, changes: dict[str, None]
    ) -> None:
        self.name = name
        self.table = table
        self.file = file
        self.changes = changes
        self.seen: dict[str, str] = {}

    def read(self) -> Campaign:
        table = self.table
        table.only(self.KEYS)
        landing_page = self._landing_page(table) or ""
        starts, ends = table.day("starts"), table.day("ends")
        if starts and ends and ends < starts:
            table.wrong("ends", f"ends {ends} is before starts {starts}", "swap them")
        message, contents = table.text("message"), table.texts("contents")
        tags = {"campaign": self._written(table, None, "campaign", self.name)}
        for name in ("id", *_EXTRA_TAGS):
            value = table.text(name)
            tags[name] = self._written(table, name, name, value) if value else None
        placements = tuple(self._placements(contents, message))
        return Campaign(
            self.name,
            landing_page,
            placements,
            tags=Tags("", "", **cast("dict[str, str]", tags)),
            starts=starts,
            ends=ends,
            message=message,
            contents=contents,
            costs=self._costs({placement.channel for placement in placements}),
        )

    def _written(self, table: _Table, key: str | None, name: str, value: str) -> str | None:
        """Write a value by the naming convention, or note the problem at its key."""
        convention = self.file.convention
        try:
            written = convention.written(name, value)
            convention.check(name, written)
        except UtmforgeError as error:
            table.wrong(key, error.message, error.hint)
            return None
        if written != value:
            self.changes[str(Change(name, value, written))] = None
        return written

    def _landing_page(self, table: _Table) -> str | None:
        given = table.text("landing_page")
        if given is None:
            if "landing_page" not in self.table.raw:
                hint = 'add landing_page = "https://…"'
                self.table.wrong(None, f"campaign {quoted(self.name)} has no landing_page", hint)
            return None
        try:
            page = read_landing_page(given)
        except UtmforgeError as error:
            table.wrong("landing_page", error.message, error.hint)
            return None
        self.changes |= dict.fromkeys(page.notes())
        return page.url

    def _placements(self, contents: tuple[str, ...], message: str | None) -> Iterator[Placement]:
        """Yield what `channels` x `contents` and `placements` ask for.

        A channel with placements of its own is used just as they say.
        """
        raw = self.table.raw
        spelled_out: dict[str, list[_Table]] = {}
        for entry in self.table.entries("placements"):
            entry.only(self.PLACEMENT_KEYS)
            channel = self._spelled(entry.text("channel") or "")
            if channel:
                spelled_out.setdefault(channel, []).append(entry)
            elif "channel" not in entry.raw:
                entry.wrong(None, "a placement has no channel", 'add channel = "whatsapp"')
        channels = tuple(map(self._spelled, self.table.texts("channels")))
        if not raw.get("channels") and not raw.get("placements"):
            hint = 'add channels = ["email", "whatsapp"]'
            self.table.wrong(None, f"campaign {quoted(self.name)} has no channels", hint)
        for name in dict.fromkeys((*channels, *spelled_out)):
            entries = spelled_out.get(name)
            found = self._channel(name, entries[0] if entries else self.table)
            if found is None:
                continue
            for entry in entries or ():
                yield from self._placement(found, entry, entry.text("content"), message)
            if not entries:
                for content in contents or (None,):
                    yield from self._placement(found, self.table, content, message)

    def _spelled(self, name: str) -> str:
        """Return a channel's name as the channel itself writes it; an unknown one as it is."""
        try:
            return self.file.channel(name).name
        except UtmforgeError:
            return name

    def _channel(self, name: str, table: _Table) -> Channel | None:
        try:
            return self.file.channel(name)
        except UtmforgeError as error:
            key = "channels" if table is self.table else "channel"
            table.wrong(key, error.message, error.hint)
            return None

    def _placement(
        self, channel: Channel, table: _Table, content: str | None, message: str | None
    ) -> Iterator[Placement]:
        """Yield the placement, or nothing where it has a problem."""
        given = {"campaign": self.name, "content": content}
        for name in ("id", *_EXTRA_TAGS):
            given[name] = (table.text(name) if name in table.raw else None) or self.table.text(name)
        for name in _SOURCE_AND_MEDIUM:
            own = table.text(name) if table is not self.table and name in table.raw else None
            given[name] = own or getattr(channel, name)
        landing_page = self._landing_page(table if "landing_page" in table.raw else self.table)
        written = {
            name: self._written(*self._origin(channel, table, name), name, value)
            for name, value in given.items()
            if value
        }
        if (
            landing_page is None
            or None in written.values()
            or not all(written.get(name) for name in REQUIRED)
        ):
            return
        tags = Tags(**cast("dict[str, str]", written))
        self._refuse_double(table, channel, landing_page, tags)
        own_message = table.text("message") if "message" in table.raw else None
        yield Placement(channel.name, landing_page, tags, own_message or message)

    def _origin(self, channel: Channel, table: _Table, name: str) -> tuple[_Table, str | None]:
        """Return the table and the key that a tag's value comes from."""
        if name == "campaign":
            return self.table, None
        if name in table.raw and not (table is self.table and name in _SOURCE_AND_MEDIUM):
            return table, name
        if name == "content":
            return self.table, "contents"
        if name not in _SOURCE_AND_MEDIUM:
            return self.table, name
        own: KeyPath = ("channels", channel.name)
        if channel.name in self.file.channels:
            return _Table({}, own, table.problems), name
        return table, "channels" if table is self.table else "channel"

    def _refuse_double(
        self, table: _Table, channel: Channel, landing_page: str, tags: Tags
    ) -> None:
        try:
            url = read_landing_page(landing_page).with_tags(tags)
        except UtmforgeError as error:
            table.wrong("landing_page", error.message, error.hint)
            return
        if url in self.seen:
            table.wrong(
                "channels" if table is self.table else None,
                f"channels {quoted(self.seen[url])} and {quoted(channel.name)} give the same link",
                "give one of them another source or content",
            )
        self.seen[url] = channel.name

    def _costs(self, used: set[str]) -> Mapping[str, Decimal]:
        table = self.table.table("costs")
        costs = {}
        for name in table.raw:
            amount = table.money(name)
            key, name = name, self._spelled(name)  # noqa: PLW2901 - as the channel writes it
            if used and name not in used:
                hint = did_you_mean(name, used) or f"it uses {', '.join(sorted(used))}"
                table.wrong(key, f"this campaign does not use channel {quoted(name)}", hint)
            if amount is not None:
                costs[name] = amount
        return costs
