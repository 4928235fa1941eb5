"""Codes by the thousand are the codes of the library, and are read by another one."""

import io
from urllib.parse import quote

import numpy as np
import pytest
import qrcode
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from qrcode.util import MODE_8BIT_BYTE, QRData

from utmforge.errors import QrImpossible
from utmforge.share.fast_path.quick_codes import MASK, quick_code
from utmforge.share.qr import LEVELS, QUIET_ZONE

URL = "https://shop.example/x?utm_source=whatsapp&utm_medium=message&utm_campaign=spring"


def by_library(url: str, level: str) -> tuple[tuple[bool, ...], ...]:
    """Return the modules that the library draws with the same mask."""
    number = dict(zip(LEVELS, (1, 0, 3, 2), strict=True))[level]
    code = qrcode.QRCode(error_correction=number, border=QUIET_ZONE, mask_pattern=MASK)
    code.add_data(QRData(url.encode(), mode=MODE_8BIT_BYTE))
    code.make(fit=True)
    return tuple(tuple(map(bool, row)) for row in code.get_matrix())


@settings(max_examples=30)
@given(st.text(min_size=1, max_size=12), st.sampled_from("LM"))
def test_a_code_is_the_library_s(text: str, level: str) -> None:
    """Module for module."""
    url = "https://shop.example/?q=" + quote(text, safe="")

    assert quick_code(url, level).rows == by_library(url, level)


@pytest.mark.parametrize(
    ("level", "length"),
    [
        *(("M", 14), ("M", 15), ("M", 122), ("M", 123), ("M", 213), ("M", 214), ("M", 412)),
        *(("M", 413), ("L", 17), ("Q", 60), ("H", 98), ("H", 119), ("L", 600)),
    ],
)
def test_codes_of_each_size(level: str, length: int) -> None:
    """At the edges of versions, with blocks of two lengths, and above."""
    url = (URL + "abc/" * 400)[:length]

    assert quick_code(url, level).rows == by_library(url, level)


@pytest.mark.parametrize("url", [URL, "https://a.example/", URL + "x" * 900])
def test_the_image_is_read(url: str) -> None:
    """One pixel a module, enlarged as a page does it."""
    code = quick_code(url)
    with Image.open(io.BytesIO(code.png())) as image:
        assert image.size == (code.modules, code.modules)
        large = image.convert("L").resize((code.modules * 4,) * 2, Image.Resampling.NEAREST)

    assert [one.text for one in zxingcpp.read_barcodes(np.array(large))] == [url]


def test_what_is_too_long_is_refused() -> None:
    """As it is for a single code."""
    with pytest.raises(QrImpossible):
        quick_code("x" * 2332)
