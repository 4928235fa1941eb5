"""`utmforge measure`: what came back, from a web server's log."""

from __future__ import annotations

import csv
import gzip
import json
import os
import re
import signal
import subprocess
import sys
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import EXAMPLE, ROOT, command
from tests.measure.log_lines import WHATSAPP, hit, visitors

if TYPE_CHECKING:
    from tests.conftest import Run

LOG = str(ROOT / "examples" / "access.log")
STORY = ("measure", LOG, "--file", str(EXAMPLE), "--quiet")
TAGS = "utm_source=sms&utm_medium=sms&utm_campaign=spring"
PAGE = f"/?{TAGS}"


def write(*lines: str, name: str = "access.log") -> str:
    """Write a log and return its name."""
    Path(name).write_text("".join(lines))
    return name


def data(run: Run, *words: str, stdin: str | None = None) -> dict[str, Any]:
    """Return the data of the JSON answer."""
    result = run("measure", *words, "--format", "json", stdin=stdin)
    assert result.exit_code == 0, result.stdout + result.stderr
    answer: dict[str, Any] = json.loads(result.stdout)
    found: dict[str, Any] = answer["data"]
    return found


def counts(answer: dict[str, Any], key: str) -> dict[str, int]:
    """Return the visits of the rows, by name."""
    return {row[key]: row["visits"] for row in answer["rows"]}


@pytest.fixture
def issued(run: Run) -> Run:
    """A command with one link issued: campaign spring, by sms."""
    assert run("new", "https://shop.example/", "-c", "spring", "-C", "sms").exit_code == 0
    return run


@pytest.fixture
def story(run: Run) -> Run:
    """A command with the links of the example issued."""
    assert run("build", "--file", str(EXAMPLE)).exit_code == 0
    return run


def test_the_story(story: Run) -> None:
    """Links out, visits and returns back; then what was left out, and how it was counted."""
    result = story(*STORY)

    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == STORY_TABLE
    assert max(map(len, STORY_TABLE.splitlines())) <= 80


STORY_TABLE = """\
2026-03-13 to 2026-04-02, days in Europe/Paris

  channel     previews  visits        visitors  conv.  value EUR  cost EUR   ROI
2026-spring-sale
  newsletter         0      64  ████        64      5     225.00    120.00  +88%
  whatsapp          16      48  ███         48     11     495.00         -     -
  messenger          8      26  █▋          26      4     180.00         -     -
  sms                0      21  █▎          21      2      90.00    340.50  -74%

previews by app: WhatsApp 16, Facebook or Messenger 8 (a preview shows that
someone pasted the link)

tags that no issued link has:
      13  weekly-newsletter / email / 2026-spring-slae
          campaign misspelt; nearest: 2026-spring-sale

visits without tags:
     452  search
     211  direct (deep)
      95  direct (home)
      30  messaging

private sharing (shares of all visits, about 960):
      48   5.0 %  links for whatsapp: certain
      26   2.7 %  links for messenger: certain
      21   2.2 %  links for sms: certain
      30   3.1 %  from messaging sites
      15          previews of untagged pages in WhatsApp
probable private sharing without tags, an estimate: 100 to 220 visits (10.4 % to
22.9 % of all visits)
of these, 90% on phones; of all other visits, 56% (private messages are mostly
read on phones)
pages that are shared in private (an estimate):
            20 to 80  /garden/how-to-prune-roses (few previews, no issued link)
            10 to 80  /garden/watering-cans (few previews, no issued link)
             0 to 40  /garden/soil-for-tomatoes (few previews, no issued link)
visits without tags that are not in it:
     452  came from the web
      95  began on the home page or a section: typed or bookmarked
Upper end: all untagged visits to deep pages without any sign of their origin,
less those that no browser made (100% of visitors from the web loaded pictures,
styles or scripts).
Lower end: what such visits within 24 hours after a page's preview exceed the
page's other days by (28 days of pages with a preview, 76 without), less chance
(95 % interval by days).
The range is rounded outwards to 10, so that no smaller number follows from it.
Untagged visits without a referrer to a deep page may come from private
messages; so may bookmarks, typed addresses, apps and links that lost their
tags: only the upper end has them.
Without sharing, a page would have as many such visits for each visit from the
web, or on each day, after a preview as at other times.
Messaging apps fetch a preview when a link is pasted. Where people switch
previews off, the lower end is too low.
People who come from private messages load pictures, styles and scripts as often
as those who come from the web.

what to do next:
- /garden/how-to-prune-roses is shared in private (an estimate: 20 to 80 visits)
  and no issued link leads there (1 other page like it): issue a link for it.
- 13 visits had tags that no issued link has: weekly-newsletter / email /
  2026-spring-slae (campaign misspelt; the nearest issued name is
  2026-spring-sale): correct those links.

lines: 2,381 read, 2,381 used; 1,288 are views of pages by people
     999  pictures, styles, scripts
      43  bots: search engine 42, HTTP library 1
      39  previews in messaging apps: WhatsApp 31, Facebook or Messenger 8
      12  probable mail scanners

A visit is what one visitor does until 30 minutes pass without a page, or until
a link with other tags is opened.
A visitor is one browser in one network on one day: addresses are cut to /16
(IPv4) or /32 (IPv6) before they are hashed with a random salt, so people may
count as one.
A conversion is a goal reached during a visit, once a visit; it belongs to the
tagged link that began the visit.
A preview is an app's fetch of a pasted link; repeats within 10 minutes are one.
Counts of fewer than 10 visitors are not shown.
"""


