"""Write the pages of the reference that are made from the code: `python docs/generate.py`.

A test compares the pages with what this script would write.
"""

from __future__ import annotations

import io
import os
import re
from contextlib import redirect_stdout
from inspect import cleandoc
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING

from typer.main import get_command

from utmforge.analytics.ga4.channel_group import (
    LETTER_CASE,
    NO_SOURCE,
    NO_TAGS,
    WHITE_SPACE,
    channel_group,
)
from utmforge.analytics.ga4.rules import (
    ASSISTANT,
    ORDER,
    ORDER_AND_WORDING,
    RULES,
    UNASSIGNED,
    WORDING,
)
from utmforge.analytics.ga4.sources import SEARCH, SHOPPING, SOCIAL, VIDEO
from utmforge.analytics.readings import readings_of
from utmforge.channels import CHANNELS, built_in
from utmforge.channels.catalogue import OTHER_WORDS, PAID, PRIVATE, PUBLIC
from utmforge.cli.app import app, main
from utmforge.errors import UtmforgeError
from utmforge.lint import RULES as LINT_RULES
from utmforge.model import Tags
from utmforge.share.apps import APPS, PLATFORMS
from utmforge.urls.link import Link
from utmforge.urls.tagging import tag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from utmforge.analytics.channel_rules import Rule

FOLDER = Path(__file__).parent / "reference"
GENERATED = "<!-- Written by docs/generate.py. -->\n\n"
# Tags that people use, and why their group is a surprise. The group itself is computed.
TRAPS = {
    ("newsletter", "email", "shop-opening"): "shop at the beginning of the campaign",
    ("newsletter", "email", "pop-up-shop"): "shop after something that is not a letter",
    ("newsletter", "email", "eshop-sale"): "shop after an e",
    ("sms", "sms", "soldes-shopping"): "shopping anywhere in the campaign",
    ("newsletter", "email", "workshop-2026"): "shop after any other letter is harmless",
    ("google", "email", "spring"): "a listed source overrides the medium",
    ("amazon", "email", "spring"): "the same",
    ("youtube", "message", "spring"): "the same",
    ("newsletter", "ecpm", "spring"): "cp anywhere in the medium means paid",
    ("site", "copy_cpost", "spring"): "the same",
    ("meta", "paid_social", "spring"): "paid, but the source meta is not listed",
    ("facebook", "social_paid", "spring"): "paid only counts at the beginning",
    ("newsletter", "email", "cross-network-test"): "cross-network anywhere in the campaign",
    ("app", "mobile-message", "spring"): "mobile anywhere in the medium",
    ("email", "newsletter", "spring"): "the source decides",
    ("newsletter", "newsletter", "spring"): "no rule matches the medium newsletter",
    ("newsletter", "email-newsletter", "spring"): "not settled, see above",
    ("partner", "affiliates", "spring"): "the rule requires affiliate",
    ("mailchimp", "", "spring"): "a source that is not listed needs a medium (vendors disagree)",
}
SHARED = (
    *("whatsapp", "whatsapp.com", "web.whatsapp.com", "wa", "messenger", "facebook", "m.me"),
    *("telegram", "t.me", "web.telegram.org", "signal", "viber", "slack", "discord", "teams"),
    *(
        "line",
        "wechat",
        "kakao",
        "kakaotalk",
        "snapchat",
        "skype",
        "instagram",
        "tiktok",
        "twitter",
    ),
    *("x", "threads", "mastodon", "linkedin", "reddit", "quora", "imessage", "gmail", "newsletter"),
    *("chatgpt.com", "bit.ly"),
)
DOUBTS = {
    ORDER: (("email", "referral"), "2022 copies: Email, Affiliates, Referral; newer ones as above"),
    WORDING: (
        ("newsletter", "email-newsletter"),
        "whole: colemanmarketing.co.uk, PostHog; a part: Velir/dbt-ga4, Plausible",
    ),
    ORDER_AND_WORDING: (("email-list", "link"), "as above"),
    LETTER_CASE: (
        ("newsletter", "Email"),
        "ignored: articles of 2026 that quote the page; minded: several vendors",
    ),
    ASSISTANT: (
        ("chatgpt.com", "ai-assistant"),
        "articles of 2026: ppc.land, crawlvision, delante",
    ),
    WHITE_SPACE: (("newsletter", "sms "), "the rules say nothing"),
    NO_TAGS: (("", ""), "by design"),
    NO_SOURCE: (
        ("", "email"),
        "some saw the medium under (direct) in GA4; Google's page says that a source is needed",
    ),
}


