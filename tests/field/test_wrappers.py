"""Share links, gateways, affiliate links, and addresses made unclickable."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import Run
from utmforge.urls.unwrap.unwrap import unwrap

TAGS = "utm_source=news&utm_medium=email&utm_campaign=spring"
PAGE = "https://shop.example/sale"
INNER = "https%3A%2F%2Fshop.example%2Fsale"

CASES = {
    # Not percent-encoded: what comes after the first & never arrives.
    f"https://wa.me/?text={PAGE}?utm_source=wa&utm_medium=message": f"{PAGE}?utm_source=wa",
    f"https://wa.me/15551234567?text=Look: {PAGE}?a=1&b=2": f"{PAGE}?a=1",
    f"https://t.me/share/url?url={PAGE}?a=1&text=Look at it": f"{PAGE}?a=1",
    f"https://www.facebook.com/sharer.php?u={PAGE}?a=1&b=2": f"{PAGE}?a=1",
    f"https://x.com/intent/tweet?text=Now {PAGE}?a=1&hashtags=b": f"{PAGE}?a=1",
    f"mailto:?subject=Hi there&body=Look {PAGE}?a=1": f"{PAGE}?a=1",
    f"https://line.me/R/share?text=Look {PAGE}": PAGE,
    # Newer Safe Links.
    f"https://outlook.office.com/mail/safelink.html?url={INNER}&corid=7": PAGE,
    f"https://outlook.office365.com/mail/safelink.html?url={INNER}%3Fa%3D1": f"{PAGE}?a=1",
    f"https://outlook.live.com/mail/0/safelink.html?url={INNER}": PAGE,
    f"https://can01.safelinks.protection.outlook.com/ap/w-59584e83/?url={INNER}&data=05": PAGE,
    f"https://gbr01.safelinks.protection.outlook.com/?url={INNER}%3Fa%3D1%26data%3D05%257C02%26sdata"
    "%3Dx%26reserved%3D0": f"{PAGE}?a=1",
    # Other gateways, and where networks and apps share links.
    f"https://atpscan.global.hornetsecurity.com/?d=a&f=b&u={INNER}": PAGE,
    f"https://url.avanan.click/v2/___{PAGE}?a=1___.YXA6": f"{PAGE}?a=1",
    f"https://protect.checkpoint.com/v2/___{PAGE}___.YXA6": PAGE,
    f"https://l.workplace.com/l.php?u={INNER}&h=1": PAGE,
    f"https://www.tiktok.com/link/v2?aid=1&scene=bio_url&target={INNER}": PAGE,
    f"https://web.whatsapp.com/send?text=Look%20{INNER}": PAGE,
    f"https://telegram.me/share/url?url={INNER}": PAGE,
    f"https://www.linkedin.com/shareArticle?mini=true&url={INNER}": PAGE,
    f"https://www.linkedin.com/feed/?shareActive=true&text=Look%20{INNER}": PAGE,
    f"https://www.xing.com/spi/shares/new?url={INNER}": PAGE,
    f"https://www.pinterest.com/pin/create/button/?url={INNER}&media=x": PAGE,
    f"https://www.tumblr.com/widgets/share/tool?canonicalUrl={INNER}": PAGE,
    f"https://news.ycombinator.com/submitlink?u={INNER}&t=Sale": PAGE,
    f"https://share.flipboard.com/bookmarklet/popout?v=2&url={INNER}": PAGE,
    # Affiliate links.
    f"https://www.awin1.com/cread.php?awinmid=7&ued={INNER}": PAGE,
    f"https://redirect.viglink.com?key=7&u={INNER}": PAGE,
    f"https://go.redirectingat.com/?id=7X8&url={INNER}": PAGE,
    f"https://click.linksynergy.com/deeplink?id=7&mid=8&murl={INNER}": PAGE,
    f"https://www.kqzyfj.com/click-7-8?url={INNER}": PAGE,
    f"https://shareasale.com/r.cfm?b=7&u=8&urllink={INNER}": PAGE,
    f"https://acme.sjv.io/c/7/8/9?u={INNER}": PAGE,
    f"https://prf.hn/click/camref:7/destination:{INNER}": PAGE,
    f"https://clk.tradedoubler.com/click?p=7&url={INNER}": PAGE,
    f"https://ad.admitad.com/g/7/?ulp={INNER}": PAGE,
    # Made unclickable.
    "hxxps://shop[.]example/sale": PAGE,
    "HXXPS://shop(.)example/sale": PAGE,
    "hxxp://shop[dot]example/sale": PAGE.replace("https", "http"),
    "hxxps[:]//shop[.]example/sale": PAGE,
    "https://shop[.]example/sale": PAGE,
    "h**ps://shop.example/sale": PAGE,
    "shop[.]example/sale": PAGE,
    "They wrote hxxps://www[.]shop[.]example/sale?a=1 yesterday": (
        "https://www.shop.example/sale?a=1"
    ),
    "<hxxps://shop{.}example/sale>": PAGE,
}  # fmt: skip


@pytest.mark.parametrize(("text", "url"), CASES.items())
def test_what_is_inside(run: Run, text: str, url: str) -> None:
    """The address that is visited, and that its end is there."""
    data = json.loads(run("explain", text, "--format", "json").stdout)["data"]

    assert data["url"] == url
    assert data["steps"]
    assert data["cut"] is None


@pytest.mark.parametrize(
    "text",
    [text for text in CASES if "hornet" in text or "avanan" in text or "shareArticle" in text],
)
def test_wrapped_pages_are_refused(run: Run, text: str) -> None:
    """`new` offers the address inside."""
    result = run("new", text, "--campaign", "spring", "--channel", "email")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.endswith(f"hint: use {CASES[text]}\n")


@pytest.mark.parametrize("text", [text for text in CASES if "awin" in text or "prf.hn" in text])
def test_affiliate_links_are_named(run: Run, text: str) -> None:
    """And a doubt where links are issued: the partner's link may be meant."""
    assert "an affiliate link of " in run("explain", text, "--format", "table").stdout
    result = run("new", text, "--campaign", "spring", "--channel", "email")
    assert result.exit_code == 0
    assert "warning: the address is an affiliate link of " in result.stderr
    joint = "&" if "?" in text else "?"
    assert (
        "UTM605 wrapped-address: the address is an affil"
        in run("lint", f"{text}{joint}{TAGS}").stdout
    )


