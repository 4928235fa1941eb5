"""What git has to know of files beside campaigns.toml: what it merges, and what it ignores."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.files.atomic import atomic_write

if TYPE_CHECKING:
    from pathlib import Path

_LINES = {".gitattributes": "links.jsonl merge=union", ".gitignore": "links.db*"}
"""Lines of both sides of the shared file are kept; the registry of each person stays theirs."""


def add_git_settings(folder: Path, *, dry_run: bool = False) -> list[Path]:
    """Add the missing lines to .gitattributes and .gitignore; return the files that got one.

    A folder outside git is left as it is, and so is a link, which git does not follow either.

    Raises:
        OutputFileError: A file cannot be written.
    """
    if not any((each / ".git").exists() for each in (folder.resolve(), *folder.resolve().parents)):
        return []
    changed = []
    for name, line in _LINES.items():
        path = folder / name
        if path.is_symlink():
            continue
        before = path.read_bytes() if path.exists() else b""
        if line.encode() in (each.strip() for each in before.splitlines()):
            continue
        changed.append(path)
        if not dry_run:
            end = b"" if not before or before.endswith(b"\n") else b"\n"
            with atomic_write(path) as draft:
                draft.write_bytes(before + end + line.encode() + b"\n")
    return changed
