"""Suggest a medium instead of one that GA4 files under Unassigned.

>>> known_medium("newsletter", "acme", "spring")
'email'
>>> known_medium("emial", "acme", "spring"), known_medium("weekly-newsletter", "acme", "spring")
('email', 'email')
>>> known_medium("tv", "acme", "spring"), is_offline("qr")
(None, True)

There is no suggestion for print and QR codes: no rule matches them, and any other medium would mix
posters with web traffic.
"""

from __future__ import annotations

from difflib import get_close_matches

from utmforge.analytics.ga4.channel_group import channel_group
from utmforge.analytics.ga4.rules import UNASSIGNED

# Mediums in use that no rule matches, by the medium with the same meaning (collected 2026-11-23
# from complaints of users of link builders; by design).
SAME_AS = {
    "email": "edm mail mailing mailshot newsletter nl crm mailchimp",
    "sms": "text textmessage text-message rcs mms sms-campaign imessage",
    "social": (
        "message messaging messenger chat dm direct-message share sharing copy-link dark-social "
        "private-share organic-social post story bio socialmedia community influencer threads"
    ),
    "affiliate": "affiliates partner partners partnership",
    "referral": "web website site blog pr press guest-post backlink article",
    "audio": "podcast radio",
    "display": "ad ads advert advertisement programmatic native",
}
_OFFLINE = frozenset(("qr", "qr-code", "qrcode", "print", "flyer", "poster", "offline"))
_INSTEAD = {word: medium for medium, words in SAME_AS.items() for word in words.split()}
_CLOSE_ENOUGH = 0.75
_KNOWN = ("email", "sms", "social", "affiliate", "referral", "audio", "display", "video", "organic")
_PAID = frozenset(("paid", "ppc", "cpc"))


def known_medium(medium: str, source: str, campaign: str) -> str | None:
    """Return a medium with the same meaning that is not Unassigned, or None if there is none."""
    word = _word(medium)
    if word in _OFFLINE:
        return None
    near = get_close_matches(word, _KNOWN, n=1, cutoff=_CLOSE_ENOUGH)
    instead = _INSTEAD.get(word) or (near[0] if near else _by_its_parts(word))
    if instead and channel_group(source, instead, campaign).name != UNASSIGNED:
        return instead
    return None


def is_offline(medium: str) -> bool:
    """Tell whether a medium is print or a QR code, which is Unassigned on purpose."""
    return _word(medium) in _OFFLINE


def _word(medium: str) -> str:
    return medium[:100].strip().lower().replace("_", "-").replace(" ", "-")


def _by_its_parts(word: str) -> str | None:
    """Return the medium that the parts of a compound such as `weekly-newsletter` agree on."""
    parts = word.split("-")
    if not _PAID.isdisjoint(parts):
        return "cpc"
    meant = {part if part in _KNOWN else _INSTEAD.get(part) for part in parts} - {None}
    return meant.pop() if len(meant) == 1 else None
