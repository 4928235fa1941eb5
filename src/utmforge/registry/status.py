"""The contents of a registry: how many links, since when, and in which file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from utmforge.registry.queries import LinkQuery

if TYPE_CHECKING:
    from utmforge.registry.store import Registry


class Status(NamedTuple):
    """The contents of a registry."""

    path: str
    """The file, or the server and its database."""
    exists: bool
    """Whether it exists."""
    links: int
    """Links issued."""
    retired: int
    """Those of them that are retired."""
    campaigns: int
    """Campaigns that have links."""
    first_issued: str | None
    """When the first in order was issued; ISO 8601, UTC. None: there is none."""
    last_issued: str | None
    """When the last in order was issued."""
    bytes: int | None
    """The file's size. None: it is on a server."""
    mode: str | None
    """Its permissions, such as `0600`. Empty: it does not exist. None: it is on a server."""


def status(registry: Registry) -> Status:
    """Return what is in a registry.

    Raises:
        RegistryError: It cannot be read.
    """
    count, first, last = registry.queries.totals()
    retired = registry.queries.count(LinkQuery(state="retired"))[0]
    in_it = (count, retired, len(registry.queries.campaigns()), first, last)
    if registry.path is None:
        exists, size, mode = True, None, None
        return Status(registry.place, exists, *in_it, size, mode)
    path = Path(os.path.abspath(registry.path))  # noqa: PTH100 - resolve follows links
    exists = path.exists()
    stat = path.stat() if exists else None
    mode = f"{stat.st_mode & 0o777:04o}" if stat else ""
    return Status(str(path), exists, *in_it, stat.st_size if stat else 0, mode)
