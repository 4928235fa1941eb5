"""Links are replaced where they stand, and every other byte stays."""

from hypothesis import given
from hypothesis import strategies as st

from utmforge.documents.base import Located
from utmforge.lint.fixes import difference, fixes_in, with_fixes

LOUD = "https://shop.example/?utm_source=News"


def quiet(one: Located) -> str:
    """Return an address in small letters."""
    return one.url.lower()


def test_only_whole_lines_change_and_none_with_something_private() -> None:
    """A line that is not one address has no link in the list to be replaced."""
    text = f"# {LOUD}\n{LOUD}\n  {LOUD}\t# mine\n{LOUD} {LOUD}&e=ann@mail.example\n"
    fixes = fixes_in(text, "list", quiet)

    assert [(one.line, one.column) for one in fixes] == [(2, 1), (3, 3)]
    assert with_fixes(text, fixes) == (
        f"# {LOUD}\n{LOUD.lower()}\n  {LOUD.lower()}\t# mine\n{LOUD} {LOUD}&e=ann@mail.example\n"
    )


@given(st.lists(st.sampled_from(["", "#", "x,", LOUD, f'"{LOUD}"', f" {LOUD}", f"{LOUD},b"])))
def test_no_other_byte_changes(lines: list[str]) -> None:
    """In lists and CSV, whatever the line ends."""
    text = "\r\n".join(lines)

    assert with_fixes(text, fixes_in(text, "list", quiet)).lower() == text.lower()
    assert with_fixes(text, fixes_in(text, "csv", quiet)).lower() == text.lower()
    assert with_fixes(text, {}) == text


def test_a_difference_has_no_lines_around_it() -> None:
    """They may be private."""
    assert difference("l", "a\nb\nc\n", "a\nB\nc\n") == "--- l\n+++ l\n@@ -2 +2 @@\n-b\n+B\n"
