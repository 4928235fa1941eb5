"""A measurement with something in every part of it; every text may be given."""

from __future__ import annotations

from datetime import date, timedelta

from utmforge.measure.beside import beside
from utmforge.measure.changes import changes
from utmforge.measure.dark_social.result import (
    Advice,
    Calibration,
    DarkSocial,
    Evidence,
    LeftOut,
    Measured,
    Sentence,
    SharedPage,
)
from utmforge.measure.money.amounts import Amount
from utmforge.measure.overview import CampaignDates, Overview, summed
from utmforge.measure.reading import FileFormat, LogReading, RejectedLines
from utmforge.measure.result import LOG, Excluded, Late, Measurement, Origin, Orphan, Row
from utmforge.measure.saved import SavedMeasurement
from utmforge.measure.showing import with_returns
from utmforge.measure.sources.base import REPORT
from utmforge.measure.timeline import DayCount, timeline

FIRST, LAST = date(2026, 3, 20), date(2026, 3, 26)


def rows(text: str) -> list[Row]:
    """Return rows with a few campaigns, currencies and a pooled one."""
    return with_returns(
        [
            Row(
                {"campaign": text, "channel": text},
                16,
                {text: 16},
                1234,
                1200,
                110,
                105,
                Amount(49500, "EUR"),
                Amount(12000, "EUR"),
            ),
            Row(
                {"campaign": text, "channel": text},
                0,
                {},
                None,
                None,
                3,
                None,
                Amount(700, "USD"),
                None,
            ),
            Row({"campaign": "spring", "channel": "sms"}, 0, {}, 64, 64, 4, 4),
            Row({"campaign": "spring", "channel": None}, 0, cost=Amount(5000, "EUR")),
            Row(
                {"campaign": None, "channel": None},
                3,
                {text: 3},
                35,
                35,
                2,
                2,
                suppressed=True,
                pooled=3,
            ),
        ]
    )


def dark(text: str) -> DarkSocial:
    """Return private sharing with something in every part of it."""
    sentence = Sentence("new", text, {"name": text})
    return DarkSocial(
        2000,
        (Measured(text, 200, 0.1), Measured(None, None, None)),
        (
            Evidence("in-app browser", text, 40, None, 0.02),
            Evidence("private referrer", None, None, None, None),
            Evidence("preview", text, None, 12, None),
        ),
        100,
        300,
        0.05,
        0.15,
        (sentence,),
        (LeftOut(text, 12), LeftOut("click id", None)),
        (Calibration(text, 20, 5, 30, 0.4, 0.8),),
        (SharedPage(text, 20, 40, 5, has_link=False),),
        0.8,
        0.4,
        (sentence,),
        (sentence,),
    )


def sample(text: str = "a", *, private: DarkSocial | None = None) -> Overview:
    """Return a measurement from several sides with a text wherever there is one."""
    note = Sentence("new", text, {"name": text})
    days = timeline({FIRST: DayCount(40, 41, 3, 1), LAST: DayCount(5, 5, 1, 0)}, FIRST, LAST, 10)
    dates = (CampaignDates(text, FIRST, None), CampaignDates(text, None, LAST))
    table = measurement(text, private)
    campaigns, channels = (tuple(summed(table.rows, key)) for key in table.by)
    sides = Overview(text, table, channels, campaigns, days, dates, (note,), (note,))
    other = table._replace(rows=table.rows[1:], source=REPORT, since=None)
    together = beside(table, other)
    together = together._replace(reasons=(note,), warnings=(*together.warnings, note))
    return sides._replace(changes=changes(table, before(text)), beside=together)


def before(text: str) -> SavedMeasurement:
    """Return a saved measurement of the days before, with a text wherever there may be one."""
    gone = Row({"campaign": text, "channel": "gone"}, 0, {}, 40, 40, 0, 0)
    shown = [*rows(text), gone]
    return SavedMeasurement(
        text,
        "2026-03-20T08:00:00Z",
        LOG,
        FIRST - timedelta(days=7),
        FIRST - timedelta(days=1),
        text,
        ("campaign", "channel"),
        10,
        None,
        tuple(shown),
    )


def measurement(text: str, private: DarkSocial | None) -> Measurement:
    """Return a measurement with a text wherever there is one."""
    found = rows(text)
    return Measurement(
        reading=LogReading(
            lines_read=100,
            lines_used=98,
            rejected=(RejectedLines(text, 2, (text,)),),
            formats=(FileFormat(text, text, 0.9),),
            first_ts=0,
            last_ts=1,
            has_referrer=True,
            has_user_agent=True,
        ),
        by=("campaign", "channel"),
        since=FIRST,
        until=LAST,
        zone=text,
        rows=tuple(found),
        excluded=(Excluded("bot", text, 7), Excluded(text, None, 3)),
        views=80,
        redirects=2,
        orphans=(
            Orphan(text, None, text, 12, text, text),
            *(Orphan(f"s{at}", "m", "c", 10, None, "not ours") for at in range(11)),
        ),
        orphans_suppressed=None,
        late=(Late(text, "k7m2xq9rtw4b", FIRST, 12), Late(text, None, FIRST, None)),
        origins=(Origin(text, text, 40), Origin("direct", "home", None)),
        differences=(),
        minimum=10,
        notes=(text,),
        warnings=(text,),
        method=(text,),
        dark_social=private or dark(text),
        advice=(Advice("new", {"name": text}, text),),
    )


def a_year() -> Overview:
    """Return a year of 50 campaigns in 16 channels."""
    first, last = date(2026, 1, 1), date(2026, 12, 31)
    rows = with_returns(
        Row(
            {"campaign": f"2026-campaign-with-a-name-{at:02}", "channel": f"channel-{channel}"},
            at,
            {"WhatsApp": at},
            100 * at + channel + 40,
            90 * at + channel + 30,
            5 * at,
            5 * at,
        )
        for at in range(50)
        for channel in range(16)
    )
    days = {
        first + timedelta(days=at): DayCount(at + 20, at + 25, at // 9, at // 5)
        for at in range(365)
    }
    sides = sample()
    return sides._replace(
        campaign=None,
        table=sides.table._replace(since=first, until=last, rows=tuple(rows)),
        channels=tuple(summed(rows, "channel")),
        campaigns=tuple(summed(rows, "campaign")),
        timeline=timeline(days, first, last, 10),
        dates=tuple(CampaignDates(f"campaign-{at}", first, last) for at in range(50)),
    )
