"""What several parts of the registry refuse is said in the same words, with the way out."""

from pathlib import Path

import pytest

from utmforge.errors import UtmforgeError
from utmforge.registry.refusals import damaged, locked, no_permission, not_ours, not_utf8, too_new


@pytest.mark.parametrize(
    ("error", "code", "message", "hint"),
    [
        (
            locked("links.db", 9.6),
            "registry-busy",
            "the registry links.db has been locked by another command for over 10 s",
            "try again",
        ),
        (
            too_new("links.db", "0.9"),
            "registry-too-new",
            "the registry links.db was written by a later version of utmforge",
            "install utmforge 0.9 or later",
        ),
        (
            too_new("links.db", ""),
            "registry-too-new",
            "the registry links.db was written by a later version of utmforge",
            "install the latest utmforge",
        ),
        (
            damaged("links.db"),
            "registry-damaged",
            "the registry links.db is damaged",
            "restore it from a backup, or keep the intact entries: utmforge registry check "
            "--repair",
        ),
        (
            not_ours(Path("cookies.db")),
            "not-a-registry",
            '"cookies.db" is not a registry of utmforge',
            "name another file with --registry or UTMFORGE_REGISTRY; this one was not changed",
        ),
        (not_utf8(), "not-text", "the search text is not UTF-8", None),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_each_says_what_to_do(
    error: UtmforgeError, code: str, message: str, hint: str | None
) -> None:
    """Its kind, its sentence and the next step."""
    assert (error.code, error.message, error.hint) == (code, message, hint)


def test_a_registry_of_somebody_else_is_told_with_what_its_owner_types(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file, or else its folder, where SQLite makes its journal; otherwise another reason."""
    file = tmp_path / "links.db"
    file.write_bytes(b"")
    file.chmod(0o600)
    assert no_permission(file) is None
    refused = {file}
    monkeypatch.setattr("os.access", lambda path, _: path not in refused)
    error = no_permission(file)
    assert error is not None
    assert "it belongs to " in error.message
    assert error.message.endswith("mode 0600")
    assert (error.hint or "").endswith(f"chgrp YOUR-GROUP {file} && chmod 660 {file}")
    refused = {tmp_path}
    error = no_permission(file)
    assert error is not None
    assert "the folder of the registry" in error.message
    assert (error.hint or "").endswith(f"chmod 2770 {tmp_path}")
