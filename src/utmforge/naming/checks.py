"""Why a value is refused: each kind of refusal with its message and its hint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.errors import AgainstConvention, nearest, quoted
from utmforge.naming.field_rule import MAX_SHOWN, FieldRule

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from utmforge.naming.convention import Convention


def why_not(
    convention: Convention, name: str, value: str, today: date | None
) -> AgainstConvention | None:
    """Return the first reason to refuse a value, in the order of the naming convention."""
    rule = convention.fields.get(name, FieldRule())
    return (
        _prohibited(name, value, rule)
        or _off_template(convention, name, value, today)
        or _too_long(name, value, rule, convention.max_length)
        or _not_allowed(name, value, rule)
        or _off_pattern(name, value, rule)
    )


def refuse_missing(names: Sequence[str]) -> AgainstConvention:
    """Return the refusal of tags without these."""
    one = len(names) == 1
    return AgainstConvention(
        f"{' and '.join(names)} {'is' if one else 'are'} missing: the naming convention requires "
        f"{'it' if one else 'them'}",
        hint=f"give {'it a value' if one else 'them values'}, or change required in [convention]",
    )


def _prohibited(name: str, value: str, rule: FieldRule) -> AgainstConvention | None:
    if value not in rule.prohibited:
        return None
    others = [one for one in rule.allowed or rule.suggested if one not in rule.prohibited]
    return AgainstConvention(
        f"{name} {quoted(value)} is prohibited in the naming convention",
        hint=f"use {_instead(value, others) or 'another value'}, or remove it "
        f"from prohibited in [convention.{name}]",
    )


def _off_template(
    convention: Convention, name: str, value: str, today: date | None
) -> AgainstConvention | None:
    template = convention.template(name)
    if template is None or template.fits(value):
        return None
    return AgainstConvention(
        f"{name} {quoted(value)} does not fit the naming convention's template {template.text}",
        hint=f"write it like {quoted(template.example(today))}, or change the template in "
        f"[convention.{name}]",
    )


def _too_long(
    name: str, value: str, rule: FieldRule, common: int | None
) -> AgainstConvention | None:
    limit = rule.max_length or common
    if limit is None or len(value) <= limit:
        return None
    table = f"convention.{name}" if rule.max_length else "convention"
    return AgainstConvention(
        f"{name} {quoted(value)} has {len(value)} characters, the naming convention allows {limit}",
        hint=f"shorten it, or raise max_length in [{table}]",
    )


def _not_allowed(name: str, value: str, rule: FieldRule) -> AgainstConvention | None:
    if not rule.allowed or value in rule.allowed:
        return None
    return AgainstConvention(
        f"{name} {quoted(value)} is not in the naming convention",
        hint=f"use {_instead(value, rule.allowed)}, or add it to [convention.{name}]",
    )


def _off_pattern(name: str, value: str, rule: FieldRule) -> AgainstConvention | None:
    if rule.pattern is None:
        return None
    from utmforge.naming.patterns import matches

    if matches(rule.pattern, value):
        return None
    return AgainstConvention(
        f"{name} {quoted(value)} does not match the naming convention's pattern {rule.pattern}",
        hint=f"change the value, or the pattern in [convention.{name}]",
    )


def _instead(value: str, values: Sequence[str]) -> str:
    """Return the closest of some values, or the first few."""
    near = nearest(value, values)
    return quoted(near) if near else " or ".join(map(quoted, values[:MAX_SHOWN]))
