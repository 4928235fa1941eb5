"""A link as it was found is read as what it is; an ordinary one is left alone."""

from base64 import urlsafe_b64encode
from urllib.parse import quote

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from utmforge.urls.link import Link
from utmforge.urls.unwrap.unwrap import MAX_CHARACTERS, FoundLink, unwrap
from utmforge.urls.unwrap.wrappers import WRAPPERS

LINK = "https://shop.example/a?b=1&utm_source=news#top"
BARE = "https://shop.example/a"
CODED = quote(LINK, safe="")
B64 = urlsafe_b64encode(LINK.encode()).decode()

WRAPPED = {
    # mail gateways
    f"https://eur02.safelinks.protection.outlook.com/?url={CODED}&data=05%7C01&reserved=0": (
        "Outlook Safe Links"
    ),
    f"https://nam12.SafeLinks.protection.outlook.com/ap/w-59/?url={CODED}&data=x&reserved=0": (
        "Outlook Safe Links"
    ),
    f"https://gcc02.safelinks.protection.office365.us/?url={CODED}&data=x": "Outlook Safe Links",
    "https://statics.teams.cdn.office.net/evergreen-assets/safelinks/1/atp-safelinks.html?url="
    f"{CODED}&locale=en": ("Teams Safe Links"),
    f"https://urldefense.proofpoint.com/v1/url?u={CODED}&k=oIvRg1%2BdGAg": "Proofpoint",
    "https://urldefense.proofpoint.com/v2/url?u=https-3A__shop.example_a-3Fb-3D1-26utm-5Fsource-3D"
    "news-23top&d=DwMBaQ&c=x&e=": "Proofpoint",
    "https://urldefense.com/v3/__https://shop.example/a?b=1&utm_source=news*top__;Iw!!abc!def$": (
        "Proofpoint"
    ),
    "https://urldefense.us/v3/__https:/shop.example/a?b=1&utm_source=news*top__;Iw!!abc!def$": (
        "Proofpoint"
    ),
    f"https://linkprotect.cudasvc.com/url?a={CODED}&c=E,1,x&typo=1": "Barracuda",
    f"https://secure-web.cisco.com/1W2R4YLY2-hhGpl_6/{CODED}": "Cisco Secure Email",
    f"https://eu-central-1.protection.sophos.com/?d=shop.example&u={B64}&i=x&t=y&h=z": "Sophos",
    f"https://clicktime.symantec.com/3abc?u={CODED}": "Symantec",
    f"https://protect2.fireeye.com/v1/url?k=1&q=1&e=2&u={CODED}": "Trellix",
    f"https://imsva91-ctp.trendmicro.com/wis/clicktime/v1/query?url={CODED}&umid=1": "Trend Micro",
    f"https://deref-mail.com/mail/client/abc/dereferrer/?redirectUrl={CODED}": "mail.com",
    f"https://deref-gmx.net/mail/client/abc/dereferrer/?redirectUrl={CODED}": "GMX",
    f"https://deref-web.de/mail/client/abc/dereferrer/?redirectUrl={CODED}": "WEB.DE",
    # networks, apps, search engines
    f"https://l.facebook.com/l.php?u={CODED}&h=AT0": "Facebook",
    f"https://lm.facebook.com/l.php?u={CODED}&h=AT0": "Facebook",
    f"https://www.facebook.com/l.php?h=AT0&u={CODED}": "Facebook",
    f"https://l.instagram.com/?u={CODED}&e=AT0": "Instagram",
    f"https://l.threads.com/?u={CODED}&e=AT0": "Threads",
    f"https://l.messenger.com/l.php?u={CODED}": "Messenger",
    f"https://l.wl.co/l?u={CODED}": "WhatsApp",
    f"https://www.linkedin.com/safety/go?url={CODED}&trk=x": "LinkedIn",
    f"https://www.youtube.com/redirect?event=x&q={CODED}": "YouTube",
    f"https://t.umblr.com/redirect?z={CODED}&t=x": "Tumblr",
    f"https://out.reddit.com/t3_abc?url={CODED}&token=x": "Reddit",
    f"https://vk.com/away.php?to={CODED}&cc_key=": "VK",
    f"https://m.vk.com/away.php?to={CODED}": "VK",
    f"https://slack-redir.net/link?url={CODED}": "Slack",
    f"https://steamcommunity.com/linkfilter/?url={CODED}": "Steam",
    f"https://steamcommunity.com/linkfilter/?u={CODED}": "Steam",
    f"https://exit.sc/?url={CODED}": "SoundCloud",
    f"https://duckduckgo.com/l/?uddg={CODED}&rut=x": "DuckDuckGo",
    f"https://www.bing.com/ck/a?!&&p=x&u=a1{B64.rstrip('=')}&ntb=1": "Bing",
    f"https://www.google.com/url?q={CODED}&sa=D": "the Google redirect",
    f"https://www.google.co.uk/url?sa=t&url={CODED}&usg=x": "the Google redirect",
    "https://www.google.com/amp/s/shop.example/a?b=1&utm_source=news#top": "the Google AMP viewer",
    "https://shop-example.cdn.ampproject.org/c/s/shop.example/a?b=1&utm_source=news#top": (
        "the AMP cache"
    ),
    f"https://r.search.yahoo.com/_ylt=x;_ylu=y/RV=2/RE=1/RO=10/RU={CODED}/RK=2/RS=z-": "Yahoo",
    # share links
    f"mailto:?subject=Look&body={CODED}": "a mail link",
    f"mailto:ann@x.example?body=Look%20at%20{CODED}%0D%0ABye": "a mail link",
    f"sms:?body={CODED}": "an SMS link",
    f"sms:?&body=Look%20{CODED}": "an SMS link",
    f"sms:+33612345678&body={CODED}": "an SMS link",
    f"https://wa.me/?text=Look%3A%20{CODED}": "a WhatsApp share link",
    f"https://wa.me/33612345678?text={CODED}": "a WhatsApp share link",
    f"https://api.whatsapp.com/send?text={CODED}": "a WhatsApp share link",
    f"whatsapp://send?text={CODED}": "a WhatsApp share link",
    f"https://t.me/share/url?url={CODED}&text=Look": "a Telegram share link",
    f"tg://msg_url?url={CODED}": "a Telegram share link",
    f"https://line.me/R/share?text={CODED}": "a LINE share link",
    f"https://social-plugins.line.me/lineit/share?url={CODED}": "a LINE share link",
    f"viber://forward?text={CODED}": "a Viber share link",
    f"fb-messenger://share/?link={CODED}": "a Messenger share link",
    f"https://www.facebook.com/dialog/send?app_id=1&link={CODED}&redirect_uri=https://y.example": (
        "a Messenger share link"
    ),
    f"https://www.facebook.com/sharer/sharer.php?u={CODED}": "a Facebook share link",
    f"https://teams.microsoft.com/share?href={CODED}&msgText=x": "a Teams share link",
    f"https://www.snapchat.com/share?link={CODED}": "a Snapchat share link",
    f"https://www.threads.net/intent/post?url={CODED}": "a Threads share link",
    f"https://bsky.app/intent/compose?text=x%20{CODED}": "a Bluesky share link",
    f"https://x.com/intent/tweet?url={CODED}": "an X share link",
    f"https://vk.com/share.php?url={CODED}": "a VK share link",
    f"https://www.reddit.com/submit?url={CODED}&title=x": "a Reddit share link",
    f"https://www.linkedin.com/sharing/share-offsite/?url={CODED}": "a LinkedIn share link",
    # affiliate links
    f"https://www.awin1.com/cread.php?awinmid=1&ued={CODED}": "an affiliate link of Awin",
    f"https://redirect.viglink.com/?key=1&u={CODED}": "an affiliate link of Sovrn",
    f"https://go.skimresources.com/?id=1&url={CODED}": "an affiliate link of Skimlinks",
    f"https://click.linksynergy.com/deeplink?id=1&murl={CODED}": "an affiliate link of Rakuten",
    f"https://www.dpbolvw.net/click-1-2?url={CODED}": "an affiliate link of CJ",
    f"https://www.shareasale.com/r.cfm?b=1&urllink={CODED}": "an affiliate link of ShareASale",
    f"https://acme.pxf.io/c/1/2/3?u={CODED}": "an affiliate link of impact.com",
    f"https://prf.hn/click/camref:1/destination:{CODED}": "an affiliate link of Partnerize",
    f"https://clk.tradedoubler.com/click?p=1&url={CODED}": "an affiliate link of Tradedoubler",
    f"https://tc.tradetracker.net/?c=1&u={CODED}": "an affiliate link of TradeTracker",
    f"https://ad.admitad.com/g/1/?ulp={CODED}": "an affiliate link of Admitad",
    f"https://track.webgains.com/click.html?wgtarget={CODED}": "an affiliate link of Webgains",
    f"https://track.flexlinkspro.com/g.ashx?url={CODED}": "an affiliate link of FlexOffers",
    f"https://track.effiliation.com/servlet/effi.redir?url={CODED}": (
        "an affiliate link of Effiliation"
    ),
    f"https://rover.ebay.com/rover/1/2?mpre={CODED}": "an affiliate link of eBay",
    f"https://s.click.aliexpress.com/deep_link.htm?dl_target_url={CODED}": (
        "an affiliate link of AliExpress"
    ),
}


