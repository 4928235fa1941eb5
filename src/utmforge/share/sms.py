"""SMS: how a message is sent, in how many segments, and which characters make it expensive.

    message ─┬─ GSM-7: 160 units, or 153 a segment
             └─ UCS-2, if one character is not in that alphabet: 70 units, or 67 a segment

A segment of several loses six bytes to the header that joins them. A character of two units (an
escaped one, or a surrogate pair) is not split, so that a segment may end one unit early. Sources:
3GPP TS 23.038 and 23.040; the documentation of Twilio, SendGrid and Braze (read 2026-11).

>>> sms = measure_sms("L’été arrive")
>>> sms.encoding, sms.units, sms.segments, sms.culprits[0].replacement
('UCS-2', 12, 1, "'")
>>> measure_sms(in_gsm7("L’été arrive")).encoding
'GSM-7'
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Literal, NamedTuple

from utmforge.share.gsm7 import EXTENSION, GSM7, replacements

if TYPE_CHECKING:
    from decimal import Decimal

Encoding = Literal["GSM-7", "UCS-2"]

CAPACITY: dict[Encoding, tuple[int, int]] = {"GSM-7": (160, 153), "UCS-2": (70, 67)}
"""The units of a single segment, and of each of several."""
_BEYOND_BMP = 0x1_0000
"""The first code point that UTF-16 writes with two units."""


class Culprit(NamedTuple):
    """A character because of which a message is sent as UCS-2."""

    character: str
    """The character."""
    name: str
    """Its name in Unicode, such as `RIGHT SINGLE QUOTATION MARK`."""
    at: int
    """Its place in the message, in characters from 0."""
    replacement: str | None
    """What to write instead; empty: leave it out. None: no character means the same."""


class Sms(NamedTuple):
    """How a message is sent by SMS."""

    encoding: Encoding
    """Its alphabet."""
    units: int
    """Its length: septets in GSM-7, UTF-16 code units in UCS-2."""
    segments: int
    """The segments that are paid for; an empty message has none."""
    culprits: tuple[Culprit, ...]
    """Each character that is not in GSM-7, in order."""


class Price(NamedTuple):
    """The price of an SMS to many recipients."""

    per_segment: Decimal
    """What one segment to one recipient costs."""
    audience: int | None = None
    """The number of recipients. None: not known, and costs are those of one recipient."""

    def of(self, segments: int) -> Decimal:
        """Return the exact cost of a message to all recipients.

        >>> from decimal import Decimal
        >>> Price(Decimal("0.0415"), 1000).of(2), Price(Decimal("0.05")).of(3)
        (Decimal('83.0000'), Decimal('0.15'))
        """
        return self.per_segment * segments * (self.audience or 1)


def measure_sms(text: str) -> Sms:
    """Return how a message is sent."""
    encoding: Encoding = "GSM-7" if set(text) <= GSM7 else "UCS-2"
    sizes = _sizes(text, encoding)
    culprits = () if encoding == "GSM-7" else tuple(_culprits(text))
    return Sms(encoding, sum(sizes), _segments(sizes, encoding), culprits)


def in_gsm7(text: str) -> str:
    """Return a message with every replacement made; what has none stays."""
    if set(text) <= GSM7:
        return text
    parts = list(text)
    for culprit in _culprits(text):
        if culprit.replacement is not None:
            parts[culprit.at] = culprit.replacement
    return "".join(parts)


def cheaper_by_one(text: str) -> tuple[int, str] | None:
    """Return how a message has fewer segments if one character changes. None: it has not.

    The first value is the number of segments then, the second the character to replace; it is empty
    if the message is just one character too long.
    """
    sms = measure_sms(text)
    if sms.segments <= 1:
        return None
    sizes = _sizes(text, sms.encoding)
    widest = max(range(len(sizes)), key=sizes.__getitem__)
    shorter = min(
        _segments(sizes[:at] + sizes[at + 1 :], sms.encoding) for at in (widest, len(sizes) - 1)
    )
    if shorter < sms.segments:
        return shorter, ""
    characters = {culprit.character for culprit in sms.culprits}
    if len(characters) == 1:
        (character,) = characters
        replaced = in_gsm7(text).replace(character, "")
        if (cheaper := measure_sms(replaced).segments) < sms.segments:
            return cheaper, character
    return None


def extra_segment(text: str) -> tuple[str, str] | None:
    """Return a warning that one character costs a segment, and what to do. None: none does.

    >>> extra_segment("a" * 161)
    ('the SMS has 161 units: one character makes it 2 segments instead of 1', 'shorten it by one')
    """
    found = cheaper_by_one(text)
    if found is None:
        return None
    segments, character = found
    sms = measure_sms(text)
    costs = f"makes it {sms.segments} segments instead of {segments}"
    if not character:
        return f"the SMS has {sms.units} units: one character {costs}", "shorten it by one"
    one = sms.culprits[0]
    hint = f'write "{one.replacement}" for it' if one.replacement else "leave it out"
    return f'the SMS has the character "{character}" ({one.name}), which {costs}', hint


def _sizes(text: str, encoding: Encoding) -> list[int]:
    """Return the units of each character."""
    if encoding == "GSM-7":
        return [2 if character in EXTENSION else 1 for character in text]
    return [2 if ord(character) >= _BEYOND_BMP else 1 for character in text]


def _segments(sizes: list[int], encoding: Encoding) -> int:
    single, several = CAPACITY[encoding]
    if sum(sizes) <= single:
        return 1 if sizes else 0
    segments, room = 1, several
    for size in sizes:
        if size > room:
            segments, room = segments + 1, several
        room -= size
    return segments


def _culprits(text: str) -> list[Culprit]:
    return [
        Culprit(text[index], _name(text[index]), index, written)
        for index, written in replacements(text)
    ]


def _name(character: str) -> str:
    """Return a character's name; control characters have none but a number."""
    if character == "\t":
        return "TAB"
    return unicodedata.name(character, f"U+{ord(character):04X}")
