"""What is said about the estimate: why there is none, what it assumes, how it was made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.measure.dark_social.result import Sentence
from utmforge.measure.sql.private_sharing import AFTER_SECONDS

if TYPE_CHECKING:
    from collections.abc import Iterator

FEWEST_DAYS = 14
FEWEST_QUIET_PAGE_DAYS = 30
LEAST_LOADED = 0.2
"""Of known visits, with a picture, a style or a script: below it, they are on another host."""
_HOURS = AFTER_SECONDS // 3600


def no_user_agents() -> Sentence:
    """Return that bots and people cannot be told apart."""
    return Sentence(
        "no-user-agents", "the log has no user agents: people and programs look the same"
    )


def no_referrers() -> Sentence:
    """Return that visits from the web and others cannot be told apart."""
    return Sentence(
        "no-referrers", "the log has no referrers: visits from the web and others look the same"
    )


def few_days(days: int) -> Sentence:
    """Return that the log is too short."""
    return Sentence(
        "few-days",
        f"the log has visits on {days:,} of the {FEWEST_DAYS} days that a comparison needs",
        {"days": days, "needed": FEWEST_DAYS},
    )


def no_assets(share: float) -> Sentence:
    """Return that browsers and programs without a name cannot be told apart."""
    return Sentence(
        "no-assets",
        f"{share:.0%} of the visitors from the web loaded pictures, styles or scripts from this "
        "host, which browsers do and programs do not: they are probably on another host",
        {"share": round(share, 2), "needed": LEAST_LOADED},
    )


def few_quiet_page_days(page_days: int) -> Sentence:
    """Return that there is nothing to compare with."""
    return Sentence(
        "few-quiet-page-days",
        f"{page_days:,} days of pages have visits and no preview, of the "
        f"{FEWEST_QUIET_PAGE_DAYS} that a comparison needs",
        {"page_days": page_days, "needed": FEWEST_QUIET_PAGE_DAYS},
    )


def few_visitors(minimum: int) -> Sentence:
    """Return that the numbers would be about few people."""
    return Sentence(
        "few-visitors",
        f"fewer than {minimum} visitors are counted, or it could be seen who they are",
        {"minimum": minimum},
    )


def assumptions(*, has_fetch_site: bool) -> Iterator[Sentence]:
    """Yield what the estimate takes for granted."""
    yield Sentence(
        "deep-pages",
        "Untagged visits without a referrer to a deep page may come from private messages; so may "
        "bookmarks, typed addresses, apps and links that lost their tags: only the upper end has "
        "them.",
    )
    yield Sentence(
        "same-ratio",
        "Without sharing, a page would have as many such visits for each visit from the web, or "
        "on each day, after a preview as at other times.",
    )
    yield Sentence(
        "previews-seen",
        "Messaging apps fetch a preview when a link is pasted. Where people switch previews off, "
        "the lower end is too low.",
    )
    yield Sentence(
        "browsers-load",
        "People who come from private messages load pictures, styles and scripts as often as "
        "those who come from the web.",
    )
    if has_fetch_site:
        yield Sentence(
            "cross-site",
            "A visit with Sec-Fetch-Site: cross-site came from a web page that hides its address; "
            "that may also be the web version of a messenger.",
        )


def method(minimum: int, quiet: int, pasted: int, loaded: float) -> Iterator[Sentence]:
    """Yield how the range was made.

    Args:
        minimum: Visitors below which nothing is shown.
        quiet: Page-days without previews.
        pasted: Page-days with previews.
        loaded: The share of visitors from the web who loaded pictures, styles or scripts.
    """
    yield Sentence(
        "upper-end",
        "Upper end: all untagged visits to deep pages without any sign of their origin, less those "
        f"that no browser made ({loaded:.0%} of visitors from the web loaded pictures, styles or "
        "scripts).",
        {"loaded": round(loaded, 2)},
    )
    yield Sentence(
        "lower-end",
        f"Lower end: what such visits within {_HOURS} hours after a page's preview exceed the "
        f"page's other days by ({pasted:,} days of pages with a preview, {quiet:,} without), less "
        "chance (95 % interval by days).",
        {"hours": _HOURS, "with_previews": pasted, "without_previews": quiet},
    )
    yield Sentence(
        "rounded",
        f"The range is rounded outwards to {minimum}, so that no smaller number follows from it.",
        {"to": minimum},
    )
