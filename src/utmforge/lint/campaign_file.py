"""Lint campaigns.toml: its values as they are written, and the links that they would make."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from utmforge.campaigns.document import parse_document
from utmforge.campaigns.key_lines import KeyPath, key_lines, line_of
from utmforge.campaigns.reader import read_campaigns
from utmforge.errors import CampaignFileBroken, CampaignFileInvalid, UtmforgeError
from utmforge.issuing.make import plan
from utmforge.lint import BY_CODE, ValueRule
from utmforge.lint.campaign_messages import lint_messages
from utmforge.lint.finding import Where
from utmforge.lint.rules.values import words
from utmforge.lint.rules.workspace import CampaignFileProblem, OutsideItsDates
from utmforge.model import PARAMETERS
from utmforge.privacy.find import find_private

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from utmforge.campaigns.campaign_file import CampaignFile
    from utmforge.campaigns.document import CampaignDocument
    from utmforge.files.decoding import FileText
    from utmforge.lint.rules.base import Found
    from utmforge.lint.run import Run

Value = tuple[KeyPath, str, str]
"""The key of a value, its field, and the value."""


class LintedCampaigns(NamedTuple):
    """A campaign file that was checked and can be used."""

    name: str
    """The file's name in findings."""
    file: CampaignFile
    """What it says."""
    lines: dict[KeyPath, int]
    """The lines of its keys."""

    def where(self, campaign: str) -> Where:
        """Return the place of a campaign."""
        return Where(self.name, line_of(("campaigns", campaign), self.lines))


def lint_campaigns(
    run: Run, name: str, opened: FileText, parsed: CampaignDocument | None = None
) -> LintedCampaigns | None:
    """Check a campaign file, and return what it says.

    If it cannot be used, each of its problems is a finding, and None is returned.

    Args:
        run: Takes the findings.
        name: The file's name in findings.
        opened: Its text.
        parsed: The parsed file, if it was parsed before.

    Raises:
        CampaignFileBroken: It is not TOML, or not UTF-8.
    """
    try:
        document = _parsed(name, opened, parsed)
        file = read_campaigns(document)
    except CampaignFileInvalid as error:
        for problem in error.problems:
            line = int(problem.where.rpartition(":")[2])
            run.add(_file_problem(problem.message, problem.hint), Where(name, line))
        return None
    lines = key_lines(document.text)
    run.lint_suppressions(file.ignored, Where(name, line_of(("lint", "ignore"), lines)))
    for key, field, value in values_in(document.raw):
        where = Where(name, line_of(key, lines))
        ignored = _ignored(file, key)
        for found in run.linter.check_value(field, value):
            if found.rule.code not in ignored:
                run.add(found, where)
        if not find_private(value):
            run.linter.remember({field: words(run.settings.convention, field, value)}, where)
    linted = LintedCampaigns(name, file, lines)
    _lint_links(run, linted)
    lint_messages(run, file, document.raw, name, lines)
    return linted


def _parsed(name: str, opened: FileText, parsed: CampaignDocument | None) -> CampaignDocument:
    if parsed is not None and parsed.text == opened.text:
        return parsed
    if opened.encoding != "utf-8":
        first = next((at for at, sign in enumerate(opened.text) if not sign.isascii()), 0)
        line = opened.text.count("\n", 0, first) + 1
        raise CampaignFileBroken(
            "the file is not UTF-8", where=f"{name}:{line}", hint="save it again as UTF-8"
        )
    return parse_document(Path(name), opened.text.encode())


def _file_problem(message: str, hint: str | None) -> Found:
    """Return a problem of the file, without its quotations if they are private."""
    rule = CampaignFileProblem()
    if any(find_private(word.strip('".,:;')) for word in f"{message} {hint}".split()):
        return rule.found("an invalid value contains private data")
    return rule.found(message, hint)


def _lint_links(run: Run, linted: LintedCampaigns) -> None:
    for campaign in linted.file.campaigns.values():
        where = linted.where(campaign.name)
        at = line_of(("campaigns", campaign.name, "lint"), linted.lines)
        run.lint_suppressions(campaign.ignored, Where(linted.name, at))
        unique: dict[Found, None] = {}
        for link in plan(campaign.placements):
            run.links += 1
            unique |= dict.fromkeys(run.linter.check(link.url))
        for found in unique:
            is_of_a_value = isinstance(found.rule, ValueRule | OutsideItsDates)
            if not is_of_a_value and found.rule.code not in campaign.ignored:
                run.add(found, where)


def _ignored(file: CampaignFile, key: KeyPath) -> Mapping[str, str]:
    campaign = file.campaigns.get(str(key[1])) if key[0] == "campaigns" else None
    return campaign.ignored if campaign else {}


def values_in(raw: Mapping[str, Any]) -> Iterator[Value]:
    """Yield the values of tags in a file, as written."""
    for name, channel in raw.get("channels", {}).items():
        yield from _scalars(("channels", name), channel)
    for name, campaign in raw.get("campaigns", {}).items():
        key: KeyPath = ("campaigns", name)
        yield key, "campaign", name
        yield from _scalars(key, campaign)
        for at, content in enumerate(campaign.get("contents", ())):
            yield (*key, "contents", at), "content", content
        for at, placement in enumerate(campaign.get("placements", ())):
            yield from _scalars((*key, "placements", at), placement)


def _scalars(key: KeyPath, table: Mapping[str, Any]) -> Iterator[Value]:
    for field in PARAMETERS:
        if isinstance(table.get(field), str):
            yield (*key, field), field, table[field]


def fixed_campaigns(
    run: Run, name: str, opened: FileText, parsed: CampaignDocument | None = None
) -> str:
    """Return the file with its values as the naming convention writes them, every comment kept.

    Campaign names stay, because people use them. A file that cannot be used is not changed.
    """
    import tomlkit

    text = opened.text
    try:
        document = _parsed(name, opened, parsed)
        file = read_campaigns(document)
    except UtmforgeError:
        return text
    result = tomlkit.parse(text)
    if tomlkit.dumps(result) != text:
        return text
    for key, field, value in values_in(document.raw):
        if _is_fixable(run, file, key, field, value):
            holder: Any = result
            for step in key[:-1]:
                holder = holder[step]
            holder[key[-1]] = words(run.settings.convention, field, value)
    return tomlkit.dumps(result)


def _is_fixable(run: Run, file: CampaignFile, key: KeyPath, field: str, value: str) -> bool:
    """Tell whether a value has a fault that may be fixed, and contains no private data."""
    codes = {one.rule.code for one in run.linter.check_value(field, value)}
    fixable = {code for code in codes if BY_CODE[code].is_fixable}
    if field == "campaign" or not fixable or codes & {"UTM501", "UTM502"}:
        return False
    return not fixable & ({*file.ignored, *_ignored(file, key)} | run.ignored)
