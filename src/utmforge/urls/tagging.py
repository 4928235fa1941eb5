"""URL arithmetic: tags are text put in the right place, and taken out again.

>>> from utmforge.model import Tags
>>> url = tag("https://example.com/?a=1#top", Tags("news", "email", "spring"))
>>> url
'https://example.com/?a=1&utm_source=news&utm_medium=email&utm_campaign=spring#top'
>>> strip_tags(url)
'https://example.com/?a=1#top'
>>> read_tags(url).source
'news'

A landing page is written as the WHATWG URL standard serialises it, which is what a browser will
request (https://url.spec.whatwg.org/). Its own query and fragment are not touched after that.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, unquote, unquote_plus

import can_ada

from utmforge.files.digests import blake2b
from utmforge.errors import BadLandingPage, BadTag, did_you_mean, quoted
from utmforge.model import PARAMETERS, REQUIRED, Tags

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_URL_BYTES = 8192
"""Longer addresses are refused: servers and messaging apps stop well before."""

SURROGATE = re.compile("[\ud800-\udfff]")
"""What is left of bytes that are not UTF-8; no address can be written with it."""
FIELDS = {parameter: name for name, parameter in PARAMETERS.items()}

# A parameter that signs the rest of the address: Amazon, Google, Azure, CloudFront, Akamai, Alibaba
# Tencent, Laravel. Found in the query, whatever its letter case.
SIGNATURES = re.compile(
    r"(?:^|&)((?:x-(?:amz|goog|oss|cos|obs|ms)-|oauth_|q-)?signature|sig|hmac|hdnts|hdnea|__gda__)=",
    re.IGNORECASE,
)

# What mail and ad tools fill in later. Tags may hold those of the first line as they are.
_MACRO = r"\{\{[\w.:|-]+\}\}|\{[A-Za-z_][\w.:-]*\}|\*\|[\w:-]+\|\*"
MACRO = re.compile(_MACRO, re.ASCII)
MERGE_TAG = re.compile(
    rf"{_MACRO}|"
    r"\{\{[^{}&]{1,200}\}\}|\{%[^{}&]{1,200}%\}|\$\{[^{}&]{1,200}\}|<%[^<>&]{1,200}%>"
    r"|\*\|[^*|&]{1,200}\|\*|%%\w[\w.]{0,60}%%|\[\[[^][&?#/]{1,200}\]\]"
)

_MERGE_TAGS_BEGIN = re.compile(r"[{*%[<$]")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_HOST_AND_PORT = re.compile(r"(?:[\w-]+\.)+[\w-]+:\d+(?=[/?#]|$)|localhost:\d+(?=[/?#]|$)")
_UNSCHEMED = re.compile(
    r"(?:[^\s/?#:@.]+\.)+[^\s/?#:@.]+\.?(?::\d+)?(?=[/?#]|$)|localhost(?=[/?#:]|$)"
)
_AUTHORITY = re.compile(r"https?:[/\\]*([^/?#]*)", re.IGNORECASE)
_FRAGMENT_PIECES = re.compile(r"(?=[?&])")
_UNWRITABLE = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_ID_ALPHABET = "23456789bcdfghjkmnpqrstvwxyz"
ID_LENGTH = 12
_IDS = len(_ID_ALPHABET) ** ID_LENGTH


class Address(NamedTuple):
    """Any address in pieces, as browsers read it."""

    scheme: str
    """Lower case, without its colon."""
    host: str
    """Lower case, in punycode, without a port. Empty: it has none, such as `mailto:`."""
    path: str
    """With its slash, percent-encoded."""
    query: str
    """Without its `?`. Empty: there is none."""
    fragment: str
    """Without its `#`. Empty: there is none."""


class LandingPage(NamedTuple):
    """An address that can be tagged, in three pieces of text."""

    head: str
    """Scheme, host and path."""
    query: str | None
    """Without its `?`, tags taken out. None: there is nothing after the `?`, or no `?`."""
    fragment: str
    """With its `#`, tags taken out. Empty: there is none."""
    replaced: tuple[str, ...] = ()
    """The tag parameters that were in the address and are no longer."""
    assumed_https: bool = False
    """The address was given without a scheme."""

    @property
    def url(self) -> str:
        """The address without tags."""
        return self.head + ("" if self.query is None else "?" + self.query) + self.fragment

    def notes(self) -> list[str]:
        """Say in what the address is not as it was given."""
        notes = []
        if self.assumed_https:
            notes.append(f"the address had no scheme: took {self.url}")
        if self.replaced:
            notes.append(f"replaced what the address already had: {', '.join(self.replaced)}")
        return notes

    def with_tags(self, tags: Tags) -> str:
        """Return the address with `tags`, after the query and before the fragment.

        Raises:
            BadTag: A tag is empty or holds a character no link can carry.
            BadLandingPage: The result is longer than 8 KiB.
        """
        return self._joined("?" if self.query is None else f"?{self.query}&", tags)

    def with_tags_as_in_0_2(self, tags: Tags) -> str:
        """Return what `with_tags` returned up to 0.2.0 for a page with an empty query (`/p?`).

        Registries and their exports hold such links.

        >>> from utmforge.model import Tags
        >>> read_landing_page("https://x.example/p?").with_tags_as_in_0_2(Tags("a", "b", "c"))
        'https://x.example/p?&utm_source=a&utm_medium=b&utm_campaign=c'

        Raises:
            BadTag: A tag is empty or holds a character no link can carry.
            BadLandingPage: The result is longer than 8 KiB.
        """
        return self._joined(f"?{self.query or ''}&", tags)

    def _joined(self, joint: str, tags: Tags) -> str:
        url = f"{self.head}{joint}{_written(tags)}{self.fragment}"
        if len(url) > MAX_URL_BYTES:
            raise _too_long("the tagged link")
        return url


def read_landing_page(text: str) -> LandingPage:
    """Read an address a person gave, with the tags in it taken out.

    Raises:
        BadLandingPage: It is not http(s), or tags cannot be added to it safely. The message
            never repeats credentials or the query.
    """
    text = text.strip(" \t\r\n")
    given = text if text.startswith(("https://", "http://")) else with_scheme(text)
    _refuse_unsafe(given)
    shielded, unshield = _shield(given)
    try:
        parsed = str(can_ada.parse(shielded))
    except ValueError:
        raise BadLandingPage(
            f"{_shown(text)} is not a web address", hint="write it as https://shop.example/page"
        ) from None
    if not parsed.startswith(("https://", "http://")):
        raise BadLandingPage("only http and https addresses can be tagged")
    if len(parsed) > MAX_URL_BYTES:
        raise _too_long("the landing page")
    before, hash_mark, fragment = parsed.partition("#")
    head, _, query = before.partition("?")
    if signature := SIGNATURES.search(query):
        raise BadLandingPage(
            f"the address is signed ({signature[1]}=…): one added parameter breaks it",
            hint="link to a page that forwards to it",
        )
    kept, replaced = _split_query(query)
    rest, in_fragment = _split_fragment(hash_mark + fragment)
    return LandingPage(
        unshield(head),
        unshield(kept) if kept else None,
        unshield(rest),
        tuple(replaced + in_fragment),
        given is not text,
    )


def read_address(text: str) -> Address | None:
    r"""Read any address as browsers do, of whatever scheme. None: it is not one.

    >>> read_address("https://Shop.Example\\@evil.example/")
    Address(scheme='https', host='shop.example', path='/@evil.example/', query='', fragment='')
    """
    if SURROGATE.search(text):
        return None
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
    )


def tag(landing_page: str, tags: Tags) -> str:
    """Return the landing page with `tags`; tags already there are replaced.

    Raises:
        BadLandingPage: The address cannot be tagged.
        BadTag: A tag is empty or holds a character no link can carry.
    """
    return read_landing_page(landing_page).with_tags(tags)


def strip_tags(url: str) -> str:
    """Return the address without its tags, as a browser would request it.

    Raises:
        BadLandingPage: It is not an address that could have been tagged.
    """
    return read_landing_page(url).url


def read_tags(url: str) -> Tags:
    """Read the tags of a link, in its query or its fragment, whatever their letter case.

    What is missing is empty (source, medium, campaign) or None. The first value of a repeated
    parameter counts, empty ones do not.
    """
    shielded, unshield = _shield(url)
    before, _, fragment = shielded.partition("#")
    _, _, query = before.partition("?")
    found: dict[str, str] = {}
    for segment in (*query.split("&"), *re.split("[?&]", fragment)):
        name, _, value = segment.partition("=")
        field = FIELDS.get(unquote(name).lower())
        if field and value:
            found.setdefault(field, unshield(unquote_plus(value)))
    return Tags(**dict.fromkeys(REQUIRED, "") | found)


def link_id(url: str) -> str:
    """Derive a link's id from the link itself: 12 letters and digits, 57 bits of BLAKE2b.

    The alphabet has no look-alikes (0 o, 1 l i, u v … the vowels are left out altogether, so that
    no id spells a word). Two links out of a million share an id once in about 500,000 registries;
    the registry refuses such a pair.
    """
    number = int.from_bytes(blake2b(url.encode(), digest_size=16).digest(), "big") % _IDS
    pairs = _pairs()
    letters = ""
    for _ in range(ID_LENGTH // 2):
        number, index = divmod(number, len(pairs))
        letters += pairs[index]
    return letters


@cache
def _pairs() -> list[str]:
    """Return each two letters of an id: half as many divisions."""
    return [first + second for second in _ID_ALPHABET for first in _ID_ALPHABET]


def looks_like_address(text: str) -> bool:
    """Tell an address from a campaign's name: it has a scheme, a slash, or a host with a dot."""
    return "/" in text or bool(_SCHEME.match(text) or _UNSCHEMED.match(text))


