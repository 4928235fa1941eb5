"""What each kind of private data looks like.

Formats of tokens: as issuers publish them so that scanners can find them (written down 2026-11
from general knowledge; a form that has changed since is missed, not misread).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from utmforge.privacy.ids import may_be_number, without_ids
from utmforge.privacy.keys import PASSWORD_KEYS, PERHAPS_TOKEN_KEYS, PHONE_KEYS, TOKEN_KEYS
from utmforge.privacy.merge_tags import one_person, without_merge_tags
from utmforge.privacy.numbers import has_card, has_iban, has_phone, is_phone_in_its_parameter
from utmforge.privacy.person_names import is_name
from utmforge.privacy.words import FILES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_EMAIL = (
    r"(?<![\w.+@/-])(?:mailto:)?[^\W_][\w.+'~!$*-]{0,63}@(?!\d+(?:\.\d+)+(?:/|$))"
    r"[\w-]{1,63}(?:\.[\w-]{1,63}){0,5}\.([^\W\d_]{2,24}|xn--[a-z0-9-]{2,50})(?![\w@])"
)

_SPELT_AT = r" ?(?:[(\[<] ?(?:at|@) ?[)\]>]|\uff20) ?"
_SPELT_DOT = r" ?[(\[<] ?(?:dot|\.) ?[)\]>] ?"


class Token(NamedTuple):
    """One kind of secret that has a known format."""

    kind: str
    """As a finding names it."""
    sign: str
    """A text to search for before the pattern."""
    pattern: str
    """The regular expression, compiled when a text first contains the sign."""


def _token(kind: str, sign: str, pattern: str) -> Token:
    return Token(kind, sign, rf"(?<![A-Za-z0-9]){pattern}(?![A-Za-z0-9])")


TOKENS = (
    _token("JWT", "eyJ", r"eyJ[\w-]{8,}\.eyJ[\w-]{4,}\.[\w-]*"),
    _token("AWS key", "A", r"(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}"),
    _token("GitHub token", "gh", r"gh[pousr]_[A-Za-z0-9]{36,251}"),
    _token("GitHub token", "github_pat_", r"github_pat_\w{50,251}"),
    _token("GitLab token", "glpat-", r"glpat-[\w-]{20,64}"),
    _token("Slack token", "xox", r"xox[abeoprs]-[A-Za-z0-9-]{10,250}"),
    _token("Slack webhook", "services/T", r"services/T[A-Z0-9]{6,14}/B[A-Z0-9]{6,14}/\w{20,30}"),
    _token("Stripe key", "k_", r"[sr]k_(?:live|test)_[A-Za-z0-9]{16,247}"),
    _token("Google API key", "AIza", r"AIza[\w-]{35}"),
    _token("Google token", "ya29.", r"ya29\.[\w-]{20,}"),
    _token("SendGrid key", "SG.", r"SG\.[\w-]{16,32}\.[\w-]{32,64}"),
    _token("Mailchimp key", "-us", r"[0-9a-f]{32}-us\d{1,2}"),
    _token("Mailgun key", "key-", r"key-[0-9a-f]{32}"),
    _token("npm token", "npm_", r"npm_[A-Za-z0-9]{36}"),
    # `sk-` may begin an id by chance: it may have other signs than letters and digits after a word.
    _token(
        "OpenAI key",
        "sk-",
        r"sk-(?:(?:proj|svcacct|admin|None|ant|or|lf)-[\w-]{32,200}|[A-Za-z0-9]{32,200}(?![\w-]))",
    ),
    _token("Telegram bot token", ":AA", r"(?:bot)?\d{8,10}:AA[\w-]{33}"),
    _token("private key", "PRIVATE", r"-----BEGIN[ +_-](?:[A-Z]{2,10}[ +_-]){0,2}PRIVATE[ +_-]KEY"),
)

_IDENTIFIERS = (
    r"(?:id|ids|sku|ean|gtin|isbn|asin|ref|order|product|item|variant|ts|time|post|story|photo|video"
    r"|thread|status|listing|ad|adset|creative|doc|node|article|msg|session)$"
)
_USERS = frozenset(("user", "username", "login", "name", "u", "usr", "admin", "id"))
_PASSWORDS = frozenset(("pass", "password", "passwd", "pwd", "pw", "p", "passphrase", "token"))
"""What documentation writes for a user name and a password."""
_PLACEHOLDER = re.compile(
    r"(?:your|insert|enter|replace)[ _-]\w+(?:[ _-]\w+)*|x{3,}|\*{3,}|\.{3}|…"
    r"|<[^<>]*>|\[[^][]*\]|\{[^{}]*\}|\$\w+|\$\{[^{}]*\}|%s",
    re.IGNORECASE,
)
_SLUG = re.compile(r"(?:[^\W\d_]+|\d{1,4})(?:[ _.+-](?:[^\W\d_]+|\d{1,4}))+")
"""Words and short numbers: `spring-sale-2026`."""
_PERCENT = re.compile(r"%[0-9A-Fa-f]{2}")
_MIN_SECRET_CHARACTERS = 8
_MIN_RANDOM_CHARACTERS = 16


def kinds_in(key: str, value: str) -> Iterator[tuple[str, bool]]:
    """Yield (kind, whether it is a secret) for everything private in one decoded value.

    Args:
        key: The name of its parameter, in lower case, without separators. Empty: none.
        value: The decoded value.
    """
    if one_person(value):
        yield "one-person merge tag", False
    value = without_merge_tags(value)
    outside = without_ids(value)
    for kind, found in _PERSONAL.items():
        if found(key, outside):
            yield kind, False
    for token in TOKENS:
        if token.sign in value and re.search(token.pattern, value):
            yield token.kind, True
    if key in PASSWORD_KEYS and _is_filled(value):
        yield "password parameter", True
    elif _is_token(key, value):
        yield "token", True


def _has_email(_: str, value: str) -> bool:
    if "at" in value.lower() or "\uff20" in value:  # jane(at)example.com
        spelt = re.sub(_SPELT_AT, "@", value, flags=re.IGNORECASE)
        if spelt != value:
            value = re.sub(_SPELT_DOT, ".", spelt, flags=re.IGNORECASE)
    return "@" in value and any(
        match[1].lower() not in FILES for match in re.finditer(_EMAIL, value)
    )


def _has_phone(key: str, value: str) -> bool:
    if key in PHONE_KEYS and is_phone_in_its_parameter(value):
        return True
    if _is_identifier(key, value) or not ("+" in value or may_be_number("phone number", key)):
        return False
    # A `+` may have been decoded as a space.
    begun = value.startswith(" ") and value[1:2].isdigit() and has_phone("+" + value[1:])
    return begun or (("+" in value or "00" in value) and has_phone(value))


def _has_card(key: str, value: str) -> bool:
    """Tell whether a value has a card number; digits in an id's parameter count as an id.

    About one id in a hundred would pass as a card.
    """
    if _is_identifier(key, value) or not may_be_number("payment card", key):
        return False
    return has_card(value)


def _has_iban(key: str, value: str) -> bool:
    return may_be_number("IBAN", key) and has_iban(value)


def _is_identifier(key: str, value: str) -> bool:
    return value.isdigit() and bool(re.search(_IDENTIFIERS, key))


_PERSONAL: dict[str, Callable[[str, str], bool]] = {
    "e-mail address": _has_email,
    "phone number": _has_phone,
    "payment card": _has_card,
    "IBAN": _has_iban,
    "name": is_name,
}


def _is_filled(value: str) -> bool:
    value = value.strip().strip(":")
    user, colon, password = value.lower().partition(":")
    if colon and user in _USERS and password in _PASSWORDS:
        return False
    if all(map(_PLACEHOLDER.fullmatch, value.split(":"))):
        return False
    return bool(value) and value.lower() not in {"0", "1", "true", "false", "reset"}


def _is_token(key: str, value: str) -> bool:
    value = value.strip()
    if _PLACEHOLDER.fullmatch(value):
        return False
    if key in TOKEN_KEYS:
        return len(value) >= _MIN_SECRET_CHARACTERS
    if key not in PERHAPS_TOKEN_KEYS or len(value) < _MIN_RANDOM_CHARACTERS:
        return key == "otp" and value.isdigit() and len(value) >= 4  # noqa: PLR2004 - a PIN
    plain = _PERCENT.sub("-", value)
    if _SLUG.fullmatch(plain):
        return False
    return any(map(str.isdigit, plain)) and any(map(str.isalpha, plain))
