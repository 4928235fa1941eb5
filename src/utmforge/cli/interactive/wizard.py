"""The wizard of `utmforge new`: asks for what is missing, shows the links, then issues them."""

import shlex
from collections.abc import Sequence
from pathlib import Path

from utmforge.campaigns.campaign_file import FILE_NAME
from utmforge.channels.catalogue import PRIVATE
from utmforge.cli.delivery import copy_link
from utmforge.cli.interactive.prompts import (
    ask_line,
    ask_until,
    choose_several,
    complain,
    confirm,
    index_of,
    menu,
    say,
)
from utmforge.cli.interactive.tag_questions import TagQuestions
from utmforge.cli.session import Session
from utmforge.errors import UtmforgeError, did_you_mean, quoted
from utmforge.issuing.flow import IssueSettings, settle_links
from utmforge.issuing.make import plan
from utmforge.issuing.page_gate import refuse_faulty_page
from utmforge.issuing.requests import LinkRequest, links_to, placements_of, tag_sets
from utmforge.model import TaggedLink
from utmforge.output.escaping import safe
from utmforge.urls.address import looks_like_address
from utmforge.urls.tagging import read_landing_page, read_tags

_NEW = "a new landing page"


class Wizard:
    """One conversation."""

    def __init__(
        self,
        session: Session,
        settings: IssueSettings,
        target: str | None,
        request: LinkRequest,
    ) -> None:
        self.session = session
        self.settings = settings
        self.target = target
        self.request = request
        self.is_saved = False
        """The campaign is in campaigns.toml already."""
        self.shown: set[str] = set()
        """Notes that were already shown and are not repeated."""
        self.questions = TagQuestions(session.file, self._say_once)

    def ask(self) -> list[TaggedLink] | None:
        """Ask for what is missing, and which names are meant; return the links to issue.

        None: the answer to the last question was no.
        """
        try:
            links = self._ask()
        except (KeyboardInterrupt, EOFError):
            say("\nnothing was issued")
            raise SystemExit(130) from None
        if not links:
            say("nothing was issued")
        return links

    def finish(self, issued: Sequence[TaggedLink], *, copied: bool) -> None:
        """Offer to copy the link and to save the campaign; show the command that does the same."""
        try:
            self._finish(issued, copied=copied)
        except (KeyboardInterrupt, EOFError):
            say("\nthe links are issued; nothing more was done")
            raise SystemExit(130) from None

    def _ask(self) -> list[TaggedLink] | None:
        file = self.session.file
        if self.target is None and file.campaigns and not self.request.campaign:
            say(f"From {file.path}:")
            if (name := self._ask_which()) is not None:
                return self._known_campaign(name)
        self._ask_landing_page()
        if not self.request.campaign:
            self.request = self.request.with_tags(campaign=self._ask_campaign())
        self._refuse_bad_options()
        self.request = self.questions.ask_required(self.request)
        if "--channel" not in self.request.missing():
            if not self.request.contents and "content" in file.convention.required:
                self.request = self.request._replace(
                    contents=self.questions.ask_contents(self.request)
                )
            return self._confirmed(*links_to(self.target or "", tag_sets(self.request, file)))
        while True:
            self._ask_channels()
            try:
                sets = tag_sets(self.request, file)
            except UtmforgeError as error:  # a channel's medium that the convention does not allow
                complain(error.message, error.hint)
                self.request = self.request._replace(channels=())
            else:
                return self._confirmed(*links_to(self.target or "", sets))

    def _refuse_bad_options(self) -> None:
        """Refuse invalid options before asking anything more."""
        shown = [*self.request.given().items(), ("campaign", self.request.campaign)]
        for name, value in [*shown, *(("content", each) for each in self.request.contents)]:
            self.questions.accept(self.request, name, value)

    def _ask_which(self) -> str | None:
        """Return a campaign of the file, or None for a new landing page (perhaps its address)."""
        names = [*self.session.file.campaigns, _NEW]
        menu(names)
        while True:
            answer = ask_line("Which one", offers=names)
            if looks_like_address(answer):
                self.target = answer
                return None
            index = index_of(answer, names)
            if index is not None:
                return None if names[index] == _NEW else names[index]
            near = did_you_mean(answer, names)
            complain(f"{quoted(answer)} is not one of these", near or f"{len(names)} for {_NEW}")

    def _known_campaign(self, name: str) -> list[TaggedLink] | None:
        self.target, self.is_saved = name, True
        campaign = self.session.file.campaigns[name]
        placements, notes = placements_of(campaign, self.request, self.session.file)
        return self._confirmed(plan(placements), [*self.session.file.changes, *notes])

    def _ask_landing_page(self) -> None:
        def read(answer: str) -> str:
            page = read_landing_page(answer)
            for note in page.notes():
                self._say_once(note)
            refuse_faulty_page(page.url, allow_personal=self.session.allow_private)
            return answer

        if self.target is None:
            self.target = ask_until("Landing page", read)
        else:
            read(self.target)

    def _ask_campaign(self) -> str:
        with self.session.registry() as registry:
            known = registry.queries.campaigns()
        tagged = read_tags(self.target or "").campaign
        return self.questions.ask_campaign(self.request, known, tagged)

    def _ask_channels(self) -> None:
        names = [
            channel.name
            for channel in self.session.file.all_channels()
            if (channel.name in PRIVATE or not channel.title)
            and self.questions.takes(self.request, "source", channel.source)
            and self.questions.takes(
                self.request, "medium", self.request.tags.medium or channel.medium
            )
        ]
        say("Where will it be pasted?")
        picked = choose_several("Channels, such as 1,3", names)
        contents = self.request.contents or self.questions.ask_contents(self.request)
        self.request = self.request._replace(
            channels=tuple(names[index] for index in picked), contents=contents
        )

    def _confirmed(self, links: list[TaggedLink], notes: Sequence[str]) -> list[TaggedLink] | None:
        for note in notes:
            self._say_once(note)
        session = self.session
        settled = settle_links(links, self.settings)
        for note in settled.notes:
            session.console.note(note)
        links = list(settled.links)
        with session.registry() as registry:
            had = registry.queries.known([link.id for link in links])
        say()
        for link in links:
            again = " (already issued)" if link.id in had else ""
            say(f"  {safe(link.channel or '-')} {safe(link.tags.content or '')}".rstrip() + again)
            say(f"  {safe(link.url)}")
        say()
        verb = "Print" if session.dry_run or len(had) == len(links) else "Issue"
        count = "this link" if len(links) == 1 else f"these {len(links)} links"
        return links if confirm(f"{verb} {count}?", default=True) else None

    def _say_once(self, note: str) -> None:
        if note not in self.shown:
            self.shown.add(note)
            say(f"  {safe(note)}")

    def _finish(self, issued: Sequence[TaggedLink], *, copied: bool) -> None:
        campaign = (self.is_saved and self.target) or issued[0].tags.campaign
        self.request = self.questions.as_written(self.request.with_tags(campaign=campaign))
        self.request = _with_settled_names(self.request, issued[0])
        if self.session.dry_run:
            self._say_command(issued[0])
            return
        if not copied and len(issued) == 1:
            if confirm("Copy it to the clipboard?", default=True):
                copy_link(self.session, issued)
        elif not copied:
            copy_link(self.session, issued)
        tag = issued[0].tags.campaign
        known = {each.tags.campaign for each in self.session.file.campaigns.values()}
        by_channel = self.request.channels and not (
            self.request.tags.source or self.request.tags.medium
        )
        if not self.is_saved and by_channel and tag not in known:
            self._offer_to_save(tag, issued[0].landing_page)
        self._say_command(issued[0])

    def _offer_to_save(self, tag: str, landing_page: str) -> None:
        from utmforge.campaigns.editor import add_campaign

        path = self.session.file.path or Path(FILE_NAME)
        if not confirm(f"Save the campaign to {path}?", default=False):
            return
        values: dict[str, str | Sequence[str]] = {
            "landing_page": landing_page,
            **self.request.given(),
            "channels": self.request.channels,
        }
        if self.request.contents:
            values["contents"] = self.request.contents
        try:
            add_campaign(path, tag, values)
        except UtmforgeError as error:
            complain(f"not saved: {error.message}", error.hint)
        else:
            say(f"  saved; utmforge new {shlex.quote(tag)} issues it")

    def _say_command(self, link: TaggedLink) -> None:
        request = self.request
        if self.is_saved:
            words = ["utmforge", "new", self.target or ""]
        else:
            words = ["utmforge", "new", link.landing_page, "--campaign", link.tags.campaign]
        if request.channels:
            words += ["--channel", ",".join(request.channels)]
        if request.contents:
            words += ["--content", ",".join(request.contents)]
        for name, value in request.given().items():
            words += [f"--{name.replace('_', '-')}", value]
        say("\nThe same in one line:\n")
        say(f"  {safe(shlex.join(words))}\n")


def _with_settled_names(request: LinkRequest, link: TaggedLink) -> LinkRequest:
    """Return a request with the source and the medium that its links have, if it names them."""
    tags = request.tags
    return request.with_tags(
        source=tags.source and link.tags.source, medium=tags.medium and link.tags.medium
    )