@pytest.mark.parametrize(("text", "name"), WRAPPED.items(), ids=lambda text: text[:40])
def test_wrappers(text: str, name: str) -> None:
    """Each gives its address back, and says what it was."""
    assert unwrap(text) == FoundLink(Link(LINK), (f"unwrapped from {name}",))


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://api.whatsapp.com/send?text=https://x.example/?utm_source=a&utm_medium=b",
         "https://x.example/?utm_source=a"),
        ("https://l.facebook.com/l.php?u=https://x.example/p?a=1&h=AT0", "https://x.example/p?a=1"),
        ("https://wa.me/?text=Look%20https://x.example/p?a=1", "https://x.example/p?a=1"),
    ],
)  # fmt: skip
def test_an_address_inside_that_was_not_encoded(text: str, url: str) -> None:
    """It keeps its own `?`; what follows an `&` is the wrapper's, and is lost on the way."""
    assert unwrap(text).url == url


def test_every_wrapper_has_a_case() -> None:
    """No row of the table is believed without one."""
    assert {wrapper.name for wrapper in WRAPPERS} == set(WRAPPED.values())


# The first: Proofpoint's own example. The others: runs and bytes.
PROOFPOINT_3 = {
    "https://urldefense.com/v3/__https://google.com:443/search?q=a*test&gs=ps__;Kw!-612Flbf0JvQ3kNJ"
    "kRi5Jg!Ue6tQudNKaShHg93trcdjqDP8se2ySE65jyCIe2K1D_uNjZ1Lnf6YLQERujngZv9UWf66ujQIQ$": (
        "https://google.com:443/search?q=a+test&gs=ps"
    ),
    "https://urldefense.com/v3/__http://x.example/?a1!b2@c3*d4$5e*6*5E7&8*9(10*7C*5C**B7D*7B__"
    ";IyUlKiUlW10lJQ!!foo!bar$": "http://x.example/?a1!b2@c3#d4$5e%6%5E7&8*9(10%7C%5C[]%7D%7B",
    "https://urldefense.com/v3/__https://x.example/**Acaf**Ax__;eHnDqQ!!a!b$": (
        "https://x.example/xycaféx"
    ),
    "https://urldefense.com/v3/__https://x.example/a__;!!a!b$": "https://x.example/a",
    # 65 bytes and 3 more: a run may end within a character
    "https://urldefense.com/v3/__https://x.example/**_**Btest__;"
    + urlsafe_b64encode("é".encode() * 34).decode().rstrip("=")
    + "!!a!b$": "https://x.example/" + "é" * 34 + "test",
}


