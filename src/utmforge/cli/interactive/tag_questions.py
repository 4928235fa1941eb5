"""Questions whose answer is a tag; they offer the values that the naming convention lists."""

from collections.abc import Callable, Sequence

from utmforge.campaigns.campaign_file import CampaignFile
from utmforge.cli.interactive.menus import index_of, menu
from utmforge.cli.interactive.prompts import ask_until
from utmforge.errors import BadTag, UtmforgeError
from utmforge.issuing.requests import LinkRequest, day_for, id_in_file
from utmforge.model import MEANINGS, PARAMETERS, REQUIRED

_MAX_SHOWN = 12
_NONE = "-"
_ABOUT_CAMPAIGN = (
    "What all these links are for, such as 2026-spring-sale. Reports show it as utm_campaign: "
    "links with the same name are counted together."
)
_ABOUT_CONTENTS = (
    "Something to tell links of one channel apart in reports, such as hero and footer in one "
    "e-mail, or store-paris and store-lyon on posters. Several, with commas, give a link each. "
    "Enter: a single link for each channel."
)


class TagQuestions:
    """Asks for the tags that the naming convention of a campaign file requires."""

    def __init__(self, file: CampaignFile, tell: Callable[[str], None]) -> None:
        self.file = file
        self.tell = tell
        """Shows a note when a value is written differently from the answer."""

    def accept(self, request: LinkRequest, name: str, value: str) -> list[str]:
        """Return notes about a value; raise if the convention does not allow it."""
        if name == "campaign":
            request = request.with_tags(campaign=value)
        _, notes = self.file.convention.accept(name, value, today=day_for(request, self.file))
        return [str(note) for note in notes]

    def takes(self, request: LinkRequest, name: str, value: str) -> bool:
        """Tell whether the convention allows a value."""
        try:
            self.accept(request, name, value)
        except UtmforgeError:
            return False
        return True

    def as_written(self, request: LinkRequest) -> LinkRequest:
        """Return a request with the values that its links have: templates depend on the day."""
        today = day_for(request, self.file)

        def write(name: str, value: str) -> str:
            return self.file.convention.written(name, value, today=today)

        contents = tuple(write("content", value) for value in request.contents)
        given = {name: write(name, value) for name, value in request.given().items()}
        return request._replace(contents=contents).with_tags(**given)

    def ask_campaign(self, request: LinkRequest, known: Sequence[str], default: str) -> str:
        """Ask for the campaign, or the number of a known one; `default` is the answer before."""
        names = dict.fromkeys([*self._listed("campaign"), *self.file.campaigns, *known])
        offers = [name for name in names if self.takes(request, "campaign", name)][:_MAX_SHOWN]
        question = "Campaign (a number, or a new name)" if offers else "Campaign"
        return self._ask(request, "campaign", question, offers, default, about=_ABOUT_CAMPAIGN)

    def required(self, request: LinkRequest) -> list[str]:
        """Return the tags that are required besides campaign, channel and content."""
        return [
            name
            for name in self.file.convention.required
            if name not in {*REQUIRED, "content"} and not (name == "id" and self._has_id(request))
        ]

    def ask_tag(self, request: LinkRequest, name: str) -> LinkRequest:
        """Ask for one tag that is not the campaign, the source, the medium or the content."""
        default = request.given().get(name, "")
        about = f"{PARAMETERS[name]}: {MEANINGS[name]}"
        answer = self._ask(request, name, titled(name), self._listed(name), default, about=about)
        return request.with_tags(**{name: answer})

    def ask_contents(self, request: LinkRequest) -> tuple[str, ...]:
        """Ask for contents; an empty answer means none, unless one is required."""
        offers = self._listed("content")
        is_required = "content" in self.file.convention.required

        def read(answer: str) -> tuple[str, ...]:
            if answer == _NONE and not is_required:
                return ()
            parts = [_one_of(part.strip(), offers) for part in answer.split(",") if part.strip()]
            if is_required and not parts:
                raise BadTag("content is empty", hint="the naming convention requires it")
            for part in parts:
                self.accept(request, "content", part)
            return tuple(dict.fromkeys(parts))

        if offers:
            menu(offers)
        default = ",".join(request.contents)
        question = "Content, to tell links apart, such as hero,footer"
        if not is_required:
            question += f" ({_NONE}: none)" if default else " (Enter: none)"
        return ask_until(question, read, default=default, offers=offers, about=_ABOUT_CONTENTS)

    def _ask(
        self,
        request: LinkRequest,
        name: str,
        question: str,
        offers: Sequence[str],
        default: str = "",
        *,
        about: str,
    ) -> str:
        def read(answer: str) -> str:
            if not answer:
                hint = "what is the link for?" if name == "campaign" else "it is required"
                raise BadTag(f"the {name} is empty", hint=hint)
            value = _one_of(answer, offers)
            if "://" in value:
                hint = "b goes back to the landing page" if name == "campaign" else "give its name"
                raise BadTag(f"the {name} is an address", hint=hint)
            for note in self.accept(request, name, value):
                self.tell(note)
            return value

        if offers:
            menu(offers)
        return ask_until(question, read, default=default, offers=offers, about=about)

    def _listed(self, name: str) -> list[str]:
        """Return the values that the convention lists for a tag."""
        rule = self.file.convention.fields.get(name)
        return [] if rule is None else [*rule.allowed, *rule.suggested][:_MAX_SHOWN]

    def _has_id(self, request: LinkRequest) -> bool:
        return id_in_file(request, self.file) is not None


def titled(name: str) -> str:
    """Return the name of a tag as a question begins with it.

    >>> titled("source_platform")
    'Source platform'
    """
    return name.replace("_", " ").capitalize()


def _one_of(answer: str, offers: Sequence[str]) -> str:
    """Return the offered value that a number or a name selects, or the answer itself."""
    index = index_of(answer, offers)
    return answer if index is None else offers[index]
