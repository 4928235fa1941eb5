"""UTM3xx: what is too long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.lint.rules.base import Found, LinkRule, Rule, ValueRule
from utmforge.naming.field_rule import MAX_TAG_CHARACTERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from utmforge.urls.link import Link

MAX_URL_CHARACTERS = 1000
"""What GA4 keeps of `page_location` (https://support.google.com/analytics/answer/9267744)."""


class LongValue(ValueRule):
    """Keep each value within 100 characters.

    GA4 cuts longer values (<https://support.google.com/analytics/answer/9267744>, read 2026-11;
    `utm_campaign` has been measured to keep up to 420). A value that was cut is reported in a
    different row from the full one.

    Instead of:
        https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=the-spring-sale-of-the-year-with-twenty-percent-off-everything-in-the-shop-until-sunday-evening-at-eight-o-clock

    Write:
        https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=spring-sale
    """

    code = "UTM301"
    name = "long-value"

    def check_value(self, field: str, value: str) -> Iterator[Found]:
        """Count characters, decoded."""
        if len(value) > MAX_TAG_CHARACTERS:
            yield self.found(
                f"{field} has {len(value):,} characters; GA4 cuts values at {MAX_TAG_CHARACTERS}",
                "shorten it",
            )


class LongUrl(LinkRule):
    """Keep each link within 1,000 characters.

    GA4 keeps that much of an address (`page_location`,
    <https://support.google.com/analytics/answer/9267744>, read 2026-11), and the tags are at the
    end. Messaging apps and SMS have trouble long before that.

    Instead of:
        a landing page with a long list of filters in its address, tagged

    Write:
        a short address on your own domain that redirects there, tagged
    """

    code = "UTM302"
    name = "long-url"

    def check(self, link: Link) -> Iterator[Found]:
        """Count characters, as they are written."""
        if len(link.url) > MAX_URL_CHARACTERS and link.is_tagged:
            yield self.found(
                f"the link has {len(link.url):,} characters; GA4 cuts addresses at "
                f"{MAX_URL_CHARACTERS:,}",
                "link to a shorter address that redirects there",
            )


RULES: tuple[Rule, ...] = (LongValue(), LongUrl())
