"""Visits and previews → what they say about private sharing, as SQL.

The tables they read, besides those of `statements` and those that they make:

    private_apps(app, is_mixed)   apps whose previews show private sharing; mixed: or public posts
    private_labels(tag)           labels of links for private channels

`landings` has the origin of every visit, by the first of these that fits:

    tagged · in-app · the kind of its referrer · click id · shallow · own · cross-site · candidate
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.measure.sql.keys import keys_of, numbers_of, visitor_of
from utmforge.measure.sql.statements import PREVIEW_SECONDS, VISITORS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from utmforge.measure.periods import Period
    from utmforge.measure.sql.dialect import Dialect

AFTER_SECONDS = 86_400
"""A visit within a day of a page's preview may come from what was pasted then."""
KNOWN = ("search", "social", "video", "shopping", "ai", "other", "click id")
"""Origins of visits that came from the public web: what private visits are compared with."""


def asset_visitors(dialect: Dialect, period: Period) -> str:
    """Return the visitors of a day who loaded pictures, styles or scripts: browsers do."""
    day = dialect.days(period.local_seconds("h.ts"))
    return f"""
SELECT DISTINCT {visitor_of(dialect)} AS visitor FROM hits AS h
JOIN agent_kinds AS a ON a.agent = h.agent AND a.kind = 'human' JOIN salts AS s ON s.day = {day}
WHERE h.asset AND {period.condition("h.ts")}
"""


def pasted() -> str:
    """Return (path, kind, day, ts, app, is_mixed) of untagged pages' previews in private apps.

    Repeats within ten minutes are one.
    """
    return f"""
WITH fetched AS (
  SELECT p.path AS path, p.kind AS kind, h.day AS day, h.ts AS ts, k.app AS app,
    a.is_mixed AS is_mixed,
    LAG(h.ts) OVER (PARTITION BY k.app, h.visitor, p.path ORDER BY h.ts, h.n) AS before
  FROM page_hits AS h JOIN page_kinds AS p ON p.page = h.page
  JOIN agent_kinds AS k ON k.agent = h.agent JOIN private_apps AS a ON a.app = k.app
  WHERE h.excluded = 'preview' AND h.tag IS NULL AND p.kind IN ('home', 'section', 'deep')
)
SELECT path, kind, day, ts, app, is_mixed FROM fetched
WHERE before IS NULL OR ts - before > {PREVIEW_SECONDS}
"""


def landings() -> str:
    """Return the visits with their origin; `is_loaded`: their visitor loaded any assets."""
    return """
SELECT v.visitor AS visitor, v.visit AS visit, v.is_only AS is_only, v.day AS day, v.ts AS ts,
  v.tag AS tag,
  v.landing AS page, v.is_phone AS is_phone, v.fetch_site AS fetch_site,
  CASE WHEN a.visitor IS NOT NULL THEN 1 ELSE 0 END AS is_loaded,
  CASE WHEN v.tag IS NOT NULL THEN 'tagged'
    WHEN v.app IS NOT NULL THEN 'in-app'
    WHEN v.referrer IS NOT NULL AND r.kind <> 'own' THEN r.kind
    WHEN v.has_click_id = 1 THEN 'click id'
    WHEN p.kind IS NULL OR p.kind <> 'deep' THEN 'shallow'
    WHEN v.referrer IS NOT NULL OR v.fetch_site IN ('same-origin', 'same-site') THEN 'own'
    WHEN v.fetch_site = 'cross-site' THEN 'cross-site'
    ELSE 'candidate' END AS origin
FROM visits AS v LEFT JOIN page_kinds AS p ON p.page = v.landing
LEFT JOIN referrer_kinds AS r ON r.referrer = v.referrer
LEFT JOIN asset_visitors AS a ON a.visitor = v.visitor
"""


def landing_counts() -> str:
    """Return (origin, is_loaded, visits, visitors, on phones, with `Sec-Fetch-Site`)."""
    return f"""
SELECT origin, is_loaded, COUNT(*) AS visits, {VISITORS} AS visitors,
  SUM(CASE WHEN is_phone THEN 1 ELSE 0 END) AS phones, COUNT(fetch_site) AS told
FROM landings AS v GROUP BY origin, is_loaded
"""


def days_seen() -> str:
    """Return the number of days with visits, in one row."""
    return "SELECT COUNT(DISTINCT day) AS days FROM landings"


def pasted_counts() -> str:
    """Return (app, previews) of untagged pages."""
    return "SELECT app, COUNT(*) AS previews FROM pasted GROUP BY app"


