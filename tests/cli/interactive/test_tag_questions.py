"""Questions about tags offer what the naming convention lists, and take what it takes."""

from pathlib import Path

import pytest

from tests.cli.convention_example import ASKED, CONVENTION, SPRING, prepare
from tests.conftest import Result, Run


@pytest.fixture(autouse=True)
def _file(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work beside a campaign file, in March 2026."""
    prepare(monkeypatch)


def test_a_required_tag_is_asked_for(run: Run) -> None:
    """Without a terminal, it is refused."""
    assert run(*ASKED[:-2], "-c", "summer") == Result(
        2,
        "",
        "error: content is missing: the naming convention requires it\n"
        "hint: give it a value, or change required in [convention]\n",
    )


def test_the_wizard_offers_what_the_convention_lists(run: Run) -> None:
    """Closed and open lists by number; what is required is asked for; the command says it whole."""
    pytest.importorskip("pexpect", reason="pexpect drives terminals of POSIX systems")
    from tests.cli.terminals import wizard

    text = CONVENTION.replace('["content"]', '["content", "term", "id"]').replace(
        'template = "{year}-{slug}"', 'suggested = ["2026-sale", "2026-hello"]'
    )
    Path("campaigns.toml").write_text(text + "\n[convention.marketing_tactic]\nallowed=['a']\n")
    talk = wizard("https://x.example/")
    shown = talk.answer("Campaign (a number, or a new name): ", "test")
    assert shown.endswith("\n  1 2026-sale     2 2026-hello\n")
    before = talk.answer("Campaign (a number, or a new name): ", "2026-sail")
    assert before == (
        '  campaign "test" is prohibited in the naming convention\n'
        '  use "2026-sale" or "2026-hello", or remove it from prohibited in '
        "[convention.campaign]\n"
    )
    before = talk.answer("Id: ", "")
    assert 'did you mean "2026-sale"?' in " ".join(before.split())
    assert talk.answer("Id: ", "7") == "  the id is empty\n  it is required\n"
    talk.answer("Term: ", "Lamp")
    shown = talk.answer("Channels, such as 1,3: ", "1")
    assert 'wrote term "Lamp" as "lamp"' in shown
    shown = talk.answer("Content, to tell links apart, such as hero,footer: ", "")
    assert shown == "  1 hero      2 footer\n"
    before = talk.answer("Content, to tell links apart, such as hero,footer: ", "2, Top")
    assert before == "  content is empty\n  the naming convention requires it\n"
    before = talk.answer("Issue these 2 links? [Y/n]: ", "")
    assert 'content "top" is not among the suggested "hero", "footer"' in before
    talk.answer("(Enter: none): ", "")
    talk.answer("[y/N]: ", "n")
    status, rest = talk.end()

    assert status == 0
    assert rest.endswith(
        "utmforge new https://x.example/ --campaign 2026-sail --channel email "
        "--content footer,top --term lamp --id 7\n\n"
    )
    assert run("list").stdout.count("utm_term=lamp") == 2


def test_the_wizard_asks_for_a_required_content_alone() -> None:
    """Also where all else was said."""
    pytest.importorskip("pexpect", reason="pexpect drives terminals of POSIX systems")
    from tests.cli.terminals import wizard

    Path("campaigns.toml").write_text(CONVENTION + SPRING.replace("spr25", "7"))
    talk = wizard("https://x.example/y", "--channel", "email", "--id", "9")
    shown = talk.answer("Campaign (a number, or a new name): ", "1")
    assert shown.endswith("\n  1 spring-sale\n")
    before = talk.answer("Content, to tell links apart, such as hero,footer: ", "1")
    assert 'wrote campaign "spring-sale" as "2025-spring-sale"' in before
    before = talk.answer("Issue this link? [Y/n]: ", "n")
    assert "utm_campaign=2025-spring-sale&utm_id=9&utm_content=hero" in before
    assert talk.end()[0] == 0
