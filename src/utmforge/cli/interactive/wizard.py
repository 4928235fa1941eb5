"""The wizard of `utmforge new`: asks for what is missing, shows the links, then issues them.

    which campaign → page → campaign → required tags → where → content → review → links
       ◄───────────────────────────── b goes back ─────────────────────────────┘

Answers are kept: a question that is asked again proposes the answer before.
"""

from collections.abc import Sequence

from utmforge.cli.interactive.after_issue import AfterIssue
from utmforge.cli.interactive.command_line import command_line
from utmforge.cli.interactive.menus import choose
from utmforge.cli.interactive.name_questions import ABOUT, ask_which_name
from utmforge.cli.interactive.place_questions import PlaceQuestions
from utmforge.cli.interactive.prompts import Back, ask_until, complain, say, sentence
from utmforge.cli.interactive.repeated import Repeated
from utmforge.cli.interactive.review import ask_review, show_review
from utmforge.cli.interactive.tag_questions import TagQuestions
from utmforge.cli.session import Session
from utmforge.errors import UtmforgeError
from utmforge.issuing.flow import IssueSettings, settle_links
from utmforge.issuing.make import plan
from utmforge.issuing.name_check import QuestionableName
from utmforge.issuing.page_gate import refuse_faulty_page
from utmforge.issuing.requests import LinkRequest, links_to, placements_of, tag_sets
from utmforge.model import Campaign, TaggedLink
from utmforge.output.escaping import safe
from utmforge.urls.address import looks_like_address
from utmforge.urls.tagging import read_landing_page, read_tags

_NEW = "a new landing page"
_OPENING = "A few questions; nothing is kept before you say yes. ? explains, b goes back."
_ABOUT_WHICH = (
    "A campaign of campaigns.toml has its landing page and its channels already. For anything "
    f"else choose {_NEW}, or type its address."
)
_ABOUT_PAGE = (
    "The address of the page that people will see, such as https://shop.example/spring. Without "
    "http or https, https:// is put before it. The tags are added at its end."
)


