"""Which rules speak: `--select` and `--ignore`."""

import pytest

from utmforge.errors import MissingInput
from utmforge.lint import BY_CODE
from utmforge.lint.rule_choice import chosen_rules


@pytest.mark.parametrize(
    ("select", "ignore", "codes"),
    [
        (None, None, set(BY_CODE)),
        ([], [], set(BY_CODE)),
        (["UTM101"], None, {"UTM101"}),
        (["utm101, letter-case,UTM102", " UTM501 "], None, {"UTM101", "UTM102", "UTM501"}),
        (["UTM101,UTM102"], ["UTM102"], {"UTM101"}),
        (None, ["personal-data"], set(BY_CODE) - {"UTM501"}),
        (["UTM101"], ["UTM101"], set()),
    ],
)
def test_rules_by_code_or_name(
    select: list[str] | None, ignore: list[str] | None, codes: set[str]
) -> None:
    """In any letter case, several separated by commas."""
    assert chosen_rules(select, ignore) == codes


@pytest.mark.parametrize(
    ("select", "message", "hint"),
    [
        (["UTM110"], 'no rule is called "UTM110"', 'did you mean "UTM410"?'),
        (["xyz"], 'no rule is called "XYZ"', "docs/reference/rules.md lists them"),
    ],
)
def test_a_rule_that_is_not_there(select: list[str], message: str, hint: str) -> None:
    """Refused with the nearest one, or where they are listed."""
    for arguments in ((select, None), (None, select)):
        with pytest.raises(MissingInput) as caught:
            chosen_rules(*arguments)
        assert caught.value.message == message
        assert caught.value.hint == hint
