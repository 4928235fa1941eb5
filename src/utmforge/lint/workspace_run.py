"""What `utmforge lint` does: opened inputs → findings, fixed texts, and what was left alone.

    LintRequest ─► lint_inputs ─► LintResult

Nothing is opened, written, asked or printed here: the registry is passed as a function that opens it,
and fixed texts are returned.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from utmforge.documents.kinds import LIST_ENDINGS, PAGES
from utmforge.documents.text import is_list_of_addresses
from utmforge.errors import CampaignFileError, LandingPagesInvalid, RegistryError
from utmforge.lint.campaign_file import LintedCampaigns, fixed_campaigns, lint_campaigns
from utmforge.lint.finding import Where
from utmforge.lint.fixes import FIXABLE_KINDS, difference, fixes_in, left_beside, with_fixes
from utmforge.lint.repair import STEPS
from utmforge.lint.rules import BY_CODE
from utmforge.lint.rules.workspace import LeftBehind, NearDuplicate
from utmforge.lint.run import Run, settings_for
from utmforge.urls.link_ids import link_id

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from datetime import datetime
    from pathlib import Path

    from utmforge.campaigns.campaign_file import CampaignFile
    from utmforge.campaigns.document import CampaignDocument
    from utmforge.documents.base import Kind, Located
    from utmforge.files.decoding import FileText
    from utmforge.lint.finding import Finding
    from utmforge.registry import Registry

_COMPARED = ("source", "medium", "campaign", "content")
_MAX_NAMES = 20_000
"""How many issued names of a field are compared; this takes 0.3 s."""


class TextInput(NamedTuple):
    """A text that was opened."""

    name: str
    """Its name in findings: the path as given, or `standard input`."""
    file: FileText
    """The text, and how it was encoded."""
    kind: Kind
    """What kind of document it is."""
    path: Path | None = None
    """The regular file to rewrite. None: there is none, as for standard input."""
    document: CampaignDocument | None = None
    """The parsed text, if it is the campaign file in use."""


class AddressInput(NamedTuple):
    """An address that was given by itself."""

    name: str
    """Its name in findings, such as `argument 1`."""
    url: str
    """The address as it was given."""


class LintRequest(NamedTuple):
    """What to lint, and how."""

    inputs: tuple[TextInput | AddressInput, ...]
    """The inputs, in order."""
    campaign_file: CampaignFile
    """The campaign file; `CampaignFile()` if there is none."""
    open_registry: Callable[[], Registry]
    """Opens the registry for reading."""
    now: datetime
    """The time, in UTC."""
    rules: frozenset[str] = frozenset(BY_CODE)
    """The codes of the rules to run."""
    issued: bool = False
    """Lint the issued links too."""
    has_workspace: bool = False
    """Whether there is a campaign file or a registry, so that issued names are compared."""
    is_site: bool = False
    """Whether the texts are pages of your own site."""
    fix: bool = False
    """Return fixed texts."""
    dry_run: bool = False
    """The fixed texts will not be written: lint the texts as they are."""
    strict: bool = False
    """A text without a link is a failure."""
    step: Callable[[int], None] | None = None
    """Is told how many inputs were linted."""


class FixedText(NamedTuple):
    """A text in which something was fixed."""

    path: Path
    """The file to write."""
    data: bytes
    """The new contents, in the file's encoding."""
    difference: str
    """What changed, as a unified diff."""


class NotFixed(NamedTuple):
    """A text that was not fixed."""

    name: str
    """The text."""
    why: Literal["kind", "not-a-file", "encoding", "not-a-list", "registry"]
    """It is of a kind that is not rewritten, it is not a regular file, its encoding cannot be
    written, it is not a list of addresses, or the registry does not say what was issued."""
    error: RegistryError | LandingPagesInvalid | None = None
    """Why the registry cannot be read. None: that is not the reason, or the campaign file is."""


class IssuedKept(NamedTuple):
    """Issued links that were not fixed, because they may have been sent or printed."""

    name: str
    """The text."""
    links: tuple[tuple[Where, str], ...]
    """The place and the id of each."""


class LeftBeside(NamedTuple):
    """Links that were not fixed, because they are not alone in their line or cell."""

    name: str
    """The text."""
    links: int
    """How many."""


class NoLinks(NamedTuple):
    """A document without a link."""

    name: str
    """The text."""


