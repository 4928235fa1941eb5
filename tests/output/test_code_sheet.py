"""The page of codes to print: without an element that we did not write."""

import pytest

from tests.output.test_share_sheet import HOSTILE, hostile, tree
from utmforge.output.code_sheet import code_sheet
from utmforge.share.qr import make_qr
from utmforge.share.qr_files import CodeFile


def sheet(title: str, text: str) -> str:
    """Return a page with a text wherever one may stand."""
    link = hostile(text, "whatsapp").link
    code = make_qr("https://shop.example/")
    return code_sheet(title, [CodeFile(f"{text}.svg", link, code)], 30.0)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_element_that_we_did_not_write(text: str) -> None:
    """In the title, a file's name or a link."""
    assert tree(sheet(text, text)) == tree(sheet("a", "a"))
    assert "\u202e" not in sheet(text, text)
