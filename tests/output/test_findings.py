"""Findings and what was left alone, as people and GitHub get them."""

import json
from pathlib import Path

import pytest

from tests.output.consoles import console
from utmforge.errors import RegistryBusy
from utmforge.lint.finding import Finding, Where
from utmforge.lint.workspace_run import (
    FixedText,
    IssuedKept,
    NoLinks,
    NotCompared,
    Note,
    NotFixed,
)
from utmforge.output.findings import count_of, show_findings, show_lint_notes
from utmforge.output.formats import Color, Format, LintFormat

CASE = Finding(
    "UTM101",
    "letter-case",
    "error",
    Where("links.txt", 3, 7),
    'source "A" has capitals',
    'write "a"',
    "https://x.example/?utm_source=a",
)
ISSUED = Finding(
    "UTM205",
    "unlisted",
    "note",
    Where("registry", link_id="abcdefghjkmn", kind="registry"),
    "50% off, \x1b[31mred\nnext",
)
ARGUMENT = Finding("UTM301", "x", "warning", Where("argument 1", kind="argument"), "it is cut")
ALL = [CASE, ISSUED, ARGUMENT]


def shown(findings: list[Finding], fmt: LintFormat, color: Color = Color.NEVER) -> str:
    """Return what is on stdout."""
    to, stdout, stderr = console(Format.TABLE)
    to.color = color
    show_findings(to, findings, fmt)
    to.finish()
    assert stderr.getvalue() == ""
    return stdout.getvalue()


def test_for_people() -> None:
    """The place first, as editors read it; the hint below; nothing is obeyed by the terminal."""
    assert shown(ALL, LintFormat.TABLE) == (
        'links.txt:3:7: error UTM101 letter-case: source "A" has capitals\n'
        '    hint: write "a"\n'
        "registry:abcdefghjkmn: note UTM205 unlisted: 50% off, \\x1b[31mred\\nnext\n"
        "argument 1: warning UTM301 x: it is cut\n"
    )


def test_colour_is_for_the_severity() -> None:
    """The place stays a place that a terminal opens."""
    lines = shown(ALL, LintFormat.TABLE, Color.ALWAYS).splitlines()

    assert lines[0].startswith("links.txt:3:7: \x1b[1;31merror\x1b[0m UTM101")
    assert lines[1] == '    hint: write "a"'
    assert lines[2].startswith("registry:abcdefghjkmn: \x1b[2mnote\x1b[0m UTM205")
    assert lines[3].startswith("argument 1: \x1b[33mwarning\x1b[0m UTM301")


def test_for_github() -> None:
    """A file's finding at its line; another tells its place; signs of the command are escaped."""
    assert shown(ALL, LintFormat.GITHUB) == (
        "::error file=links.txt,line=3,col=7,title=UTM101 letter-case::"
        'source "A" has capitals%0Awrite "a"\n'
        "::notice title=UTM205 unlisted::registry:abcdefghjkmn: 50%25 off, \\x1b[31mred\\nnext\n"
        "::warning title=UTM301 x::argument 1: it is cut\n"
    )


@pytest.mark.parametrize(
    ("file", "written"),
    [("a,b.txt", "a%2Cb.txt"), ("c:d.txt", "c%3Ad.txt"), ("100%.txt", "100%25.txt")],
)
def test_github_takes_any_file_name(file: str, written: str) -> None:
    """What separates properties is escaped; a finding of a whole file is at its first line."""
    line = shown([CASE._replace(where=Where(file))], LintFormat.GITHUB)

    assert line.startswith(f"::error file={written},line=1,title=")


def test_for_programs() -> None:
    """The published keys, the place as one text, the message as it is."""
    rows = [json.loads(line) for line in shown(ALL, LintFormat.JSONL).splitlines()]

    assert rows[0] == {
        "code": "UTM101",
        "name": "letter-case",
        "severity": "error",
        "where": "links.txt:3:7",
        "message": 'source "A" has capitals',
        "hint": 'write "a"',
        "fix": "https://x.example/?utm_source=a",
    }
    assert rows[1]["message"] == ISSUED.message
    assert (rows[1]["hint"], rows[1]["fix"]) == (None, None)


