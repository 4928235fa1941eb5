"""Netlify's log drain, traffic records.

Source: https://docs.netlify.com/manage/monitoring/log-drains/.
"""

from __future__ import annotations

from utmforge.measure.readers.json_lines import JsonFormat, Keys

NETLIFY = JsonFormat(
    name="netlify",
    title="Netlify",
    keys=Keys(
        must=("log_type", "url"),
        time=("timestamp",),
        ip=("client_ip",),
        method=("method",),
        target=("url", "path"),
        status=("status_code",),
        host=("host", "domain"),
        referrer=("referrer",),
        user_agent=("user_agent",),
    ),
)
