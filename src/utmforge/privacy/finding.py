"""One private thing that was found."""

from __future__ import annotations

from typing import NamedTuple


class Private(NamedTuple):
    """One thing that should not be there; never the thing itself."""

    kind: str
    """What it is, such as `e-mail address` or `GitHub token`."""
    where: str
    """Where it stands, such as `utm_content`, `parameter "e"`, `path` or `fragment`."""
    is_secret: bool
    """Whether it opens something (a token, a password). False: it tells of a person."""
