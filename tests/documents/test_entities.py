"""Character references are decoded as a browser and CommonMark decode them."""

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge.documents.entities import in_attribute, in_markdown_text


@pytest.mark.parametrize(
    ("raw", "attribute", "markdown"),
    [
        ("?a=1&amp;b=2", "?a=1&b=2", "?a=1&b=2"),
        ("?a=1&#38;b=2", "?a=1&b=2", "?a=1&b=2"),
        ("?a=1&#x26;b=2", "?a=1&b=2", "?a=1&b=2"),
        ("?a=1&#X26;b=2", "?a=1&b=2", "?a=1&b=2"),
        ("?a=1&amp=2", "?a=1&amp=2", "?a=1&amp=2"),
        ("?a=1&amp", "?a=1&", "?a=1&amp"),
        ("?a=1&amp-b", "?a=1&-b", "?a=1&amp-b"),
        ("?a=1&ampb=2", "?a=1&ampb=2", "?a=1&ampb=2"),
        ("?a=1&copy=2", "?a=1&copy=2", "?a=1&copy=2"),
        ("?a=1&copy;=2", "?a=1©=2", "?a=1©=2"),
        ("?a=1&notit;", "?a=1&notit;", "?a=1&notit;"),
        ("?a=1&lang=en", "?a=1&lang=en", "?a=1&lang=en"),
        ("?a=1&lang;=en", "?a=1⟨=en", "?a=1⟨=en"),
        ("?a=1&unknown;", "?a=1&unknown;", "?a=1&unknown;"),
        ("?a=1&&b=2", "?a=1&&b=2", "?a=1&&b=2"),
        ("?a=&#233;", "?a=é", "?a=é"),
        ("?a=&#233", "?a=é", "?a=&#233"),
        ("&quot;&lt;&gt;&apos;", "\"<>'", "\"<>'"),
        ("", "", ""),
    ],
)
def test_references(raw: str, attribute: str, markdown: str) -> None:
    """Without `;` only where the standard reads one; Markdown never does."""
    assert (in_attribute(raw), in_markdown_text(raw)) == (attribute, markdown)


@given(st.text(max_size=40))
def test_what_was_escaped_comes_back(text: str) -> None:
    """Whatever the address holds."""
    assert in_attribute(escape(text)) == text
    assert in_markdown_text(escape(text)) == text


@given(st.text("&#;xabcdmp=19", max_size=30))
def test_without_an_ampersand_nothing_changes(text: str) -> None:
    """And each reading is a text that is not longer."""
    plain = text.replace("&", "")

    assert in_attribute(plain) == in_markdown_text(plain) == plain
    assert len(in_attribute(text)) <= len(text)
