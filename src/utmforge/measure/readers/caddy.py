"""Caddy's access log.

Source: https://caddyserver.com/docs/logging. `client_ip` came with 2.7; header values are lists.
"""

from __future__ import annotations

from utmforge.measure.readers.json_lines import JsonFormat, Keys

CADDY = JsonFormat(
    name="caddy",
    title="Caddy",
    keys=Keys(
        must=("request.uri",),
        time=("ts", "time"),
        ip=("request.client_ip", "request.remote_ip", "request.remote_addr"),
        method=("request.method",),
        target=("request.uri",),
        status=("status",),
        host=("request.host",),
        referrer=("request.headers.Referer",),
        user_agent=("request.headers.User-Agent",),
        fetch_site=("request.headers.Sec-Fetch-Site",),
    ),
)
