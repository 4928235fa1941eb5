"""Add tags to addresses, read them and remove them.

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

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from utmforge.errors import BadLandingPage, BadTag, did_you_mean, quoted
from utmforge.model import PARAMETERS, REQUIRED, Tags
from utmforge.urls.address import AUTHORITY, SCHEME, holds_several, is_relative, with_scheme
from utmforge.urls.merge_tags import MERGE_TAG, is_merge_tag, masked, shield
from utmforge.urls.parameters import field_in_any_case, tags_of
from utmforge.urls.quoting import encoded, encoded_as_in_0_2
from utmforge.urls.serialised import serialised

MAX_URL_BYTES = 8192
"""Longer addresses are refused: servers and messaging apps have lower limits."""


# Parameters that sign the rest of the address: Amazon, Google, Azure, CloudFront, Akamai, Alibaba,
# Tencent, Laravel. They are searched in the query, in any letter case.
SIGNATURES = re.compile(
    r"(?:^|&)((?:x-(?:amz|goog|oss|cos|obs|ms)-|oauth_|q-)?signature|sig|hmac|hdnts|hdnea|__gda__)=",
    re.IGNORECASE,
)


_FRAGMENT_PIECES = re.compile(r"(?=[?&])")
# `$host` of shells, PHP and nginx, `$(HOST)` of makefiles, `$!host` of Velocity.
_FILLED_IN = re.compile(rf"{MERGE_TAG.pattern}|\$!?(?:\w+|\(\w+\))")
_NOT_OF_A_HOST = re.compile(r"[!\"$&'()*+,;=`{}~]|\.\.")
_UNWRITABLE = {"Cc", "Cf", "Cs", "Zl", "Zp"}


class LandingPage(NamedTuple):
    """An address that can be tagged, in three pieces of text."""

    head: str
    """Scheme, host and path."""
    query: str | None
    """Without its `?` and without tags. None: there is nothing after the `?`, or no `?`."""
    fragment: str
    """With its `#`, without tags. Empty: there is none."""
    replaced: tuple[str, ...] = ()
    """The tag parameters that were removed from the address."""
    assumed_https: bool = False
    """The address was given without a scheme."""

    @property
    def url(self) -> str:
        """The address without tags."""
        return self.head + ("" if self.query is None else "?" + self.query) + self.fragment

    def notes(self) -> list[str]:
        """Return messages about how the address differs from the given one."""
        notes = []
        if self.assumed_https:
            notes.append(f"the address had no scheme: used {self.url}")
        if self.replaced:
            notes.append(f"replaced what the address already had: {', '.join(self.replaced)}")
        return notes

    def with_tags(self, tags: Tags) -> str:
        """Return the address with `tags`, after the query and before the fragment.

        Raises:
            BadTag: A tag is empty or contains a character that a link cannot contain.
            BadLandingPage: The result is longer than 8 KiB.
        """
        return self._joined(self._joint, tags)

    def with_tags_as_in_0_2(self, tags: Tags, *, had_empty_query: bool) -> str:
        """Return what `with_tags` returned up to 0.2: registries and exports hold such links.

        It encoded merge tags with spaces in the values of tags, and wrote an `&` after the `?` of a
        page with an empty query (`/p?`).

        >>> from utmforge.model import Tags
        >>> page = read_landing_page("https://x.example/p?")
        >>> page.with_tags_as_in_0_2(Tags("a", "b", "{{ c }}"), had_empty_query=True)
        'https://x.example/p?&utm_source=a&utm_medium=b&utm_campaign=%7B%7B%20c%20%7D%7D'

        Raises:
            BadTag: A tag is empty or contains a character that a link cannot contain.
            BadLandingPage: The result is longer than 8 KiB.
        """
        joint = f"?{self.query or ''}&" if had_empty_query else self._joint
        return self._joined(joint, tags, encoded_as_in_0_2)

    @property
    def _joint(self) -> str:
        return "?" if self.query is None else f"?{self.query}&"

    def _joined(self, joint: str, tags: Tags, write: Callable[[str], str] = encoded) -> str:
        url = f"{self.head}{joint}{written_tags(tags, write)}{self.fragment}"
        if len(url) > MAX_URL_BYTES:
            raise _too_long("the tagged link")
        return url


def read_landing_page(text: str) -> LandingPage:
    """Read an address that the user gave, and remove its tags.

    Raises:
        BadLandingPage: It is not http(s), or tags cannot be added to it safely. The message
            never repeats credentials or the query.
    """
    text = text.strip(" \t\r\n")
    given = text if text.startswith(("https://", "http://")) else with_scheme(text)
    _refuse_unsafe(given)
    shielded = shield(given)
    try:
        parsed = serialised(shielded.text)
    except ValueError:
        raise _not_an_address(text) from None
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
        shielded.restored_after_host(head),
        shielded.restored(kept) if kept else None,
        shielded.restored(rest),
        tuple(replaced + in_fragment),
        given is not text,
    )


def tag(landing_page: str, tags: Tags) -> str:
    """Return the landing page with `tags`, which replace the tags already in it.

    Raises:
        BadLandingPage: The address cannot be tagged.
        BadTag: A tag is empty or contains a character that a link cannot contain.
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

    Missing tags are empty (source, medium, campaign) or None. The first value of a repeated
    parameter that is not empty counts.
    """
    from utmforge.urls.link import Link

    return tags_of(Link(url).in_any_case)


def _refuse_unsafe(text: str) -> None:
    if not text:
        raise BadLandingPage("the landing page is empty")
    if len(text) > MAX_URL_BYTES:
        raise _too_long("the landing page")
    if not text.isascii() or not text.isprintable():
        _refuse_invisible(text)
    scheme = SCHEME.match(text)
    if not scheme:
        raise _not_an_address(text)
    if scheme[1].lower() not in {"http", "https"}:
        raise BadLandingPage(
            f"only http and https addresses can be tagged, not {quoted(scheme[1], 20)}",
            hint=did_you_mean(scheme[1], ["https", "http"], cutoff=0.7) or _meant_beginning(text),
        )
    if holds_several(text):
        raise BadLandingPage("it has two addresses", hint="give one address at a time")
    authority = AUTHORITY.match(text)
    if authority and "\\" in authority[0]:
        raise BadLandingPage(
            "the address has a backslash before its path: browsers and other programs read it "
            "as different sites",
            hint="write it with forward slashes",
        )
    if authority and _is_impossible(authority[1]):
        raise BadLandingPage(
            f"the host {quoted(authority[1], 60)} has a character that no host has",
            hint=_meant_beginning(text) or "write letters, digits, dots and hyphens",
        )
    if authority and "@" in authority[1]:
        raise BadLandingPage(
            "the address has a user name or password before its host",
            hint="remove everything between // and @: it would be visible to everyone",
        )


def _is_impossible(host: str) -> bool:
    """Tell whether browsers accept a host that no server has, such as `shop(.)example`.

    Merge tags and variables in it are filled in later, and misplaced tags have a sentence of their
    own.
    """
    if not _NOT_OF_A_HOST.search(host) or "utm_" in host.lower() or "@" in host:
        return False
    return _NOT_OF_A_HOST.search(_FILLED_IN.sub("", host)) is not None


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


def _not_an_address(text: str) -> BadLandingPage:
    hint = _meant_beginning(text) or "write it as https://shop.example/page"
    return BadLandingPage(f"{_shown(text)} is not a web address", hint=hint)


def _meant_beginning(text: str) -> str | None:
    """Return a hint with the scheme and host that a text was probably meant to begin with."""
    from utmforge.urls.unwrap.unwrap import unwrap

    meant = AUTHORITY.match(unwrap(text).url)
    if not meant or "." not in meant[1] or "@" in meant[1] or text.startswith(meant[0]):
        return None
    return f"begin it with {meant[0]}"


def _too_long(what: str) -> BadLandingPage:
    return BadLandingPage(f"{what} is longer than {MAX_URL_BYTES // 1024} KiB")


def _shown(text: str) -> str:
    """Quote the part of an address that cannot contain a secret."""
    return quoted(re.split(r"[?#]", text, maxsplit=1)[0].rpartition("@")[2])


def _is_tag(segment: str) -> bool:
    return field_in_any_case(segment.partition("=")[0].lstrip("?&")) is not None


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
    kept = [
        segment
        for at, segment in enumerate(segments)
        if not (_is_tag(segment) or _is_between_tags(segments, at))
    ]
    return "&".join(kept), names


def _is_between_tags(segments: list[str], at: int) -> bool:
    """Tell whether a segment is empty, and so are its neighbours up to a tag on either side."""
    if segments[at]:
        return False
    before = next((one for one in reversed(segments[:at]) if one), None)
    after = next((one for one in segments[at + 1 :] if one), None)
    return before is not None and after is not None and _is_tag(before) and _is_tag(after)


def _split_fragment(fragment: str) -> tuple[str, list[str]]:
    """Return the fragment without tags (empty when nothing is left) and the tags' names."""
    if not fragment:
        return fragment, []
    names = _tag_names(_FRAGMENT_PIECES.split(fragment[1:]))
    return (fragment_without(fragment, _is_tag) if names else fragment), names


