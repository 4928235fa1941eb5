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


def test_init_completes_a_file_that_is_there(run: Run, work: Path) -> None:
    """Such as one that the wizard wrote: schema and example beside it, one comment in it."""
    mine = '[campaigns.spring]\r\nlanding_page = "https://shop.example/"\r\nchannels = ["sms"]\r\n'
    (work / "campaigns.toml").write_bytes(mine.encode())
    would = run("init", "--dry-run")
    assert would.stderr.startswith("would write campaigns.schema.json\n")
    assert sorted(path.name for path in work.iterdir()) == ["campaigns.toml"]
    result = run("init")

    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.startswith(
        "wrote campaigns.schema.json\nwrote campaigns.example.toml\n"
        "added a comment to campaigns.toml: it names the schema\n"
    )
    assert result.stderr.endswith(
        "hint: campaigns.example.toml explains every key; utmforge build issues the links of "
        "campaigns.toml\n"
    )
    assert (work / "campaigns.toml").read_bytes().decode() == (
        f"#:schema ./campaigns.schema.json\r\n{mine}"
    )
    assert "# the name is the utm_campaign" in (work / "campaigns.example.toml").read_text()
    assert run("build").stdout.count("\n") == 1
    assert run("init").exit_code == 26


def test_init_leaves_a_broken_file_as_it_is(run: Run, work: Path) -> None:
    """Nothing is written beside a file that is not TOML."""
    (work / "campaigns.toml").write_text("[campaigns")

    assert run("init").exit_code == 22
    assert [path.name for path in work.iterdir()] == ["campaigns.toml"]


def test_init_in_a_git_repository_tells_git_of_the_files(run: Run, work: Path) -> None:
    """Lines that are there stay, and none is added twice; outside git there are no such files."""
    (work / ".git").mkdir()
    (work / ".gitignore").write_bytes(b"*.pyc")
    would = run("init", "--dry-run")
    assert "would add a line to .gitattributes\nwould add a line to .gitignore\n" in would.stderr
    assert not (work / ".gitattributes").exists()
    assert "added a line to .gitattributes\nadded a line to .gitignore\n" in run("init").stderr
    assert (work / ".gitattributes").read_bytes() == b"links.jsonl merge=union\n"
    assert (work / ".gitignore").read_bytes() == b"*.pyc\nlinks.db*\n"
    assert ".gitignore" not in run("init", "--force").stderr
    (work / "sub").mkdir()
    assert "added a line to sub/.gitignore" in run("init", "sub").stderr
