"""What came back, as people and programs get it."""

from __future__ import annotations

from datetime import date

import pytest

from tests.output.consoles import console
from utmforge.measure.intervals import newcombe
from utmforge.measure.money.amounts import Amount
from utmforge.measure.reading import FileFormat, LogReading, RejectedLines
from utmforge.measure.result import (
    ContentDifference,
    Excluded,
    Late,
    Measurement,
    Origin,
    Orphan,
    Row,
)
from utmforge.measure.showing import with_returns
from utmforge.output.formats import Format
from utmforge.output.measurement import say_measurement, show_measurement
from utmforge.output.measurement_records import as_json

EVIL = "\x1b[31m[b]=<i>\u202e"
SHOWN = "\\x1b[31m[b]=<i>\\u202e"
READING = LogReading(
    lines_read=100,
    lines_used=98,
    rejected=(RejectedLines("no time", 2, (f"*.*.*.* {EVIL}",)),),
    formats=(
        FileFormat("a.log", "combined", 0.9, False),
        FileFormat("b.log", "combined", 1.0, False),
    ),
    first_ts=0,
    last_ts=1,
    has_referrer=True,
    has_user_agent=True,
)
DAY = date(2026, 3, 20)


def measurement(*rows: Row, by: tuple[str, ...] = ("campaign", "channel")) -> Measurement:
    """Return a measurement with something in every part of it."""
    return Measurement(
        READING,
        by,  # type: ignore[arg-type] # keys
        DAY,
        DAY,
        "UTC",
        tuple(with_returns(rows)),
        (Excluded("bot", "search engine", 7), Excluded("bot", None, 3), Excluded("new", None, 1)),
        80,
        2,
        (
            Orphan(EVIL, None, EVIL, 12, EVIL, "campaign misspelt"),
            *(Orphan(f"s{at}", "m", "c", 10, None, "not ours") for at in range(11)),
        ),
        None,
        (Late(EVIL, "k7m2xq9rtw4b", DAY, 1), Late("spring", None, DAY, None)),
        (Origin("direct", "home", 40), Origin("others of few visitors", None, None)),
        (
            ContentDifference({}, EVIL, "b", newcombe(30, 50, 10, 50)),
            ContentDifference({}, "a", "b", newcombe(12, 50, 10, 50)),
            ContentDifference({}, "a", "c", None),
        ),
        10,
        (f"a note {EVIL}",),
        (f"a warning {EVIL}",),
        ("How it was counted.",),
    )


ROWS = (
    Row(
        {"campaign": EVIL, "channel": "sms"},
        16,
        {"WhatsApp": 16},
        1234,
        1200,
        40,
        40,
        Amount(450050, "EUR"),
        Amount(9000000, "EUR"),
    ),
    Row({"campaign": EVIL, "channel": None}, 0, {}, 0, 0, 0, 0, None, Amount(1000, "EUR")),
    Row({"campaign": "b", "channel": "email"}, 0, {}, 617, 600, 0, 0),
    Row(
        {"campaign": None, "channel": None},
        previews=1,
        visits=None,
        visitors=None,
        conversions=None,
        suppressed=True,
        pooled=3,
    ),
)


def test_the_table() -> None:
    """In 80 columns; nothing of a log is obeyed; each part says what to do with it."""
    to, stdout, _ = console(Format.TABLE)
    show_measurement(to, measurement(*ROWS))
    lines = stdout.getvalue().splitlines()

    assert [line for line in lines if len(line) > 80] == []
    assert lines == EXPECTED.splitlines()


