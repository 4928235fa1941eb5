"""One piece of private data that was found."""

from __future__ import annotations

from typing import NamedTuple


class Private(NamedTuple):
    """One piece of private data: its kind and place, never the data itself."""

    kind: str
    """What it is, such as `e-mail address` or `GitHub token`."""
    where: str
    """Where it stands, such as `utm_content`, `parameter "e"`, `path` or `fragment`."""
    is_secret: bool
    """Whether it gives access (a token, a password). False: it identifies a person."""
