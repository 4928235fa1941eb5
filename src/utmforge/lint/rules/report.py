"""UTM8xx: what a report shows, of links that are out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.errors import quoted
from utmforge.lint.rules.base import FileRule, Found, Rule

if TYPE_CHECKING:
    from utmforge.analytics.comparison.spellings import Spelling

_BY = {
    "typo": "with a typo",
    "alias": "under another name",
    "short form": "in short",
    "case": "in other letter case",
    "separator": "with another separator",
    "accents": "with other letters",
}


class SplitInReport(FileRule):
    """Find the visits that came under another spelling.

    `utmforge compare export.csv` compares the names in a report of your analytics tool with those of
    issued links and of campaigns.toml. A link with another spelling is out already and cannot be
    taken back; an alias in the naming convention keeps the next one from being made. Where both
    are meant, put the name among the `suggested` ones of its field.

    Instead of:
        facebook 80 visits, Facebook 15 visits, facebok 5 visits

    Write:
        aliases = { facebok = "facebook" }
    """

    code = "UTM801"
    name = "split-in-report"

    def of(self, one: Spelling, unit: str) -> Found:
        """Say how many visits a spelling splits away."""
        how = " and ".join(_BY[each] for each in one.differs)
        probably = " probably" if "typo" in one.differs else ""
        return self.found(
            f"{one.field} {quoted(one.value)} is{probably} {quoted(one.meant or '')} {how}: it "
            f"splits {one.visits:,} {unit} away",
            f"make it an alias of {quoted(one.alias)} in [convention.{one.field}]"
            if one.alias
            else "issue such links with utmforge, which writes it so",
        )


class ForeignInReport(FileRule):
    """Know whose names a report shows.

    A source, medium or campaign that no link in the registry carries, and that campaigns.toml does
    not know: somebody makes links elsewhere, or has a registry of his own.

    Instead of:
        a source in the report that nobody here has issued

    Write:
        links made with utmforge; or put the name among the suggested ones of its field
    """

    code = "UTM802"
    name = "foreign-in-report"
    severity = "note"

    def of(self, one: Spelling, unit: str) -> Found:
        """Say that nobody here has issued it."""
        return self.found(
            f"{one.field} {quoted(one.value)} ({one.visits:,} {unit}) is in no issued link and not "
            "in campaigns.toml"
        )


RULES: tuple[Rule, ...] = (SplitInReport(), ForeignInReport())
