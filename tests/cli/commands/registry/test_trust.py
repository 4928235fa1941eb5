"""`utmforge registry trust`: a server that a file names is used after a yes."""

from pathlib import Path

import pytest

from tests.conftest import Result, Run

SERVER = "postgresql://ann@db.example/team"


def test_without_a_server_there_is_nothing_to_agree_to(run: Run, home: Path) -> None:
    """No file, or a file that names no server; nothing is written."""
    nothing = Result(0, "", "the campaign file names no server: there is nothing to agree to\n")
    assert run("registry", "trust") == nothing

    Path("campaigns.toml").write_text('[workspace]\nregistry = "links.db"\n')
    assert run("registry", "trust") == nothing
    assert list(home.iterdir()) == []


def test_a_dry_run_shows_the_address_and_agrees_to_nothing(run: Run, home: Path) -> None:
    """The server is used only after the real one."""
    Path("campaigns.toml").write_text(f'[workspace]\nregistry = "{SERVER}?sslmode=require"\n')
    dry = run("registry", "trust", "--dry-run")

    assert dry.exit_code == 0
    assert dry.stdout.startswith(SERVER)
    assert dry.stderr == "the server would be used for every campaign file that names it\n"
    assert list(home.iterdir()) == []
    refused = run("list")
    assert refused.exit_code == 33
    assert "which you have not agreed to use" in refused.stderr

    assert run("registry", "trust").stderr == (
        "the server is used for every campaign file that names it\n"
    )
    assert run("registry", "trust").stderr == "you have already agreed to use this server\n"


@pytest.mark.parametrize(
    "address", ["postgresql://ann:secret@db.example/team", "mysql://db.example"]
)
def test_an_address_that_may_not_be_used_is_not_agreed_to(
    run: Run, address: str, home: Path
) -> None:
    """A password in a file is refused, and not repeated."""
    Path("campaigns.toml").write_text(f'[workspace]\nregistry = "{address}"\n')
    result = run("registry", "trust")

    assert result.exit_code != 0 or "names no server" in result.stderr
    assert "secret" not in result.stdout + result.stderr
    assert list(home.iterdir()) == []
