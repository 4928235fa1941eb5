"""`utmforge init`: a file to begin with."""

from pathlib import Path

from tests.conftest import Run


def test_init_writes_a_file_that_works(run: Run, work: Path) -> None:
    """Its campaign can be issued unchanged; it is never overwritten unasked."""
    result = run("init")

    assert result.stderr == (
        "wrote campaigns.toml\nwrote campaigns.schema.json\n"
        "hint: change the example in campaigns.toml, then: utmforge build\n"
    )
    assert run("build").stdout.count("\n") == 4
    (work / "campaigns.toml").write_text("# mine\n")
    again = run("init")
    assert again.exit_code == 26
    assert (work / "campaigns.toml").read_text() == "# mine\n"
    assert run("init", "--force").exit_code == 0
    assert run("init", "no/such/folder").exit_code == 53
    assert run("init", "--dry-run", "--force").stderr.startswith("would write campaigns.toml\n")
