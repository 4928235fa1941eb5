"""Undo what copying, quoting, mailing and typing do to a link, one step at a time.

Each function takes a text and returns the next step towards the link in it, or None if there is
nothing to undo. None of them changes an ordinary link.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from utmforge.urls.address import with_scheme
from utmforge.urls.merge_tags import MERGE_TAG
from utmforge.urls.quoting import address_text

if TYPE_CHECKING:
    from collections.abc import Callable


class Step(NamedTuple):
    """One thing that was undone."""

    text: str
    """The text after the step."""
    said: str
    """The step in words that follow `explain`'s label `found`."""
    cut: str | None = None
    """Why the link's end seems to be missing. None: it seems complete."""


# Soft hyphen, Arabic letter mark, Mongolian vowel separator, zero-width and bidi characters, BOM.
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
)
_DOT = r"[\[({](?:\.|dot)[\])}]"
_FANGS = re.compile(rf"{_DOT}|[\[({{][:/][\])}}]", re.IGNORECASE)
# A scheme with xx or brackets, or a host with brackets around a dot.
_DEFANGED = re.compile(
    rf"(?<![^\s<(\"'])(?:(h(?:xx|tt|\*\*)ps?)[\[({{]?:[\])}}]?(?:/|[\[({{]/[\])}}]){{2}})?"
    rf"((?:[\w-]{{1,63}}(?:\.|{_DOT})){{1,10}}[\w-]{{1,63}}(?:[\[({{]:[\])}}])?)(?=[/:?#\s]|$)",
    re.IGNORECASE,
)
_SOFT_BREAK = re.compile(r"=[ \t]*\r?\n")
_QUOTED_EQUALS = re.compile(r"=3[Dd]")
_BARE_EQUALS = re.compile(r"=(?![0-9A-F]{2})")
_TAG_QUOTED = re.compile(r"[?&;]utm_[a-z_]{1,30}=3[Dd]", re.IGNORECASE)
_HREF = re.compile(
    r"""<a\s[^<>]{0,500}?\bhref\s{0,9}=\s{0,9}(?:"([^"<>]+)"|'([^'<>]+)')""", re.IGNORECASE
)
_MARKDOWN = re.compile(r"!?\[[^][]{0,500}\]\(\s*<?(\S+?)>?(?:\s+[\"'(].{0,500})?\s*\)")
_SLACK = re.compile(r"<(https?://[^<>|\s]+)\|[^<>]{0,500}>")
# `&amp;` and its numeric forms, and the rest of it after a program split the query at `&`.
_ENTITY = re.compile(r"&(?:(amp|quot|apos|lt|gt)|#0{0,4}(\d{2,3})|#[xX]0{0,4}([0-9a-fA-F]{2}));")
_NAMED = {"amp": "&", "quot": '"', "apos": "'", "lt": "<", "gt": ">"}
_LONE_AMP = re.compile(r"([?&])(?:amp(?:;|%3B))+(?=[\w.%-]{1,60}=)|&amp%3B", re.IGNORECASE)
_LINE_BREAK = re.compile(r"[ \t]*\r?\n[> \t]*")
_ENCODED = re.compile(r"https?%(?:25){0,9}3A", re.IGNORECASE)
_ADDRESS = re.compile(rf"https?://(?:{MERGE_TAG.pattern}|[^\s<>\"])+", re.IGNORECASE)
_TWO_SCHEMES = re.compile(r"https?:/{0,2}(?=https?://)", re.IGNORECASE)
_ENCODED_END = re.compile(r"(https?://(?:[\w-]+\.)+[\w-]+)(%3[Ff]|%2[Ff]|%23)", re.IGNORECASE)
# `https//x`, `https:/x`, `https;//x`, `https.//x`, `https: //x`: a `:` or `/` mistyped or missing.
_FEW_SLASHES = re.compile(
    r"(https?)(?::/?|[;.,]:?//?|:[;.,]//?| ?:? ?//)(?![/\\])(?=[^\s:/?#]+\.)", re.IGNORECASE
)
_MISSPELT_SCHEME = re.compile(
    r"(?:h?htt?p|ht?tp|h?ttp|htttp|httpp|htpp|hptt|htt)(s{0,2})(?<!^http)(?<!^https)://(?=[^\s:/?#]+\.)",
    re.IGNORECASE,
)