def with_scheme(text: str) -> str:
    """Return `text` itself, or with `https://` put before it when it lacks only its scheme."""
    if text.startswith("//"):
        return "https:" + text
    if _HOST_AND_PORT.match(text) or (not _SCHEME.match(text) and _UNSCHEMED.match(text)):
        return "https://" + text
    return text


def _refuse_unsafe(text: str) -> None:
    if not text:
        raise BadLandingPage("the landing page is empty")
    if len(text) > MAX_URL_BYTES:
        raise _too_long("the landing page")
    if not text.isascii() or not text.isprintable():
        _refuse_invisible(text)
    scheme = _SCHEME.match(text)
    if not scheme:
        raise BadLandingPage(
            f"{_shown(text)} is not a web address", hint="write it as https://shop.example/page"
        )
    if scheme[1].lower() not in {"http", "https"}:
        raise BadLandingPage(
            f"only http and https addresses can be tagged, not {quoted(scheme[1], 20)}",
            hint=did_you_mean(scheme[1], ["https", "http"], cutoff=0.7),
        )
    authority = _AUTHORITY.match(text)
    if authority and "\\" in authority[0]:
        raise BadLandingPage(
            "the address has a back-slash before its path: browsers and other programs read it "
            "as different sites",
            hint="write it with forward slashes",
        )
    if authority and "@" in authority[1]:
        raise BadLandingPage(
            "the address has a user name or password before its host",
            hint="remove everything between // and @: it would be visible to everyone",
        )


