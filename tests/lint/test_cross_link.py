"""Links compared with each other: one link for each recipient, and names that are nearly one."""

import pytest

from utmforge.lint import Linter, cross_link

COMPLETE = "utm_source=news&utm_medium=email&utm_campaign=spring"


def cross_link_findings(links: list[str]) -> list[tuple[int, str]]:
    """Return what comparing the links finds, with the number of the link."""
    quick = Linter[int]()
    for number, url in enumerate(links):
        quick.check(url, number)
    return [(place, one.message) for place, one in quick.finish()]


CROWD = "25 links to this page differ only in content: one for each recipient?"
PAGE = f"https://shop.example/p?{COMPLETE}"


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("{page}&utm_content=hero-{n}", [CROWD]),
        ("{page}&utm_content=Anna{n}", []),
        ("{page}&utm_content=hero-{n}#top", [CROWD]),
        ("{page}&utm_content=hero-{n}&utm_term=shoes", [CROWD]),
        ("{page}&utm_content=hero-{n}&lang=de", [CROWD]),
        ("{page}&utm_content=hero-{n}x{n}y{n}", [CROWD]),
        ("{page}&utm_content=hero&lang={n}", []),
        ("{page}&utm_content=hero-{n}&lang={n}", []),
        ("{page}&utm_content=hero#section-{n}", []),
        ("{page}&utm_content=hero-{n}#section-{n}", []),
        ("{page}&utm_content=hero&utm_term=shoes{n}", []),
        ("{page}&utm_content=hero", []),
    ],
)
def test_a_crowd(form: str, said: list[str]) -> None:
    """Links that differ in one value of a tag are one, and each link counts once."""
    links = [form.format(page=PAGE, n=n) for n in range(25)]

    assert cross_link_findings([*links, *links]) == [(0, message) for message in said]


def test_crowds_are_kept_when_others_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages with one link go, a crowd that is complete stays."""
    crowd = [f"{PAGE}&utm_content=hero-{n}" for n in range(25)]
    loners = [f"https://shop.example/{n}?{COMPLETE}&utm_content=top" for n in range(100)]

    monkeypatch.setattr(cross_link, "MAX_PAGES", 10)
    assert cross_link_findings([*crowd, *loners]) == [(0, CROWD)]


def test_a_long_series_of_contents_is_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program made it; sources, mediums and campaigns are still compared."""
    links = [f"{PAGE}&utm_content={content}" for content in ("hero-banner", "hero-baner")]
    links.append(PAGE.replace("=spring", "=sprin-g"))
    assert len(cross_link_findings(links)) == 2

    monkeypatch.setattr(cross_link, "_MAX_CONTENTS", 1)
    assert len(cross_link_findings(links)) == 1
