"""Every code is read by a second library before it is believed."""

import re
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import zxingcpp
from PIL import Image

from utmforge.errors import OutputFileError, QrImpossible
from utmforge.output.qr import qr_lines
from utmforge.share.qr import LEVELS, QUIET_ZONE, QrCode, make_qr, write_qr

URL = "https://shop.example/x?utm_source=whatsapp&utm_medium=message&utm_campaign=spring"

LINKS = {
    "short": "https://a.example/",
    "usual": URL,
    "capitals": "HTTPS://SHOP.EXAMPLE/A",
    "escapes": "https://shop.example/?q=%C3%A9t%C3%A9&utm_term={keyword}",
    "zeros": f"https://shop.example/?n={'0' * 900}&utm_source=a",
    "many zeros": f"https://shop.example/{'0' * 2200}",
    "long": f"https://shop.example/{'abc/' * 500}",
}


def read(image: np.ndarray[Any, Any]) -> list[str]:
    """Return what zxing reads in an image."""
    return [code.text for code in zxingcpp.read_barcodes(image)]


def picture(rows: list[list[bool]], scale: int = 4) -> np.ndarray[Any, Any]:
    """Paint modules, True being black."""
    small = np.where(np.array(rows), 0, 255).astype(np.uint8)
    return small.repeat(scale, axis=0).repeat(scale, axis=1)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("url", LINKS.values(), ids=LINKS)
def test_a_code_reads_as_the_link(url: str, level: str) -> None:
    """At each level that holds it; a run of zeros makes the library fail (`glog(0)`) otherwise."""
    capacity = dict(zip(LEVELS, (2953, 2331, 1663, 1273), strict=True))[level]
    if len(url) > capacity:
        with pytest.raises(QrImpossible):
            make_qr(url, level)
        return
    code = make_qr(url, level)

    assert read(picture([list(row) for row in code.rows])) == [url]
    assert code.level == level


def test_the_library_s_fault_is_still_there() -> None:
    """When this fails, the second try in make_qr can go."""
    import qrcode

    faulty = qrcode.QRCode(error_correction=0)
    faulty.add_data(LINKS["zeros"])
    with pytest.raises(ValueError, match=r"glog\(0\)"):
        faulty.make(fit=True)


def test_the_quiet_zone_is_four_modules_wide() -> None:
    """White on all four sides, as the standard asks for."""
    rows = np.array(make_qr(URL).rows)

    for side in (rows, rows[::-1], rows.T, rows.T[::-1]):
        assert not side[:QUIET_ZONE].any()
        assert side[QUIET_ZONE].any()


CELL = re.compile(r"\x1b\[([0-9;]*)m|(.)", re.DOTALL)
HALVES = {"█": (True, True), "▀": (True, False), "▄": (False, True), " ": (False, False)}


def painted(lines: list[str], *, ink: int, paper: int) -> np.ndarray[Any, Any]:
    """Paint a drawing as a terminal of these two greys would."""
    rows = []
    for line in lines:
        colors = (ink, paper)
        upper, lower = [], []
        for codes, char in CELL.findall(line):
            if char:
                halves = HALVES[char]
                upper.append(colors[0] if halves[0] else colors[1])
                lower.append(colors[0] if halves[1] else colors[1])
            elif codes == "38;5;16;48;5;231":
                colors = (0, 255)
            else:
                assert codes == "0"
                colors = (ink, paper)
        rows += [upper, lower]
    around = np.full((len(rows) + 20, len(rows[0]) + 20), paper, np.uint8)
    around[10:-10, 10:-10] = rows
    return around.repeat(4, axis=0).repeat(4, axis=1)


@pytest.mark.parametrize(("ink", "paper"), [(0, 255), (255, 0), (200, 40), (60, 250)])
@pytest.mark.parametrize("url", [LINKS["short"], URL])
def test_a_drawing_scans_in_light_and_dark_terminals(url: str, ink: int, paper: int) -> None:
    """It brings its own black on its own white."""
    assert read(painted(qr_lines(make_qr(url), color=True), ink=ink, paper=paper)) == [url]


def test_a_drawing_without_colour_scans_on_white_paper() -> None:
    """In a pipe there is no escape sequence, and ink is a block."""
    lines = qr_lines(make_qr(URL), color=False)
    width = max(map(len, lines))

    assert "\x1b" not in "".join(lines)
    padded = [line.ljust(width) for line in lines]
    assert read(painted(padded, ink=0, paper=255)) == [URL]


def test_png_and_svg_files_read_as_the_link(work: Path) -> None:
    """The files are whole, and readable for all."""
    code = make_qr(URL)
    for name in ("code.png", "CODE.SVG"):
        write_qr(code, Path(name))
    with Image.open("code.png") as image:
        assert read(np.array(image.convert("L"))) == [URL]
    svg = Path("CODE.SVG").read_text()
    rows = [[False] * code.modules for _ in range(code.modules)]
    for x, y in re.findall(r"M(\d+),(\d+)H", svg):
        rows[int(y)][int(x)] = True

    assert read(picture(rows)) == [URL]
    assert '<rect fill="white"' in svg
    assert sorted(path.name for path in work.iterdir()) == ["CODE.SVG", "code.png"]


def test_files_are_not_overwritten_unless_told() -> None:
    """What lies there stays as it is."""
    Path("code.svg").write_text("mine")
    with pytest.raises(OutputFileError) as caught:
        write_qr(make_qr(URL), Path("code.svg"))

    assert caught.value.message == '"code.svg" already exists'
    assert Path("code.svg").read_text() == "mine"
    write_qr(make_qr(URL), Path("code.svg"), overwrite=True)
    assert Path("code.svg").read_text() != "mine"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("code.jpg", '"code.jpg" ends in neither .png nor .svg'),
        ("code", '"code" ends in neither .png nor .svg'),
        ("no/code.svg", 'there is no folder "no"'),
    ],
)
def test_files_that_cannot_be_written_are_refused(name: str, message: str) -> None:
    """Before anything is issued."""
    with pytest.raises(OutputFileError) as caught:
        write_qr(make_qr(URL), Path(name))

    assert caught.value.message == message


def test_a_png_without_pillow_is_refused_with_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pillow is an extra; SVG needs nothing."""
    monkeypatch.setitem(sys.modules, "PIL", None)
    with pytest.raises(OutputFileError) as caught:
        write_qr(make_qr(URL), Path("code.png"))

    assert caught.value.hint == 'python -m pip install "utmforge[png]", or write a .svg file'


@pytest.mark.parametrize(
    ("modules", "distance", "width"),
    [(49, 30, 30), (49, 200, 200), (177, 30, 70.8), (49, 10, 19.6)],
)
def test_the_smallest_width(modules: int, distance: float, width: float) -> None:
    """A tenth of the distance, and no module under 0.4 mm."""
    code = QrCode("", "M", ((False,) * modules,) * modules, None)

    assert code.min_width_mm(distance) == pytest.approx(width)