class NotCompared(NamedTuple):
    """Names, or a campaign file, could not be compared with issued links."""

    error: RegistryError | LandingPagesInvalid | None
    """Why the registry cannot be read. None: the campaign file does not say where it is."""
    names: bool = True
    """Whether names were to be compared; otherwise, only the campaign file was."""


Note = FixedText | NotFixed | LeftBeside | IssuedKept | NoLinks | NotCompared


class LintResult(NamedTuple):
    """The result of linting."""

    findings: tuple[Finding, ...]
    """The findings, by place."""
    links: int
    """How many links were checked."""
    notes: tuple[Note, ...] = ()
    """What was fixed, left alone or not compared, in order."""
    can_fix: bool = False
    """Whether `fix` would change a text. Always false after a run that fixed."""
    is_strict: bool = False
    """Whether a text without a link is a failure."""

    @property
    def fixed(self) -> tuple[FixedText, ...]:
        """The texts in which something was fixed."""
        return tuple(one for one in self.notes if isinstance(one, FixedText))

    @property
    def is_clean(self) -> bool:
        """Whether nothing worse than notes was found."""
        if self.is_strict and any(isinstance(one, NoLinks) for one in self.notes):
            return False
        return all(one.severity == "note" for one in self.findings)


def run_for(file: CampaignFile, now: datetime, rules: Collection[str], *, is_site: bool) -> Run:
    """Return an empty run with the rules and settings of a workspace."""
    return Run(
        settings_for(file, file.day(now), is_site=is_site),
        select=rules,
        ignored=file.ignored,
        ignored_in={
            one.tags.campaign: one.ignored for one in file.campaigns.values() if one.ignored
        },
        day=file.day,
    )


def lint_inputs(request: LintRequest) -> LintResult:
    """Lint the inputs, and fix them if asked to.

    Raises:
        CampaignFileBroken: A campaign file among the inputs is not TOML.
        RegistryError: The issued links are to be linted and cannot be read.
    """
    return _WorkspaceRun(request).result()


