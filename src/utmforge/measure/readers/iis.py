"""The W3C log of IIS: times are UTC.

Source: https://learn.microsoft.com/en-us/windows/win32/http/w3c-logging.
"""

from __future__ import annotations

from utmforge.measure.readers.w3c import W3cFormat

IIS = W3cFormat(
    name="iis",
    title="IIS",
    separator=" ",
    usual_fields=(
        "date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) "
        "cs(Referer) sc-status sc-substatus sc-win32-status time-taken"
    ),
    plus_is_space=True,
)
