"""What a link as found is: issued or not, changed or not, read and mended."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from utmforge.errors import NotALink
from utmforge.explain.explanation import explain
from utmforge.explain.problems import rule_problems
from utmforge.issuing.make import make_link
from utmforge.lint import Settings
from utmforge.model import Tags
from utmforge.registry import Registry
from utmforge.urls.click_ids import CLICK_IDS, is_click_id
from utmforge.urls.link import Link

LINK = make_link(
    "https://shop.example/spring?ref=mail&size=m#offers",
    Tags("whatsapp", "message", "2026-spring", content="hero"),
    channel="whatsapp",
)
OTHER = make_link("https://shop.example/spring", Tags("news", "email", "2026-spring"))
URL = LINK.url


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[Registry]:
    """A registry with two links."""
    with Registry.open(tmp_path / "links.db") as registry:
        registry.add([LINK, OTHER])
        yield registry


@pytest.mark.parametrize(
    ("found", "changes"),
    [
        (URL, ()),
        (f"<{URL}>.", ()),
        (URL.replace("&", "&amp;"), ()),
        (f"https://l.facebook.com/l.php?u={quote(URL, safe='')}&h=AT0", ()),
        (URL.replace("shop.example", "Shop.EXAMPLE"), ("the host changed its letter case",)),
        (URL.replace("utm_source", "UTM_SOURCE"), ("it is written differently",)),
        (URL.replace("?ref", "?fbclid=1&ref"), ("fbclid was added",)),
        (URL.replace("#", "&gclid=1&_ga=2#"), ("gclid was added", "_ga was added")),
        (URL.replace("ref=mail&size=m", "size=m&ref=mail"), (
            "its parameters were reordered",
        )),
        (URL.replace("ref=mail&", ""), ("ref was lost",)),
        (URL.replace("#offers", ""), ("the fragment was lost",)),
        (URL.replace("https:", "http:"), ("https became http",)),
        (URL.replace("//", "//www."), ("www. was added",)),
        (URL.replace("spring?", "spring/?"), ("a slash at the end of the path was added",)),
        (URL.replace("whatsapp", "WhatsApp"), ("utm_source changed its letter case",)),
        (URL.replace("hero", "her%256F"), ("utm_content was changed",)),
        (URL.replace("utm_source", "utm_surce").replace("&size=m", ""), (
            *("size was lost", "utm_surce was added", "utm_source was lost"),
        )),
        (URL[: URL.index("=hero")], ("its end was cut off",)),
        (URL[: URL.index("&utm_campaign")], ("its end was cut off",)),
    ],
)  # fmt: skip
def test_an_issued_link_is_known_again(
    registry: Registry, found: str, changes: tuple[str, ...]
) -> None:
    """What changed on the way is reported, and the issued link is the one to use."""
    explanation = explain(found, registry)

    assert explanation.issued is not None
    assert explanation.issued.link.id == LINK.id
    assert explanation.issued.changes == changes
    assert explanation.best == URL


@pytest.mark.parametrize(
    "found",
    [
        URL.replace("ref=mail", "ref=other"),
        URL.replace("spring?", "summer?"),
        URL.replace("shop.", "shop2."),
        URL.replace("hero", "footer"),
        "https://shop.example/spring",
        "https://shop.example/spring?utm_source=x",
        "https://x.example/?utm_cam",
        "http://x.e/?utm_cam",
        URL.replace("hero", "%00"),
    ],
)
def test_another_link_is_not_taken_for_it(registry: Registry, found: str) -> None:
    """Another value, page, host or tag is another link."""
    assert explain(found, registry).issued is None


def test_a_retired_link_names_its_successor(registry: Registry) -> None:
    """Which is then the link to use; without one there is none."""
    registry.retire([LINK.id], "wrong page", successor=OTHER.id)
    registry.retire([OTHER.id], "over")
    registry.undo()
    explanation = explain(URL, registry)

    assert explanation.issued is not None
    assert explanation.issued.retirement is not None
    assert explanation.issued.retirement.reason == "wrong page"
    assert explanation.best == OTHER.url
    registry.retire([OTHER.id], "over")
    assert explain(OTHER.url, registry).repair.why_not == (
        "the link was retired and has no successor"
    )


def test_an_issued_link_with_something_private_is_not_repeated(tmp_path: Path) -> None:
    """An older registry may hold one."""
    link = make_link("https://x.example/?to=zqx@acme.example", Tags("a", "email", "c"))
    with Registry.open(tmp_path / "links.db") as registry:
        registry.add([link], allow_private=True)
        assert explain(link.url, registry).best is None


@pytest.mark.parametrize("text", ["", "words", "mailto:zqx@acme.example", "ftp://x.example/", "<>"])
def test_what_is_no_link_is_refused(registry: Registry, text: str) -> None:
    """Without repeating it."""
    with pytest.raises(NotALink, match=r"^there is no web address in this text$"):
        explain(text, registry)


GOOD = "https://x.example/?utm_source=a&utm_medium=email&utm_campaign=b"


@pytest.mark.parametrize(
    ("url", "names"),
    [
        (GOOD, []),
        ("https://x.example/", ["untagged"]),
        ("https://x.example/?utm_source=a&utm_medium=email", ["missing-tag"]),
        (GOOD.replace("utm_source", "utm_surce"), ["unknown-tag"]),
        (GOOD + "&utm_ad=1", ["unknown-tag"]),
        (GOOD + "#utm_term=x", ["tags-after-hash"]),
        (GOOD + "&utm_term=", ["empty-tag"]),
        (GOOD + "&utm_source=b", ["duplicate-tag"]),
        (GOOD + "&utm_term=Abc", ["letter-case"]),
        (GOOD + "&utm_id=Abc", []),
        (GOOD + "&utm_term=a%20b", ["space"]),
        (GOOD + "&utm_term=a%252db", ["double-encoding"]),
        (GOOD + "&utm_term=" + "x" * 101, ["long-value"]),
        (GOOD.replace("/?", "/" + "y" * 1000 + "?"), ["long-url"]),
        (GOOD.replace("=email", "=newsletter"), ["unassigned"]),
        (GOOD + "&sig=1", ["breaks-on-parameters"]),
        (GOOD + "&to=zqx@acme.example", ["personal-data"]),
        ("https://zqx:hunter22@x.example/", ["secret"]),
    ],
)
def test_what_is_wrong(url: str, names: list[str]) -> None:
    """One case each; of a link with something private nothing else is said."""
    problems = list(rule_problems(Link(url), Settings()))

    assert [each.name for each in problems] == names
    assert not any("zqx" in each.message or "hunter" in each.message for each in problems)


def test_what_the_way_tells(registry: Registry) -> None:
    """A cut link, a closed one."""
    cut = explain("https://x.example/?utm_source=a&utm_medium=b&utm_cam", registry)
    closed = explain("https://bit.ly/abc", registry)

    assert cut.problems[0].name == "link-cut"
    assert closed.problems[0].message == "only a link shortener knows where it leads"


def test_click_ids_are_written_in_lower_case() -> None:
    """And found whatever their case."""
    assert all(name == name.lower() for name in CLICK_IDS)
    assert is_click_id("ScCid")
    assert not is_click_id("ref")
