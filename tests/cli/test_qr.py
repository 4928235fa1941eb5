"""`utmforge qr`: an issued link as a QR code."""

import csv
import importlib.util
import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import html5lib
import numpy as np
import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from tests.conftest import Result, Run
from utmforge.share import qr_style
from utmforge.share.qr_files import distinct_stems
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


FILE = """
[channels.poster]
extends = "qr"
source = "poster"

[campaigns.spring-sale]
landing_page = "https://shop.example/x"
channels = ["poster", "whatsapp"]
contents = ["store-12", "Café / 2"]
"""
STEMS = [
    *("spring-sale_poster_store-12", "spring-sale_poster_cafe-2"),
    *("spring-sale_whatsapp_store-12", "spring-sale_whatsapp_cafe-2"),
]


@pytest.fixture
def campaign(run: Run) -> Run:
    """A campaign whose links are issued."""
    Path("campaigns.toml").write_text(FILE, encoding="utf-8")
    assert run("build", "-q").exit_code == 0
    return run


def read(path: Path) -> str:
    """Return what a decoder reads in an image."""
    with Image.open(path) as image:
        (found,) = zxingcpp.read_barcodes(np.array(image.convert("L")))
    return str(found.text)


def drawing(path: Path) -> tuple[list[list[bool]], ET.Element]:
    """Return the modules of an SVG file, and the file."""
    svg = ET.fromstring(path.read_text())  # noqa: S314 - our own file
    side = int(svg.attrib["viewBox"].split()[-1])
    rows = [[False] * side for _ in range(side)]
    path_data = svg.findall("{http://www.w3.org/2000/svg}path")[0].attrib["d"]
    for x, y, length in re.findall(r"M(\d+),(\d+)h(\d+)v1h-\3z", path_data):
        for at in range(int(x), int(x) + int(length)):
            rows[int(y)][at] = True
    return rows, svg


def test_the_codes_of_a_campaign(campaign: Run) -> None:
    """One file a link, named for a printer; a list says what is in them."""
    done = campaign("qr", "spring-sale", "--out-dir", "codes", "--distance", "200")
    links = campaign("list", "--format", "urls").stdout.split()

    assert done == Result(
        0,
        "".join(f"codes/{stem}.svg\n" for stem in STEMS),
        "wrote 4 codes and codes.csv to codes\nnote: error correction M; to be read from 200 cm, "
        "print them at least 200 mm wide\n",
    )
    assert sorted(path.name for path in Path("codes").iterdir()) == sorted(
        ["codes.csv", *(f"{stem}.svg" for stem in STEMS)]
    )
    rows = list(csv.DictReader(Path("codes/codes.csv").read_text(encoding="utf-8").splitlines()))
    assert [row["file"] for row in rows] == [f"{stem}.svg" for stem in STEMS]
    assert [row["url"] for row in rows] == links
    assert {row["min_width_mm"] for row in rows} == {"200"}
    for stem, url in zip(STEMS, links, strict=True):
        modules, _ = drawing(Path(f"codes/{stem}.svg"))
        large = np.where(np.array(modules), 0, 255).astype(np.uint8).repeat(4, 0).repeat(4, 1)
        assert [one.text for one in zxingcpp.read_barcodes(large)] == [url]


def test_files_that_exist_are_kept(campaign: Run) -> None:
    """Nothing is written unless all can be; --force overwrites; a dry run writes nothing."""
    words = ("qr", "spring-sale", "--out-dir", "a/b", "--print-sheet", "codes.html")
    assert "would write 4 codes" in campaign(*words, "--dry-run").stderr
    assert not Path("a").exists()
    Path("codes.html").write_text("mine")
    assert campaign(*words).exit_code == 53
    assert not Path("a").exists()
    assert campaign(*words, "--force").exit_code == 0
    assert campaign(*words).stderr.startswith('error: "a/b/spring-sale_poster_store-12.svg" alre')
    Path("file").touch()
    assert '"file" is not a folder' in campaign("qr", "spring-sale", "--out-dir", "file").stderr
    assert campaign("qr", "spring-sale", "--print-sheet", "x.pdf").exit_code == 53


def test_names_that_would_be_the_same(campaign: Run) -> None:
    """Get the ids of the links too, all of them; nothing of a value leaves the folder."""
    for page in ("a", "b"):
        campaign(*("new", f"https://shop.example/{page}", "-c", "..%2fx", "-C", "qr", "--new-name"))
    done = campaign("qr", "..%2fx", "--out-dir", "codes")
    names = done.stdout.splitlines()

    assert len(set(names)) == 2
    assert all(re.fullmatch(r"codes/2fx_qr_[a-z0-9]{12}\.svg", name) for name in names)


def test_forty_stores_with_a_page_each(run: Run) -> None:
    """Every file has its link's id, whatever the order in which the links are named."""
    Path("pages.txt").write_text("".join(f"https://shop.example/{at}\n" for at in range(40)))
    run("new", "--from", "pages.txt", "-c", "stores", "-C", "qr", "-q")
    links = json.loads(run("list", "-F", "json").stdout)["data"]
    names = {f"stores_qr_{link['id']}.svg" for link in links}
    first = run("qr", "stores", "--out-dir", "codes").stdout.split()
    assert {Path(name).name for name in first} == names
    again = run("qr", *(link["id"] for link in reversed(links[:5])), "--out-dir", "some").stdout
    assert {Path(name).name for name in again.split()} < names
    more = run("new", "https://shop.example/41", "-c", "stores", "-C", "qr", "-F", "json").stdout
    assert json.loads(more)["data"]
    later = run("qr", "stores", "--out-dir", "later").stdout.split()
    assert len(set(later)) == 41
    assert names < {Path(name).name for name in later}


