"""A name that looks like one in use is questioned: at a terminal asked, otherwise refused."""

import io
import json
from base64 import b64encode
from pathlib import Path

import pytest

from tests.cli.terminals import Terminal, wizard
from tests.conftest import Run
from utmforge.cli.delivery import Extras, QrFiles
from utmforge.cli.session import Session
from utmforge.issuing.make import make_link
from utmforge.model import Tags
from utmforge.output.console import Console

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
    """With the one that is in use; nothing is issued without --new-name."""
    run(*USED)
    run("new", "https://x.example/n", "-c", "winter", "--source", "newsletter", "--medium", "email")
    asked = ("new", "https://x.example/", *words)
    for more in ((), ("--dry-run",)):
        result = run(*asked, *more)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr == (
            f'error: {name} "{given}" looks like "{meant}", which is in use ({differs})\n'
            f'hint: use "{meant}", or add --new-name if it is a new name\n'
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
        f'error: source "{given}" looks like "{meant}", which GA4 knows (typo)\n'
        f'hint: use "{meant}", or add --new-name if it is a new name\n'
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
    assert 'campaign "winter-slae" looks like "winter-sale"' in result.stderr
    assert run("build").exit_code == 0
    assert run("new", "--from", "rows.csv", "-C", "sms", "--new-name").exit_code == 0


def test_at_a_terminal_a_source_that_ga4_nearly_knows_is_asked_for(run: Run) -> None:
    """The known one is taken, or the new one kept."""
    run(*USED)
    for answer, given, source in (("2", "facebok", "facebok"), ("1", "linkdin", "linkedin")):
        words = ("-c", "spring-sale", "--source", given, "--medium", "social")
        talk = Terminal("new", "https://x.example/2", *words)
        before = talk.answer("Which one: ", answer)
        assert f'source "{given}" looks like "' in before
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
        assert 'campaign "sping-sale" looks like "spring-sale", which is in use (typo)' in before
        status, after = talk.end()
        assert status == 0
        assert f"utm_campaign={campaign}" in after


SETTLED = "https://x.example/b?utm_source=email&utm_medium=email&utm_campaign=spring-sale"
MISSPELT = ("new", "https://x.example/b", "-c", "sping-sale", "-C", "email")


def changes(run: Run) -> list[str]:
    """Return what each change is about, as the registry has it, the last first."""
    listed = json.loads(run("undo", "--list", "-F", "json").stdout)["data"]
    return [change["about"] for change in listed]


def test_a_corrected_name_is_announced_and_kept_and_its_code_is_written(run: Run) -> None:
    """The code holds the link that was issued; the registry says what it is for."""
    import zxingcpp
    from PIL import Image

    run(*USED)
    talk = Terminal(*MISSPELT, "--qr-file", "code.png")
    talk.answer("Which one: ", "1")
    status, after = talk.end()

    assert status == 0
    assert "issued 1 link for spring-sale\n" in after
    assert "wrote code.png\n" in after
    assert "sping" not in after
    with Image.open("code.png") as picture:
        assert [code.text for code in zxingcpp.read_barcodes(picture)] == [SETTLED]
    assert changes(run)[0] == "spring-sale"
    assert ": issued 1 link for spring-sale on " in run("undo").stderr


def test_a_code_is_written_for_each_corrected_link(run: Run, work: Path) -> None:
    """Named as for links whose names are right; a dry run says which."""
    run(*USED)
    for more in (("--dry-run",), ()):
        talk = Terminal(*MISSPELT, "-C", "whatsapp", "--qr-file", "code.svg", *more)
        talk.answer("Which one: ", "1")
        status, after = talk.end()
        assert status == 0
        verb = "would write" if more else "wrote"
        assert f"{verb} code-email.svg\n" in after
        assert f"{verb} code-whatsapp.svg\n" in after
        assert f"{'would issue' if more else 'issued'} 2 links for spring-sale\n" in after
    assert sorted(path.name for path in work.iterdir()) == ["code-email.svg", "code-whatsapp.svg"]


def test_a_code_that_cannot_be_written_stops_the_issue_after_the_question(run: Run) -> None:
    """It is known before anything is issued."""
    run(*USED)
    Path("code.svg").touch()
    talk = Terminal(*MISSPELT, "--qr-file", "code.svg")
    talk.answer("Which one: ", "1")
    status, after = talk.end()

    assert status == 53
    assert 'error: "code.svg" already exists\n' in after
    assert changes(run) == ["spring-sale"]


def test_the_corrected_link_is_copied_and_drawn(run: Run) -> None:
    """What is on the clipboard and in the drawing is the link that was issued."""
    run(*USED)
    talk = Terminal(*MISSPELT, "--copy", "--qr", env={"SSH_CONNECTION": "here there"})
    talk.answer("Which one: ", "1")
    status, after = talk.end()

    assert status == 0
    assert f"\x1b]52;c;{b64encode(SETTLED.encode()).decode()}\x07" in talk.seen
    assert "\x1b[38" in talk.seen  # the code
    assert after.count(f"\n{SETTLED}\n") == 2  # in the table, and below the code
    assert "sping" not in after


@pytest.mark.parametrize(
    ("answer", "source", "campaign"),
    [("1", "linkedin", "spring-sale"), ("2", "linkdin", "sping-sale")],
)
def test_the_wizard_asks_before_it_shows_the_links(
    run: Run, answer: str, source: str, campaign: str
) -> None:
    """What is shown is what is issued, nothing is asked twice, and the last line says the same."""
    run(*USED)
    url = f"https://x.example/b?utm_source={source}&utm_medium=social&utm_campaign={campaign}"
    talk = wizard("https://x.example/b", "--source", "linkdin", "--medium", "social")
    talk.answer("Campaign (a number, or a new name): ", "sping-sale")
    assert 'source "linkdin" looks like "linkedin"' in talk.answer("Which one: ", answer)
    assert 'campaign "sping-sale" looks like "spring-sale"' in talk.answer("Which one: ", answer)
    assert talk.answer("Issue this link? [Y/n]: ", "y").strip().splitlines()[-1].strip() == url
    after = talk.answer("Copy it to the clipboard? [Y/n]: ", "n")
    assert f"issued 1 link for {campaign}\n" in after
    assert "nearly" not in after
    status, rest = talk.end()

    assert status == 0
    assert (
        f"utmforge new https://x.example/b --campaign {campaign} --source {source} "
        "--medium social\n" in rest
    )
    assert changes(run)[0] == campaign


def test_leaving_the_wizard_at_a_name_issues_nothing(run: Run) -> None:
    """The question belongs to it."""
    run(*USED)
    talk = wizard("https://x.example/b", "-c", "sping-sale")
    talk.answer("Channels, such as 1,3: ", "email")
    talk.answer("(Enter: none): ", "")
    talk.expect("Which one: ")
    talk.child.send("\x03")
    status, rest = talk.end()

    assert status == 130
    assert rest.strip().removeprefix("^C").strip() == (
        "nothing was issued\nTo go on from here:\n\n"
        "  utmforge new https://x.example/b --campaign sping-sale --channel email"
    )
    assert changes(run) == ["spring-sale"]


FILE = """
[campaigns.sping-sale]
landing_page = "https://x.example/b"
channels = ["email", "sms"]
"""


def test_build_announces_and_keeps_the_corrected_name(run: Run) -> None:
    """A campaign whose name is right goes by its key in the file."""
    run(*USED)
    Path("campaigns.toml").write_text(FILE)
    talk = Terminal("build")
    talk.answer("Which one: ", "1")
    status, after = talk.end()

    assert status == 0
    assert "issued 2 links for spring-sale\n" in after
    assert changes(run)[0] == "spring-sale"
    talk = Terminal("build")
    talk.answer("Which one: ", "2")
    assert "issued 2 links for sping-sale\n" in talk.end()[1]


def test_rows_are_issued_with_the_corrected_name(run: Run) -> None:
    """Asked once, whatever the number of rows."""
    run(*USED)
    Path("pages.txt").write_text("https://x.example/b\nhttps://x.example/c\n")
    talk = Terminal("new", "--from", "pages.txt", "-c", "sping-sale", "-C", "email")
    talk.answer("Which one: ", "1")
    status, after = talk.end()

    assert status == 0
    assert "issued 2 links, 0 already issued\n" in after
    assert run("list", "--campaign", "spring-sale").stdout.count("\n") == 3


def test_a_refused_name_says_that_earlier_rows_stay(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows are issued in batches; one that is refused leaves those before it issued."""
    monkeypatch.setattr("utmforge.issuing.bulk.BATCH", 2)
    run(*USED)
    rows = [f"https://x.example/{n},autumn\n" for n in range(2)]
    Path("rows.csv").write_text(
        "landing_page,campaign\n" + "".join(rows) + "https://x.example/3,sping-sale\n"
    )
    result = run("new", "--from", "rows.csv", "-C", "sms", "-F", "csv")

    assert result.exit_code == 2
    assert "warning: the 2 links of the rows before it stay issued\n" in result.stderr
    assert run("list", "--campaign", "autumn").stdout.count("\n") == 2


IDS = """
[campaigns.spring-sale]
landing_page = "https://x.example/"
id = "42"
channels = ["sms"]
"""


@pytest.mark.parametrize(("more", "utm_id"), [((), "42"), (("--id", "7"), "7")])
def test_a_corrected_campaign_gets_the_id_that_the_file_has_for_it(
    run: Run, more: tuple[str, ...], utm_id: str
) -> None:
    """As if it had been written right; an id that was asked for stays."""
    Path("campaigns.toml").write_text(IDS)
    talk = Terminal(*MISSPELT, *more)
    talk.answer("Which one: ", "1")
    status, after = talk.end()

    assert status == 0
    assert f"{SETTLED}&utm_id={utm_id}\n" in after
    told = 'note: added utm_id "42", which campaigns.toml has for this campaign\n'
    assert (told in after) == (more == ())
    assert run("new", MISSPELT[1], "-c", "spring-sale", "-C", "email", *more).stderr.endswith(
        "1 link for spring-sale was already issued\n"
    )


def test_a_corrected_name_is_checked_for_private_data(run: Run) -> None:
    """What was issued with --allow-private is not issued again without it."""
    private = "gb82west12345698765432"
    words = ("-C", "email", "--allow-private")
    assert run("new", "https://x.example/", "-c", private, *words).exit_code == 0
    talk = Terminal("new", "https://x.example/b", "-c", "gb82wset12345698765432", "-C", "email")
    talk.answer("Which one: ", "1")
    status, after = talk.end()

    assert status == 2
    assert "error: the link has a private IBAN in utm_campaign\n" in after
    assert len(changes(run)) == 1


def test_a_code_that_is_not_written_is_told() -> None:
    """Whatever the reason that its link was left out."""
    links = [
        make_link("https://x.example/", Tags("a", "b", "c", content=content))
        for content in ("one", "two")
    ]
    stderr = io.StringIO()
    session = Session(Console("new", stdout=io.StringIO(), stderr=stderr))
    files = QrFiles(Extras(qr_file=Path("code.svg")))
    files.check(session, links)
    files.write(session, links[1:])

    assert f"warning: did not write code-one.svg: link {links[0].id} was left out\n" in (
        stderr.getvalue()
    )
    assert not Path("code-one.svg").exists()
    assert Path("code-two.svg").exists()


def test_links_that_turn_out_to_be_one_have_one_code(run: Run, work: Path) -> None:
    """The convention writes both contents the same: the code is written once."""
    words = ("new", "https://x.example/", "-c", "c", "-C", "sms", "--content", "a,A")
    result = run(*words, "--qr-file", "code.svg")

    assert result.exit_code == 0
    assert result.stderr.count("wrote code.svg\n") == 1
    assert [path.name for path in work.iterdir()] == ["code.svg"]
