"""The door to the outside world, made once a command and handed down."""

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from utmforge.campaigns.campaign_file import CampaignFile, find_campaign_file
from utmforge.output.console import Console
from utmforge.registry import IssuePolicy, Registry
from utmforge.registry.location import registry_place


class Session:
    """What a command works with: its console, the campaign file, the registry."""

    def __init__(
        self,
        console: Console,
        file: str | None = None,
        registry: str | None = None,
        *,
        dry_run: bool = False,
        new_name: bool = False,
        can_ask: bool = False,
        allow_private: bool = False,
        environment: Mapping[str, str] = os.environ,
    ) -> None:
        self.console = console
        self.environment = environment
        self.dry_run = dry_run
        self.new_name = new_name
        self.can_ask = can_ask
        self.allow_private = allow_private
        self._file_asked = file
        self.registry_asked = registry

    @cached_property
    def file(self) -> CampaignFile:
        """The campaign file, or the defaults where there is none.

        Raises:
            CampaignFileError: The one there is cannot be used.
        """
        path = self.file_path
        if path is None:
            return CampaignFile()
        from utmforge.campaigns.reader import load_campaigns

        return load_campaigns(path)

    @cached_property
    def file_path(self) -> Path | None:
        """Where the campaign file is. None: there is none."""
        path = find_campaign_file(self._file_asked)
        if path and not self._file_asked and path.is_absolute():
            self.console.note(f"using {path}")
        return path

    @cached_property
    def registry_place(self) -> Path | str:
        """Where the registry is: a file, or a server's address.

        Raises:
            RegistryUnavailable: There is no home folder, or the address cannot be used.
        """
        named = self.registry_asked
        beside = None
        if not named and self.file_path:
            beside = self.file_path.parent
            # The rest of the file may have problems; they keep nobody from what was issued.
            from utmforge.campaigns.reader import load_workspace

            named = load_workspace(self.file_path).registry
        return registry_place(named, self.environment, beside=beside)

    def registry(self, *, writing: bool = False) -> Registry:
        """Open the registry; one that is only read is not made.

        Raises:
            RegistryError: It cannot be opened.
        """
        registry = Registry.open(self.registry_place, create=writing and not self.dry_run)
        if registry.database.copy_kept:
            self.console.note(
                "the registry was brought up to date; as it was before: "
                f"{registry.database.copy_kept}"
            )
        return registry

    def policy(self, *, ended: bool, retired: bool, skip: bool = False) -> IssuePolicy:
        """Return under which conditions links are handed out.

        Args:
            ended: Also for campaigns that are over.
            retired: Also links that were retired.
            skip: Leave the others out instead of refusing everything.
        """
        over = {} if ended else self.file.ended(datetime.now(UTC))
        return IssuePolicy(over, retired, skip)
