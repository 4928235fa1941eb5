"""Every rule, by cases that are data: what passes, what fails, what is fixed."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from utmforge.campaigns.reader import load_campaigns
from utmforge.lint import BY_CODE, RULES, Linter, Rule, Settings
from utmforge.lint.repair import repaired
from utmforge.lint.rules.base import FileRule

CASES = {
    path.stem: tomllib.loads(path.read_text())
    for path in sorted((ROOT / "tests/data/lint").glob("*.toml"))
}


def cases(kind: str) -> list[Any]:
    """Return the cases of one kind, named by rule and number."""
    return [
        pytest.param(code, case, id=f"{code}-{kind}-{number}")
        for code, kinds in CASES.items()
        for number, case in enumerate(kinds.get(kind, ()))
        if "text" not in case
    ]


def settings_of(case: dict[str, Any]) -> Settings:
    """Return the settings a case asks for."""
    said = case.get("settings", {})
    settings = Settings(
        own_domains=frozenset(said.get("own_domains", ())),
        today=date.fromisoformat(said["today"]) if "today" in said else None,
        is_site=said.get("is_site", False),
    )
    if "file" in case:
        path = Path("campaigns.toml")
        path.write_text(case["file"])
        file = load_campaigns(path)
        periods = {one.tags.campaign: (one.starts, one.ends) for one in file.campaigns.values()}
        settings = settings._replace(convention=file.convention, periods=periods)
    return settings


def said(case: dict[str, Any]) -> list[tuple[str, str, str | None]]:
    """Return (code, message, hint) of all that the linter says."""
    linter = Linter[int](settings_of(case))
    urls = case.get("urls", [case.get("url")])
    found = [one for number, url in enumerate(urls) for one in linter.check(url, number)]
    found += [one for _, one in linter.finish(case.get("known"))]
    return [(one.rule.code, one.message, one.hint) for one in found]


@pytest.mark.parametrize(("code", "case"), cases("passing"))
def test_what_passes(code: str, case: dict[str, Any]) -> None:
    """The rule has nothing to say, whatever others have."""
    assert code not in {one for one, _, _ in said(case)}


@pytest.mark.parametrize(("code", "case"), cases("failing"))
def test_what_fails(code: str, case: dict[str, Any]) -> None:
    """The rule says exactly this, once."""
    own = [(message, hint) for one, message, hint in said(case) if one == code]

    assert [message for message, _ in own] == [case["says"]]
    assert "hint" not in case or own[0][1] == case["hint"]


@pytest.mark.parametrize(("code", "case"), cases("fixed"))
def test_what_is_fixed(code: str, case: dict[str, Any]) -> None:
    """The rule's own fix gives this address; fixing twice is fixing once."""
    settings = settings_of(case)
    fixed = repaired(case["url"], settings, {code})

    assert fixed == case["to"]
    assert repaired(fixed, settings, {code}) == fixed


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_has_its_cases_and_its_page(rule: Rule) -> None:
    """Passing and failing ones, fixed ones where it can fix, and a docstring with both sections."""
    kinds = CASES[rule.code]
    page = type(rule).__doc__ or ""

    assert kinds["passing"]
    assert kinds["failing"]
    assert bool(kinds.get("fixed")) is rule.is_fixable
    assert "Instead of:\n" in page
    assert "Write:\n" in page


def test_the_catalogue() -> None:
    """Codes and names are unique and in order, and no cases are of no rule."""
    codes = [rule.code for rule in RULES]

    assert codes == sorted(set(codes))
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert set(CASES) == set(codes) == set(BY_CODE)
    assert any(isinstance(rule, FileRule) for rule in RULES)