def _refuse_invisible(text: str) -> None:
    for character in text:
        category = unicodedata.category(character)
        if category in _UNWRITABLE:
            if category == "Cs":
                raise BadLandingPage(
                    "the address is not UTF-8 text", hint="save the file again as UTF-8"
                )
            kind = "a control character" if category == "Cc" else "an invisible character"
            raise BadLandingPage(
                f"the address has {kind} (U+{ord(character):04X})",
                hint="copy it again from the browser's address bar",
            )


def _too_long(what: str) -> BadLandingPage:
    return BadLandingPage(f"{what} is longer than {MAX_URL_BYTES // 1024} KiB")


def _shown(text: str) -> str:
    """Quote the part of an address that cannot hold a secret."""
    return quoted(re.split(r"[?#]", text, maxsplit=1)[0].rpartition("@")[2])


def _shield(text: str) -> tuple[str, Callable[[str], str]]:
    """Put words that no parser changes in the place of merge tags; return the way back too."""
    if not _MERGE_TAGS_BEGIN.search(text):
        return text, str
    authority = _AUTHORITY.match(text)
    start = authority.end() if authority else 0
    if not MERGE_TAG.search(text, start):
        return text, str
    mark = "mt"
    while mark in text.lower():  # the host comes back in lower case
        mark += "t"
    merge_tags: list[str] = []

    def word(match: re.Match[str]) -> str:
        merge_tags.append(match[0])
        return f"{mark}{len(merge_tags) - 1}z"

    def unshield(piece: str) -> str:
        return re.sub(rf"{mark}(\d+)z", lambda match: merge_tags[int(match[1])], piece)

    return text[:start] + MERGE_TAG.sub(word, text[start:]), unshield


