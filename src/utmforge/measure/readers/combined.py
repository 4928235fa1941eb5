"""The log of nginx and Apache with referrers and user agents."""

from __future__ import annotations

from utmforge.measure.readers.quoted import QuotedFormat

COMBINED = QuotedFormat(
    name="combined",
    title="combined",
    layout='%h %l %u %t "%r" %>s %b "%{Referer}i" "%{User-Agent}i"',
    may_go_on=True,
)
