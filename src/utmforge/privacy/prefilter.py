r"""The quick look: most addresses have nothing of what private things are made of.

Private things are made of unusual signs, of numbers as long as an IBAN's or behind `00`, of
`=jean.d…`, and of parameters that tell by their name. Where there are capital letters, of forms of
tokens and of base64 too; where there is percent-encoding, of all but letters.

Base64 writes three bytes with four signs of six bits. A printable byte begins with a bit that is 0
and two that are not both 0, so that each of the four can only be some of the 64 signs:

    byte   0ppppppp 0ppppppp 0ppppppp
    sign   aaaaaabb bbbbcccc ccdddddd
"""

from __future__ import annotations

import re
from functools import cache

from utmforge.privacy.keys import TELLING_KEYS

_HOST = re.compile("https?://[^/?#]*")
_UNUSUAL = re.compile(r"[^A-Za-z0-9/?=&_.#~,:;!'()%-]")
_NAME = re.compile(r"[A-Za-z%][A-Za-z0-9%]+\.[A-Za-z%]")
_NAMES = re.compile(rf"={_NAME.pattern}")
_ESCAPED_KEY = re.compile("%[^%/?&#;=]*=")
_KEYS = re.compile("([a-z0-9]{1,30})=")
_NOT_IN_KEYS = dict.fromkeys(map(ord, "_-.~,:!'()"))
_NUMBERS = re.compile("[0-9][0-9](?:[0-9.()-]{9}|[a-z0-9]{11})")

_NUMBERS_OR_IBAN = (
    "[0-9][0-9](?:[0-9.()-]{9}"
    "|(?<=[A-Za-z][A-Za-z]..)(?:(?<![A-Za-z0-9]....)|(?<=%......))[A-Za-z0-9]{11})"
)
# Parts of `kinds.TOKENS` that words seldom have, each from a letter on that is seldom.
_TOKENS = (
    r"_(?:(?<=gh[pousr]_)|(?<=b_pat_)|(?<=pm_)|(?<=k_)(?:live|test)_)|xox[abeoprs]-|glpat-|29\.|G\."
    r"|A(?:[KSB]IA|CCA|Iza)|yJ|T[A-Z0-9]{6}(?<=/.{7})|us[0-9]|y-[0-9a-f]{32}"
    "|k-(?<=sk-)(?<![A-Za-z0-9]...)|:AA|PRIVATE"
)
_A = "[I-Za-f]"
_B = "[C-HS-Xi-n0-3yz]"
_C = "[ABEFIJMNQRUVYZcdghklopstwx014589]"
_D = "[A-Za-z0-9+/_-]"
# Six bytes that can be read: four signs that are whole bytes, with what must stand around them.
# The second of them is looked for, which is the rarest in words.
_BASE64 = (
    f"{_B}{_C}{_D}{_A}(?<={_A}.{{4}})"
    f"(?:(?<={_B}{_C}{_D}.{{5}})|{_B}(?:(?<={_C}{_D}.{{6}})|{_C}{_D}))"
)
# Latin, Greek and Cyrillic letters, kana, CJK ideographs: no digit, space or sign among them.
_ESCAPED_LETTERS = (
    "[^%]*+(?:%(?:[Cc][345EFef]|[Dd][01]|[Ee]3%8[1-3]|[Ee][4-9]%[89ABab][0-9A-Fa-f])"
    "%[89ABab][0-9A-Fa-f][^%]*+)*+"
)


def is_suspect(text: str) -> bool:
    """Tell whether an address or a value has something of what every private thing has."""
    if found := _HOST.match(text):
        if "@" in found[0]:
            return True
        text = text[found.end() :]
    if _UNUSUAL.search(text) or _NAME.match(text) or has_signs(text):
        return True
    if "=" not in text:
        return False
    keys = _KEYS.findall(text.lower().translate(_NOT_IN_KEYS))
    return not TELLING_KEYS.isdisjoint(keys) or bool(_ESCAPED_KEY.search(text))


def has_signs(text: str, start: int = 0) -> bool:
    """Tell the same of a text with usual signs and parameters' names, from a place on."""
    if _NAMES.search(text, start):
        return True
    if text == text.lower() and "%" not in text and "+" not in text:
        return bool(_NUMBERS.search(text, start))
    numbers, tokens, base64, letters = _behind_veils()
    return bool(
        numbers.search(text, start)
        or tokens.search(text, start)
        or base64.search(text, start)
        or "+" in text
        or ("%" in text and not letters.fullmatch(text, start))
    )


@cache
def _behind_veils() -> tuple[re.Pattern[str], ...]:
    """Return what few links are asked for, compiled when the first is."""
    return tuple(map(re.compile, (_NUMBERS_OR_IBAN, _TOKENS, _BASE64, _ESCAPED_LETTERS)))