def command_tree() -> list[tuple[str, ...]]:
    """Return the words of each command and subcommand, such as `("registry", "export")`."""
    return list(_below((), get_command(app)))


def _below(words: tuple[str, ...], group: object) -> Iterator[tuple[str, ...]]:
    for name, command in getattr(group, "commands", {}).items():
        yield (*words, name)
        yield from _below((*words, name), command)


def help_of(*words: str) -> str:
    """Return a command's help as 80 columns show it."""
    os.environ["COLUMNS"] = "80"
    os.environ.pop("UTMFORGE_FILE", None)
    text = io.StringIO()
    with redirect_stdout(text):
        main([*words, "--help"])
    return "\n".join(line.rstrip() for line in text.getvalue().strip().splitlines())


def commands() -> str:
    """Return the page of commands."""
    page = f"# Commands\n\n{GENERATED}```text\n{help_of()}\n```\n"
    for words in command_tree():
        page += f"\n## utmforge {' '.join(words)}\n\n```text\n{help_of(*words)}\n```\n"
    return page


KINDS = {"Private: messages and print": PRIVATE, "Public": PUBLIC, "Paid": PAID}


def channels() -> str:
    """Return the page of channels."""
    page = (
        f"# Channels\n\n{GENERATED}"
        "A channel is where you paste a link. It gives the link its `utm_source` and `utm_medium`. "
        "To define your own channel, see [campaigns.toml](campaigns-toml.md#channels); one with "
        "the name of a built-in channel takes its place.\n\n"
        "`utmforge channels TEXT` finds a channel, also by the words that people type for it. "
        "For any other place, give `--source` and `--medium`.\n"
    )
    pages: dict[str, int] = {}
    for heading, names in KINDS.items():
        page += (
            f"\n## {heading}\n\n| channel | for | source | medium | GA4 | why |\n"
            "| --- | --- | --- | --- | --- | --- |\n"
        )
        for channel in map(built_in, names):
            number = pages.setdefault(channel.page, len(pages) + 1)
            group = channel_group(channel.source, channel.medium)
            page += (
                f"| `{channel.name}` | {channel.title} | `{channel.source}` | `{channel.medium}` "
                f"| {group} | {channel.reason} [{number}] |\n"
            )
    page += (
        "\n## Other words\n\nLetter case does not matter, and `google ads` is `google-ads`.\n\n"
        "| channel | also |\n| --- | --- |\n"
    )
    for name in CHANNELS:
        words = [f"`{word}`" for word, meant in OTHER_WORDS.items() if meant == name]
        page += f"| `{name}` | {', '.join(words)} |\n" if words else ""
    return page + "".join(f"\n[{number}] <{url}>, read 2026-11\n" for url, number in pages.items())


def channel_groups() -> str:
    """Return the page of GA4's channel groups."""
    lists = {"shopping": SHOPPING, "search": SEARCH, "social": SOCIAL, "video": VIDEO}
    sizes = ", ".join(f"{len(names)} as {name}" for name, names in lists.items())
    page = (
        f"# Channel groups\n\n{GENERATED}"
        "GA4 files every visit under a default channel group. For tagged links it looks at source, "
        "medium and campaign, and the first rule that matches decides. A source is listed if the "
        f"whole value is in Google's list: {sizes}. A missing tag counts as `(not set)`, and a "
        "value is cut at 100 characters first.\n\n"
        "Google's page is <https://support.google.com/analytics/answer/9756891>. The rules below "
        "are what its published copies have in common (Velir/dbt-ga4, sergiouceda.com, "
        "colemanmarketing.co.uk of 2022, ga4audits.com of 2026), read 2026-11-23; the list is a "
        "copy of 2023. Rules for Google's own ads, which need no tags, are left out.\n\n"
        "## Rules\n\n| | group | matches when |\n| --- | --- | --- |\n"
    )
    stand = (rule for rule in RULES if rule.is_likely)
    for number, rule in enumerate(stand, start=1):
        page += f"| {number} | {rule.group} | {_asked(rule)} |\n"
    page += (
        f"| | {UNASSIGNED} | no other rule matches |\n\n"
        "`(other)` is not a group: it is the row for everything over the row limit of a report."
        "\n\n## Not settled\n\nWhere the sources disagree, the answer has every possible group, "
        "the most likely first.\n\n"
        "| why | source / medium | answer | sources |\n| --- | --- | --- | --- |\n"
    )
    for why, (tags, origin) in DOUBTS.items():
        page += f"| {why} | {_slashed(*tags)} | {channel_group(*tags)} | {origin} |\n"
    return page + _groups_of_channels() + _traps()


