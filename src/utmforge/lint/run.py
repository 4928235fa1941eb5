"""Lint inputs: texts, addresses, issued links → findings with places.

Run ─ lint_text · lint_url · lint_issued ─► finish ─► findings
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from utmforge.documents.comments import Suppression, comment_in
from utmforge.documents.finding import links_in
from utmforge.documents.html import canonical_of
from utmforge.lint import BY_CODE, Found, Linter, Settings
from utmforge.lint.cross_link import COMPARED
from utmforge.lint.finding import Finding, Where
from utmforge.lint.repair import STEPS, Repairer
from utmforge.lint.rules.base import DEFAULT_SETTINGS
from utmforge.lint.rules.parameters import Untagged
from utmforge.lint.rules.suppressions import NoReason, UnknownRule
from utmforge.lint.rules.workspace import OutsideItsDates
from utmforge.naming.similar import NearNames, near_any
from utmforge.privacy.find import find_private
from utmforge.urls.link import Link
from utmforge.urls.sites import is_own, own_hosts

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from utmforge.campaigns.campaign_file import CampaignFile
    from utmforge.documents.base import Kind, Located
    from utmforge.model import TaggedLink

_WITH_WHOLE_LINKS = frozenset(("list", "csv", "html", "markdown"))
"""Kinds of documents in which it is certain where a link ends, so that a fix can be offered."""

_FEW = 200
"""With more names, an index of all of them is faster than comparing each pair."""


def settings_for(file: CampaignFile, today: date | None, *, is_site: bool = False) -> Settings:
    """Return what rules need to know about a campaign file."""
    return Settings(
        file.convention,
        own_hosts(file.workspace.own_domains),
        {
            one.tags.campaign: (one.starts, one.ends)
            for one in file.campaigns.values()
            if one.starts or one.ends
        },
        today,
        is_site,
    )


class Run:
    """One run over any number of inputs."""

    def __init__(
        self,
        settings: Settings = DEFAULT_SETTINGS,
        *,
        select: Collection[str] | None = None,
        ignored: Mapping[str, str] | None = None,
        ignored_in: Mapping[str, Mapping[str, str]] | None = None,
        day: Callable[[datetime], date] = datetime.date,
    ) -> None:
        """Choose what is reported.

        Args:
            settings: What rules need to know.
            select: The codes of the rules to run. None: all.
            ignored: Codes that are suppressed everywhere, with reasons.
            ignored_in: The same for links of single campaigns, by `utm_campaign`.
            day: Returns the day of a time, in the time zone of the campaigns' dates.
        """
        self.select = None if select is None else frozenset(select)
        self.settings = settings
        self.linter = self._linter(settings)
        self._repairer = Repairer(settings)
        self.findings: list[Finding] = []
        self.links = 0
        """How many links were checked."""
        self.ignored = frozenset(ignored or ())
        self._ignored_in = ignored_in or {}
        self._day = day
        self._suppressed: dict[tuple[str, int | None], Suppression] = {}
        self._known: dict[str, set[str]] = {field: set() for field in COMPARED}

    def _linter(self, settings: Settings) -> Linter[Where]:
        return Linter(settings, self.select)

    def lint_url(self, url: str, where: Where) -> None:
        """Check one address."""
        self.links += 1
        for found in self.linter.check(url, where):
            self.add(found, where, url)

    def lint_text(self, name: str, text: str, kind: Kind) -> None:
        """Check all links of a text."""
        self.read_comments(name, text)
        linter = self.linter
        if kind == "html" and self._is_own_page(text) and not self.settings.is_site:
            linter = self._linter(self.settings._replace(is_site=True))
        check = linter.check
        offers_fix = kind in _WITH_WHOLE_LINKS
        in_newsletter = kind not in {"list", "csv"} and not self.settings.own_domains
        for url, line, column, is_page, _, _, is_whole in links_in(text, kind):
            self.links += 1
            for found in check(url, Where(name, line, column)):
                if not ((is_page or in_newsletter) and isinstance(found.rule, Untagged)):
                    self.add(
                        found, Where(name, line, column), url, offers_fix=offers_fix and is_whole
                    )

    def _is_own_page(self, text: str) -> bool:
        canonical = canonical_of(text)
        return bool(canonical) and is_own(Link(canonical or "").host, self.settings.own_domains)

    def read_comments(self, name: str, text: str) -> None:
        """Store what comments suppress, and check the comments themselves."""
        for where, suppression in self.keep_comments(name, text):
            self.lint_suppressions(suppression.reasons, where)

    def keep_comments(self, name: str, text: str) -> list[tuple[Where, Suppression]]:
        """Store what comments suppress: on their line, or on the next if they are alone on theirs."""
        kept: list[tuple[Where, Suppression]] = []
        if "utmforge:" not in text:
            return kept
        for number, line in enumerate(text.splitlines(), 1):
            if comment := comment_in(line):
                at, suppression = comment
                self._suppressed[name, number] = suppression
                if not line[:at].strip():
                    self._suppressed[name, number + 1] = suppression
                kept.append((Where(name, number, at + 1), suppression))
        return kept

    def lint_suppressions(self, reasons: Mapping[str, str], where: Where) -> None:
        """Check that each suppressed rule exists and has a reason."""
        for code, reason in reasons.items():
            if code not in BY_CODE:
                self.add(UnknownRule().finding(code), where)
            elif not reason.strip():
                self.add(NoReason().finding(code), where)

    def lint_issued(self, links: Iterable[TaggedLink], place: str) -> None:
        """Check the links of a registry that are not retired."""
        for link in links:
            if link.state == "retired":
                continue
            where = Where(place, link_id=link.id, kind="registry")
            self.links += 1
            for found in self.linter.check(link.url, where):
                if not isinstance(found.rule, OutsideItsDates):
                    self.add(found, where, link.url)
            self._lint_issue_date(link, where)

    def _lint_issue_date(self, link: TaggedLink, where: Where) -> None:
        _, ends = self.settings.periods.get(link.tags.campaign, (None, None))
        if not (ends and link.issued_at):
            return
        try:
            issued_on = self._day(datetime.fromisoformat(link.issued_at))
        except ValueError:  # an import takes any digits
            return
        if issued_on > ends:
            found = OutsideItsDates().issued_late(link.tags.campaign, ends, link.id, issued_on)
            self.add(found, where, link.url)

    def add_known(self, names: Mapping[str, Iterable[str]]) -> None:
        """Add names, by field, that count as correct when others are compared with them."""
        for field, values in names.items():
            if field in self._known:
                self._known[field].update(values)

    def add_known_issued(
        self,
        names: Mapping[str, Collection[str]],
        in_use: Callable[[str, Collection[str]], Collection[str]],
    ) -> None:
        """Add names of issued links that are near a name in this run; they count as correct.

        Args:
            names: The names in links, retired or not, by field.
            in_use: Returns which of some names of a field are in links that are not retired.
        """
        for field, issued in names.items():
            seen = self.linter.names[field]
            near = near_any(seen, issued) if len(seen) <= _FEW else issued
            shown = {name for name in near if not find_private(name)}
            clusters = NearNames((*seen, *shown)).clusters()
            doubtful = {name for cluster in clusters for name in cluster if name in shown}
            if doubtful:
                self.add_known({field: in_use(field, doubtful)})

    def finish(self) -> list[Finding]:
        """Return all findings by place, including those from comparing links with each other."""
        for where, found in self.linter.finish(self._known):
            self.add(found, where)
        self.findings.sort(
            key=lambda one: (one.where.file, one.where.line or 0, one.where.column or 0, one.code)
        )
        return self.findings

    def repairer_for(self, name: str) -> Callable[[Located], str]:
        """Return a function that repairs the links of a text, except for suppressed rules."""
        fixable = (frozenset(STEPS) if self.select is None else self.select) - self.ignored

        def repaired(one: Located) -> str:
            suppression = self._suppressed.get((name, one.line), Suppression())
            codes = fixable - suppression.reasons.keys()
            if self._ignored_in:
                campaign = Link(one.url).as_written.get("campaign", "")
                codes -= self._ignored_in.get(campaign, {}).keys()
            return self._repairer.repaired(one.url, codes)

        return repaired

    def add(
        self, found: Found, where: Where, url: str | None = None, *, offers_fix: bool = True
    ) -> None:
        """Add a finding, unless it is suppressed."""
        rule = found.rule
        code = rule.code
        if self.select is not None and code not in self.select:
            return
        if code in self.ignored or code in self._suppressed.get((where.file, where.line), ()):
            return
        if (
            self._ignored_in
            and url
            and code in self._ignored_in.get(Link(url).as_written.get("campaign", ""), ())
        ):
            return
        fix = (
            self._repairer.repaired(url, {code}) if url and offers_fix and rule.is_fixable else None
        )
        self.findings.append(
            Finding(
                code,
                rule.name,
                rule.severity,
                where,
                found.message,
                found.hint,
                None if fix == url else fix,
            )
        )
