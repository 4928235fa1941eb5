"""Merge tags that a mailer replaces with one person's data, which the link then exposes.

`{{email}}`, `*|FNAME|*` and `%%subscriberkey%%` do; `{keyword}`, `{{campaign.name}}` and
`*|LIST:NAME|*` are the same for everyone. Field names: as in the templates of large mailers
(written down 2026-11 from general knowledge).
"""

from __future__ import annotations

import re

from utmforge.privacy.words import PERSONAL, PERSONS
from utmforge.urls.merge_tags import MERGE_TAG

# ActiveCampaign's single percent signs and Campaign Monitor's single brackets. They are not macros
# in `urls/merge_tags.py`, because an address may contain them for other reasons.
_OTHER = r"%[A-Z]{3,20}%|(?<!\w)\[[A-Za-z]{3,20}(?:,[^][&?#/]{0,100})?\]"
_ANY = rf"{MERGE_TAG.pattern}|{_OTHER}"
_NOT_LETTERS = r"[^a-z]+"
_FILTER = r"[|,]|&|\bdefault\b|:\""

_PERSONAL_IF_OWNED = frozenset(("id", "key", "uuid", "uid", "name", "hash", "address", "code"))


def one_person(text: str) -> bool:
    """Tell whether a text holds a merge tag that differs from person to person."""
    may_be = any(sign in text for sign in "{[%*$<«")
    return may_be and any(_is_personal(match[0]) for match in re.finditer(_ANY, text))


def without_merge_tags(text: str) -> str:
    """Return the text with each merge tag replaced by a space."""
    return MERGE_TAG.sub(" ", text)


def _is_personal(merge_tag: str) -> bool:
    """Judge a merge tag by the last part of its field, and by whose field it is."""
    inner = merge_tag.strip("{}[]<>«»?%*|$= ").lower()
    inner = inner.removeprefix("data:").removeprefix("var:").removeprefix("php echo ").rstrip(";")
    parts = [
        re.sub(_NOT_LETTERS, "", part) for part in re.split("[.:]|->", re.split(_FILTER, inner)[0])
    ]
    *owners, field = [part for part in parts if part] or [""]
    if field in PERSONAL:
        return True
    return field in _PERSONAL_IF_OWNED and any(owner in PERSONS for owner in owners)
