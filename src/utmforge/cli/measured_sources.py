"""What `measure` measures: logs, or what an analytics tool has counted, by their contents."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from glob import glob, has_magic
from pathlib import Path
from typing import NamedTuple

from utmforge.cli.inputs import STANDARD_INPUT, name_of, read_input, standard_input
from utmforge.cli.session import Session
from utmforge.errors import ContradictoryInput, ReportUnreadable, UnreadableInput, quoted
from utmforge.measure.beside import Beside, beside
from utmforge.measure.changes import Changes, changes, refuse_unlike
from utmforge.measure.log_files import LogFile, open_log
from utmforge.measure.money.conversions import ConversionFile
from utmforge.measure.result import Measurement
from utmforge.measure.run import Asked, measure_logs
from utmforge.measure.saved import SavedMeasurements
from utmforge.measure.sources.detect import GZIP, KIND_NAMES, LOOKED_AT, SourceKind, kind_of_source
from utmforge.measure.spark.logs import SparkLogs, is_address, local_address

_WITHOUT = "visits were not matched with issued links"


class Sources(NamedTuple):
    """Files of one kind."""

    kind: SourceKind
    paths: tuple[str, ...]
    """As they were named, each once; `-` is standard input."""


class Wanted(NamedTuple):
    """What is to be measured, and what it is to be compared with."""

    asked: Asked
    """How it is counted."""
    sources: Sources
    """What is measured."""
    others: Sources | None
    """What stands beside it. None: nothing."""
    mapping: Mapping[str, str]
    """The column of a report for each field that its headers do not show."""
    conversions: str | None
    """The file of conversions. None: there is none."""
    compare: str | None
    """The name of a saved measurement. None: none is compared."""


class Answer(NamedTuple):
    """What was measured."""

    measurement: Measurement
    changes: Changes | None
    """What changed since a saved measurement. None: none was named."""
    beside: Beside | None
    """The second source. None: none was named."""


def answer(session: Session, wanted: Wanted, store: SavedMeasurements) -> Answer:
    """Measure what is wanted.

    Raises:
        UtmforgeError: Something cannot be read, or not be counted or compared as asked.
    """
    asked = wanted.asked
    before = store.load(wanted.compare) if wanted.compare is not None else None
    if before and wanted.sources.kind == "log":
        zone = asked.timezone or session.file.workspace.timezone or "UTC"
        refuse_unlike(before, asked.by, asked.campaign, zone)
    if before:  # a page compares its own table, so that it does not show two
        asked = asked._replace(page_by=before.by)
    conversions = _conversions(session, wanted.conversions, asked.timezone)
    if wanted.others:
        return _beside(session, wanted, wanted.others, conversions)
    found = _measured(session, wanted.sources, asked, conversions, wanted.mapping)
    if before is None:
        return Answer(found, None, None)
    refuse_unlike(before, found.by, asked.campaign, found.zone)
    changed = changes(found, before)
    if found.overview:
        found = found._replace(overview=found.overview._replace(changes=changed))
    return Answer(found, changed, None)


def sources_of(
    names: Sequence[str], mapping: Mapping[str, str], *, is_log: bool = False
) -> Sources:
    """Return the files that are named, each once, those of a pattern in the order of their names.

    Args:
        names: Paths, patterns, or `-`.
        mapping: The columns of a report that are named.
        is_log: Whether they are logs whatever is in them.

    Raises:
        UnreadableInput: A pattern finds no file.
        ContradictoryInput: They are of several kinds, or several reports.
    """
    paths: dict[str, None] = {}
    for name in names:
        if name != "-" and not is_address(name) and has_magic(name) and not Path(name).exists():
            found = sorted(glob(name))  # noqa: PTH207 - Path.glob takes no absolute pattern
            if not found:
                raise UnreadableInput(f"no file matches {quoted(name)}")
            paths |= dict.fromkeys(found)
        else:
            paths[name] = None
    if is_log:
        return Sources("log", tuple(paths))
    kinds = {name: kind_of_source(_begun(name), mapping) for name in paths}
    one, *others = dict.fromkeys(kinds.values())
    if others:
        first = next(name for name, kind in kinds.items() if kind == one)
        other = next(name for name, kind in kinds.items() if kind == others[0])
        raise ContradictoryInput(
            f"{quoted(first)} is {KIND_NAMES[one]}, and {quoted(other)} is "
            f"{KIND_NAMES[others[0]]}: they cannot be counted together",
            hint="--beside FILE puts two sources side by side",
        )
    if one == "report" and len(paths) > 1:
        raise ContradictoryInput(
            "several reports may count the same visits", hint="measure one report at a time"
        )
    if one == "events" and "-" in paths:
        raise ContradictoryInput("an export of events is not read from -", hint="name its file")
    return Sources(one, tuple(paths))


def _begun(name: str) -> bytes:
    """Return the first bytes of a file; none where reading would take them away, or is refused."""
    if name == "-":
        return standard_input().peek(LOOKED_AT)[:LOOKED_AT]
    path = Path(name)
    try:
        if not path.is_file():
            return b""
        with path.open("rb") as file:
            return file.read(LOOKED_AT)
    except OSError:
        return b""


def _measured(
    session: Session,
    sources: Sources,
    asked: Asked,
    conversions: ConversionFile | None,
    mapping: Mapping[str, str],
) -> Measurement:
    """Measure files of one kind.

    Raises:
        UtmforgeError: They cannot be read, or not be counted as asked.
    """
    with session.registry_to_compare(_WITHOUT) as registry:
        if sources.kind == "log":
            if asked.engine == "spark":
                logs = spark_logs(sources, asked.spark_master)
                return measure_logs(logs, registry, session.file, asked, conversions)
            with (
                opened_logs(sources) as opened,
                session.console.working("reading", unit="bytes") as step,
            ):
                return measure_logs(
                    opened, registry, session.file, asked, conversions, progress=step
                )
        from utmforge.measure.sources.measure import measure_source

        if sources.kind == "report":
            from utmforge.measure.sources.report import read_source_report

            name = sources.paths[0]
            currency = session.file.workspace.currency
            source = read_source_report(_report_bytes(name), name_of(name), currency, mapping)
        else:
            from utmforge.measure.sources.ga4_events import read_events

            source = read_events(
                list(map(Path, sources.paths)),
                session.file,
                memory_limit=asked.memory_limit,
                threads=asked.threads,
            )
        return measure_source(source, registry, session.file, asked, conversions)


def _beside(
    session: Session, wanted: Wanted, others: Sources, conversions: ConversionFile | None
) -> Answer:
    """Measure two sources for one period: a log is measured for the days of the other one."""
    asked = wanted.asked

    if "-" in wanted.sources.paths and "-" in others.paths:
        raise ContradictoryInput("- cannot be both sources", hint="name a file for one of them")

    def measure(sources: Sources, like: Measurement | None) -> Measurement:
        has_page = asked.overview and sources is wanted.sources
        how = asked._replace(page_by=asked.by, overview=has_page)  # a page shows both by these keys
        if like:
            how = how._replace(by=like.by, page_by=like.by)
            if sources.kind != "report" and not (asked.since or asked.until):
                how = how._replace(since=like.since, until=like.until)
        return _measured(session, sources, how, conversions, wanted.mapping)

    if wanted.sources.kind == "report":
        found = measure(wanted.sources, None)
        other = measure(others, found)
    else:
        other = measure(others, None)
        found = measure(wanted.sources, other)
    together = beside(found, other)
    if found.overview:
        found = found._replace(overview=found.overview._replace(beside=together))
    return Answer(found, None, together)


def _conversions(
    session: Session, source: str | None, timezone: str | None
) -> ConversionFile | None:
    """Read the file of conversions.

    Raises:
        MeasuringError: It has no column that says what a conversion belongs to.
    """
    if source is None:
        return None
    from utmforge.measure.money.conversions import read_conversions
    from utmforge.measure.periods import zone_of

    workspace = session.file.workspace
    return read_conversions(
        read_input(source).text.splitlines(keepends=True),
        currency=workspace.currency,
        zone=zone_of(timezone or workspace.timezone),
    )


def _report_bytes(name: str) -> bytes:
    """Return the bytes of a report, which may be packed as a log may be.

    Raises:
        UnreadableInput: It cannot be read.
        ReportUnreadable: It is packed, and damaged.
    """
    if name == "-" or not _begun(name).startswith(GZIP):
        return read_input(name).raw
    log = open_log(Path(name))
    raw = b"".join(part.data for part in log.parts())
    if log.is_cut_short:
        raise ReportUnreadable(f"{quoted(name)} is cut short or damaged", hint="export it again")
    return raw


@contextmanager
def opened_logs(sources: Sources) -> Iterator[list[LogFile]]:
    """Open logs; they are closed at the end, read or not.

    Raises:
        UnreadableInput: One is missing or a folder.
    """
    with ExitStack() as stack:
        opened = []
        for name in sources.paths:
            if is_address(name):
                raise UnreadableInput(
                    f"{quoted(name)} is not a file of this machine",
                    hint="--engine spark reads file://, s3a://, gs:// and hdfs://",
                )
            is_input = name == "-"
            log = (
                LogFile(STANDARD_INPUT, standard_input(), None)
                if is_input
                else open_log(Path(name))
            )
            stack.enter_context(closing(log.stream))
            opened.append(log)
        yield opened


def spark_logs(sources: Sources, master: str | None) -> SparkLogs:
    """Return logs as Spark finds them.

    Raises:
        ContradictoryInput: One is standard input.
        UnreadableInput: A local one is missing or a folder.
    """
    if "-" in sources.paths:
        raise ContradictoryInput("Spark does not read standard input", hint="name a file")
    addresses = []
    sizes: list[int | None] = []
    for name in sources.paths:
        if is_address(name):
            addresses.append(name)
            sizes.append(None)
            continue
        open_log(Path(name)).stream.close()
        addresses.append(local_address(str(Path(name).absolute())))
        sizes.append(Path(name).stat().st_size)
    known = [size for size in sizes if size is not None]
    return SparkLogs(tuple(addresses), master, sum(known) if len(known) == len(sizes) else None)
