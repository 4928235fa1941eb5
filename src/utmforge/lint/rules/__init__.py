"""The catalogue: every rule there is, in the order of their codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.lint.rules import (
    channel_groups as groups,
)
from utmforge.lint.rules import (
    destinations as addresses,
)
from utmforge.lint.rules import (
    lengths,
    parameters,
    suppressions,
)
from utmforge.lint.rules import (
    privacy as private,
)
from utmforge.lint.rules import (
    report as reported,
)
from utmforge.lint.rules import (
    values as writing,
)
from utmforge.lint.rules import (
    workspace as agreed,
)

if TYPE_CHECKING:
    from utmforge.lint.rules.base import Rule

RULES: tuple[Rule, ...] = (
    *writing.RULES,
    *parameters.RULES,
    *lengths.RULES,
    *groups.RULES,
    *private.RULES,
    *addresses.RULES,
    *agreed.RULES,
    *reported.RULES,
    *suppressions.RULES,
)

BY_CODE = {rule.code: rule for rule in RULES}
