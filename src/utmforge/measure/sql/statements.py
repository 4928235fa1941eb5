"""Hits → views → visits → counts, as SQL.

The tables they read, besides those that they make:

    hits(n, ts, network, agent, referrer, page, method, status, asset, click_id, fetch_site)
    agent_kinds(agent, kind, reason, app, is_phone)                  classified once
    referrer_kinds(referrer, kind)
    page_kinds(page, kind, path, tag)          `tag` numbers a label
    page_goals(page, goal)
    labels(tag, link_id, campaign, channel, content, is_asked)     asked: issued, and counted
    salts(day, salt)                           random, one for each day of the site

Each window names its whole order (`ts, n`), so that every engine numbers the rows alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.measure.sql.keys import keys_of, numbers_of, visitor_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from utmforge.measure.periods import Period
    from utmforge.measure.sql.dialect import Dialect

IDLE_SECONDS = 1800
"""A visit ends after half an hour without a view, as in GA4 and Matomo."""
PREVIEW_SECONDS = 600
"""Fetches of one page by one app from one network within ten minutes are one preview."""
BURST_SECONDS = 5
BURST_PAGES = 3
"""People do not open three tagged pages in five seconds; scanners of mail do."""
PROBE_SECONDS = 60
"""A scanner that asks with HEAD fetches the same page within a minute."""
VISITORS = "SUM(v.is_only) + COUNT(DISTINCT CASE WHEN v.is_only = 0 THEN v.visitor END)"
"""The visitors of visits `v`, in half the time that counting all of them one by one takes."""


def page_hits(dialect: Dialect, period: Period) -> str:
    """Return the hits of pages with their visitor; `excluded` says why one is not a view.

    It is NULL for views and for redirects: those are not views, but bring tags. For a method other
    than GET it is `method` and the method's name. A visitor is a key that holds for one day; for
    the fetch of a preview, it is the key of the app's network. One column has both, as keeping a
    column takes longer than computing it.
    """
    day = dialect.days(period.local_seconds("h.ts"))
    return f"""
SELECT h.n AS n, h.ts AS ts, s.day AS day,
  CASE WHEN a.kind = 'preview' THEN {dialect.keyed("h.network")}
    ELSE {visitor_of(dialect)} END AS visitor,
  h.agent AS agent, h.page AS page, p.tag AS tag, h.referrer AS referrer,
  h.fetch_site AS fetch_site,
  CASE WHEN h.click_id IS NOT NULL THEN 1 ELSE 0 END AS has_click_id,
  CASE WHEN h.status BETWEEN 300 AND 399 AND h.status <> 304 THEN 1 ELSE 0 END AS is_redirect,
  CASE
    WHEN h.method IN ('HEAD', 'OPTIONS') THEN 'probe'
    WHEN h.agent IS NULL THEN 'bot'
    WHEN a.kind = 'preview' THEN 'preview'
    WHEN a.kind = 'bot' THEN 'bot'
    WHEN h.method <> 'GET' THEN 'method ' || h.method
    WHEN h.status IS NULL OR h.status < 200 OR h.status >= 400 THEN 'failed'
    WHEN p.kind = 'asset' THEN 'asset'
    WHEN p.kind = 'system' THEN 'system'
  END AS excluded
FROM hits AS h
JOIN salts AS s ON s.day = {day}
LEFT JOIN agent_kinds AS a ON a.agent = h.agent
LEFT JOIN page_kinds AS p ON p.page = h.page
WHERE NOT h.asset AND {period.condition("h.ts")}
"""


def excluded_counts(period: Period) -> str:
    """Return (kind, reason, hits) of everything that is not a view."""
    return f"""
SELECT CASE WHEN h.excluded LIKE 'method %' THEN 'method' ELSE h.excluded END AS kind,
  CASE WHEN h.excluded = 'bot' THEN coalesce(a.reason, 'no user agent')
    WHEN h.excluded = 'preview' THEN a.app
    WHEN h.excluded LIKE 'method %' THEN substr(h.excluded, 8) END AS reason, COUNT(*) AS hits
