"""The contents of campaigns.toml, and how it is found."""

import os
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from utmforge.channels import CHANNELS, Channel, built_in, find_channel
from utmforge.errors import CampaignFileMissing, UnknownCampaign, did_you_mean, quoted
from utmforge.model import Campaign, Goal, Workspace
from utmforge.naming.convention import Convention

FILE_NAME = "campaigns.toml"
_FORMATS = {"table", "urls", "json", "jsonl", "csv", "markdown"}  # often asked for with -f


class CampaignFile(NamedTuple):
    """The contents of a campaigns.toml; without one, the defaults."""

    path: Path | None = None
    """The file. None: there is none, and the defaults apply."""
    workspace: Workspace = Workspace()
    """The settings that apply to all campaigns."""
    convention: Convention = Convention()
    """How tag values are written."""
    channels: Mapping[str, Channel] = MappingProxyType({})
    """The user's own channels, by name."""
    campaigns: Mapping[str, Campaign] = MappingProxyType({})
    """The campaigns, by name, in the file's order."""
    goals: Mapping[str, Goal] = MappingProxyType({})
    """The pages that mean success, by name."""
    ignored: Mapping[str, str] = MappingProxyType({})
    """Lint rules that are suppressed, by code, with their reasons (which may be empty)."""
    changes: tuple[str, ...] = ()
    """Messages about values that the naming convention writes differently than the file."""

    def campaign(self, name: str) -> Campaign:
        """Return one campaign.

        Raises:
            UnknownCampaign: The file has no campaign of this name.
        """
        if name in self.campaigns:
            return self.campaigns[name]
        raise UnknownCampaign(
            f"no campaign is called {quoted(name)}",
            where=str(self.path) if self.path else None,
            hint=did_you_mean(name, self.campaigns) or self._where_campaigns_are(),
        )

    def _where_campaigns_are(self) -> str:
        if not self.path:
            return (
                "there is no campaigns.toml here: utmforge init writes one, --file names another; "
                "an address is written https://…"
            )
        return (
            f"it has {', '.join(quoted(name) for name in list(self.campaigns)[:8]) or 'none yet'}"
        )

    def ended(self, now: datetime) -> dict[str, date]:
        """Return the campaigns whose last day has passed, by `utm_campaign`, and that day."""
        if not any(campaign.ends for campaign in self.campaigns.values()):
            return {}
        today = self.day(now)
        return {
            campaign.tags.campaign: campaign.ends
            for campaign in self.campaigns.values()
            if campaign.ends and campaign.ends < today
        }

    def day(self, time: datetime) -> date:
        """Return the date of a UTC time in the workspace's time zone, or in UTC if none is set."""
        if not self.workspace.timezone:
            return time.date()
        from zoneinfo import ZoneInfo

        return time.astimezone(ZoneInfo(self.workspace.timezone)).date()

    def channel(self, name: str) -> Channel:
        """Return a channel; the user's own come before the built-in ones.

        Raises:
            UnknownChannel: No channel has this name.
        """
        return find_channel(name, self.channels)

    def all_channels(self) -> Iterator[Channel]:
        """Yield the user's own channels, then the built-in ones."""
        yield from self.channels.values()
        yield from (built_in(name) for name in CHANNELS if name not in self.channels)


def find_campaign_file(asked: str | None, folder: Path | None = None) -> Path | None:
    """Return the campaigns.toml to use: the one asked for, or the nearest in a parent folder.

    Args:
        asked: The value of `--file` or `UTMFORGE_FILE`. None or empty: not set.
        folder: The folder to start from. None: the current folder.

    Raises:
        CampaignFileMissing: The one asked for does not exist.
    """
    if asked:
        path = Path(asked)
        if not path.exists():
            raise CampaignFileMissing(
                f"there is no file {quoted(asked)}",
                hint=f"the format is -F {asked}, with a capital F"
                if asked in _FORMATS
                else "utmforge init writes one",
            )
        return path
    here = folder or Path()
    absolute = Path(os.path.abspath(here))  # noqa: PTH100 - resolve follows links, absolute keeps `..`
    for each in (here, *absolute.parents):
        found = each / FILE_NAME
        if os.path.exists(found):  # noqa: PTH110 - Path.exists fails if a folder cannot be read
            return found
    return None
