"""Options that would have no effect beside others: refused, never ignored.

Each command has a table of them:

    OptionRules(
        only={"--saved": ("--format",)},        with --saved, nothing else has an effect
        without={"--lang": ("--html",)},        --lang has no effect without --html
        never={"--sheet": ("--platform",)},     --platform has no effect with --sheet
    )

An option may be named with a value of it, such as `--html -`. What says where things are and how
the command speaks (`--file`, `--registry`, `--quiet` …) is always accepted, and so is `--dry-run`:
what it promises holds everywhere.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from utmforge.errors import ContradictoryInput

_ALWAYS = {"--file", "--registry", "--quiet", "--no-input", "--color", "--dry-run"}


class OptionRules(NamedTuple):
    """Which options of a command have no effect beside which others."""

    only: Mapping[str, Collection[str]] = {}
    """By option: all others that have an effect with it."""
    without: Mapping[str, Sequence[str]] = {}
    """By option: it has no effect without one of these."""
    never: Mapping[str, Collection[str]] = {}
    """By option: these have no effect with it."""
    verb: str = "used"
    """Options cannot be used, or combined, with others."""
    hints: Mapping[str, str] = {}
    """By option of these tables: what to do instead."""


def refuse_unused(given: Sequence[str], rules: OptionRules) -> None:
    """Refuse options that would have no effect.

    Args:
        given: The options that were given, see `Session.given`.
        rules: The command's.

    Raises:
        ContradictoryInput: There are some.
    """
    for message, option in _unused(given, rules):
        raise ContradictoryInput(message, hint=rules.hints.get(option))


def _unused(given: Sequence[str], rules: OptionRules) -> Iterator[tuple[str, str]]:
    """Yield a sentence about options without effect, and the option it follows from."""
    names = [name for name in given if " " not in name]
    for option, used in rules.only.items():
        if option in given:
            others = [name for name in names if name not in {option, *used, *_ALWAYS}]
            if others:
                yield f"{option} cannot be {rules.verb} with {', '.join(others)}", option
    for option, unused in rules.never.items():
        others = [name for name in given if name in unused]
        if option in given and others:
            yield f"{option} cannot be {rules.verb} with {', '.join(others)}", option
    for option, needed in rules.without.items():
        if option in given and not set(needed) & set(given):
            yield f"{option} has no effect without {' or '.join(needed)}", option
