"""The migrations of the registry's schema: steps, appended and never edited.

Every key begins with the workspace, so that several teams can share a server one day. `seq` is the
order of issue, because a clock may jump. Rows are only added: SQLite's triggers refuse the rest.
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

_M002_HISTORY = (
    "ALTER TABLE links ADD COLUMN change_id TEXT",
    """
    CREATE TABLE changes (
        seq INTEGER PRIMARY KEY,
        workspace TEXT NOT NULL,
        id TEXT NOT NULL,
        part INTEGER NOT NULL,
        kind TEXT NOT NULL,
        at TEXT NOT NULL,
        about TEXT NOT NULL,
        links INTEGER NOT NULL,
        undoes TEXT,
        checksum TEXT NOT NULL,
        UNIQUE (workspace, id, part)
    )
    """,
    """
    CREATE TABLE history (
        seq INTEGER PRIMARY KEY,
        workspace TEXT NOT NULL,
        link_id TEXT NOT NULL,
        action TEXT NOT NULL,
        at TEXT NOT NULL,
        change_id TEXT NOT NULL,
        reason TEXT,
        successor TEXT,
        cancels TEXT NOT NULL,
        checksum TEXT NOT NULL,
        UNIQUE (workspace, link_id, change_id)
    )
    """,
    "CREATE INDEX history_by_change ON history (workspace, change_id)",
    # The version of utmforge that a file with this many steps needs; older versions read it.
    "CREATE TABLE versions (step INTEGER PRIMARY KEY, utmforge TEXT NOT NULL)",
    "INSERT INTO versions VALUES (2, '0.2.0')",
    *(
        f"CREATE TRIGGER {table}_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are only ever added'); END"
        for table in ("links", "changes", "history")
        for verb in ("UPDATE", "DELETE")
    ),
)

MIGRATIONS: tuple[tuple[str, ...], ...] = (_M001_LINKS, _M002_HISTORY)
"""The statements of each step. A file's `user_version` is the number of steps it has taken."""

SCHEMA = """
    SELECT sql FROM sqlite_master
    WHERE tbl_name IN ('links', 'changes', 'history', 'versions') AND sql IS NOT NULL ORDER BY name
"""
"""Selects the definitions of our own tables; ANALYZE and other tools may add theirs."""

SCHEMA_CHECKSUMS = (1070555018, 314879273)
"""What `schema_checksum` returns after each step; any other value is a damaged definition."""


def schema_checksum(rows: list[tuple[object]]) -> int:
    """Return the checksum of the statements in `sqlite_master`, in the order of their names."""
    return crc32(repr(rows).encode(errors="replace"))  # a damaged one may not be text


_TEXT = "TEXT NOT NULL"

POSTGRES_MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        f"""
        CREATE TABLE links (
            workspace {_TEXT}, seq BIGINT NOT NULL, id {_TEXT}, url {_TEXT}, landing_page {_TEXT},
            channel TEXT, utm_source {_TEXT}, utm_medium {_TEXT}, utm_campaign {_TEXT},
            utm_id TEXT, utm_content TEXT, utm_term TEXT, utm_source_platform TEXT,
            utm_creative_format TEXT, utm_marketing_tactic TEXT, issued_at {_TEXT}, state {_TEXT},
            change_id TEXT, checksum {_TEXT},
            PRIMARY KEY (workspace, id)
        )
        """,
        "CREATE INDEX links_by_order ON links (workspace, seq, id)",
        "CREATE INDEX links_by_campaign ON links (workspace, utm_campaign, seq, id)",
        f"""
        CREATE TABLE changes (
            workspace {_TEXT}, seq BIGINT NOT NULL, id {_TEXT}, part BIGINT NOT NULL, kind {_TEXT},
            at {_TEXT}, about {_TEXT}, links BIGINT NOT NULL, undoes TEXT, checksum {_TEXT},
            PRIMARY KEY (workspace, id, part)
        )
        """,
        "CREATE INDEX changes_by_order ON changes (workspace, seq, id)",
        f"""
        CREATE TABLE history (
            workspace {_TEXT}, seq BIGINT NOT NULL, link_id {_TEXT}, action {_TEXT}, at {_TEXT},
            change_id {_TEXT}, reason TEXT, successor TEXT, cancels {_TEXT}, checksum {_TEXT},
            PRIMARY KEY (workspace, link_id, change_id)
        )
        """,
        "CREATE INDEX history_by_change ON history (workspace, change_id)",
    ),
)
"""The same tables on a server, in statements that compatible databases also support.

No serial numbers, no collations, no triggers; every key begins with the workspace.
"""

POSTGRES_VERSIONS = ("0.2.0",)
"""The version of utmforge that a server needs after each step; older versions read it."""
