"""`utmforge measure`: what came back, from a web server's log."""

import os
from dataclasses import asdict

from utmforge.analytics.exports.rows import MAPPED
from utmforge.cli.column_mapping import mapped_columns
from utmforge.cli.days import days_in
from utmforge.cli.measure_options import (
    RULES,
    BesideSource,
    CompareWith,
    CompatWith,
    ConversionsFile,
    CountedBy,
    EmitSql,
    EngineChoice,
    EngineName,
    HtmlPage,
    ListSaved,
    LogFormat,
    Logs,
    MemoryLimit,
    MinVisitors,
    Overwrite,
    PageLang,
    SaveAs,
    Since,
    SparkMaster,
    Threads,
    TimeZoneName,
    Until,
    Warehouse,
    WrittenAs,
    refuse_for_sources,
)
from utmforge.cli.measured_sources import Wanted, answer, opened_logs, sources_of
from utmforge.cli.option_rules import refuse_unused
from utmforge.cli.options import CampaignName, ReportColumns, command, single
from utmforge.cli.report_page import STANDARD_OUTPUT, PageWanted, check_page, write_page
from utmforge.cli.saved_measurements import list_saved, save, saved_measurements
from utmforge.cli.session import Session
from utmforge.errors import ContradictoryInput, MissingInput, did_you_mean, quoted
from utmforge.measure.result import KEYS, Key
from utmforge.measure.run import DEFAULT_MINIMUM, Asked
from utmforge.output.formats import Format, MeasureFormat
from utmforge.output.key_values import show_facts
from utmforge.output.measurement import measurement_columns, say_measurement, show_measurement

app = single()


@command(app, "file", "registry", columns=measurement_columns)
def measure(
    session: Session,
    logs: Logs = None,
    log_format: LogFormat = None,
    since: Since = None,
    until: Until = None,
    timezone: TimeZoneName = None,
    campaign: CampaignName = None,
    by: CountedBy = "campaign,channel",
    conversions: ConversionsFile = None,
    min_visitors: MinVisitors = DEFAULT_MINIMUM,
    save_as: SaveAs = None,
    compare: CompareWith = None,
    saved: ListSaved = False,
    memory_limit: MemoryLimit = None,
    threads: Threads = None,
    engine: EngineChoice = EngineName.DUCKDB,
    spark_master: SparkMaster = None,
    emit_sql: EmitSql = None,
    compat: CompatWith = None,
    html: HtmlPage = None,
    lang: PageLang = None,
    beside: BesideSource = None,
    mapping: ReportColumns = None,
    force: Overwrite = False,
    fmt: WrittenAs = MeasureFormat.TABLE,
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
    refuse_unused(session.given, RULES)
    if saved:
        _list_saved(session, logs)
        return
    if compat:
        _count_as_goaccess(session, _named(logs))
        return
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
    if emit_sql:
        _print_sql(session, emit_sql, asked, logs)
        return
    columns = mapped_columns(mapping or (), MAPPED)
    is_of_log = log_format is not None or engine is EngineName.SPARK
    is_log = is_of_log and beside is None  # of two sources, their contents tell which is the log
    wanted = Wanted(
        asked,
        sources_of(_named(logs), columns, is_log=is_log),
        None if beside is None else sources_of([beside], columns),
        columns,
        conversions,
        compare,
    )
    page = None if html is None else PageWanted(html, lang or "en", force)
    _measure(session, wanted, page, save_as, overwrite=force)


def _named(logs: list[str] | None) -> list[str]:
    """Return the logs that are named.

    Raises:
        MissingInput: There are none.
    """
    if not logs:
        raise MissingInput("name a log", hint="utmforge measure access.log")
    return logs


def _measure(
    session: Session,
    wanted: Wanted,
    page: PageWanted | None,
    save_as: str | None,
    *,
    overwrite: bool,
) -> None:
    """Measure what is wanted, show it, write the page and save it."""
    kinds = [wanted.sources.kind, *([wanted.others.kind] if wanted.others else [])]
    refuse_for_sources(session.given, kinds)
    if page:
        others = wanted.others.paths if wanted.others else ()
        check_page(session, page, [*wanted.sources.paths, *others, wanted.conversions or ""])
    store = saved_measurements(session)
    if save_as is not None:
        store.new_path(save_as, overwrite=overwrite)  # refused before anything is measured
    found = answer(session, wanted, store)
    if page is None or page.target != STANDARD_OUTPUT:
        show_measurement(session.console, found.measurement, found.changes, found.beside)
    if page and found.measurement.overview:
        write_page(session, page, found.measurement.overview)
    say_measurement(session.console, found.measurement, found.beside)
    if save_as is not None:  # another command may have used the name since
        path = store.new_path(save_as, overwrite=overwrite)
        save(session, found.measurement, wanted.asked, path)


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


def _count_as_goaccess(session: Session, logs: list[str]) -> None:
    """Print the numbers of GoAccess's first panel, for logs in the combined format."""
    from utmforge.measure.goaccess import goaccess_counts

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
