"""The session: the campaign file, the registry and who can be asked."""

import io
import os
from pathlib import Path

import pytest

from tests.conftest import EXAMPLE, Run
from utmforge import Tags, make_link
from utmforge.campaigns.campaign_file import CampaignFile
from utmforge.cli.session import Session
from utmforge.errors import CampaignFileBroken, CampaignFileMissing, UtmforgeError
from utmforge.output.console import Console
from utmforge.urls.link_ids import link_id

ASKED = ("new", "https://shop.example/x", "--campaign", "spring", "--channel", "whatsapp,sms")


URL = "https://shop.example/x?utm_source=whatsapp&utm_medium=message&utm_campaign=spring"


SMS = "https://shop.example/x?utm_source=sms&utm_medium=sms&utm_campaign=spring"


ID = link_id(URL)


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


def session(file: str | None = None, registry: str | None = None, **more: bool) -> Session:
    """Return a session with a console that nobody looks at."""
    console = Console("new", stdout=io.StringIO(), stderr=io.StringIO())
    return Session(console, file, registry, environment=dict(os.environ), **more)


def test_without_a_file_the_defaults_hold() -> None:
    """And the registry is the user's own."""
    here = session()

    assert (here.file_path, here.document, here.file) == (None, None, CampaignFile())
    assert not here.has_registry
    here.refuse_bad_file()


@pytest.mark.parametrize(
    ("name", "data", "refusal"),
    [
        ("missing.toml", None, CampaignFileMissing),
        ("bad.toml", b"x = [", CampaignFileBroken),
        ("latin.toml", b"x = '\xe9'", CampaignFileBroken),
    ],
)
def test_a_file_that_is_named_is_looked_at_at_once(
    name: str, data: bytes | None, refusal: type[UtmforgeError]
) -> None:
    """One that is only found is not, until it is needed."""
    if data is not None:
        Path(name).write_bytes(data)
        Path("campaigns.toml").write_bytes(data)
    session().refuse_bad_file()

    with pytest.raises(refusal):
        session(name).refuse_bad_file()
    with pytest.raises(refusal):
        session(name, "links.db").refuse_bad_file()


@pytest.mark.parametrize(
    ("asked", "expected"),
    [(None, "beside/links.db"), ("other.db", "other.db")],
)
def test_where_the_registry_is(asked: str | None, expected: str) -> None:
    """The option comes before the file; a path in the file counts from there."""
    Path("beside").mkdir()
    Path("beside/campaigns.toml").write_text('[workspace]\nregistry = "links.db"\n')

    assert session("beside/campaigns.toml", asked).registry_place == Path(expected)


@pytest.mark.parametrize("dry_run", [False, True])
def test_a_registry_is_created_with_its_first_entry(dry_run: bool) -> None:
    """Not by reading or by opening it, and not by a dry run."""
    here = session(registry="links.db", dry_run=dry_run)
    link = make_link("https://x.example/", Tags("a", "b", "c"))
    with here.registry():
        assert not Path("links.db").exists()
    with here.registry(writing=True) as registry:
        assert not Path("links.db").exists()
        if not dry_run:
            registry.add([link])
    assert Path("links.db").exists() is not dry_run


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("list", 0),
        ("list --count campaign", 0),
        ("list --campaign spring", 0),
        ("history", 0),
        ("registry status", 0),
        ("registry export -", 0),
        ("registry backup b.db", 0),
        ("lint --issued", 0),
        ("measure access.log", 0),
        ("show abc", 31),
        ("share spring", 31),
        ("qr spring --out-dir codes", 31),
    ],
)
@pytest.mark.parametrize("is_named", [True, False], ids=["named", "default"])
def test_a_registry_that_is_named_and_missing(
    run: Run, words: str, status: int, *, is_named: bool
) -> None:
    """It may be mistyped: that is said once, and the status is that of a registry without links."""
    Path("access.log").touch()
    named = ("--registry", "mised.db") if is_named else ()
    result = run(*words.split(), *named)

    assert result.exit_code == status
    assert result.stderr.count('warning: there is no registry "mised.db"\n') == is_named
    assert not Path("mised.db").exists()


def test_a_registry_that_is_to_be_made_may_be_missing(run: Run) -> None:
    """No warning where the first link makes it, or would."""
    for more in (("--dry-run",), ()):
        assert "there is no registry" not in run(*ASKED, "--registry", "new.db", *more).stderr
