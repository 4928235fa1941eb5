"""What the wizard shows before it issues links: the answers, then each link, once."""

from collections.abc import Collection, Sequence

from utmforge.cli.interactive.prompts import NO, YES, ask_line, complain, say, sentence
from utmforge.errors import counted, did_you_mean, quoted
from utmforge.issuing.requests import LinkRequest
from utmforge.model import TaggedLink
from utmforge.output.escaping import safe
from utmforge.output.links import group_of

_ABOUT = (
    "Enter or y issues the links and saves them in the registry. n leaves without doing so. To "
    "change an answer, type the word before it, such as campaign."
)
_EDIT = {"e", "edit", "change"}


def show_review(
    request: LinkRequest,
    target: str,
    links: Sequence[TaggedLink],
    known: Collection[str],
    *,
    in_file: bool,
) -> dict[str, str]:
    """Show the answers and the links; return the step of each answer that can be changed.

    Args:
        request: The answers.
        target: A campaign of the file, or a landing page.
        links: The links, as they will be issued.
        known: The ids of those that were issued before.
        in_file: The target is a campaign of the file.
    """
    answers = _answers(request, target, links, in_file=in_file)
    width = max(map(len, answers))
    say()
    for name, (value, _) in answers.items():
        say(f"  {name:<{width}}  {safe(value)}")
    sentence("(to change one, type its word)")
    say()
    for link in links:
        again = " (already issued)" if link.id in known else ""
        label = f"{link.channel or link.tags.source} {link.tags.content or ''}".rstrip()
        say(f"  {safe(label)} · {group_of(link)}{again}")
        say(f"  {safe(link.url)}")
    say()
    return {name: step for name, (_, step) in answers.items()}


def _answers(
    request: LinkRequest, target: str, links: Sequence[TaggedLink], *, in_file: bool
) -> dict[str, tuple[str, str]]:
    """Return each answer by its word, with the step that asks for it."""
    answers: dict[str, tuple[str, str]] = {}
    if in_file:
        answers["campaign"] = (target, "which")
    else:
        first, *others = dict.fromkeys(link.landing_page for link in links)
        more = f" and {counted(len(others), 'more page')}" if others else ""
        answers["page"] = (f"{first}{more}", "page")
        answers["campaign"] = (links[0].tags.campaign, "campaign")
    channels = dict.fromkeys(link.channel for link in links if link.channel)
    given = request.given()
    if channels:
        answers["channels"] = (", ".join(channels), "where")
    else:
        answers["source"] = (f"{given.get('source')} / {given.get('medium')}", "where")
        given = {key: value for key, value in given.items() if key not in {"source", "medium"}}
    contents = dict.fromkeys(link.tags.content for link in links if link.tags.content)
    answers["content"] = (", ".join(contents) or "none", "content")
    for name, value in given.items():
        answers[name] = (value, f"tag {name}")
    return answers


def ask_review(question: str, steps: dict[str, str]) -> bool | str:
    """Ask whether the links are to be issued: True, False, or the step of an answer to change."""
    while True:
        answer = ask_line(f"{question} [Y/n]", offers=list(steps), about=_ABOUT).lower()
        if not answer or answer in YES:
            return True
        if answer in NO:
            return False
        begun = [name for name in steps if name.startswith(answer)]
        if len(begun) == 1 and answer not in _EDIT:
            return steps[begun[0]]
        if answer in _EDIT:
            complain("type the word before the answer to change", _choices(steps))
        else:
            near = did_you_mean(answer, steps)
            complain(f"{quoted(answer)} is not an answer", near or f"y, n or {_choices(steps)}")


def _choices(steps: dict[str, str]) -> str:
    return f"a word to change: {', '.join(steps)}"
