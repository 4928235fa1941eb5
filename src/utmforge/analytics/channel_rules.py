"""What a rule is, and which of a table of rules fires first.

A rule fires when one of its conditions holds and, where it has further ones, one of those too:

>>> email = Rule("Email", (is_one_of("medium", "email", "e-mail"),))
>>> decide((email,), {"medium": "e-mail"}, ChannelGroup("Unassigned", "no rule knows it"))
... # doctest: +NORMALIZE_WHITESPACE
ChannelGroup(name='Email', rule='medium "e-mail" is email or e-mail', is_certain=True,
             others=(), why=None)

A rule whose place or wording is not settled says so in `doubt`. The search goes on after it, so
that each group the values may land in is found. Of several doubts the last one is told.
"""

# Without `from __future__ import annotations`, which makes NamedTuple compile each annotation:
# a quarter of a millisecond.
from collections.abc import Callable, Mapping
from typing import NamedTuple

from utmforge.errors import quoted


class ChannelGroup(NamedTuple):
    """Under which heading a report files a visit.

    >>> print(ChannelGroup("Unassigned", "", is_certain=False, others=("Email",)))
    uncertain: Unassigned or Email
    """

    name: str
    """The group, such as `Organic Social`; the likeliest where several are possible."""
    rule: str
    """The rule that fired and what it found: `source "whatsapp" is listed as social`."""
    is_certain: bool = True
    """False: what is known about the tool does not settle it."""
    others: tuple[str, ...] = ()
    """The groups it may be instead. Empty and not certain: any other."""
    why: str | None = None
    """What is not settled. None: it is certain."""

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
    """What one value has to be."""

    field: str
    """Which value: `source`, `medium`, `campaign`."""
    holds: Callable[[str], bool]
    """Tells whether the value, in lower case, is so."""
    says: str
    """The same in words that follow the value: `is cpc or ppc`."""


class Rule(NamedTuple):
    """One line of a table that is read from its top, where the first to fire decides."""

    group: str
    """The group it files under."""
    any_of: tuple[Condition, ...]
    """One of these has to hold."""
    also: tuple[Condition, ...] = ()
    """One of these has to hold too. Empty: nothing more is asked."""
    doubt: str | None = None
    """Why it may not stand here or not read so. None: it is settled."""
    is_likely: bool = True
    """False: it is only one of the other groups that are possible."""

    def found(self, values: Mapping[str, str]) -> str | None:
        """Return in words what made the rule fire; None when it does not."""
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
    """Ask for one of these words, whole."""
    return Condition(field, frozenset(words).__contains__, f"is {_either(words)}")


def contains(field: str, *words: str) -> Condition:
    """Ask for a value with one of these words in it."""

    def holds(value: str) -> bool:
        for word in words:  # noqa: SIM110 - any() takes three times as long
            if word in value:
                return True
        return False

    return Condition(field, holds, f"contains {_either(words)}")


def begins_with(field: str, word: str) -> Condition:
    """Ask for a value that begins so."""
    return Condition(field, lambda value: value.startswith(word), f"begins with {word}")


def ends_with(field: str, word: str) -> Condition:
    """Ask for a value that ends so."""
    return Condition(field, lambda value: value.endswith(word), f"ends with {word}")


def is_listed(field: str, names: frozenset[str], category: str) -> Condition:
    """Ask for one of a long list of names."""
    return Condition(field, names.__contains__, f"is listed as {category}")


def decide(
    rules: tuple[Rule, ...], values: Mapping[str, str], otherwise: ChannelGroup
) -> ChannelGroup:
    """Return the group that the first rule to fire files under; `otherwise` when none does.

    Args:
        rules: The table, read from its top.
        values: What the conditions ask for, by field, in lower case.
        otherwise: The group of what no rule knows.
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
