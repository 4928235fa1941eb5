"""One finding, and the place where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from utmforge.lint.rules.base import Severity


class Where(NamedTuple):
    """A place, as `file:line:column`."""

    file: str
    """The file; `argument 1` for an address on the command line, `registry` for issued links."""
    line: int | None = None
    """From 1. None: the place has no line."""
    column: int | None = None
    """From 1. None: the line as a whole."""
    link_id: str | None = None
    """The id of an issued link. None: it is not an issued link."""
    kind: Literal["file", "argument", "registry"] = "file"
    """What it is a place of."""

    def __str__(self) -> str:
        pieces = (self.file, self.line, self.column, self.link_id)
        return ":".join(str(piece) for piece in pieces if piece is not None)


class Finding(NamedTuple):
    """What one rule found in one place."""

    code: str
    """Stable, such as `UTM101`."""
    name: str
    """Its kind, such as `letter-case`."""
    severity: Severity
    """`error` and `warning` fail a run, `note` does not."""
    where: Where
    """The place."""
    message: str
    """What is wrong."""
    hint: str | None = None
    """The next step. None: the message says it."""
    fix: str | None = None
    """The link as this rule alone would fix it. None: a person has to decide."""
