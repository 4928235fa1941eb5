"""What the distinct texts of a log mean, found once each and joined back to its hits."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, NamedTuple

from utmforge.measure.attribution import Attribution, LoggedPage, attribute, written_host
from utmforge.measure.classify.pages import classify_page
from utmforge.measure.classify.referrers import classify_referrer
from utmforge.measure.classify.user_agents import UNTOLD, classify_agent
from utmforge.measure.hit_rows import UNTOLD_AGENT
from utmforge.measure.money.goals import reaches

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from utmforge.campaigns.campaign_file import CampaignFile
    from utmforge.measure.engine import Engine
    from utmforge.measure.periods import Period
    from utmforge.registry import Registry

_SALT_BYTES = 32


class Dimensions(NamedTuple):
    """What was found out about the distinct texts."""

    attribution: Attribution
    """The issued links of the tagged pages."""
    paths: Mapping[int, str]
    """The path of each page, by its number."""


def classify_texts(
    engine: Engine,
    registry: Registry,
    file: CampaignFile,
    period: Period,
    campaign: str | None = None,
) -> Dimensions:
    """Make the tables of kinds, goals, labels and salts that `measure/sql` reads.

    Raises:
        RegistryError: The registry cannot be asked.
    """
    agents = engine.rows("SELECT id, agent FROM agents")
    kinds = [
        (number, UNTOLD if text == UNTOLD_AGENT else classify_agent(text))
        for number, text in agents
    ]
    engine.fill(
        "agent_kinds",
        {"agent": "BIGINT", "kind": "VARCHAR", "reason": "VARCHAR", "app": "VARCHAR"}
        | {"is_phone": "BOOLEAN"},
        [(number, one.kind, one.rule, one.app, one.device == "mobile") for number, one in kinds],
    )
    pages = [LoggedPage(*row) for row in engine.rows("SELECT id, host, target FROM pages")]
    attribution = attribute(pages, registry, file)
    _classify_referrers(engine, _own_hosts(pages, attribution, file))
    _fill_labels(engine, attribution, campaign)
    _fill_salts(engine, period)
    return Dimensions(attribution, _classify_pages(engine, pages, attribution, file))


def _own_hosts(
    pages: Collection[LoggedPage], attribution: Attribution, file: CampaignFile
) -> set[str]:
    """Return the hosts of the log, of the workspace, and of the landing pages in the log."""
    landing = [campaign.landing_page for campaign in file.campaigns.values()]
    landing += [label.link.landing_page for label in attribution.labels if label.link]
    hosts = {page.host for page in pages if page.host}
    return {*hosts, *file.workspace.own_domains, *map(written_host, landing)}


def _classify_referrers(engine: Engine, own: Collection[str]) -> None:
    referrers = engine.rows("SELECT id, referrer FROM referrers")
    engine.fill(
        "referrer_kinds",
        {"referrer": "BIGINT", "kind": "VARCHAR"},
        [(number, classify_referrer(text, own).kind) for number, text in referrers],
    )


def _classify_pages(
    engine: Engine, pages: Collection[LoggedPage], attribution: Attribution, file: CampaignFile
) -> dict[int, str]:
    """Make the tables of pages and goals; return the path of each page."""
    paths = {page.page: page.target.partition("?")[0] for page in pages}
    engine.fill(
        "page_kinds",
        {"page": "BIGINT", "kind": "VARCHAR", "path": "VARCHAR", "tag": "INTEGER"},
        [
            (number, classify_page(path), path, attribution.label_of.get(number))
            for number, path in paths.items()
        ],
    )
    engine.fill(
        "page_goals",
        {"page": "BIGINT", "goal": "VARCHAR"},
        [
            (number, name)
            for name, goal in file.goals.items()
            for number, path in paths.items()
            if reaches(goal.path, path)
        ],
    )
    return paths


def _fill_labels(engine: Engine, attribution: Attribution, campaign: str | None) -> None:
    engine.fill(
        "labels",
        {"tag": "INTEGER", "link_id": "VARCHAR", "campaign": "VARCHAR", "channel": "VARCHAR"}
        | {"content": "VARCHAR", "is_asked": "BOOLEAN"},
        [
            (
                *(number, one.link.id if one.link else None, one.campaign, one.channel),
                *(one.tags.content, one.campaign is not None and campaign in {None, one.campaign}),
            )
            for number, one in enumerate(attribution.labels)
        ],
    )


def _fill_salts(engine: Engine, period: Period) -> None:
    """Make the table of salts: a random one for each day of the log, kept nowhere else."""
    engine.fill(
        "salts",
        {"day": "INTEGER", "salt": "VARCHAR"},
        [(day, secrets.token_hex(_SALT_BYTES)) for day in period.days],
    )
