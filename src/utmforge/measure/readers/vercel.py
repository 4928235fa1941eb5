"""Vercel's log drain: a request may have several records, and the first one is used.

Source: https://vercel.com/docs/drains/reference/logs.
"""

from __future__ import annotations

from utmforge.measure.readers.json_lines import JsonFormat, Keys

VERCEL = JsonFormat(
    name="vercel",
    title="Vercel",
    keys=Keys(
        must=("proxy.path",),
        one_of=("requestId", "proxy.vercelId", "id"),
        time=("proxy.timestamp", "timestamp"),
        ip=("proxy.clientIp",),
        method=("proxy.method",),
        target=("proxy.path",),
        status=("proxy.statusCode", "statusCode"),
        host=("proxy.host", "host"),
        referrer=("proxy.referer",),
        user_agent=("proxy.userAgent",),
    ),
)
