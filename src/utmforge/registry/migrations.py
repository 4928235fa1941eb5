"""How the registry's file came to look as it does: steps, appended and never edited.

Every key is led by the workspace, so that many teams can share a server one day. `seq` is the order
of issue; a clock may jump.
"""

from __future__ import annotations

from zlib import crc32

APPLICATION_ID = 0x75746D66  # "utmf"

_M001_LINKS = (
    """
    CREATE TABLE links (
        seq INTEGER PRIMARY KEY,
        workspace TEXT NOT NULL,
        id TEXT NOT NULL,
        url TEXT NOT NULL,
        landing_page TEXT NOT NULL,
        channel TEXT,
        utm_source TEXT NOT NULL,
        utm_medium TEXT NOT NULL,
        utm_campaign TEXT NOT NULL,
        utm_id TEXT,
        utm_content TEXT,
        utm_term TEXT,
        utm_source_platform TEXT,
        utm_creative_format TEXT,
        utm_marketing_tactic TEXT,
        issued_at TEXT NOT NULL,
        state TEXT NOT NULL,
        checksum TEXT NOT NULL,
        UNIQUE (workspace, id)
    )
    """,
    "CREATE INDEX links_by_campaign ON links (workspace, utm_campaign)",
)

MIGRATIONS: tuple[tuple[str, ...], ...] = (_M001_LINKS,)
"""The statements of each step. A file's `user_version` is the number of steps it has taken."""

SCHEMA = """
    SELECT sql FROM sqlite_master WHERE name IN ('links', 'links_by_campaign') ORDER BY name
"""
"""Asks for the definitions of what is ours; ANALYZE and other tools may add their own."""

SCHEMA_CHECKSUMS = (1070555018,)
"""What `schema_checksum` gives after each step: a damaged table definition is noticed by it."""


def schema_checksum(rows: list[tuple[object]]) -> int:
    """Return the checksum of the statements in `sqlite_master`, in the order of their names."""
    return crc32(repr(rows).encode(errors="replace"))  # a damaged one may be no text at all