def test_the_talk_goes_to_stderr(story: Run) -> None:
    """The format that was found is said, and not part of the answer."""
    result = story(*STORY[:-1])

    assert result.stdout == STORY_TABLE
    assert result.stderr == "note: log format combined: 100% of the first lines fit\n"


def test_json(story: Run) -> None:
    """Every key that the reference promises, and numbers as whole numbers and decimal texts."""
    answer = data(story, *STORY[1:])

    assert list(answer) == [
        *("period", "files", "lines", "excluded", "views", "redirects", "rows", "preview_apps"),
        *("differences", "orphans", "orphan_visits_suppressed", "late", "untagged"),
        *("dark_social", "advice", "min_visitors", "method", "source"),
    ]
    assert answer["period"] == {
        "since": "2026-03-13",
        "until": "2026-04-02",
        "timezone": "Europe/Paris",
    }
    assert answer["lines"] == {"read": 2381, "used": 2381, "rejected": []}
    assert answer["rows"][0] == {
        "campaign": "2026-spring-sale",
        "channel": "newsletter",
        "content": None,
        "link_id": None,
        "page": None,
        "day": None,
        "previews": 0,
        "visits": 64,
        "visitors": 64,
        "conversions": 5,
        "value": "225.00",
        "cost": "120.00",
        "currency": "EUR",
        "roi": "0.8750",
        "roas": "1.8750",
        "cost_per_visit": "1.88",
        "cost_per_conversion": "24.00",
        "rate": "0.0781",
        "rate_low": None,
        "rate_high": None,
        "suppressed": False,
    }
    assert answer["orphans"] == [
        {
            "source": "weekly-newsletter",
            "medium": "email",
            "campaign": "2026-spring-slae",
            "visits": 13,
            "nearest": "2026-spring-sale",
            "why": "campaign misspelt",
        }
    ]


def test_the_reference_names_each_key_and_column(story: Run) -> None:
    """A key without a line in the reference fails."""
    page = (ROOT / "docs" / "reference" / "measure.md").read_text()
    answer = data(story, *STORY[1:])

    assert [name for name in (*answer, *answer["rows"][0]) if f"`{name}`" not in page] == []


def test_formats_for_machines_agree(story: Run) -> None:
    """The same rows as JSON, JSON lines and CSV; negative numbers are numbers in CSV, too."""
    rows = data(story, *STORY[1:])["rows"]
    lines = story(*STORY, "--format", "jsonl").stdout.splitlines()
    table = list(csv.DictReader(StringIO(story(*STORY, "--format", "csv").stdout)))

    assert [json.loads(line) for line in lines] == rows
    assert table == [
        {name: "" if value is None else str(value) for name, value in row.items()} for row in rows
    ]
    assert "-0.7357" in [row["roi"] for row in table]


