"""`utmforge measure`: what came back, from a web server's log."""

import os
from dataclasses import asdict
from enum import StrEnum
from typing import Annotated

import typer

from utmforge.analytics.exports.rows import MAPPED
from utmforge.cli import completion
from utmforge.cli.column_mapping import mapped_columns
from utmforge.cli.days import days_in
from utmforge.cli.measured_sources import (
    Wanted,
    answer,
    opened_logs,
    sources_of,
)
from utmforge.cli.options import CampaignName, ReportColumns, command, single
from utmforge.cli.report_page import STANDARD_OUTPUT, check_page, refuse_alone, write_page
from utmforge.cli.saved_measurements import list_saved, save, saved_measurements
from utmforge.cli.session import Session
from utmforge.errors import (
    ContradictoryInput,
    MissingInput,
    did_you_mean,
    quoted,
)
from utmforge.measure.result import KEYS, Key
from utmforge.measure.run import DEFAULT_MINIMUM, Asked
from utmforge.output.formats import Format, MeasureFormat, PageLanguage
from utmforge.output.key_values import show_facts
from utmforge.output.measurement import measurement_columns, say_measurement, show_measurement

app = single()


class Compat(StrEnum):
    """The tools whose way of counting can be asked for."""

    GOACCESS = "goaccess"


class EngineName(StrEnum):
    """What can count."""

    DUCKDB = "duckdb"
    SPARK = "spark"


class Warehouse(StrEnum):
    """The warehouses whose SQL can be printed."""

    BIGQUERY = "bigquery"
    SNOWFLAKE = "snowflake"
    DATABRICKS = "databricks"


_BY = "campaign,channel"


