"""campaigns.toml as the linter reads it."""

from pathlib import Path

from tests.conftest import EXAMPLE, Run


def test_the_campaign_file(run: Run) -> None:
    """Without inputs; names as they are written, with the lines of their keys."""
    Path("campaigns.toml").write_text(
        '[campaigns.spring]\nlanding_page = "https://shop.example/"\n'
        'channels = ["email"]\ncontents = ["Hero Image", "footer"]\n\n'
        '[campaigns.sping]\nlanding_page = "https://shop.example/"\nchannels = ["telegram"]\n'
    )
    found = run("lint", "-F", "csv").stdout

    places = [line.split(",")[0] + " " + line.split(",")[3] for line in found.splitlines()[1:]]
    assert places == [
        "UTM101 campaigns.toml:4",
        "UTM102 campaigns.toml:4",
        "UTM702 campaigns.toml:6",
    ]
    assert run("lint", "--file", str(EXAMPLE)).exit_code == 0


def test_a_campaign_file_that_cannot_be_used(run: Run) -> None:
    """Each of its problems is a finding, and what is private in it is not repeated."""
    Path("campaigns.toml").write_text(
        '[campaigns.spring]\nlanding_pge = "x"\n"ann@mail.example" = 1\n'
    )
    result = run("lint")

    assert result.exit_code == 1
    assert "campaigns.toml:2: error UTM704 campaign-file: unknown key" in result.stdout
    assert "mail.example" not in result.stdout + result.stderr


def test_fix_rewrites_the_campaign_file(run: Run) -> None:
    """Values, not the names of campaigns; comments and blanks stay."""
    text = (
        "# mine\n[campaigns.Spring]   # name\nlanding_page = 'https://shop.example/'\n"
        'channels = ["email"]\ncontents = ["Hero Image", "b"]  # two\n\n\n# end\n'
    )
    Path("campaigns.toml").write_text(text)
    run("lint", "--fix")

    assert Path("campaigns.toml").read_text() == text.replace("Hero Image", "hero-image")


def test_names_are_compared_with_those_of_the_campaign_file(run: Run, work: Path) -> None:
    """Also when only a list is read."""
    (work / "campaigns.toml").write_text(
        '[campaigns.spring-sale]\nlanding_page = "https://x.example/"\nchannels = ["sms"]\n'
    )
    (work / "links.txt").write_text(
        "https://x.example/?utm_source=sms&utm_medium=sms&utm_campaign=sping-sale\n"
    )
    result = run("lint", "links.txt", "--select", "UTM702")

    assert result.exit_code == 1
    assert 'campaign "sping-sale" is nearly "spring-sale"' in result.stdout
