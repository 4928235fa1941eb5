"""`utmforge buttons`: share buttons for your own pages."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from utmforge.channels.catalogue import base_of
from utmforge.cli.issue_output import say_changes, say_left_out, show_issued, summary, would_or_did
from utmforge.cli.option_rules import OptionRules, refuse_unused
from utmforge.cli.options import CampaignName, ChannelNames, Overwrite, command, listed, single
from utmforge.cli.session import Session
from utmforge.cli.written_files import check_written
from utmforge.errors import ContradictoryInput
from utmforge.issuing.flow import issue_links, settle_links
from utmforge.issuing.page_patterns import own_page, page_patterns
from utmforge.issuing.requests import LinkRequest
from utmforge.model import NO_TAGS, TaggedLink
from utmforge.output.formats import PageLanguage

if TYPE_CHECKING:
    from utmforge.output.share_buttons.snippet import Snippet

app = single()

_OF_FILES = ("--force", "--format", "--excel")
RULES = OptionRules(
    without=dict.fromkeys(_OF_FILES, ("--output",)),
    hints=dict.fromkeys(_OF_FILES, "without it, the HTML is printed"),
)


class _Choice(NamedTuple):
    """How the buttons are made, and where they are written."""

    output: Path | None
    script: Path | None
    style: Path | None
    words: str
    page: str
    clean_address: bool
    lang: PageLanguage

    def refuse_files(self, session: Session, *, overwrite: bool) -> None:
        """Refuse files that could not be written, before anything is issued."""
        for option, path in (("--script", self.script), ("--style", self.style)):
            if path and not self.output:
                raise ContradictoryInput(
                    f"{option} needs --output", hint="add --output share-buttons.html"
                )
        paths = [path for path in (self.output, self.script, self.style) if path]
        if len({path.absolute() for path in paths}) < len(paths):
            raise ContradictoryInput("two of the files are the same", hint="give each its own name")
        for path in paths:
            check_written(session, path, overwrite=overwrite)

    def write(self, made: "Snippet") -> None:
        """Write the files that were asked for."""
        from utmforge.files.atomic import atomic_write

        for path, text in ((self.script, made.script), (self.style, made.style)):
            if path:
                with atomic_write(path) as draft:
                    draft.write_text(text, encoding="utf-8", newline="")
        if self.output:
            with atomic_write(self.output) as draft:
                draft.write_text(made.html, encoding="utf-8", newline="")


@command(app, "file", "registry", "format", "dry_run", "new_name", "ended", "retired")
def buttons(
    session: Session,
    campaign: CampaignName = None,
    channel: ChannelNames = None,
    content: Annotated[
        str | None, typer.Option("--content", metavar="TEXT", help="utm_content of the links.")
    ] = None,
    *,
    native: Annotated[
        bool, typer.Option("--native", help="Add a button for the phone's own share dialog.")
    ] = False,
    domain: Annotated[
        list[str] | None,
        typer.Option("--domain", metavar="HOST,…", help="Only these of your own domains."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="PATH", help="Write the HTML to this file."),
    ] = None,
    script: Annotated[
        Path | None,
        typer.Option("--script", metavar="PATH", help="Write the JavaScript to its own file."),
    ] = None,
    style: Annotated[
        Path | None, typer.Option("--style", metavar="PATH", help="Write the CSS to its own file.")
    ] = None,
    text: Annotated[
        str,
        typer.Option(
            "--text", metavar="TEXT", help="Sent with the link. Default: the page's title."
        ),
    ] = "",
    page: Annotated[
        str,
        typer.Option(
            "--page",
            metavar="URL",
            help="The only page with these buttons; they then work without JavaScript too.",
        ),
    ] = "",
    clean_address: Annotated[
        bool,
        typer.Option(
            "--clean-address",
            help="Also take tags and click ids out of the address bar, a moment after the page "
            "has loaded.",
        ),
    ] = False,
    lang: Annotated[
        PageLanguage,
        typer.Option("--lang", case_sensitive=False, help="The language of the words."),
    ] = "en",
    force: Overwrite = False,
    ended: bool = False,
    retired: bool = False,
) -> None:
    """Make share buttons for your own pages, to host yourself.

    A button shares the page on which it stands, with the tags of its channel. The registry keeps
    the pattern of these links for each of your own domains. No cookie, no request, no identifier.

    Example:
      utmforge buttons --campaign site-share -o share-buttons.html
      utmforge buttons -c site-share -C whatsapp,sms,copy --native --script share.js -o share.html
    """
    from utmforge.share.buttons import DIALOG, USUAL, refuse_unfit_words

    refuse_unused(session.given, RULES)
    choice = _Choice(output, script, style, text, page, clean_address, lang)
    choice.refuse_files(session, overwrite=force)
    refuse_unfit_words(text)
    if page:
        own_page(page, session.file)
    channels = listed(channel) or USUAL
    request = LinkRequest(
        NO_TAGS._replace(campaign=campaign or ""),
        (*channels, DIALOG) if native else channels,
        (content,) if content else (),
    )
    links, notes = page_patterns(request, session.file, listed(domain))
    say_changes(session, notes)
    settings = session.issue_settings(session.policy(ended=ended, retired=retired))
    settled = settle_links(links, settings)
    say_changes(session, settled.notes)
    made = _snippet(session, settled.links, choice)
    result = issue_links(settled.links, settings._replace(answer=None))
    if output:
        show_issued(session, result)
        if not session.dry_run:
            choice.write(made)
            session.console.done(f"wrote {output}")
    else:
        session.console.done(summary(result.usable, result.subject, would_or_did(session.dry_run)))
        say_left_out(session, result.left_out)
        session.console.write(made.html)
    session.console.hint(f"if the site has a Content-Security-Policy, it needs: {made.policy}")


def _snippet(session: Session, links: Sequence[TaggedLink], choice: _Choice) -> "Snippet":
    """Make the buttons; those of several domains are the same."""
    from utmforge.output.share_buttons.snippet import snippet
    from utmforge.share.buttons import share_buttons

    channels = {
        link.channel or "": (base_of(link.channel, session.file.channels), link.tags)
        for link in links
    }
    return snippet(
        share_buttons(
            [(name, base, tags) for name, (base, tags) in channels.items()],
            words=choice.words,
            page=choice.page,
        ),
        language=choice.lang,
        text=choice.words,
        clean_address=choice.clean_address,
        script_file=choice.script.name if choice.script else None,
        style_file=choice.style.name if choice.style else None,
    )
