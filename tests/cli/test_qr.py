"""`utmforge qr`: an issued link as a QR code."""

from pathlib import Path

from tests.conftest import Result, Run
from utmforge.urls.link_ids import link_id

ASKED = ("new", "https://shop.example/x", "--campaign", "spring", "--channel", "whatsapp,sms")
URL = "https://shop.example/x?utm_source=whatsapp&utm_medium=message&utm_campaign=spring"
ID = link_id(URL)


def test_qr_draws_in_a_pipe_without_colour(run: Run) -> None:
    """Blocks, and the destination below."""
    run(*ASKED)
    lines = run("qr", ID).stdout.splitlines()

    assert lines[-1] == URL
    assert set("".join(lines[:-1])) == set(" ▀▄█")


def test_qr_writes_a_file_with_advice(run: Run) -> None:
    """How large to print it for where it will be read."""
    run(*ASKED)
    result = run("qr", ID, "--output", "code.svg", "--distance", "200", "-e", "H")

    assert result == Result(
        0,
        f"{URL}\n",
        "wrote code.svg\nnote: 57 x 57 modules with the quiet zone, error correction H; to be "
        "read from 200 cm, print it at least 200 mm wide\n",
    )
    assert run("qr", ID, "-o", "code.svg").exit_code == 53
    assert run("qr", ID, "-o", "code.svg", "--force").exit_code == 0
    assert run("qr", ID, "-o", "b.svg", "--dry-run").stderr.startswith("would write b.svg\n")
    assert not Path("b.svg").exists()


def test_a_link_too_long_for_a_code(run: Run) -> None:
    """Said before it is issued, and for a link that is."""
    page = f"https://x.example/{'a' * 3000}"
    asked = ("new", page, "-c", "c", "-C", "sms")

    assert run(*asked, "--qr-file", "a.svg").exit_code == 52
    assert run("list").stdout == ""
    result = run("qr", link_id(run(*asked).stdout.strip()))
    assert result.exit_code == 52
    assert "too many for a QR code at level M" in result.stderr