@pytest.mark.parametrize(("text", "url"), PROOFPOINT_3.items(), ids=lambda text: text[-30:])
def test_proofpoint_3(text: str, url: str) -> None:
    """Every byte comes back to its place."""
    assert unwrap(text).url == url


@pytest.mark.parametrize(
    "text",
    [
        "https://urldefense.com/v3/__https://x.example/a*b__;!!a!b$",
        "https://urldefense.com/v3/__https://x.example/a__;YQ!!a!b$",
        "https://urldefense.com/v3/__https://x.example/a*b__;Y!!a!b$",
        "https://urldefense.com/v3/__https://x.example/a*b",
    ],
)
def test_proofpoint_3_that_does_not_fit_is_left(text: str) -> None:
    """Nothing is guessed: the bytes and their places must agree."""
    assert unwrap(text) == FoundLink(Link(text), cut="the Proofpoint address around it is cut off")


MENDED = {
    # blanks and invisible characters
    f"  {LINK}\n": "removed the spaces around it",
    f"{LINK[:12]}\u200b{LINK[12:]}": "removed an invisible character",
    f"\ufeff{LINK}\u200e": "removed 2 invisible characters",
    # mail
    "https://shop.example/a?b=3D1&utm_=\nsource=3Dnews#top": "read as quoted-printable",
    "https://shop.example/a?b=3D1&utm_source=3Dnews#top": "read as quoted-printable",
    "https://shop.example/a?b=1&\nutm_source=news#top": "joined its lines",
    "https://shop.example/a?b=1\r\n> &utm_source=news#top": "joined its lines",
    # markup
    f'<a class="x" href="{LINK}">Shop</a>': "taken out of its HTML",
    f"<a href='{LINK}'>Shop</a>": "taken out of its HTML",
    f"[Shop]({LINK})": "taken out of its Markdown",
    f'[Shop](<{LINK}> "our shop")': "taken out of its Markdown",
    f"<{LINK}|Shop>": "taken out of its brackets",
    "https://shop.example/a?b=1&amp;utm_source=news#top": "read &amp; as &",
    "https://shop.example/a?b=1&#38;utm_source=news#top": "read &#38; as &",
    "https://shop.example/a?b=1&#038;utm_source=news#top": "read &#038; as &",
    "https://shop.example/a?b=1&#x26;utm_source=news#top": "read &#x26; as &",
    "https://shop.example/a?b=1&amp%3Butm_source=news#top": "read &amp%3B as &",
    "https://shop.example/a?b&#x3D;1&utm_source=news#top": "read &#x3D; as =",
    "https://shop.example/a?amp;b=1&utm_source=news#top": "read ?amp; as ?",
    # quotes, brackets, punctuation
    f"<{LINK}>": "removed the < > around it",
    f"({LINK})": "removed the ( ) around it",
    f'"{LINK}"': 'removed the " " around it',
    f"'{LINK}'": "removed the ' ' around it",
    f"«{LINK}»": "removed the « » around it",
    f"“{LINK}”": "removed the “ ” around it",
    f"`{LINK}`": "removed the ` ` around it",
    f"*{LINK}*": "removed the * * around it",
    f"_{LINK}_.": "removed the _ _ around it",
    f"({LINK}).": "removed the ( ) around it",
    f"({LINK}": "removed the ( from its start",
    f"{LINK})": "removed the ) from its end",
    f"{LINK}).": "removed the ). from its end",
    f"{LINK},": "removed the , from its end",
    f"{LINK};": "removed the ; from its end",
    f"{LINK}:": "removed the : from its end",
    f"{LINK}!": "removed the ! from its end",
    f"{LINK}?": "removed the ? from its end",
    f"{LINK}'": "removed the ' from its end",
    f'{LINK}"': 'removed what begins with "',
    f"{LINK}»": "removed the » from its end",
    f"{LINK}”": "removed the ” from its end",
    f"{LINK}>": "removed what begins with >",
    f"{LINK}。": "removed the 。 from its end",
    # words
    f"Look: {LINK} it is new": "taken out of the words around it",
    f"Look ({LINK} ) it is new": "taken out of the words around it",
    f"{LINK} it is new": "taken out of the words around it",
    f"{LINK}<br>": "removed what begins with <",
    # encoding and schemes
    CODED: "percent-decoded once",
    LINK.replace("https:", "https:/", 1).replace("///", "/"): "read https:/ as https://",
    LINK.replace("https://", "https//"): "read https// as https://",
    LINK.replace("https://", "https:"): "read https: as https://",
    f"http://{LINK}": "removed the first http://",
    LINK.removeprefix("https://"): "added https:// before it",
    LINK.removeprefix("https:"): "added https:// before it",
}


