"""The session: the campaign file, the registry and who can be asked."""

from pathlib import Path

import pytest

from tests.conftest import EXAMPLE, Run
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
    assert listed.stderr.startswith("warning: only the built-in channels: campaigns.toml:3: ")


def test_a_file_of_a_folder_above_is_named(
    run: Run, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody wonders where the links came from."""
    (work / "campaigns.toml").write_text(EXAMPLE.read_text())
    (work / "sub").mkdir()
    monkeypatch.chdir(work / "sub")

    assert run("build").stderr.startswith(f"note: using {work / 'campaigns.toml'}\n")
