"""`utmforge list`: list the issued links."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer

from utmforge.cli.link_filters import (
    LabelFilters,
    Since,
    State,
    TagFilters,
    Until,
    query_of,
    why_none,
    with_known_campaign,
)
from utmforge.cli.option_rules import OptionRules, refuse_unused
from utmforge.cli.options import CampaignName, ChannelName, Overwrite, command, single
from utmforge.cli.session import Session
from utmforge.cli.spreadsheet_output import format_for, written_to
from utmforge.cli.written_files import check_written
from utmforge.errors import (
    ContradictoryInput,
    MissingInput,
    UtmforgeError,
    counted,
)
from utmforge.model import TaggedLink
from utmforge.output.escaping import safe
from utmforge.output.formats import Format
from utmforge.output.links import COLUMNS, LinkWriter
from utmforge.output.rows import show_rows
from utmforge.registry import Registry
from utmforge.registry.queries import LinkQuery

app = single()


class Sort(StrEnum):
    """What to sort by."""

    ISSUED = "issued"
    CAMPAIGN = "campaign"
    CHANNEL = "channel"
    SOURCE = "source"
    MEDIUM = "medium"
    CONTENT = "content"
    LANDING_PAGE = "landing-page"
    URL = "url"
    ID = "id"


class Count(StrEnum):
    """What to count links by."""

    CAMPAIGN = "campaign"
    CHANNEL = "channel"
    SOURCE = "source"
    MEDIUM = "medium"
    MONTH = "month"
    STATE = "state"


Text = Annotated[
    str | None,
    typer.Argument(
        metavar="TEXT", help="Only links whose address or note contains this.", show_default=False
    ),
]
InState = Annotated[State | None, typer.Option(help="Only links in this state.")]
SortBy = Annotated[
    Sort, typer.Option("--sort", help="What to sort by; `issued` is the order of issue.")
]
Reverse = Annotated[bool, typer.Option("--reverse", help="Reverse the order.")]
Limit = Annotated[
    int | None,
    typer.Option(
        "--limit",
        "-l",
        min=1,
        max=10**9,
        metavar="N",
        help="Show at most N links: the latest, or the first in the order asked for.",
    ),
]
Page = Annotated[
    int,
    typer.Option(
        "--page", min=1, max=10**9, metavar="P", help="Show page P, of --limit links each."
    ),
]
CountBy = Annotated[
    Count | None, typer.Option("--count", help="Count links by this instead of listing them.")
]
Wide = Annotated[
    bool,
    typer.Option(
        "--wide", "-w", help="Also show GA4's channel group, who issued each link, and its note."
    ),
]
OutputFile = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write to this file: .csv, .tsv, .json, .jsonl, .md, .txt.",
    ),
]
_NOTES_AT_ONCE = 500
RULES = OptionRules(
    never={
        "--columns": ("--wide",),
        "--count": ("--wide", "--columns"),
        "--format urls": ("--wide",),
    },
    without={"--force": ("--output",)},
    hints={
        "--columns": "--columns chooses what is shown of links, such as url,group,note",
        "--count": "--count shows how many links there are, and nothing of each",
        "--format urls": "this format has the URLs only",
        "--force": "--output FILE writes a file",
    },
)


@command(app, "file", "registry", "format", name="list", columns=lambda: COLUMNS)
def list_links(
    session: Session,
    text: Text = None,
    campaign: CampaignName = None,
    channel: ChannelName = None,
    tag: TagFilters = None,
    label: LabelFilters = None,
    since: Since = None,
    until: Until = None,
    state: InState = None,
    sort: SortBy = Sort.ISSUED,
    reverse: Reverse = False,
    limit: Limit = None,
    page: Page = 1,
    count: CountBy = None,
    wide: Wide = False,
    output: OutputFile = None,
    force: Overwrite = False,
) -> None:
    """List the links issued so far.

    In the order of issue. If there are none, nothing is printed and the exit status is 0.

    Example:
      utmforge list --campaign 2026-spring-sale --state issued
      utmforge list --tag medium=email --since 2026-03-01 --sort campaign
      utmforge list --label flyer --wide
      utmforge list --limit 20 --page 2
      utmforge list --count campaign
      utmforge list shop.example/spring --format csv > links.csv
      utmforge list --columns url,campaign,group --format tsv
      utmforge list --excel -o links.csv
    """
    refuse_unused(session.given, RULES)
    refuse_order_of_counts(session.given)
    if limit is None and (page > 1 or "--page" in session.given):
        raise MissingInput("--page needs --limit", hint="such as --limit 20 --page 2")
    query = query_of(
        session,
        text=text,
        campaign=campaign,
        channel=channel,
        tag=tag,
        label=label,
        since=since,
        until=until,
        state=state,
    )._replace(
        sort=None if sort is Sort.ISSUED else sort.value,
        is_reversed=reverse,
        limit=limit,
        page=page,
    )
    with _written(session, output, force=force):
        _answer(session, query, count, wide=wide)


def refuse_order_of_counts(given: Sequence[str]) -> None:
    """Refuse an order of links where all of them are only counted.

    Raises:
        ContradictoryInput: There is one, and no limit that it would choose links for.
    """
    ordered = [option for option in ("--sort", "--reverse") if option in given]
    if "--count" in given and ordered and "--limit" not in given:
        raise ContradictoryInput(
            f"--count cannot be used with {' or '.join(ordered)}: all links are counted",
            hint="counts stand in an order of their own, the largest first",
        )


@contextmanager
def _written(session: Session, output: Path | None, *, force: bool) -> Iterator[None]:
    """Write the answer where it is asked for: to a file, or to standard output.

    Raises:
        OutputFileError: The file could not or must not be written.
    """
    if output is None or str(output) == "-":
        if force:
            raise ContradictoryInput("--force is for --output", hint="leave it out")
        yield
        return
    check_written(session, output, overwrite=force)
    if session.console.is_default:
        session.console.set_format(format_for(output, excel=session.console.excel))
    with written_to(session.console, output):
        yield


def _answer(session: Session, query: LinkQuery, count: Count | None, *, wide: bool) -> None:
    """Print the links of a query, or their number by kind."""
    with session.registry() as registry:
        query = with_known_campaign(session, registry, query)
        if count:
            _count(session, registry.links(query), count)
        else:
            _show(session, registry, query, wide=wide)


def _show(session: Session, registry: Registry, query: LinkQuery, *, wide: bool) -> None:
    """Print links, and say which page this is, or why there are none."""
    listed, retired = _list(session, registry, registry.links(query), wide=wide)
    if retired and query.state is None and session.console.format is Format.URLS:
        are = "is" if retired == 1 else "are"
        session.console.note(f"{retired:,} of these {are} retired; --state issued leaves them out")
    if not listed:
        _say_why_none(session, registry, query)
    elif query.limit is not None:
        _say_page(session, registry, query, listed)


def _list(
    session: Session, registry: Registry, links: Iterable[TaggedLink], *, wide: bool
) -> tuple[int, int]:
    """Print links as they come; return how many, and how many of them are retired."""
    writer = LinkWriter(
        session.console,
        always=("campaign", "issued_at"),
        with_group=wide,
        group_in_data=wide,
    )
    listed = retired = 0
    left = iter(links)
    has_notes = wide or bool(session.console.columns)
    while some := list(islice(left, _NOTES_AT_ONCE if has_notes else 1)):
        writer.add(some, registry.events.notes([link.id for link in some]) if has_notes else {})
        listed += len(some)
        retired += sum(link.state == "retired" for link in some)
    writer.close()
    return listed, retired


def _count(session: Session, links: Iterable[TaggedLink], by: Count) -> None:
    """Print the number of links of each kind, largest first, and a total."""
    counts: Counter[str] = Counter()
    retired: Counter[str] = Counter()
    for link in links:
        kind = _kind(link, by)
        counts[kind] += 1
        retired[kind] += link.state == "retired"
    fields = (by.value, "links", "retired")
    kinds = sorted(counts, key=lambda kind: (kind if by is Count.MONTH else -counts[kind], kind))
    if session.console.format is Format.URLS:
        session.console.write("".join(f"{safe(kind)}\t{counts[kind]}\n" for kind in kinds))
        session.console.note(_total(counts.total(), retired.total()))
        return
    show_rows(
        session.console,
        [dict(zip(fields, (kind, counts[kind], retired[kind]), strict=True)) for kind in kinds],
        fields=fields,
        shown=fields,
        key=by.value,
    )
    session.console.note(_total(counts.total(), retired.total()))


def _kind(link: TaggedLink, by: Count) -> str:
    match by:
        case Count.CHANNEL:
            return link.channel or ""
        case Count.MONTH:
            return (link.issued_at or "")[:7]
        case Count.STATE:
            return link.state
    return str(getattr(link.tags, by.value))


def _total(count: int, retired: int) -> str:
    return f"{counted(count, 'link')} in all" + (
        f", {retired:,} of them retired" if retired else ""
    )


def _say_page(session: Session, registry: Registry, query: LinkQuery, listed: int) -> None:
    """Say which page was listed and how to see the next."""
    count, retired = registry.queries.count(query)
    limit = query.limit or 1
    if count == listed:
        return
    pages = -(-count // limit)
    session.console.note(f"page {query.page} of {pages:,}: {_total(count, retired)}")
    if query.page < pages:
        session.console.hint(f"the next page: --limit {limit} --page {query.page + 1}")


def _say_why_none(session: Session, registry: Registry, query: LinkQuery) -> None:
    session.console.note(why_none(registry, query))
    if query.channel:
        try:
            session.file.channel(query.channel)
        except UtmforgeError as error:
            if error.hint:
                session.console.hint(error.hint)
