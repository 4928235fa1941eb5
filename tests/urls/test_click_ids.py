"""Parameters that networks and mailers add for one click."""

import pytest

from utmforge.model import FIELDS
from utmforge.urls.click_ids import CLICK_IDS, is_click_id
from utmforge.urls.parameters import looks_like_tag


@pytest.mark.parametrize("name", sorted(CLICK_IDS))
def test_a_click_id_in_any_case(name: str) -> None:
    """And it is never taken for a tag, or for a misspelt one."""
    assert is_click_id(name)
    assert is_click_id(name.upper())
    assert not looks_like_tag(name)


@pytest.mark.parametrize("name", [*FIELDS, "ref", "source", "si", "id", "gclid2", "xfbclid", ""])
def test_what_pages_and_tags_need_is_none(name: str) -> None:
    """Names that sites use themselves, tags, and names that only contain one."""
    assert not is_click_id(name)
