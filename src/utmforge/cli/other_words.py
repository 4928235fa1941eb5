"""Words that people type for commands, and the command that does it.

>>> hint_for("delete"), hint_for("quux")
('links are never deleted: utmforge retire ID, or utmforge undo for the last change', None)
"""

from __future__ import annotations

_RETIRE = "links are never deleted: utmforge retire ID, or utmforge undo for the last change"
_CHANGE = (
    "an issued link never changes: issue the right one with utmforge new, then utmforge retire ID "
    "--successor NEW-ID"
)
_CHECK = (
    "utmforge explain URL for one link, utmforge lint for files, utmforge build --check for the "
    "registry"
)
_STATS = "utmforge measure LOG for visits, utmforge compare REPORT for names in a report"

# fmt: off
_HINTS = {
    _RETIRE: "delete remove rm del erase destroy discard archive expire unlink drop",
    "utmforge undo takes back the last change": "revert rollback cancel back",
    _CHANGE: "edit change update modify set replace mv",
    "utmforge list TEXT": "search find grep query filter ls links all where",
    "utmforge show ID": "view get info details cat print inspect",
    "utmforge new https://… --campaign NAME --channel NAME, or utmforge new to be asked":
        "create add make generate gen shorten shortlink short utm tag link issue url wizard start "
        "ask interactive",
    "utmforge build issues all of campaigns.toml": "apply run sync-all publish deploy",
    "utmforge registry export FILE": "export dump save csv",
    "utmforge registry import FILE": "import load restore migrate",
    "utmforge registry sync FILE": "sync pull merge",
    "utmforge registry backup FILE": "backup",
    _CHECK: "check validate verify test audit",
    _STATS: "stats stat statistics analytics report reports clicks visits results metrics count "
        "ga4 matomo plausible dashboard",
    "utmforge history": "log changes audit-log activity",
    "utmforge init": "setup config configure install settings",
    "utmforge explain URL": "parse decode analyze analyse unwrap what why",
    "utmforge qr ID": "qrcode qr-code barcode poster",
    "utmforge channels": "channel sources mediums",
    "utmforge list --count campaign, or utmforge build --dry-run for those of campaigns.toml":
        "campaigns campaign",
    "utmforge registry status": "status",
    "utmforge copy ID": "clipboard cp",
    "utmforge new --from FILE --campaign NAME --channel NAME": "bulk batch",
    "utmforge undo, which also takes back a retirement": "unretire reactivate redo recover",
    "utmforge explain URL URL shows how two links differ": "diff",
    "utmforge share ID --open": "open",
    "utmforge lint FILE --fix": "fix clean tidy format repair",
    "no account is needed: utmforge new https://…": "login logout signin account whoami",
    "utmforge share ID": "message messages send",
    "utmforge --help, or utmforge COMMAND --help": "help man usage commands",
    "utmforge --version": "version about",
}
# fmt: on
_BY_WORD = {word: hint for hint, words in _HINTS.items() for word in words.split()}


def hint_for(word: str) -> str | None:
    """Return what to type instead of a word that is not a command. None: it is not known."""
    return _BY_WORD.get(word.lower().replace("_", "-"))