def private_counts(by: Sequence[str]) -> str:
    """Return (*by, channel, visits, visitors) of the visits by links for private channels."""
    return f"""
SELECT {keys_of(by)}, l.channel AS private_channel, COUNT(*) AS visits,
  COUNT(DISTINCT v.visitor) AS visitors
FROM visits AS v JOIN labels AS l ON l.tag = v.tag
JOIN private_labels AS o ON o.tag = v.tag LEFT JOIN page_kinds AS p ON p.page = v.landing
WHERE l.is_asked GROUP BY {numbers_of((*by, "channel"))}
"""


def private_pages() -> str:
    """Return (path, visits, visitors) of pages that were visited by links for private channels."""
    return """
SELECT p.path AS path, COUNT(*) AS visits, COUNT(DISTINCT v.visitor) AS visitors
FROM landings AS v JOIN private_labels AS o ON o.tag = v.tag JOIN page_kinds AS p ON p.page = v.page
GROUP BY p.path
"""


def candidate_pages() -> str:
    """Return (path, visitors) of the candidates on watched pages."""
    return """
SELECT p.path AS path, COUNT(DISTINCT v.visitor) AS visitors
FROM landings AS v JOIN page_kinds AS p ON p.page = v.page
JOIN watched_pages AS w ON w.path = p.path
WHERE v.origin = 'candidate' GROUP BY p.path
"""


def watched_pages() -> str:
    """Return the paths that are looked at one by one: pasted, or visited by private links."""
    return """
SELECT path FROM pasted WHERE kind = 'deep' AND NOT is_mixed
UNION DISTINCT
SELECT p.path FROM landings AS v JOIN private_labels AS o ON o.tag = v.tag
JOIN page_kinds AS p ON p.page = v.page
"""


def page_days(dialect: Dialect) -> str:
    """Return what happened on each day on each watched page, and on all others together.

    Its columns are path (NULL: all others), day, candidates, loaded, known, known_loaded,
    loaded_after, known_after, previews and page_days. `loaded` are candidates whose visitor loaded
    pictures, styles or scripts; `loaded_after` are those of them within a day of a preview;
    `page_days` counts the pages with known visits.
    """
    known = ", ".join(f"'{name}'" for name in KNOWN)
    shared_at = dialect.previous("CASE WHEN is_preview = 1 THEN ts END", "path", _MOMENTS)
    is_after = f"CASE WHEN ts - shared_at <= {AFTER_SECONDS} THEN 1 ELSE 0 END"
    # Only on a watched page can a preview come before a visit: the others need no order.
    return f"""
WITH moments AS (
  SELECT path, day, ts, 0 AS visit, 1 AS is_preview, 0 AS is_known, 0 AS is_loaded
  FROM pasted WHERE kind = 'deep' AND NOT is_mixed
  UNION ALL
  SELECT p.path, v.day, v.ts, v.visit, 0, CASE WHEN v.origin <> 'candidate' THEN 1
    ELSE 0 END, v.is_loaded
  FROM landings AS v JOIN page_kinds AS p ON p.page = v.page
  WHERE v.origin = 'candidate' OR (v.origin IN ({known}) AND p.kind = 'deep')
), told AS (
  SELECT *, {shared_at} AS shared_at FROM moments
  WHERE path IN (SELECT path FROM watched_pages)
  UNION ALL
  SELECT *, CAST(NULL AS BIGINT) AS shared_at FROM moments
  WHERE path NOT IN (SELECT path FROM watched_pages)
), by_page AS (
  SELECT path, day,
    SUM(CASE WHEN is_preview = 0 AND is_known = 0 THEN 1 ELSE 0 END) AS candidates,
    SUM(CASE WHEN is_preview = 0 AND is_known = 0 THEN is_loaded ELSE 0 END) AS loaded,
    SUM(is_known) AS known,
    SUM(CASE WHEN is_known = 1 THEN is_loaded ELSE 0 END) AS known_loaded,
    SUM(CASE WHEN is_preview = 0 AND is_known = 0 AND is_loaded = 1 THEN {is_after} ELSE 0 END)
      AS loaded_after,
    SUM(CASE WHEN is_known = 1 THEN {is_after} ELSE 0 END) AS known_after,
    SUM(is_preview) AS previews
  FROM told GROUP BY path, day
)
SELECT w.path AS path, b.day AS day, SUM(b.candidates) AS candidates, SUM(b.loaded) AS loaded,
  SUM(b.known) AS known, SUM(b.known_loaded) AS known_loaded, SUM(b.loaded_after) AS loaded_after,
  SUM(b.known_after) AS known_after, SUM(b.previews) AS previews,
  SUM(CASE WHEN b.known > 0 THEN 1 ELSE 0 END) AS page_days
FROM by_page AS b LEFT JOIN watched_pages AS w ON w.path = b.path
GROUP BY w.path, b.day
"""


_MOMENTS = "ts, is_preview DESC, visit"
"""The whole order of what happens on a page: a preview comes before visits of the same second."""
