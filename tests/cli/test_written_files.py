"""The files that commands write are never the registry or the campaign file."""

from pathlib import Path

import pytest

from tests.conftest import Run

FILE = '[workspace]\nown_domains = ["shop.example"]\n'
LOG = '192.0.2.7 - - [20/Mar/2026:08:00:00 +0100] "GET / HTTP/1.1" 200 9 "-" "Mozilla/5.0"\n'
COMMANDS = (
    ("list", "-o"),
    ("list", "--excel", "-o"),
    ("buttons", "-c", "spring", "-o"),
    ("buttons", "-c", "spring", "-o", "b.html", "--script"),
    ("buttons", "-c", "spring", "-o", "b.html", "--style"),
    ("measure", "access.log", "--html"),
    ("registry", "export", "--as", "csv"),
    ("registry", "backup"),
)


@pytest.mark.parametrize("name", ["links.db", "campaigns.toml"])
@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_own_files_are_not_overwritten(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, words: tuple[str, ...], name: str
) -> None:
    """Not with --force either, nor through a link; nothing is issued."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("UTMFORGE_REGISTRY", str(tmp_path / "links.db"))
    Path("campaigns.toml").write_text(FILE, encoding="utf-8")
    Path("access.log").write_text(LOG, encoding="utf-8")
    assert run("new", "https://shop.example/", "-c", "spring", "-C", "sms").exit_code == 0
    issued, before = run("list").stdout, Path(name).read_bytes()
    Path("other").symlink_to(name)

    for target in (name, "other"):
        result = run(*words, target, "--force")
        what = "the registry itself" if name == "links.db" else "read by this command"
        assert (result.exit_code, result.stdout) == (53, "")
        assert result.stderr.endswith(f'error: "{target}" is {what}\nhint: name another file\n')
        assert Path(name).read_bytes() == before
        assert run("list").stdout == issued
