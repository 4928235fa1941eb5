"""How analytics tools read a tagged link, each by its own rules."""

from utmforge.analytics.readings.ga4 import Ga4Reading
from utmforge.analytics.readings.matomo import MatomoReading
from utmforge.analytics.readings.plausible import PlausibleReading
from utmforge.analytics.readings.readings import Readings, readings_of

__all__ = ["Ga4Reading", "MatomoReading", "PlausibleReading", "Readings", "readings_of"]
