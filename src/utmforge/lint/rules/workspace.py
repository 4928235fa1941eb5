"""UTM7xx: what the campaign file and the registry say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.errors import UtmforgeError, quoted
from utmforge.lint.rules.base import FileRule, Found, LinkRule, Rule, RunRule, ValueRule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from utmforge.urls.link import Link


class AgainstTheConvention(ValueRule):
    """Use values that the naming convention allows.

    `[convention]` in campaigns.toml lists the allowed values, lengths, patterns and templates.
    utmforge refuses to issue links with other values, and this rule finds them in links that were
    made elsewhere. Letter case and separators have rules of their own.

    Instead of:
        https://shop.example/?utm_source=news&utm_medium=e-mail&utm_campaign=spring

    Write:
        https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=spring
    """

    code = "UTM701"
    name = "against-convention"

    def check_value(self, field: str, value: str) -> Iterator[Found]:
        """Check it as the convention writes its words; suggest what it is an alias of."""
        convention = self.settings.convention
        if field not in convention.fields and convention.max_length is None:
            return
        try:
            words = convention.words(field, value)
            alias = (
                convention.fields[field].aliases.get(words) if field in convention.fields else None
            )
            if alias and alias != value:
                yield self.found(
                    f"{field} {quoted(value)} is an alias in the naming convention",
                    f"write {quoted(alias)}",
                )
            else:
                convention.check(field, words)
        except UtmforgeError as error:
            yield self.found(error.message, error.hint)


class NearDuplicate(RunRule):
    """Use one name for one thing.

    `Spring_Sale`, `spring-sale` and `sping-sale` are three rows of a report. Names are compared with
    each other and, if there is a campaigns.toml or `--registry`, with its names and those of issued
    links, which count as correct; names that only retired links have do not. Names are reported if
    they differ only in letter case, separator, accents or one typo. Digits and short words never
    count as typos.

    With `--issued` the names of issued links are also compared with each other, and the one that was
    issued first counts as correct. A field with more than 20,000 issued names is a series that a
    program has made, and is not compared.

    Instead of:
        https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=sping-sale

    Write:
        https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=spring-sale
    """

    code = "UTM702"
    name = "near-duplicate"

    def near(self, field: str, value: str, other: str) -> Found:
        """Report that a name is nearly another."""
        return self.found(
            f"{field} {quoted(value)} is nearly {quoted(other)}: reports show them as two rows",
            f"use one of them, or suppress {self.code} with a reason if both are intended",
        )


class OutsideItsDates(LinkRule):
    """Use a campaign's links between its first and its last day.

    `starts` and `ends` in campaigns.toml say when, in the time zone `timezone`, or in UTC if there is
    none. Links in a text are compared with today, because a text is linted before it goes out.

    Links in the registry (`--issued`) are compared with the day they were issued, as in `new` and
    `build`. A link issued before the first day is fine, because links are made ahead; a link issued
    after the last day is reported. A link issued in time stays fine after its campaign has ended:
    what was printed or sent is still clicked. Retire it if it should not be used any more; retired
    links are not reported.

    Instead of:
        a newsletter in May with links of a campaign that ended in April

    Write:
        links of a running campaign, or a later last day in campaigns.toml
    """

    code = "UTM703"
    name = "outside-its-dates"

    def check(self, link: Link) -> Iterator[Found]:
        """Look the campaign up."""
        period = self.settings.periods.get(link.as_written.get("campaign", ""))
        if period and self.settings.today:
            yield from self._on(link.as_written["campaign"], period, self.settings.today)

    def _on(
        self, campaign: str, period: tuple[date | None, date | None], day: date
    ) -> Iterator[Found]:
        """Report a day that is outside."""
        starts, ends = period
        hint = "use a running campaign, or change its dates in campaigns.toml"
        if ends and day > ends:
            yield self.found(f"campaign {quoted(campaign)} ended on {ends}", hint)
        elif starts and day < starts:
            yield self.found(f"campaign {quoted(campaign)} starts on {starts}", hint)

    def issued_late(self, campaign: str, ends: date, link_id: str, day: date) -> Found:
        """Report a link that was issued after the last day."""
        return self.found(
            f"campaign {quoted(campaign)} ended on {ends}, and the link was issued on {day}",
            f"utmforge retire {link_id}, or change the campaign's last day in campaigns.toml",
        )


class CampaignFileProblem(FileRule):
    """Keep the campaign file valid.

    Everything that makes `utmforge build` refuse campaigns.toml: unknown keys, values of the wrong
    type, tags that the naming convention does not allow.

    Instead of:
        landing_pge = "https://shop.example/spring"

    Write:
        landing_page = "https://shop.example/spring"
    """

    code = "UTM704"
    name = "campaign-file"
    severity = "error"


RULES: tuple[Rule, ...] = (
    AgainstTheConvention(),
    NearDuplicate(),
    OutsideItsDates(),
    CampaignFileProblem(),
)