def test_markdown(story: Run) -> None:
    """The columns that have something in them."""
    result = story(
        *(word for word in STORY if word not in {"-q", "--quiet"}),
        "--by",
        "content",
        "-F",
        "markdown",
    )

    assert result.stdout == (
        "| content | previews | visits | visitors | conversions | value | currency | rate "
        "| rate low | rate high |\n"
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n"
        "| - | 8 | 111 | 111 | 11 | 495.00 | EUR | 0.0991 | 0.0562 | 0.1688 |\n"
        "| story | 16 | 48 | 48 | 11 | 495.00 | EUR | 0.2292 | 0.1331 | 0.3654 |\n"
    )
    assert "some costs cannot be split so finely" in result.stderr


def test_sums_are_the_same_whatever_it_is_counted_by(story: Run) -> None:
    """Visits, conversions and previews of the rows add up to the same, pooled rows included."""
    sums = set()
    for by in ("campaign", "channel", "content", "link", "page", "day", "link,day", "day,channel"):
        rows = data(story, *STORY[1:], "--by", by)["rows"]
        sums.add(
            tuple(
                sum(row[name] or 0 for row in rows)
                for name in ("visits", "visitors", "conversions", "previews")
            )
        )

    assert sums == {(159, 159, 22, 24)}


def test_by_several_keys_in_any_order(story: Run) -> None:
    """The first key leads, letter case and repeats do not matter."""
    rows = data(story, *STORY[1:], "--by", " Channel,campaign,channel")["rows"]

    assert [(row["channel"], row["campaign"]) for row in rows] == [
        ("newsletter", "2026-spring-sale"),
        ("whatsapp", "2026-spring-sale"),
        ("messenger", "2026-spring-sale"),
        ("sms", "2026-spring-sale"),
    ]


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (
            ("--by", "chanel"),
            2,
            'error: there is nothing called "chanel" to count by\nhint: did you mean "channel"?\n',
        ),
        (
            ("--timezone", "Mars/Olympus"),
            2,
            'error: no time zone is called "Mars/Olympus"\nhint: such as Europe/Paris\n',
        ),
        (
            ("--since", "2026-03-25", "--until", "2026-03-20"),
            2,
            "error: --until 2026-03-20 is before --since 2026-03-25\n",
        ),
        (
            ("--since", "24.3.2026"),
            2,
            'error: --since "24.3.2026" is not a date\nhint: write it as 2026-03-20\n',
        ),
        (
            ("--until", "2026-02-30"),
            2,
            'error: --until "2026-02-30" is not a date\nhint: write it as 2026-03-20\n',
        ),
        (
            ("--compat", "goaccess", "--since", "2026-03-20", "--by", "day"),
            2,
            "error: --compat cannot be combined with --since, --by\n"
            "hint: --compat counts everything in the logs\n",
        ),
        (
            ("--min-visitors", "4"),
            2,
            'error: invalid value for "--min-visitors": 4 is not in the range x>=5\n'
            "hint: utmforge measure --help\n",
        ),
        (
            ("--conversions", "none.csv"),
            2,
            'error: cannot read "none.csv": no such file or directory\n',
        ),
    ],
)
def test_what_cannot_be_measured_is_one_sentence(
    run: Run, words: tuple[str, ...], status: int, said: str
) -> None:
    """The thing, and what to write instead."""
    log = write(*visitors(PAGE, 1))
    result = run("measure", log, *words)

    assert (result.exit_code, result.stdout, result.stderr) == (status, "", said)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("none.log", 'error: cannot read "none.log": no such file or directory\n'),
        ("folder", 'error: "folder" is a folder\nhint: name a file in it\n'),
        ("*.log", 'error: no file matches "*.log"\n'),
    ],
)
def test_a_log_that_is_not_there(run: Run, name: str, said: str) -> None:
    """A missing file, a folder, a pattern that finds nothing."""
    Path("folder").mkdir()
    result = run("measure", name)

    assert (result.exit_code, result.stdout, result.stderr) == (2, "", said)


def test_logs_of_every_kind_are_read_once(issued: Run) -> None:
    """A pattern, packed, from standard input, and the same file named twice."""
    lines = visitors(PAGE, 30)
    write(*lines[:10], name="access.log.1")
    write(*lines[10:20], name="access.log")
    Path("access.log.2.gz").write_bytes(gzip.compress("".join(lines[20:]).encode()))

    for words, stdin in (
        (("access.log*",), None),
        (("access.log", "access.log*", "access.log.1"), None),
        (("-",), "".join(lines)),
        (("access.log.2.gz", "-"), "".join(lines[:20])),
    ):
        answer = data(issued, *words, stdin=stdin)
        assert (answer["lines"]["read"], counts(answer, "channel")) == (30, {"sms": 30})


