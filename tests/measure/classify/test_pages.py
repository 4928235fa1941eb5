"""Paths: home, section, deep, asset or system."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge.measure.classify.pages import PageKind, classify_page

PAGES = {
    "home": "/ // /index.html /index.php /default.aspx /fr /fr/ /en-us/ /fr/index.html",
    "section": "/blog /blog/ /pricing.html /spring-sale /login /fr/contact /category/shoes/ /tag/x"
    " /category/shoes/page/2 /page/2 /blog/page/3 /2026/ /2026/05/ /blog/2026 /a;jsessionid=1",
    "deep": "/guide/chauffage-bois /2026/05/my-post /products/12 /report.pdf /fr/guide/bois"
    " /a-very-long-article-about-wood-heating /how-to-heat-with-wood /shop/shoes/red.html",
    "asset": "/style.css /app.js /img/logo.PNG /fonts/a.woff2 /app.js.map /x.css?v=1 /data.json",
    "system": "/robots.txt /favicon.ico /sitemap.xml /sitemap_index.xml /.env /.well-known/x"
    " /wp-login.php /wp-json/wp/v2 /xmlrpc.php /feed/ /blog/feed /api/v1/x /cgi-bin/x /.git/config"
    " /apple-touch-icon.png /static/.git/config",
}


@pytest.mark.parametrize(
    ("path", "kind"), [(path, kind) for kind, paths in PAGES.items() for path in paths.split()]
)
def test_paths(path: str, kind: str) -> None:
    """Each path has its kind."""
    assert classify_page(path) == kind


def test_an_empty_path_is_home() -> None:
    """Browsers ask for / then."""
    assert classify_page("") == "home"
    assert classify_page("?utm_source=x") == "home"


@given(st.text())
def test_any_path_has_a_kind(path: str) -> None:
    """It never fails, and the query does not matter."""
    assert classify_page(path) in get_args(PageKind)
    assert classify_page("/a/b?" + path) == "deep"