@pytest.mark.parametrize("fmt", [LintFormat.TABLE, LintFormat.GITHUB, LintFormat.JSONL])
def test_nothing_found(fmt: LintFormat) -> None:
    """Is nothing printed."""
    assert shown([], fmt) == ""


@pytest.mark.parametrize(
    ("findings", "links", "text"),
    [
        ([], 0, "nothing found in 0 links"),
        ([], 1, "nothing found in 1 link"),
        ([CASE], 1, "1 error in 1 link"),
        (ALL, 3, "1 error, 1 warning, 1 note in 3 links"),
        ([ARGUMENT, ARGUMENT, CASE], 2_000, "1 error, 2 warnings in 2,000 links"),
    ],
)
def test_how_many(findings: list[Finding], links: int, text: str) -> None:
    """The gravest first, whatever their order."""
    assert count_of(findings, links) == text


BUSY = RegistryBusy("the registry is locked", hint="try again")
NOTES: list[tuple[Note, str]] = [
    (FixedText(Path("a.txt"), b"x", "-A\n+a\n"), "-A\n+a\n"),
    (
        NotFixed("a.html", "kind"),
        "note: a.html was not fixed: only campaigns.toml, lists and CSV can be fixed\n",
    ),
    (
        NotFixed("standard input", "not-a-file"),
        "note: standard input was not fixed: it is not a regular file; save its text in one\n",
    ),
    (
        NotFixed("a.txt", "encoding"),
        "note: a.txt was not fixed: it cannot be written back in its encoding; save it as UTF-8\n",
    ),
    (
        NotFixed("a.eml", "not-a-list"),
        "note: a.eml was not fixed: it is not a list of addresses; put its links in a .txt file, "
        "one per line\n",
    ),
    (
        NotFixed("a.txt", "registry", BUSY),
        "warning: a.txt was not fixed, because it is not known which links were issued: "
        "the registry is locked; try again\n",
    ),
    (
        NotFixed("a.txt", "registry"),
        "warning: a.txt was not fixed, because it is not known which links were issued: "
        "the campaign file does not say where the registry is\n",
    ),
    (NoLinks("a.txt"), 'warning: there are no links in "a.txt"\n'),
    (
        NotCompared(BUSY),
        "warning: names were not compared with those of issued links: the registry is locked; "
        "try again\n",
    ),
]


@pytest.mark.parametrize(("note", "said"), NOTES, ids=lambda one: type(one).__name__)
def test_what_was_left_alone_says_why(note: Note, said: str) -> None:
    """On stderr, one sentence with the next step."""
    to, stdout, stderr = console(Format.TABLE)
    show_lint_notes(to, [note])

    assert (stdout.getvalue(), stderr.getvalue()) == ("", said)


@pytest.mark.parametrize(
    ("count", "more"),
    [
        (1, None),
        (10, None),
        (11, "1 more issued link was"),
        (1_010, "1,000 more issued links were"),
    ],
)
def test_issued_links_that_were_kept(count: int, more: str | None) -> None:
    """Ten are named, the others counted, and what to do is said once."""
    to, _, stderr = console(Format.TABLE)
    links = tuple((Where("a.txt", line), f"id{line}") for line in range(1, count + 1))
    show_lint_notes(to, [IssuedKept("a.txt", links)])

    lines = stderr.getvalue().splitlines()
    assert lines[0] == "note: a.txt:1: id1 was issued and was not fixed"
    assert len(lines) == min(count, 10) + (more is not None) + 1
    assert (f"note: a.txt: {more} not fixed" in lines) is (more is not None)
    assert lines[-1].startswith("hint: to change an issued link, issue the fixed one")
