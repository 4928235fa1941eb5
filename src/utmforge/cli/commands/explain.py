"""`utmforge explain`: explain a link you found, or show how two links differ."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from utmforge.campaigns.campaign_file import CampaignFile
from utmforge.cli.inputs import read_input
from utmforge.cli.options import command, single
from utmforge.cli.session import Session
from utmforge.errors import CampaignFileInvalid, ContradictoryInput, counted
from utmforge.explain.explanation import (
    compare_links,
    explain,
    links_listed,
    other_links,
    text_of_id,
)
from utmforge.lint.run import settings_for
from utmforge.output.differences import show_differences
from utmforge.output.explanations import COLUMNS, show_explanation, show_explanations
from utmforge.urls.unwrap.unwrap import MAX_CHARACTERS

app = single()

_TWO = 2
_MAX_BYTES = 4 * MAX_CHARACTERS


@command(app, "file", "registry", "format", name="explain", columns=lambda: COLUMNS)
def explain_link(
    session: Session,
    links: Annotated[
        list[str],
        typer.Argument(
            metavar="URL…",
            help="The link as you found it, or - for standard input, one or more, each on a line "
            "of its own. Two links as arguments: show how they differ.",
            show_default=False,
        ),
    ],
) -> None:
    """Explain a link: who issued it, how analytics tools read it, what is wrong with it.

    Give the link as you found it: wrapped by a mail gateway, escaped, or with text around it.
    Nothing is fetched. In a pipe, only the link to use is printed.

    Example:
      utmforge explain 'https://shop.example/x?utm_source=Facebook&fbclid=1'
      pbpaste | utmforge explain - --format json
      utmforge explain 'https://shop.example/a?utm_source=x' 'https://shop.example/A?utm_source=x'
    """
    _refuse_more_than_two(links)
    with session.registry_to_compare("the link was not looked up") as registry:
        texts = [_stdin() if link == "-" else text_of_id(link, registry) for link in links]
        listed = links_listed(texts[0]) if links == ["-"] else ()
        if len(texts) == _TWO:
            found = compare_links(*texts)
            session.console.done(counted(len(found), "difference") if found else "no difference")
            show_differences(session.console, found)
            return
        file = _file(session)
        settings = settings_for(file, file.day(datetime.now(UTC)))
        explanation = explain(texts[0], registry, settings)
        explanations = [explain(one, registry, settings) for one in listed]
    if explanations:
        show_explanations(session.console, explanations)
        return
    show_explanation(session.console, explanation)
    if links == ["-"] and (more := other_links(texts[0])):
        session.console.note(
            f"{counted(more, 'more link')} in the text: put each on a line of its own"
        )
    if explanation.issued:
        session.console.hint(f"utmforge show {explanation.issued.link.id}")


def _refuse_more_than_two(links: list[str]) -> None:
    if len(links) > _TWO:
        raise ContradictoryInput(
            f"explain accepts one or two links, not {len(links)}",
            hint="put each link in quotes: an & ends a command in the shell",
        )


def _stdin() -> str:
    return read_input("-", limit=_MAX_BYTES).text[:MAX_CHARACTERS]


def _file(session: Session) -> CampaignFile:
    """Return the campaign file, or the defaults if it cannot be used."""
    try:
        return session.file
    except CampaignFileInvalid as error:
        session.console.warn(f"the naming convention was not used: {error}")
        return CampaignFile()
