"""What holds for every command: help, options, errors, files and registries that are found."""

from pathlib import Path

from tests.conftest import EXAMPLE, Result, Run
from utmforge import __version__
from utmforge.urls.link_ids import link_id

ASKED = ("new", "https://shop.example/x", "--campaign", "spring", "--channel", "whatsapp,sms")
URL = "https://shop.example/x?utm_source=whatsapp&utm_medium=message&utm_campaign=spring"
SMS = "https://shop.example/x?utm_source=sms&utm_medium=sms&utm_campaign=spring"
ID = link_id(URL)
BUILD = ("build", "--file", str(EXAMPLE))


def test_version(run: Run) -> None:
    """One line."""
    assert run("--version") == Result(0, f"utmforge {__version__}\n", "")


def test_alone_it_shows_what_there_is(run: Run) -> None:
    """The commands, and where to begin."""
    result = run()

    assert result == run("--help") == run("-h")
    assert "Start with: utmforge new" in result.stdout


def test_each_command_s_help(run: Run) -> None:
    """Its first sentence is the line in the list; it has an example; no markup shows."""
    from utmforge.cli.app import COMMANDS

    for name, line in COMMANDS.items():
        text = run(name, "--help").stdout
        assert line in " ".join(text.split())
        assert name == "registry" or "Example:\n" in text
        assert "\b" not in text
    assert "\n  Example:\n    utmforge new 2026-spring-sale\n" in run("new", "-h").stdout


def test_the_registry_of_another_program_is_left_alone(run: Run) -> None:
    """A wrong --registry is a mistake with a sentence."""
    Path("notes.txt").write_text("notes\n" * 200)
    result = run(*ASKED, "--registry", "notes.txt")

    assert result == Result(
        34,
        "",
        'error: "notes.txt" is not a registry of utmforge\n'
        "hint: name another file with --registry or UTMFORGE_REGISTRY; this one was not "
        "changed\n",
    )
    assert Path("notes.txt").read_text() == "notes\n" * 200
    assert [path.name for path in Path().iterdir()] == ["notes.txt"]


def test_names_are_taken_as_people_write_them(run: Run) -> None:
    """The makers' capitals of a channel, a campaign before the convention, formats."""
    assert run("new", "https://shop.example/x", "-c", "spring", "-C", "WhatsApp").stdout == (
        f"{URL}\n"
    )
    assert run("list", "--campaign", "SPRING", "--format", "URLS").stdout == f"{URL}\n"