@given(st.dictionaries(st.from_regex("[a-c]{1,2}", fullmatch=True), st.text("aA_b", max_size=4)))
def test_names_are_distinct_and_do_not_depend_on_the_order(stems: dict[str, str]) -> None:
    """Also where a disk takes upper and lower case for the same."""
    found = distinct_stems(stems, "_")

    assert len({name.casefold() for name in found.values()}) == len(stems)
    assert distinct_stems(dict(reversed(stems.items())), "_") == found


@pytest.fixture
def logo() -> Path:
    """A round red picture without a ground."""
    picture = Image.new("RGBA", (300, 200), (0, 0, 0, 0))
    ImageDraw.Draw(picture).ellipse((20, 20, 280, 180), fill=(200, 30, 60, 255))
    picture.save("logo.png", pnginfo=None)
    return Path("logo.png")


def test_a_logo_in_the_middle(campaign: Run, logo: Path) -> None:
    """At level H; every file is read again, in its colours."""
    done = campaign(
        *("qr", "spring-sale", "--out-dir", "codes", "--file-type", "png"),
        *("--logo", str(logo), "--dark", "#1a3c5e", "--light", "#FFE"),
    )
    links = campaign("list", "--format", "urls").stdout.split()

    assert "error correction H;" in done.stderr
    assert "note: the contrast of the colours is 11." in done.stderr
    assert "note: decoded 4 codes with the logo, each as its link" in done.stderr
    assert [read(Path(f"codes/{stem}.png")) for stem in STEMS] == links
    with Image.open(f"codes/{STEMS[0]}.png") as image:
        middle = image.getpixel((image.width // 2, image.height // 2))
        assert middle == (200, 30, 60)
        assert image.getpixel((1, 1)) == (255, 255, 238)


def test_one_code_with_a_logo(campaign: Run, logo: Path) -> None:
    """As SVG it has the picture in itself, and nothing of the file but its pixels."""
    name = campaign("list", "--format", "jsonl").stdout.split('"')[3]
    assert campaign("qr", name, "-o", "a.svg", "--logo", str(logo)).exit_code == 0
    _, svg = drawing(Path("a.svg"))

    assert [one.tag.rpartition("}")[2] for one in svg.iter()] == [
        *("svg", "rect", "path", "rect", "image")
    ]
    assert svg[-1].attrib["href"].startswith("data:image/png;base64,")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--dark", "#888"), "the contrast of #888888 on #ffffff is 3.5 : 1"),
        (("--dark", "#fff", "--light", "#000"), "--dark is lighter than --light"),
        (("--dark", "red"), '--dark "red" is not a colour'),
        (("--light", "#12"), '--light "#12" is not a colour'),
        (("--logo", "campaigns.toml"), '"campaigns.toml" is not a picture that can be read'),
        (("--logo", "missing.png"), '"missing.png"'),
        (("--logo", "logo.png", "-e", "L"), "a logo needs error correction H, not L"),
        (("--output", "x.svg"), "--output is the file of one code"),
    ],
)
def test_looks_that_cannot_be_read(
    campaign: Run, logo: Path, words: tuple[str, ...], said: str
) -> None:
    """A sentence, and no file."""
    done = campaign("qr", "spring-sale", "--out-dir", "codes", *words)

    assert logo.exists()
    assert said in done.stderr
    assert done.exit_code == 2
    assert not Path("codes").exists()


def test_a_logo_that_hides_the_code(
    campaign: Run, logo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is not read again is not written."""
    monkeypatch.setattr(qr_style, "_LOGO_SHARE", 0.8)
    done = campaign("qr", "spring-sale", "--out-dir", "codes", "--logo", str(logo))

    assert done.exit_code == 52
    assert "the code cannot be read with this logo" in done.stderr
    assert not Path("codes").exists()


@pytest.mark.parametrize("package", ["PIL", "zxingcpp"])
def test_a_logo_without_its_packages(
    campaign: Run, logo: Path, monkeypatch: pytest.MonkeyPatch, package: str
) -> None:
    """Refused with the way to install them."""
    found = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == package else found(name)
    )
    done = campaign("qr", "spring-sale", "--out-dir", "codes", "--logo", str(logo))

    assert done.exit_code == 53
    assert 'hint: python -m pip install "utmforge[logo]"' in done.stderr


def test_several_links_need_files(campaign: Run) -> None:
    """A terminal shows one code."""
    assert campaign("qr", "spring-sale") == Result(
        2,
        "",
        "error: spring-sale has 4 links, and one can be drawn\n"
        "hint: write a file for each link with --out-dir codes/\n",
    )
    assert "2 links cannot be drawn at once" in campaign("qr", "a", "b").stderr
    assert "are for files" in campaign("qr", "a", "--dark", "#000").stderr


def test_the_sheet_to_print(campaign: Run) -> None:
    """Each code as large as it has to be, with the name of its file; nothing is loaded."""
    campaign("qr", "spring-sale", "--print-sheet", "codes.html", "--distance", "50")
    page = Path("codes.html").read_text(encoding="utf-8")
    document = html5lib.parse(page, namespaceHTMLElements=False)

    assert page.count("<svg ") == 4
    assert ".w0{width:50.0mm}" in page
    assert [one.text for one in document.iter("strong")] == STEMS
    assert "default-src 'none'" in page