@pytest.mark.parametrize(("text", "step"), MENDED.items(), ids=lambda text: repr(text)[:50])
def test_mends(text: str, step: str) -> None:
    """Each is one step, and said in words."""
    assert unwrap(text) == FoundLink(Link(LINK), (step,))


SEVERAL = {
    "https://shop.example/a?b=1&amp;amp;utm_source=news#top": ("read &amp; as &",) * 2,
    quote(quote(LINK, safe=""), safe=""): ("percent-decoded once",) * 2,
    f"<https://l.facebook.com/l.php?u={CODED}&amp;h=x>.": (
        "read &amp; as &",
        "removed the < > around it",
        "unwrapped from Facebook",
    ),
    "https://nam.safelinks.protection.outlook.com/?url="
    + quote(f"https://l.facebook.com/l.php?u={CODED}&h=x", safe="")
    + "&data=y&reserved=0": ("unwrapped from Outlook Safe Links", "unwrapped from Facebook"),
    f"mailto:?body=({CODED}).": ("unwrapped from a mail link", "removed the ). from its end"),
}


@pytest.mark.parametrize(("text", "steps"), SEVERAL.items(), ids=lambda text: str(text)[:40])
def test_one_in_another(text: str, steps: tuple[str, ...]) -> None:
    """Steps are listed from the outside inwards."""
    assert unwrap(text) == FoundLink(Link(LINK), steps)


