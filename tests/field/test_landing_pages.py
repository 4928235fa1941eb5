"""`new`, `build`, `--from` and the library look at a landing page as closely as `lint`."""

import json
from pathlib import Path

import pytest

from tests.conftest import Run
from utmforge import Registry, Tags, UtmforgeError, issue, load_campaigns, make_link

SHOP = "https://shop.example"
GATEWAY = "https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fshop.example%2Fsale%3Fa%3D1&data=05%7C01&reserved=0"
CERTAIN = {
    # What HTML left.
    f"{SHOP}/p?size=4&amp;colour=red": f"{SHOP}/p?size=4&colour=red",
    f"{SHOP}/p?size=4&#038;colour=red": f"{SHOP}/p?size=4&colour=red",
    f"{SHOP}/p?size=4&amp;amp;colour=red#faq": f"{SHOP}/p?size=4&colour=red#faq",
    # Misspelt tags.
    f"{SHOP}/p?utm-campaign=old&size=4": f"{SHOP}/p?size=4",
    f"{SHOP}/p?utm_souce=old": f"{SHOP}/p",
    f"{SHOP}/p?um_medium=email&utm_source=a": f"{SHOP}/p",
    f"{SHOP}/p?utmContent=a": f"{SHOP}/p",
    # Tags after a wrong delimiter.
    f"{SHOP}/p&utm_source=acme": f"{SHOP}/p",
    f"{SHOP}&utm_source=acme": f"{SHOP}/",
    f"{SHOP}/p?size=4?utm_medium=edm": f"{SHOP}/p?size=4",
    f"{SHOP}/p?size=4%26utm_medium%3Dedm": f"{SHOP}/p?size=4",
    # Two schemes.
    "https://https://shop.example/p?a=1": f"{SHOP}/p?a=1",
    "https://http://shop.example/p": "http://shop.example/p",
    # Wrappers.
    GATEWAY: f"{SHOP}/sale?a=1",
    "https://urldefense.com/v3/__https://shop.example/sale__;!!x!y$": f"{SHOP}/sale",
    "https://l.instagram.com/?u=https%3A%2F%2Fshop.example%2Fsale%3Ffbclid%3Dx&e=y": f"{SHOP}/sale",
    "https://www.google.com/url?q=https%3A%2F%2Fshop.example%2Fsale&sa=D": f"{SHOP}/sale",
    "https://wa.me/?text=Look%3A%20https%3A%2F%2Fshop.example%2Fsale": f"{SHOP}/sale",
}  # fmt: skip
SEALED = {
    "https://protect-eu.mimecast.com/s/AbC1D2": "Mimecast",
    "https://u123.ct.sendgrid.net/ls/click?upn=u001.x": "SendGrid",
    "https://links.shop.example/ls/click?upn=u001.x": "SendGrid",
    "https://shop.us3.list-manage.com/track/click?u=1&id=2&e=3": "Mailchimp",
    "https://mandrillapp.com/track/click/1/shop.example?p=x": "Mandrill",
    "https://info.shop.example/e3t/Ctc/LX+113/c": "HubSpot",
    "https://shop.cmail20.com/t/j-l-sk-dd-j/": "Campaign Monitor",
    "https://r20.rs6.net/tn.jsp?f=001x": "Constant Contact",
    "https://7aet5.r.a.d.sendibm1.com/mk/cl/f/sh/7n": "Brevo",
    "https://click.mlsend.com/link/c/YT0x": "MailerLite",
    "https://go.sparkpostmail1.com/f/a/x~~/y": "SparkPost",
}
PERSONS = {
    f"{SHOP}/p?ck_subscriber_id=1234567": f"{SHOP}/p",
    f"{SHOP}/p?mc_cid=aa&MC_EID=bb&size=4": f"{SHOP}/p?size=4",
    f"{SHOP}/p?_hsenc=p2ANqtz-8&_hsmi=7": f"{SHOP}/p",
    f"{SHOP}/p?mkt_tok=ODUyLV&size=4": f"{SHOP}/p?size=4",
    f"{SHOP}/p?ml_subscriber=55": f"{SHOP}/p",
    f"{SHOP}/p?a=1&oly_enc_id=77": f"{SHOP}/p?a=1",
}
DOUBTFUL = {
    f"{SHOP}/p?msclkid=abc&size=4": "msclkid in the landing page is an id of one click by",
    f"{SHOP}/p?gclid=abc": "gclid in the landing page is an id of one click by Google",
    f"{SHOP}/p?utm_mood=abc": '"utm_mood" in the landing page is not a UTM parameter',
    "https://tinyurl.com/abcdefg": "tinyurl.com is a link shortener: it may forward without",
    "https://m.me/acme": "m.me is not a site of yours: your analytics never sees the tags",
    "https://www.tiktok.com/@acme": "tiktok.com is not a site of yours: your analytics never sees",
    "https://play.google.com/store/apps/details?id=example.app": "Google Play does not read tags",
    "https://apps.apple.com/fr/app/id42": "Apple's App Store does not read tags: it reads the",
    "https://www.federalreserve.gov/releases/": "federalreserve.gov breaks with tags",
    "https://signal.me/#p/x": "signal.me invitations stop working with tags",
    "https://sh\u043ep.example/": "the host mixes Cyrillic and Latin letters",
}


