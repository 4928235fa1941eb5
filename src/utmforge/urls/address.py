"""Addresses of any scheme, in pieces as browsers read them."""

import re
from typing import NamedTuple

from utmforge.texts import is_utf8

SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")


# Compiled when they are used: most addresses have a scheme.
_HOST_AND_PORT = r"(?:[\w-]+\.)+[\w-]+:\d+(?=[/?#]|$)|localhost:\d+(?=[/?#]|$)"
_UNSCHEMED = r"(?:[^\s/?#:@.]+\.)+[^\s/?#:@.]+\.?(?::\d+)?(?=[/?#]|$)|localhost(?=[/?#:]|$)"
# Names of files, whose endings are no domains of the internet.
_FILE_NAME = (
    r"[\w-]+(?:\.[\w-]+)*\.(?:x?html?|php\d?|aspx?|jsp|csv|tsv|txt|toml|jsonl?|xml|ya?ml|pdf|xlsx?"
    r"|docx?|pptx?|png|jpe?g|gif|svg|eml|log|db)(?=[/?#]|$)"
)
# Not `?images=https://a.example/1.png,https://…`, a parameter of addresses.
_ANOTHER = re.compile(
    r"\s\"?https?://|\A(?:(?!=https?://)\S)*?[,;|]\"?https?://",
    re.IGNORECASE,
)

AUTHORITY = re.compile(r"https?:[/\\]*([^/?#]*)", re.IGNORECASE)


class Address(NamedTuple):
    """Any address in pieces, as browsers read it."""

    scheme: str
    """Lower case, without its colon."""
    host: str
    """Lower case, in punycode, without a port. Empty: it has none, such as `mailto:`."""
    path: str
    """With its leading slash, percent-encoded."""
    query: str
    """Without its `?`. Empty: there is none."""
    fragment: str
    """Without its `#`. Empty: there is none."""
    port: str = ""
    """Empty: the scheme's default port."""


def read_address(text: str) -> Address | None:
    r"""Read any address as browsers do, of whatever scheme. None: it is not one.

    >>> read_address("https://Shop.Example\\@evil.example/")  # doctest: +NORMALIZE_WHITESPACE
    Address(scheme='https', host='shop.example', path='/@evil.example/', query='', fragment='',
            port='')
    """
    if not is_utf8(text):  # no address can contain bytes that are not
        return None
    import can_ada  # takes 1.4 ms, and most landing pages need no parser

    try:
        parsed = can_ada.parse(text)
    except ValueError:
        return None
    return Address(
        parsed.protocol[:-1],
        parsed.hostname,
        parsed.pathname,
        parsed.search[1:],
        parsed.hash[1:],
        parsed.port,
    )


def looks_like_address(text: str) -> bool:
    """Tell an address from a campaign's name: it has a scheme, a slash, or a host with a dot."""
    return "/" in text or bool(SCHEME.match(text) or re.match(_UNSCHEMED, text))


def with_scheme(text: str) -> str:
    """Return `text`, with `https://` before it if only the scheme is missing.

    >>> with_scheme("shop.example/a.html"), with_scheme("a.html")
    ('https://shop.example/a.html', 'a.html')
    """
    if text.startswith("//"):
        return "https:" + text
    if is_file_name(text):
        return text
    if re.match(_HOST_AND_PORT, text) or (not SCHEME.match(text) and re.match(_UNSCHEMED, text)):
        return "https://" + text
    return text


def is_file_name(text: str) -> bool:
    """Tell whether a text begins with the name of a file, where a host would be."""
    return re.match(_FILE_NAME, text, re.IGNORECASE) is not None


def holds_several(text: str) -> bool:
    """Tell whether a line or a cell that begins with an address holds another one.

    >>> holds_several("https://a.example,https://b.example"), holds_several("https://a.example?u=//b")
    (True, False)
    """
    return text.find("://") != text.rfind("://") and bool(_ANOTHER.search(text))


def is_relative(url: str) -> bool:
    """Tell whether an address has no host."""
    return url.startswith(("/", "./", "../", "?")) and not url.startswith("//")
