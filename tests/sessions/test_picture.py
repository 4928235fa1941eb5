"""The README's picture shows what its commands really show."""

import importlib.util
import re
from types import ModuleType

import pytest

from tests.conftest import ROOT

pytest.importorskip("pexpect", reason="the picture needs a terminal of POSIX systems")
PICTURE = ROOT / "docs/picture.svg"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """The script that draws the picture."""
    specification = importlib.util.spec_from_file_location("picture", ROOT / "docs/picture.py")
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def test_the_picture_is_up_to_date(script: ModuleType) -> None:
    """Its text is what a terminal shows today; `python docs/picture.py` draws it again."""
    shown = script.session().plain

    assert script.text_of(PICTURE.read_text(encoding="utf-8")) == shown
    for command in script.COMMANDS:
        assert f"$ {command}\n" in shown


def test_a_drawing_gives_its_text_back(script: ModuleType) -> None:
    """Indents, markup, and lines over the width, which are folded as a terminal folds them."""
    from rich.text import Text

    drawn = script.draw(Text("a <b> & 'c'\n    indented\n\n" + "x" * (script.COLUMNS + 1)))

    folded = "x" * script.COLUMNS + "\nx"
    assert script.text_of(drawn) == f"a <b> & 'c'\n    indented\n\n{folded}"


def test_the_picture_needs_nothing_from_the_web() -> None:
    """It loads no font, script or image, and the README has it by a path in the repository."""
    text = PICTURE.read_text(encoding="utf-8")

    assert not re.search(r"<(script|image|foreignObject|use)\b", text)
    assert not re.search(r"@import|@font-face|href=|url\((?!#)", text)
    picture = re.search(r"!\[[^\]]+\]\((.+)\)", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert picture is not None
    assert ROOT / picture[1] == PICTURE
