"""The command's access to the outside world: files, the registry, the environment, the clock."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from utmforge.campaigns.campaign_file import CampaignFile, find_campaign_file
from utmforge.errors import CampaignFileError, quoted
from utmforge.model import NO_NOTE, Note
from utmforge.registry import IssuePolicy, Registry
from utmforge.registry.location import data_folder, registry_place

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from utmforge.campaigns.document import CampaignDocument
    from utmforge.issuing.flow import IssueSettings
    from utmforge.issuing.name_check import Answer
    from utmforge.output.console import Console
    from utmforge.registry.server_address import ServerAddress


class Session:
    """What a command works with: its console, the campaign file, the registry, the clock."""

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
        self.given: tuple[str, ...] = ()
        """The options of the command line, none that a variable set, each once.

        One with a single value stands there with it, too: `--html`, `--html -`.
        """
        self._file_asked = file
        self.registry_asked = registry
        self._will_issue = False  # then a shared file that cannot be used is refused at once
        self._is_about_to_issue = False  # also in a dry run: a missing registry would be made
        self.warned: set[str] = set()
        """What is said once alone, however often the registry is opened."""

    @cached_property
    def file_path(self) -> Path | None:
        """Where the campaign file is. None: there is none."""
        path = find_campaign_file(self._file_asked)
        if path and not self._file_asked and path.is_absolute():
            self.console.note(f"using {path}")
        return path

    def refuse_bad_file(self) -> None:
        """Refuse a file that `--file` names and that cannot be opened, also where it is not needed.

        Raises:
            CampaignFileMissing: It cannot be read.
            CampaignFileBroken: It is not TOML.
        """
        if self._file_asked:
            _ = self.document

    @property
    def has_registry(self) -> bool:
        """Whether there are links to change; a registry on a server always exists."""
        return self.has_registry_file or bool(self.shared_path and self.shared_path.exists())

    @cached_property
    def document(self) -> CampaignDocument | None:
        """The campaign file as written, opened once per run. None: there is none.

        Raises:
            CampaignFileMissing: It cannot be read.
            CampaignFileBroken: It is not TOML.
        """
        if self.file_path is None:
            return None
        from utmforge.campaigns.document import open_document

        return open_document(self.file_path)

    @cached_property
    def file(self) -> CampaignFile:
        """What the campaign file says, or the defaults if there is none.

        Raises:
            CampaignFileError: It cannot be used.
        """
        if self.document is None:
            return CampaignFile()
        from utmforge.campaigns.reader import read_campaigns

        return read_campaigns(self.document)

    def read_file_again(self) -> CampaignFile:
        """Return what the campaign file says after it was changed.

        Raises:
            CampaignFileError: It cannot be used.
        """
        for name in ("file_path", "document", "file", "own_domains"):
            self.__dict__.pop(name, None)
        return self.file

    @cached_property
    def own_domains(self) -> tuple[str, ...]:
        """The domains that the campaign file says are your own; none if it cannot be used."""
        with suppress(CampaignFileError):
            if self.document is not None:
                from utmforge.campaigns.reader import read_workspace

                return read_workspace(self.document).own_domains
        return ()

    @cached_property
    def timezone(self) -> str | None:
        """The time zone of the campaign file. None: it names none, or cannot be used."""
        with suppress(CampaignFileError):
            if self.document is not None:
                from utmforge.campaigns.reader import read_workspace

                return read_workspace(self.document).timezone
        return None

    @cached_property
    def registry_place(self) -> Path | ServerAddress:
        """Where the registry is: a file, or a server's address.

        Raises:
            RegistryUnavailable: There is no home folder, or the address cannot be used.
        """
        if self.registry_asked:
            return registry_place(self.registry_asked, self.environment)
        place = self._place_of_file
        if not isinstance(place, Path):
            place.refuse_unsafe(self.environment)
        return place

    @cached_property
    def _place_of_file(self) -> Path | ServerAddress:
        """Where the registry is by the campaign file, or else the user's own."""
        if not self.document:
            return registry_place(None, self.environment)
        # Problems elsewhere in the file must not lock you out of the links issued so far.
        from utmforge.campaigns.reader import read_workspace

        named = read_workspace(self.document).registry
        return registry_place(named, self.environment, beside=self.document.path.parent)

    @cached_property
    def shared_path(self) -> Path | None:
        """The text file that the registry follows. None: the campaign file names none."""
        if not self.document:
            return None
        from utmforge.campaigns.reader import read_workspace

        try:
            shared = read_workspace(self.document).shared
        except CampaignFileError:
            if self.registry_asked:  # which the file's problems do not lock
                return None
            raise
        return self.document.path.parent / shared if shared else None

    def server_of_file(self) -> ServerAddress | None:
        """Return the server that is used because the campaign file names it. None: there is none.

        Raises:
            RegistryUnavailable: Its address cannot be used.
        """
        place = self.registry_place
        return None if self.registry_asked or isinstance(place, Path) else place

    def refuse_untrusted(self) -> None:
        """Refuse a server that the campaign file names until the user has agreed to use it.

        At a terminal the user is asked, and a yes is saved.

        Raises:
            ServerNotTrusted: The user has not agreed.
        """
        server = self.server_of_file()
        if server is None:
            return
        from utmforge.registry.agreement import ServerNotTrusted, agree, is_agreed

        folder = data_folder(self.environment)
        if is_agreed(server, folder):
            return
        if self.can_ask and self._agrees(server):
            if not self.dry_run:
                agree(server, folder)
            return
        raise ServerNotTrusted(
            f"{self.file_path} names the registry {server.shown}, which you have not agreed to use",
            hint="to use it: utmforge registry trust, or name it with UTMFORGE_REGISTRY or "
            "--registry",
        )

    def _agrees(self, server: ServerAddress) -> bool:
        from utmforge.cli.interactive.prompts import confirm

        try:
            question = f"{self.file_path} names the registry {server.url}; use it?"
            return confirm(question, default=False)
        except EOFError:
            return False

    def registry(
        self, *, writing: bool = False, follows: bool = True, complete: bool = False
    ) -> Registry:
        """Open the registry; a missing one is created when its first entry is saved.

        Args:
            writing: The command changes it.
            follows: Exchange links with the shared file of the campaign file.
            complete: Refuse a shared file that cannot be used, also if nothing is changed.

        Raises:
            RegistryError: It cannot be opened.
            LandingPagesInvalid: The shared file has bad lines, and the command changes links or
                needs all of them.
        """
        self.refuse_untrusted()
        create = writing and not self.dry_run
        place = self.registry_place
        if isinstance(place, Path) and place.suffix == ".jsonl":
            from utmforge.cli.shared_registry import opened_text

            return opened_text(self, place, writing=create)
        if not (writing or self._is_about_to_issue):
            self._warn_if_missing(place)
        shared = self.shared_path if follows else None
        fills = bool(shared) and not self.dry_run and not self.has_registry_file
        author = None
        if create:
            from utmforge.registry.author import Author

            author = Author(self.environment)
        registry = Registry.open(place, create=create or fills, at_once=False, author=author)
        if registry.database.copy_kept:
            self.console.note(
                f"the registry was upgraded; the old one is kept as {registry.database.copy_kept}"
            )
        if shared:
            from utmforge.cli.shared_registry import follow

            complete = complete or self._will_issue
            follow(self, registry, shared, writing=create, complete=complete)
        return registry

    def _warn_if_missing(self, place: Path | ServerAddress) -> None:
        """Warn if the registry that was named is missing, such as one that is mistyped."""
        if not self.registry_asked or not isinstance(place, Path):
            return
        text = f"there is no registry {quoted(place)}"
        with suppress(OSError):  # which opening it tells
            if not place.exists() and text not in self.warned:
                self.warned.add(text)
                self.console.warn(text)

    @property
    def has_registry_file(self) -> bool:
        """Whether the registry itself exists; one on a server always does."""
        place = self.registry_place
        return not isinstance(place, Path) or place.exists()

    def registry_to_compare(self, without: str) -> Registry:
        """Open the registry for reading; an empty one if its server is not trusted.

        Args:
            without: What the command cannot do then, for a warning.

        Raises:
            RegistryError: It cannot be opened.
        """
        from utmforge.registry.agreement import ServerNotTrusted

        try:
            return self.registry()
        except ServerNotTrusted as error:
            self.console.warn(f"{without}: {error.message}")
            self.console.hint(error.hint or "")
            return Registry.open(data_folder(self.environment) / "none", create=False)

    def policy(self, *, ended: bool, retired: bool, skip: bool = False) -> IssuePolicy:
        """Return which links may be issued.

        Args:
            ended: Include campaigns that have ended.
            retired: Include links that were retired.
            skip: Leave out the other links instead of refusing all.
        """
        over = {} if ended else self.file.ended(datetime.now(UTC))
        return IssuePolicy(over, retired, skip, self.own_domains)

    def issue_settings(
        self, policy: IssuePolicy, note: str | None = None, labels: Iterable[str] | None = None
    ) -> IssueSettings:
        """Return how this command issues links.

        Args:
            policy: Which links may be issued.
            note: What to note of them. None: nothing.
            labels: Their labels.

        Raises:
            NotText: The note or a label cannot be kept.
            PrivateData: The note or a label contains private data.
        """
        from utmforge.issuing.flow import IssueSettings

        self._is_about_to_issue = True
        self._will_issue = not self.dry_run
        return IssueSettings(
            self.file,
            self.registry,
            policy,
            self._answer(),
            dry_run=self.dry_run,
            allow_private=self.allow_private,
            note=self._note(note, labels),
        )

    def _note(self, text: str | None, labels: Iterable[str] | None) -> Note:
        if text is None and labels is None:
            return NO_NOTE
        from utmforge.privacy.issue_gate import refuse_private_note
        from utmforge.registry.notes import note_from, refuse_unfit_note

        note = note_from(text, labels := tuple(labels or ()))
        refuse_unfit_note(note)
        # As written: a label in lower case may no longer look like the secret that it was.
        for one in (note, Note(None, labels)):
            refuse_private_note(one, allow_personal=self.allow_private)
        return note

    def _answer(self) -> Answer | None:
        """Return what decides which name is meant when a new one looks like another."""
        if self.new_name:
            return None
        if self.can_ask:
            from utmforge.cli.interactive.name_questions import ask_which_name

            return ask_which_name
        from utmforge.issuing.name_check import refuse_near_name

        return refuse_near_name
