r"""Links in Markdown, as CommonMark reads it, GitHub's bare addresses included.

Code is not linted, and images are not links. A definition (`[spring]: https://…`) counts once,
unless only images use it. Source: https://spec.commonmark.org/0.31.2/.

>>> text = "[a](https://shop.example/a_(b)) `https://shop.example/c` ![i](https://shop.example/i.png)"
>>> [link.url for link in in_markdown(text)]
['https://shop.example/a_(b)']
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from utmforge.documents.base import Located, Span, as_followed, is_link
from utmforge.documents.entities import in_markdown_text
from utmforge.documents.html import link_of, links_in_page
from utmforge.documents.html_tokens import tag_at
from utmforge.documents.markdown_blocks import Block, blocks_in
from utmforge.documents.places import located
from utmforge.documents.running_text import addresses_in, is_meant, without_what_follows
from utmforge.urls.merge_tags import MERGE_TAG

if TYPE_CHECKING:
    from collections.abc import Iterator

_PUNCTUATION = r"!-/:-@\[-`{-~"
_ESCAPED = re.compile(rf"\\([{_PUNCTUATION}])")
_PIECE = rf"(?:{MERGE_TAG.pattern}|[^()\s\\]|\\.)"
_BALANCED = rf"(?:{MERGE_TAG.pattern}|[^()\s\\]|\\.|\((?:{_PIECE}|\({_PIECE}*+\))*+\))++"
_DESTINATION = rf"(?:<((?:[^<>\n\\]|\\.)*)>|(?!<)({_BALANCED}))"
_TITLE = r"(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\))"
_INLINE = re.compile(rf"\(\s*{_DESTINATION}?(?:\s+{_TITLE})?\s*\)", re.DOTALL)
_DEFINITION = re.compile(
    rf"[ \t]*\[(?!\^)((?:[^][\\]|\\.){{1,999}})\]:[ \t]*\n?[ \t]*"
    rf"(?:<((?:[^<>\n\\]|\\.)*)>|(?!<)((?:{MERGE_TAG.pattern}|\S)++))"
    rf"(?:[ \t]*\n?[ \t]+{_TITLE})?[ \t]*(?:\n|\Z)"
)
_LABEL = re.compile(r"\[((?:[^][\\]|\\.){0,999})\]")
_SIGN = re.compile(rf"\\[{_PUNCTUATION}]|`+|<|!?\[|\]|https?://(?![()*^?])", re.IGNORECASE)
_AUTOLINK = re.compile(r"<([a-z][a-z0-9+.-]{1,31}:[^\s<>]*)>", re.IGNORECASE)
_BARE = re.compile(
    rf"https?://(?:{MERGE_TAG.pattern}|\\[{_PUNCTUATION}]|[^\s<>\"'\[\]|`\\])+", re.IGNORECASE
)
_WORD = re.compile(r"[\w@]")


class _Opened(NamedTuple):
    """A bracket that was opened."""

    at: int
    is_image: bool


class _Use(NamedTuple):
    """A reference to a definition."""

    label: str
    is_image: bool


def in_markdown(text: str) -> Iterator[Located]:
    """Yield the links of a Markdown text."""
    return located(text, _Document(text).links())


class _Document:
    def __init__(self, text: str) -> None:
        self.text = text
        self.definitions: list[tuple[str, Span]] = []
        self.uses: set[_Use] = set()

    def links(self) -> list[Span]:
        """Return the links in their order."""
        blocks = [self._without_definitions(block) for block in blocks_in(self.text)]
        labels = {label for label, _ in self.definitions}
        found = [link for block in blocks for link in self._of_block(block, labels)]
        found += [
            link
            for label, link in self.definitions
            if _Use(label, is_image=True) not in self.uses
            or _Use(label, is_image=False) in self.uses
        ]
        return sorted((one for one in found if is_link(one.url)), key=lambda one: one.start)

    def _without_definitions(self, block: Block) -> Block:
        """Return what remains of a paragraph after the definitions at its start."""
        at = block.start
        while block.kind == "paragraph" and (match := _DEFINITION.match(self.text, at, block.end)):
            group = 2 if match[2] is not None else 3
            link = Span(as_followed(_meant(match[group])), match.start(group), match.end(group))
            self.definitions.append((_label(match[1]), link))
            at = match.end()
        return block._replace(start=at)

    def _of_block(self, block: Block, labels: set[str]) -> Iterator[Span]:
        if block.kind == "plain":
            for url, start, end in addresses_in(self.text[block.start : block.end]):
                yield Span(url, block.start + start, block.start + end)
        elif block.kind == "html":
            for url, start, end in links_in_page(self.text[block.start : block.end]):
                yield Span(url, block.start + start, block.start + end)
        else:
            yield from _Paragraph(self.text, block, labels, self.uses).links()


class _Paragraph:
    def __init__(self, text: str, block: Block, labels: set[str], uses: set[_Use]) -> None:
        self.text = text
        self.end = block.end
        self.at = block.start
        self.labels = labels
        self.uses = uses
        self.open: list[_Opened] = []
        self.found: list[Span] = []
        self.bare: list[Span] = []
        self.in_anchor = False
        self.unclosed: set[int] = set()
        """Lengths of runs of backticks that no run of the same length closes."""

    def links(self) -> list[Span]:
        """Return the links of the paragraph."""
        while sign := _SIGN.search(self.text, self.at, self.end):
            self.at = sign.end()
            match sign[0][0]:
                case "`":
                    self._code(sign)
                case "<":
                    self._tag(sign.start())
                case "[" | "!":
                    self.open.append(_Opened(sign.start(), sign[0] != "["))
                case "]":
                    self._close(sign.start())
                case "h" | "H":
                    self._bare(sign.start())
                case _:
                    pass
        return [*self.found, *self.bare]

    def _code(self, sign: re.Match[str]) -> None:
        length = len(sign[0])
        if length in self.unclosed:
            return
        close = re.compile(rf"(?<!`)`{{{length}}}(?!`)").search(self.text, sign.end(), self.end)
        if close:
            self.at = close.end()
        else:
            self.unclosed.add(length)

    def _tag(self, at: int) -> None:
        if match := _AUTOLINK.match(self.text, at, self.end):
            self._drop_bare(at)
            self.found.append(Span(in_markdown_text(match[1]), match.start(1), match.end(1)))
            self.at = match.end()
        elif self.text.startswith("<!--", at):
            close = self.text.find("-->", at, self.end)
            self.at = self.end if close < 0 else close + len("-->")
        elif self.text.startswith("</", at):
            self.in_anchor &= self.text[at : at + 3].lower() != "</a"
        elif (tag := tag_at(self.text, at)) and tag.end <= self.end:
            self.at = tag.end
            self.in_anchor |= tag.name == "a"
            if link := link_of(tag, self.text):
                self.found.append(link)

    def _bare(self, at: int) -> None:
        if at and _WORD.match(self.text[at - 1]):
            return
        match = _BARE.match(self.text, at, self.end)
        if match is None:
            return
        raw = without_what_follows(match[0])
        self.at = at + len(raw)
        url = _meant(raw)
        if not self.in_anchor and is_meant(url):
            self.bare.append(Span(url, at, self.at))

    def _close(self, at: int) -> None:
        """Read what follows the closing bracket of a link or an image."""
        if not self.open:
            return
        opened = self.open.pop()
        if opened.at < 0:  # a link around a link
            return
        inline = _INLINE.match(self.text, self.at, self.end)
        if inline:
            self.at = inline.end()
            self._drop_inside(opened)
            if not opened.is_image and (inline[1] or inline[2]):
                group = 1 if inline[1] is not None else 2
                link = Span(
                    as_followed(_meant(inline[group])), inline.start(group), inline.end(group)
                )
                self.found.append(link)
            self._close_around(opened)
            return
        label = _LABEL.match(self.text, self.at, self.end)
        begun = opened.at + (2 if opened.is_image else 1)
        name = _label(label[1] if label and label[1] else self.text[begun:at])
        if name in self.labels:
            self.at = label.end() if label else self.at
            self.uses.add(_Use(name, opened.is_image))
            self._drop_inside(opened)
            self._close_around(opened)

    def _close_around(self, opened: _Opened) -> None:
        """A link cannot contain a link: the brackets around this one are plain text."""
        if not opened.is_image:
            self.open = [one if one.is_image else one._replace(at=-1) for one in self.open]

    def _drop_inside(self, opened: _Opened) -> None:
        """Forget addresses in the text of a link, and links in that of an image."""
        self._drop_bare(opened.at)
        if opened.is_image:
            self.found = [one for one in self.found if one.start < opened.at]

    def _drop_bare(self, at: int) -> None:
        while self.bare and self.bare[-1].start > at:
            self.bare.pop()


def _meant(raw: str) -> str:
    """Return an address without escapes and character references."""
    if "\\" not in raw:
        return in_markdown_text(raw)
    pieces = _ESCAPED.split(raw)
    pieces[::2] = map(in_markdown_text, pieces[::2])
    return "".join(pieces)


def _label(written: str) -> str:
    """Normalise a label, so that it can be compared."""
    return " ".join(written.split()).casefold()
