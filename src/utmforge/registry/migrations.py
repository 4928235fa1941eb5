"""The migrations of the registry's schema: steps, appended and never edited.

Every key begins with the workspace, so that several teams can share a server one day. `seq` is the
order of issue, because a clock may jump. Rows are only added: SQLite's triggers refuse the rest.
Columns that a step adds are empty in earlier rows, and stand at the end of a row's checksum.
"""

from __future__ import annotations

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

# What an event is, is all of its content: two contents of one change are two events.
_M003_EVENTS_BY_CONTENT = (
    "ALTER TABLE history RENAME TO history_of_2",
    "DROP INDEX history_by_change",
    "DROP TRIGGER history_update",
    "DROP TRIGGER history_delete",
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
        UNIQUE (workspace, link_id, change_id, checksum)
    )
    """,
    """
    INSERT INTO history
    SELECT seq, workspace, link_id, action, at, change_id, reason, successor, cancels, checksum
    FROM history_of_2 ORDER BY seq
    """,
    "DROP TABLE history_of_2",
    "CREATE INDEX history_by_change ON history (workspace, change_id)",
    *(
        f"CREATE TRIGGER history_{verb.lower()} BEFORE {verb} ON history "
        "BEGIN SELECT RAISE(ABORT, 'rows of history are only ever added'); END"
        for verb in ("UPDATE", "DELETE")
    ),
    "INSERT INTO versions VALUES (3, '0.3.0')",
)

# Who made each entry, and the labels of notes.
_M004_AUTHORS = (
    "ALTER TABLE links ADD COLUMN author TEXT",
    "ALTER TABLE history ADD COLUMN labels TEXT",
    "ALTER TABLE history ADD COLUMN author TEXT",
    "ALTER TABLE changes ADD COLUMN author TEXT",
    "INSERT INTO versions VALUES (4, '0.3.0')",
)

# Page patterns: which pages a link covers, if more than its own.
_M005_PAGES = (
    "ALTER TABLE links ADD COLUMN pages TEXT",
    "CREATE INDEX links_by_pages ON links (workspace, pages)",
    "INSERT INTO versions VALUES (5, '0.3.0')",
)

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    _M001_LINKS,
    _M002_HISTORY,
    _M003_EVENTS_BY_CONTENT,
    _M004_AUTHORS,
    _M005_PAGES,
)
"""The statements of each step. A file's `user_version` is the number of steps it has taken."""

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
    (
        # In one statement: CockroachDB's tables are never without a primary key.
        """
        ALTER TABLE history DROP CONSTRAINT history_pkey,
            ADD CONSTRAINT history_pkey PRIMARY KEY (workspace, link_id, change_id, checksum)
        """,
    ),
    (
        "ALTER TABLE links ADD COLUMN author TEXT",
        "ALTER TABLE history ADD COLUMN labels TEXT",
        "ALTER TABLE history ADD COLUMN author TEXT",
        "ALTER TABLE changes ADD COLUMN author TEXT",
    ),
    (
        "ALTER TABLE links ADD COLUMN pages TEXT",
        "CREATE INDEX links_by_pages ON links (workspace, pages)",
    ),
)
"""The same tables on a server, in statements that compatible databases also support.

No serial numbers, no collations, no triggers; every key begins with the workspace.
"""

LATER_COLUMNS = frozenset(("change_id", "labels", "author", "pages"))
"""Columns that a step added: where a table does not have them yet, they are empty."""

POSTGRES_VERSIONS = ("0.2.0", "0.3.0", "0.3.0", "0.3.0")
"""The version of utmforge that a server needs after each step; older versions read it."""