class Wizard:
    """One conversation."""

    def __init__(
        self,
        session: Session,
        settings: IssueSettings,
        target: str | None,
        request: LinkRequest,
        like: Campaign | None = None,
    ) -> None:
        self.session = session
        self.like = Repeated(like) if like else None
        """The campaign that is repeated, until an answer does away with it."""
        self.target = target
        self.request = request
        self.in_file = False
        """The target is a campaign of campaigns.toml."""
        self._settings = settings._replace(answer=settings.answer and self._meant)
        self._meanings: dict[QuestionableName, str] = {}
        self._shown: dict[str, None] = {}
        """Notes that were already shown and are not repeated."""
        self._has_begun = False
        self._questions = TagQuestions(session.file, self._say_once)
        self._places = PlaceQuestions(session, self._questions)
        self._answered = self._given()
        self._trail: list[str] = []
        """The questions that were answered here, in order; `b` goes back along them."""
        self._edited: str | None = None
        """The answer that is being changed from the review."""
        self._reviewed: list[TaggedLink] = []

    def ask(self) -> list[TaggedLink] | None:
        """Ask for what is missing, and which names are meant; return the links to issue.

        None: the answer to the last question was no.
        """
        self._refuse_bad_options()
        sentence(_OPENING, 0)
        for note in self._shown:
            sentence(note)
        self._has_begun = True
        try:
            links = self._converse()
        except (KeyboardInterrupt, EOFError):
            say("\nnothing was issued")
            self._say_how_to_resume()
            raise SystemExit(130) from None
        if not links:
            say("nothing was issued")
            self._say_how_to_resume()
        return links

    def finish(self, issued: Sequence[TaggedLink], *, copied: bool) -> None:
        """Offer what can be done with the links; show the command line that does the same."""
        campaign = (self.in_file and self.target) or issued[0].tags.campaign
        written = self._questions.as_written(self.request.with_tags(campaign=campaign))
        self.request = _with_settled_names(written, issued[0])
        target = self.target if self.in_file or self.like else issued[0].landing_page
        line = self._command_line(target)
        after = AfterIssue(self.session, issued, self.request, in_file=self.in_file, like=self.like)
        try:
            after.offer(target, copied=copied)
        except (KeyboardInterrupt, EOFError):
            say("\nthe links are issued; nothing more was done")
            raise SystemExit(130) from None
        say(f"\nThe same in one line:\n\n  {safe(line)}\n")

    def _given(self) -> set[str]:
        """Return the steps that the command line answered."""
        request, given = self.request, set[str]()
        if self.target is not None or request.campaign or self.like:
            given.add("which")
        if self.target is not None or self.like:
            given.add("page")
        if request.campaign:
            given.add("campaign")
        if self.like:
            given |= {"where", "content"}
        elif "--channel" not in request.missing():
            given |= {"where"}
            if request.contents or "content" not in self.session.file.convention.required:
                given.add("content")
        if request.contents:
            given.add("content")
        return given | {f"tag {name}" for name in request.given()}

    def _steps(self) -> list[str]:
        """Return the steps of this conversation, in order."""
        which = ["which"] if self.session.file.campaigns else []
        if self.in_file:
            return which
        required = list(self._questions.required(self.request))
        if self.like:
            required = self.like.missing(required)
        tags = [f"tag {name}" for name in required]
        return [*which, "page", "campaign", *tags, "where", "content"]

    def _converse(self) -> list[TaggedLink] | None:
        while True:
            waiting = (one for one in self._steps() if one not in self._answered)
            step = self._edited or next(waiting, None)
            try:
                if step is None:
                    decision = self._review()
                    if isinstance(decision, bool):
                        return self._reviewed if decision else None
                    self._edited = decision
                    self._answered.discard(decision)
                    continue
                self._ask(step)
            except Back:
                self._go_back(step)
            else:
                self._answered.add(step)
                if self._edited != step and step not in self._trail:
                    self._trail.append(step)
                self._edited = None

    def _go_back(self, step: str | None) -> None:
        """Ask the question before again; from an answer being changed, go to the review."""
        if self._edited is not None:
            if step == self._edited:
                self._answered.add(self._edited)
                self._edited = None
                return
            self._edited = None
        if step is None and self.in_file and "which" in self._trail:
            self.in_file, self.target = False, None
        if self._trail:
            self._answered.discard(self._trail.pop())
        else:
            complain("this is the first question", "Ctrl-C leaves")

    def _refuse_bad_options(self) -> None:
        """Refuse invalid options before asking anything."""
        if self.target is not None:
            self._read_page(self.target)
        shown = [*self.request.given().items(), ("campaign", self.request.campaign)]
        for name, value in [*shown, *(("content", each) for each in self.request.contents)]:
            if value:
                self._questions.accept(self.request, name, value)

    def _ask(self, step: str) -> None:
        match step.split():
            case ["which"]:
                self._ask_which()
            case ["page"]:
                self._ask_page()
            case ["campaign"]:
                self.request = self.request.with_tags(campaign=self._ask_campaign())
            case ["tag", name]:
                self.request = self._questions.ask_tag(self.request, name)
            case ["where"]:
                request = self._places.ask(self._proposed())
                self.request = self.like.changed(request) if self.like else request
            case _:
                self._answer_contents(self._questions.ask_contents(self._proposed()))

    def _proposed(self) -> LinkRequest:
        """Return the request with what is proposed where nothing was answered yet."""
        return self.like.proposed(self.request) if self.like else self.request

    def _answer_contents(self, contents: tuple[str, ...]) -> None:
        request = self.request._replace(contents=contents)
        if self.like and not contents and self.like.contents:  # links without what they have
            self.target = self.target or self.like.campaign.landing_page
            request, self.like = self.like.spelled_out(request), None
        self.request = self.like.changed(request) if self.like else request

    def _ask_page(self) -> None:
        own = self.like.campaign.landing_page if self.like else ""
        answer = ask_until(
            "Landing page", self._read_page, default=self.target or own, about=_ABOUT_PAGE
        )
        self.target = None if self.like and answer == own else answer

    def _ask_which(self) -> None:
        """Ask for a campaign of the file that has not ended, or for a new landing page."""
        file = self.session.file
        say(f"From {file.path}:")
        over = self._settings.policy.ended
        names = [
            name for name, campaign in file.campaigns.items() if campaign.tags.campaign not in over
        ]
        names.append(_NEW)

        def is_answer(text: str) -> bool:  # a campaign that has ended, too
            return looks_like_address(text) or text in file.campaigns

        picked = choose(
            "Which one",
            names,
            about=_ABOUT_WHICH,
            pinned=1,
            also=is_answer,
            otherwise=f"{len(names)} for {_NEW}",
        )
        name = names[picked] if isinstance(picked, int) else picked
        self.in_file = name in file.campaigns
        self.target = None if name == _NEW else str(name)
        if self.target and not self.in_file:
            self._read_page(self.target)
            self._answered.add("page")

    def _read_page(self, answer: str) -> str:
        page = read_landing_page(answer)
        for note in page.notes():
            self._say_once(note)
        refuse_faulty_page(page.url, allow_personal=self.session.allow_private)
        return answer

    def _ask_campaign(self) -> str:
        with self.session.registry() as registry:
            known = registry.queries.campaigns()
        default = self.request.campaign or read_tags(self.target or "").campaign
        return self._questions.ask_campaign(self.request, known, default)

    def _links(self) -> tuple[list[TaggedLink], list[str]]:
        """Return the links that were asked for, and notes about them."""
        file = self.session.file
        if self.like:
            return self.like.links(self.target, self.request, file)
        if not self.in_file:
            return links_to(self.target or "", tag_sets(self.request, file))
        placements, notes = placements_of(file.campaigns[self.target or ""], self.request, file)
        return plan(placements), [*file.changes, *notes]

    def _review(self) -> bool | str:
        """Show the links and ask whether to issue them; return a step to change an answer."""
        session = self.session
        try:
            links, notes = self._links()
        except UtmforgeError as error:
            if not self._trail:
                raise
            complain(error.message, error.hint)
            raise Back from None
        for note in notes:
            self._say_once(note)
        settled = settle_links(links, self._settings._replace(file=session.file))
        for note in settled.notes:
            self._say_once(note)
        self._reviewed = links = list(settled.links)
        with session.registry() as registry:
            known = registry.queries.known([link.id for link in links])
        steps = show_review(self.request, self.target or "", links, known, in_file=self.in_file)
        verb = "Print" if session.dry_run or len(known) == len(links) else "Issue"
        count = "this link" if len(links) == 1 else f"these {len(links)} links"
        return ask_review(f"{verb} {count}?", steps)

    def _meant(self, question: QuestionableName) -> str:
        """Ask which name is meant, each name once."""
        if question not in self._meanings:
            self._meanings[question] = ask_which_name(question, about=ABOUT)
        return self._meanings[question]

    def _say_how_to_resume(self) -> None:
        """Show the command line with the answers so far; it asks for the others."""
        if self.target is None and not self.like:
            return
        if self._reviewed and not self.in_file:
            self.request = self.request.with_tags(campaign=self._reviewed[0].tags.campaign)
        say(f"To go on from here:\n\n  {safe(self._command_line(self.target))}\n")

    def _command_line(self, target: str | None) -> str:
        """Return the command line with the answers."""
        like = self.like.name if self.like else None
        return command_line(target, self.request, in_file=self.in_file, like=like)

    def _say_once(self, note: str) -> None:
        if note not in self._shown:
            self._shown[note] = None
            if self._has_begun:
                sentence(note)


def _with_settled_names(request: LinkRequest, link: TaggedLink) -> LinkRequest:
    """Return a request with the source and the medium that its links have, if it names them."""
    tags = request.tags
    return request.with_tags(
        source=tags.source and link.tags.source, medium=tags.medium and link.tags.medium
    )
