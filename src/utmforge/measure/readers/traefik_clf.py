"""Traefik's default access log: combined, then count, router, server and duration.

Source: https://doc.traefik.io/traefik/observability/access-logs/.
"""

from __future__ import annotations

from utmforge.measure.readers.quoted import QuotedFormat

TRAEFIK_CLF = QuotedFormat(
    name="traefik",
    title="Traefik",
    layout=(
        '%h %l %u %t "%r" %>s %b "%{Referer}i" "%{User-Agent}i" '
        '$count "$router" "$server" ${duration}ms'
    ),
)
