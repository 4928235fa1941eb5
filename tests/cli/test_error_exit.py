"""The one error exit: wrong usage, refusals and bugs, for people and as JSON."""

import json
import re
from pathlib import Path

import pytest

from tests.conftest import Result, Run
from utmforge import __version__
from utmforge.urls.link_ids import link_id

URL = "https://shop.example/x?utm_source=whatsapp&utm_medium=message&utm_campaign=spring"


ASKED = ("new", "https://shop.example/x", "--campaign", "spring", "--channel", "whatsapp,sms")


ID = link_id(URL)


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


def test_a_long_option_with_one_hyphen_is_refused(run: Run) -> None:
    """It would be read as `-c ampaign=spring`."""
    result = run("new", "x.example", "-campaign=spring", "-C", "sms")

    assert result == Result(
        2,
        "",
        'error: no such option: "-campaign=spring"\nhint: did you mean --campaign? (two hyphens)\n',
    )


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("list", "-f", "csv"), "the format is -F csv, with a capital F"),
        (("new", "x.example", "-c", "Spring", "Sale"), "put text with spaces in quotes"),
        (("new", "links.csv"), "for the landing pages in it: --from links.csv"),
        (("new", "htps://x.example", "-c", "c", "-C", "sms"), 'did you mean "https"?'),
        (("new", "x.example", "-c", "c", "-C", "wh"), 'did you mean "whatsapp"?'),
        (("new", "x.example", "-c", "c", "-C", "sandwich-board"), "give --source and --medium"),
        (("list", "--registry", "typo.db"), "there is no registry"),
    ],
)
def test_usual_mistakes_get_the_next_step(run: Run, words: tuple[str, ...], hint: str) -> None:
    """What beginners really typed."""
    Path("links.csv").touch()

    assert hint in run(*words).stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ("buttons", "spring"),
            "error: unexpected argument: spring\nhint: did you mean --campaign spring?\n",
        ),
        (
            ("buttons", "https://x:secret@shop.example/"),
            "error: unexpected argument: https://…@shop.example/\n"
            "hint: did you mean --page https://…@shop.example/?\n",
        ),
        (
            ("history", "a", "b"),
            "error: unexpected arguments: a b\n"
            "hint: utmforge history takes only options: utmforge history --help\n",
        ),
        (
            ("registry", "path", "a"),
            "error: unexpected argument: a\n"
            "hint: utmforge registry path takes only options: utmforge registry path --help\n",
        ),
        (
            ("measure", "a.log", "--html"),
            'error: option "--html" requires an argument\nhint: utmforge measure --help\n',
        ),
        (
            ("registry", "export", "--registry"),
            'error: option "--registry" requires an argument\n'
            "hint: utmforge registry export --help\n",
        ),
    ],
)
def test_a_command_line_that_cannot_be_read_leads_to_its_command(
    run: Run, words: tuple[str, ...], said: str
) -> None:
    """A word without a place, an option without its value: the hint is of that command."""
    assert run(*words) == Result(2, "", said)


def test_errors_as_json_in_any_case_and_distances_that_are_none(run: Run) -> None:
    """--format JSON is JSON; nan is not a distance."""
    run(*ASKED)

    assert json.loads(run("show", "nope", "--format", "JSON").stderr)["error"]
    assert run("qr", ID, "--distance", "nan", "-o", "a.svg").exit_code == 2


BROKEN = "x = 1\n[campaigns.été]\n"


def test_a_broken_file_is_a_finding_for_github_and_sarif(run: Run) -> None:
    """An annotation at its line, and a log with one result; the status is that of the error."""
    Path("campaigns.toml").write_text(BROKEN)
    for words in (("lint",), ("lint", "--issued"), ("compare", "report.csv")):
        Path("report.csv").write_text("utm_source\nnewsletter\n")
        annotated = run(*words, "--format", "github")
        logged = run(*words, "-F", "sarif")

        assert annotated.exit_code == logged.exit_code == run(*words).exit_code == 22
        assert annotated.stdout == (
            "::error file=campaigns.toml,line=2,title=broken-campaign-file::not valid TOML: "
            'invalid initial character for a key part%0Awrite it as: [campaigns."été"]\n'
        )
        [result] = json.loads(logged.stdout)["runs"][0]["results"]
        assert result["ruleId"] == "broken-campaign-file"
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"] == "campaigns.toml"
        assert place["region"]["startLine"] == 2
        assert annotated.stderr == logged.stderr == run(*words).stderr


def test_an_error_without_a_line_is_a_finding(run: Run) -> None:
    """A missing input has no place in a file."""
    missing = run("lint", "missing.csv", "-F", "github")

    assert missing.exit_code == 2
    assert missing.stdout.startswith('::error title=unreadable-input::there is no file "missing')
    sarif = json.loads(run("lint", "missing.csv", "-F", "sarif").stdout)
    assert sarif["runs"][0]["invocations"] == [{"executionSuccessful": False}]


def test_other_commands_print_no_annotations(run: Run) -> None:
    """They have no such format, and say so."""
    result = run("list", "--format", "github")

    assert (result.exit_code, result.stdout) == (2, "")


@pytest.mark.parametrize(
    ("word", "command"),
    [
        ("delete", "utmforge retire ID"),
        ("remove", "utmforge retire ID"),
        ("search", "utmforge list TEXT"),
        ("find", "utmforge list TEXT"),
        ("edit", "utmforge retire ID --successor NEW-ID"),
        ("change", "utmforge retire ID --successor NEW-ID"),
        ("export", "utmforge registry export FILE"),
        ("import", "utmforge registry import FILE"),
        ("check", "utmforge explain URL"),
        ("Validate", "utmforge lint"),
        ("stats", "utmforge measure LOG"),
        ("report", "utmforge compare REPORT"),
        ("create", "utmforge new https://"),
        ("status", "utmforge registry status"),
        ("help", "utmforge --help"),
        ("version", "utmforge --version"),
        ("bulk", "utmforge new --from FILE"),
        ("LINT", 'did you mean "lint"?'),
        ("ga4", "utmforge compare REPORT"),
        ("unretire", "utmforge undo"),
        ("fix", "utmforge lint FILE --fix"),
        ("diff", "utmforge explain URL URL"),
        ("shortlink", "utmforge new https://"),
        ("login", "no account is needed"),
    ],
)
def test_other_words_lead_to_the_command(run: Run, word: str, command: str) -> None:
    """What people type who know other tools."""
    result = run(word, "https://x.example/?utm_source=a")

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f'error: no such command "{word}"\nhint: ')
    assert command in result.stderr


def test_no_other_word_is_a_command() -> None:
    """Each word has one hint, and what is a command is never explained away."""
    from utmforge.cli.app import COMMANDS
    from utmforge.cli.other_words import _BY_WORD, _HINTS

    words = [word for words in _HINTS.values() for word in words.split()]
    assert len(words) == len(set(words)) == len(_BY_WORD)
    assert not set(words) & set(COMMANDS)
    for hint in _HINTS:
        for name in re.findall(r"utmforge ([a-z]+)", hint):
            assert name in COMMANDS


def test_a_subcommand_has_one_name_in_the_envelope(run: Run) -> None:
    """Whether it succeeds or fails."""
    run("new", "https://x.example/", "-c", "spring", "-C", "sms")
    fine = json.loads(run("registry", "check", "-F", "json").stdout)
    failed = json.loads(run("registry", "check", "--registry", "none.db", "-F", "json").stderr)

    assert fine["command"] == failed["command"] == "check"
