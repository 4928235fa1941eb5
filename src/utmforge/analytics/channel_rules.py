"""The rules of channel groups, and which rule of a table matches first.

A rule matches when one of its conditions holds and, if it has further conditions, one of those too:

>>> email = Rule("Email", (is_one_of("medium", "email", "e-mail"),))
>>> decide((email,), {"medium": "e-mail"}, ChannelGroup("Unassigned", "no rule matches it"))
... # doctest: +NORMALIZE_WHITESPACE
ChannelGroup(name='Email', rule='medium "e-mail" is email or e-mail', is_certain=True,
             others=(), why=None)

A rule whose place or wording is not settled has a `doubt`. The search continues after it, to find
every group that is possible. Of several doubts, the last one is reported.
"""

# Without `from __future__ import annotations`, which makes NamedTuple compile each annotation:
# a quarter of a millisecond.
from collections.abc import Callable, Mapping
from typing import NamedTuple

from utmforge.errors import quoted


class ChannelGroup(NamedTuple):
    """The group under which a report files a visit.

    >>> print(ChannelGroup("Unassigned", "", is_certain=False, others=("Email",)))
    uncertain: Unassigned or Email
    """

    name: str
    """The group, such as `Organic Social`; the most likely one if several are possible."""
    rule: str
    """The rule that matched, and why: `source "whatsapp" is listed as social`."""
    is_certain: bool = True
    """False: the tool's documentation does not settle it."""
    others: tuple[str, ...] = ()
    """The groups it may be instead. Empty and not certain: any other group."""
    why: str | None = None
    """Why it is uncertain. None: it is certain."""

    def __str__(self) -> str:
        if self.is_certain:
            return self.name
        return f"uncertain: {' or '.join((self.name, *(self.others or ('another group',))))}"

    def unless(self, other: "ChannelGroup", why: str) -> "ChannelGroup":
        """Return this group, uncertain if the other reading of the same tags gives another one."""
        names = [name for name in (other.name, *other.others) if name != self.name]
        if not names:
            return self
        others = tuple(dict.fromkeys((*self.others, *names)))
        return self._replace(is_certain=False, others=others, why=self.why or why)


class Condition(NamedTuple):
    """A condition on one value."""

    field: str
    """Which value: `source`, `medium`, `campaign`."""
    holds: Callable[[str], bool]
    """Tells whether the value, in lower case, meets the condition."""
    says: str
    """The condition in words that follow the value: `is cpc or ppc`."""


class Rule(NamedTuple):
    """One line of a table of rules, in which the first rule to match decides."""

    group: str
    """The group of visits that match."""
    any_of: tuple[Condition, ...]
    """One of these must hold."""
    also: tuple[Condition, ...] = ()
    """One of these must hold too. Empty: no further condition."""
    doubt: str | None = None
    """Why its place or wording is uncertain. None: it is settled."""
    is_likely: bool = True
    """False: its group is possible, but not the most likely one."""

    def found(self, values: Mapping[str, str]) -> str | None:
        """Return in words why the rule matches, or None if it does not."""
        for condition in self.any_of:
            if condition.holds(values[condition.field]):
                break
        else:
            return None
        if not self.also:
            return _said(condition, values)
        for further in self.also:
            if further.holds(values[further.field]):
                return f"{_said(condition, values)} and {_said(further, values)}"
        return None


def is_one_of(field: str, *words: str) -> Condition:
    """Require that the value is one of these words."""
    return Condition(field, frozenset(words).__contains__, f"is {_either(words)}")


def contains(field: str, *words: str) -> Condition:
    """Require that the value contains one of these words."""

    def holds(value: str) -> bool:
        for word in words:  # noqa: SIM110 - any() takes three times as long
            if word in value:
                return True
        return False

    return Condition(field, holds, f"contains {_either(words)}")


def begins_with(field: str, word: str) -> Condition:
    """Require that the value begins with a word."""
    return Condition(field, lambda value: value.startswith(word), f"begins with {word}")


def ends_with(field: str, word: str) -> Condition:
    """Require that the value ends with a word."""
    return Condition(field, lambda value: value.endswith(word), f"ends with {word}")


def is_listed(field: str, names: frozenset[str], category: str) -> Condition:
    """Require that the value is in a list of names."""
    return Condition(field, names.__contains__, f"is listed as {category}")


def decide(
    rules: tuple[Rule, ...], values: Mapping[str, str], otherwise: ChannelGroup
) -> ChannelGroup:
    """Return the group of the first rule that matches, or `otherwise` if none does.

    Args:
        rules: The table, in order.
        values: The values by field, in lower case.
        otherwise: The group of values that no rule matches.
    """
    doubtful = []
    group = otherwise
    for rule in rules:
        if found := rule.found(values):
            fired = ChannelGroup(rule.group, found)
            if rule.doubt is None:
                group = fired
                break
            doubtful.append((fired, rule.doubt, rule.is_likely))
    for fired, doubt, is_likely in reversed(doubtful):
        group = fired.unless(group, doubt) if is_likely else group.unless(fired, doubt)
    return group


def _said(condition: Condition, values: Mapping[str, str]) -> str:
    return f"{condition.field} {quoted(values[condition.field], 40)} {condition.says}"


def _either(words: tuple[str, ...]) -> str:
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else last