def _is_tag(segment: str) -> bool:
    name = segment.partition("=")[0].lstrip("?&")
    return unquote(name).lower() in FIELDS


def _tag_names(segments: list[str]) -> list[str]:
    return [segment.partition("=")[0].lstrip("?&") for segment in segments if _is_tag(segment)]


def _split_query(query: str) -> tuple[str, list[str]]:
    """Return the query without tags (empty when nothing is left) and the tags' names."""
    if "utm" not in query.lower() and "%" not in query:
        return query, []
    segments = query.split("&")
    names = _tag_names(segments)
    if not names:
        return query, names
    kept = [segment for segment in segments if not _is_tag(segment)]
    return "&".join(kept), names


def _split_fragment(fragment: str) -> tuple[str, list[str]]:
    """Return the fragment without tags (empty when nothing is left) and the tags' names."""
    if not fragment:
        return fragment, []
    pieces = _FRAGMENT_PIECES.split(fragment[1:])
    names = _tag_names(pieces)
    if not names:
        return fragment, names
    kept = ""
    joint = None
    for piece in pieces:
        if _is_tag(piece):
            joint = piece[:1] if joint is None and piece[:1] in {"?", "&"} else joint or ""
        else:
            kept += piece if joint is None else joint + piece.lstrip("?&")
            joint = None
    return (f"#{kept}" if kept else ""), names


@lru_cache(maxsize=256)
def _written(tags: Tags) -> str:
    """Write tags as query text; the last character is a letter or a digit, unless a macro's."""
    for name in REQUIRED:
        if not getattr(tags, name):
            raise BadTag(f"the tags have no {name}")
    for name in PARAMETERS:
        if (value := getattr(tags, name)) is not None:
            refuse_unwritable(name, value)
    text = "&".join(f"{PARAMETERS[name]}={encoded(value)}" for name, value in tags.items())
    return text[:-1] + f"%{ord(text[-1]):02X}" if text[-1] in "-._~" else text


def refuse_unwritable(name: str, value: str) -> None:
    """Refuse a tag value that no link can carry.

    Raises:
        BadTag: It is empty, or holds a control or invisible character.
    """
    if not value.strip():
        raise BadTag(f"{name} is empty", hint=f"leave {name} out, or give it a value")
    if value.isprintable():
        return
    for character in value:
        if unicodedata.category(character) == "Cs":
            raise BadTag(f"{name} is not UTF-8 text", hint="save the file again as UTF-8")
        if unicodedata.category(character) in _UNWRITABLE:
            raise BadTag(f"{name} has an invisible character (U+{ord(character):04X})")


def encoded(value: str) -> str:
    """Percent-encode all but RFC 3986's unreserved characters and whole macros."""
    if "{" not in value and "*|" not in value:
        return quote(value, safe="")
    written = ""
    position = 0
    for macro in MACRO.finditer(value):
        written += quote(value[position : macro.start()], safe="") + macro[0]
        position = macro.end()
    return written + quote(value[position:], safe="")
