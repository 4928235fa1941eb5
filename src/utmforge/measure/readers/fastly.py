"""Fastly's default log: common, with quoted user names, which Fastly's `%l` and `%u` write.

Source: https://docs.fastly.com/en/guides/custom-log-formats.
"""

from __future__ import annotations

from utmforge.measure.readers.quoted import QuotedFormat

FASTLY = QuotedFormat(name="fastly", title="Fastly", layout='%h "%l" "%u" %t "%r" %>s %b')
