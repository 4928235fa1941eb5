"""One campaign of campaigns.toml, with what it inherits from its channels filled in."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple, cast

from utmforge.campaigns.toml_tables import Table
from utmforge.channels import find_channel
from utmforge.errors import PrivateData, UtmforgeError, did_you_mean, quoted
from utmforge.files.toml_text import is_bare_key
from utmforge.model import NO_TAGS, REQUIRED, SINGLE_TAGS, Campaign, Placement, Tags
from utmforge.privacy.issue_gate import refuse_private_tags
from utmforge.urls.link_ids import is_link_id
from utmforge.urls.tagging import read_landing_page

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from utmforge.campaigns.campaign_file import CampaignFile
    from utmforge.campaigns.key_lines import KeyPath
    from utmforge.channels import Channel
    from utmforge.urls.tagging import LandingPage

SOURCE_AND_MEDIUM = ("source", "medium")
OPTIONAL_TAGS = tuple(name for name in SINGLE_TAGS if name not in SOURCE_AND_MEDIUM)
"""The tags that a campaign or a placement may set, beside its contents."""
LINE_ENDS = "\t\r\n"
"""What a message may have beside the characters of one line."""
_SOME_DAY = date(2026, 3, 20)  # to see what a day would do


class _Words(NamedTuple):
    """What is sent with links."""

    message: str | None
    subject: str | None


def _words(table: Table) -> _Words:
    return _Words(table.text("message", allowed=LINE_ENDS), table.text("subject"))


class CampaignReader:
    """Read one campaign, with what it inherits from its channels filled in."""

    KEYS = (
        *("extends", "landing_page", *OPTIONAL_TAGS, "starts", "ends", "message", "subject"),
        *("channels", "contents", "placements", "lint"),
        *("cost", "costs", "link_costs", "currency", "coupons"),
    )
    PLACEMENT_KEYS = (
        *("channel", "landing_page", *SOURCE_AND_MEDIUM, "content", *OPTIONAL_TAGS),
        *("message", "subject"),
    )

    def __init__(
        self, name: str, table: Table, file: CampaignFile, changes: dict[str, None]
    ) -> None:
        self.name = name
        self.table = table
        self.file = file
        self.changes = changes
        self.seen: dict[str, str] = {}
        self._pages: dict[str, LandingPage] = {}
        self._values: dict[tuple[str, str], str] = {}
        self.starts: date | None = None
        """The date that fills in templates: a campaign's names do not change with the clock."""

    def read(self) -> Campaign:
        """Return the campaign; its problems are added to the table's problems."""
        table = self.table
        table.only(self.KEYS)
        landing_page = self._landing_page(table) or ""
        self.starts = starts = table.day("starts")
        ends = table.day("ends")
        if starts and ends and ends < starts:
            table.wrong("ends", f"ends {ends} is before starts {starts}", "swap them")
        words, contents = _words(table), table.texts("contents")
        tags = {"campaign": self._written(table, None, "campaign", self.name)}
        for name in OPTIONAL_TAGS:
            value = table.unchecked(name)
            tags[name] = self._written(table, name, name, value) if value else None
        placements = tuple(self._placements(contents, words))
        own_currency = table.currency("currency")
        currency = own_currency or self.file.workspace.currency
        return Campaign(
            self.name,
            landing_page,
            placements,
            tags=Tags("", "", **cast("dict[str, str]", tags)),
            starts=starts,
            ends=ends,
            message=words.message,
            subject=words.subject,
            contents=contents,
            costs=self._costs({placement.channel for placement in placements}, currency),
            cost=table.money("cost", currency),
            link_costs=self._link_costs(currency),
            currency=own_currency,
            coupons=self._coupons({placement.channel for placement in placements}),
            ignored=table.ignored(),
        )

    def _written(self, table: Table, key: str | None, name: str, value: str) -> str | None:
        """Write a value by the naming convention, or add a problem at its key."""
        if (name, value) in self._values:  # most placements share most of their values
            return self._values[name, value]
        try:  # unchanged: the naming convention may disguise a secret, and its notes repeat it
            refuse_private_tags(NO_TAGS._replace(**{name: value}), allow_personal=True)
        except PrivateData as error:
            table.wrong(key, error.message, error.hint)
            return None
        try:
            written, notes = self.file.convention.accept(name, value, today=self.starts)
        except UtmforgeError as error:
            hint = error.hint
            if self._needs_only_a_day(name, value):
                hint = f"add starts, which gives the template its date, or {hint}"
            table.wrong(key, error.message, hint)
            return None
        self.changes |= dict.fromkeys(map(str, notes))
        self._values[name, value] = written
        return written

    def _needs_only_a_day(self, name: str, value: str) -> bool:
        if "starts" in self.table.raw:
            return False
        try:
            self.file.convention.accept(name, value, today=_SOME_DAY)
        except UtmforgeError:
            return False
        return True

    def _landing_page(self, table: Table) -> str | None:
        given = table.unchecked("landing_page")
        if given is None:
            if "landing_page" not in self.table.raw and not self._is_said_elsewhere("landing_page"):
                hint = 'add landing_page = "https://…"'
                self.table.wrong(None, f"campaign {quoted(self.name)} has no landing_page", hint)
            return None
        try:
            page = self._page(given)
        except UtmforgeError as error:
            table.wrong("landing_page", error.message, error.hint)
            return None
        self.changes |= dict.fromkeys(page.notes())
        return page.url

    def _is_said_elsewhere(self, key: str) -> bool:
        """Tell whether a missing key is the consequence of a problem that has been told."""
        return "extends" in self.table.raw or self.table.may_mean(key)

    def _page(self, address: str) -> LandingPage:
        if address not in self._pages:
            self._pages[address] = read_landing_page(address)
        return self._pages[address]

    def _placements(self, contents: tuple[str, ...], words: _Words) -> Iterator[Placement]:
        """Yield the placements from `channels` x `contents` and from `placements`.

        If `placements` has entries for a channel, only those entries are used for it.
        """
        raw = self.table.raw
        spelled_out: dict[str, list[Table]] = {}
        for entry in self.table.entries("placements"):
            entry.only(self.PLACEMENT_KEYS)
            channel = self._spelled(entry.text("channel") or "")
            if channel:
                spelled_out.setdefault(channel, []).append(entry)
            elif "channel" not in entry.raw:
                entry.wrong(None, "a placement has no channel", 'add channel = "whatsapp"')
        channels = tuple(map(self._spelled, self.table.texts("channels")))
        has_some = raw.get("channels") or raw.get("placements")
        if not has_some and not self._is_said_elsewhere("channels"):
            hint = 'add channels = ["email", "whatsapp"]'
            self.table.wrong(None, f"campaign {quoted(self.name)} has no channels", hint)
        for name in dict.fromkeys((*channels, *spelled_out)):
            entries = spelled_out.get(name)
            found = self._channel(name, entries[0] if entries else self.table)
            if found is None:
                continue
            for entry in entries or ():
                yield from self._placement(found, entry, entry.unchecked("content"), words)
            if not entries:
                for content in contents or (None,):
                    yield from self._placement(found, self.table, content, words)

    def _spelled(self, name: str) -> str:
        """Return a channel's name as the channel itself writes it; an unknown name unchanged."""
        try:
            return self.file.channel(name).name
        except UtmforgeError:
            return name

    def _channel(self, name: str, table: Table) -> Channel | None:
        word = name if is_bare_key(name) else f'"{name[:40]}"'
        otherwise = f'add a table [channels.{word}] with source = "…" and medium = "social"'
        try:
            return find_channel(name, self.file.channels, otherwise=otherwise)
        except UtmforgeError as error:
            key = "channels" if table is self.table else "channel"
            table.wrong(key, error.message, error.hint)
            return None

    def _placement(
        self, channel: Channel, table: Table, content: str | None, words: _Words
    ) -> Iterator[Placement]:
        """Yield the placement, or nothing if it has a problem."""
        given = {"campaign": self.name, "content": content}
        for name in OPTIONAL_TAGS:
            given[name] = (
                table.unchecked(name) if name in table.raw else None
            ) or self.table.unchecked(name)
        for name in SOURCE_AND_MEDIUM:
            own = table.unchecked(name) if table is not self.table and name in table.raw else None
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
        self._refuse_missing_tags(table, tags)
        self._refuse_duplicate(table, channel, landing_page, tags)
        own_words = _words(table)
        yield Placement(
            channel.name,
            landing_page,
            tags,
            own_words.message or words.message,
            own_words.subject or words.subject,
        )

    def _origin(self, channel: Channel, table: Table, name: str) -> tuple[Table, str | None]:
        """Return the table and the key that a tag's value comes from."""
        if name == "campaign":
            return self.table, None
        if name in table.raw and not (table is self.table and name in SOURCE_AND_MEDIUM):
            return table, name
        if name == "content":
            return self.table, "contents"
        if name not in SOURCE_AND_MEDIUM:
            return self.table, name
        own: KeyPath = ("channels", channel.name)
        if channel.name in self.file.channels:
            return Table({}, own, table.problems), name
        return table, "channels" if table is self.table else "channel"

    def _refuse_missing_tags(self, table: Table, tags: Tags) -> None:
        try:
            self.file.convention.require(tags)
        except UtmforgeError as error:
            table.wrong(None, error.message, error.hint)

    def _refuse_duplicate(
        self, table: Table, channel: Channel, landing_page: str, tags: Tags
    ) -> None:
        try:
            url = self._page(landing_page).with_tags(tags)
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

    def _costs(self, used: set[str], currency: str | None) -> Mapping[str, Decimal]:
        table = self.table.table("costs")
        costs = {}
        for name in table.raw:
            amount = table.money(name, currency)
            channel = self._used(table, name, name, used)
            if amount is not None:
                costs[channel] = amount
        return costs

    def _used(self, table: Table, key: str, name: str, used: set[str]) -> str:
        """Return the channel of this name; the campaign must use it."""
        channel = self._spelled(name)
        if used and channel not in used:
            hint = did_you_mean(channel, used) or f"it uses {', '.join(sorted(used))}"
            table.wrong(key, f"this campaign does not use channel {quoted(channel)}", hint)
        return channel

    def _coupons(self, used: set[str]) -> Mapping[str, str | None]:
        """Return coupons with their channels: a table has channels, a list has none."""
        if not isinstance(self.table.raw.get("coupons"), dict):
            return dict.fromkeys(self.table.texts("coupons"))
        table = self.table.table("coupons")
        return {
            coupon: self._used(table, coupon, channel, used)
            for coupon, channel in table.named_texts()
        }

    def _link_costs(self, currency: str | None) -> Mapping[str, Decimal]:
        table = self.table.table("link_costs")
        costs = {}
        for name in table.raw:
            if not is_link_id(name):
                hint = "utmforge list shows the ids"
                table.wrong(name, f"{quoted(name)} is not the id of a link", hint)
            elif (amount := table.money(name, currency)) is not None:
                costs[name] = amount
        return costs
