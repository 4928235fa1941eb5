"""What the wizard offers after the links are issued: copy, draw for print, save the campaign."""

import re
import shlex
from collections.abc import Sequence
from pathlib import Path

from utmforge.campaigns.campaign_file import FILE_NAME
from utmforge.cli.delivery import Extras, QrFiles, copy_text, described
from utmforge.cli.interactive.menus import choose
from utmforge.cli.interactive.prompts import ask_until, complain, confirm, say, sentence
from utmforge.cli.interactive.repeated import Repeated
from utmforge.cli.session import Session
from utmforge.errors import UtmforgeError
from utmforge.issuing.requests import LinkRequest
from utmforge.model import TaggedLink

_ALL, _MESSAGE = "all", "message"
_QR = "qr"


class AfterIssue:
    """The questions after the links are issued."""

    def __init__(
        self,
        session: Session,
        issued: Sequence[TaggedLink],
        request: LinkRequest,
        *,
        in_file: bool,
        like: Repeated | None = None,
    ) -> None:
        self.session = session
        self.like = like
        self.issued = issued
        self.request = request
        self.in_file = in_file

    def offer(self, target: str | None, *, copied: bool) -> None:
        """Ask everything that applies to the links.

        Args:
            target: A campaign of the file, or a landing page. None: that of the repeated campaign.
            copied: `--copy` was given.
        """
        if self.session.dry_run:
            return
        if not copied:
            self._offer_copies(self._messages(target))
        self._offer_codes()
        if self._can_save(target):
            self._offer_to_save(target)

    def _messages(self, target: str | None) -> dict[str, str]:
        """Return the planned words for each link, by its id; empty if there are none."""
        if not self.in_file or target is None:
            return {}
        campaign = self.session.file.campaigns[target]
        by_channel = {each.channel: each.message for each in reversed(campaign.placements)}
        found = {
            link.id: by_channel.get(link.channel or "") or campaign.message for link in self.issued
        }
        return {name: message for name, message in found.items() if message}

    def _offer_copies(self, messages: dict[str, str]) -> None:
        links = self.issued
        if len(links) == 1 and not messages:
            if confirm("Copy it to the clipboard?", default=True):
                copy_text(self.session, links[0].url, described(links[0]))
            return
        names = [f"{link.channel or '-'} {link.tags.content or ''}".strip() for link in links]
        more = [_ALL] if len(links) > 1 else []
        more += [_MESSAGE] if messages else []
        width = max(map(len, [*names, *more]))
        shown = [f"{name:<{width}}  {link.id}" for name, link in zip(names, links, strict=True)]
        labels = {_ALL: f"the {len(links)} links", _MESSAGE: "with its link"}
        picked = choose(
            "Copy which link?",
            [*names, *more],
            shown=[*shown, *(f"{one:<{width}}  {labels[one]}" for one in more)],
            optional=True,
            pinned=len(more),
        )
        if not isinstance(picked, int):
            return
        if picked < len(links):
            copy_text(self.session, links[picked].url, described(links[picked]))
        elif more[picked - len(links)] == _ALL:
            urls = "\n".join(link.url for link in links)
            copy_text(self.session, urls, f"{len(links)} links")
        else:
            self._copy_message(messages, names)

    def _copy_message(self, messages: dict[str, str], names: Sequence[str]) -> None:
        link = self.issued[0]
        if len(self.issued) > 1:
            picked = choose("The message with which link?", names, optional=True)
            if not isinstance(picked, int):
                return
            link = self.issued[picked]
        message = messages.get(link.id)
        if message is None:
            complain(f"campaigns.toml has no message for {link.channel}")
            return
        copy_text(self.session, f"{message}\n{link.url}", f"the message with {described(link)}")

    def _offer_codes(self) -> None:
        """Offer files of QR codes for links that are printed."""
        from utmforge.analytics.ga4.suggested_mediums import is_offline

        printed = [
            link for link in self.issued if link.channel == _QR or is_offline(link.tags.medium)
        ]
        if not printed:
            return
        what = "its QR code" if len(printed) == 1 else f"the {len(printed)} QR codes"
        if not confirm(f"Write {what} to print?", default=True):
            return

        def read(answer: str) -> QrFiles:
            files = QrFiles(Extras(qr_file=Path(answer)))
            files.check(self.session, printed)
            return files

        campaign = re.sub(r"[^\w.-]+", "-", printed[0].tags.campaign)[:60]
        try:
            files = ask_until("File (.svg or .png)", read, default=f"{campaign}-qr.svg")
            files.write(self.session, printed)
        except UtmforgeError as error:
            complain(f"not written: {error.message}", error.hint)

    def _can_save(self, page: str | None) -> bool:
        tag = self.issued[0].tags.campaign
        if self.in_file or tag in {
            one.tags.campaign for one in self.session.file.campaigns.values()
        }:
            return False
        if self.request.tags.source or self.request.tags.medium:
            return False
        if self.like:
            return self.like.can_be_extended(page, self.request)
        return bool(self.request.channels)

    def _values(self, page: str | None) -> dict[str, str | Sequence[str]]:
        """Return the keys of the campaign in campaigns.toml."""
        values: dict[str, str | Sequence[str]] = {"extends": self.like.name} if self.like else {}
        if page:
            values["landing_page"] = page
        values |= self.request.given()
        if self.request.channels:
            values["channels"] = self.request.channels
        if self.request.contents:
            values["contents"] = self.request.contents
        return values

    def _offer_to_save(self, page: str | None) -> None:
        from utmforge.campaigns.editor import add_campaign

        tag = self.issued[0].tags.campaign
        path = self.session.file.path or Path(FILE_NAME)
        if not confirm(f"Save the campaign to {path}?", default=False):
            return
        is_new = not path.exists()
        try:
            add_campaign(path, tag, self._values(page))
        except UtmforgeError as error:
            complain(f"not saved: {error.message}", error.hint)
            return
        say(f"  saved; utmforge new {shlex.quote(tag)} issues it")
        sentence(f"the file is {path.absolute()}")
        if is_new:
            sentence("utmforge init adds comments to it, and a schema for editors")
