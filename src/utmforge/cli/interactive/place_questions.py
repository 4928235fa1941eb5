"""Ask where links will be pasted: channels, or a place that is none of them."""

import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from utmforge.campaigns.campaign_file import FILE_NAME
from utmforge.channels import Channel, find_channel
from utmforge.channels.catalogue import kind_of, similar_channels
from utmforge.cli.interactive.menus import MORE, index_of, menu
from utmforge.cli.interactive.prompts import (
    Back,
    ask_line,
    ask_until,
    complain,
    confirm,
    say,
    sentence,
)
from utmforge.cli.interactive.tag_questions import TagQuestions
from utmforge.cli.session import Session
from utmforge.errors import BadTag, UnknownChannel, UtmforgeError, quoted
from utmforge.issuing.requests import LinkRequest
from utmforge.model import Tags

OTHER = "other"
_ABOUT = (
    "Each channel gives its links a source and a medium, so that reports tell them apart. Type "
    "numbers or names with commas; a name also works if it is not shown, such as facebook or fb. "
    f"{MORE} shows all of them; {OTHER} is for a place that is not in the list."
)
_ABOUT_SOURCE = "Who sends the visitor: the name of a site, an app, a newsletter or a partner."
_ABOUT_MEDIUM = (
    "How the visitor comes. GA4 files visits under channel groups by the medium: one of these, or "
    "a word of your own, which it may not know."
)
_ABOUT_KEEPING = (
    f"Yes adds [channels.NAME] with this source and this medium to {FILE_NAME}, so that you can "
    "choose it by its name next time. No uses them for these links only."
)
_MEDIUMS = (
    *("social", "email", "referral", "affiliate", "audio", "video"),
    *("cpc", "paid-social", "display", "push"),
)
_HEADINGS = {"public": "Public", "paid": "Advertisements"}
_SEPARATORS = re.compile(r"\s*[,;]\s*")


