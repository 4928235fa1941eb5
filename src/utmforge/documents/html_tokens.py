"""The tags and the text of HTML, where a browser sees them, each with its exact place.

It follows the tokenizer of the HTML standard (https://html.spec.whatwg.org/#tokenization, read
2026-11), and reads what Outlook reads in conditional comments too. Any text can be read.

>>> [tag.name for tag in tags_in("<p><!-- <b> --><!--[if mso]><v:rect><![endif]--><i>")]
['p', 'v:rect', 'i']
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAME = re.compile(r"[A-Za-z][^\t\n\f\r />]*")
_BEFORE_ATTRIBUTE = re.compile(r"[\t\n\f\r /]*")
_ATTRIBUTE_NAME = re.compile(r"=?[^\t\n\f\r />=]*")
_EQUALS = re.compile(r"[\t\n\f\r ]*=[\t\n\f\r ]*")
_UNQUOTED = re.compile(r"[^\t\n\f\r >]*")
_COMMENT_END = re.compile(r"--!?>")
_ABRUPT_COMMENT = re.compile(r"-?>")
_CONDITION = re.compile(r"\[if\b[^\]>]{0,200}\]>", re.IGNORECASE)
_AUTOLINK = re.compile(r"<https?://", re.IGNORECASE)
"""`<https://shop.example/>`, an address in a text."""
_RAW = frozenset(
    ("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "plaintext")
)
"""Elements whose contents are text."""


class Attribute(NamedTuple):
    """An attribute of a tag; its value is `text[start:end]`, as written."""

    name: str
    """In lower case."""
    start: int
    end: int


class StartTag(NamedTuple):
    """A tag that begins an element."""

    name: str
    """In lower case."""
    attributes: tuple[Attribute, ...]
    """In their order."""
    end: int
    """Where it ends."""

    def first(self, name: str) -> Attribute | None:
        """Return the attribute of that name that counts, which is the first."""
        return next((one for one in self.attributes if one.name == name), None)


class Text(NamedTuple):
    """Text between tags."""

    start: int
    end: int


def tags_in(text: str) -> Iterator[StartTag]:
    """Yield the tags that begin elements."""
    return (one for one in tokens(text) if isinstance(one, StartTag))


def tokens(text: str, *, is_template: bool = False) -> Iterator[StartTag | Text]:
    """Yield tags and the text between them, in their order.

    Args:
        text: The document.
        is_template: Whether it is not HTML yet: `<?php … ?>` and CDATA are text.
    """
    return _Tokenizer(text, is_template=is_template).between(0, len(text))


def tag_at(text: str, at: int) -> StartTag | None:
    """Return the tag that begins an element at a place; None if there is none."""
    name = _NAME.match(text, at + 1)
    return _tag(text, name, len(text)) if name else None


class _Tokenizer:
    def __init__(self, text: str, *, is_template: bool) -> None:
        self.text = text
        self.is_template = is_template
        self.drawings = 0
        """How many `<svg>` are open: in them, nothing is raw."""

    def between(self, at: int, end: int) -> Iterator[StartTag | Text]:
        """Yield the tags and texts from one position to another."""
        text = self.text
        begun = at
        while (at := text.find("<", at, end)) >= 0:
            after = text[at + 1 : at + 2]
            if self._begins_a_tag(at):
                if begun < at:
                    yield Text(begun, at)
                name = _NAME.match(text, at + 1, end)
                tag = _tag(text, name, end) if name else None
                if tag is None:  # the document ends in it
                    return
                yield tag
                at = begun = self._after(tag, end)
            elif after and after in "/!?":
                if begun < at:
                    yield Text(begun, at)
                inner, at = self._passed_over(at, end)
                if inner and inner.is_markup:
                    yield from self.between(inner.start, inner.end)
                elif inner:
                    yield Text(inner.start, inner.end)
                begun = at
            else:
                at += 1
        if begun < end:
            yield Text(begun, end)

    def _begins_a_tag(self, at: int) -> bool:
        after = self.text[at + 1 : at + 2]
        is_address = self.is_template and _AUTOLINK.match(self.text, at)
        return after.isascii() and after.isalpha() and not is_address

    def _after(self, tag: StartTag, end: int) -> int:
        """Return where reading goes on after a tag: after its contents, if they are raw."""
        is_closed = self.text.startswith("/>", tag.end - 2)
        if tag.name == "svg" and not is_closed:
            self.drawings += 1
        if tag.name not in _RAW or self.drawings or (self.is_template and is_closed):
            return tag.end
        if tag.name == "plaintext":
            return end
        close = re.compile(rf"</{tag.name}(?=[\t\n\f\r />])", re.IGNORECASE)
        match = close.search(self.text, tag.end, end)
        return match.start() if match else end

    def _passed_over(self, at: int, end: int) -> tuple[_Inner | None, int]:
        """Return what to read inside a comment or declaration, and where that ends."""
        text = self.text
        if text.startswith("<!--", at):
            return self._comment(at + len("<!--"), end)
        if self.is_template and text.startswith("<?", at):
            close = _found(text, "?>", at, end)
            return _Inner(at + 2, close, is_markup=False), min(close + 2, end)
        if (self.is_template or self.drawings) and text.startswith("<![CDATA[", at):
            close = _found(text, "]]>", at, end)
            return _Inner(at + len("<![CDATA["), close, is_markup=False), min(close + 3, end)
        if name := _NAME.match(text, at + 2, end) if text[at + 1] == "/" else None:
            if name[0].lower() == "svg":
                self.drawings = max(0, self.drawings - 1)
            tag = _tag(text, name, end)
            return None, tag.end if tag else end
        return None, min(_found(text, ">", at, end) + 1, end)

    def _comment(self, at: int, end: int) -> tuple[_Inner | None, int]:
        if abrupt := _ABRUPT_COMMENT.match(self.text, at, end):
            return None, abrupt.end()
        close = _COMMENT_END.search(self.text, at, end)
        stop, after = (close.start(), close.end()) if close else (end, end)
        condition = _CONDITION.match(self.text, at, stop)
        return (_Inner(condition.end(), stop, is_markup=True) if condition else None), after


class _Inner(NamedTuple):
    """The part to read inside a comment or declaration."""

    start: int
    end: int
    is_markup: bool
    """Whether it has tags; else it is text."""


def _found(text: str, what: str, at: int, end: int) -> int:
    found = text.find(what, at, end)
    return end if found < 0 else found


def _tag(text: str, name: re.Match[str], end: int) -> StartTag | None:
    """Return a tag whose name was read; None if the document ends in it."""
    attributes: list[Attribute] = []
    at = name.end()
    while True:
        at = _end_of(_BEFORE_ATTRIBUTE, text, at, end)
        if at >= end:
            return None
        if text[at] == ">":
            return StartTag(name[0].lower(), tuple(attributes), at + 1)
        begun, at = at, _end_of(_ATTRIBUTE_NAME, text, at, end)
        named = text[begun:at].lower()
        equals = _EQUALS.match(text, at, end)
        if equals is None:
            attributes.append(Attribute(named, at, at))
            continue
        at = equals.end()
        quote = text[at : at + 1] if at < end else ""
        if quote and quote in "\"'":
            close = text.find(quote, at + 1, end)
            if close < 0:
                return None
            attributes.append(Attribute(named, at + 1, close))
            at = close + 1
        else:
            close = _end_of(_UNQUOTED, text, at, end)
            attributes.append(Attribute(named, at, close))
            at = close


def _end_of(pattern: re.Pattern[str], text: str, at: int, end: int) -> int:
    match = pattern.match(text, at, end)
    return match.end() if match else at
