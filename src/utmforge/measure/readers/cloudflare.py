"""Cloudflare's Logpush of HTTP requests: only the fields that were chosen are there.

Source: https://developers.cloudflare.com/logs/reference/log-fields/zone/http_requests/.
"""

from __future__ import annotations

from utmforge.measure.readers.json_lines import JsonFormat, Keys

CLOUDFLARE = JsonFormat(
    name="cloudflare",
    title="Cloudflare Logpush",
    keys=Keys(
        must=("ClientRequestURI",),
        time=("EdgeStartTimestamp", "EdgeEndTimestamp"),
        ip=("ClientIP",),
        method=("ClientRequestMethod",),
        target=("ClientRequestURI",),
        status=("EdgeResponseStatus", "OriginResponseStatus"),
        host=("ClientRequestHost",),
        referrer=("ClientRequestReferer",),
        user_agent=("ClientRequestUserAgent",),
        fetch_site=("RequestHeaders.sec-fetch-site",),
    ),
)
