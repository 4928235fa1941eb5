"""Compare a campaign file with the registry: links in use that it no longer describes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.issuing.leftovers import leftovers
from utmforge.issuing.requests import planned_links
from utmforge.lint.rules.workspace import LeftBehind
from utmforge.privacy.find import find_private

if TYPE_CHECKING:
    from utmforge.lint.campaign_file import LintedCampaigns
    from utmforge.lint.run import Run
    from utmforge.registry import Registry


def lint_left_behind(run: Run, linted: LintedCampaigns, registry: Registry) -> None:
    """Report the issued links that each campaign of a file has left behind."""
    campaigns = list(linted.file.campaigns.values())
    found: dict[str, list[str]] = {}
    for one in leftovers(planned_links(campaigns), registry):
        found.setdefault(one.link.tags.campaign, []).append(one.link.id)
    for campaign in campaigns:
        name = campaign.tags.campaign
        is_ignored = LeftBehind.code in campaign.ignored
        if name in found and not is_ignored and not find_private(name):
            run.add(LeftBehind().left(name, found[name]), linted.where(campaign.name))