def _asked(rule: Rule) -> str:
    """Return the conditions of a rule in words."""
    sides = []
    for conditions in filter(None, (rule.any_of, rule.also)):
        fields: dict[str, list[str]] = {}
        for condition in conditions:
            fields.setdefault(condition.field, []).append(condition.says)
        side = ", or ".join(f"{field} {' or '.join(fields[field])}" for field in fields)
        sides.append(f"({side})" if rule.also and len(conditions) > 1 else side)
    return " **and** ".join(sides)


def _slashed(source: str, medium: str) -> str:
    return f"`{source or '∅'}` / `{medium or '∅'}`"


def _read(source: str, medium: str) -> str:
    """Return two cells: the group in GA4, the channel in Plausible."""
    read = readings_of(Link(tag("https://x.example/", Tags(source, medium, "spring"))))
    return f"{read.ga4.group} | {read.plausible.channel}"


def _groups_of_channels() -> str:
    page = (
        "\n## Groups of the channels\n\nThe built-in [channels](channels.md):\n\n"
        "| channel | source / medium | GA4 | Plausible |\n| --- | --- | --- | --- |\n"
    )
    for channel in map(built_in, CHANNELS):
        tags = (channel.source, channel.medium)
        page += f"| `{channel.name}` | {_slashed(*tags)} | {_read(*tags)} |\n"
    page += (
        "\nCommon sources with the medium `message`. With the medium `social`, GA4 files those "
        "that are Unassigned here under Organic Social.\n\n"
        "| source | GA4 | Plausible |\n| --- | --- | --- |\n"
    )
    for source in SHARED:
        page += f"| `{source}` | {_read(source, 'message')} |\n"
    return page


def _traps() -> str:
    page = (
        "\n## Surprises\n\n"
        "| source / medium | campaign | GA4 | because |\n| --- | --- | --- | --- |\n"
    )
    for (source, medium, campaign), reason in TRAPS.items():
        group = channel_group(source, medium, campaign)
        page += f"| {_slashed(source, medium)} | `{campaign}` | {group} | {reason} |\n"
    return page + READ_ELSEWHERE


READ_ELSEWHERE = """
To see all private shares in one row of a report, define a custom channel group in GA4, for example
for the medium `message`.

## The same link in other tools

**Plausible** takes the source from `utm_source`, otherwise from `source`, otherwise from `ref`. It
changes some sources to a common name (`t.me` becomes Telegram) and has its own rules. Unlike GA4,
it lists telegram, slack, discord, threads, bluesky, mastodon and others as social, and has a
channel for AI assistants. Its rule for Email matches a part of the source or the medium, also
`newsletter`. Sources such as `facebook_ads` are paid without a paid medium, and the medium
`organic` has no effect. If no rule matches, the channel is Referral, not Unassigned. Read
2026-11-23 in plausible/analytics: `acquisition.ex`, `source.ex`, `custom_sources.json`. Names that
were added later, and those in its referrer database, are not known to utmforge.

**Matomo** has no channel groups. It records campaign, keyword, source, medium, content and id in
lower case, each cut to 250 bytes. `mtm_` and `pk_` parameters take precedence over utm, and the
fragment over the query. Without the plugin Marketing Campaigns Reporting it records only campaign
and keyword, and uses the source or the medium as the campaign if there is none.
(matomo-org/plugin-MarketingCampaignsReporting, <https://matomo.org/faq/how-to/faq_120>, read
2026-11-23.)

**GA4** keeps letter case in its reports. It cuts a value at 100 characters and the whole address
at 1,000 (<https://support.google.com/analytics/answer/9267744>), so tags after that may be lost. A
`gclid` or `dclid` of Google's ads overrides source, medium and campaign.
"""


ANSWER_IS_NO = """the answer is no: links not issued (`build --check`), an error or a warning \
(`lint`), a name that is split (`compare`), a damaged entry (`registry check`), a \
contradiction in a file (`registry sync`, `registry import`)"""
STATUSES = {
    0: ("", "done, even if there is nothing to show"),
    1: ("", ANSWER_IS_NO),
    70: ("", "a bug in utmforge; please report the line"),
    130: ("", "interrupted with Ctrl-C"),
}
"""Statuses that do not belong to an error class, with their codes and meanings."""
USAGE = ("usage", "the command line is wrong")
"""Typer's own error, which has the same status as some of utmforge's."""


