"""Which medium to write instead of one that GA4 files under Unassigned.

>>> known_medium("newsletter", "acme", "spring")
'email'
>>> known_medium("emial", "acme", "spring")
'email'

Print and QR codes have none: no rule knows them, and any other medium would mix posters with web
traffic.
"""

from __future__ import annotations

from difflib import get_close_matches

from utmforge.analytics.ga4.channel_group import channel_group
from utmforge.analytics.ga4.rules import UNASSIGNED

# Mediums in use that no rule knows, by the one that says the same (read 2026-11-23 in what users of
# link builders complain about; by design).
SAME_AS = {
    "email": "edm mail mailing mailshot newsletter nl crm mailchimp",
    "sms": "text textmessage text-message rcs mms sms-campaign imessage",
    "social": (
        "message messaging messenger chat dm direct-message share sharing copy-link dark-social "
        "private-share organic-social post story bio socialmedia community influencer"
    ),
    "affiliate": "affiliates partner partners partnership",
    "referral": "web website site blog pr press guest-post backlink",
    "audio": "podcast radio",
    "display": "ad ads advert advertisement programmatic native",
}
_NEVER = frozenset({"qr", "qr-code", "qrcode", "print", "flyer", "poster", "offline"})
_INSTEAD = {word: medium for medium, words in SAME_AS.items() for word in words.split()}
_CLOSE_ENOUGH = 0.75
_KNOWN = ("email", "sms", "social", "affiliate", "referral", "audio", "display", "video", "organic")


def known_medium(medium: str, source: str, campaign: str) -> str | None:
    """Return a medium that says the same and is not filed under Unassigned; None: there is none."""
    word = medium[:100].strip().lower().replace("_", "-").replace(" ", "-")
    if word in _NEVER:
        return None
    instead = _INSTEAD.get(word) or next(
        iter(get_close_matches(word, _KNOWN, n=1, cutoff=_CLOSE_ENOUGH)), None
    )
    if instead and channel_group(source, instead, campaign).name != UNASSIGNED:
        return instead
    return None
