"""`utmforge explain`: a link that has lost one whole tag on its way."""

import json

import pytest

from tests.conftest import Run
from utmforge.issuing.make import make_link
from utmforge.model import TaggedLink, Tags
from utmforge.registry import Registry

PAGE = "https://shop.example/spring?ref=mail#offers"
LINK = make_link(PAGE, Tags("news", "email", "spring", content="hero"), channel="email")


def issue(*links: TaggedLink) -> None:
    """Keep links in the registry that the commands are given."""
    with Registry.open("links.db") as registry:
        registry.add(links, allow_private=True)


def explained(run: Run, url: str) -> dict[str, object]:
    """Return what JSON says of a link."""
    words = ("explain", url, "--registry", "links.db", "--format", "json")
    data: dict[str, object] = json.loads(run(*words).stdout)["data"]
    return data


def without(url: str, name: str, value: str) -> str:
    """Return an address without a tag."""
    assert f"&{name}={value}" in url
    return url.replace(f"&{name}={value}", "")


LOST = [
    *(
        ("utm_source", "news"),
        ("utm_medium", "email"),
        ("utm_campaign", "spring"),
        ("utm_content", "hero"),
    ),
]


@pytest.mark.parametrize(("name", "value"), LOST)
def test_the_only_link_that_has_it_is_the_one(run: Run, name: str, value: str) -> None:
    """Whichever tag it is; it is the link to use."""
    issue(
        *(LINK, make_link("https://shop.example/other", LINK.tags)),
        make_link(PAGE, Tags("news", "sms", "summer", content="footer", term="x")),
    )
    issued = explained(run, without(LINK.url, name, value))
    text = run("explain", without(LINK.url, name, value), "--registry", "links.db", "-F", "table")

    assert isinstance(issued["issued"], dict)
    assert issued["issued"]["id"] == LINK.id
    assert issued["issued"]["changes"] == [f"{name} is missing here"]
    assert issued["one_of"] is None
    assert issued["mended"] == LINK.url
    assert f"changed    {name} is missing here\n" in text.stdout
    assert f"hint: utmforge show {LINK.id}\n" in text.stderr


def test_other_things_may_have_happened_as_well(run: Run) -> None:
    """They are listed with it."""
    issue(LINK)
    url = without(LINK.url, "utm_medium", "email").replace("news", "News").replace("#offers", "")
    data = explained(run, f"{url}&fbclid=1")

    assert isinstance(data["issued"], dict)
    assert data["issued"]["changes"] == [
        *("fbclid was added", "utm_source changed its letter case", "utm_medium is missing here"),
        "the fragment was lost",
    ]


@pytest.mark.parametrize(
    "url",
    [
        without(without(LINK.url, "utm_medium", "email"), "utm_content", "hero"),
        without(LINK.url, "utm_medium", "email").replace("hero", "footer"),
        without(LINK.url, "utm_medium", "email").replace("/spring", "/summer"),
        without(LINK.url, "utm_medium", "email").replace("ref=mail", "ref=app"),
        without(LINK.url, "utm_medium", "email") + "&utm_term=x",
        PAGE,
    ],
)
def test_more_than_one_tag_makes_another_link(run: Run, url: str) -> None:
    """So do another value, another page, a tag too many."""
    issue(LINK)
    data = explained(run, url)

    assert data["issued"] is None
    assert data["one_of"] is None


def test_several_links_that_have_it_are_counted_and_three_named(run: Run) -> None:
    """The latest ones; none of them is the link to use."""
    page = "https://shop.example/"
    links = [
        make_link(page, Tags("news", "email", "spring", content=content), channel="email")
        for content in ("a", "b", "c", "ann@mail.example")
    ]
    links.append(make_link(page, Tags("news", "email", "spring", term="d")))
    issue(*links)
    url = f"{page}?utm_source=news&utm_medium=email&utm_campaign=spring"
    text = run("explain", url, "--registry", "links.db", "-F", "table")
    lines = text.stdout.splitlines()
    data = explained(run, url)

    assert lines[1:6] == [
        "issued     as one of 5 links, but utm_content or utm_term is missing here",
        f"           {links[4].id}, no channel: utm_term d",
        f"           {links[3].id}, email: utm_content [e-mail address]",
        f"           {links[2].id}, email: utm_content c",
        "           and 2 more",
    ]
    assert data["issued"] is None
    assert data["mended"] == url
    one_of = data["one_of"]
    assert isinstance(one_of, dict)
    assert list(one_of) == ["count", "missing", "ids"]
    assert one_of["count"] == 5
    assert one_of["missing"] == ["utm_content", "utm_term"]
    assert one_of["ids"] == [link.id for link in links[:1:-1]]
    assert "mail.example" not in text.stdout + text.stderr + json.dumps(data)
    csv = run("explain", url, "--registry", "links.db", "-F", "csv").stdout.splitlines()
    assert csv[0].endswith(",one_of")
    assert csv[1].endswith(" ".join(link.id for link in links[:1:-1]))


def test_the_nearest_ones_count(run: Run) -> None:
    """A page's own parameter that is there decides."""
    page = "https://shop.example/?size=m"
    other = make_link("https://shop.example/", Tags("news", "email", "spring", content="a"))
    link = make_link(page, Tags("news", "email", "spring", content="b"))
    issue(other, link)
    data = explained(run, without(link.url, "utm_content", "b"))

    assert isinstance(data["issued"], dict)
    assert data["issued"]["id"] == link.id


def test_pages_that_begin_as_this_one_hide_nothing(run: Run) -> None:
    """However many there are, and issued later."""
    link = make_link("https://shop.example/item-5/", Tags("a", "email", "c"))
    others = (f"https://shop.example/item-5{at}" for at in range(520))
    issue(link, *(make_link(page, link.tags) for page in others))
    data = explained(run, link.url.replace("/?", "?").replace("&utm_campaign=c", ""))

    assert isinstance(data["issued"], dict)
    assert data["issued"]["id"] == link.id


def test_so_many_are_not_counted_to_the_end(run: Run) -> None:
    """Who has a thousand needs no number."""
    page = "https://shop.example/"
    issue(*(make_link(page, Tags("a", "email", "c", content=f"n{at}")) for at in range(520)))
    url = f"{page}?utm_source=a&utm_medium=email&utm_campaign=c"
    text = run("explain", url, "--registry", "links.db", "-F", "table").stdout

    assert "as one of over 500 links, but utm_content is missing here" in text
    assert "           and more\n" in text
    one_of = explained(run, url)["one_of"]
    assert isinstance(one_of, dict)
    assert one_of["count"] == 501
