"""Sources that people mean when they write something else: names that GA4 lists, misspelt.

Only these few of the 819 are looked at. Of the list's 264 single words `weebly`, `vimeo`, `naver`,
`twitch` or `flipboard` are as near to plain words (`weekly`, `video`, `never`, `switch`,
`clipboard`) as a typo is: of 9,389 English words in the pages and the code around us, 23 would be
questioned by the whole list, and by these only `stype`, which is none (measured 2026-11-24).
"""

from __future__ import annotations

from utmforge.analytics.ga4.sources import SEARCH, SHOPPING, SOCIAL, VIDEO
from utmforge.naming.similar import similar_names

WELL_KNOWN = (
    *("facebook", "instagram", "kakao", "linkedin", "messenger", "pinterest", "reddit", "skype"),
    *("snapchat", "tiktok", "tumblr", "twitter", "wechat", "weibo", "whatsapp", "youtube"),
)
"""Where links are shared, in private or with all: the names that people type themselves."""


def well_known_source(source: str) -> str | None:
    """Return the well-known source that is probably meant by another; None: it is as it should be.

    >>> well_known_source("facebok"), well_known_source("facebook"), well_known_source("face-book")
    ('facebook', None, None)
    """
    if source.lower() in SOCIAL | VIDEO | SEARCH | SHOPPING:
        return None
    near = similar_names(source, WELL_KNOWN)
    return near[0].name if len(near) == 1 and near[0].differs == ("typo",) else None
