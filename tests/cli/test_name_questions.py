"""A name that is nearly one in use is questioned: at a terminal asked, otherwise refused."""

from pathlib import Path

import pytest

from tests.cli.test_terminal import Terminal
from tests.conftest import Run

USED = ("new", "https://x.example/", "-c", "spring-sale", "-C", "sms", "-q")

NEAR = [
    (("-c", "sping-sale", "-C", "sms"), "campaign", "sping-sale", "spring-sale", "typo"),
    (("-c", "springsale", "-C", "sms"), "campaign", "springsale", "spring-sale", "separator"),
    (
        ("-c", "autumn", "-C", "sms", "--source", "newsleter"),
        *("source", "newsleter", "newsletter", "typo"),
    ),
    (
        ("-c", "autumn", "--source", "shop", "--medium", "e-mail"),
        *("medium", "e-mail", "email", "separator"),
    ),
]


@pytest.mark.parametrize(("words", "name", "given", "meant", "differs"), NEAR)
def test_a_name_nearly_in_use_is_refused(
    run: Run, words: tuple[str, ...], name: str, given: str, meant: str, differs: str
) -> None:
    """With the one that is in use; nothing is issued, unless told that it is new."""
    run(*USED)
    run("new", "https://x.example/n", "-c", "winter", "--source", "newsletter", "--medium", "email")
    asked = ("new", "https://x.example/", *words)
    for more in ((), ("--dry-run",)):
        result = run(*asked, *more)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr == (
            f'error: {name} "{given}" is nearly "{meant}", which is in use ({differs})\n'
            f'hint: write "{meant}", or say that it is a new one: --new-name\n'
        )
    assert run(*asked, "--new-name").exit_code == 0
    assert run(*asked).exit_code == 0


@pytest.mark.parametrize(
    "words",
    [
        ("-c", "spring-sale", "-C", "sms"),
        ("-c", "spring-sale-2", "-C", "sms"),
        ("-c", "summer-sale", "-C", "email,whatsapp"),
        ("-c", "spring-sale-fr", "-C", "sms"),
        ("-c", "autumn", "-C", "sms", "--medium", "sms"),
    ],
)
def test_other_names_are_not_questioned(run: Run, words: tuple[str, ...]) -> None:
    """Numbers, languages and other words are meant to differ."""
    run(*USED)
    assert run("new", "https://x.example/", *words).exit_code == 0


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("facebok", "facebook"),
        ("linkdin", "linkedin"),
        ("yuotube", "youtube"),
        ("tik-tock", "tiktok"),
    ],
)
def test_a_source_that_ga4_nearly_knows_is_refused(run: Run, given: str, meant: str) -> None:
    """Also before the first link; not with `--new-name`, and not once it was issued."""
    asked = ("new", "https://x.example/", "-c", "autumn", "--source", given, "--medium", "social")
    result = run(*asked)

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        f'error: source "{given}" is nearly "{meant}", which GA4 knows (typo)\n'
        f'hint: write "{meant}", or say that it is a new one: --new-name\n'
    )
    assert run(*asked, "--new-name").exit_code == 0
    assert run(*asked).exit_code == 0


@pytest.mark.parametrize("given", ["telegrm", "signall"])
def test_the_sources_of_channels_are_in_use(run: Run, given: str) -> None:
    """Also those that GA4 does not list."""
    asked = ("new", "https://x.example/", "-c", "autumn", "--source", given, "--medium", "message")
    assert ", which is in use (typo)\n" in run(*asked).stderr


@pytest.mark.parametrize(
    "source",
    [
        *("facebook", "youtube.com", "weekly", "clipboard", "video", "switch", "never"),
        *("face-book", "fb", "facebook-ads", "facebook2", "linked", "m.facebook.com"),
        *("medium", "blogger", "quota"),
    ],
)
def test_other_sources_are_not_questioned(run: Run, source: str) -> None:
    """What GA4 lists, plain words, numbers; separators are the convention's matter."""
    asked = ("new", "https://x.example/", "-c", "autumn", "--source", source, "--medium", "social")
    assert run(*asked).exit_code == 0


def test_names_of_the_file_and_of_rows_are_questioned_too(run: Run, work: Path) -> None:
    """A campaign of campaigns.toml is in use before its first link; each row is looked at."""
    (work / "campaigns.toml").write_text(
        '[campaigns.winter-sale]\nlanding_page = "https://x.example/"\nchannels = ["sms"]\n'
    )
    (work / "rows.csv").write_text(
        "landing_page,campaign\nhttps://x.example/1,autumn\nhttps://x.example/2,winter-slae\n"
    )
    result = run("new", "--from", "rows.csv", "-C", "sms")
    assert (result.exit_code, result.stdout) == (2, "")
    assert 'campaign "winter-slae" is nearly "winter-sale"' in result.stderr
    assert run("build").exit_code == 0
    assert run("new", "--from", "rows.csv", "-C", "sms", "--new-name").exit_code == 0


def test_at_a_terminal_a_source_that_ga4_nearly_knows_is_asked_for(run: Run) -> None:
    """The known one is taken, or the new one kept."""
    run(*USED)
    for answer, given, source in (("2", "facebok", "facebok"), ("1", "linkdin", "linkedin")):
        words = ("-c", "spring-sale", "--source", given, "--medium", "social")
        talk = Terminal("new", "https://x.example/2", *words)
        before = talk.answer("Which one: ", answer)
        assert f'source "{given}" is nearly "' in before
        assert '", which GA4 knows (typo)' in before
        status, after = talk.end()
        assert status == 0
        assert f"utm_source={source}&" in after


def test_at_a_terminal_it_is_asked_which_one_is_meant(run: Run) -> None:
    """The one in use is taken, or the new one kept."""
    run(*USED)
    for answer, campaign in (("1", "spring-sale"), ("2", "sping-sale")):
        talk = Terminal("new", "https://x.example/2", "-c", "sping-sale", "-C", "sms")
        before = talk.answer("Which one: ", answer)
        assert 'campaign "sping-sale" is nearly "spring-sale", which is in use (typo)' in before
        status, after = talk.end()
        assert status == 0
        assert f"utm_campaign={campaign}" in after
