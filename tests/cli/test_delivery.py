"""Links handed to a person: the clipboard, drawings and files, and what is said of each."""

import json
from pathlib import Path

import pytest

from tests.conftest import Run

PAGE = "https://x.example/"
ONE = ("new", PAGE, "-c", "spring", "-C", "sms")
TWO = ("new", PAGE, "-c", "spring", "-C", "sms,email")


@pytest.fixture
def link_id(run: Run) -> str:
    """Issue a link; return its id."""
    (link,) = json.loads(run(*ONE, "-F", "json").stdout)["data"]
    return str(link["id"])


def test_several_links_are_not_copied_unasked(run: Run) -> None:
    """They are issued; one of them is named for the next step."""
    result = run(*TWO, "--copy")

    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == 2
    assert (
        "warning: not copied: there are 2 links\nhint: choose one: utmforge copy " in result.stderr
    )


def test_a_clipboard_that_is_not_there(
    run: Run, link_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A refusal where it is required, a warning otherwise; the link is printed anyway."""
    monkeypatch.setenv("CI", "1")
    required, besides = run("copy", link_id, "--require"), run(*ONE, "--copy")

    assert required.exit_code == 51
    assert required.stderr.startswith("error: not copied: ")
    assert besides.exit_code == 0
    assert "warning: not copied: " in besides.stderr
    assert required.stdout == besides.stdout


@pytest.mark.parametrize("words", [("copy",), ("qr",)])
def test_a_retired_link_is_handed_out_only_when_asked(
    run: Run, link_id: str, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """And is said to be one."""
    monkeypatch.setenv("CI", "1")
    run("retire", link_id, "--reason", "misprinted")
    refused = run(*words, link_id)
    asked = run(*words, link_id, "--retired")

    assert (refused.exit_code, refused.stdout) == (2, "")
    assert f"link {link_id} was retired on " in refused.stderr
    assert f"warning: link {link_id} was retired on " in asked.stderr


def test_each_code_has_a_file_named_after_its_link(run: Run, work: Path) -> None:
    """One link: the name as it is; several: channel and content with it."""
    run(*ONE, "--qr-file", "a.svg", "-n")
    assert list(work.iterdir()) == []

    assert "wrote a.svg\n" in run(*ONE, "--qr-file", "a.svg").stderr
    run(*TWO, "--content", "x/y,z", "--qr-file", "b.svg")
    assert sorted(path.name for path in work.iterdir()) == [
        *("a.svg", "b-email-x-y.svg", "b-email-z.svg", "b-sms-x-y.svg", "b-sms-z.svg"),
    ]


def test_files_that_would_have_one_name_have_the_ids(run: Run, work: Path) -> None:
    """All of them, so that the names do not depend on the order."""
    page = "landing_page = 'https://shop.example/"
    (work / "campaigns.toml").write_text(
        f"[campaigns.c]\n{page}'\n"
        + "".join(f"[[campaigns.c.placements]]\nchannel = 'qr'\n{page}{at}'\n" for at in "ab")
        + "[[campaigns.c.placements]]\nchannel = 'sms'\n"
    )
    made = json.loads(run("new", "c", "--qr-file", "code.svg", "-F", "json").stdout)["data"]
    assert {path.name for path in work.glob("*.svg")} == {
        *(f"code-qr-{link['id']}.svg" for link in made[:2]),
        "code-sms.svg",
    }


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("a.svg", '"a.svg" already exists'),
        ("no/a.svg", 'there is no folder "no"'),
        ("a.gif", "a.gif"),
    ],
)
def test_a_file_that_cannot_be_written_stops_the_issue(run: Run, name: str, message: str) -> None:
    """Nothing is issued; an existing file stays as it is."""
    Path("a.svg").write_text("mine")
    result = run(*ONE, "--qr-file", name)

    assert (result.exit_code != 0, result.stdout) == (True, "")
    assert message in result.stderr
    assert run("list").stdout == ""
    assert Path("a.svg").read_text() == "mine"


def test_no_code_is_drawn_into_a_pipe(run: Run) -> None:
    """The answer stays the URL; what to do instead is said."""
    result = run(*ONE, "--qr")

    assert result.stdout == f"{PAGE}?utm_source=sms&utm_medium=sms&utm_campaign=spring\n"
    assert (
        "warning: no QR code drawn: there is no terminal (write a file with --qr-file)\n"
        in result.stderr
    )
