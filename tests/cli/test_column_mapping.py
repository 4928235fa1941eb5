"""`--map FIELD=COLUMN`, as people write it."""

import pytest

from utmforge.cli.column_mapping import mapped_columns
from utmforge.errors import ContradictoryInput

FIELDS = ("url", "landing_page", "source", "utm_id")


@pytest.mark.parametrize(
    ("asked", "mapping"),
    [
        ([], {}),
        (["url=Final URL"], {"url": "Final URL"}),
        (["URL=a", "Landing Page=b"], {"url": "a", "landing_page": "b"}),
        (["utm_source=a"], {"source": "a"}),
        (["utm_id=a"], {"utm_id": "a"}),
        (["url=a=b"], {"url": "a=b"}),
        (["url=a", "url=b"], {"url": "b"}),
    ],
)
def test_fields_in_any_spelling(asked: list[str], mapping: dict[str, str]) -> None:
    """A column's own name stays letter for letter; the last one counts."""
    assert mapped_columns(asked, FIELDS) == mapping


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("url", "the fields are url, landing_page, source, utm_id"),
        ("sorce=a", 'did you mean "source"?'),
        ("zzz=a", "the fields are url, landing_page, source, utm_id"),
        ("=a", "the fields are url, landing_page, source, utm_id"),
    ],
)
def test_what_is_no_mapping(text: str, hint: str) -> None:
    """With the nearest field, or all of them."""
    with pytest.raises(ContradictoryInput) as caught:
        mapped_columns([text], FIELDS)

    assert caught.value.message == f'--map "{text}" is not FIELD=COLUMN'
    if text != "url":
        assert caught.value.hint == hint
