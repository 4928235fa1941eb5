"""The options of `measure`, and which of them have no effect beside which others."""

from collections.abc import Collection, Sequence
from enum import StrEnum
from typing import Annotated

import typer

from utmforge.cli import completion
from utmforge.cli.option_rules import OptionRules
from utmforge.errors import ContradictoryInput
from utmforge.measure.result import KEYS
from utmforge.measure.sources.detect import KIND_NAMES, SourceKind
from utmforge.output.formats import MeasureFormat, PageLanguage


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


Logs = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="LOG…",
        help="Logs, compressed or not, or patterns; - is standard input. Or what GA4, Matomo "
        "or Plausible exported.",
        show_default=False,
    ),
]
LogFormat = Annotated[
    str | None,
    typer.Option(
        "--log-format",
        metavar="NAME|FORMAT",
        help="The log's format, or the format string of nginx or Apache. Default: detected.",
    ),
]
Since = Annotated[
    str | None,
    typer.Option(
        "--since",
        metavar="DAY",
        help="From this day: 2026-03-20, 2026-03, yesterday, last month …",
    ),
]
Until = Annotated[
    str | None,
    typer.Option("--until", metavar="DAY", help="Up to and including it."),
]
TimeZoneName = Annotated[
    str | None,
    typer.Option(
        "--timezone",
        metavar="NAME",
        help="Whose days are counted, such as Europe/Paris. Default: that of campaigns.toml, "
        "else UTC.",
    ),
]
CountedBy = Annotated[
    str,
    typer.Option(
        "--by", metavar="KEY,…", help=f"What to count by: {', '.join(KEYS)}; several are fine."
    ),
]
ConversionsFile = Annotated[
    str | None,
    typer.Option(
        "--conversions",
        metavar="FILE",
        help="A CSV file of conversions, instead of the goals of campaigns.toml.",
    ),
]
MinVisitors = Annotated[
    int,
    typer.Option("--min-visitors", min=5, metavar="N", help="Show no count of fewer visitors."),
]
SaveAs = Annotated[
    str | None,
    typer.Option("--save", metavar="NAME", help="Save what is shown under a name."),
]
CompareWith = Annotated[
    str | None,
    typer.Option(
        "--compare",
        metavar="NAME",
        help="Show what changed since a saved measurement.",
        autocompletion=completion.saved_measurements,
    ),
]
ListSaved = Annotated[bool, typer.Option("--saved", help="Only list the saved measurements.")]
MemoryLimit = Annotated[
    str | None,
    typer.Option(
        "--memory-limit", metavar="SIZE", help="Use at most this much memory, such as 500MB."
    ),
]
Threads = Annotated[
    int | None,
    typer.Option("--threads", min=1, metavar="N", help="Use at most N processor cores."),
]
EngineChoice = Annotated[
    EngineName,
    typer.Option("--engine", case_sensitive=False, help="What counts: DuckDB here, or your Spark."),
]
SparkMaster = Annotated[
    str | None,
    typer.Option(
        "--spark-master",
        metavar="URL",
        help="Where Spark runs, such as yarn or spark://host:7077. Default: local[*].",
    ),
]
EmitSql = Annotated[
    Warehouse | None,
    typer.Option(
        "--emit-sql",
        case_sensitive=False,
        help="Only print the SQL for a warehouse; no log is read.",
    ),
]
CompatWith = Annotated[
    Compat | None,
    typer.Option(
        "--compat",
        case_sensitive=False,
        help="Only count requests and visitors, as another tool counts them.",
    ),
]
HtmlPage = Annotated[
    str | None,
    typer.Option(
        "--html", metavar="PATH|-", help="Write a page for a browser, too; - prints only it."
    ),
]
PageLang = Annotated[
    PageLanguage | None,
    typer.Option("--lang", case_sensitive=False, help="The language of the page. Default: en."),
]
BesideSource = Annotated[
    str | None,
    typer.Option(
        "--beside",
        metavar="FILE",
        help="Another source for the same days, such as a GA4 report: both side by side.",
    ),
]
Overwrite = Annotated[bool, typer.Option("--force", help="Overwrite the page, and what is saved.")]
WrittenAs = Annotated[
    MeasureFormat,
    typer.Option("--format", "-F", case_sensitive=False, help="How to write it."),
]

RULES = OptionRules(
    only={
        "--saved": ("--format", "--excel", "--columns"),
        "--emit-sql": ("--since", "--until", "--timezone", "--campaign", "--by"),
        "--compat": ("--format", "--excel"),
    },
    never={
        "--html -": ("--format", "--excel", "--columns"),
        "--beside": ("--compare",),
        "--engine spark": ("--memory-limit", "--threads"),
    },
    without={
        "--lang": ("--html",),
        "--force": ("--html", "--save"),
        "--spark-master": ("--engine spark",),
    },
    verb="combined",
    hints={
        "--saved": "--saved only lists the saved measurements",
        "--emit-sql": "--emit-sql only prints statements",
        "--compat": "--compat counts everything in the logs",
        "--html -": "name a file: --html report.html",
        "--beside": "run it twice",
        "--engine spark": "those are for DuckDB; for Spark, use --spark-master 'local[2]'",
        "--spark-master": "--spark-master is for --engine spark",
        "--lang": "--html PATH writes a page",
        "--force": "--html PATH writes a page, and --save NAME saves what is measured",
    },
)
"""What depends on the options alone."""


def refuse_for_sources(given: Collection[str], kinds: Sequence[SourceKind]) -> None:
    """Refuse options that have no effect on what is measured.

    Args:
        given: The options that were given, see `Session.given`.
        kinds: The kinds of the source, and of the one beside it.

    Raises:
        ContradictoryInput: There is one.
    """
    this = KIND_NAMES[kinds[0]]
    if "--map" in given and "report" not in kinds:
        raise ContradictoryInput(f"--map names columns of a report, and this is {this}")
    for option in ("--log-format", "--engine spark"):
        if option in given and "log" not in kinds:
            raise ContradictoryInput(f"{option} is for logs, and neither source is one")
    if set(kinds) == {"report"}:
        for option in ("--memory-limit", "--threads"):
            if option in given:
                raise ContradictoryInput(f"{option} has no effect on a report")
    is_dated = {"--since", "--until", "--conversions"}.intersection(given)
    if "--timezone" in given and "log" not in kinds and not is_dated:
        raise ContradictoryInput(
            f"--timezone has no effect on {this}: its days are those of the tool it is from"
        )
    is_kept = {"--save", "--compare", "--beside"}.intersection(given)
    if "--html -" in given and "--by" in given and not is_kept:
        raise ContradictoryInput(
            "--by has no effect on the page, which counts by campaign and channel",
            hint="leave out --by, or name a file: --html report.html",
        )
