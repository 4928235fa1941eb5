"""Pages inside the addresses of click trackers and translators, encoded in other ways than by `%`.

    https://click.kit-mail3.com/abc/def/aHR0cHM6Ly9zaG9wLmV4YW1wbGUv       base64 in the path
    https://mandrillapp.com/track/click/1/shop.example?p=eyJzIjoi…         JSON in base64
    https://click.pstmrk.it/3s/shop.example%2Fsale/x/y                     without its scheme
    https://shop-example.translate.goog/sale?_x_tr_tl=fr                   the host itself

Sources: trackers' links in public repositories and their tests, and Google's page on decoding the
host of a translated page (read 2026-11).
"""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64decode
from binascii import Error
from typing import TYPE_CHECKING

from utmforge.urls.quoting import address_text

if TYPE_CHECKING:
    from utmforge.urls.address import Address

_WEB = re.compile(r"https?://[^\s/]+\.[^\s]+", re.IGNORECASE)
_BASE64 = re.compile(r"[\w-]*", re.ASCII)
_BEGINS_WITH_HTTP = "aHR0c"
_BEGINS_WITH_BRACE = "eyJ"
_TRANSLATED = re.compile(r"(?:^|&)_x_tr_[^&]*")
_NO_HYPHEN = re.compile(r"\b-\b")
_MAX_DEPTH = 3


def from_base64(value: str) -> str | None:
    """Decode base64 of either alphabet, with or without its padding; None: it is not one."""
    plain = value.strip().replace("+", "-").replace("/", "_").rstrip("=")
    if not _BASE64.fullmatch(plain):
        return None
    try:
        return urlsafe_b64decode(plain + "=" * (-len(plain) % 4)).decode()
    except (Error, UnicodeDecodeError, ValueError):
        return None


def base64_in_path(address: Address) -> str | None:
    """Read the part of a path that is an address in base64 (Kit, Mailjet, Sailthru)."""
    for part in reversed(address.path.split("/")):
        if not part.startswith(_BEGINS_WITH_HTTP):
            continue
        inner = from_base64(address_text(part))
        if inner and _WEB.fullmatch(inner):
            return inner
    return None


def json_in_path(address: Address) -> str | None:
    """Read the address in the part of a path that is JSON in base64 (Customer.io, Drip)."""
    pieces = re.split("[/.]", address.path)
    parts = (part for part in pieces if part.startswith(_BEGINS_WITH_BRACE))
    return next((inner for part in parts if (inner := _in_json(from_base64(part)))), None)


def json_in_query(address: Address) -> str | None:
    """Read the address in the parameter `p`, which is JSON in base64 (Mandrill)."""
    for piece in address.query.split("&"):
        name, _, value = piece.partition("=")
        if name == "p":
            return _in_json(from_base64(address_text(value)))
    return None


def _in_json(text: str | None, depth: int = 0) -> str | None:
    """Find the address in JSON; Mandrill writes JSON into a value of its JSON."""
    if not text or depth > _MAX_DEPTH:
        return None
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict):
        return None
    for name in ("url", "href", "e", "p"):
        value = found.get(name)
        if isinstance(value, str):
            inner = value if _WEB.fullmatch(value) else _in_json(value, depth + 1)
            if inner:
                return inner
    return None


def without_scheme_in_path(address: Address) -> str | None:
    """Read the second part of a path, which is an address without `https://` (Postmark)."""
    _, _, part, *_ = [*address.path.split("/"), "", ""]
    inner = f"https://{address_text(part)}"
    return inner if _WEB.fullmatch(inner) else None


def translated(address: Address) -> str | None:
    """Read the page's own address from the host of a page that Google translated."""
    names = dict(piece.partition("=")[::2] for piece in address.query.split("&"))
    encodings = names.get("_x_tr_enc", "").split(",")
    host = names.get("_x_tr_hp", "") + address.host.removesuffix(".translate.goog")
    if "1" in encodings:
        host = host.removeprefix("1-")
    is_international = "0" in encodings and host.startswith("0-")
    host = host.removeprefix("0-") if is_international else host
    host = _NO_HYPHEN.sub(".", host).replace("--", "-")
    query = _TRANSLATED.sub("", address.query).lstrip("&")
    fragment = f"#{address.fragment}" if address.fragment else ""
    shown = f"?{query}" if query else ""
    return f"https://{'xn--' * is_international}{host}{address.path}{shown}{fragment}"
