"""`utmforge measure`: private sharing, certain, pointed to and probable; what to do next."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from private_sharing import SETTINGS, draw, log_lines, path_of
from tests.conftest import ROOT
from tests.measure.log_lines import BROWSER, START, WHATSAPP, hit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tests.conftest import Run

DEEP = "/guide/how-to-prune-old-climbing-roses"
OTHER = "/guide/how-to-store-dahlias-in-winter"
GOOGLE = "https://www.google.com/"
MESSENGER = BROWSER + " [FBAN/MessengerForiOS;FBAV/400.0.0]"
INSTAGRAM = BROWSER + " Instagram 300.1.0.2"


def data(run: Run, *words: str) -> dict[str, Any]:
    """Return the data of the JSON answer."""
    result = run("measure", *words, "--format", "json")
    assert result.exit_code == 0, result.stdout + result.stderr
    found: dict[str, Any] = json.loads(result.stdout)["data"]
    return found


def dark(run: Run, *words: str) -> dict[str, Any]:
    """Return what is said of private sharing."""
    found: dict[str, Any] = data(run, *words)["dark_social"]
    return found


def write(lines: Iterable[str], name: str = "access.log") -> str:
    """Write a log and return its name."""
    Path(name).write_text("".join(lines))
    return name


def came(
    target: str, number: int, days: int, referrer: str = "-", agent: str = BROWSER
) -> Iterator[str]:
    """Yield so many visits on each day, each with a style; no two by one browser."""
    salt = sum(map(ord, f"{target}{referrer}{agent}")) * 1_000
    for day in range(days):
        for each in range(number):
            browser = agent.format(salt + day * 100 + each)
            start, after = START + timedelta(days=day), 60 * each
            yield hit(target, after=after, start=start, referrer=referrer, agent=browser)
            yield hit(
                "/style.css",
                after=after + 1,
                start=start,
                referrer=f"https://shop.example{DEEP}",
                agent=browser,
            )


def month(days: int = 20) -> list[str]:
    """Return a log in which the range can be estimated, with candidates on one page."""
    return [*came(DEEP, 4, days), *came(DEEP, 10, days, GOOGLE), *came(OTHER, 10, days, GOOGLE)]


def pasted(target: str, number: int, agent: str = WHATSAPP) -> list[str]:
    """Return previews, each an hour after the one before."""
    return [hit(target, after=3_600 * at, agent=agent) for at in range(number)]


@pytest.fixture
def small_site() -> str:
    """A small site's log, with previews, in the working folder."""
    setting = SETTINGS[0]._replace(days=20, known=120, pages=12, shares=4)
    return write(log_lines(draw(setting, 1), 1), "site.log")


def test_the_range_is_said_as_an_estimate(run: Run, small_site: str) -> None:
    """A range with its share, its method and its assumptions; never one number; 80 columns."""
    result = run("measure", small_site, "--quiet")
    found = dark(run, small_site)

    assert found["cannot"] == []
    assert 0 < found["low"] < found["high"]
    text = " ".join(result.stdout.split())
    assert (
        f"probable private sharing without tags, an estimate: {found['low']:,} to "
        f"{found['high']:,} visits ({float(found['share_low']) * 100:.1f} % to "
        f"{float(found['share_high']) * 100:.1f} % of all visits)"
    ) in text
    for sentence in (*found["method"], *found["assumptions"]):
        assert sentence["sentence"] in text
    assert max(map(len, result.stdout.splitlines())) <= 80


def test_what_follows_from_the_pages(run: Run, small_site: str) -> None:
    """Pages that are shared, and the advice to issue a link for the first of them."""
    answer = data(run, small_site)
    pages = answer["dark_social"]["pages"]
    first = pages[0]

    assert first["low"] > 0
    assert not first["has_link"]
    (advice,) = [one for one in answer["advice"] if one["kind"] == "link-for-shared-page"]
    assert advice["figures"]["page"] == first["page"]
    assert f"{first['low']:,} to {first['high']:,} visits" in advice["sentence"]


def test_a_page_with_a_link_needs_none(run: Run, small_site: str) -> None:
    """Once a link is issued for each page, there is no such advice."""
    for page in range(12):
        run(
            *("new", f"https://garden.example{path_of(page)}"),
            *("--channel", "whatsapp", "--campaign", "roses"),
        )
    answer = data(run, small_site)

    assert all(page["has_link"] for page in answer["dark_social"]["pages"])
    assert "link-for-shared-page" not in [one["kind"] for one in answer["advice"]]


