"""User agents of programs that are neither a person nor a link preview.

A kind is what a report says about the visits it leaves out. The first match wins. Letter case does
not matter, except where a table says so.

Sources, read 2026-11: matomo-org/device-detector, omrilotan/isbot (fixtures), the user agents that
Barracuda, Microsoft Office, Google and Yahoo send according to their own or secondary pages.
"""

from __future__ import annotations

from typing import NamedTuple


class BotKind(NamedTuple):
    """One kind of bot."""

    kind: str
    """What a report calls it."""
    pattern: str
    """A regular expression that is searched in the user agent."""


MAIL_PROXY = "mail proxy"
MAIL_SCANNER = "mail scanner"
MAIL_PROGRAM = "mail or office program"
HTTP_LIBRARY = "HTTP library"
OTHER_BOT = "other bot"
NOT_A_BROWSER = "not a browser"

# These stand before the list of crawlers, because it does not know them or calls them previews.
KNOWN_BOTS = (
    # An open of a mail whose pictures are fetched by the mail service; never a click.
    BotKind(
        MAIL_PROXY,
        r"GoogleImageProxy|YahooMailProxy|FastmailUA|Shortwave Image Fetcher|SeznamEmailProxy"
        r"|ImageProxy/|YahooCacheSystem|EdgeImageProxy",
    ),
    BotKind(
        MAIL_SCANNER,
        r"Barracuda|Proofpoint|Mimecast|Safe-?Links|MessageLabs|IronPort|Trend ?Micro|FireEye"
        r"|SafeDNSBot|Cyren|Vade ?Secure|Kaspersky Lab",
    ),
    # They fetch pages to check links and show pictures; a click opens the browser.
    BotKind(
        MAIL_PROGRAM,
        r"Microsoft Office|ms-office|MSOffice|Microsoft (?:Outlook|Word|Excel|PowerPoint) "
        r"|MacOutlook/|Outlook-(?:iOS|Android|Express)|^Outlook/|WindowsMail/|^Word/|^Excel/"
        r"|^Microsoft URL Control|Thunderbird/|Icedove/|Lotus-Notes|Airmail |The Bat!|^eMClient"
        r"|eM Client/|Mailbird/|Mailspring/|Postbox[/ ]|BlueMail/",
    ),
    BotKind(
        HTTP_LIBRARY,
        r"CFNetwork/|^Dalvik/|okhttp|^Java[/\d]|Apache-HttpClient|Jakarta Commons|PycURL|libcurl"
        r"|^curl\b|Wget|python-requests|python-urllib|^Python/|aiohttp|httpx|libwww-perl|^perl"
        r"|^LWP|Go-http-client|^Go \d|GuzzleHttp|^Guzzle/|HTTP_Request2|^PHP/|^axios|node-fetch"
        r"|^node\b|undici|^got\b|^http\.rb|^Ruby\b|Faraday|Typhoeus|^Mechanize|WWW-Mechanize"
        r"|PostmanRuntime|insomnia/|^HTTPie|RestSharp|WinHTTP|^Microsoft-CryptoAPI|^Deno/|^Bun/"
        r"|^reqwest|^hyper/|^ureq|^Alamofire|^Dart/|^lua-resty|^grpc-|go-resty|Google-HTTP-Java"
        r"|Request-Promise|PowerShell/",
    ),
    # Narrower than the crawler list's own words, which also match browsers.
    BotKind("search engine", r"Sogou[\w -]*spider"),
    BotKind("SEO crawler", r"RankSonic|compatible; Sonic/|^008/|Butterfly/1\.0; \+http"),
    BotKind("feed reader", r"Fever/\d[\d.]* \(Feed"),
    BotKind("scanner", r"Expanse[, ].*Palo Alto|^Expanse\b"),
    BotKind("browser automation", r"HeadlessChrome|PhantomJS|Electron/.*Cypress"),
    BotKind(OTHER_BOT, r"BingPreview/|Google Web Preview|googleweblight|^facebookcatalog"),
)

# The crawler list finds browsers with these, as measured on 35,382 user agents of people: an
# Android build, Sogou's browser, WhatsApp and Viber in-app, Slack's desktop app (Sonic) and others;
# "MetaIAB Facebook" is the browser in Facebook's app, and Notion's desktop app has its name in it.
FALSE_CRAWLER_PATTERNS = frozenset(
    (
        *(r"AP3A\.240617\.008", "Sogou", "WhatsApp", "Sonic", "Butterfly", "Fever", r"008\/"),
        *("Viber", r"Code\/1\.", "Expanse", "Fluid", "MetaIAB Facebook", r"Notion\/"),
    )
)

# What the crawler list's tags are called in a report.
KIND_OF_TAG = {
    "ai-crawler": "AI crawler",
    "search-engine": "search engine",
    "seo": "SEO crawler",
    "monitoring": "monitoring",
    "scanner": "scanner",
    "advertising": "advertising crawler",
    "feed-reader": "feed reader",
    "archiver": "archiver",
    "academic": "research crawler",
    "http-library": HTTP_LIBRARY,
    "browser-automation": "browser automation",
    "social-preview": "social media crawler",
}

# Words that bots use of themselves; Google's programs put theirs after "like Gecko;". CUBOT is a
# maker of phones; a program of Borland's put the address of bsalsa.com into Internet Explorer's
# user agent.
BOT_WORDS = (
    r"like Gecko; |-Google/\d|Google[ _-](?:Favicon|partner)|Transcoder|mutant"
    r"|(?<!cu)bots?(?![a-z])|crawl|spider|scrap(?:er|ing|y)|slurp|fetcher|archiver|validator"
    r"|monitor(?:ing)?\b|uptime|headless|phantomjs|selenium|puppeteer|scanner|link ?check"
    r"|check_http|-probe\b|link ?preview|unfurl|feed ?(?:fetcher|parser|reader)|\bproxy\b"
    r"|https?://(?!(?:www\.)?bsalsa\.com)|[\w.+-](?:@|\(at\))[\w-]+\.[a-z]{2,}\b"
    r"|^Mozilla/\d\.\d \(compatible(?!; (?:msie|ibrowse|konqueror|amiga))[^)]*\)$"
)

# Every browser says one of these; an agent without them, such as "Hexometer", is a program.
BROWSER_WORDS = (
    r"mozilla/|opera|applewebkit|gecko|safari/|chrome/|firefox/|midp|ucweb|ucbrowser|up\.browser"
    r"|^links |^lynx|^elinks|^w3m|netsurf|^dillo|amiga|^ibrowse|^voyager|^nokia|^blackberry"
    r"|^sonyericsson|^samsung-|^docomo|^j-phone|^kddi"
)
# Nor does a browser stop here.
INCOMPLETE_AGENT = r"mozilla/\d\.\d{1,2}(?: [\w-]+| \([\w/. -]*\))?"