@command(app, "file", "registry", columns=measurement_columns)
def measure(  # noqa: PLR0913 - one for each option
    session: Session,
    logs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="LOG…",
            help="Logs, compressed or not, or patterns; - is standard input. Or what GA4, Matomo "
            "or Plausible exported.",
            show_default=False,
        ),
    ] = None,
    log_format: Annotated[
        str | None,
        typer.Option(
            "--log-format",
            metavar="NAME|FORMAT",
            help="The log's format, or the format string of nginx or Apache. Default: detected.",
        ),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar="DAY",
            help="From this day: 2026-03-20, 2026-03, yesterday, last month …",
        ),
    ] = None,
    until: Annotated[
        str | None,
        typer.Option("--until", metavar="DAY", help="Up to and including it."),
    ] = None,
    timezone: Annotated[
        str | None,
        typer.Option(
            "--timezone",
            metavar="NAME",
            help="Whose days are counted, such as Europe/Paris. Default: that of campaigns.toml, "
            "else UTC.",
        ),
    ] = None,
    campaign: CampaignName = None,
    by: Annotated[
        str,
        typer.Option(
            "--by", metavar="KEY,…", help=f"What to count by: {', '.join(KEYS)}; several are fine."
        ),
    ] = _BY,
    conversions: Annotated[
        str | None,
        typer.Option(
            "--conversions",
            metavar="FILE",
            help="A CSV file of conversions, instead of the goals of campaigns.toml.",
        ),
    ] = None,
    min_visitors: Annotated[
        int,
        typer.Option("--min-visitors", min=5, metavar="N", help="Show no count of fewer visitors."),
    ] = DEFAULT_MINIMUM,
    save_as: Annotated[
        str | None,
        typer.Option("--save", metavar="NAME", help="Save what is shown under a name."),
    ] = None,
    compare: Annotated[
        str | None,
        typer.Option(
            "--compare",
            metavar="NAME",
            help="Show what changed since a saved measurement.",
            autocompletion=completion.saved_measurements,
        ),
    ] = None,
    saved: Annotated[
        bool, typer.Option("--saved", help="Only list the saved measurements.")
    ] = False,
    memory_limit: Annotated[
        str | None,
        typer.Option(
            "--memory-limit", metavar="SIZE", help="Use at most this much memory, such as 500MB."
        ),
    ] = None,
    threads: Annotated[
        int | None,
        typer.Option("--threads", min=1, metavar="N", help="Use at most N processor cores."),
    ] = None,
    engine: Annotated[
        EngineName,
        typer.Option(
            "--engine", case_sensitive=False, help="What counts: DuckDB here, or your Spark."
        ),
    ] = EngineName.DUCKDB,
    spark_master: Annotated[
        str | None,
        typer.Option(
            "--spark-master",
            metavar="URL",
            help="Where Spark runs, such as yarn or spark://host:7077. Default: local[*].",
        ),
    ] = None,
    emit_sql: Annotated[
        Warehouse | None,
        typer.Option(
            "--emit-sql",
            case_sensitive=False,
            help="Only print the SQL for a warehouse; no log is read.",
        ),
    ] = None,
    compat: Annotated[
        Compat | None,
        typer.Option(
            "--compat",
            case_sensitive=False,
            help="Only count requests and visitors, as another tool counts them.",
        ),
    ] = None,
    html: Annotated[
        str | None,
        typer.Option(
            "--html", metavar="PATH|-", help="Write a page for a browser, too; - prints only it."
        ),
    ] = None,
    lang: Annotated[
        PageLanguage | None,
        typer.Option("--lang", case_sensitive=False, help="The language of the page. Default: en."),
    ] = None,
    beside: Annotated[
        str | None,
        typer.Option(
            "--beside",
            metavar="FILE",
            help="Another source for the same days, such as a GA4 report: both side by side.",
        ),
    ] = None,
    mapping: ReportColumns = None,
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite the page, and what is saved.")
    ] = False,
    fmt: Annotated[
        MeasureFormat,
        typer.Option("--format", "-F", case_sensitive=False, help="How to write it."),
    ] = MeasureFormat.TABLE,
) -> None:
    """Measure what came back by your issued links, from a web server's log.

    Counts link previews, visits, visitors and conversions, and what they earned. Addresses are
    cut before anything is counted, and no count of few visitors is shown.

    Example:
      utmforge measure access.log
      utmforge measure '/var/log/nginx/access.log*' --since 2026-03-20 --by campaign,content
      utmforge measure access.log --html report.html
      utmforge measure access.log --beside ga4-export.csv
      utmforge measure --engine spark 's3a://logs/2026/03/*.gz' --by campaign
      zcat access.log.gz | utmforge measure - --format json
    """
    session.console.set_format(Format(fmt.value))
    if saved:
        _list_saved(session, logs)
        return
    if emit_sql:
        asked = Asked(None, None, None, timezone, campaign, _keys(by))
        _print_sql(session, emit_sql, _within(session, asked, since, until), logs)
        return
    if not logs:
        raise MissingInput("name a log", hint="utmforge measure access.log")
    if compat:
        given = {
            "--log-format": log_format,
            "--since": since,
            "--until": until,
            "--timezone": timezone,
            "--campaign": campaign,
            "--by": by != _BY,
            "--conversions": conversions,
            "--min-visitors": min_visitors != DEFAULT_MINIMUM,
            "--save": save_as,
            "--compare": compare,
            "--beside": beside,
            "--map": mapping,
            "--memory-limit": memory_limit,
            "--threads": threads,
            "--engine": engine is not EngineName.DUCKDB,
            "--spark-master": spark_master,
            "--html": html,
            "--lang": lang,
            "--force": force,
        }
        _count_as_goaccess(session, logs, [name for name, value in given.items() if value])
        return
    if html is None:
        alone = {"--lang": lang, "--force": force and save_as is None}
        refuse_alone([name for name, value in alone.items() if value])
    else:
        check_page(session, html, [*logs, conversions or ""], force=force)
    asked = Asked(
        log_format,
        None,
        None,
        timezone,
        campaign,
        _keys(by),
        min_visitors,
        memory_limit,
        threads and min(threads, os.cpu_count() or 1),
        engine=engine.value,
        spark_master=spark_master,
        overview=html is not None,
    )
    asked = _within(session, asked, since, until)
    _refuse_without_engine(asked)
    columns = mapped_columns(mapping or (), MAPPED)
    wanted = Wanted(
        asked,
        sources_of(logs, columns, is_log=log_format is not None or engine is EngineName.SPARK),
        None if beside is None else sources_of([beside], columns),
        columns,
        conversions,
        compare,
    )
    _refuse_together(wanted, html=html)
    store = saved_measurements(session)
    path = store.new_path(save_as, overwrite=force) if save_as is not None else None
    found = answer(session, wanted, store)
    if html != STANDARD_OUTPUT:
        show_measurement(session.console, found.measurement, found.changes, found.beside)
    if html is not None and found.measurement.overview:
        write_page(session, html, found.measurement.overview, lang or "en")
    say_measurement(session.console, found.measurement, found.beside)
    if path:
        save(session, found.measurement, asked, path)


