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
    "referral": (
        "web website site blog pr press guest-post backlink article docs documentation readme "
        "badge github listing directory sponsorship sponsor powered-by wiki forum"
    ),
    "audio": "podcast radio",
    "display": "ad ads advert advertisement programmatic native",
}
# Also as a part of a medium, such as `print-ad` and `direct-mail`, which is not e-mail.
_OF_PRINT = (
    "qr qrcode print printed flyer poster offline billboard brochure leaflet postcard catalogue "
    "catalog letter postal packaging sticker magazine newspaper ooh dooh"
)
_OFFLINE = frozenset(_OF_PRINT.split())
_POST = frozenset(("direct-mail", "out-of-home", "business-card"))
_INSTEAD = {word: medium for medium, words in SAME_AS.items() for word in words.split()}
_CLOSE_ENOUGH = 0.75
_KNOWN = ("email", "sms", "social", "affiliate", "referral", "audio", "display", "video", "organic")
_PAID = frozenset(("paid", "ppc", "cpc"))


def known_medium(medium: str, source: str, campaign: str) -> str | None:
    """Return a medium with the same meaning that is not Unassigned, or None if there is none."""
    word = _word(medium)
    if is_offline(word):
        return None
    near = get_close_matches(word, _KNOWN, n=1, cutoff=_CLOSE_ENOUGH)
    instead = _same_as(word) or (near[0] if near else _by_its_parts(word))
    if instead and channel_group(source, instead, campaign).name != UNASSIGNED:
        return instead
    return None


def is_offline(medium: str) -> bool:
    """Tell whether a medium is print or a QR code, which is Unassigned on purpose.

    >>> is_offline("print_ad"), is_offline("direct mail"), is_offline("printemps")
    (True, True, False)
    """
    word = _word(medium)
    return word in _POST or not _OFFLINE.isdisjoint(word.split("-"))


def is_medium(word: str) -> bool:
    """Tell whether a word is a medium, whether GA4 has a channel group for it or not.

    >>> is_medium("cpc"), is_medium("newsletter"), is_medium("google")
    (True, True, False)
    """
    known = _word(word) in {*_KNOWN, *_PAID, *_INSTEAD} or is_offline(word)
    return known or channel_group("", word, "").name != UNASSIGNED


def _word(medium: str) -> str:
    return medium[:100].strip().lower().replace("_", "-").replace(" ", "-")


def _same_as(word: str) -> str | None:
    """Return the medium with the same meaning as a word, or as the word in the singular."""
    return _INSTEAD.get(word) or _INSTEAD.get(word.removesuffix("s"))


def _by_its_parts(word: str) -> str | None:
    """Return the medium that the parts of a compound such as `weekly-newsletter` agree on."""
    parts = word.split("-")
    if not _PAID.isdisjoint(parts):
        return "cpc"
    if word.startswith("powered-by-"):
        return "referral"
    meant = {part if part in _KNOWN else _same_as(part) for part in parts} - {None}
    return meant.pop() if len(meant) == 1 else None
