"""An error that ended a command, in the formats of findings: for GitHub, and as SARIF.

A step of a workflow shows it beside its line, instead of failing with an empty report.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from utmforge.lint.finding import Where
from utmforge.output.escaping import safe
from utmforge.output.findings import annotation
from utmforge.output.sarif import log_of, placed, root_of_repository

if TYPE_CHECKING:
    from collections.abc import Sequence

    from utmforge.errors import Problem

_PLACE = re.compile(r"(.+?)(?::(\d+))?(?::(\d+))?")


def error_annotations(code: str, problems: Sequence[Problem]) -> str:
    """Return a workflow command for each problem (docs.github.com, Workflow commands).

    Args:
        code: The stable code of the error, such as `broken-campaign-file`.
        problems: What is wrong.
    """
    return "".join(annotation("error", code, _where(one), _text(one, "\n")) for one in problems)


def error_log(code: str, problems: Sequence[Problem]) -> dict[str, object]:
    """Return a SARIF log in which each problem is a result, and the run did not succeed."""
    root = root_of_repository()
    results = []
    for one in problems:
        result: dict[str, object] = {
            "ruleId": code,
            "level": "error",
            "message": {"text": _text(one, "; ")},
        }
        result["locations"] = [placed(_where(one) or Where("campaigns.toml"), root)]
        results.append(result)
    rule: dict[str, object] = {"id": code, "shortDescription": {"text": code.replace("-", " ")}}
    return log_of(results, [rule], is_successful=False)


def _where(problem: Problem) -> Where | None:
    """Return the place of a problem in a file. None: it has none."""
    match = _PLACE.fullmatch(problem.where)
    if match is None or not Path(match[1]).exists():
        return None
    line, column = (int(number) if number else None for number in match.groups()[1:])
    return Where(match[1], line, column)


def _text(problem: Problem, joint: str) -> str:
    place = f"{problem.where}: " if problem.where and _where(problem) is None else ""
    hint = f"{joint}{safe(problem.hint)}" if problem.hint else ""
    return f"{safe(place + problem.message)}{hint}"
