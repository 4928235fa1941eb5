"""UTM5xx: what must not be in a link. What is found is never repeated, here or anywhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from utmforge.lint.rules.base import Found, LinkRule, Rule, RunRule, ValueRule
from utmforge.privacy.find import find_private
from utmforge.urls.landing_faults import landing_faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from utmforge.urls.link import Link

MIN_RECIPIENTS = 25
"""This many links to one page that differ only in one value are one for each recipient."""

# UUIDs, hashes and other long runs that no person would choose; own compilation.
_UUID = r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"
_HEX = r"(?=[a-f]*[0-9])(?=[0-9]*[a-f])[0-9a-f]{16,128}"
_ID = re.compile(rf"(?<![0-9a-zA-Z])(?:{_UUID}|{_HEX})(?![0-9a-zA-Z])", re.IGNORECASE)


class PersonalData(LinkRule):
    """Keep personal data out of links.

    Everyone who sees a link sees what is in it: analytics tools, ad networks, logs, the next person
    it is forwarded to. Google forbids personal data in Analytics
    (<https://support.google.com/analytics/answer/6366371>) and may delete the data or the account.
    The rule finds e-mail addresses, phone numbers, IBANs, payment cards and names (`first.last`) in
    tags and landing pages, also percent-encoded and in base64, and merge tags that a mail program
    replaces with such data. What was found is never repeated, and no other rule reports the link.

    Instead of:
        https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=spring&e=ann%40mail.example

    Write:
        https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=spring
    """

    code = "UTM501"
    name = "personal-data"
    severity = "error"
    is_secret = False

    def check(self, link: Link) -> Iterator[Found]:
        """Look everywhere in the address."""
        yield from self._private_in(link.url)

    def check_value(self, field: str, value: str) -> Iterator[Found]:
        """Look at the value of a tag that is in no address yet."""
        yield from self._private_in(value, field)

    def _private_in(self, text: str, where: str = "value") -> Iterator[Found]:
        for one in find_private(text, where):
            if one.is_secret == self.is_secret:
                yield self.found(f"{one.kind} in {one.where}", self._hint())

    def _hint(self) -> str:
        return "remove it: everyone can see it, and a sent link cannot be recalled"


class Secret(PersonalData):
    """Keep passwords, tokens and keys out of links.

    Everyone who sees a link can use what is in it. What was found is never repeated. If the link has
    already been sent, change the secret.

    Instead of:
        https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=spring&password=…

    Write:
        https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=spring
    """

    code = "UTM502"
    name = "secret"
    is_secret = True

    def _hint(self) -> str:
        return "remove it, and change it wherever it gives access"


class OnePersonId(RunRule, ValueRule):
    """Do not give each recipient a link of their own.

    A value that only one person has gives every visit a row of its own, reveals who the visitor was,
    and defeats caches. The rule finds values that look like UUIDs or hashes, and 25 or more links to
    one page that differ only in one value (other than `utm_term`, because keywords do).

    Instead of:
        https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=spring&utm_content=3f2b8c1e-6d4a-4b7e-9c55-0a1f2e3d4c5b

    Write:
        https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=spring&utm_content=hero
    """

    code = "UTM503"
    name = "one-person-id"

    def check_value(self, field: str, value: str) -> Iterator[Found]:
        """Look for what no person would choose."""
        if _ID.search(value):
            yield self.found(
                f"{field} has an id that looks like one person's",
                "name what the links have in common, not who receives them",
            )

    def many(self, fields: tuple[str, ...], count: int) -> Found:
        """Report that this many links differ only there."""
        what = " and ".join(fields)
        return self.found(
            f"{count:,} links to this page differ only in {what}: one for each recipient?",
            "name what the links have in common, not who receives them",
        )


class RecipientId(LinkRule):
    """Leave out the ids that mailers add for one recipient.

    A link that is copied out of a newsletter has them (`mc_eid`, `_hsenc`, `vero_id`, `mkt_tok`). The
    mailer then counts every visit for that recipient, and some tools show the visitor's name.

    Instead of:
        https://shop.example/?mc_eid=1a2b3c&utm_source=news&utm_medium=email&utm_campaign=spring

    Write:
        https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=spring
    """

    code = "UTM504"
    name = "recipient-id"

    def check(self, link: Link) -> Iterator[Found]:
        """Look at the names of parameters."""
        for fault in landing_faults(link):
            if fault.kind == "person-id":
                yield self.found(fault.message, "remove it")


RULES: tuple[Rule, ...] = (PersonalData(), Secret(), OnePersonId(), RecipientId())
