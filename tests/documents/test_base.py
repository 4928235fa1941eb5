"""What a document is goes by how its name ends."""

from pathlib import Path
from typing import get_args

import pytest

from utmforge.documents.base import Kind
from utmforge.documents.kinds import KINDS, LIST_ENDINGS


def test_each_kind_has_an_ending() -> None:
    """All but those that the contents decide too."""
    by_contents = {"list", "markup", "json", "mail", "calendar", "escaped", "text"}
    assert set(KINDS.values()) == set(get_args(Kind)) - by_contents
    assert not KINDS.keys() & LIST_ENDINGS


@pytest.mark.parametrize("ending", [*KINDS, *sorted(LIST_ENDINGS)])
def test_endings_are_as_a_path_has_them(ending: str) -> None:
    """In lower case and with their dot."""
    assert Path(f"links{ending}").suffix == ending
    assert ending == ending.lower()