FROM page_hits AS h LEFT JOIN agent_kinds AS a ON a.agent = h.agent
WHERE h.excluded IS NOT NULL GROUP BY 1, 2
UNION ALL
SELECT 'asset', NULL, COUNT(*) FROM hits AS h WHERE h.asset AND {period.condition("h.ts")}
UNION ALL
SELECT 'outside', NULL, COUNT(*) FROM hits AS h WHERE NOT ({period.condition("h.ts")})
"""


def scanned() -> str:
    """Return (visitor, begins, ends) of views that a scanner of mail made, as far as a log shows.

    It opens several tagged pages within seconds, or asks for a page with HEAD just before.
    """
    window = "PARTITION BY h.visitor, h.page ORDER BY h.ts, h.n"
    return f"""
WITH opened AS (
  SELECT visitor, page, MIN(ts) AS ts FROM page_hits
  WHERE excluded IS NULL AND is_redirect = 0 AND tag IS NOT NULL GROUP BY visitor, page
), in_order AS (
  SELECT visitor, ts, LAG(ts, {BURST_PAGES - 1}) OVER (PARTITION BY visitor ORDER BY ts, page)
    AS earlier FROM opened
), probing AS (
  SELECT DISTINCT visitor FROM page_hits
  WHERE excluded = 'probe' AND agent IS NOT NULL AND tag IS NOT NULL AND is_redirect = 0
), probed AS (
  SELECT h.visitor AS visitor, h.ts AS ts, h.excluded AS excluded,
    LAG(h.ts) OVER ({window}) AS before, LAG(h.excluded) OVER ({window}) AS excluded_before
  FROM page_hits AS h JOIN probing AS p ON p.visitor = h.visitor
  WHERE h.tag IS NOT NULL AND h.is_redirect = 0
    AND (h.excluded IS NULL OR (h.excluded = 'probe' AND h.agent IS NOT NULL))
)
SELECT visitor, earlier AS begins, ts AS ends FROM in_order WHERE ts - earlier <= {BURST_SECONDS}
UNION DISTINCT
SELECT visitor, before, ts FROM probed
WHERE excluded IS NULL AND excluded_before = 'probe' AND ts - before <= {PROBE_SECONDS}
"""


def scanner_hits() -> str:
    """Return the numbers (`n`) of the tagged views that fall into what `scanned` found."""
    return """
SELECT DISTINCT h.n AS n FROM page_hits AS h
JOIN scanned AS s ON s.visitor = h.visitor AND h.ts BETWEEN s.begins AND s.ends
WHERE h.excluded IS NULL AND h.tag IS NOT NULL
"""


def returned() -> str:
    """Return the visitors of more than one hit, and whether they have tags."""
    return """
SELECT visitor, CASE WHEN COUNT(tag) > 0 THEN 1 ELSE 0 END AS is_tagged
FROM page_hits WHERE excluded IS NULL GROUP BY visitor HAVING COUNT(*) > 1
"""


def returned_views() -> str:
    """Return the views and redirects of these visitors, without those of scanners."""
    return """
SELECT h.n AS n, h.ts AS ts, h.day AS day, h.visitor AS visitor, h.agent AS agent, h.page AS page,
  h.tag AS tag, h.referrer AS referrer, h.fetch_site AS fetch_site,
  h.has_click_id AS has_click_id, h.is_redirect AS is_redirect, r.is_tagged AS is_tagged
FROM page_hits AS h JOIN returned AS r ON r.visitor = h.visitor
LEFT JOIN scanner_hits AS s ON s.n = h.n WHERE h.excluded IS NULL AND s.n IS NULL
"""


def openings(dialect: Dialect) -> str:
    """Return (visitor, ts, n, opens) of these views; `opens` is 1 for the first of a visit.

    A visit begins after `IDLE_SECONDS`, or with other tags than the visit has so far.
    """
    by_time = "PARTITION BY visitor ORDER BY ts, n"
    tag_before = dialect.previous("tag", "visitor", "ts, n")
    tagged_at = dialect.previous("CASE WHEN tag IS NOT NULL THEN ts END", "visitor", "ts, n")
    is_rested = f"before IS NULL OR ts - before > {IDLE_SECONDS}"
    # Windows take long. Without tags only time opens visits, and one window tells it.
    return f"""