class _WorkspaceRun:
    def __init__(self, request: LintRequest) -> None:
        self.request = request
        self.run = run_for(
            request.campaign_file, request.now, request.rules, is_site=request.is_site
        )
        self.notes: list[Note] = []
        self.in_use: LintedCampaigns | None = None
        """The campaign file in use, if it was linted."""

    def result(self) -> LintResult:
        request = self.request
        texts = [one for one in request.inputs if isinstance(one, TextInput)]
        if request.campaign_file.path not in {one.path for one in texts}:
            self.run.add_known(
                _names_of(request.campaign_file)
            )  # otherwise, they are linted themselves
        if request.issued:  # before the texts: what was issued first is correct
            with request.open_registry() as registry:
                self.run.lint_issued(registry.links(), "registry")
        for number, one in enumerate(request.inputs, 1):
            self.lint(one)
            if request.step:
                request.step(number)
        self.compare_with_registry(texts)
        findings = tuple(self.run.finish())
        can_fix = not request.fix and any(self.can_fix(one, findings) for one in texts)
        return LintResult(
            findings, self.run.links, tuple(self.notes), can_fix, is_strict=request.strict
        )

    def lint(self, one: TextInput | AddressInput) -> None:
        if isinstance(one, AddressInput):
            self.run.lint_url(one.url, Where(one.name, kind="argument"))
            return
        text = self.fixed(one) if self.request.fix else one.file.text
        if one.kind == "campaigns":
            file = one.file._replace(text=text)
            linted = lint_campaigns(self.run, one.name, file, one.document)
            if one.document is not None:
                self.in_use = linted
            return
        before = self.run.links
        self.run.lint_text(one.name, text, one.kind)
        if self.run.links == before and text.strip():
            self.notes.append(NoLinks(one.name))

    def fixed(self, one: TextInput) -> str:
        """Return the text that is linted: the fixed one, unless it will not be written."""
        text = one.file.text
        if (why := why_not_fixed(one)) is not None:
            self.notes.append(NotFixed(one.name, why))
            return text
        after = self.fixed_campaigns(one) if one.kind == "campaigns" else self.fixed_list(one)
        if after == text or one.path is None:
            return text
        try:
            data = one.file.encoded(after)
        except UnicodeEncodeError:
            self.notes.append(NotFixed(one.name, "encoding"))
            return text
        self.notes.append(FixedText(one.path, data, difference(one.name, text, after)))
        return text if self.request.dry_run else after

    def fixed_campaigns(self, one: TextInput) -> str:
        return fixed_campaigns(self.run, one.name, one.file, one.document)

    def fixed_list(self, one: TextInput) -> str:
        fixes = self.fixes(one)
        left = left_beside(one.file.text, one.kind, self.run.repairer_for(one.name))
        if left:
            self.notes.append(LeftBeside(one.name, left))
        try:
            issued = self.issued_among(fixes)
        except (RegistryError, LandingPagesInvalid) as error:
            self.notes.append(NotFixed(one.name, "registry", error))
            return one.file.text
        except CampaignFileError:
            self.notes.append(NotFixed(one.name, "registry"))
            return one.file.text
        if issued:
            kept = [(Where(one.name, at.line, at.column), name) for at, name in issued.items()]
            self.notes.append(IssuedKept(one.name, tuple(kept)))
        return with_fixes(one.file.text, {at: url for at, url in fixes.items() if at not in issued})

    def fixes(self, one: TextInput) -> dict[Located, str]:
        self.run.keep_comments(one.name, one.file.text)
        return fixes_in(one.file.text, one.kind, self.run.repairer_for(one.name))

    def issued_among(self, links: Collection[Located]) -> dict[Located, str]:
        """Return those of some links that were issued, with their ids: they must not change."""
        ids = {one: link_id(one.url) for one in links if one.url.isprintable()}
        if not ids:
            return {}
        with self.request.open_registry() as registry:
            known = registry.queries.known(list(set(ids.values())))
        return {one: name for one, name in ids.items() if name in known}

    def compares_issued(self, texts: Iterable[TextInput]) -> bool:
        """Tell whether there is a workspace whose issued names count."""
        request = self.request
        has_workspace = request.has_workspace or any(one.kind == "campaigns" for one in texts)
        return has_workspace and not request.issued and NearDuplicate.code in request.rules

    def compare_with_registry(self, texts: Iterable[TextInput]) -> None:
        """Compare names and the campaign file in use with what was issued.

        The names of issued links count as correct. An unreadable registry does not fail the run.
        """
        names = self.compares_issued(texts)
        in_use = self.in_use if LeftBehind.code in self.request.rules else None
        if not (names or in_use):
            return
        try:
            with self.request.open_registry() as registry:
                queries = registry.queries
                if names:
                    self.run.add_known_issued(queries.names(_MAX_NAMES), queries.in_use)
                if in_use:
                    from utmforge.lint.left_behind import lint_left_behind

                    lint_left_behind(self.run, in_use, registry)
        except (RegistryError, LandingPagesInvalid) as error:
            self.notes.append(NotCompared(error, names))
        except CampaignFileError:  # what it says may be private; its problems are findings
            self.notes.append(NotCompared(None, names))

    def can_fix(self, one: TextInput, findings: Iterable[Finding]) -> bool:
        """Tell whether `fix` would change a text; only if a rule has found something fixable."""
        own = [each for each in findings if each.where.file == one.name and each.code in STEPS]
        if not own or why_not_fixed(one) is not None:
            return False
        if one.kind == "campaigns":
            return self.fixed_campaigns(one) != one.file.text
        return any(each.fix for each in own) and bool(self.fixes(one))


def why_not_fixed(
    one: TextInput,
) -> Literal["kind", "not-a-file", "encoding", "not-a-list"] | None:
    """Return why a text must not be rewritten. None: it may be."""
    ending = one.path.suffix.lower() if one.path else ""
    if one.kind not in {"campaigns", *FIXABLE_KINDS}:
        return "kind" if ending in PAGES else "not-a-list"
    if one.path is None:
        return "not-a-file"
    if not one.file.is_whole:
        return "encoding"
    is_known = one.kind != "list" or ending in LIST_ENDINGS
    return None if is_known or is_list_of_addresses(one.file.text) else "not-a-list"


def _names_of(file: CampaignFile) -> dict[str, set[str]]:
    """Return the names that the campaign file uses, with which others are compared."""
    tags = [place.tags for one in file.campaigns.values() for place in one.placements]
    return {name: {value for each in tags if (value := getattr(each, name))} for name in _COMPARED}