class PlaceQuestions:
    """Asks for the channels of links, or for their source and medium."""

    def __init__(self, session: Session, questions: TagQuestions) -> None:
        self.session = session
        self.questions = questions
        self.is_other = False
        """The source and the medium of the request were answered here."""

    def ask(self, request: LinkRequest) -> LinkRequest:
        """Return the request with channels, or with a source and a medium."""
        before = request.tags
        default = OTHER if self.is_other else ",".join(request.channels)
        if self.is_other:
            request = request.with_tags(source="", medium="")
        numbered = self._show_first(request)
        while True:
            answer = ask_line(
                "Channels, such as 1,3",
                default=default,
                offers=[channel.name for channel in self.session.file.all_channels()],
                about=_ABOUT,
            )
            parts = [part for part in _SEPARATORS.split(answer) if part]
            if [part.lower() for part in parts] == [MORE]:
                numbered = self._show_more(request, numbered)
            elif [part.lower() for part in parts] == [OTHER]:
                with suppress(Back):
                    return self._ask_other(request, before)
            elif channels := self._chosen(request, parts, numbered):
                self.is_other = False
                return request._replace(channels=tuple(dict.fromkeys(channels)))

    def _show_first(self, request: LinkRequest) -> list[str]:
        """Show the user's own channels and those for messages; return their names."""
        say("Where will it be pasted?")
        offered = [one for one in self.session.file.all_channels() if self._is_taken(request, one)]
        first = [one.name for one in offered if not one.title or kind_of(one.name) == "private"]
        if not first:
            first = [one.name for one in offered]
        if first:
            menu(first)
        if len(first) < len(offered):
            say(f"    {MORE:<6} social, newsletters, pages, ads")
        say(f"    {OTHER:<6} any other place")
        return first

    def _show_more(self, request: LinkRequest, numbered: Sequence[str]) -> list[str]:
        """Show the other channels, by kind; return the names of all that were shown."""
        names = list(numbered)
        for kind, heading in _HEADINGS.items():
            more = [
                channel.name
                for channel in self.session.file.all_channels()
                if channel.name not in names
                and channel.title
                and kind_of(channel.name) == kind
                and self._is_taken(request, channel)
            ]
            if more:
                say(heading)
                menu(more, first=len(names) + 1)
                names += more
        if len(names) == len(numbered):
            complain("all of them are shown", f"{OTHER} is for any other place")
        return names

    def _chosen(
        self, request: LinkRequest, parts: Sequence[str], numbered: Sequence[str]
    ) -> list[str]:
        """Return the names of the chosen channels; complain about each that cannot be one."""
        names: list[str] = []
        wrong = False
        for word in self._words(parts, numbered):
            try:
                channel = self._found(word, numbered)
                self._refuse(request, channel)
                names.append(channel.name)
            except UtmforgeError as error:
                wrong = True
                complain(error.message, error.hint)
        if not names and not wrong:
            complain("choose at least one: numbers or names, such as 1,3 or email,sms")
        return [] if wrong else names

    def _words(self, parts: Sequence[str], numbered: Sequence[str]) -> list[str]:
        """Return what was typed with commas, or else with spaces (`google ads` has one)."""
        words: list[str] = []
        for part in parts:
            try:
                self._found(part, numbered)
            except UnknownChannel:
                words += part.split()
            else:
                words.append(part)
        return words

    def _found(self, word: str, numbered: Sequence[str]) -> Channel:
        index = index_of(word, numbered)
        if index is not None:
            return self.session.file.channel(numbered[index])
        if word.lower() in {MORE, OTHER}:
            raise UnknownChannel(f"{quoted(word)} stands alone", hint="type it without the others")
        own = self.session.file.channels
        try:
            return find_channel(word, own)
        except UnknownChannel:
            known = [channel.name for channel in self.session.file.all_channels()]
            raise UnknownChannel(
                f"{quoted(word)} is not one of these",
                hint=similar_channels(word, known)
                or f"{MORE} shows all channels; {OTHER} asks for source and medium",
            ) from None

    def _is_taken(self, request: LinkRequest, channel: Channel) -> bool:
        """Tell whether the naming convention allows a channel."""
        try:
            self._refuse(request, channel)
        except UtmforgeError:
            return False
        return True

    def _refuse(self, request: LinkRequest, channel: Channel) -> None:
        self.questions.accept(request, "source", request.tags.source or channel.source)
        self.questions.accept(request, "medium", request.tags.medium or channel.medium)

    def _ask_other(self, request: LinkRequest, before: Tags) -> LinkRequest:
        """Ask for a source and a medium, say what GA4 makes of them, and offer to keep them.

        Args:
            request: What was answered so far.
            before: Its tags before this question, which are proposed.

        Raises:
            Back: The answer to the first question was `b`.
        """
        source, medium = before.source, ""
        while True:
            source = self._ask_source(request, source)
            try:
                medium = self._ask_medium(request.with_tags(source=source), before.medium)
                say_group(source, medium, request.campaign)
                is_kept = not self.session.dry_run and self._keeps(source)
                name = self._keep(source, medium) if is_kept else None
            except Back:
                continue
            self.is_other = name is None
            if name is not None:
                return request.with_tags(source="", medium="")._replace(channels=(name,))
            return request.with_tags(source=source, medium=medium)._replace(channels=())

    def _ask_source(self, request: LinkRequest, default: str) -> str:
        return ask_until(
            "Source (who sends the visitor)",
            lambda answer: self._checked(request, "source", answer),
            default=default,
            about=_ABOUT_SOURCE,
        )

    def _ask_medium(self, request: LinkRequest, default: str) -> str:
        offers = [one for one in _MEDIUMS if self.questions.takes(request, "medium", one)]

        def read(answer: str) -> str:
            index = index_of(answer, offers)
            return self._checked(request, "medium", answer if index is None else offers[index])

        if offers:
            menu(offers)
        return ask_until("Medium (how)", read, default=default, offers=offers, about=_ABOUT_MEDIUM)

    def _checked(self, request: LinkRequest, name: str, answer: str) -> str:
        if not answer:
            raise BadTag(f"the {name} is empty", hint="it is required")
        for note in self.questions.accept(request, name, answer):
            self.questions.tell(note)
        return self.session.file.convention.written(name, answer)

    def _path(self) -> Path:
        return self.session.file.path or Path(FILE_NAME)

    def _keeps(self, source: str) -> bool:
        question = f"Keep {source[:40]} as a channel of your own in {self._path()}?"
        return confirm(question, default=False, about=_ABOUT_KEEPING)

    def _keep(self, source: str, medium: str) -> str:
        """Ask for the name of a channel, add it to the campaign file, and return the name."""
        from utmforge.campaigns.editor import add_channel

        def read(answer: str) -> str:
            if answer in self.session.file.channels:
                raise BadTag(f"there is a channel {quoted(answer)}", hint="give it another name")
            add_channel(self._path(), answer, source, medium)
            return answer

        suggested = "-".join(re.findall(r"[a-z0-9]+", source.lower()))
        if suggested in self.session.file.channels:
            suggested = f"{suggested}-{medium}"
        name = ask_until(
            "Its name", read, default=suggested, about="How you choose it next time: a short name."
        )
        sentence(f"saved in {self._path().absolute()}")
        self.questions.file = self.session.read_file_again()
        return name


def say_group(source: str, medium: str, campaign: str) -> None:
    """Say where GA4 files links with this source and this medium, and what would be clearer."""
    from utmforge.analytics.ga4.channel_group import channel_group
    from utmforge.analytics.ga4.rules import UNASSIGNED
    from utmforge.analytics.ga4.suggested_mediums import known_medium

    group = channel_group(source, medium, campaign)
    verb = "will file" if group.is_certain else "may file"
    sentence(f"GA4 {verb} it under {group}: {group.rule}")
    if group.name == UNASSIGNED and (instead := known_medium(medium, source, campaign)):
        other = channel_group(source, instead, campaign)
        sentence(f"with medium {quoted(instead)} it would be {other}; b goes back")
