"""The health of an installation, checked without the command line."""

from pathlib import Path

import pytest

from utmforge.campaigns.campaign_file import CampaignFile
from utmforge.doctor import NETWORK_FILE_SYSTEMS, Check, Examination, examine, file_system_of
from utmforge.errors import MissingInput

# As Linux writes it, with a folder that has a space, and mounts over mounts.
MOUNTS = """\
22 1 254:1 / / rw,relatime - ext4 /dev/vda1 rw
30 22 0:26 / /home rw,relatime shared:2 - nfs4 server:/home rw,vers=4.2
31 30 0:27 / /home/ann/My\\040Share rw - cifs //server/share rw
32 30 0:28 / /home/ann/local rw master:1 - btrfs /dev/vdb rw
garbage
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/etc", "ext4"),
        ("/home/ann/.local/share/utmforge", "nfs4"),
        ("/home/ann/My Share/links.db", "cifs"),
        ("/home/ann/local/x", "btrfs"),
        ("/homework", "ext4"),
    ],
)
def test_f6_the_file_system_that_holds_a_path(path: str, kind: str) -> None:
    """The innermost mount counts; network shares are among those that are warned about."""
    assert file_system_of(Path(path), MOUNTS) == kind
    assert (kind in NETWORK_FILE_SYSTEMS) == (kind in {"nfs4", "cifs"})
    assert file_system_of(Path(path), "") == ""


@pytest.mark.parametrize(
    ("checks", "is_healthy"),
    [
        ((), True),
        ((Check("a", "fine"),), True),
        ((Check("a", "fine"), Check("b", "odd", "worth knowing", is_serious=False)), True),
        ((Check("a", "fine"), Check("b", "broken", "fix it")), False),
    ],
)
def test_only_a_serious_problem_makes_it_unhealthy(
    checks: tuple[Check, ...], is_healthy: bool
) -> None:
    """What is worth knowing is not a problem."""
    assert Examination(checks).is_healthy is is_healthy


@pytest.mark.parametrize(
    ("campaigns", "check"),
    [
        (CampaignFile(), Check("campaign file", "none")),
        (
            CampaignFile(Path("/home/campaigns.toml")),
            Check("campaign file", "/home/campaigns.toml, 0 campaigns"),
        ),
        (MissingInput("it is broken"), Check("campaign file", "cannot be used", "it is broken")),
    ],
)
def test_the_campaign_file_is_one_of_the_checks(
    tmp_path: Path, campaigns: CampaignFile | MissingInput, check: Check
) -> None:
    """Read, missing, or refused with the reason."""
    examination = examine(tmp_path / "links.db", campaigns, {"CI": "1"}, "utf-8")

    assert check in examination.checks
    assert Check("clipboard", "none in CI") in examination.checks
    assert not (tmp_path / "links.db").exists()


@pytest.mark.parametrize(
    ("encoding", "is_fine"), [("utf-8", True), ("latin-1", False), (None, False), ("no", False)]
)
def test_an_encoding_without_accents_and_blocks_is_told(
    tmp_path: Path, encoding: str | None, is_fine: bool
) -> None:
    """QR codes are drawn with characters that not every encoding has."""
    last = examine(tmp_path / "links.db", CampaignFile(), {}, encoding).checks[-1]

    assert (last.what, last.trouble is None, last.is_serious and not is_fine) == (
        "encoding",
        is_fine,
        False,
    )
