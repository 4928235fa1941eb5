"""`utmforge registry` alone."""

from tests.conftest import Run


def test_registry_alone_shows_its_commands(run: Run) -> None:
    """Not an error."""
    result = run("registry")

    assert result.exit_code == 0
    assert "Print where the registry is." in result.stdout