@pytest.mark.parametrize(("page", "meant"), CERTAIN.items())
def test_what_is_certain_is_refused_with_the_address_that_was_meant(
    run: Run, page: str, meant: str
) -> None:
    """By every way of issuing; nothing is in the registry afterwards."""
    result = run("new", page, "--campaign", "spring", "--channel", "email")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.endswith(f"\nhint: use {meant}\n")

    Path("pages.txt").write_text(f"{page}\n")
    result = run("new", "--from", "pages.txt", "--campaign", "spring", "--channel", "email")
    assert result.exit_code == 25
    assert result.stderr.startswith("error: pages.txt:1: ")
    assert f"use {meant}\n" in result.stderr

    Path("campaigns.toml").write_text(
        f'[campaigns.spring]\nlanding_page = "{page}"\nchannels = ["email"]\n'
    )
    for words in (("build",), ("new", "spring"), ("build", "--dry-run")):
        result = run(*words)
        assert result.exit_code == 2
        assert f"use {meant}\n" in result.stderr
    with Registry.open("other.db") as registry:
        link = make_link(page, Tags("news", "email", "spring"))
        for what in ([link], load_campaigns("campaigns.toml").campaign("spring")):
            with pytest.raises(UtmforgeError) as caught:
                issue(what, registry)
            assert caught.value.hint == f"use {meant}"
        assert issue([link], registry, allow_faulty_pages=True)[0].is_new
    assert run("list").stdout == ""


