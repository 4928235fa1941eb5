"""Of several reasons against a value the first is told, in the order of the naming convention."""

from datetime import date

import pytest

from utmforge.naming.checks import refuse_missing, why_not
from utmforge.naming.convention import Convention
from utmforge.naming.field_rule import NO_RULE, FieldRule

ALL = FieldRule(
    prohibited=("test",), template="{number}", max_length=3, allowed=("12",), pattern="[0-9]+"
)


@pytest.mark.parametrize(
    ("rule", "value", "said"),
    [
        (ALL, "test", "is prohibited"),
        (ALL, "spring", "does not fit the naming convention's template"),
        (ALL, "1234", "has 4 characters"),
        (ALL, "13", "is not in the naming convention"),
        (
            ALL._replace(allowed=(), pattern="[a-z]+"),
            "13",
            "does not match the naming convention's",
        ),
        (ALL, "12", None),
        (NO_RULE, "anything", None),
    ],
)
def test_the_first_reason(rule: FieldRule, value: str, said: str | None) -> None:
    """One sentence, with the key of the convention to change; none: the value is taken."""
    convention = Convention(fields={"campaign": rule})
    error = why_not(convention, "campaign", value, date(2026, 3, 20))

    assert (error is None) is (said is None)
    if error and said:
        assert said in error.message
        assert error.hint
        assert "[convention.campaign]" in error.hint
    assert why_not(convention, "source", value, None) is None


def test_missing_tags_are_named_together() -> None:
    """In the singular and in the plural."""
    assert refuse_missing(["id"]).message == ("id is missing: the naming convention requires it")
    assert refuse_missing(["id", "content"]).message == (
        "id and content are missing: the naming convention requires them"
    )
