"""Find misspelt sources: names in GA4's list that a source was probably meant to be.

Only these few of GA4's 819 names are checked. Of the list's 264 single words, `weebly`, `vimeo`,
`naver`, `twitch` or `flipboard` are one typo away from plain words (`weekly`, `video`, `never`,
`switch`, `clipboard`): of 9,389 English words in documentation and code, the whole list would
question 23, and these names only `stype`, which is not a word (measured 2026-11-24).
"""

from __future__ import annotations

from utmforge.analytics.ga4.sources import SEARCH, SHOPPING, SOCIAL, VIDEO
from utmforge.naming.similar import similar_names

WELL_KNOWN = (
    *("facebook", "instagram", "kakao", "linkedin", "messenger", "pinterest", "reddit", "skype"),
    *("snapchat", "tiktok", "tumblr", "twitter", "wechat", "weibo", "whatsapp", "youtube"),
)
"""Sites and apps where people share links: names that people type themselves."""


def well_known_source(source: str) -> str | None:
    """Return the well-known source that was probably meant, or None if there is no doubt.

    >>> well_known_source("facebok"), well_known_source("facebook"), well_known_source("face-book")
    ('facebook', None, None)
    """
    if source.lower() in SOCIAL | VIDEO | SEARCH | SHOPPING:
        return None
    near = similar_names(source, WELL_KNOWN)
    return near[0].name if len(near) == 1 and near[0].differs == ("typo",) else None
