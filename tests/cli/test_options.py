"""Options that several commands share."""

import re

import pytest

from tests.conftest import ROOT, Run

ASKED = ("new", "https://shop.example/x", "--campaign", "spring", "--channel", "whatsapp,sms")


URL = "https://shop.example/x?utm_source=whatsapp&utm_medium=message&utm_campaign=spring"


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


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("copy", "x", "--format", "csv"), "utmforge copy --help"),
        (("registry", "sync", "x.jsonl", "--columns", "id"), "utmforge registry sync --help"),
        (("registry", "backup", "x.db", "--forcee"), 'did you mean "--force"?'),
        (("list", "--chanel", "sms"), 'did you mean "--channel"?'),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_an_option_of_other_commands_is_no_typo(
    run: Run, words: tuple[str, ...], hint: str
) -> None:
    """`--format` is not `--force` misspelt; what is misspelt is recognised."""
    assert run(*words).stderr.endswith(f"\nhint: {hint}\n")