LEFT = [
    *(LINK, BARE, "http://shop.example", "https://shop.example/"),
    "https://shop.example/?a=1&",
    "https://shop.example/?view=3D",
    "https://shop.example/?q=3Dprinter",
    "https://shop.example/?view=3D&q=1",
    "https://shop.example/wiki/Spring_(season)",
    "https://shop.example/?n={{ first name }}&e={{email}}",
    "https://shop.example/?n=<%= name %>&m=[[x]]",
    "https://shop.example/?n=*|FNAME|*",
    "https://shop.example/?u=https%3A%2F%2Fother.example%2F",
    "https://shop.example/?url=https://other.example/",
    "https://shop.example/?copy=1&lt=2&amp=3",
    "https://shop.example/https://other.example/",
    "https://shop.example/caf%E9?a=%2520",
    "https://例え.example/あ",
    "https://shop.example/a_",
    "https://shop.example/a-",
    "https://shop.example/?token=abc==",
    # wrappers that hold nothing, or nothing that may come out
    "https://l.facebook.com/l.php?h=x",
    "https://l.facebook.com/l.php?u=javascript%3Aalert(1)",
    "https://www.google.com/url?q=shoes",
    "https://www.google.com/search?q=https://x.example/",
    "https://l.facebook.com.evil.example/l.php?u=https://x.example/",
    "https://l.facebook.com@evil.example/l.php?u=https://x.example/",
    "https://evil.example\\@l.facebook.com/l.php?u=https://x.example/",
    "https://google.evil.example/url?q=https://x.example/",
    "https://wa.me/?text=hello",
    "https://secure-web.cisco.com/1abc/x",
    "https://eu.protection.sophos.com/?d=x&u=%21%21",
    "https://eu.protection.sophos.com/?d=x&u=_w",
    "https://www.google.com/amp/",
    "https://x.cdn.ampproject.org/i/s/x.example/a.png",
    "https://urldefense.proofpoint.com/v1/url?k=1",
    "https://urldefense.proofpoint.com/v2/url?d=1",
    # no web address at all
    *(
        "",
        " ",
        "hello",
        "hello.",
        "2026-spring-sale",
        "(a)",
        "ftp://x.example/",
        "tel:+33612345678",
    ),
    *(
        "mailto:ann@x.example",
        "sms:+33612345678",
        "tel:+33612345678",
        "https://",
        "https:// x",
        "javascript:alert(1)",
    ),
    "Two words.",
]


@pytest.mark.parametrize("text", LEFT)
def test_what_is_left_alone(text: str) -> None:
    """Ordinary links, wrappers without a link, and text that is not a link."""
    found = unwrap(text)

    assert found.url == text
    assert found.steps == ()


CUT = {
    f"{BARE}…": "it ends with …",
    f"{BARE}...": "it ends with …",
    f"({BARE}…)": "it ends with …",
    f"{BARE}?q=caf%C3": "it ends within a percent-encoded character",
    f"{BARE}?q=%": "it ends within a percent-encoded character",
    f"{BARE}?q=%2": "it ends within a percent-encoded character",
    f"{BARE}?q=%E2%82": "it ends within a percent-encoded character",
    f"{BARE}?utm_source=a&utm_campaign=": "its last tag, utm_campaign, has no value",
    f"{BARE}?utm_source=a&utm_camp": "it ends within the name of a tag, utm_camp",
    f"{BARE}?utm_source=a&utm_campaign": "it ends within the name of a tag, utm_campaign",
    f"{BARE}?utm": "it ends within the name of a tag, utm",
    f"{BARE}?n={{{{emai": "it ends within a merge tag",
    f"{BARE}?n=*|EMA": "it ends within a merge tag",
    f"https://eur02.safelinks.protection.outlook.com/?url={quote(BARE, safe='')}": (
        "the Outlook Safe Links address around it is cut off"
    ),
    f"{BARE}?q=caf%C3%A9": None,
    f"{BARE}?q=caf%E9": None,
    f"{BARE}?q=": None,
    f"{BARE}?u": None,
    f"{BARE}?n={{{{email}}}}": None,
}