def test_every_number_is_rounded_outwards(run: Run, small_site: str) -> None:
    """To `--min-visitors`, so that nothing smaller follows from a difference."""
    for step in (10, 7):
        found = dark(run, small_site, "--min-visitors", str(step))
        numbers = [found["visits"], found["low"], found["high"]]
        numbers += [page[end] for page in found["pages"] for end in ("low", "high")]

        assert {number % step for number in numbers} == {0}


def test_the_log_as_json_lines_or_combined(run: Run, small_site: str) -> None:
    """The same site in another format has the same range."""
    combined = dark(run, small_site)
    lines = []
    for line in Path(small_site).read_text().splitlines():
        _, request, numbers, referrer, _, agent, _ = line.split('"')
        head = line.partition(" ")[0]
        time = line.partition("[")[2].partition("]")[0]
        record = {
            "remote_addr": head,
            "time_local": time,
            "request": request,
            "status": int(numbers.split()[0]),
            "http_referer": referrer,
            "http_user_agent": agent,
        }
        lines.append(json.dumps(record) + "\n")

    assert dark(run, write(lines, "site.json")) == combined


CANNOT: dict[str, tuple[Callable[[], list[str]], str, str]] = {
    "few-days": (
        lambda: month(13),
        "few-days",
        "the log has visits on 13 of the 14 days that a comparison needs",
    ),
    "no-referrers": (
        lambda: [re.sub('"https://[^"]*"', '"-"', line) for line in month()],
        "no-referrers",
        "the log has no referrers: visits from the web and others look the same",
    ),
    "no-assets": (
        lambda: [line for line in month() if "style.css" not in line],
        "no-assets",
        "0% of the visitors from the web loaded pictures, styles or scripts",
    ),
    "few-quiet-page-days": (
        lambda: [*came(DEEP, 4, 20), *came(DEEP, 10, 20, GOOGLE)],
        "few-quiet-page-days",
        "20 days of pages have visits and no preview, of the 30 that a comparison needs",
    ),
    "few-visitors": (
        lambda: [*came(DEEP, 9, 1), *came(DEEP, 10, 20, GOOGLE), *came(OTHER, 10, 20, GOOGLE)],
        "few-visitors",
        "fewer than 10 visitors are counted",
    ),
}


@pytest.mark.parametrize("name", CANNOT)
def test_why_it_cannot_be_estimated(run: Run, name: str) -> None:
    """No number, and the reason, in the answer for people and in JSON."""
    lines, kind, said = CANNOT[name]
    log = write(sorted(lines(), key=lambda line: line.partition("[")[2]))
    found = dark(run, log)
    shown = " ".join(run("measure", log, "--quiet").stdout.split())

    assert kind in [one["kind"] for one in found["cannot"]]
    assert (found["low"], found["high"], found["share_low"], found["share_high"]) == (None,) * 4
    assert (found["pages"], found["calibration"]) == ([], [])
    assert f"cannot be estimated: - {said}" in shown


def test_a_log_in_the_common_format(run: Run) -> None:
    """Neither referrers nor user agents: everything looks the same."""
    lines = [line.rpartition(' "')[0].rpartition(' "')[0] + "\n" for line in month()]
    found = dark(run, write(lines))

    assert [one["kind"] for one in found["cannot"]] == ["no-user-agents"]


def test_one_of_two_logs_without_referrers(run: Run) -> None:
    """Its visits all look like private ones."""
    write(month(), "one.log")
    other = [line.rpartition(' "')[0].rpartition(' "')[0] + "\n" for line in month()]
    write(other, "two.log")
    found = dark(run, "one.log", "two.log")

    assert [one["kind"] for one in found["cannot"]] == ["no-referrers"]


def test_an_empty_log_has_nothing_to_say(run: Run) -> None:
    """No visits, no paragraph."""
    Path("empty.log").touch()
    result = run("measure", "empty.log", "--quiet")

    assert "private" not in result.stdout
    assert data(run, "empty.log")["dark_social"] is None


