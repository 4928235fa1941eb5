"""One link as GA4, Matomo and Plausible read it.

>>> from utmforge.urls.link import Link
>>> tags = "utm_source=telegram&utm_medium=message&utm_campaign=Spring"
>>> read = readings_of(Link(f"https://x.example/?{tags}"))
>>> print(read.ga4.group, "·", read.plausible.channel, "·", read.matomo.campaign)
Unassigned · Organic Social · spring
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from utmforge.analytics.readings.ga4 import Ga4Reading, read_by_ga4
from utmforge.analytics.readings.matomo import MatomoReading, read_by_matomo
from utmforge.analytics.readings.plausible import PlausibleReading, read_by_plausible

if TYPE_CHECKING:
    from utmforge.urls.link import Link


class Readings(NamedTuple):
    """One link as each tool records a visit by it."""

    ga4: Ga4Reading
    """Google Analytics 4."""
    matomo: MatomoReading
    """Matomo with its plugin Marketing Campaigns Reporting, and the name without it."""
    plausible: PlausibleReading
    """Plausible."""


def readings_of(link: Link) -> Readings:
    """Return what each tool records of a visit by this link; nothing is opened."""
    return Readings(read_by_ga4(link), read_by_matomo(link), read_by_plausible(link))
