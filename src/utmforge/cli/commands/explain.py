"""`utmforge explain`: what a link as found is, or in what two links differ."""

import sys
from datetime import UTC, datetime
from typing import Annotated

import typer

from utmforge.campaigns.campaign_file import CampaignFile
from utmforge.cli.options import command, single
from utmforge.cli.session import Session
from utmforge.errors import (
    AmbiguousLink,
    CampaignFileInvalid,
    ContradictoryInput,
    NotALink,
    UnknownLink,
)
from utmforge.explain.differences import differences
from utmforge.explain.explanation import explain, found_link
from utmforge.explain.lint_check import check_by
from utmforge.files.decoding import text_of
from utmforge.lint.run import settings_for
from utmforge.output.differences import show_differences
from utmforge.output.explanations import show_explanation
from utmforge.registry import Registry
from utmforge.urls.unwrap.unwrap import MAX_CHARACTERS

app = single()

_TWO = 2
_MOST_BYTES = 4 * MAX_CHARACTERS


@command(app, "file", "registry", "format", name="explain")
def explain_link(
    session: Session,
    links: Annotated[
        list[str],
        typer.Argument(
            metavar="URL…",
            help="The link as it was found, or - for standard input; two: in what they differ.",
            show_default=False,
        ),
    ],
) -> None:
    """Explain a link: who issued it, what tools read in it, what is wrong with it.

    Links come as they were found: wrapped by a mail gateway, escaped, with words around them.
    Nothing is fetched. In a pipe the link to use is printed.

    Example:
      utmforge explain 'https://shop.example/x?utm_source=Facebook&fbclid=1'
      pbpaste | utmforge explain - --format json
      utmforge explain 'https://shop.example/a?utm_source=x' 'https://shop.example/A?utm_source=x'
    """
    if len(links) > _TWO:
        raise ContradictoryInput(
            f"one or two links can be explained, not {len(links)}",
            hint="put each link in quotes: & ends a word for the shell",
        )
    with session.registry() as registry:
        texts = [_text(registry, link) for link in links]
        if len(texts) == _TWO:
            _compare(session, *texts)
            return
        file = _file(session)
        check = check_by(settings_for(file, file.day(datetime.now(UTC))))
        explanation = explain(texts[0], registry, file.convention, check)
    show_explanation(session.console, explanation)
    if explanation.issued:
        session.console.hint(f"utmforge show {explanation.issued.link.id}")


def _compare(session: Session, first: str, second: str) -> None:
    found = differences(found_link(first).url, found_link(second).url)
    count = f"{len(found)} difference{'' if len(found) == 1 else 's'}" if found else "no difference"
    session.console.done(count)
    show_differences(session.console, found)


def _text(registry: Registry, given: str) -> str:
    """Return what to explain: what was given, what is on standard input, or an issued link's."""
    if given == "-":
        return text_of(sys.stdin.buffer.read(_MOST_BYTES))[:MAX_CHARACTERS] if sys.stdin else ""
    if given.isalnum():
        try:
            return registry.get(given).url
        except (UnknownLink, AmbiguousLink) as error:
            raise NotALink(
                "that is neither a web address nor the id of one link", hint=error.hint
            ) from None
    return given


def _file(session: Session) -> CampaignFile:
    """Return the campaign file, or the defaults where it cannot be used."""
    try:
        return session.file
    except CampaignFileInvalid as error:
        session.console.warn(f"without the naming convention: {error}")
        return CampaignFile()
