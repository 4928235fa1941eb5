r"""The prefilter: most addresses contain none of the signs of private data.

Every search for private data begins here; a text that passes is not searched any further, and the
rest of this package is not even loaded. This makes issuing and linting fast (benchmarks/bulk.py,
benchmarks/lint.py). Its law: `find` finds nothing in a text that passes
(tests/privacy/test_prefilter.py).

The signs are unusual characters, numbers as long as an IBAN or a phone number, `=jean.d…`,
`(at)`, and parameters with telling names. In texts with capital letters, also the formats of tokens
and of base64; in percent-encoded texts, everything but letters.

Base64 writes three bytes with four characters of six bits. A printable byte begins with a 0 and two
bits that are not both 0, so that each of the four can only be some of the 64 characters:

    byte   0ppppppp 0ppppppp 0ppppppp
    char   aaaaaabb bbbbcccc ccdddddd

    YW5u   "ann"   Y can be the first of four, W the second …: it may be text, so it is decoded
    Sale           a cannot be the second: this is a word, and base64 of text cannot begin here
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from utmforge.privacy.keys import TELLING_KEYS

_PLAIN = re.compile(r"https?://[a-z0-9.-]+(?:/[a-z0-9/_.-]*)?(?:\?([a-z0-9_=&]*))?")
"""Most landing pages, all of one: `https://shop.example/p/item-4711?colour=blue`."""
_HOST = re.compile("https?://[^/?#]*")
_UNUSUAL = re.compile(r"[^A-Za-z0-9/?=&_.#~,:;!'()%-]|&#|&(?:commat|plus|period|nbsp);")
_NAME = re.compile(r"[A-Za-z%][A-Za-z0-9%]+\.[A-Za-z%]")
_NAMES = re.compile(rf"={_NAME.pattern}")
_SPELT_AT = re.compile(r"\(at\)", re.IGNORECASE)
_ESCAPED_KEY = re.compile("%[^%/?&#;=]*=")
_KEYS = re.compile("([a-z0-9]{1,30})=")
_NOT_IN_KEYS = dict.fromkeys(map(ord, "_-.~,:!'()"))
NUMBERS = re.compile("[0-9][0-9](?:[0-9.()-]{9}|[a-z0-9]{11})")
"""Numbers as long as a phone number or an IBAN, in a text without capital letters."""

_SMALL_TOKENS = re.compile("_(?:pat|live|test)_|gh[oprsu]_|npm_")

PLAIN_PAGES: set[str] = set()
"""The pages that `fast_path/plain_pages.py` has cleared lately: several gates look at each."""

_NUMBERS_OR_IBAN = (
    "[0-9][0-9](?:[0-9.()-]{9}"
    "|(?<=[A-Za-z][A-Za-z]..)(?:(?<![A-Za-z0-9]....)|(?<=%......))[A-Za-z0-9]{11})"
)
# Parts of `kinds.TOKENS` that words rarely have, each from a rare letter on: `_live_` of a Stripe
# key, `yJ` of a JWT (`eyJ…`).
_TOKENS = (
    r"_(?:(?<=gh[pousr]_)|(?<=b_pat_)|(?<=pm_)|(?<=k_)(?:live|test)_)|xox[abeoprs]-|glpat-|29\.|G\."
    r"|A(?:[KSB]IA|CCA|Iza)|yJ|T[A-Z0-9]{6}(?<=/.{7})|us[0-9]|y-[0-9a-f]{32}"
    "|k-(?<=sk-)(?<![A-Za-z0-9]...)|:AA|PRIVATE"
)
_A = "[I-Za-f]"
_B = "[C-HS-Xi-n0-3yz]"
_C = "[ABEFIJMNQRUVYZcdghklopstwx014589]"
_D = "[A-Za-z0-9+/_-]"
# Six readable bytes: four characters that are three whole bytes, and the characters around them.
# The search is for the second of the four, which is the rarest in words.
_BASE64 = (
    f"{_B}{_C}{_D}{_A}(?<={_A}.{{4}})"
    f"(?:(?<={_B}{_C}{_D}.{{5}})|{_B}(?:(?<={_C}{_D}.{{6}})|{_C}{_D}))"
)
# Latin, Greek and Cyrillic letters, kana, CJK ideographs: no digits, spaces or punctuation.
_ESCAPED_LETTERS = (
    "[^%]*+(?:%(?:[Cc][345EFef]|[Dd][01]|[Ee]3%8[1-3]|[Ee][4-9]%[89ABab][0-9A-Fa-f])"
    "%[89ABab][0-9A-Fa-f][^%]*+)*+"
)


@lru_cache(maxsize=16_384)  # more than a batch of links, which is looked at twice
def is_suspect(text: str) -> bool:
    """Tell whether an address or a value has a sign of private data.

    False is certain: it contains nothing private. True means: search it in full.

    >>> is_suspect("https://shop.example/p/item-4711?colour=blue")  # small letters, few digits
    False
    >>> is_suspect("https://shop.example/?name=blue")  # the parameter's name tells
    True
    >>> is_suspect("https://shop.example/p/0049-170-1234567")  # as many digits as a phone number
    True
    """
    plain = _PLAIN.fullmatch(text)
    if plain and not NUMBERS.search(text) and not has_small_token(text):
        query = plain[1]
        return bool(query) and not TELLING_KEYS.isdisjoint(_keys(query))
    if found := _HOST.match(text):
        if "@" in found[0]:
            return True
        text = text[found.end() :]
    if _UNUSUAL.search(text) or _NAME.match(text) or has_signs(text):
        return True
    return "=" in text and (
        not TELLING_KEYS.isdisjoint(_keys(text)) or bool(_ESCAPED_KEY.search(text))
    )


def _keys(text: str) -> list[str]:
    """Return the names of parameters, in lower case and without separators.

    >>> _keys("First-Name=anna&ref=7")
    ['firstname', 'ref']
    """
    return _KEYS.findall(text.lower().translate(_NOT_IN_KEYS))


def has_signs(text: str, start: int = 0) -> bool:
    """Tell the same for a text with usual characters and harmless parameter names.

    Args:
        text: An address, or a part of one.
        start: Where to begin reading.

    >>> has_signs("/Angebote/Fruehling"), has_signs("/p/AKIAIOSFODNN7EXAMPLE")
    (False, True)
    """
    if _NAMES.search(text, start) or ("(" in text and _SPELT_AT.search(text, start)):
        return True
    if text == text.lower() and "%" not in text and "+" not in text:
        return bool(NUMBERS.search(text, start)) or has_small_token(text)
    numbers, tokens, base64, letters = _hidden_forms()
    return bool(
        numbers.search(text, start)
        or tokens.search(text, start)
        or base64.search(text, start)
        or "+" in text
        or ("%" in text and not letters.fullmatch(text, start))
    )


def has_small_token(text: str) -> bool:
    """Tell whether a text without capitals has the beginning of a token, which may be so too.

    >>> has_small_token("/p/sk_live_a1b2"), has_small_token("/p/item_4711")
    (True, False)
    """
    return (
        ("_" in text and _SMALL_TOKENS.search(text) is not None)
        or "glpat-" in text
        or "xox" in text
    )


@cache
def _hidden_forms() -> tuple[re.Pattern[str], ...]:
    """Return the patterns for texts with capitals or escapes, compiled on first use."""
    return tuple(map(re.compile, (_NUMBERS_OR_IBAN, _TOKENS, _BASE64, _ESCAPED_LETTERS)))
