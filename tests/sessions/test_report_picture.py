"""The pictures of the report show what its commands really make."""

import importlib.util
import re
from types import ModuleType

import pytest
from PIL import Image

from tests.conftest import ROOT


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """The script that takes the pictures."""
    specification = importlib.util.spec_from_file_location(
        "pictures", ROOT / "docs/report_picture.py"
    )
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def test_the_pictures_are_up_to_date(script: ModuleType) -> None:
    """Their text is that of the page today; `python docs/report_picture.py` takes them again."""
    page = script.page()
    for picture in script.PICTURES:
        with Image.open(ROOT / "docs" / picture.name) as image:
            assert image.info[script.TEXT] == script.text_of(page, picture.parts), picture.name
            assert image.width == picture.width


def test_the_pictures_are_small_and_shown(script: ModuleType) -> None:
    """Each is in the README or a page of the documentation, with a description."""
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    texts = "\n".join(page.read_text(encoding="utf-8") for page in pages)
    for picture in script.PICTURES:
        assert (ROOT / "docs" / picture.name).stat().st_size < 120_000
        assert re.search(rf"!\[[^\]]{{20,}}\]\([^)]*{re.escape(picture.name)}\)", texts)
    assert "](docs/report.png)" in pages[0].read_text(encoding="utf-8")
