"""How the registry's file came to look as it does: steps, appended and never edited.

Every key is led by the workspace, so that many teams can share a server one day. `seq` is the order
of issue; a clock may jump.
"""

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