def test_an_empty_log_and_a_campaign_that_was_not_issued_are_said(issued: Run) -> None:
    """The answer holds zeros; the reason is said."""
    empty = issued("measure", write(), "-q")
    log = write(*visitors(PAGE, 12))
    unknown = issued("measure", log, "-q", "--campaign", "sprimg")
    later = issued("measure", log, "-q", "--since", "2027-01-01")

    assert empty.stderr == "warning: the log is empty\n"
    assert unknown.stderr == (
        'warning: no link of campaign "sprimg" was issued; did you mean "spring"?\n'
    )
    assert "no issued links to count visits by\n" in unknown.stdout
    assert later.stderr == (
        "warning: the log holds 2026-03-23 to 2026-03-23: nothing in it is in the period\n"
    )


def test_links_of_the_campaign_file_that_were_not_issued(run: Run) -> None:
    """They are not misspelt: the next step issues them, and then they are counted."""
    file = ROOT / "examples" / "campaigns.toml"
    result = run("measure", LOG, "-f", str(file), "--quiet")

    assert "      64  weekly-newsletter / email / 2026-spring-sale\n" in result.stdout
    assert result.stdout.count("          in campaigns.toml, but not issued\n") == 4
    assert (
        "- 159 visits had tags that campaigns.toml has, but whose links are not in the\n"
        "  registry, most often weekly-newsletter / email / 2026-spring-sale (64 visits):\n"
        "  issue them with utmforge build 2026-spring-sale, then measure again.\n"
        "- 13 visits had tags that no issued link has: weekly-newsletter / email /\n"
        "  2026-spring-slae (campaign misspelt;"
    ) in result.stdout

    run("build", "-f", str(file))
    assert "but not issued" not in run("measure", LOG, "-f", str(file)).stdout


def test_planned_tags_in_tables_for_machines(run: Run) -> None:
    """Rows of their own, told by a column that is only there with them."""
    file = ROOT / "examples" / "campaigns.toml"
    words = ("measure", LOG, "-f", str(file), "-q")
    rows = list(csv.DictReader(StringIO(run(*words, "-F", "csv").stdout)))
    planned = [one for one in rows if one["why"]]
    keys = ("campaign", "channel", "visits", "visitors")
    assert [tuple(one[key] for key in keys) for one in planned] == [
        ("2026-spring-sale", "newsletter", "64", ""),
        ("2026-spring-sale", "whatsapp", "48", ""),
        ("2026-spring-sale", "messenger", "26", ""),
        ("2026-spring-sale", "sms", "21", ""),
    ]  # fmt: skip
    assert {one["why"] for one in planned} == {"in campaigns.toml, but not issued"}
    lines = [json.loads(line) for line in run(*words, "-F", "jsonl").stdout.splitlines()]
    assert [one["visits"] for one in lines if one["why"]] == [64, 48, 26, 21]
    assert list(lines[0]) == list(lines[-1])
    markdown = run(*words, "-F", "markdown", "--by", "page").stdout
    assert markdown.count("| in campaigns.toml, but not issued |\n") == 4
    assert "| 2026-spring-sale | whatsapp | 48 |" in " ".join(markdown.split())
    columns = run(*words, "-F", "tsv", "--columns", "channel,visits,why").stdout.splitlines()
    assert columns[0] == "channel\tvisits\twhy"
    assert columns[-1] == "sms\t21\tin campaigns.toml, but not issued"

    run("build", "-f", str(file))
    assert "why" not in run(*words, "-F", "csv").stdout.splitlines()[0]
    assert run(*words, "-F", "csv", "--columns", "visits,why").stdout.splitlines()[1] == "64,"