# The last ones are WhatsApp's, Slack's and Markdown's emphasis.
_AROUND = dict(zip("<([{\"'`«“‘„‹「（*_~|", ">)]}\"'`»”’“›」）*_~|", strict=True))
_OPENERS = "".join(_AROUND)
_OPENING = {")": "(", "]": "[", "}": "{", ">": "<", "）": "（", "」": "「"}
# What messaging apps and people write after a link, in Latin and in East Asian scripts.
_STUCK = frozenset(".,;:!?'\"`»”’“›…。，、！？；：")
_WRAPPED_AT = 60
"""Mail programs break lines at 72 to 76 characters, quoted ones a little before."""


def without_blanks(text: str) -> Step | None:
    """Remove surrounding white space."""
    bare = text.strip()
    return Step(bare, "removed the spaces around it") if bare != text else None


def without_invisible(text: str) -> Step | None:
    """Remove zero-width spaces, soft hyphens and direction marks."""
    visible, count = _INVISIBLE.subn("", text)
    what = "an invisible character" if count == 1 else f"{count} invisible characters"
    return Step(visible, f"removed {what}") if count else None


def refanged(text: str) -> Step | None:
    """Read an address that was made unclickable, such as `hxxps://shop[.]example`."""

    def read(match: re.Match[str]) -> str:
        scheme, rest = match.groups()
        is_plain = match[0].lower().startswith(("http://", "https://"))
        if is_plain and not _FANGS.search(rest):
            return match[0]
        plain = _FANGS.sub(lambda sign: "." if "d" in sign[0].lower() else sign[0][1], rest)
        return f"http{'s' if scheme[-1] in 'sS' else ''}://{plain}" if scheme else plain

    result = _DEFANGED.sub(read, text)
    return Step(result, "read hxxp and [.] as http and .") if result != text else None


def from_quoted_printable(text: str) -> Step | None:
    r"""Undo the transport encoding of mail: `=3D` is `=`, and `=` ends a line that goes on.

    `?view=3D` is an ordinary link: quoted text has no bare `=`, and has `=3D` twice or after a tag.
    """
    joined, breaks = _SOFT_BREAK.subn("", text)
    if not breaks and (
        _BARE_EQUALS.search(text)
        or (len(_QUOTED_EQUALS.findall(text)) < 2 and not _TAG_QUOTED.search(text))  # noqa: PLR2004 - two are not an accident
    ):
        return None
    read = _QUOTED_EQUALS.sub("=", joined)
    return Step(read, "read as quoted-printable") if read != text else None


def from_markup(text: str) -> Step | None:
    """Extract the address from HTML, Markdown or Slack's brackets."""
    if match := _HREF.match(text):
        return Step(match[1] or match[2], "taken out of its HTML")
    if match := _MARKDOWN.fullmatch(text):
        return Step(match[1], "taken out of its Markdown")
    if match := _SLACK.fullmatch(text):
        return Step(match[1], "taken out of its brackets")
    return None


def without_entities(text: str) -> Step | None:
    """Read `&amp;` as `&`, also if only `amp;` is left of it."""
    if match := _ENTITY.search(text):
        sign = _sign(match)
        if sign.isprintable() and sign.isascii():
            return Step(text.replace(match[0], sign), f"read {match[0]} as {sign}")
    if match := _LONE_AMP.search(text):
        sign = match[1] or "&"
        rest = text[: match.start()] + sign + text[match.end() :]
        return Step(rest, f"read {match[0]} as {sign}")
    return None


def _sign(entity: re.Match[str]) -> str:
    name, decimal, hexadecimal = entity.groups()
    return _NAMED[name] if name else chr(int(decimal) if decimal else int(hexadecimal, 16))