def _within(session: Session, asked: Asked, since: str | None, until: str | None) -> Asked:
    """Return what is asked with its first and last day."""
    zone = asked.timezone or session.timezone
    first, last = days_in(since, "--since", zone), days_in(until, "--until", zone)
    return asked._replace(since=first and first.first, until=last and last.last)


def _list_saved(session: Session, logs: list[str] | None) -> None:
    if logs:
        raise ContradictoryInput("--saved only lists: it cannot be combined with a log")
    list_saved(session)


def _print_sql(
    session: Session, warehouse: Warehouse, asked: Asked, logs: list[str] | None
) -> None:
    """Print the statements for a warehouse.

    Raises:
        ContradictoryInput: A log is named, too.
    """
    if logs:
        raise ContradictoryInput("--emit-sql reads no log", hint="name none")
    from utmforge.measure.emit import sql_script
    from utmforge.measure.sql.dialect import WAREHOUSES

    with session.registry(writing=False) as registry:
        session.console.write(
            sql_script(WAREHOUSES[warehouse.value], registry, session.file, asked)
        )


def _refuse_without_engine(asked: Asked) -> None:
    """Refuse options of the other engine.

    Raises:
        ContradictoryInput: There is one.
    """
    if asked.engine == "spark" and (asked.memory_limit or asked.threads):
        raise ContradictoryInput(
            "--memory-limit and --threads are for DuckDB", hint="--spark-master 'local[2]'"
        )
    if asked.spark_master and asked.engine != "spark":
        raise ContradictoryInput("--spark-master is for --engine spark")


def _refuse_together(wanted: Wanted, *, html: str | None) -> None:
    """Refuse options that cannot be used together, or not with such a source.

    Raises:
        ContradictoryInput: There are some.
    """
    is_log = wanted.sources.kind == "log"
    if wanted.others and wanted.compare is not None:
        raise ContradictoryInput("--beside and --compare cannot be combined", hint="run it twice")
    if html is not None and (wanted.others or not is_log):
        if is_log:
            hint = "run it twice: once with --html, once with --beside"
            raise ContradictoryInput("--html and --beside cannot be combined", hint=hint)
        raise ContradictoryInput(
            "--html makes a page of logs, and this is a report",
            hint="measure a log, or leave out --html",
        )
    if wanted.mapping and is_log and not wanted.others:
        raise ContradictoryInput("--map names columns of a report, and this is a log")


def _count_as_goaccess(session: Session, logs: list[str], others: list[str]) -> None:
    """Print the numbers of GoAccess's first panel, for logs in the combined format.

    Raises:
        ContradictoryInput: There are other options, which would have no effect.
    """
    from utmforge.measure.goaccess import goaccess_counts

    if others:
        raise ContradictoryInput(
            f"--compat cannot be combined with {', '.join(others)}",
            hint="--compat counts everything in the logs",
        )
    with opened_logs(sources_of(logs, {}, is_log=True)) as opened:
        counts = goaccess_counts(opened)
    show_facts(session.console, asdict(counts))


def _keys(text: str) -> tuple[Key, ...]:
    """Return the keys that `--by` names, each once.

    Raises:
        ContradictoryInput: There is no such key.
    """
    known: dict[str, Key] = {key: key for key in KEYS}
    names = [name.strip().lower() for name in text.split(",")]
    for name in names:
        if name not in known:
            hint = did_you_mean(name, KEYS) or f"one of {', '.join(KEYS)}"
            raise ContradictoryInput(
                f"there is nothing called {quoted(name)} to count by", hint=hint
            )
    return tuple(dict.fromkeys(known[name] for name in names))
