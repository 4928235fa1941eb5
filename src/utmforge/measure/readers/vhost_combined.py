"""Apache's log of several sites: combined, after the site's host and port."""

from __future__ import annotations

from utmforge.measure.readers.quoted import QuotedFormat

VHOST_COMBINED = QuotedFormat(
    name="vhost_combined",
    title="combined with virtual hosts",
    layout='%v %h %l %u %t "%r" %>s %O "%{Referer}i" "%{User-Agent}i"',
    may_go_on=True,
)