def test_without_previews_the_range_begins_at_zero(run: Run) -> None:
    """All candidates are in it, less those that no browser made."""
    programs = [
        hit(DEEP, start=START + timedelta(days=day), agent=BROWSER.format(f"1{day}"))
        for day in range(20)
    ]
    found = dark(run, write([*month(), *programs]))

    assert (found["cannot"], found["low"]) == ([], 0)
    assert 80 <= found["high"] <= 90
    assert {"kind": "no browser", "visits": 20} in found["left_out"]


def test_sec_fetch_site_tells_candidates_apart(run: Run) -> None:
    """Of visits without a referrer, those of the own site and of other web pages are left out."""
    layout = (
        '$remote_addr - - [$time_local] "$request" $status $body_bytes_sent "$http_referer" '
        '"$http_user_agent" "$http_sec_fetch_site"'
    )
    lines = []
    for at, line in enumerate(month()):
        site = ("none", "none", "cross-site", "cross-site", "same-origin", "same-site", "-", "-")
        lines.append(line.rstrip("\n") + f' "{site[at % 8]}"\n')
    log = write(lines)
    found = dark(run, log, "--log-format", layout)

    left_out = {one["kind"]: one["visits"] for one in found["left_out"]}
    assert left_out["cross-site"] == 20
    assert left_out["own page"] == 20
    assert found["high"] == 40  # 20 of `none`, 20 that do not tell
    assert "cross-site" in [one["kind"] for one in found["assumptions"]]


def test_measured_and_evidence(run: Run) -> None:
    """Links for private channels are certain; apps, webmail and previews are evidence."""
    whatsapp = "utm_source=whatsapp&utm_medium=message&utm_campaign=roses"
    poster = "utm_source=qr&utm_medium=qr&utm_campaign=roses"
    for channel in ("whatsapp", "qr"):
        run("new", f"https://shop.example{DEEP}", "--channel", channel, "--campaign", "roses")
    log = write(
        [
            *month(),
            *came(f"{DEEP}?{whatsapp}", 2, 20),
            *came(f"{DEEP}?{poster}", 1, 20),
            *came(DEEP, 1, 20, agent=MESSENGER),
            *came(OTHER, 1, 20, agent=INSTAGRAM),
            *came(DEEP, 1, 15, "https://mail.google.com/"),
            *came(OTHER, 1, 5, "https://web.whatsapp.com/"),
            *pasted(DEEP, 12),
            *pasted(f"{DEEP}?{whatsapp}", 15),
            *pasted(OTHER, 3, "TelegramBot (like TwitterBot)"),
        ]
    )
    found = dark(run, log)

    assert found["measured"] == [{"channel": "whatsapp", "visits": 40, "share": "0.0667"}]
    assert [
        (one["kind"], one["detail"], one["visits"], one["previews"], one["is_mixed"])
        for one in found["evidence"]
    ] == [
        ("in-app browser", "Instagram", 20, None, True),
        ("in-app browser", "Messenger", 20, None, False),
        ("private referrer", "email", 15, None, False),
        ("preview", "WhatsApp", None, 12, False),
        ("preview", None, None, None, False),
    ]
    (calibration,) = found["calibration"]
    assert (calibration["page"], calibration["tagged"], calibration["low"]) == (DEEP, 40, 0)
    assert calibration["high"] in {80, 90}
    assert calibration["tagged_share_high"] == "1.0000"


def test_private_data_in_a_page_is_not_shown(run: Run) -> None:
    """A page's path may have an address in it."""
    page = "/invite/for/jane.doe@mail.example/to-the-garden-party"
    log = write([*month(), *came(page, 3, 20), *came(page, 3, 20, GOOGLE), *pasted(page, 12)])
    result = run("measure", log, "--format", "json")

    assert json.loads(result.stdout)["data"]["dark_social"]["pages"]
    assert "jane" not in result.stdout + run("measure", log).stdout


@pytest.mark.parametrize("by", ["campaign,channel", "campaign", "link", "page", "day", "content"])
def test_no_small_channel_follows(run: Run, by: str) -> None:
    """Of 40 visits by WhatsApp, 6 by SMS and 13 by Signal, the 6 are in no sum that is shown."""
    lines = month()
    for channel, medium, visitors in (
        ("whatsapp", "message", 40),
        ("sms", "sms", 6),
        ("signal", "social", 13),
    ):
        run("new", f"https://shop.example{DEEP}", "--channel", channel, "--campaign", "roses")
        tags = f"utm_source={channel}&utm_medium={medium}&utm_campaign=roses"
        lines += came(f"{DEEP}?{tags}", visitors, 1)
    answer = data(run, write(lines), "--by", by)
    measured = {one["channel"]: one["visits"] for one in answer["dark_social"]["measured"]}
    rows = sum(row["visits"] or 0 for row in answer["rows"])

    assert measured["whatsapp"] == 40
    assert set(measured) == {"whatsapp", None}
    assert measured[None] == (None if "link" in by or "channel" in by else 19)
    assert rows == 59