@pytest.mark.parametrize("count", [2, 3, 4])
def test_the_planned_campaigns_are_named_in_the_command(run: Run, count: int) -> None:
    """Up to three, by their names in the file; with more, the command issues all."""
    names = ["one", "two words", "three", "four"][:count]
    Path("campaigns.toml").write_text(
        "".join(
            f'[campaigns."{name}"]\nlanding_page = "https://shop.example/"\nchannels = ["sms"]\n'
            for name in names
        )
    )
    page = "/?utm_source=sms&utm_medium=sms&utm_campaign="
    tags = [name.replace(" ", "-") for name in names]
    people = [visitors(page + tag, 12, first=20 * at) for at, tag in enumerate(tags)]
    log = write(*(line for some in people for line in some))
    told = " ".join(run("measure", log, "-q").stdout.split())

    shown = {2: " one 'two words'", 3: " one three 'two words'", 4: ""}[count]
    assert f"issue them with utmforge build{shown}, then measure again" in told


def test_without_links(run: Run, work: Path) -> None:
    """Nothing was issued: it is said, nothing is created, and visits have foreign tags."""
    result = run("measure", write(*visitors(PAGE, 12)), "-q")

    assert result.exit_code == 0
    assert result.stderr == (
        "warning: no links were issued yet: utmforge new and utmforge build issue them\n"
    )
    assert "      12  sms / sms / spring\n          no similar link was issued\n" in result.stdout
    assert [path.name for path in work.iterdir()] == ["access.log"]


def test_a_log_in_another_format_than_the_one_named(issued: Run) -> None:
    """The share of its first lines is the true one, and the reason for the zeros is said."""
    log = write(*visitors(PAGE, 12))
    layout = '$msec|$remote_addr|"$request"'
    result = issued("measure", log, "--log-format", layout)
    half = write(*visitors(PAGE, 12), *["203.0.113.7|1|GET /\n"] * 12, name="half.log")

    assert "note: log format custom: 0% of the first lines fit\n" in result.stderr
    assert "warning: no line is in the log format of --log-format\n" in result.stderr
    assert issued("measure", half, "--log-format", "combined").stderr.startswith(
        "note: log format combined: 50% of the first lines fit\n"
    )


def test_a_log_that_is_not_a_log(run: Run) -> None:
    """No format is named as near where none reads a line."""
    result = run("measure", write("junk\n" * 20))

    assert (result.exit_code, result.stdout) == (42, "")
    assert result.stderr == (
        'error: the lines of "access.log" are not in a known log format\n'
        "hint: name its format with --log-format, or write the format string of nginx or Apache\n"
    )


def test_a_format_without_a_status_counts_all_pages(issued: Run) -> None:
    """Nobody knows which of them failed."""
    lines = [line.replace('" 200 512 "', '" "') for line in visitors(PAGE, 12)]
    layout = '$remote_addr - - [$time_local] "$request" "$http_referer" "$http_user_agent"'

    assert counts(data(issued, write(*lines), "--log-format", layout), "channel") == {"sms": 12}


def test_without_goals_it_is_said_that_no_conversion_can_be_counted(issued: Run) -> None:
    """A column of zeros does not say that nobody bought anything."""
    log = write(*visitors(PAGE, 12))
    Path("orders.csv").write_text("campaign\nspring\n")
    said = "note: no goals are set in campaigns.toml, so conversions were not counted\n"

    assert said in issued("measure", log).stderr
    assert said not in issued("measure", log, "--conversions", "orders.csv").stderr