@pytest.mark.parametrize(("page", "who"), SEALED.items())
def test_sealed_click_trackers_are_refused_by_name(run: Run, page: str, who: str) -> None:
    """By every way of issuing and by `lint`: the page itself has to be asked for."""
    message = f"the address is a click tracker of {who}, which forwards without the tags"
    hint = "open it, and use the address of the page that it leads to"
    words = ("--campaign", "spring", "--channel", "email")
    result = run("new", page, *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"error: {message}\nhint: {hint}\n"

    Path("pages.txt").write_text(f"{page}\n")
    result = run("new", "--from", "pages.txt", *words)
    assert result.exit_code == 25
    assert result.stderr.startswith(f"error: pages.txt:1: {message}\nhint: {hint}\n")

    Path("campaigns.toml").write_text(
        f'[campaigns.spring]\nlanding_page = "{page}"\nchannels = ["email"]\n'
    )
    result = run("build")
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"hint: {hint}\n" in result.stderr
    with Registry.open("other.db") as registry:
        link = make_link(page, Tags("news", "email", "spring"))
        with pytest.raises(UtmforgeError, match="click tracker of"):
            issue([link], registry)
    assert f"UTM605 wrapped-address: {message}\n    hint: {hint}\n" in run("lint", link.url).stdout


@pytest.mark.parametrize(("page", "meant"), CERTAIN.items())
def test_the_address_that_was_meant_is_issued(run: Run, page: str, meant: str) -> None:
    """Without a word."""
    result = run("new", meant, "--campaign", "spring", "--channel", "email")

    assert result.exit_code == 0
    assert result.stderr == "issued 1 link for spring\n"
    assert page != meant


@pytest.mark.parametrize(("page", "meant"), PERSONS.items())
def test_one_recipient_s_id_is_refused(run: Run, page: str, meant: str) -> None:
    """Like personal data: `--allow-private` issues it."""
    words = ("--campaign", "spring", "--channel", "email")
    result = run("new", page, *words)
    assert result.exit_code == 2
    assert "id of one recipient\n" in result.stderr
    assert f"hint: use {meant}; --allow-private issues it as it is\n" in result.stderr

    assert run("new", page, *words, "--allow-private").exit_code == 0
    link = make_link(page, Tags("news", "email", "spring"))
    with Registry.open("other.db") as registry:
        with pytest.raises(UtmforgeError):
            issue([link], registry)
        assert issue([link], registry, allow_private=True)[0].is_new
    assert "UTM504" in run("lint", link.url).stdout


@pytest.mark.parametrize(("page", "message"), DOUBTFUL.items())
def test_what_is_doubtful_is_a_warning(run: Run, page: str, message: str) -> None:
    """On stderr and in JSON; the link is issued."""
    words = ("--campaign", "spring", "--channel", "email")
    result = run("new", page, *words)
    assert result.exit_code == 0
    assert result.stdout.startswith("http")
    assert f"warning: {message}" in result.stderr
    assert "\nhint: " in result.stderr

    messages = json.loads(run("new", page, *words, "--format", "json").stdout)["messages"]
    warnings = [one["message"] for one in messages if one["kind"] == "warning"]
    assert [text.startswith(message) for text in warnings] == [True]

    Path("pages.txt").write_text(f"{page}\n{page}\n{SHOP}/\n")
    result = run("new", "--from", "pages.txt", *words)
    assert result.exit_code == 0
    assert result.stderr.count(f"warning: {message}") == 1


@pytest.mark.parametrize(
    "page",
    [
        f"{SHOP}/p?ref=instagram.com&source=app",
        f"{SHOP}/p?at_medium=x&hsa_cam=7",
        f"{SHOP}/p?url=https%3A%2F%2Fother.example%2F%3Futm_source%3Dx",
        f"{SHOP}/login?next=/sale",
        f"{SHOP}/p?product_id=4&eid=7&id=9",
        f"{SHOP}/https/p?a=b;c",
        f"{SHOP}/track/click?page=2",
        f"{SHOP}/ss/c/shoes",
        f"{SHOP}/?qs=shoes",
        "https://click.shop.example/sale/aHR0-boots",
        "https://sendgrid.com/en-us/pricing",
        "https://bit.ly.shop.example/wa.me",
        "https://open.spotify.example/track/1?si=2",
        "https://developers.google.com/analytics?hl=en",
        f"{SHOP}/p?UTM_Source=replaced",
    ],
)
def test_nothing_is_said_of_ordinary_pages(run: Run, page: str) -> None:
    """They are issued, without a warning."""
    result = run("new", page, "--campaign", "spring", "--channel", "email")

    assert result.exit_code == 0
    assert "warning" not in result.stderr


def test_the_library_refuses_names_and_channels_as_the_command_does(run: Run) -> None:
    """Each with an argument for not doing so."""
    Path("campaigns.toml").write_text("[workspace]\n")
    file = load_campaigns("campaigns.toml")
    page = f"{SHOP}/"
    with Registry.open("links.db") as registry:
        issue([make_link(page, Tags("news", "email", "spring-sale"))], registry)
        near = make_link(page, Tags("news", "email", "sprng-sale"))
        with pytest.raises(UtmforgeError) as caught:
            issue([near], registry)
        assert caught.value.code == "near-name"
        assert issue([near], registry, new_names=True)[0].is_new
        unknown = make_link(f"{page}a", Tags("news", "email", "spring-sale"), channel="nope")
        with pytest.raises(UtmforgeError) as caught:
            issue([unknown], registry, file=file)
        assert caught.value.code == "unknown-channel"
        assert issue([unknown], registry)[0].is_new
    words = ("new", page, "--campaign", "sprig-sale", "--channel", "email")
    assert run(*words, "--registry", "links.db").exit_code == 2
