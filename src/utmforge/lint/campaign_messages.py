"""Lint the messages of campaigns.toml, as they are sent: with their links in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from utmforge.campaigns.key_lines import KeyPath, line_of
from utmforge.issuing.make import plan
from utmforge.lint.finding import Where
from utmforge.lint.rules.destinations import ShortenerInSms
from utmforge.lint.rules.messages import MessageLink, SmsSegment
from utmforge.share.campaign_messages import CampaignMessages
from utmforge.share.message import shorteners_in
from utmforge.share.ready import SMS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from utmforge.campaigns.campaign_file import CampaignFile
    from utmforge.lint.rules.base import Found
    from utmforge.lint.run import Run
    from utmforge.model import Campaign, TaggedLink


def lint_messages(
    run: Run,
    file: CampaignFile,
    raw: Mapping[str, Any],
    name: str,
    lines: dict[KeyPath, int],
) -> None:
    """Check the messages of all campaigns.

    Args:
        run: Takes the findings.
        file: The campaign file.
        raw: The same as it is written.
        name: The file's name in findings.
        lines: The lines of its keys.
    """
    messages = CampaignMessages(file)
    for campaign in file.campaigns.values():
        keys = _keys(raw, campaign)
        unique: dict[tuple[Found, KeyPath], None] = {}
        for link in plan(campaign.placements):
            message = messages.message(link)
            key = _key(keys, raw, campaign, link, message)
            is_sms = messages.app(link) == SMS
            unique |= dict.fromkeys((found, key) for found in _found(link, message, is_sms=is_sms))
        for found, key in unique:
            if found.rule.code not in campaign.ignored:
                run.add(found, Where(name, line_of(key, lines)))


def _found(link: TaggedLink, message: str | None, *, is_sms: bool) -> Iterator[Found]:
    if message:
        yield from MessageLink().check_message(message)
    if is_sms:
        yield from map(ShortenerInSms().blocked, shorteners_in(message or ""))
        yield from SmsSegment().check_message(message, link.url)


def _keys(raw: Mapping[str, Any], campaign: Campaign) -> dict[str, KeyPath]:
    """Return the key of each message that is written in a campaign."""
    own: KeyPath = ("campaigns", campaign.name)
    table = raw["campaigns"][campaign.name]
    found: dict[str, KeyPath] = {}
    if "message" in table:
        found[table["message"]] = (*own, "message")
    for at, placement in enumerate(table.get("placements", ())):
        if "message" in placement:
            found.setdefault(placement["message"], (*own, "placements", at, "message"))
    return found


def _key(
    keys: Mapping[str, KeyPath],
    raw: Mapping[str, Any],
    campaign: Campaign,
    link: TaggedLink,
    message: str | None,
) -> KeyPath:
    """Return the key of the message that a link is sent with, or of its campaign."""
    if message and message in keys:
        return keys[message]
    channel = link.channel or ""
    if message and raw.get("channels", {}).get(channel, {}).get("message") == message:
        return ("channels", channel, "message")
    return ("campaigns", campaign.name)
