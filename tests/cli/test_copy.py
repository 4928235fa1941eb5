"""`utmforge copy`: an issued link on the clipboard."""

from tests.conftest import Result, Run
from utmforge.urls.link_ids import link_id

ASKED = ("new", "https://shop.example/x", "--campaign", "spring", "--channel", "whatsapp,sms")
URL = "https://shop.example/x?utm_source=whatsapp&utm_medium=message&utm_campaign=spring"
ID = link_id(URL)


def test_copy_prints_the_link_and_never_fails(run: Run) -> None:
    """Without a clipboard it says so; with --require that is status 51."""
    run(*ASKED)
    reason = "not copied: no clipboard tool was found (on Linux: xclip, xsel or wl-clipboard)\n"

    assert run("copy", ID) == Result(0, f"{URL}\n", f"warning: {reason}")
    assert run("copy", ID, "--require") == Result(51, f"{URL}\n", f"error: {reason}")