def fragment_without(fragment: str, is_removed: Callable[[str], bool]) -> str:
    """Return a fragment without some of the parameters in it; empty when nothing is left.

    Args:
        fragment: With its `#`.
        is_removed: Tells whether a piece such as `?a=1` or `&b=2` is removed.
    """
    kept = ""
    joint = None
    removed = False
    for piece in _FRAGMENT_PIECES.split(fragment[1:]):
        if is_removed(piece):
            removed = True
            joint = piece[:1] if joint is None and piece[:1] in {"?", "&"} else joint or ""
        else:
            kept += piece if joint is None else joint + piece.lstrip("?&")
            joint = None
    if not removed:
        return fragment
    return f"#{kept}" if kept else ""


@lru_cache(maxsize=256)
def written_tags(tags: Tags, write: Callable[[str], str] = encoded) -> str:
    """Write tags as query text; the last character is a letter or a digit, unless a macro's.

    Raises:
        BadTag: A tag is empty or contains a character that a link cannot contain.
    """
    for name in REQUIRED:
        if not getattr(tags, name):
            raise BadTag(f"the tags have no {name}")
    for name in PARAMETERS:
        if (value := getattr(tags, name)) is not None:
            refuse_unwritable(name, value)
    text = "&".join(f"{PARAMETERS[name]}={write(value)}" for name, value in tags.items())
    if text[-1] not in "-._~" or (text[-1] == "~" and is_merge_tag(text.rpartition("=")[2])):
        return text
    return text[:-1] + f"%{ord(text[-1]):02X}"


def refuse_unwritable(name: str, value: str) -> None:
    """Refuse a tag value that a link cannot contain.

    Raises:
        BadTag: It is empty, or contains a control or invisible character.
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


# Signs that a text is more than one address: quotes and brackets from surrounding code or markup, a
# second host, white space, and the `=3D` of quoted-printable mail.
_MORE_THAN_ONE = r"""(?is)[\s"<>`\\^]|[,;'\\]$|=3D|://.*://|[,;|][a-z0-9-]+(?:\.[a-z0-9-]+)+/"""


def is_one_address(url: str) -> bool:
    """Tell whether a text is exactly one address, so that it may be rewritten.

    >>> is_one_address("https://shop.example/?a=1"), is_one_address("see https://shop.example/")
    (True, False)
    """
    if re.search(_MORE_THAN_ONE, masked(url)):
        return False
    if is_relative(url):
        return True
    try:
        read_landing_page(url)
    except BadLandingPage:
        return False
    return True
