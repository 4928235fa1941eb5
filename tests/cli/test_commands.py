"""What holds for every command: help, options, errors, files and registries that are found."""

import json
import re
from pathlib import Path

import pytest

from tests.conftest import EXAMPLE, ROOT, Result, Run
from utmforge import __version__
from utmforge.urls.link_ids import link_id

ASKED = ("new", "https://shop.example/x", "--campaign", "spring", "--channel", "whatsapp,sms")
URL = "https://shop.example/x?utm_source=whatsapp&utm_medium=message&utm_campaign=spring"
SMS = "https://shop.example/x?utm_source=sms&utm_medium=sms&utm_campaign=spring"
ID = link_id(URL)
BUILD = ("build", "--file", str(EXAMPLE))


def test_registry_path(run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The option, the variable, the file's, the default."""
    default = home / ".local" / "share" / "utmforge" / "links.db"

    assert run("registry", "path") == Result(0, f"{default}\n", "")
    monkeypatch.setenv("UTMFORGE_REGISTRY", "/a/b.db")
    assert run("registry", "path").stdout == "/a/b.db\n"
    assert run("registry", "path", "--registry", "c.db").stdout == "c.db\n"
    monkeypatch.delenv("UTMFORGE_REGISTRY")
    Path("campaigns.toml").write_text('[workspace]\nregistry = "d.db"\n')
    assert run("registry", "path").stdout == "d.db\n"


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


def test_what_is_no_refusal_is_a_bug_and_says_so(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line to report, without what may be a secret; the traceback on demand."""
    from utmforge.registry import Registry

    def broken(*_: object) -> None:
        raise ValueError("secret")

    monkeypatch.setattr(Registry, "links", broken)
    result = run("list")

    assert result.exit_code == 70
    assert result.stderr.startswith(
        f"error: this is a bug in utmforge {__version__}: ValueError at"
    )
    assert "secret" not in result.stderr
    monkeypatch.setenv("UTMFORGE_DEBUG", "1")
    with pytest.raises(ValueError, match="secret"):
        run("list")


@pytest.mark.parametrize(
    ("words", "environment", "is_colored"),
    [
        ((), {}, False),
        (("--color", "always"), {}, True),
        ((), {"FORCE_COLOR": "1"}, True),
        ((), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        (("--color", "never"), {"FORCE_COLOR": "1"}, False),
        (("--color", "always"), {"NO_COLOR": "1"}, True),
    ],
)
def test_colour_is_the_option_then_the_variables(
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    environment: dict[str, str],
    is_colored: bool,
) -> None:
    """Whatever the colour, the URL has none."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    run(*ASKED)
    result = run("list", "--format", "table", *words)

    assert ("\x1b[" in result.stdout) == is_colored
    assert f"\n{URL}\n" in result.stdout


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


def test_a_long_option_with_one_hyphen_is_refused(run: Run) -> None:
    """It would be read as `-c ampaign=spring`."""
    result = run("new", "x.example", "-campaign=spring", "-C", "sms")

    assert result == Result(
        2,
        "",
        'error: no such option: "-campaign=spring"\nhint: did you mean --campaign? (two hyphens)\n',
    )


def test_every_long_option_is_known_by_its_command(run: Run) -> None:
    """Each that the reference has, with one hyphen, is told from short ones."""
    page = (ROOT / "docs/reference/commands.md").read_text()
    for section in page.split("\n## utmforge ")[1:]:
        words = section.partition("\n")[0].split()
        options = set(re.findall(r"^ .*?--([a-z-]+)", section, re.MULTILINE))
        assert options
        for option in options:
            result = run(*words, f"-{option}")
            assert (result.exit_code, result.stderr.partition("\n")[2]) == (
                2,
                f"hint: did you mean --{option}? (two hyphens)\n",
            )


def test_names_are_taken_as_people_write_them(run: Run) -> None:
    """The makers' capitals of a channel, a campaign before the convention, formats."""
    assert run("new", "https://shop.example/x", "-c", "spring", "-C", "WhatsApp").stdout == (
        f"{URL}\n"
    )
    assert run("list", "--campaign", "SPRING", "--format", "URLS").stdout == f"{URL}\n"


def test_problems_of_the_file_keep_nobody_from_what_was_issued(run: Run, work: Path) -> None:
    """Only the workspace is read for that; `channels` shows those that are built in."""
    run(*ASKED, "--registry", "links.db")
    (work / "campaigns.toml").write_text(
        '[workspace]\nregistry = "links.db"\n[campaigns.a]\nchannels = ["smss"]\n'
    )

    assert run("list").stdout == f"{URL}\n{SMS}\n"
    assert run("show", ID).stdout == f"{URL}\n"
    assert run("new", "x.example", "-c", "c", "-C", "sms").exit_code == 23
    listed = run("channels")
    assert listed.stdout.startswith("email\n")
    assert listed.stderr.startswith(
        "warning: showing only the built-in channels: campaigns.toml:3: "
    )


def test_a_file_of_a_folder_above_is_named(
    run: Run, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody wonders where the links came from."""
    (work / "campaigns.toml").write_text(EXAMPLE.read_text())
    (work / "sub").mkdir()
    monkeypatch.chdir(work / "sub")

    assert run("build").stderr.startswith(f"note: using {work / 'campaigns.toml'}\n")


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("list", "-f", "csv"), "the format is -F csv, with a capital F"),
        (("new", "x.example", "-c", "Spring", "Sale"), "put text with spaces in quotes"),
        (("new", "links.csv"), "for the landing pages in it: --from links.csv"),
        (("new", "htps://x.example", "-c", "c", "-C", "sms"), 'did you mean "https"?'),
        (("new", "x.example", "-c", "c", "-C", "wh"), 'did you mean "whatsapp"?'),
        (("new", "x.example", "-c", "c", "-C", "tiktok"), "give --source and --medium"),
        (("list", "--registry", "typo.db"), "there is no registry"),
    ],
)
def test_usual_mistakes_get_the_next_step(run: Run, words: tuple[str, ...], hint: str) -> None:
    """What beginners really typed."""
    Path("links.csv").touch()

    assert hint in run(*words).stderr


def test_registry_alone_shows_its_commands(run: Run) -> None:
    """Not an error."""
    result = run("registry")

    assert result.exit_code == 0
    assert "Print where the registry is." in result.stdout


@pytest.mark.parametrize(
    "words",
    [
        ("new", "x.example", "-c", "c", "-C", "sms", "--content", "-copy"),
        ("new", "x.example", "-c", "c", "-C", "sms", "--term", "-id"),
        ("list", "--", "-copy"),
        ("list", "-c", "-copy"),
    ],
)
def test_values_that_begin_with_a_hyphen_are_values(run: Run, words: tuple[str, ...]) -> None:
    """Only what stands where an option would is taken for one."""
    assert run(*words).exit_code == 0


def test_errors_as_json_in_any_case_and_distances_that_are_none(run: Run) -> None:
    """--format JSON is JSON; nan is not a distance."""
    run(*ASKED)

    assert json.loads(run("show", "nope", "--format", "JSON").stderr)["error"]
    assert run("qr", ID, "--distance", "nan", "-o", "a.svg").exit_code == 2
