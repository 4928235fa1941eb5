"""Lists, feeds, JSON and tables of links as public packages have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from utmforge.documents.finding import links_in
from utmforge.documents.kinds import kind_of
from utmforge.privacy.find import find_private

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Run

T = "utm_source=News&amp;utm_medium=email&amp;utm_campaign=spring"
U = "https://shop.example/?utm_source=News&utm_medium=email&utm_campaign=spring"

SHEETS: dict[str, tuple[str, str, list[str]]] = {
    "Atom's links are followed": (
        ".atom",
        f'<?xml version="1.0"?>\n<feed><link href="https://shop.example/?{T}"/></feed>',
        [U],
    ),
    "Atom without <?xml": (
        ".xml",
        f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><link rel="alternate" '
        f'href="https://shop.example/?{T}"/></entry></feed>',
        [U],
    ),
    "a style sheet of a feed is loaded": (
        ".xml",
        '<?xml version="1.0"?><feed><link rel="stylesheet" href="https://shop.example/a.css"/>'
        '<link href="https://shop.example/b"/></feed>',
        ["https://shop.example/b"],
    ),
    "subscriptions": (
        ".opml",
        '<opml><body><outline text="Shop" xmlUrl="https://shop.example/feed" '
        f'htmlUrl="https://shop.example/?{T}"/></body></opml>',
        ["https://shop.example/feed", U],
    ),
    "HTML in an attribute": (
        ".opml",
        '<opml><outline text="It is &lt;a href=&quot;https://shop.example/a&quot;&gt;here'
        '&lt;/a&gt;."/></opml>',
        ["https://shop.example/a"],
    ),
    "a broken list of subscriptions": (
        ".opml",
        '.example/"/>\n<outline text="Shop" htmlUrl="https://shop.example/a"/>',
        ["https://shop.example/a"],
    ),
    "a podcast's episode": (
        ".rss",
        '<rss><channel><item><enclosure url="https://shop.example/1.mp3?a=1&amp;b=2"/>'
        '<itunes:image href="https://shop.example/1.png"/></item></channel></rss>',
        ["https://shop.example/1.mp3?a=1&b=2"],
    ),
    "escaped HTML in a feed is escaped twice": (
        ".rss",
        "<rss><description>&lt;a href=&quot;https://shop.example/?utm_source=News&amp;amp;"
        "utm_medium=email&amp;amp;utm_campaign=spring&quot;&gt;Shop&lt;/a&gt;</description></rss>",
        [U],
    ),
    "HTML in CDATA": (
        ".rss",
        f'<rss><description><![CDATA[<a href="https://shop.example/?{T}">a</a>]]></description></rss>',
        [U],
    ),
    "a site map": (
        ".xml",
        '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        f"<url><loc>https://shop.example/?{T}</loc>"
        '<xhtml:link rel="alternate" hreflang="de" href="https://shop.example/de"/></url></urlset>',
        [U, "https://shop.example/de"],
    ),
    "names of namespaces and schemas": (
        ".xml",
        '<?xml version="1.0"?><a xmlns:x="https://x.example/ns" xsi:schemaLocation="https://x.example/s'
        ' https://x.example/s.xsd"><category scheme="https://x.example/kind#"/><b to="https://shop.'
        'example/a"/></a>',
        ["https://shop.example/a"],
    ),
    "an address in pointed brackets in a template": (
        ".hbs",
        f'Go to <{U}> or <a href="https://shop.example/b">b</a>.',
        [U, "https://shop.example/b"],
    ),
    "N-Triples": (
        ".nt",
        '<https://a.example/1> <https://a.example/p> "<a href=x>" .',
        ["https://a.example/1", "https://a.example/p"],
    ),
    "a playlist": (
        ".m3u",
        "#EXTM3U\n#EXTINF:-1,Radio\nhttps://radio.example/a\nsegment1.ts\n",
        ["https://radio.example/a"],
    ),
    "a mail in JSON": (
        ".json",
        '{"text": "See https://shop.example/a <b>now</b>, <A href=3D\\"https://shop.example/b\\">"}',
        ["https://shop.example/a", "https://shop.example/b"],
    ),
    "a regular expression in JSON": (
        ".json",
        '{"html": "<a href=\\"https://shop\\\\.example/[^>]+>", "url": "https://shop.example/c"}',
        ["https://shop.example/c"],
    ),
    "a regular expression in a program": (
        ".js",
        r"const pattern = /^https:\/\/shop/; const other = 'https://shop\.example/a'; // https://b.example",
        ["https://b.example"],
    ),
    "escaped HTML in a template": (
        ".hbs",
        "<b>Copy</b> &lt;a href=&quot;https://shop.example/?a=1&amp;b=2&quot;&gt;Shop&lt;/a&gt;",
        ["https://shop.example/?a=1&b=2"],
    ),
    "a user agent": (
        ".json",
        '{"agent": "Mozilla/5.0 (compatible; Bot/1.0; +https://shop.example/bot)"}',
        ["https://shop.example/bot"],
    ),
    "a sentence without the space after it": (
        ".txt",
        "Our shop opens.https://shop.example/a is its address, not git+https://shop.example/b.git.",
        ["https://shop.example/a"],
    ),
    "XML with a namespace alone": (
        ".xml",
        '<list xmlns="https://x.example/ns">\n<item ref_url="https://shop.example/a"/></list>',
        ["https://shop.example/a"],
    ),
    "a table of a mail with namespaces": (
        ".tpl",
        '<table xmlns:v="urn:x"><td background="https://shop.example/a.png"><a href="https://b.example">',
        ["https://b.example"],
    ),
    "an instruction for a program": (
        ".xml",
        '<?xml version="1.0"?><?xml-stylesheet href="https://shop.example/a.xsl"?>'
        "<urlset><url><loc>https://shop.example/b</loc></url></urlset>",
        ["https://shop.example/b"],
    ),
    "a regular expression in XML": (
        ".xml",
        '<?xml version="1.0"?><rules><rule from="^http://(www\\.)?shop\\.example/"'
        ' to="https://shop.example/"/></rules>',
        ["https://shop.example/"],
    ),
    "HTML in a program": (
        ".py",
        "page = '<a href=\"https://shop.example/?utm_source=db&amp;utm_medium=email\">Shop</a>'",
        ["https://shop.example/?utm_source=db&utm_medium=email"],
    ),
    "HTML in YAML": (
        ".yml",
        "body: <a href='https://shop.example/?a=1&amp;b=2'>Shop</a>",
        ["https://shop.example/?a=1&b=2"],
    ),
    "a left-over of HTML in a program": (
        ".js",
        "const page = 'https://shop.example/?a=1&amp;b=2';",
        ["https://shop.example/?a=1&amp;b=2"],
    ),
    "a regular expression for tags": (
        ".txt",
        "Remove /?.*?utm_source= from links, and also what (https?://)?.*utm_medium=.* matches.",
        [],
    ),
    "comments of a list": (
        ".txt",
        "// Links of spring, see mail@shop.example\n; old ones\nhttps://shop.example/a\n//b.example/c\n",
        ["https://shop.example/a", "//b.example/c"],
    ),
    "a list of hosts is no list of links": (
        ".dat",
        "// Hosts, https://shop.example/terms\ncom.example\n*.shop.example\nco.example\n",
        ["https://shop.example/terms"],
    ),
    "text after a closing quote": (
        ".tsv",
        'name\tpage\n"1"^^<https://shop.example/type>\thttps://shop.example/b\n',
        ["https://shop.example/type", "https://shop.example/b"],
    ),
}


@pytest.mark.parametrize("name", list(SHEETS))
def test_every_link_of_a_sheet_is_found(name: str) -> None:
    """Feeds, lists, JSON and tables show each link once, as it is meant, at its place."""
    ending, text, expected = SHEETS[name]

    found = list(links_in(text, kind_of(ending, text)))

    assert [one.url for one in found] == expected
    assert all(text.splitlines()[one.line - 1][one.column - 1 :][:1] for one in found)


@pytest.mark.parametrize(
    "url",
    [
        "https://user:pass@shop.example/",
        "https://USERNAME:PASSWORD@shop.example/",
        "https://${USER}:${PASS}@shop.example/",
        "https://{user}:{password}@shop.example/",
        "https://shop.example/?apikey=YOUR_API_KEY",
        "https://shop.example/?api_key=<api-key>",
        "https://shop.example/?password=******",
        "https://shop.example/?token=xxxxxxxxxxxxxxxxxx",
        "https://shop.example/contact?key=lorant%2bsjouwerman",
        "https://shop.example/?session=intro-to-python-2026",
        "https://shop.example/?key=opening-hours-of-march-2027",
    ],
)
def test_placeholders_and_words_are_no_secrets(url: str) -> None:
    """What documentation writes for a password, and words with a year, are not private."""
    assert find_private(url) == ()


@pytest.mark.parametrize(
    "url",
    [
        "https://user:s3cr3tX9@shop.example/",
        "https://shop.example/?password=mysecret1",
        "https://shop.example/?password=secret",
        "https://shop.example/?apikey=yourself2026abc",
        "https://shop.example/?token=3f2a-99bc-1d2e-44aa-77ff",
        "https://shop.example/?key=MjE0ZDNmMGEtNGFkZS00M2Fl",
    ],
)
def test_secrets_that_look_like_placeholders_are_found(url: str) -> None:
    """A password of words, and an id with hyphens, are secrets."""
    assert find_private(url)


def test_a_list_of_hosts_is_not_accused(run: Run, tmp_path: Path) -> None:
    """A file of names with comments is not a list of broken links."""
    names = tmp_path / "suffixes.dat"
    names.write_text("// Names, see https://shop.example/a\ncom.example\n*.b.example\n// end\n")

    result = run("lint", str(names))

    assert result.exit_code == 0
    assert "UTM604" not in result.stdout + result.stderr


@pytest.mark.parametrize(
    "url",
    [
        "https://shop.example/?",
        "https://shop.example/cgi-bin/page?#top",
        "https://shop.example/?&",
        "https://shop.example/a?a&b=&&c=%7e",
        "https://shop.example/?a=1&",
        "https://shop.example/A?B=C+d",
        "https://shop.example/a;b=1?c;d",
        "https://shop.example/#?",
        "//shop.example/?",
        "https://SHOP.example/%2f?x=%e4",
    ],
)
def test_fix_leaves_a_link_without_tags_alone(run: Run, tmp_path: Path, url: str) -> None:
    """What has no tag to fix keeps every byte, also a `?` without a query."""
    links = tmp_path / "links.txt"
    before = f"{url}\nhttps://b.example/?utm_source=News&utm_medium=email&utm_campaign=spring\n"
    links.write_text(before)

    run("lint", str(links), "--fix")

    assert links.read_text() == before.replace("News", "news")


PAGES = {
    "a postal address": (
        "address,website,utm_source,utm_medium,utm_campaign\n"
        "200 West Erwin Street,https://shop.example/a,news,email,spring\n"
        "3319 Seaton St.,https://shop.example/b,news,email,spring\n",
        "website",
    ),
    "the name of a page": (
        "Page,Link,Source,Medium,Campaign\nHome,https://shop.example/a,news,email,spring\n"
        "About,https://shop.example/b,news,email,spring\n",
        "Link",
    ),
    "hosts without a scheme": (
        "address,picture,utm_source,utm_medium,utm_campaign\n"
        "shop.example/a,https://cdn.example/a.png,news,email,spring\n"
        "shop.example/b,https://cdn.example/b.png,news,email,spring\n",
        "address",
    ),
    "a street beside an address of its own": (
        "Name,Adresse,Homepage,utm_source,utm_medium,utm_campaign\n"
        "Laden,Hauptstr. 1,https://shop.example/a,news,email,spring\n"
        "Lager,Am Hof 2,https://shop.example/b,news,email,spring\n",
        "Homepage",
    ),
}


@pytest.mark.parametrize("name", list(PAGES))
def test_the_column_with_web_addresses_is_taken(run: Run, tmp_path: Path, name: str) -> None:
    """Postal addresses and names are no landing pages, for `new` and for import."""
    text, column = PAGES[name]
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(text)

    issued = run("new", "--from", str(sheet), "--dry-run")
    imported = run("registry", "import", str(sheet), "--dry-run")

    assert issued.exit_code == 0, issued.stderr
    assert issued.stdout.count("shop.example/a?") == 1
    assert issued.stdout.count("shop.example/b?") == 1
    assert imported.exit_code == 0, imported.stderr
    assert f'"{column}"' in imported.stderr
    assert "would import 2 links" in imported.stderr


@pytest.mark.parametrize(
    "text",
    [
        "slug,url\na,https://shop.example/a\n",
        "Shop;https://shop.example/a;News\n",
        '{"url": "https://shop.example/a"}',
        "- [Shop](https://shop.example/a) and more words",
        '<outline htmlUrl="https://shop.example/a" text="x"/>',
        "name\tpage\nShop\thttps://shop.example/a",
        "Ann, see https://shop.example/a, please",
        "url: https://shop.example/a # the shop",
        "href=&quot;https://shop.example/a&quot;",
        "|Shop|https://shop.example/a|News|",
    ],
)
def test_explain_finds_an_address_wherever_it_is(run: Run, text: str) -> None:
    """A row of a table, JSON or a sentence: the address in it is explained."""
    result = run("explain", "-", stdin=text)

    assert result.exit_code == 0, result.stderr
    assert "https://shop.example/a" in result.stdout
