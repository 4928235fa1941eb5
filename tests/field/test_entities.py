"""What HTML left of `&` is seen in every spelling, also when the parameter before it was a tag."""

from pathlib import Path

import pytest

from tests.conftest import Run

SHOP = "https://shop.example/"


@pytest.mark.parametrize("entity", ["&amp;", "&amp;amp;", "&#38;", "&#038;", "&#x26;", "&#X26;"])
@pytest.mark.parametrize(
    ("pieces", "page"),
    [
        (("?size=4", "colour=red"), "?size=4&colour=red"),
        (("?utm_source=a", "utm_medium=email", "utm_campaign=c"), ""),
        (("?utm_source=a", "utm_medium=email", "size=4"), "?size=4"),
    ],
)
def test_entities(run: Run, entity: str, pieces: tuple[str, ...], page: str) -> None:
    """`new` refuses the page and offers the right one; `lint --fix` writes `&`."""
    url = SHOP + entity.join(pieces)
    issued = run("new", url, "--campaign", "spring", "--channel", "email")
    assert issued.exit_code == 2
    assert issued.stdout == ""
    assert issued.stderr.endswith(f"\nhint: use {SHOP}{page}\n")
    assert "error: &amp; from HTML is left in " in issued.stderr

    Path("l.txt").write_text(f"{url}\n")
    assert (
        "error UTM106 stray-entity"
        in run("lint", "l.txt", "--fix").stdout + run("lint", url).stdout
    )
    assert Path("l.txt").read_text() == SHOP + "&".join(pieces) + "\n"


def test_a_fragment_is_not_an_entity(run: Run) -> None:
    """A number and a semicolon may begin one."""
    issued = run("new", f"{SHOP}#26;colour=red", "--campaign", "spring", "--channel", "email")
    assert issued.exit_code == 0
    assert issued.stdout.endswith("#26;colour=red\n")