def in_one_line(text: str) -> Step | None:
    """Join the lines of a link that a mail program broke."""
    lines = _LINE_BREAK.split(text)
    goes_on = all(
        len(before) >= _WRAPPED_AT or before[-1:] in "&?=/%_-#" or after[:1] in "&?=/%_-#"
        for before, after in pairwise(lines)
    )
    if len(lines) == 1 or not goes_on or any(_starts_anew(line) for line in lines[1:]):
        return None
    return Step("".join(lines), "joined its lines")


def _starts_anew(line: str) -> bool:
    return not line or "://" in line[:10] or any(blank in line for blank in " \t")


def percent_decoded(text: str) -> Step | None:
    """Decode a link in which even the `:` after the scheme is encoded."""
    return Step(address_text(text), "percent-decoded once") if _ENCODED.match(text) else None


def only_address(text: str) -> Step | None:
    """Extract the first address from a text."""
    match = _ADDRESS.search(text)
    if not match or match[0] == text:
        return None
    before = text[: match.start()].rstrip(_OPENERS)
    if before and not before[-1].isspace():
        return None
    after = text[match.end() : match.end() + 1]
    if match.start() == 0 and not after.isspace():
        return Step(match[0], f"removed what begins with {after}")
    return Step(match[0], "taken out of the words around it")


def bare(text: str) -> Step | None:
    """Remove one pair of brackets, quotes or emphasis marks around an address."""
    closing = _AROUND.get(text[:1])
    if not closing or not text[1:9].lower().startswith(
        ("http://", "https://", "https%3a", "http%3a")
    ):
        return None
    inner = text[1:].rstrip(".,;:!?")
    if not inner.endswith(closing):
        return Step(text[1:], f"removed the {text[0]} from its start")
    return Step(inner[: -len(closing)], f"removed the {text[0]} {closing} around it")


def without_what_stuck(text: str) -> Step | None:
    """Remove punctuation from the end, and a closing bracket without an opening one."""
    end = len(text)
    while end and _stuck(text, end):
        end -= 1
    if end in {0, len(text)} or not looks_web(text):
        return None
    off = text[end:]
    if off.endswith("...") or "…" in off:
        return Step(text[:end], "removed the … from its end", "it ends with …")
    return Step(text[:end], f"removed the {off} from its end")


def _stuck(text: str, end: int) -> bool:
    last = text[end - 1]
    opening = _OPENING.get(last)
    if opening:
        return text.count(last, 0, end) > text.count(opening, 0, end)
    return last in _STUCK


def looks_web(text: str) -> bool:
    """Tell whether a text looks like a web address, with or without its scheme."""
    return with_scheme(text)[:8].lower().startswith(("http://", "https://"))


def with_one_scheme(text: str) -> Step | None:
    """Correct `https://https://x`, `https:/x`, `https;//x` and `htps://x`."""
    if match := _TWO_SCHEMES.match(text):
        return Step(text[match.end() :], f"removed the first {match[0]}")
    if match := _MISSPELT_SCHEME.match(text):
        scheme = f"http{match[1][:1].lower()}://"
        return Step(scheme + text[match.end() :], f"read {match[0]} as {scheme}")
    match = _FEW_SLASHES.match(text)
    if match and not text[match.end(1) :].startswith("://"):
        rest = f"{match[1]}://{text[match.end() :]}"
        return Step(rest, f"read {match[0]} as {match[1]}://")
    return None


def with_host_ended(text: str) -> Step | None:
    """Decode the `%3F`, `%2F` or `%23` that should end the host."""
    match = _ENCODED_END.match(text)
    if not match:
        return None
    sign = address_text(match[2])
    return Step(f"{match[1]}{sign}{text[match.end() :]}", f"read {match[2]} as {sign}")


def with_a_scheme(text: str) -> Step | None:
    """Add `https://` if only the scheme is missing."""
    full = with_scheme(text)
    return Step(full, "added https:// before it") if full != text else None


UNDO: tuple[Callable[[str], Step | None], ...] = (
    without_blanks,
    without_invisible,
    refanged,
    from_quoted_printable,
    from_markup,
    without_entities,
    in_one_line,
    percent_decoded,
    bare,
    only_address,
    without_what_stuck,
    with_one_scheme,
    with_host_ended,
    with_a_scheme,
)
