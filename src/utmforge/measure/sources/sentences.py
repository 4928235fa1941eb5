"""What is said of an analytics tool's counts: what they cannot tell, and how they were made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.errors import did_you_mean, quoted
from utmforge.measure.dark_social.result import Sentence
from utmforge.measure.private_values import private_tags
from utmforge.measure.sentences import left_out, minimum_sentence, of_file, unsplit_costs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from utmforge.measure.money.conversions import ConversionFile
    from utmforge.measure.rows import FileEarnings
    from utmforge.measure.sources.base import SourceCounts
    from utmforge.measure.sources.counting import Found
    from utmforge.registry import Registry


def notes(source: SourceCounts, since: date | None, *, is_unsplit: bool) -> Iterator[Sentence]:
    """Yield what a source cannot tell, and what was not split."""
    yield Sentence(
        "needs-log",
        f"{source.tool_named or 'a report'} has no link previews, and no range of private sharing "
        "can be told from it: those need the log",
        {"tool": source.tool_named},
    )
    name = {"name": source.name}
    if not source.has_visits:
        yield Sentence("only-visitors", f"{source.name} tells visitors, but no visits", name)
    elif not source.has_visitors:
        yield Sentence(
            "only-visits",
            f"{source.name} tells no visitors: rows are suppressed by their visits",
            name,
        )
    if not source.has_conversions:
        yield Sentence("no-conversions-told", f"{source.name} tells no conversions", name)
    if since is None:
        yield Sentence(
            "no-days-told",
            f"{source.name} does not say which days it covers: --since and --until say it",
            name,
        )
    if is_unsplit:
        yield unsplit_costs()
    yield from source.notes


def warnings(
    source: SourceCounts,
    registry: Registry,
    found: Found,
    days: tuple[date | None, date | None],
    campaign: str | None,
) -> Iterator[str]:
    """Yield what is doubtful, or why no row may have visits."""
    yield from source.warnings
    yield from _nothing(source, days)
    yield from _not_issued(source, registry, found, campaign)
    if private := private_tags(found.labels):
        yield f"tags in it hold personal data in {', '.join(private)}"


def _nothing(source: SourceCounts, asked: tuple[date | None, date | None]) -> Iterator[str]:
    if not source.lines_used:
        yield f"{source.name} has no rows"
    if source.since and source.until and asked[0] and asked[1]:
        is_whole = source.since <= asked[0] and asked[1] <= source.until
        if not is_whole:
            yield f"{source.name} holds {source.since} to {source.until} only"


def _not_issued(
    source: SourceCounts, registry: Registry, found: Found, campaign: str | None
) -> Iterator[str]:
    """Yield why no row may have visits: nothing was issued, or nothing of that name."""
    if not registry.queries.totals()[0]:
        yield "no links were issued yet: utmforge new and utmforge build issue them"
    elif campaign is not None:
        if not registry.queries.has_campaign(campaign):
            near = did_you_mean(campaign, registry.queries.campaigns())
            said = f"no link of campaign {quoted(campaign)} was issued"
            yield f"{said}; {near}" if near else said
    elif source.lines_used and not (found.visits or found.is_empty):
        yield f"no campaign in {source.name} was issued"


def left_out_conversions(
    conversions: ConversionFile | None, of_this: FileEarnings | None
) -> Iterator[str]:
    """Yield which rows of the file of conversions are not counted."""
    yield from left_out(conversions, of_this.unknown if of_this else ())


def method(source: SourceCounts, minimum: int, *, from_file: bool) -> Iterator[Sentence]:
    """Yield how a source was counted."""
    yield from source.method
    yield Sentence(
        "rows-by-name",
        "Rows belong to the issued campaign with the same name, and to the channel of its tags.",
    )
    if from_file:
        yield of_file()
    yield minimum_sentence(minimum)