@pytest.mark.parametrize(
    "url",
    [
        f"HTTPS://Shop.Example/sale?{TAGS}",
        f"{PAGE}?q=a[.]b&{TAGS}",
        f"{PAGE}?q=hxxps://other[.]example/&{TAGS}",
        f"{PAGE}?text=https://other.example/?a=1&{TAGS}",
        f"https://awin1.com.shop.example/?ued={INNER}&{TAGS}",
        f"https://outlook.office.com/mail/inbox?{TAGS}",
        f"{PAGE}/[a].b?{TAGS}",
    ],
)
def test_ordinary_links_stay_as_they_are(url: str) -> None:
    """No step is taken."""
    assert unwrap(url).url == url
    assert unwrap(url).steps == ()


@given(
    st.lists(st.sampled_from(["hxxps", "://", "[.]", "a", ".", "(dot)", "[:]", "/", " ", "?u="]))
)
def test_unwrapping_twice_is_unwrapping_once(pieces: list[str]) -> None:
    """Whatever the brackets."""
    once = unwrap("".join(pieces)).url

    assert unwrap(once).url == once


TYPOS = {
    f"https//shop.example/sale?{TAGS}": "https://shop.example",
    f"https;//shop.example/sale?{TAGS}": "https://shop.example",
    f"https.//shop.example/sale?{TAGS}": "https://shop.example",
    f"https,//shop.example/sale?{TAGS}": "https://shop.example",
    f"http;/shop.example/sale?{TAGS}": "http://shop.example",
    f"shop(dot)example/sale?{TAGS}": "https://shop.example",
    f"shop[.]example/sale?{TAGS}": "https://shop.example",
    f"www(dot)shop(dot)example/sale?{TAGS}": "https://www.shop.example",
}


@pytest.mark.parametrize(("url", "begin"), TYPOS.items())
def test_a_mistyped_address_in_a_list(run: Run, url: str, begin: str) -> None:
    """It is an error with its place, by every command, and `explain` reads it."""
    Path("l.txt").write_text(f"{url}\n")
    result = run("lint", "l.txt")
    assert result.exit_code == 1
    assert result.stdout.startswith("l.txt:1:1: error UTM604 not-an-address: ")
    assert f"hint: begin it with {begin}\n" in result.stdout

    words = ("--campaign", "spring", "--channel", "email")
    result = run("new", url, *words)
    assert result.exit_code == 2
    assert result.stderr.endswith(f"is not a web address\nhint: begin it with {begin}\n")
    assert run("explain", url).stdout == f"{begin}/sale?{TAGS}\n"


@pytest.mark.parametrize("scheme", ["htps", "htp", "ttps", "hhttps", "htttp", "httpss", "hptt"])
def test_a_mistyped_scheme(run: Run, scheme: str) -> None:
    """`explain` reads it, `new` refuses it."""
    meant = "https" if scheme.endswith("s") else "http"
    url = f"{scheme}://shop.example/sale?{TAGS}"
    assert run("explain", url).stdout == f"{meant}://shop.example/sale?{TAGS}\n"
    assert run("new", url, "--campaign", "spring", "--channel", "email").exit_code == 2


@pytest.mark.parametrize("url", ["ftp://shop.example/", "intent://shop.example/", "httpd://a.b/"])
def test_other_schemes_stay_what_they_are(run: Run, url: str) -> None:
    """They are not read as http."""
    assert run("explain", url).exit_code == 2
