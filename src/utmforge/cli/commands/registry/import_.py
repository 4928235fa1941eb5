"""`utmforge registry import`: import links that were issued elsewhere."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from utmforge.cli.column_mapping import mapped_columns
from utmforge.cli.inputs import read_input
from utmforge.cli.options import command, single
from utmforge.cli.session import Session
from utmforge.errors import counted, quoted
from utmforge.model import REQUIRED
from utmforge.output.history import warn_of_contradictions
from utmforge.output.key_values import show_facts

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from utmforge.registry.interchange.import_export import Imported
    from utmforge.registry.interchange.import_plan import ImportPlan
    from utmforge.registry.interchange.spreadsheet import Disagreement
    from utmforge.registry.interchange.spreadsheet_columns import Columns

app = single()

_MAX_NAMES = 20_000
"""Issued names of a field with which those that come in are compared."""
_MAX_ALIKE = 3
"""Groups of names that are listed."""
Source = Annotated[
    str, typer.Argument(metavar="PATH|-", help="An export, or a CSV of tagged addresses.")
]
FieldColumns = Annotated[
    list[str] | None,
    typer.Option("--map", metavar="FIELD=COLUMN", help="The column that holds a field."),
]
DateFormat = Annotated[
    str | None,
    typer.Option("--date-format", metavar="FORMAT", help="The format of dates, such as %d/%m/%Y."),
]
SkipErrors = Annotated[bool, typer.Option("--skip-errors", help="Skip rows that are not links.")]


@command(
    app,
    "file",
    "registry",
    "format",
    "dry_run",
    "allow_private",
    name="import",
    columns=lambda: ("imported", "known", "events"),
)
def import_links(
    session: Session,
    source: Source,
    mapping: FieldColumns = None,
    date_format: DateFormat = None,
    skip_errors: SkipErrors = False,
) -> None:
    """Import links that were issued elsewhere into the registry.

    An export of utmforge is restored completely. A CSV from a spreadsheet needs a column of tagged
    addresses, or columns of landing pages, sources, mediums and campaigns; they are recognised by
    their names and contents. Links are imported as they were issued, whatever the naming convention
    says. `utmforge undo` reverses an import.

    Example:
      utmforge registry import links.csv
      utmforge registry import old-links.csv --dry-run
      utmforge registry import old-links.csv --map url="Final URL" --map issued_at=Created
    """
    from utmforge.registry.interchange.import_export import import_content
    from utmforge.registry.interchange.import_plan import ImportRequest, plan_import
    from utmforge.registry.interchange.spreadsheet_columns import FIELDS

    given = read_input(source)
    request = ImportRequest(mapped_columns(mapping or (), FIELDS), date_format, skip_errors)
    with session.console.working(f"reading {given.name}"):
        plan = plan_import(given.text, given.name, request, now=datetime.now(UTC))
    _say_columns(session, plan)
    plan.refuse_problems()
    _say_changes(session, plan)
    if given.text.strip() and not (plan.content.links or plan.content.events or plan.left_out):
        session.console.warn(f"there are no links in {quoted(plan.name)}")
    with session.registry(writing=not session.dry_run) as registry:
        with session.console.working(f"importing {given.name}"):
            done = import_content(
                registry,
                plan.content,
                about=plan.name,
                allow_private=session.allow_private,
                dry_run=session.dry_run,
            )
        issued = registry.queries.names(_MAX_NAMES) if done.came else {}
    _say_result(session, plan, done)
    if done.came:
        _say_alike(session, plan, issued)
    if done.contradictions:
        raise typer.Exit(1)


def _say_result(session: Session, plan: "ImportPlan", done: "Imported") -> None:
    """Print how many links and events were new, and what contradicts itself."""
    verb = "would import" if session.dry_run else "imported"
    were = "was" if done.known == 1 else "were"
    session.console.done(
        f"{verb} {counted(done.came, 'link')} from {plan.name}; {done.known:,} {were} already there"
    )
    if done.events:
        entries = counted(done.events, "entry", "entries")
        session.console.note(f"and {entries} of their history, which undo does not reverse")
    warn_of_contradictions(session.console, done.contradictions)
    show_facts(session.console, {"imported": done.came, "known": done.known, "events": done.events})


def _say_alike(
    session: Session, plan: "ImportPlan", issued: "Mapping[str, Collection[str]]"
) -> None:
    """Say which names that came in look like others, since they split reports."""
    from utmforge.naming.similar import names_alike
    from utmforge.privacy.find import find_private

    alike: list[str] = []
    for field in REQUIRED:
        seen = {getattr(link.tags, field) for link in plan.content.links.values()}
        seen = {name for name in seen if name and not find_private(name)}
        others = [name for name in issued.get(field, ()) if not find_private(name)]
        groups = names_alike(seen, others)
        alike += (f"{field} {' and '.join(quoted(one, 30) for one in group)}" for group in groups)
    for one in alike[:_MAX_ALIKE]:
        session.console.warn(f"these names look alike, and split a report: {one}")
    if (more := len(alike) - _MAX_ALIKE) > 0:
        session.console.warn(f"and {counted(more, 'more group')} of names")
    if alike:
        session.console.hint("utmforge lint --issued shows the links")


def _say_columns(session: Session, plan: "ImportPlan") -> None:
    """Say which columns of a spreadsheet were used for which fields, and which were not."""
    columns = plan.columns
    if columns is None:
        return
    if columns.taken:
        session.console.note(f"columns: {_listed(columns.taken)}")
    if columns.compared:
        session.console.note(
            f"columns only compared with the addresses: {_listed(columns.compared_with)}"
        )
    for header in columns.also_tagged:
        session.console.warn(
            f"column {quoted(header, 30)} also holds tagged addresses, which were not imported"
        )
    if columns.also_tagged:
        session.console.hint(_second_import(columns))
    if columns.unused:
        shown = ", ".join(quoted(header, 30) for header in columns.unused[:8])
        session.console.note(f"columns not used: {shown}")


def _second_import(columns: "Columns") -> str:
    """Return how to import the addresses of another column; `--map` finds the first of a name."""
    from utmforge.files.header_words import plain_header

    header = columns.also_tagged[0]
    names = [plain_header(cell) for cell in columns.header]
    if names.count(plain_header(header)) > 1:
        return "give each column another name, and import it as well: --map url=COLUMN"
    return f"import it as well: --map url={quoted(header)}"


def _listed(columns: "Mapping[str, str]") -> str:
    return ", ".join(f"{field} from {quoted(header, 30)}" for field, header in columns.items())


def _disagreement(one: "Disagreement") -> str:
    """Say what a column and an address say, without repeating personal data."""
    from utmforge.privacy.find import find_private

    column, address = (
        "a private value" if find_private(value) else quoted(value)
        for value in (one.column, one.address)
    )
    there = f"{address} in the address" if one.address else "missing in the address"
    return (
        f"{one.where}: {one.field} is {column} in its column and {there}: "
        "the address is imported unchanged"
    )


def _say_changes(session: Session, plan: "ImportPlan") -> None:
    """Say which rows are left out, and that some addresses are stored in another form."""
    from utmforge.registry.interchange.import_plan import MAX_PROBLEMS

    for problem in plan.left_out[:MAX_PROBLEMS]:
        session.console.warn(f"{problem.where}: {problem.message}")
    if (more := len(plan.left_out) - MAX_PROBLEMS) > 0:
        session.console.warn(f"and {counted(more, 'more row')} left out")
    for one in plan.disagreements[:MAX_PROBLEMS]:
        session.console.warn(_disagreement(one))
    if (more := len(plan.disagreements) - MAX_PROBLEMS) > 0:
        session.console.warn(f"and {counted(more, 'more column value')} not in the address")
    if plan.rewritten:
        are, them = ("is", "it") if plan.rewritten == 1 else ("are", "them")
        session.console.note(
            f"{counted(plan.rewritten, 'address', 'addresses')} {are} stored as utmforge writes "
            f"{them}: each tag once, in its own order, before the fragment"
        )
