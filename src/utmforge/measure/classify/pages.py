"""A path → the kind of page it is.

    home     the front page, also of a language         /  /index.html  /fr/
    section  what people type, bookmark or click to     /blog/  /category/shoes  /login
    deep     every page whose address no one types               /guide/how-to-heat-with-wood
    asset    what a browser loads beside a page         /style.css  /logo.png
    system   what programs ask for                      /robots.txt  /wp-json/…  /.env

Visits without a referrer that begin at a deep page come from a link that someone was sent: the
split that Madrigal (The Atlantic, 2012) and Chartbeat use.

>>> [classify_page(path) for path in ("/", "/blog/", "/blog/2026/our-new-shop", "/app.js")]
['home', 'section', 'deep', 'asset']
"""

from __future__ import annotations

import re
from typing import Literal

PageKind = Literal["home", "section", "deep", "asset", "system"]

ASSET_ENDINGS = frozenset(
    """
    css js mjs map json xml txt png jpg jpeg jpe gif webp avif svg svgz ico bmp tif tiff heic cur
    woff woff2 ttf otf eot mp3 mp4 m4a m4v webm ogg ogv wav flac mov avi m3u8 ts vtt wasm
    webmanifest manifest swf
    """.split()
)
"""Endings of files that a page is made of; a PDF is a page, because people share it."""

_HOME_FILES = r"(?:index|default|home)\.(?:html?|php\d?|aspx?|jsp|cgi)"
_LANGUAGE = r"[a-z]{2}(?:[-_][a-z]{2,4})?"
_HOME = re.compile(rf"/*(?:{_LANGUAGE}/?)?(?:{_HOME_FILES})?", re.IGNORECASE)
_SYSTEM = re.compile(
    r"/+(?:robots|humans|ads|app-ads|security|llms)\.txt$|/+favicon|/+apple-touch-icon"
    r"|/+browserconfig\.xml|/+sitemap[\w.-]*\.(?:xml|txt)|/+[\w/-]*sitemap[\w-]*\.xml"
    r"|/+\.|.*/\.(?:git|env|svn|ht|aws|ssh|DS_Store)"
    r"|/+wp-(?:admin|login|json|cron|includes)|/+xmlrpc\.php|/+cgi-bin/|/+phpmyadmin"
    r"|/+(?:.*/)?(?:feed|rss|atom)(?:/|\.xml)?$|/+(?:api|graphql|health|healthz|status|metrics)(?:/|$)"
    r"|/+(?:server-status|actuator|vendor/|_next/data/|cdn-cgi/|_profiler|admin/|administrator/)",
    re.IGNORECASE,
)
_LIST = re.compile(
    rf"(?:/{_LANGUAGE})?/(?:category|categories|categorie|kategorie|categoria|tag|tags|topic|topics"
    r"|rubrique|section|author|page|archive|archives|collections?|c)/[^/]+/?(?:page/\d+/?)?"
    r"|(?:/[^/]+){1,2}/page/\d+/?|(?:/[^/]+)?/(?:19|20)\d\d(?:/\d\d){0,2}/?",
    re.IGNORECASE,
)
_ONE_SEGMENT = re.compile(rf"(?:/{_LANGUAGE})?/([^/]+)/?", re.IGNORECASE)
_PAGE_ENDINGS = frozenset(("", "html", "htm", "php", "asp", "aspx", "jsp", "cgi", "shtml"))
_MAX_TYPED = 24
"""Characters of a segment that people still type."""
_MAX_WORDS = 3


def classify_page(path: str) -> PageKind:
    """Return the kind of page; a query or a fragment is ignored."""
    path = re.split(r"[?#;]", path, maxsplit=1)[0] or "/"
    if _SYSTEM.match(path):
        return "system"
    if is_asset(path):
        return "asset"
    if _HOME.fullmatch(path):
        return "home"
    if _LIST.fullmatch(path):
        return "section"
    if (only := _ONE_SEGMENT.fullmatch(path)) and _is_typed(only[1]):
        return "section"
    return "deep"


def is_asset(path: str) -> bool:
    """Tell whether a path is of a file that pages are made of, by its ending."""
    name = path.rpartition("/")[2]
    _, dot, ending = name.rpartition(".")
    return bool(dot) and ending.lower() in ASSET_ENDINGS


def _is_typed(segment: str) -> bool:
    """Tell whether a segment is short enough to be typed: `summer-sale`, but not a headline."""
    stem, _, ending = segment.partition(".")
    words = [word for word in re.split(r"[-_+]|%20", stem) if word]
    is_short = len(segment) <= _MAX_TYPED and len(words) <= _MAX_WORDS
    return is_short and ending.lower() in _PAGE_ENDINGS