def test_conversions_that_nothing_counted_are_unknown(issued: Run) -> None:
    """Null, an empty cell and a dash, not 0; a cost per visit is known anyway."""
    campaigns = (
        '[workspace]\nown_domains = ["shop.example"]\ncurrency = "EUR"\n[campaigns.spring]\n'
        'landing_page = "https://shop.example/"\nchannels = ["sms", "email"]\n'
        "costs = { sms = 24 }\n"
    )
    Path("campaigns.toml").write_text(campaigns)
    assert issued("build").exit_code == 0
    email = "/?utm_source=newsletter&utm_medium=email&utm_campaign=spring"
    log = write(*visitors(PAGE, 12), *visitors(email, 11, first=50))
    for by in ("campaign,channel", "channel", "campaign", "day", "link", "content"):
        found = data(issued, log, "--by", by)
        assert [row["conversions"] for row in found["rows"]] == [None] * len(found["rows"]), by
        for row in found["rows"]:
            names = ("value", "rate", "rate_low", "rate_high", "roi", "roas", "cost_per_conversion")
            assert [row[name] for name in names] == [None] * len(names)
        assert found["differences"] == []
    sms = next(row for row in data(issued, log)["rows"] if row["channel"] == "sms")
    assert (sms["visits"], sms["cost"], sms["cost_per_visit"]) == (12, "24.00", "2.00")

    table = issued("measure", log).stdout
    assert re.search(r"sms +0 +12 .*12 +- +24\.00$", table, re.MULTILINE), table
    records = list(csv.DictReader(StringIO(issued("measure", log, "-F", "csv").stdout)))
    assert {row["conversions"] for row in records} == {""}
    assert "| conversions |" not in issued("measure", log, "-F", "markdown").stdout

    Path("orders.csv").write_text("campaign\nautumn\n")  # counted, and there are none
    measured = data(issued, log, "--conversions", "orders.csv")["rows"][0]
    assert (measured["conversions"], measured["rate"]) == (0, "0.0000")


def test_a_server_that_a_file_names_is_not_asked(run: Run) -> None:
    """A campaigns.toml of someone else cannot make utmforge talk to a server."""
    Path("campaigns.toml").write_text('[workspace]\nregistry = "postgresql://evil.example/db"\n')
    result = run("measure", write(*visitors(PAGE, 12)), "-q")

    assert result.exit_code == 0
    assert "warning: visits were not matched with issued links: " in result.stderr


def test_days_are_those_of_the_time_zone(issued: Run) -> None:
    """23:30 UTC is the next day in the east, also across the night when the clocks change."""
    times = [
        datetime(2026, 3, 28, 22, 59, tzinfo=UTC),  # 23:59 on the 28th, UTC+1
        datetime(2026, 3, 28, 23, 0, tzinfo=UTC),  # 0:00 on the 29th
        datetime(2026, 3, 29, 21, 59, tzinfo=UTC),  # 23:59 on the 29th, UTC+2: 23 hours later
        datetime(2026, 3, 29, 22, 0, tzinfo=UTC),  # 0:00 on the 30th
    ]
    log = write(*(hit(PAGE, who=who, start=start) for start in times for who in range(5)))
    words = (log, "--by", "day", "--min-visitors", "5", "--timezone", "Europe/Paris")

    assert counts(data(issued, *words), "day") == {
        "2026-03-28": 5,
        "2026-03-29": 10,
        "2026-03-30": 5,
    }
    only = data(issued, *words, "--since", "2026-03-29", "--until", "2026-03-29")
    assert counts(only, "day") == {"2026-03-29": 10}
    assert [one for one in only["excluded"] if one["kind"] == "outside"] == [
        {"kind": "outside", "reason": None, "hits": 10}
    ]
    assert only["period"] == {
        "since": "2026-03-29",
        "until": "2026-03-29",
        "timezone": "Europe/Paris",
    }


def test_a_period_without_an_end(issued: Run) -> None:
    """The first and the last day of the calendar mean from the beginning and to the end."""
    log = write(*visitors(PAGE, 12))
    answer = data(issued, log, "--since", "0001-01-01", "--until", "9999-12-31")

    assert counts(answer, "channel") == {"sms": 12}


def test_only_one_campaign(run: Run) -> None:
    """Rows and late visits are those of the campaign."""
    for name in ("spring", "autumn"):
        assert run("new", "https://shop.example/", "-c", name, "-C", "sms").exit_code == 0
    autumn = PAGE.replace("spring", "autumn")
    log = write(*visitors(PAGE, 12), *visitors(autumn, 11, first=20))

    assert counts(data(run, log), "campaign") == {"spring": 12, "autumn": 11}
    assert counts(data(run, log, "--campaign", "autumn"), "campaign") == {"autumn": 11}


def test_two_halves_are_the_whole(story: Run) -> None:
    """A log split at midnight: what two measurements count adds up to what one counts."""
    lines = Path(LOG).read_text().splitlines(keepends=True)
    first = [line for line in lines if "[20/Mar" in line or "[21/Mar" in line]
    second = [line for line in lines if line not in set(first)]
    names = (write(*first, name="1.log"), write(*second, name="2.log"))
    words = ("--file", str(EXAMPLE), "--timezone", "UTC", "--by", "campaign")
    whole, *halves = [data(story, name, *words) for name in (LOG, *names)]

    for key in ("previews", "visits", "visitors", "conversions"):
        assert sum(half["rows"][0][key] for half in halves) == whole["rows"][0][key], key
    assert sum(half["views"] for half in halves) == whole["views"]


