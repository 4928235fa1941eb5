"""A link is parsed when it is found, and handed on."""

from collections import Counter
from pathlib import Path

import can_ada
import pytest

from utmforge.explain.explanation import explain
from utmforge.issuing.make import make_link
from utmforge.model import Tags
from utmforge.registry import Registry
from utmforge.urls.link import Link

ISSUED = make_link("https://shop.example/a?b=1#c", Tags("news", "email", "spring"))
FOREIGN = "https://x.example/?utm_source=a&utm_medium=email&utm_campaign=b"


class Parses:
    """What was parsed how often."""

    def __init__(self) -> None:
        self.links: Counter[str] = Counter()
        self.addresses: Counter[str] = Counter()


@pytest.fixture
def parses(monkeypatch: pytest.MonkeyPatch) -> Parses:
    """Count each `Link` that is made and each text that is parsed as an address."""
    counts = Parses()
    make, parse = Link.__init__, can_ada.parse

    def counted_make(link: Link, url: str) -> None:
        counts.links[url] += 1
        make(link, url)

    def counted_parse(text: str) -> object:
        counts.addresses[text] += 1
        return parse(text)

    monkeypatch.setattr(Link, "__init__", counted_make)
    monkeypatch.setattr(can_ada, "parse", counted_parse)
    return counts


@pytest.mark.parametrize(
    "url",
    [
        FOREIGN,
        FOREIGN.replace("utm_source", "UTM_SOURCE"),
        FOREIGN.replace("?", "#"),
        "https://x.example/",
        ISSUED.url,
        f"{ISSUED.url.replace('#', '&fbclid=1#')}",
        ISSUED.url.replace("news", "News"),
        ISSUED.url.replace("&utm_campaign=spring", ""),
    ],
)
def test_one_explain_parses_its_link_once(parses: Parses, tmp_path: Path, url: str) -> None:
    """Whatever becomes of it: one `Link`, which is parsed as an address once.

    Only what asks whether the address can be tagged parses it as a landing page: the match with
    the registry, the rule about addresses, the repair. Other links are what it was issued as.
    """
    with Registry.open(tmp_path / "links.db") as registry:
        registry.add([ISSUED])
        explain("https://warm.example/up", registry)
        parses.links.clear()
        parses.addresses.clear()
        explain(url, registry)

    assert parses.links.pop(url) == 1
    assert parses.addresses[url] <= 4
    assert parses.links.total() <= 2
    assert parses.addresses.total() <= 6
