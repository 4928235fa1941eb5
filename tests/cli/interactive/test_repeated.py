"""The wizard of `new --like`: another campaign's places and contents, edited before the issue."""

from pathlib import Path

import pytest

from tests.cli.terminals import Terminal
from tests.conftest import Run

WIDTHS = [50, 80, 120]
FILE = """\
[campaigns.2026-04]
landing_page = "https://shop.example/april"
channels = ["email"]
contents = ["hero"]
id = "apr"
message = "Only in April."
[[campaigns.2026-04.placements]]
channel = "sms"
content = "text"
term = "shoes"
"""
EMAIL = "https://shop.example/april?utm_source=email&utm_medium=email&utm_campaign=2026-05"
SMS = (
    "https://shop.example/april?utm_source=sms&utm_medium=sms&utm_campaign=2026-05"
    "&utm_content=text&utm_term=shoes"
)


@pytest.fixture(autouse=True)
def file(work: Path) -> None:
    """The campaign that is repeated."""
    (work / "campaigns.toml").write_text(FILE, encoding="utf-8")


@pytest.mark.parametrize("columns", WIDTHS)
def test_the_same_next_month_is_issued_and_saved(run: Run, columns: int) -> None:
    """One question; each place keeps its content and tags; the file takes the campaign over."""
    talk = Terminal("new", "--like", "2026-04", columns=columns)
    talk.answer("Campaign (a number, or a new name): ", "2026-05")
    review = talk.answer("Issue these 2 links? [Y/n]: ", "y")
    talk.answer("(Enter: none): ", "")
    talk.answer("[y/N]: ", "y")
    status, rest = talk.end()

    assert status == 0
    for url in (f"{EMAIL}&utm_content=hero", SMS):
        assert f"  {url}\n" in review
    for line in (review + rest).splitlines():
        assert (
            len(line) < columns or "https://" in line or "utmforge new" in line or line[2:3] == "/"
        )
    assert rest.endswith("\n\n  utmforge new --like 2026-04 --campaign 2026-05\n\n")
    saved = Path("campaigns.toml").read_text(encoding="utf-8")
    assert saved == f'{FILE}\n[campaigns.2026-05]\nextends = "2026-04"\n'
    assert run("list").stdout.split() == [f"{EMAIL}&utm_content=hero", SMS]
    assert run("build", "2026-05", "--check").stderr.startswith("all 2 links of 2026-05 are in ")


@pytest.mark.parametrize("columns", WIDTHS)
def test_back_review_and_edit(run: Run, columns: int) -> None:
    """From the review to the name and back; a page, channels and contents are changed there."""
    talk = Terminal("new", "--like", "2026-04", columns=columns)
    talk.answer("Campaign (a number, or a new name): ", "b")
    assert "this is the first question\n" in talk.answer("or a new name): ", "2026-06")
    talk.answer("Issue these 2 links? [Y/n]: ", "b")
    talk.answer("[2026-06]: ", "2026-05")
    talk.answer("Issue these 2 links? [Y/n]: ", "page")
    talk.answer("[https://shop.example/april]: ", "")
    talk.answer("Issue these 2 links? [Y/n]: ", "page")
    talk.answer("[https://shop.example/april]: ", "shop.example/may")
    review = talk.answer("Issue these 2 links? [Y/n]: ", "channels")
    assert review.count("https://shop.example/may") == 4  # and the note
    talk.answer("[email,sms]: ", "b")
    talk.answer("Issue these 2 links? [Y/n]: ", "chan")
    talk.answer("[email,sms]: ", "sms,whatsapp")
    review = talk.answer("Issue these 2 links? [Y/n]: ", "content")
    assert f"  {SMS.replace('april', 'may')}\n" in review
    assert "utm_source=whatsapp&utm_medium=message&utm_campaign=2026-05&utm_content=hero" in review
    talk.answer("(-: none) [hero,text]: ", "")
    talk.answer("Issue these 2 links? [Y/n]: ", "n")
    status, rest = talk.end()

    assert status == 0
    assert rest.endswith(
        "nothing was issued\nTo go on from here:\n\n"
        "  utmforge new shop.example/may --like 2026-04 --campaign 2026-05 "
        "--channel sms,whatsapp\n\n"
    )
    assert run("list").stdout == ""


def test_without_the_contents_of_the_other(run: Run) -> None:
    """`-` takes them off; what the command line then needs is spelled out."""
    talk = Terminal("new", "--like", "2026-04", "--term", "boots")
    talk.answer("Campaign (a number, or a new name): ", "2026-05")
    talk.answer("Issue these 2 links? [Y/n]: ", "content")
    talk.answer("(-: none) [hero,text]: ", "-")
    talk.answer("Issue these 2 links? [Y/n]: ", "y")
    talk.answer("(Enter: none): ", "")
    talk.answer("[y/N]: ", "n")
    _, rest = talk.end()

    words = "https://shop.example/april --campaign 2026-05 --channel email,sms --term boots"
    assert f"  utmforge new {words}\n" in rest
    assert run("list").stdout.split()[0] == f"{EMAIL}&utm_term=boots"
    again = run("new", *words.split())
    assert again.stderr == "2 links for 2026-05 were already issued\n"


def test_what_is_required_and_not_taken_over_is_asked() -> None:
    """An id belongs to one campaign; the tags of its places are there already."""
    Path("campaigns.toml").write_text(f"[convention]\nrequired = ['id', 'content']\n{FILE}")
    talk = Terminal("new", "--like", "2026-04")
    talk.answer("Campaign (a number, or a new name): ", "2026-05")
    talk.answer("Id: ", "may")
    review = talk.answer("Issue these 2 links? [Y/n]: ", "n")
    assert "utm_id=may" in review
    assert "--like 2026-04 --campaign 2026-05 --id may\n" in talk.end()[1]


def test_leaving_keeps_the_line_that_goes_on(run: Run) -> None:
    """Ctrl-C at the first question and at the review; a campaign is not a landing page."""
    for answers in ((), ("2026-05",)):
        talk = Terminal("new", "--like", "2026-04", "--channel", "sms")
        for answer in answers:
            talk.answer("or a new name): ", answer)
        talk.expect("[Y/n]: " if answers else "or a new name): ")
        talk.child.send("\x03")
        status, rest = talk.end()
        more = " --campaign 2026-05" if answers else ""
        assert status == 130
        assert f"  utmforge new --like 2026-04{more} --channel sms\n" in rest
    assert run("list").stdout == ""
    status, text = Terminal("new", "2026-04", "--like", "2026-04").end()
    assert (status, text.startswith('error: "2026-04" is a campaign')) == (2, True)