@pytest.mark.parametrize(("text", "why"), CUT.items())
def test_what_seems_cut(text: str, why: str | None) -> None:
    """The reason is given, or none."""
    found = unwrap(text)

    assert found.cut == why


@pytest.mark.parametrize(
    ("url", "who"),
    [
        ("https://protect-eu.mimecast.com/s/AbC1D2?domain=shop.example", "Mimecast"),
        ("https://url.uk.m.mimecastprotect.com/s/AbC1D2", "Mimecast"),
        ("https://t.co/abc", "a network's shortener"),
        ("https://bit.ly/abc", "a link shortener"),
        (LINK, None),
    ],
)
def test_what_only_others_can_open(url: str, who: str | None) -> None:
    """It stays as it is, and is said to be closed."""
    assert unwrap(url) == FoundLink(Link(url), sealed_by=who)


def test_only_long_lines_and_lines_with_signs_are_joined() -> None:
    """A word below a link is not its end."""
    long = "https://shop.example/" + "a" * 50

    assert unwrap("https://x.example/a\nThanks").url == "https://x.example/a"
    assert unwrap(f"{long}\nbcd").url == f"{long}bcd"
    assert unwrap(f"{long}\nhttps://y.example/").url == long
    assert unwrap(f"{long}\n\nBye").url == long


def test_riddles_are_left_alone() -> None:
    """Too long, or wrapped more often than any real link."""
    long = BARE + "?a=" + "x" * MAX_CHARACTERS + "."
    amp = "https://www.google.com/amp/s/" + "www.google.com/amp/s/" * 100 + "shop.example/a"

    assert unwrap(long) == FoundLink(Link(long))
    assert unwrap(amp) == FoundLink(Link(amp))
    for text in ("(" * 30_000, "[" * 30_000, "&amp;" * 6_000, "https://" * 4_000, "=3D" * 10_000):
        unwrap(text)
    for text in ("<a " * 10_000, "[a](" * 8_000, "https://x/" + "{{" * 15_000, "%25" * 10_000):
        unwrap(text)


def test_what_is_not_utf_8_stays_encoded() -> None:
    """Unwrapping damages no byte."""
    text = "https://l.facebook.com/l.php?u=https%3A%2F%2Fx.example%2F%3Fq%3Dcaf%E9%2520b%20c"

    assert unwrap(text).url == "https://x.example/?q=caf%E9%20b%20c"


WORD = st.from_regex(r"[a-z0-9]{1,8}", fullmatch=True)
ORDINARY = st.builds(
    "https://{}.example/{}/{}?{}={}&utm_source={}&{}=caf%C3%A9#{}".format, *[WORD] * 8
)
ANY = st.text(max_size=80) | st.text("htps:/.x?&=%3DA0(){}<>[]|*'\";amp \n…", max_size=60)


@given(ORDINARY)
def test_an_ordinary_link_is_unchanged(url: str) -> None:
    """Without steps, and it seems whole."""
    assert unwrap(url) == FoundLink(Link(url))


@given(ORDINARY, st.lists(st.sampled_from(sorted(WRAPPED)), max_size=4))
def test_whatever_was_wrapped_comes_out(url: str, wrappers: list[str]) -> None:
    """In any order of wrappers that encode what they hold."""
    text = url
    used = [one for one in wrappers if CODED in one and one.startswith("https:")]
    for wrapper in used:
        text = wrapper.replace(CODED, quote(text, safe=""))

    assert unwrap(text).url == url
    assert len(unwrap(text).steps) == len(used)


@given(ANY | st.builds("https://x.example/{}".format, ANY))
def test_unwrapping_twice_is_unwrapping_once(text: str) -> None:
    """What came out is an ordinary link, or was left alone; a step means a change."""
    found = unwrap(text)
    again = unwrap(found.url)

    assert again.url == found.url
    assert again.steps == ()
    assert (found.steps == ()) == (found.url == text)


@given(ORDINARY, st.sampled_from(".,;:!?'\"»”)]"), st.integers(1, 3))
def test_what_stuck_to_the_end_goes(url: str, sign: str, count: int) -> None:
    """As often as it stuck."""
    assume(not url.endswith(sign))

    assert unwrap(url + sign * count).url == url