EXPECTED = """\
2026-03-20 to 2026-03-20, days in UTC

  channel       previews  visits  visitors  conv.  value EUR   cost EUR   ROI
\\x1b[31m[b]=<i>\\u202e
  sms                 16   1,234     1,200     40   4,500.50  90,000.00  -95%
  -                    0       0         0      0          -      10.00     -
b
  email                0     617       600      0          -          -     -
others
  (3 with few)         1       -         -      -          -          -     -

previews by app: WhatsApp 16 (a preview shows that someone pasted the link)

"\\x1b[31m[b]=<i>\\u202e" and "b": conversion rates differ by +40.0 points (+21.0
to +55.2): more than chance
"a" and "b": conversion rates differ by +4.0 points (-12.3 to +20.0): may be
chance
"a" and "c": too few conversions to say which converts better

\\x1b[31m[b]=<i>\\u202e: 1 visit after link k7m2xq9rtw4b was retired on 2026-03-20
spring: visits after the campaign ended on 2026-03-20

tags that no issued link has:
      12  \\x1b[31m[b]=<i>\\u202e / - / \\x1b[31m[b]=<i>\\u202e
          campaign misspelt; nearest: \\x1b[31m[b]=<i>\\u202e
      10  s0 / m / c
          not ours
      10  s1 / m / c
          not ours
      10  s2 / m / c
          not ours
      10  s3 / m / c
          not ours
      10  s4 / m / c
          not ours
      10  s5 / m / c
          not ours
      10  s6 / m / c
          not ours
      10  s7 / m / c
          not ours
      10  s8 / m / c
          not ours
      20  with 2 other sets of tags
       -  with tags of few visitors

visits without tags:
      40  direct (home)
       -  others of few visitors

lines: 100 read, 98 used; 80 are views of pages by people
      10  bots: search engine 7
       1  new
       2  redirects
       2  not used: no time

How it was counted.
"""


def test_no_row_at_all() -> None:
    """A sentence in the place of the table."""
    to, stdout, _ = console(Format.TABLE)
    show_measurement(to, measurement())

    assert "no issued links to count visits by\n" in stdout.getvalue()


@pytest.mark.parametrize("fmt", [Format.CSV, Format.MARKDOWN, Format.JSONL, Format.JSON])
def test_no_format_has_control_characters(fmt: Format) -> None:
    """A terminal that shows the answer obeys nothing in it."""
    to, stdout, _ = console(fmt)
    show_measurement(to, measurement(*ROWS))

    assert not set("\x1b\u202e") & set(stdout.getvalue())


def test_amounts_of_two_currencies_are_named() -> None:
    """Each with its currency, as the heading cannot say it."""
    to, stdout, _ = console(Format.TABLE)
    rows = (
        Row({"channel": "a"}, 0, {}, 50, 50, 1, 1, Amount(100, "EUR"), Amount(5, "JPY")),
        Row({"channel": "a"}, 0, {}, None, None, 2, None, Amount(200, "")),
    )
    show_measurement(to, measurement(*rows, by=("channel",)))

    assert stdout.getvalue().splitlines()[2:5] == [
        "channel  previews  visits          visitors  conv.     value   cost",
        "a               0      50  ██████        50      1  1.00 EUR  5 JPY",
        "a               0       -                 -      2      2.00      -",
    ]


def test_json_of_what_is_not_known() -> None:
    """Null; a difference of rates has its range, or nothing."""
    answer = as_json(measurement(*ROWS))

    assert answer["orphan_visits_suppressed"] is None
    assert answer["late"] == [
        {"campaign": EVIL, "link_id": "k7m2xq9rtw4b", "since": "2026-03-20", "visits": 1},
        {"campaign": "spring", "link_id": None, "since": "2026-03-20", "visits": None},
    ]
    assert answer["differences"] == [
        {
            "first": EVIL,
            "second": "b",
            "difference": "0.4000",
            "low": "0.2100",
            "high": "0.5517",
            "beyond_chance": True,
        },
        {
            "first": "a",
            "second": "b",
            "difference": "0.0400",
            "low": "-0.1225",
            "high": "0.2002",
            "beyond_chance": False,
        },
        {
            "first": "a",
            "second": "c",
            "difference": None,
            "low": None,
            "high": None,
            "beyond_chance": None,
        },
    ]
    assert answer["preview_apps"] == {"WhatsApp": 16}


def test_the_talk() -> None:
    """Formats once each, notes and warnings, one sample of each reason."""
    to, _, stderr = console(Format.TABLE)
    say_measurement(to, measurement(*ROWS))

    assert stderr.getvalue() == (
        "note: log format combined in 2 files: 90% of the first lines fit\n"
        f"note: a note {SHOWN}\n"
        f"warning: a warning {SHOWN}\n"
        f"note: not used (no time): *.*.*.* {SHOWN}\n"
    )
