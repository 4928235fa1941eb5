"""The Common Log Format: no referrers, no user agents."""

from __future__ import annotations

from utmforge.measure.readers.quoted import QuotedFormat

COMMON = QuotedFormat(name="common", title="common", layout='%h %l %u %t "%r" %>s %b')
