r"""Which regular expressions could run for hours on one value.

A value has 100 characters at most, so what grows with a power of the length stays bearable. What
doubles with each character does not: `(a+)+` and its like, a repetition in which one text can be
taken apart in several ways. The usual `[a-z0-9]+(-[a-z0-9]+)*` is none of these: each round begins
with a `-` that nothing else in it matches.

>>> is_slow(r"^[a-z0-9]+(-[a-z0-9]+)*$"), is_slow(r"([a-z-]+)*")
(False, True)
"""

from __future__ import annotations

import re
import re._compiler as compiler  # the tree is not public; the names are the same since 3.11
import re._constants as kinds
import re._parser as parser
from typing import Any

# Rounds so few that each may be taken apart in several ways.
_FEW = 3


def is_slow(pattern: str) -> bool:
    """Tell whether a valid pattern may double its work with each character of a value.

    It errs on the side of caution: a choice (`|`) or a second variable part in a repetition counts
    as slow, whatever they match.
    """
    tree = parser.parse(pattern)
    return any(_is_ambiguous(body, tree.state) for body in _loops(tree))


def _loops(tree: Any) -> list[Any]:  # noqa: ANN401 - the parser's own tree, which has no types
    """Return the bodies of all repetitions of more than a few rounds."""
    found = []
    for kind, value in tree:
        if kind in _REPEATS and value[1] > _FEW:
            found.append(value[2])
        for below in _below(kind, value):
            found += _loops(below)
    return found


_REPEATS = (kinds.MAX_REPEAT, kinds.MIN_REPEAT)


def _below(kind: Any, value: Any) -> list[Any]:  # noqa: ANN401 - as above
    """Return the trees inside one node."""
    if isinstance(value, parser.SubPattern):  # an atomic group
        return [value]
    if kind is kinds.BRANCH:
        return list(value[1])
    if isinstance(value, tuple):  # groups, repetitions, looking around, conditions
        return [part for part in value if isinstance(part, parser.SubPattern)]
    return []


def _atoms(tree: Any) -> list[Any]:  # noqa: ANN401 - as above
    """Return the nodes of a repetition's body, plain groups opened."""
    atoms: list[Any] = []
    for kind, value in tree:
        atoms += _atoms(value[-1]) if kind is kinds.SUBPATTERN else [(kind, value)]
    return atoms


def _is_ambiguous(body: Any, state: Any) -> bool:  # noqa: ANN401 - as above
    """Tell whether one text may be taken apart into rounds in several ways.

    It may not where all rounds are of one length, or where each has one variable part, and a
    character before or after it that nothing else of the round matches.
    """
    low, high = body.getwidth()
    atoms = _atoms(body)
    if low == high and all(kind is not kinds.BRANCH for kind, _ in atoms):
        return False
    variable = [atom for atom in atoms if atom[0] not in _ONE_CHARACTER]
    if len(variable) != 1 or variable[0][0] not in _REPEATS:
        return True
    inside = _atoms(variable[0][1][2])
    if len(inside) != 1 or inside[0][0] not in _ONE_CHARACTER:
        return True
    every = [*inside, *(atom for atom in atoms if atom is not variable[0])]
    return not any(_is_boundary(atom, every, state) for atom in (atoms[0], atoms[-1]))


_ONE_CHARACTER = (kinds.LITERAL, kinds.NOT_LITERAL, kinds.IN, kinds.ANY)


def _is_boundary(atom: Any, every: list[Any], state: Any) -> bool:  # noqa: ANN401 - as above
    """Tell whether an atom is a character that no other one of the round matches."""
    kind, value = atom
    return kind is kinds.LITERAL and sum(_matches(one, chr(value), state) for one in every) == 1


def _matches(atom: Any, character: str, state: Any) -> bool:  # noqa: ANN401 - as above
    tree = parser.SubPattern(state, [atom])
    return bool(compiler.compile(tree, re.IGNORECASE).fullmatch(character))
