"""Addresses that contain another: each wrapper gives it back, and none of someone else does."""

import json
from base64 import urlsafe_b64encode
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge.urls.link import Link
from utmforge.urls.unwrap.unwrap import FoundLink, unwrap
from utmforge.urls.unwrap.wrappers import WRAPPERS

LINK = "https://shop.example/a?b=1&utm_source=news#top"


CODED = quote(LINK, safe="")


B64 = urlsafe_b64encode(LINK.encode()).decode()


def _json(**values: str) -> str:
    return urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


MANDRILL = _json(s="x", v="1", p=json.dumps({"u": 1, "url": LINK, "id": "y"}))
HIDDEN = LINK.replace("https://", "").replace("#", "%23").replace("/", "%2F").replace("?", "%3F")


WRAPPED = {
    # mail gateways
    f"https://urlsand.esvalabs.com/?u={CODED}&e=ed7a&h=456&f=y&p=y": "Libraesva",
    f"https://es.sonicurlprotection-fra.com/click?PV=2&MSGID=1&B64_ENCODED_URL={B64}&HK=D": (
        "SonicWall"
    ),
    # translators and ads
    f"https://www.googleadservices.com/pagead/aclk?sa=L&ai=x&adurl={CODED}": "a Google ad",
    f"https://www.google.co.uk/aclk?sa=l&adurl={CODED}": "a Google ad",
    f"https://googleads.g.doubleclick.net/pcs/click?xai=x&adurl={CODED}": "a Google ad",
    f"https://translate.google.com/translate?sl=fr&tl=en&u={CODED}": "Google Translate",
    f"https://translate.google.de/website?sl=auto&u={CODED}": "Google Translate",
    "https://shop-example.translate.goog/a?b=1&utm_source=news&_x_tr_sl=fr&_x_tr_tl=en#top": (
        "Google Translate"
    ),
    f"https://www.translatetheweb.com/?from=de&to=en&a={CODED}": "Bing Translator",
    f"https://translate.yandex.com/translate?lang=de-en&url={CODED}": "Yandex Translate",
    # click trackers of mailers
    f"https://mandrillapp.com/track/click/15/shop.example?p={MANDRILL}": (
        "a click tracker of Mandrill"
    ),
    f"https://mandrillapp.com/track/click.php?u=3&id=5&url={CODED}&url_id=9": (
        "a click tracker of Mandrill"
    ),
    f"https://k97t.r.eu-west-1.awstrack.me/L0/https:%2F%2F{HIDDEN}/1/0102-000000/x=159": (
        "a click tracker of Amazon SES"
    ),
    f"https://click.pstmrk.it/3s/{HIDDEN}/qzFR/112tAQ/AQ/8ca0": "a click tracker of Postmark",
    f"https://click.pstmrk.it/2sm/{HIDDEN}/wmxJ/Gc9Q": "a click tracker of Postmark",
    f"https://e.customeriomail.com/e/c/{_json(email_id='a==', href=LINK)}/07115b": (
        "a click tracker of Customer.io"
    ),
    f"https://t.dripemail2.com/c/{_json(account_id='1', url=LINK)}": "a click tracker of Drip",
    f"https://t.dripemail3.com/c/eyJhIjoiYiJ9.{_json(aud='detour', url=LINK)}.c2ln": (
        "a click tracker of Drip"
    ),
    f"https://substack.com/redirect/2/{_json(e=LINK, s='1')}.sig": "a click tracker of Substack",
    f"https://fff97757.click.kit-mail3.com/27upr/owhk/{B64}": "a click tracker of Kit",
    f"https://click.convertkit-mail.com/d0uv/p8he/{B64.rstrip('=')}": "a click tracker of Kit",
    f"http://9ogu.mjt.lu/lnk/CAAA-m/2/qpmo/{B64.rstrip('=')}": "a click tracker of Mailjet",
    f"https://link.shop.example/click/123.45/{B64}/5d": "a click tracker",
    f"https://email.news.shop.example/c/{B64}": "a click tracker",
    f"https://atpscan.global.hornetsecurity.com/?d=a&f=b&u={CODED}": "Hornetsecurity",
    f"https://url.avanan.click/v2/___{LINK}___.YXA6": "Check Point",
    f"https://l.workplace.com/l.php?u={CODED}&h=1": "Workplace",
    f"https://www.tiktok.com/link/v2?aid=1&target={CODED}": "TikTok",
    f"https://www.xing.com/spi/shares/new?url={CODED}": "a XING share link",
    f"https://www.pinterest.com/pin/create/button/?url={CODED}": "a Pinterest share link",
    f"https://www.tumblr.com/widgets/share/tool?canonicalUrl={CODED}": "a Tumblr share link",
    f"https://news.ycombinator.com/submitlink?u={CODED}": "a Hacker News share link",
    f"https://share.flipboard.com/bookmarklet/popout?v=2&url={CODED}": "a Flipboard share link",
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
    f"https://www.tumblr.com/redirect?z={CODED}": "Tumblr",
    f"https://medium.com/r/?url={CODED}": "Medium",
    f"https://weibo.cn/sinaurl?u={CODED}": "Weibo",
    f"https://link.zhihu.com/?target={CODED}": "Zhihu",
    f"https://nam12.safelinks.protection.outlook.com.mcas.ms/?url={CODED}&data=x": (
        "Outlook Safe Links"
    ),
    f"https://api.whatsapp.com/send?phone=1&text=Hello+world+{CODED}": "a WhatsApp share link",
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


@pytest.mark.parametrize(
    ("url", "who"),
    [
        ("https://protect-eu.mimecast.com/s/AbC1D2?domain=shop.example", "Mimecast"),
        ("https://url.uk.m.mimecastprotect.com/s/AbC1D2", "Mimecast"),
        ("https://u123.ct.sendgrid.net/ls/click?upn=u001.x", "SendGrid"),
        ("https://url8281.shop.example/ls/click?upn=u001.x", "SendGrid"),
        ("https://link.mail.beehiiv.com/ss/c/u001.x/4a/b", "beehiiv"),
        ("https://news.shop.example/ss/c/u001.x/4a/b", "SendGrid"),
        ("https://shop.us3.list-manage.com/track/click?u=1&id=2&e=3", "Mailchimp"),
        ("https://shop.us3.list-manage1.com/track/click?u=1&id=2&e=3", "Mailchimp"),
        ("https://mandrillapp.com/track/click/1/shop.example?p=x", "Mandrill"),
        ("https://d59.na1.hubspotlinks.com/Ctc/ZT+113/c", "HubSpot"),
        ("https://info.shop.example/e3t/Ctc/LX+113/c", "HubSpot"),
        ("https://trk.klclick3.com/2/x", "Klaviyo"),
        ("https://shop.cmail19.com/t/j-l-sk-dd-j/", "Campaign Monitor"),
        ("https://tu8um.cc.rs6.net/tn.jsp?f=001x", "Constant Contact"),
        ("https://7aet5.r.a.d.sendibm1.com/mk/cl/f/sh/7n", "Brevo"),
        ("https://r.mail.shop.example/mk/cl/f/sh/7n", "Brevo"),
        ("https://click.mlsend.com/link/c/YT0x", "MailerLite"),
        ("https://clicks.aweber.com/y/ct/?l=x", "AWeber"),
        ("https://shop.acemlna.com/lt.php?s=4e&i=57", "ActiveCampaign"),
        ("https://cl.s7.exct.net/?qs=698", "Salesforce Marketing Cloud"),
        (f"https://click.shop.example/?qs={'6a' * 24}", "Salesforce Marketing Cloud"),
        ("https://shared.outlook.inky.com/link?domain=shop.example&t=h.x", "Inky"),
        ("https://shop.example/ls/click?page=2", None),
        ("https://shop.example/ss/c/shoes", None),
        ("https://shop.example/?qs=abc", None),
        ("https://sendgrid.net.shop.example/ls/click", None),
        ("https://login.list-manage.com/signup", None),
        ("https://t.co/abc", "a network's shortener"),
        ("https://bit.ly/abc", "a link shortener"),
        (LINK, None),
    ],
)
def test_what_only_others_can_open(url: str, who: str | None) -> None:
    """It stays as it is, and is said to be closed."""
    assert unwrap(url) == FoundLink(Link(url), sealed_by=who)


def test_what_is_not_utf_8_stays_encoded() -> None:
    """Unwrapping damages no byte."""
    text = "https://l.facebook.com/l.php?u=https%3A%2F%2Fx.example%2F%3Fq%3Dcaf%E9%2520b%20c"

    assert unwrap(text).url == "https://x.example/?q=caf%E9%20b%20c"


WORD = st.from_regex(r"[a-z0-9]{1,8}", fullmatch=True)


ORDINARY = st.builds(
    "https://{}.example/{}/{}?{}={}&utm_source={}&{}=caf%C3%A9#{}".format, *[WORD] * 8
)


@given(ORDINARY, st.lists(st.sampled_from(sorted(WRAPPED)), max_size=4))
def test_whatever_was_wrapped_comes_out(url: str, wrappers: list[str]) -> None:
    """In any order of wrappers that encode what they hold."""
    text = url
    used = [one for one in wrappers if CODED in one and one.startswith("https:")]
    for wrapper in used:
        text = wrapper.replace(CODED, quote(text, safe=""))

    assert unwrap(text).url == url
    assert len(unwrap(text).steps) == len(used)
