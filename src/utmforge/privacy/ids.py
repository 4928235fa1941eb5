"""Ids that look like private numbers by chance: they are not searched.

One id of 16 digits in 30 passes as a payment card, and the end of a UUID may be a valid IBAN. So a
UUID or a hex digest holds nothing private, and in a path a number only counts if a word beside it
says what it is. benchmarks/privacy.py measures what is left.

>>> without_ids("a/12dbaf69-ad61-43bf-b7ee-550562746010/b")
'a/ /b'
>>> may_be_number("payment card", "/posts"), may_be_number("payment card", "/card")
(False, True)
"""

from __future__ import annotations

import re

from utmforge.privacy.keys import words

_UUID = "[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"
# An IBAN of digits also is hexadecimal, where its country is: a letter has to come later.
_HEX = "(?=[0-9a-f]{2}[0-9]*[a-f])(?=[a-f]*[0-9])[0-9a-f]{24,128}"
_ID = rf"(?:(?<![0-9A-Za-z])|(?<=%[0-9A-Fa-f]{{2}}))(?:{_UUID}|{_HEX})(?![0-9A-Za-z])"

_BESIDE = {
    "phone number": words("""
        call cell contact dial fax handy mobile mobil phone phones portable sms tel telefon telefone
        telefono telephone text whatsapp
    """),
    "payment card": words("""
        amex card cards carte carta creditcard karte kreditkarte mastercard pan payment payments
        tarjeta visa
    """),
    "IBAN": words("""
        account accounts bank compte conto cuenta iban konto payee sepa transfer
    """),
}
"""Words in a path that say what the number beside them is."""

PATH = "/"
"""The key of a part of a path; words beside it follow."""


def without_ids(text: str) -> str:
    """Return a text with each UUID and hex digest replaced by a space."""
    return re.sub(_ID, " ", text, flags=re.IGNORECASE)


def path_key(segment: str, before: str) -> str:
    """Return the key of a part of a path: the words in it, and in the part before it."""
    beside = re.findall("[a-z]+", f"{before} {segment}".lower())
    return PATH + " ".join(
        word for word in beside if any(word in known for known in _BESIDE.values())
    )


def may_be_number(kind: str, key: str) -> bool:
    """Tell whether a number of this kind counts under a key."""
    if not key.startswith(PATH):
        return True
    return not _BESIDE[kind].isdisjoint(key[len(PATH) :].split())
