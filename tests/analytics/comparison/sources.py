"""Reports of sources alone."""

from utmforge.analytics.comparison.known_names import KnownNames
from utmforge.analytics.comparison.spellings import Spelling, spellings
from utmforge.analytics.exports.rows import ReportRow
from utmforge.naming.convention import Convention

USUAL = Convention()
SOURCES = KnownNames({"source": {"weekly-news", "facebook"}}, {"source": {"partner-mail"}})


def of_sources(
    counts: dict[str, int], names: KnownNames = SOURCES, convention: Convention = USUAL
) -> dict[str, Spelling]:
    """Return the spellings of sources, by value."""
    rows = [ReportRow(n, {"source": value}, counts[value]) for n, value in enumerate(counts, 2)]
    return {one.value: one for one in spellings(rows, names, convention)}
