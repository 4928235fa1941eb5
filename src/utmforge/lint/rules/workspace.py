"""UTM7xx: what the campaign file and the registry say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.errors import UtmforgeError, quoted
from utmforge.lint.rules.base import FileRule, Found, Rule, RunRule, Settings, ValueRule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from utmforge.urls.link import Link


class AgainstTheConvention(ValueRule):
    """Use values that the naming convention takes.

    `[convention]` in campaigns.toml says which values, lengths, patterns and templates are agreed
    on; utmforge refuses others where it issues links, and this rule finds them in links that were
    made elsewhere. Letter case and separators have rules of their own.

    Instead of:
        https://shop.example/?utm_source=news&utm_medium=e-mail&utm_campaign=spring

    Write:
        https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=spring
    """

    code = "UTM701"
    name = "against-convention"

    def check_value(self, field: str, value: str, settings: Settings) -> Iterator[Found]:
        """Check it as the convention writes its words; prefer what it is an alias of."""
        convention = settings.convention
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
    """Call one thing by one name.

    `Spring_Sale`, `spring-sale` and `sping-sale` are three rows of a report. Names are compared
    with each other and, where there is a campaigns.toml or `--registry`, with its names and those of
    issued links, which are right; those that only retired links carry are not. Only case, separator,
    accents or a typo must differ. Digits and short words are never a typo.

    With `--issued` the names of issued links are compared with each other as well, and the one that
    was issued first is right. A field with over 20,000 issued names is a series that some program
    makes, and is not compared.

    Instead of:
        https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=sping-sale

    Write:
        https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=spring-sale
    """

    code = "UTM702"
    name = "near-duplicate"

    def near(self, field: str, value: str, other: str) -> Found:
        """Say that a name is nearly another."""
        return self.found(
            f"{field} {quoted(value)} is nearly {quoted(other)}: reports make two rows of them",
            f"use one, or suppress {self.code} with a reason where both are meant",
        )


class OutsideItsDates(Rule):
    """Use a campaign's links between its first and its last day.

    `starts` and `ends` in campaigns.toml say when, by the calendar of `timezone` or else in UTC.
    Links in a text are compared with today: a text is linted before it goes out.

    Links of the registry (`--issued`) are compared with the day they were issued, as `new` and
    `build` do. One that was issued before the first day is in order, for links are made ahead; one
    that was issued after the last day is a finding. One that was issued in time stays in order when
    its campaign is over: what is printed or was sent goes on being clicked. Retire it if it is not
    to be used any more; nothing is said about links that are retired.

    Instead of:
        a newsletter of May with links of a campaign that ended in April

    Write:
        links of a campaign that runs, or another last day in campaigns.toml
    """

    code = "UTM703"
    name = "outside-its-dates"

    def check(self, link: Link, settings: Settings) -> Iterator[Found]:
        """Look the campaign up."""
        period = settings.periods.get(link.as_written.get("campaign", ""))
        if period and settings.today:
            yield from self._on(link.as_written["campaign"], period, settings.today)

    def _on(
        self, campaign: str, period: tuple[date | None, date | None], day: date
    ) -> Iterator[Found]:
        """Say that a day is outside."""
        starts, ends = period
        hint = "use a campaign that runs, or change its dates in campaigns.toml"
        if ends and day > ends:
            yield self.found(f"campaign {quoted(campaign)} ended on {ends}", hint)
        elif starts and day < starts:
            yield self.found(f"campaign {quoted(campaign)} starts on {starts}", hint)

    def issued_late(self, campaign: str, ends: date, link_id: str, day: date) -> Found:
        """Say that a link was issued after the last day."""
        return self.found(
            f"campaign {quoted(campaign)} ended on {ends}, and the link was issued on {day}",
            f"utmforge retire {link_id}, or change the campaign's last day in campaigns.toml",
        )


class CampaignFileProblem(FileRule):
    """Have a campaign file that can be read.

    What `utmforge build` refuses about campaigns.toml: unknown keys, values of a wrong type, tags
    that the naming convention does not take.

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
