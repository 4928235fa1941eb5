"""UTM75x: the messages of the campaign file that are sent with links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.lint.rules.base import FileRule, Found, Rule
from utmforge.share.message import message_faults, place_link
from utmforge.share.sms import extra_segment

if TYPE_CHECKING:
    from collections.abc import Iterator


class SmsSegment(FileRule):
    """Keep an SMS from costing one more segment because of one character.

    Each segment of an SMS is paid for. A message has one segment with up to 160 units of the GSM
    alphabet, and 153 in each of several; one character outside that alphabet, such as `’` or `ê`,
    leaves 70 and 67. Reported is a message, with its link, that would have fewer segments without one
    character or with another one in its place. `utmforge share` shows the length of every message.

    Instead of:
        message = "L’été arrive chez nous : {link}"

    Write:
        message = "L'été arrive chez nous : {link}"
    """

    code = "UTM751"
    name = "sms-segment"

    def check_message(self, message: str | None, url: str) -> Iterator[Found]:
        """Measure the message with its link."""
        warning = extra_segment(place_link(message, url))
        if warning:
            yield self.found(*warning)


class MessageLink(FileRule):
    """Write `{link}` once in a message, with space around it.

    `utmforge share` puts the link where `{link}` stands, or last on a line of its own. A misspelt
    `{link}` would be sent as it is, and letters directly after a link become a part of its address.

    Instead of:
        message = "Until Sunday: {lnik}"

    Write:
        message = "Until Sunday: {link}"
    """

    code = "UTM752"
    name = "message-link"

    def check_message(self, message: str) -> Iterator[Found]:
        """Look at everything that may stand for the link."""
        for fault, hint in message_faults(message):
            yield self.found(fault, hint)


RULES: tuple[Rule, ...] = (SmsSegment(), MessageLink())