def exit_codes() -> str:
    """Return the page of exit statuses: a row for each, with all codes that have it."""
    rows: dict[int, dict[str, str]] = {number: dict([row]) for number, row in STATUSES.items()}
    rows[2] = dict([USAGE])
    for kind in _kinds(UtmforgeError):
        meaning = (kind.__doc__ or "").splitlines()[0].rstrip(".").replace("|", "\\|")
        rows.setdefault(kind.status, {})[kind.code] = f"{meaning[:1].lower()}{meaning[1:]}"
    page = (
        f"# Exit statuses\n\n{GENERATED}| status | code in JSON | meaning |\n| --- | --- | --- |\n"
    )
    for status, codes in sorted(rows.items()):
        page += f"| {status} | {_codes(codes)} | {_meanings(codes)} |\n".replace("|  |", "| |")
    return page


def _codes(codes: dict[str, str]) -> str:
    return "<br>".join(f"`{code}`" for code in codes if code)


def _meanings(codes: dict[str, str]) -> str:
    if len(codes) == 1:
        return next(iter(codes.values()))
    return "<br>".join(f"`{code}`: {meaning}" for code, meaning in codes.items())


def _kinds(kind: type[UtmforgeError]) -> list[type[UtmforgeError]]:
    """Return the error classes with codes of their own that end the tree, each once."""
    below = [each for each in kind.__subclasses__() if "code" in vars(each)]
    return list(dict.fromkeys(leaf for each in below for leaf in _kinds(each))) or [kind]


def rules() -> str:
    """Return the page of the linter's rules, from their docstrings."""
    page = (
        f"# Rules\n\n{GENERATED}"
        "What `utmforge lint` checks. It fails on errors and warnings, and not on notes. `--fix` "
        "fixes what the rules marked with yes find; see [how to use it](../how-to/lint.md).\n\n"
        "| code | name | severity | `--fix` |\n| --- | --- | --- | --- |\n"
    )
    for rule in LINT_RULES:
        fixes = "yes" if rule.is_fixable else ""
        anchor = f"{rule.code}-{rule.name}".lower()
        page += f"| [{rule.code}](#{anchor}) | {rule.name} | {rule.severity} | {fixes} |\n"
    for rule in LINT_RULES:
        text = cleandoc(type(rule).__doc__ or "")
        text = re.sub(r"(?m)^(Instead of|Write):\n((?:    .*\n?)+)", _example, text)
        page += f"\n## {rule.code} {rule.name}\n\n{text.rstrip()}\n"
    return page


def _example(match: re.Match[str]) -> str:
    return f"*{match[1]}*\n\n```text\n{dedent(match[2]).rstrip()}\n```\n"


def share_links() -> str:
    """Return the page of share links, with what is known of each."""
    page = (
        f"# Share links of each app\n\n{GENERATED}"
        "What `utmforge share` makes for each channel. `{text}` is the message with the link in "
        "it, `{words}` the message without the link, `{url}` the link; each is percent-encoded, a "
        "space as `%20`. If the link is not at the end of the message, `{words}` has it too.\n\n"
        "| channel | iOS | Android | web | limit | read in | tried |\n"
        "| --- | --- | --- | --- | --- | --- | --- |\n"
    )
    for name, one in APPS.items():
        links = (one.templates.get(platform) for platform in PLATFORMS)
        cells = " | ".join(f"`{link}`" if link else "none" for link in links)
        limits = ", ".join(f"{most:,} characters ({what})" for what, most in one.limits.items())
        tried = "its address, not the app" if one.templates else ""
        page += f"| `{name}` | {cells} | {limits} | {one.evidence} | {tried} |\n"
    return page + TRIED


TRIED = """
Where a platform has none:

"""
TRIED += "".join(f"- {one.title}: {one.why_none}\n" for one in APPS.values() if one.why_none)
TRIED += """
## What was tried, and what was only read

| what | where | tried or read |
| --- | --- | --- |
| a parser reads the message back from every share link | Python and Chromium | tried |
| `%20` and not `+`, line ends, emoji, right-to-left text | Python and Chromium | tried |
| segments and alphabet of SMS | published examples, an independent count | tried; not sent |
| where an address ends in a message | linkify-it-py 2.2.0 | tried; apps may differ |
| what each app does with its share link | the sources in the table above | read only |
| the limits of each app | reports and documentation | read only |

Read 2026-11. The limits of Threads, Bluesky, Viber and WhatsApp are from general knowledge.
"""


PAGES = {
    "commands.md": commands,
    "channels.md": channels,
    "channel-groups.md": channel_groups,
    "exit-codes.md": exit_codes,
    "rules.md": rules,
    "share-links.md": share_links,
}

if __name__ == "__main__":
    for name, page in PAGES.items():
        (FOLDER / name).write_text(page(), encoding="utf-8")
