"""campaigns.toml → CampaignFile. Problems are collected while reading and reported together."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from utmforge.campaigns.campaign_file import CampaignFile
from utmforge.campaigns.campaign_reader import LINE_ENDS, SOURCE_AND_MEDIUM, CampaignReader
from utmforge.campaigns.convention_reader import read_convention
from utmforge.campaigns.document import CampaignDocument, open_document
from utmforge.campaigns.inheritance import with_inherited
from utmforge.campaigns.toml_tables import Problems, Table, way_round
from utmforge.channels import CHANNELS, Channel, base_of, built_in, named, unknown_channel
from utmforge.errors import (
    UtmforgeError,
    quoted,
)
from utmforge.model import Campaign, Goal, Workspace
from utmforge.texts import MAX_CHANNEL, unfit_character
from utmforge.urls.sites import is_domain
from utmforge.urls.tagging import refuse_unwritable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_UNKNOWN = Channel("?", "?", "?")  # stands in for one that has a problem
_OF_SMS = ("price_per_segment", "audience")
_ADDED = ("message", "subject", *_OF_SMS)
"""Keys that a table may add to the built-in channel of its name, without saying what it extends."""
_MAX_AUDIENCE = 1_000_000_000


def load_campaigns(path: str | Path) -> CampaignFile:
    """Read a campaigns.toml.

    Raises:
        CampaignFileMissing: The file is missing or cannot be read.
        CampaignFileBroken: It is not TOML; the error names the place.
        CampaignFileInvalid: It has problems; all of them are listed.
    """
    return read_campaigns(open_document(Path(path)))


def read_campaigns(document: CampaignDocument) -> CampaignFile:
    """Return the contents of a campaign file.

    Raises:
        CampaignFileInvalid: It has problems; all of them are listed.
    """
    problems = Problems()
    result = _file(document.path, Table(document.raw, (), problems), problems)
    problems.raise_any(document.path, document.text)
    return result


def read_workspace(document: CampaignDocument) -> Workspace:
    """Return only the `[workspace]` of a campaign file, even if the rest has problems.

    Raises:
        CampaignFileInvalid: Its workspace has problems.
    """
    problems = Problems()
    result = _workspace(Table(document.raw, (), problems).table("workspace"))
    problems.raise_any(document.path, document.text)
    return result


def _file(path: Path, table: Table, problems: Problems) -> CampaignFile:
    table.only(("workspace", "convention", "channels", "campaigns", "goals", "lint"))
    workspace = _workspace(table.table("workspace"))
    convention = read_convention(table.table("convention"))
    channels = _ChannelsReader(table.table("channels")).read()
    file = CampaignFile(
        path, workspace, convention, channels, goals=_goals(table.table("goals"), workspace)
    )
    file = file._replace(ignored=table.ignored())
    changes: dict[str, None] = {}
    campaigns = {
        name: CampaignReader(name, campaign, file, changes).read()
        for name, campaign in with_inherited(dict(table.table("campaigns").tables())).items()
    }
    _refuse_same_names(campaigns.values(), problems)
    return file._replace(campaigns=campaigns, changes=tuple(changes))


def _workspace(table: Table) -> Workspace:
    table.only(("own_domains", "currency", "timezone", "registry", "shared"))
    currency, timezone = table.currency("currency"), table.text("timezone")
    if timezone and not _is_timezone(timezone):
        hint = "such as Europe/Paris"
        table.wrong("timezone", f"no time zone is called {quoted(timezone)}", hint)
    domains = table.texts("own_domains")
    for domain in domains:
        if unfit_character(domain) or not is_domain(domain):
            hint = "write the host alone, such as shop.example"
            table.wrong("own_domains", f"{quoted(domain)} is not a domain", hint)
    registry, shared = table.text("registry"), table.text("shared")
    if shared and not shared.endswith(".jsonl"):
        shared = None
        table.wrong("shared", "the shared file must end in .jsonl", 'such as "links.jsonl"')
    if shared and registry and _is_server(registry):
        shared = None
        hint = "a server is shared already: leave out one of the two"
        table.wrong("shared", "the registry on a server follows no file", hint)
    own = tuple(domain.lower() for domain in domains)
    return Workspace(own, currency, timezone, registry, shared)


def _is_server(registry: str) -> bool:
    if ":" not in registry and "=" not in registry:  # most names: nothing more is imported
        return False
    from utmforge.registry.server_address import is_meant_as_server

    return is_meant_as_server(registry)


def _is_timezone(name: str) -> bool:
    from zoneinfo import ZoneInfo, available_timezones

    if not available_timezones():  # Windows without tzdata: nothing to check against
        return True
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return False
    return True


class _ChannelsReader:
    """Read the user's own channels, each of which may extend another one."""

    def __init__(self, table: Table) -> None:
        self._tables = dict(table.tables())
        self._own: dict[str, Channel] = {}

    def read(self) -> dict[str, Channel]:
        """Return the channels by name; what is wrong with them is among the table's problems."""
        for name, table in self._tables.items():
            table.only(("extends", *SOURCE_AND_MEDIUM, *_ADDED))
            if len(name) > MAX_CHANNEL:
                table.wrong(
                    None, f"the channel's name has over {MAX_CHANNEL} characters", "shorten it"
                )
            for key in SOURCE_AND_MEDIUM:
                _refuse_unwritable(table, key)
            channel = self._channel(name)
            missing = [key for key in SOURCE_AND_MEDIUM if not getattr(channel, key)]
            if missing:
                message = f"channel {quoted(name)} has no {' and no '.join(missing)}"
                hint = 'add them, or build on a known channel: extends = "email"'
                table.wrong(None, message, hint)
            elif base_of(name, self._own) != "sms":
                for key in _OF_SMS:
                    if key in table.raw:
                        message = f"{key} is for SMS, and channel {quoted(name)} is not based on it"
                        table.wrong(key, message, 'remove it, or add extends = "sms"')
        return self._own

    def _channel(self, name: str) -> Channel:
        """Return a channel with what it inherits, however long the chain of channels is."""
        chain: dict[str, str | None] = {}
        base = based_on = None
        while base is None:
            if name in self._own:
                base = self._own[name]
                based_on = base.based_on
                break
            extends = chain[name] = self._tables[name].text("extends")
            base = self._end_of_chain(name, extends, chain)
            if base:
                based_on = base.name if base.name in CHANNELS else None
            name = extends or name
        for each, extends in reversed(chain.items()):
            table = self._tables[each]
            price = table.money("price_per_segment", as_text=True)
            base = self._own[each] = base._replace(
                name=each,
                source=table.unchecked("source") or base.source,
                medium=table.unchecked("medium") or base.medium,
                title="",
                page="",
                reason="",
                extends=extends,
                based_on=based_on,
                message=table.text("message", allowed=LINE_ENDS) or base.message,
                subject=table.text("subject") or base.subject,
                price_per_segment=base.price_per_segment if price is None else price,
                audience=table.whole("audience", 1, _MAX_AUDIENCE) or base.audience,
            )
        return base

    def _end_of_chain(
        self, name: str, extends: str | None, chain: Mapping[str, str | None]
    ) -> Channel | None:
        """Return what a channel extends, unless it is another one of the file.

        Args:
            name: The channel.
            extends: What it says that it extends.
            chain: The channels before it, each of which extends the next, and itself.
        """
        table = self._tables[name]
        if not extends:
            adds = name in CHANNELS and any(key in table.raw for key in _ADDED)
            is_whole = all(key in table.raw for key in SOURCE_AND_MEDIUM)
            return built_in(name) if adds and not is_whole else Channel(name, "", "")
        if extends == name and name in CHANNELS:  # a channel may refine its namesake
            return built_in(name)
        if extends in chain:
            message = f"{quoted(name)} extends itself{way_round(name, extends, list(chain))}"
            table.wrong("extends", message, "name another channel")
            return _UNKNOWN
        if extends in self._tables:
            return None
        if meant := named(extends):
            return built_in(meant)
        unknown = unknown_channel(
            extends,
            (*self._tables, *CHANNELS),
            otherwise="leave out extends and give source and medium, or name a channel of "
            "utmforge channels",
        )
        table.wrong("extends", unknown.message, unknown.hint)
        return _UNKNOWN


def _refuse_unwritable(channel: Table, key: str) -> None:
    try:
        refuse_unwritable(key, str(channel.raw.get(key, key)))
    except UtmforgeError as error:
        channel.wrong(key, error.message, error.hint)


def _goals(table: Table, workspace: Workspace) -> dict[str, Goal]:
    goals = {}
    for name, goal in table.tables():
        goal.only(("path", "value", "currency"))
        path = goal.text("path")
        if not path:
            goal.wrong(None, f"goal {quoted(name)} has no path", 'add path = "/thank-you"')
        elif not path.startswith("/"):
            goal.wrong("path", f"path {quoted(path)} does not begin with /", f'write "/{path}"')
        currency = goal.currency("currency")
        value = goal.money("value", currency or workspace.currency, as_text=True)
        goals[name] = Goal(path or "/", value, currency)
    return goals


def _refuse_same_names(campaigns: Iterable[Campaign], problems: Problems) -> None:
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
