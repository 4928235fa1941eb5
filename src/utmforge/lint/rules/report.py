"""UTM8xx: what the report of an analytics tool shows about links that were sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.errors import quoted
from utmforge.lint.rules.base import FileRule, Found, Rule

if TYPE_CHECKING:
    from utmforge.analytics.comparison.spellings import Spelling

_BY = {
    "typo": "with a typo",
    "alias": "under another name",
    "short form": "abbreviated",
    "encoding": "percent-encoded or damaged",
    "case": "in a different letter case",
    "separator": "with a different separator",
    "accents": "with different letters",
}


class SplitInReport(FileRule):
    """Find visits that came in under another spelling.

    `utmforge compare export.csv` compares the names in a report of your analytics tool with the names
    in issued links and campaigns.toml. A link with another spelling has already been sent and cannot
    be changed, but an alias in the naming convention prevents the next one. If both names are
    intended, add the name to the `suggested` values of its field.

    Instead of:
        facebook 80 visits, Facebook 15 visits, facebok 5 visits

    Write:
        aliases = { facebok = "facebook" }
    """

    code = "UTM801"
    name = "split-in-report"

    def finding(self, one: Spelling, unit: str) -> Found:
        """Report how many visits a spelling splits off."""
        how = " and ".join(_BY[each] for each in one.differs)
        probably = " probably" if "typo" in one.differs else ""
        return self.found(
            f"{one.field} {quoted(one.value)} is{probably} {quoted(one.meant or '')} {how}: it "
            f"splits off {one.visits:,} {unit}",
            f"make it an alias of {quoted(one.alias)} in [convention.{one.field}]"
            if one.alias
            else "issue such links with utmforge, which writes the name correctly",
        )


class ForeignInReport(FileRule):
    """Know where the names in a report come from.

    A source, medium or campaign that is in no link of the registry and not in campaigns.toml was
    made elsewhere: by someone without utmforge, or with another registry.

    Instead of:
        a source in the report that is in no issued link

    Write:
        links made with utmforge, or the name among the suggested values of its field
    """

    code = "UTM802"
    name = "foreign-in-report"
    severity = "note"

    def finding(self, one: Spelling, unit: str) -> Found:
        """Report that no issued link has it."""
        return self.found(
            f"{one.field} {quoted(one.value)} ({one.visits:,} {unit}) is neither in an issued link nor "
            "in campaigns.toml"
        )


RULES: tuple[Rule, ...] = (SplitInReport(), ForeignInReport())
