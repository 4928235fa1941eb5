"""The built-in log formats, and finding one by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.errors import LogFormatUnknown, did_you_mean, quoted
from utmforge.measure.readers.alb import ALB
from utmforge.measure.readers.caddy import CADDY
from utmforge.measure.readers.cloudflare import CLOUDFLARE
from utmforge.measure.readers.cloudfront import CLOUDFRONT
from utmforge.measure.readers.combined import COMBINED
from utmforge.measure.readers.common import COMMON
from utmforge.measure.readers.fastly import FASTLY
from utmforge.measure.readers.iis import IIS
from utmforge.measure.readers.netlify import NETLIFY
from utmforge.measure.readers.nginx_json import NGINX_JSON
from utmforge.measure.readers.quoted import QuotedFormat, compiled
from utmforge.measure.readers.traefik_clf import TRAEFIK_CLF
from utmforge.measure.readers.traefik_json import TRAEFIK_JSON
from utmforge.measure.readers.vercel import VERCEL
from utmforge.measure.readers.vhost_combined import VHOST_COMBINED

if TYPE_CHECKING:
    from utmforge.measure.readers.base import LogFormat

FORMATS: tuple[LogFormat, ...] = (
    TRAEFIK_CLF,
    VHOST_COMBINED,
    COMBINED,
    FASTLY,
    COMMON,
    ALB,
    CLOUDFRONT,
    IIS,
    CADDY,
    TRAEFIK_JSON,
    CLOUDFLARE,
    VERCEL,
    NETLIFY,
    NGINX_JSON,
)
"""In the order in which detection prefers them: what says more stands before what says less."""


def find_format(text: str) -> LogFormat:
    """Return the format of this name, or the one that a format string of nginx or Apache describes.

    Raises:
        LogFormatUnknown: There is no such name.
        LogFormatUnusable: The format string has no client address, time or request.
    """
    if "$" in text or "%" in text:
        compiled(text, may_go_on=True)
        return QuotedFormat(name="custom", title="custom", layout=text, may_go_on=True)
    for log_format in FORMATS:
        if log_format.name == text.strip().lower().replace("-", "_"):
            return log_format
    names = [log_format.name for log_format in FORMATS]
    near = did_you_mean(text, names)
    known = f"the formats are {', '.join(names)}, or a format string of nginx or Apache"
    raise LogFormatUnknown(
        f"{quoted(text)} is not a log format", hint=f"{near} {known}" if near else known
    )
