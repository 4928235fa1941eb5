"""Lint whole inputs: texts, addresses, the campaign file, issued links → findings with places.

Run ─ lint_text · lint_url · lint_issued · lint_campaigns ─► findings
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Literal, NamedTuple

from utmforge.documents.comments import Suppression, comment_in
from utmforge.documents.finding import links_in
from utmforge.documents.html import canonical_of
from utmforge.errors import quoted
from utmforge.lint import BY_CODE, Found, Linter, Settings, Severity
from utmforge.lint.cross_link import COMPARED
from utmforge.lint.rules.base import SEVERITIES
from utmforge.lint.rules.parameters import Untagged, is_own
from utmforge.lint.rules.suppressions import NoReason, UnknownRule
from utmforge.lint.rules.workspace import OutsideItsDates
from utmforge.naming.similar import NearNames, near_any
from utmforge.privacy.find import find_private
from utmforge.urls.link import Link

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from utmforge.campaigns.campaign_file import CampaignFile
    from utmforge.documents.base import Kind, Located
    from utmforge.model import TaggedLink

_FEW = 200
"""For more names an index of all is faster than looking at each pair."""


class Where(NamedTuple):
    """A place, as `file:line:column`."""

    file: str
    """The file; `argument 1` for an address on the command line, `registry` for issued links."""
    line: int | None = None
    """From 1. None: it has none."""
    column: int | None = None
    """From 1. None: the line as a whole."""
    link_id: str | None = None
    """The id of an issued link. None: it is none."""
    kind: Literal["file", "argument", "registry"] = "file"
    """What it is a place of."""

    def __str__(self) -> str:
        pieces = (self.file, self.line, self.column, self.link_id)
        return ":".join(str(piece) for piece in pieces if piece is not None)


class Finding(NamedTuple):
    """What one rule found in one place."""

    code: str
    """Stable, such as `UTM101`."""
    name: str
    """Its kind, such as `letter-case`."""
    severity: Severity
    """`error` and `warning` fail a run, `note` does not."""
    where: Where
    """The place."""
    message: str
    """What is wrong."""
    hint: str | None = None
    """The next step. None: the message says it."""
    fix: str | None = None
    """The link as `--fix` would write it for this rule alone. None: somebody has to decide."""


def settings_for(file: CampaignFile, today: date | None, *, is_site: bool = False) -> Settings:
    """Return what rules have to know of a campaign file."""
    return Settings(
        file.convention,
        frozenset(domain.removeprefix("www.") for domain in file.workspace.own_domains),
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
        settings: Settings = Settings(),  # noqa: B008 - frozen
        *,
        select: Collection[str] | None = None,
        ignored: Mapping[str, str] | None = None,
        ignored_in: Mapping[str, Mapping[str, str]] | None = None,
        day: Callable[[datetime], date] = datetime.date,
    ) -> None:
        """Choose what is looked for.

        Args:
            settings: What rules have to know.
            select: The codes of the rules that speak. None: all.
            ignored: Codes that are suppressed everywhere, with reasons.
            ignored_in: The same for links of single campaigns, by `utm_campaign`.
            day: Says on which day a time in UTC is, by the calendar of the campaigns' dates.
        """
        self.select = None if select is None else frozenset(select)
        self.settings = settings
        self.linter = self._linter(settings)
        self.findings: list[Finding] = []
        self.links = 0
        """How many links were looked at."""
        self.ignored = frozenset(ignored or ())
        self._ignored_in = ignored_in or {}
        self._day = day
        self._suppressed: dict[tuple[str, int | None], Suppression] = {}
        self._known: dict[str, set[str]] = {field: set() for field in COMPARED}

    def _linter(self, settings: Settings) -> Linter[Where]:
        return Linter(settings, self.select)

    def lint_url(self, url: str, where: Where) -> None:
        """Look at one address."""
        self.links += 1
        for found in self.linter.check(url, where):
            self.add(found, where, url)

    def lint_text(self, name: str, text: str, kind: Kind) -> None:
        """Look at all links of a text."""
        self.read_comments(name, text)
        linter = self.linter
        if kind == "html" and self._is_own_page(text) and not self.settings.is_site:
            linter = self._linter(self.settings._replace(is_site=True))
        check = linter.check
        in_newsletter = kind in {"html", "markdown"} and not self.settings.own_domains
        for url, line, column, is_page, _, _ in links_in(text, kind):
            self.links += 1
            for found in check(url, Where(name, line, column)):
                if not ((is_page or in_newsletter) and isinstance(found.rule, Untagged)):
                    self.add(found, Where(name, line, column), url)

    def _is_own_page(self, text: str) -> bool:
        canonical = canonical_of(text)
        return bool(canonical) and is_own(Link(canonical or "").host, self.settings.own_domains)

    def read_comments(self, name: str, text: str) -> None:
        """Keep what comments suppress, and look at it."""
        for where, suppression in self.keep_comments(name, text):
            self.lint_suppressions(suppression.reasons, where)

    def keep_comments(self, name: str, text: str) -> list[tuple[Where, Suppression]]:
        """Keep what comments suppress: on their line, and on the next when they stand alone."""
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
        """Look at what is suppressed: is there such a rule, and is there a reason?"""
        for code, reason in reasons.items():
            if code not in BY_CODE:
                self.add(UnknownRule().of(code), where)
            elif not reason.strip():
                self.add(NoReason().of(code), where)

    def lint_issued(self, links: Iterable[TaggedLink], place: str) -> None:
        """Look at links of the registry; those retired are nobody's trouble any more."""
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
        rule = BY_CODE[OutsideItsDates.code]
        if not (ends and link.issued_at and isinstance(rule, OutsideItsDates)):
            return
        try:
            issued_on = self._day(datetime.fromisoformat(link.issued_at))
        except ValueError:  # an import takes any digits
            return
        if issued_on > ends:
            found = rule.issued_late(link.tags.campaign, ends, link.id, issued_on)
            self.add(found, where, link.url)

    def know(self, names: Mapping[str, Iterable[str]]) -> None:
        """Take names as right, by field, when others are compared with them."""
        for field, values in names.items():
            if field in self._known:
                self._known[field].update(values)

    def know_issued(
        self,
        names: Mapping[str, Collection[str]],
        in_use: Callable[[str, Collection[str]], Collection[str]],
    ) -> None:
        """Take names of issued links as right, those that are near to what was seen.

        Args:
            names: What links carry, retired or not, by field.
            in_use: Returns those of some names of a field that links carry which are not retired.
        """
        for field, issued in names.items():
            seen = self.linter.names[field]
            near = near_any(seen, issued) if len(seen) <= _FEW else issued
            shown = {name for name in near if not find_private(name)}
            clusters = NearNames((*seen, *shown)).clusters()
            doubtful = {name for cluster in clusters for name in cluster if name in shown}
            if doubtful:
                self.know({field: in_use(field, doubtful)})

    def finish(self) -> list[Finding]:
        """Return all findings by place, those of all links together included."""
        for where, found in self.linter.finish(self._known):
            self.add(found, where)
        self.findings.sort(
            key=lambda one: (one.where.file, one.where.line or 0, one.where.column or 0, one.code)
        )
        return self.findings

    def mends(self, name: str) -> Callable[[Located], str]:
        """Return what mends the links of a text, suppressed rules left out."""
        fixable = {rule.code for rule in self.linter.rules if rule.is_fixable} - self.ignored

        def mend(one: Located) -> str:
            suppression = self._suppressed.get((name, one.line), Suppression())
            codes = fixable - suppression.reasons.keys()
            if self._ignored_in:
                campaign = Link(one.url).as_written.get("campaign", "")
                codes -= self._ignored_in.get(campaign, {}).keys()
            return self.linter.mended(one.url, codes)

        return mend

    def add(self, found: Found, where: Where, url: str | None = None) -> None:
        """Keep a finding, unless it is suppressed."""
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
        fix = self.linter.mended(url, {code}) if url and rule.is_fixable else None
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


def count(findings: Collection[Finding], links: int) -> str:
    """Say in words how many findings there are, of each severity."""
    if not findings:
        return f"nothing found in {links:,} link{'' if links == 1 else 's'}"
    numbers = {name: sum(one.severity == name for one in findings) for name in SEVERITIES}
    parts = [
        f"{number:,} {name}{'' if number == 1 else 's'}"
        for name, number in numbers.items()
        if number
    ]
    return f"{', '.join(parts)} in {links:,} link{'' if links == 1 else 's'}"


def unknown_codes(codes: Iterable[str]) -> str | None:
    """Return the first of some codes that is no rule's, quoted; None: they all are."""
    return next((quoted(code, 20) for code in codes if code not in BY_CODE), None)
