"""Find names of people where there is little doubt.

`anna.schmidt` is a name because `anna` is a given name and `schmidt` is not a marketing word;
`spring.sale`, `hero.banner` and `anna.dress` are not. Given names that are words, brands, months
or places as well (`grace`, `mercedes`, `april`, `paris`) are left out, and `anna-schmidt` and
`anna_schmidt` are names only in a parameter that is for them: dresses and shoes have such names.
`j.smith` and names that are not in the list are found in such parameters only.
"""

from __future__ import annotations

import re

from utmforge.privacy.keys import NAME_KEYS, PERSON_KEYS
from utmforge.privacy.words import BEFORE_NAMES, GIVEN, NO_FAMILY

_TWO_WORDS = r"([^\W\d_]{2,20})(?:[. ][^\W\d_]{1,12})?([. ])([^\W\d_]{3,20})"
_ANY_WORDS = r"([^\W\d_]{1,20})(?:[._ +-][^\W\d_]{1,12})?[._ +-]([^\W\d_]{2,20})"
_NAME = r"[^\W\d_][^\W\d_.' -]*(?:[.' -]+[^\W\d_]+)*\.?"
_MAX_CHARACTERS = 60


def is_name(key: str, value: str) -> bool:
    """Tell whether the value of a parameter is a person's name and nothing else.

    Args:
        key: The parameter's name in lower case, without separators. Empty: it is a tag's value;
            `/`: it is part of a path, which may well be an author's public page.
        value: The decoded value.
    """
    value = value.strip()
    if key.startswith("/") or not value or len(value) > _MAX_CHARACTERS:
        return False
    if key in NAME_KEYS:
        return bool(re.fullmatch(_NAME, value)) and not any(map(str.isdigit, value))
    if key in PERSON_KEYS and is_name_of_person_key(key, value):
        return True
    match = re.fullmatch(_TWO_WORDS, value)
    if not match or (match[2] == " " and not (match[1].istitle() and match[3].istitle())):
        return False
    return _are_names(match[1], match[3])


def is_name_of_person_key(key: str, value: str) -> bool:
    """Tell whether a parameter such as `name` holds a name: a given name alone, or two words."""
    plain = _plain(value)
    if plain in GIVEN:
        return True
    match = re.fullmatch(_ANY_WORDS, value)
    if not match:
        return False
    if key in {"email", "mail", "e", "to"} and "." in value:
        return _plain(match[2]) not in NO_FAMILY
    return _are_names(match[1], match[2])


def _are_names(first: str, last: str) -> bool:
    """Tell whether the words are a given name and a possible family name, in either order."""
    one, other = _plain(first), _plain(last)
    return (one in GIVEN and other not in NO_FAMILY) or (
        other in GIVEN and one not in NO_FAMILY and one not in BEFORE_NAMES
    )


def _plain(word: str) -> str:
    """Return a word in lower case, without accents."""
    if word.isascii():
        return word.lower()
    import unicodedata

    return "".join(
        sign
        for sign in unicodedata.normalize("NFD", word.lower())
        if not unicodedata.combining(sign)
    )