ADVICE_TAGS = "utm_source={0}&utm_medium={1}&utm_campaign=spring"
CAMPAIGN = """
[campaigns.spring]
landing_page = "https://shop.example/spring"
channels = ["email", "sms", "whatsapp"]

[campaigns.spring.costs]
email = {email}
sms = 900

[goals.order]
path = "/thank-you"
"""


def shop(run: Run, email: int, orders: int) -> str:
    """Issue links of a campaign, and return a log with 200 visits by two of them."""
    Path("campaigns.toml").write_text(CAMPAIGN.format(email=email))
    run("build")
    lines = []
    for at, (channel, medium) in enumerate((("email", "email"), ("sms", "sms"))):
        target = f"/spring?{ADVICE_TAGS.format(channel, medium)}"
        for who in range(200):
            person = 1_000 * at + who
            lines.append(hit(target, who=person, after=60 * who))
            if who < orders:
                lines.append(hit("/thank-you", who=person, after=60 * who + 5))
    return write(lines)


def test_the_channel_whose_conversions_cost_least(run: Run) -> None:
    """With its interval and that of the next one, which part."""
    (advice, unopened) = data(run, shop(run, 100, 40))["advice"]

    assert advice == {
        "kind": "cheapest-channel",
        "sentence": "A conversion costs least in email: 2.50 (1.92 to 3.32, 40 conversions); "
        "next is sms with 22.50 (17.25 to 29.91): move budget there.",
        "figures": {
            "channel": "email",
            "cost_per_conversion": "2.50",
            "low": "1.92",
            "high": "3.32",
            "conversions": 40,
            "other_channel": "sms",
            "other_cost_per_conversion": "22.50",
            "other_low": "17.25",
            "other_high": "29.91",
            "currency": None,
        },
    }
    assert unopened["kind"] == "unopened-links"


@pytest.mark.parametrize(
    ("email", "orders"),
    [(800, 40), (100, 9)],
    ids=["the intervals overlap", "too few conversions"],
)
def test_no_channel_is_called_cheapest(run: Run, email: int, orders: int) -> None:
    """Where chance may be the reason."""
    advice = data(run, shop(run, email, orders))["advice"]

    assert [one["kind"] for one in advice] == ["unopened-links"]


MONEY = """
[workspace]
{workspace}
[campaigns.spring]
landing_page = "https://shop.example/spring"
channels = ["email", "sms"]
{campaign}
[campaigns.spring.costs]
email = 100
sms = 900
[campaigns.other]
landing_page = "https://shop.example/other"
channels = ["email"]
{other}
[goals.order]
path = "/thank-you"
"""


@pytest.mark.parametrize(
    ("workspace", "campaign", "other", "said"),
    [
        ("", "", "", "A conversion costs least in email: 2.50 (1.92"),
        ('currency = "JPY"', "", "", "A conversion costs least in email: 2 JPY (2"),
        ("", 'currency = "CHF"', "", "A conversion costs least in email: 2.50 CHF (1.92"),
        ('currency = "EUR"', "", "costs = { email = 9 }\n", "costs least in email: 2.72 EUR"),
    ],
    ids=["no currency", "no decimals", "of the campaign", "two campaigns"],
)
def test_money_in_a_sentence_has_its_currency(
    run: Run, workspace: str, campaign: str, other: str, said: str
) -> None:
    """In the terminal, as JSON and in a French page; nothing is added up across currencies."""
    log = shop(run, 100, 40)
    Path("campaigns.toml").write_text(
        MONEY.format(workspace=workspace, campaign=campaign, other=other)
    )
    (advice, *_) = data(run, log)["advice"]
    assert advice["kind"] == "cheapest-channel"
    assert said in advice["sentence"]
    french = run("measure", log, "--html", "-", "--lang", "fr").stdout
    wording = french.split("Une conversion coûte le moins dans ")[1].partition("</li>")[0]
    for word in ("null", "None", "\N{EN DASH}"):
        assert word not in advice["sentence"].replace("null", word)
        assert word not in wording
    currency = advice["figures"]["currency"]
    assert (currency or "(de") in wording


