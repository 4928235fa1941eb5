"""The wizard as a conversation: going back, changing answers, places that are no channel."""

from base64 import b64decode
from pathlib import Path

import pytest

from tests.cli.terminals import Terminal
from tests.conftest import Run

WIDTHS = [50, 80, 120]
FILE = """
[campaigns.spring]
landing_page = "https://shop.example/spring"
message = "Spring is here."
channels = ["email", "sms"]
"""


def rows(text: str, columns: int) -> int:
    """Return how many rows of a terminal a text takes."""
    return sum(max(-(-len(line) // columns), 1) for line in text.splitlines())


@pytest.mark.parametrize("columns", WIDTHS)
def test_four_links_fit_a_screen_and_are_shown_once(run: Run, columns: int) -> None:
    """From the answers to the last question before the issue; afterwards only ids."""
    talk = Terminal("new", columns=columns)
    talk.answer("Landing page: ", "shop.example/spring")
    talk.answer("Campaign: ", "Spring Sale")
    talk.answer("Channels, such as 1,3: ", "1,2,whatsapp,fb")
    talk.answer("(Enter: none): ", "")
    review = talk.answer("Issue these 4 links? [Y/n]: ", "o")
    after = talk.answer("(Enter: none): ", "")
    talk.answer("[y/N]: ", "")
    status, rest = talk.end()

    assert status == 0
    assert columns < 80 or rows(review, columns) < 24
    urls = run("list").stdout.split()
    assert len(urls) == 4
    for url in urls:
        assert review.count(f"  {url}\n") == 1
        assert url not in after + rest
    assert "facebook · Organic Social\n" in review
    assert "issued 4 links for spring-sale\n" in after
    for line in (review + after + rest).splitlines():  # sentences are wrapped, addresses never
        assert len(line) < columns or "https://" in line


def test_going_back_keeps_the_answers(run: Run) -> None:
    """From the review to the first question and forward again with Enter."""
    talk = Terminal("new")
    talk.answer("Landing page: ", "b")
    assert "this is the first question\n" in talk.answer("Landing page: ", "shop.example/x")
    talk.answer("Campaign: ", "sprin")
    talk.answer("Channels, such as 1,3: ", "sms,email")
    talk.answer("(Enter: none): ", "a,b")
    talk.answer("Issue these 4 links? [Y/n]: ", "back")
    talk.answer("(-: none) [a,b]: ", "b")
    talk.answer("Channels, such as 1,3 [sms,email]: ", "b")
    talk.answer("Campaign [sprin]: ", "b")
    talk.answer("Landing page [shop.example/x]: ", "")
    talk.answer("Campaign [sprin]: ", "spring")
    talk.answer("Channels, such as 1,3 [sms,email]: ", "")
    talk.answer("(-: none) [a,b]: ", "-")
    review = talk.answer("Issue these 2 links? [Y/n]: ", "n")
    status, rest = talk.end()

    assert status == 0
    assert "utm_campaign=spring\n" in review
    assert rest.endswith(
        "nothing was issued\nTo go on from here:\n\n"
        "  utmforge new shop.example/x --campaign spring --channel sms,email\n\n"
    )
    assert run("list").stdout == ""


CHANGES = [
    (
        "page",
        "Landing page [https://shop.example/x]: ",
        "https://shop.example/y",
        "shop.example/y?utm",
    ),
    ("camp", "Campaign [spring]: ", "summer", "utm_campaign=summer"),
    ("channels", "Channels, such as 1,3 [email]: ", "LinkedIn", "utm_source=linkedin"),
    ("content", "(Enter: none): ", '"b"', "utm_content=b"),
    ("term", "Term [shoes]: ", "boots", "utm_term=boots"),
]


@pytest.mark.parametrize(("word", "question", "answer", "part"), CHANGES)
def test_the_review_is_changed_line_by_line(
    run: Run, word: str, question: str, answer: str, part: str
) -> None:
    """Type the word of an answer; the others stay, also those of the command line."""
    given = ("https://shop.example/x", "-c", "spring", "--term", "shoes")
    talk = Terminal("new", *given)
    talk.answer("Channels, such as 1,3: ", "email")
    talk.answer("(Enter: none): ", "")
    talk.answer("Issue this link? [Y/n]: ", word)
    talk.answer(question, answer)
    review = talk.answer("Issue this link? [Y/n]: ", "y")
    talk.answer("[Y/n]: ", "n")
    talk.answer("[y/N]: ", "n")
    assert talk.end()[0] == 0
    assert part in review
    assert review.count("https://") == 2  # the page, the link
    assert part in run("list").stdout


def test_a_change_is_left_with_b() -> None:
    """The answer stays what it was, and the links are shown again."""
    talk = Terminal("new", "https://shop.example/x", "-c", "spring")
    talk.answer("Channels, such as 1,3: ", "email")
    talk.answer("(Enter: none): ", "")
    talk.answer("Issue this link? [Y/n]: ", "c")
    assert "a word to change: page, campaign, channels, content" in " ".join(
        talk.answer("Issue this link? [Y/n]: ", "campaign").split()
    )
    talk.answer("Campaign [spring]: ", "b")
    assert "utm_campaign=spring\n" in talk.answer("Issue this link? [Y/n]: ", "n")
    talk.end()


@pytest.mark.parametrize("columns", WIDTHS)
def test_every_question_explains_itself(columns: int) -> None:
    """`?` shows a sentence or two that fit the terminal, and asks again."""
    Path("campaigns.toml").write_text("[convention]\nrequired = ['term']\n" + FILE + "term = 'x'\n")
    talk = Terminal("new", columns=columns)
    for question, answer in (
        ("Which one: ", "2"),
        ("Landing page: ", "https://shop.example/x"),
        ("Campaign (a number, or a new name): ", "summer"),
        ("Term: ", "shoes"),
        ("Channels, such as 1,3: ", "other"),
        ("Source (who sends the visitor): ", "board"),
        ("Medium (how): ", "print"),
        ("? [y/N]: ", "n"),
        ("(Enter: none): ", ""),
        ("[Y/n]: ", "n"),
    ):
        talk.answer(question, "?")
        said = talk.answer(question, answer)
        assert "b goes back, Ctrl-C leaves." in said
        assert len(said) > 80
        assert not [
            line for line in said.splitlines() if len(line) >= columns > 0 and "https:" not in line
        ]
    assert talk.end()[0] == 0


def test_another_place_is_kept_as_a_channel(run: Run, work: Path) -> None:
    """What GA4 makes of it is said at once; the file is made, and where is told."""
    talk = Terminal("new", "https://shop.example/x", "-c", "spring")
    talk.answer("Channels, such as 1,3: ", "other")
    talk.answer("Source (who sends the visitor): ", "Local Radio")
    talk.answer("Medium (how): ", "b")
    talk.answer("Source (who sends the visitor) [local-radio]: ", "")
    talk.answer("Medium (how): ", "radio")
    before = talk.answer("? [y/N]: ", "y")
    talk.answer("Its name [local-radio]: ", "radio")
    saved = talk.answer("(Enter: none): ", "")
    talk.answer("Issue this link? [Y/n]: ", "y")
    talk.answer("Copy it to the clipboard? [Y/n]: ", "n")
    talk.answer("Save the campaign to campaigns.toml? [y/N]: ", "y")
    status, rest = talk.end()

    said = " ".join(before.split())
    assert 'GA4 will file it under Unassigned: no rule matches source "local-radio"' in said
    assert 'with medium "audio" it would be Audio; b goes back' in said
    assert str(work / "campaigns.toml") in "".join(saved.split())
    assert status == 0
    assert "saved; utmforge new spring issues it\n" in rest
    assert str(work / "campaigns.toml") in "".join(rest.split())
    assert rest.endswith("--campaign spring --channel radio\n\n")
    assert "radio" in run("channels").stdout.splitlines()
    assert run("build").stderr == "1 link for spring was already issued\n"


def test_another_place_without_keeping_it() -> None:
    """Its tags are for these links only; going back to a channel drops them."""
    talk = Terminal("new", "https://shop.example/x", "-c", "spring")
    talk.answer("Channels, such as 1,3: ", "other")
    talk.answer("Source (who sends the visitor): ", "acme")
    talk.answer("Medium (how): ", "3")
    assert "GA4 will file it under Referral" in talk.answer("? [y/N]: ", "n")
    talk.answer("(Enter: none): ", "")
    review = talk.answer("Issue this link? [Y/n]: ", "source")
    assert "  source    acme / referral\n" in review
    talk.answer("Channels, such as 1,3 [other]: ", "")
    talk.answer("Source (who sends the visitor) [acme]: ", "b")
    talk.answer("Channels, such as 1,3 [other]: ", "sms")
    review = talk.answer("Issue this link? [Y/n]: ", "b")
    assert "utm_source=sms&utm_medium=sms&utm_campaign=spring\n" in review
    talk.child.send("\x03")
    assert talk.end()[1].endswith("--campaign spring --channel sms\n\n")
    assert not Path("campaigns.toml").exists()


def test_more_channels_and_words_for_them() -> None:
    """The numbers go on; a word with a space is one channel; what is unclear is asked back."""
    talk = Terminal("new", "https://shop.example/x", "-c", "spring")
    first = talk.answer("Channels, such as 1,3: ", "more")
    more = talk.answer("Channels, such as 1,3: ", "google")
    assert "facebook" not in first
    assert "Public\n" in more
    assert "Advertisements\n" in more
    assert " 17 facebook" in more
    assert 'did you mean "google-ads" or "google-business"?' in talk.answer(
        "Channels, such as 1,3: ", "other,1"
    )
    assert '"other" stands alone' in talk.answer(
        "Channels, such as 1,3: ", "17, Google Ads, courriel sms"
    )
    talk.answer("(Enter: none): ", "")
    review = talk.answer("Issue these 4 links? [Y/n]: ", "n")
    assert "  channels  facebook, google-ads, email, sms\n" in review
    talk.end()


SSH = {"SSH_CONNECTION": "here there"}


@pytest.mark.parametrize(
    ("answers", "copied"),
    [
        (["sms"], "https://shop.example/spring?utm_source=sms&utm_medium=sms&utm_campaign=spring"),
        (
            ["all"],
            "https://shop.example/spring?utm_source=email&utm_medium=email&utm_campaign=spring\n"
            "https://shop.example/spring?utm_source=sms&utm_medium=sms&utm_campaign=spring",
        ),
        (
            ["message", "2"],
            "Spring is here.\n"
            "https://shop.example/spring?utm_source=sms&utm_medium=sms&utm_campaign=spring",
        ),
    ],
)
def test_one_link_all_of_them_or_the_message_is_copied(answers: list[str], copied: str) -> None:
    """What the clipboard gets is what was chosen."""
    Path("campaigns.toml").write_text(FILE)
    talk = Terminal("new", env=SSH)
    talk.answer("Which one: ", "1")
    talk.answer("Issue these 2 links? [Y/n]: ", "")
    for answer in answers:
        talk.answer("(Enter: none): ", answer)
    status, _ = talk.end()

    assert status == 0
    sent = talk.seen.split("\x1b]52;c;")[1].split("\x07")[0]
    assert b64decode(sent).decode() == copied


def test_a_code_is_offered_for_print(work: Path) -> None:
    """A file that cannot be written is asked for again; other links get no code."""
    (work / "there.svg").touch()
    talk = Terminal("new", "https://shop.example/x", "-c", "spring")
    talk.answer("Channels, such as 1,3: ", "email, poster")
    talk.answer("(Enter: none): ", "")
    talk.answer("Issue these 2 links? [Y/n]: ", "")
    talk.answer("(Enter: none): ", "")
    talk.answer("Write its QR code to print? [Y/n]: ", "")
    talk.answer("File (.svg or .png) [spring-qr.svg]: ", "there.svg")
    before = talk.answer("File (.svg or .png) [spring-qr.svg]: ", "")
    assert '"there.svg" already exists' in before
    talk.answer("Save the campaign to campaigns.toml? [y/N]: ", "non")
    assert talk.end()[0] == 0
    assert sorted(path.name for path in work.iterdir()) == ["spring-qr.svg", "there.svg"]


def test_sixty_campaigns_are_paged_and_searched(run: Run) -> None:
    """A new landing page stays in sight; one that has ended is left out, but takes its name."""
    Path("campaigns.toml").write_text(
        "".join(
            f"[campaigns.sale-{n:02}]\nlanding_page = 'https://shop.example/{n}'\n"
            f"channels = ['sms']\n{'ends = 2026-01-01' if n == 7 else ''}\n"
            for n in range(60)
        )
    )
    talk = Terminal("new", columns=50)
    first = talk.answer("Which one: ", "more")
    assert "60 a new landing page" in first
    assert "sale-07" not in first
    assert rows(first, 50) <= 20
    talk.answer("Which one: ", "sale-5")
    found = talk.answer("Which one: ", "le-58")
    assert " 58 sale-58" in found
    assert "sale-49" not in found
    assert "https://shop.example/58?" in talk.answer("Issue this link? [Y/n]: ", "b")
    talk.answer("Which one: ", "sale-07")
    assert "https://shop.example/7?" in talk.answer("Issue this link? [Y/n]: ", "n")
    talk.end()
    assert run("list").stdout == ""