def test_without_duckdb(issued: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence and the line that installs it."""
    for name in [name for name in sys.modules if name.startswith("utmforge.measure")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "duckdb", None)
    result = issued("measure", write(*visitors(PAGE, 12)))

    assert (result.exit_code, result.stdout) == (44, "")
    assert result.stderr == (
        "error: utmforge measure needs duckdb\nhint: pip install 'utmforge[measure]'\n"
    )


@pytest.mark.skipif(os.name != "posix", reason="pipes of POSIX systems")
@pytest.mark.usefixtures("story")
def test_a_reader_that_leaves_early() -> None:
    """`| head -1` gets a line and no complaint."""
    words = " ".join([sys.executable, "-m", "utmforge", *STORY])
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", f"{words} | head -1"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.stdout, done.stderr) == ("2026-03-13 to 2026-04-02, days in Europe/Paris\n", "")


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX systems")
@pytest.mark.usefixtures("issued")
def test_ctrl_c() -> None:
    """It ends at once while it waits for a log, and without a traceback."""
    with subprocess.Popen(
        command("measure", "-"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin
        # More than a pipe holds: when it is written, the command is reading.
        process.stdin.write("".join(visitors(PAGE, 2000)))
        process.stdin.flush()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)

    assert (process.returncode, out) == (130, "")
    assert "Traceback" not in err


HOSTILE = [
    "\\x1b[31mred\\x07",
    "[bold]markup[/bold]",
    "<script>alert(1)</script>",
    "=HYPERLINK(1)",
    "a|b*c",
    "\u202enimda\u200b",
]
"""As servers write them into a log: the first with escapes, the others as they came."""


def test_text_of_a_log_is_shown_as_text(run: Run) -> None:
    """Escapes, markup, HTML, formulas and letters that turn the line are never obeyed."""
    assert run("new", "https://shop.example/", "-c", "spring", "-C", "sms").exit_code == 0
    lines = []
    for at, text in enumerate(HOSTILE):
        tags = f"/?utm_source=sms&utm_medium=sms&utm_campaign=spring&utm_content={text}"
        foreign = f"/{text}?utm_source={text}&utm_medium={text}&utm_campaign={text}"
        lines += visitors(tags.replace(" ", "+"), 12, first=100 * at, referrer=text)
        lines += visitors(foreign.replace(" ", "+"), 12, first=100 * at + 50, referrer=text)
        lines += [hit(f"/{text}", agent=text, who=at, method="P\x1b[31mT")]
    log = write(*lines)
    for fmt in ("table", "json", "jsonl", "csv", "markdown"):
        result = run("measure", log, "--by", "content,page", "--format", fmt)
        assert result.exit_code == 0
        shown = result.stdout + result.stderr
        assert not set("\x1b\x07\u202e\u200b") & set(shown), fmt
        if fmt == "csv":
            cells = [cell for row in csv.reader(StringIO(result.stdout)) for cell in row]
            assert "'=HYPERLINK(1)" in cells
            assert not [cell for cell in cells if cell[:1] in set("=+@")]
        if fmt == "markdown":
            assert "<script>" not in result.stdout
            assert r"a\|b\*c" in result.stdout
        if fmt == "table":
            assert "[bold]markup[/bold]" in result.stdout
            assert "<script>alert(1)</script>" in result.stdout


def test_text_of_a_conversions_file_is_shown_as_text(issued: Run) -> None:
    """Rows that are left out are told with their line; nothing in them is obeyed."""
    Path("orders.csv").write_text(
        "campaign,value,currency\nspring,49.00,EUR\n\x1b[31mx,1,EUR\n[bold]y,2,EUR\nspring,z\u202e,EUR\n"
    )
    result = issued("measure", write(*visitors(PAGE, 12)), "-q", "--conversions", "orders.csv")

    assert result.stderr == (
        'warning: conversions, line 3: not counted: no link of campaign "\\x1b[31mx" was issued\n'
        'warning: conversions, line 4: not counted: no link of campaign "[bold]y" was issued\n'
        'warning: conversions, line 5: not counted: "z\\u202e" is not an amount of money\n'
    )


def test_nothing_of_few_visitors_is_shown(run: Run) -> None:
    """Rows, foreign tags, late visits and visits without tags of under ten people."""
    for content in ("a", "b", "c", "d"):
        issue = ("--content", content, "-c", "spring", "-C", "sms")
        assert run("new", "https://shop.example/", *issue).exit_code == 0
    lines = []
    for at, (content, number) in enumerate([("a", 3), ("b", 16), ("c", 40)]):
        lines += visitors(f"{PAGE}&utm_content={content}", number, first=100 * at)
    lines += visitors(PAGE.replace("spring", "other"), 7, first=400)
    lines += visitors("/about/us", 6, first=500, referrer="https://www.google.com/")
    log = write(*lines)
    answer = data(run, log, "--by", "content")

    assert [(row["content"], row["visitors"], row["suppressed"]) for row in answer["rows"]] == [
        ("c", 40, False),
        ("d", 0, False),
        (None, 19, True),
    ]
    assert (answer["orphans"], answer["orphan_visits_suppressed"]) == ([], None)
    assert answer["untagged"] == [
        {"origin": "others of few visitors", "detail": None, "visits": None}
    ]
    for fmt in ("table", "jsonl", "csv", "markdown"):
        shown = run("measure", log, "--by", "content", "--format", fmt).stdout
        words = shown.replace("|", " ").replace(",", " ").replace(":", " ").split()
        assert not {"3", "7", "6", "16"} & set(words), fmt


def test_late_visits_of_a_retired_link(issued: Run) -> None:
    """They are told where the rest of the row is not few people."""
    link = issued("list", "--format", "json").stdout
    name = json.loads(link)["data"][0]["id"]
    assert issued("retire", name, "--reason", "over").exit_code == 0
    now = datetime.now(UTC)
    old = visitors(PAGE, 20)
    late = [hit(PAGE, who=who, start=now, after=60) for who in range(30, 42)]
    whole = data(issued, write(*old, *late))
    few = data(issued, write(*old[:4], *late))

    assert [(one["link_id"], one["visits"]) for one in whole["late"]] == [(name, 12)]
    assert [(one["link_id"], one["visits"]) for one in few["late"]] == [(name, None)]
    assert (
        f"spring: visits after link {name} was retired on"
        in issued("measure", write(*old[:4], *late)).stdout
    )


def test_previews_visits_conversions(run: Run) -> None:
    """The funnel; a rate has its range from ten conversions on, and contents are compared."""
    Path("campaigns.toml").write_text(
        '[workspace]\ncurrency = "EUR"\n[goals.order]\npath = "/thanks*"\nvalue = 10.50\n'
    )
    lines = []
    for at, (content, orders) in enumerate([("red", 30), ("blue", 10), ("green", 2)]):
        words = ("--content", content, "-c", "spring", "-C", "sms")
        assert run("new", "https://shop.example/", *words).exit_code == 0
        page = f"{PAGE}&utm_content={content}"
        lines += visitors(page, 50, first=100 * at)
        lines += visitors("/thanks/42", orders, first=100 * at)
        lines += [hit(page, agent=WHATSAPP, network=f"20.{n}") for n in range(at)]
    answer = data(run, write(*lines), "--by", "content")

    assert [
        tuple(row[name] for name in ("content", "previews", "conversions", "value", "rate_low"))
        for row in answer["rows"]
    ] == [
        ("blue", 1, 10, "105.00", "0.1124"),
        ("green", 2, 2, "21.00", None),
        ("red", 0, 30, "315.00", "0.4618"),
    ]
    assert [
        (one["first"], one["second"], one["beyond_chance"]) for one in answer["differences"]
    ] == [
        ("red", "blue", True),
        ("red", "green", None),
    ]
    table = run("measure", "access.log", "--by", "content", "-q").stdout
    assert (
        '"red" and "blue": conversion rates differ by +40.0 points (+21.0 to +55.2): more\n'
        "than chance\n"
    ) in table
    assert '"red" and "green": too few conversions to say which converts better\n' in table
