"""Traefik's access log as JSON: headers are there only if they are kept in its settings.

Source: https://doc.traefik.io/traefik/observability/access-logs/.
"""

from __future__ import annotations

from utmforge.measure.readers.json_lines import JsonFormat, Keys

TRAEFIK_JSON = JsonFormat(
    name="traefik_json",
    title="Traefik JSON",
    keys=Keys(
        must=("RequestPath",),
        time=("StartUTC", "StartLocal", "time"),
        ip=("ClientHost", "ClientAddr"),
        method=("RequestMethod",),
        target=("RequestPath",),
        status=("DownstreamStatus", "OriginStatus"),
        host=("RequestHost", "RequestAddr"),
        referrer=("request_Referer",),
        user_agent=("request_User-Agent",),
        fetch_site=("request_Sec-Fetch-Site",),
    ),
)