def test_a_channel_that_costs_in_two_currencies_is_not_called_cheapest(run: Run) -> None:
    """What it costs in one of them is not all that it costs."""
    log = shop(run, 100, 40)
    Path("campaigns.toml").write_text(
        MONEY.format(workspace='currency = "EUR"', campaign="", other='currency = "CHF"\n')
    )
    for by in ("channel", "campaign,channel"):
        assert data(run, log, "--by", by)["advice"][0]["kind"] == "cheapest-channel"
    text = Path("campaigns.toml").read_text()
    Path("campaigns.toml").write_text(
        text.replace('currency = "CHF"\n', 'currency = "CHF"\ncosts = { email = 900 }\n')
    )
    for by in ("channel", "campaign,channel"):
        kinds = [one["kind"] for one in data(run, log, "--by", by)["advice"]]
        assert "cheapest-channel" not in kinds


def test_links_that_were_never_opened(run: Run) -> None:
    """Of campaigns that were visited; those of others may not have been sent yet."""
    log = shop(run, 800, 0)
    run("new", "https://shop.example/", "--channel", "sms", "--campaign", "autumn")
    (advice,) = data(run, log)["advice"]

    assert advice["figures"]["unopened"] == 1
    assert advice["figures"]["issued"] == 3
    assert advice["figures"]["channel"] == "whatsapp"
    assert advice["sentence"].startswith("1 of 3 links of the visited campaigns were never opened")


def test_retired_links_need_not_be_opened(run: Run) -> None:
    """The one that was never opened is retired: there is nothing to say."""
    log = shop(run, 800, 0)
    links = json.loads(run("list", "--channel", "whatsapp", "--format", "json").stdout)
    run("retire", links["data"][0]["id"], "--reason", "not sent")

    assert data(run, log)["advice"] == []


def test_content_that_wins(run: Run) -> None:
    """Only when counted by content, and beyond chance."""
    tags = ADVICE_TAGS.format("email", "email")
    lines = []
    for at, (content, orders) in enumerate((("hero", 80), ("footer", 20))):
        run(
            *("new", "https://shop.example/spring", "--channel", "email"),
            *("--campaign", "spring", "--content", content),
        )
        for who in range(200):
            person = 1_000 * at + who
            target = f"/spring?{tags}&utm_content={content}"
            lines.append(hit(target, who=person, after=60 * who))
            if who < orders:
                lines.append(hit("/thank-you", who=person, after=60 * who + 5))
    Path("campaigns.toml").write_text('[goals.order]\npath = "/thank-you"\n')
    log = write(lines)
    (advice,) = data(run, log, "--by", "campaign,content")["advice"]

    assert data(run, log)["advice"] == []
    assert advice["kind"] == "winning-content"
    assert advice["sentence"] == (
        "hero converts better than footer in spring: by 30.0 points (21.8 to 37.7): use it instead."
    )
    assert advice["figures"]["difference"] == "0.3000"


def test_tags_that_were_lost(run: Run) -> None:
    """How many visits, the most frequent tags, and the nearest name."""
    run("new", "https://shop.example/spring", "--channel", "sms", "--campaign", "spring-sale")
    tags = "utm_source=sms&utm_medium=sms&utm_campaign=spring-slae"
    (advice,) = data(run, write(came(f"/spring?{tags}", 12, 1)))["advice"]

    assert advice["figures"] == {
        "visits": 12,
        "source": "sms",
        "medium": "sms",
        "campaign": "spring-slae",
        "most": 12,
        "why": "campaign misspelt",
        "nearest": "spring-sale",
    }
    assert "12 visits had tags that no issued link has" in advice["sentence"]


def test_every_kind_is_in_the_reference(run: Run, small_site: str) -> None:
    """Keys, sentences and reasons have a line there."""
    page = (ROOT / "docs" / "reference" / "measure.md").read_text()
    found = dark(run, small_site)
    kinds = [one["kind"] for one in (*found["method"], *found["assumptions"])]
    kinds += [kind for _, kind, _ in CANNOT.values()]

    assert [name for name in (*found, *kinds) if f"`{name}`" not in page] == []