WITH compared AS (
  SELECT visitor, ts, n, tag, LAG(ts) OVER ({by_time}) AS before,
    {tag_before} AS tag_before, {tagged_at} AS tagged_at
  FROM returned_views WHERE is_tagged = 1
), after_rest AS (
  SELECT *, MAX(CASE WHEN {is_rested} THEN ts END)
    OVER ({by_time} ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS rested
  FROM compared
), untagged AS (
  SELECT visitor, ts, n, LAG(ts) OVER ({by_time}) AS before FROM returned_views WHERE is_tagged = 0
)
SELECT visitor, ts, n, CASE WHEN {is_rested} OR (tag IS NOT NULL
  AND (tag_before IS NULL OR tag <> tag_before OR tagged_at < rested)) THEN 1 ELSE 0 END AS opens
FROM after_rest
UNION ALL
SELECT visitor, ts, n, CASE WHEN {is_rested} THEN 1 ELSE 0 END AS opens FROM untagged
"""


def followed_views(dialect: Dialect) -> str:
    """Return (visit, page, is_redirect) of the visitors who were redirected or reached a goal.

    `visit` is the number `n` of the hit that opened the visit. For all other visitors, only that
    hit matters.
    """
    opened_before = dialect.previous("CASE WHEN o.opens = 1 THEN o.n END", "o.visitor", "o.ts, o.n")
    return f"""
WITH followed AS (
  SELECT DISTINCT h.visitor AS visitor FROM returned_views AS h
  LEFT JOIN page_goals AS g ON g.page = h.page WHERE h.is_redirect = 1 OR g.page IS NOT NULL
)
SELECT CASE WHEN o.opens = 1 THEN o.n ELSE {opened_before} END AS visit, h.page AS page,
  h.is_redirect AS is_redirect
FROM openings AS o JOIN followed AS f ON f.visitor = o.visitor JOIN returned_views AS h ON h.n = o.n
"""


def visits() -> str:
    """Return the visits: what the first hit of each says, and its tags.

    `visit` is the number `n` of that hit; `is_only` is 1 if its visitor had no other. Other tags
    open another visit, so that those of the first hit are those of the visit. A redirect that no
    page of this site follows is not a visit.
    """
    columns = """h.n AS visit, h.visitor AS visitor, h.day AS day, h.ts AS ts, h.tag AS tag,
  h.page AS landing, h.referrer AS referrer, a.app AS app, h.has_click_id AS has_click_id,
  h.fetch_site AS fetch_site, a.is_phone AS is_phone"""
    # Most visitors come once, and need nothing of what is made for the others.
    return f"""
WITH followed AS (SELECT DISTINCT visit FROM followed_views WHERE is_redirect = 0)
SELECT {columns}, 0 AS is_only
FROM openings AS o JOIN returned_views AS h ON h.n = o.n
LEFT JOIN followed AS f ON f.visit = h.n LEFT JOIN agent_kinds AS a ON a.agent = h.agent
WHERE o.opens = 1 AND (h.is_redirect = 0 OR f.visit IS NOT NULL)
UNION ALL
SELECT {columns}, 1 AS is_only
FROM page_hits AS h LEFT JOIN agent_kinds AS a ON a.agent = h.agent
WHERE h.excluded IS NULL AND h.is_redirect = 0
  AND NOT EXISTS (SELECT 1 FROM returned AS r WHERE r.visitor = h.visitor)
  AND NOT EXISTS (SELECT 1 FROM scanner_hits AS s WHERE s.n = h.n)
"""


def reached_goals() -> str:
    """Return (visit, goal): each goal counts once a visit."""
    return """
SELECT DISTINCT v.visit AS visit, g.goal AS goal
FROM followed_views AS v JOIN page_goals AS g ON g.page = v.page WHERE v.is_redirect = 0
UNION ALL
SELECT v.visit, g.goal FROM visits AS v JOIN page_goals AS g ON g.page = v.landing
WHERE v.is_only = 1
"""


def visit_counts(by: Sequence[str]) -> str:
    """Return (*by, visits, visitors) of the visits by issued links."""
    keys = keys_of(by)
    return f"""
SELECT {keys}, COUNT(*) AS visits, COUNT(DISTINCT v.visitor) AS visitors
FROM visits AS v JOIN labels AS l ON l.tag = v.tag
LEFT JOIN page_kinds AS p ON p.page = v.landing
WHERE l.is_asked GROUP BY {numbers_of(by)}
"""


def goal_counts(by: Sequence[str]) -> str:
    """Return (*by, goal, conversions) of the visits by issued links."""
    keys = keys_of(by)
    return f"""
SELECT {keys}, g.goal AS goal, COUNT(*) AS conversions
FROM reached_goals AS g
JOIN visits AS v ON v.visit = g.visit
JOIN labels AS l ON l.tag = v.tag LEFT JOIN page_kinds AS p ON p.page = v.landing
WHERE l.is_asked GROUP BY {numbers_of((*by, "goal"))}
"""


def converted_counts(by: Sequence[str]) -> str:
    """Return (*by, visits, visitors) of the visits by issued links that reached a goal."""
    keys = keys_of(by)
    return f"""
WITH reached AS (SELECT DISTINCT visit FROM reached_goals)
SELECT {keys}, COUNT(*) AS visits, COUNT(DISTINCT v.visitor) AS visitors
FROM reached AS g
JOIN visits AS v ON v.visit = g.visit
JOIN labels AS l ON l.tag = v.tag LEFT JOIN page_kinds AS p ON p.page = v.landing
WHERE l.is_asked GROUP BY {numbers_of(by)}
"""


def preview_counts(by: Sequence[str]) -> str:
    """Return (*by, app, previews) of issued links; repeats within ten minutes are one."""
    keys = keys_of(by)
    return f"""
WITH fetched AS (
  SELECT a.app AS app, h.ts AS ts, h.day AS day, h.page AS page, h.tag AS tag,
    LAG(h.ts) OVER (PARTITION BY a.app, h.visitor, h.tag ORDER BY h.ts, h.n) AS before
  FROM page_hits AS h JOIN agent_kinds AS a ON a.agent = h.agent
  WHERE h.excluded = 'preview' AND h.tag IS NOT NULL
)
SELECT {keys}, v.app AS app, COUNT(*) AS previews
FROM fetched AS v JOIN labels AS l ON l.tag = v.tag LEFT JOIN page_kinds AS p ON p.page = v.page
WHERE l.is_asked AND (v.before IS NULL OR v.ts - v.before > {PREVIEW_SECONDS})
GROUP BY {numbers_of((*by, "app"))}
"""


def label_counts() -> str:
    """Return (tag, visits, visitors) of each label that visits had, issued or not."""
    return """
SELECT v.tag AS tag, COUNT(*) AS visits, COUNT(DISTINCT v.visitor) AS visitors
FROM visits AS v WHERE v.tag IS NOT NULL GROUP BY v.tag
"""


def late_counts(by: Sequence[str]) -> str:
    """Return (*by, tag, visits, visitors) of the visits after the time that `cutoffs` has."""
    keys = keys_of(by)
    return f"""
SELECT {keys}, v.tag AS tag, COUNT(*) AS visits, COUNT(DISTINCT v.visitor) AS visitors
FROM visits AS v JOIN cutoffs AS c ON c.tag = v.tag
JOIN labels AS l ON l.tag = v.tag LEFT JOIN page_kinds AS p ON p.page = v.landing
WHERE l.is_asked AND v.ts > c.cutoff GROUP BY {numbers_of((*by, "tag"))}
"""


def totals() -> str:
    """Return (hits of scanners, views, redirects) in one row."""
    return """
SELECT COUNT(s.n) AS scanners,
  SUM(CASE WHEN s.n IS NULL AND h.is_redirect = 0 THEN 1 ELSE 0 END) AS views,
  SUM(CASE WHEN s.n IS NULL AND h.is_redirect = 1 THEN 1 ELSE 0 END) AS redirects
FROM page_hits AS h LEFT JOIN scanner_hits AS s ON s.n = h.n WHERE h.excluded IS NULL
"""


def origin_counts() -> str:
    """Return (origin, detail, visits, visitors) of the visits without tags.

    The origin is what evidence there is: the in-app browser, the referrer, a click id; without
    any, whether the visit began on the home page, a section or a deep page.
    """
    return f"""
SELECT CASE WHEN v.app IS NOT NULL THEN 'in-app'
    WHEN v.referrer IS NOT NULL AND r.kind <> 'own' THEN r.kind
    WHEN v.has_click_id = 1 THEN 'click id' ELSE 'direct' END AS origin,
  CASE WHEN v.app IS NOT NULL THEN v.app
    WHEN (v.referrer IS NULL OR r.kind = 'own') AND v.has_click_id = 0 THEN p.kind
    END AS detail,
  COUNT(*) AS visits, {VISITORS} AS visitors
FROM visits AS v LEFT JOIN referrer_kinds AS r ON r.referrer = v.referrer
LEFT JOIN page_kinds AS p ON p.page = v.landing
WHERE v.tag IS NULL GROUP BY 1, 2
"""
