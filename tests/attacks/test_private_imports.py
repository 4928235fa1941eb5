"""Personal data and secrets come in by no door unseen: import, sync, the library."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import tomli_w

from utmforge.errors import PrivateData
from utmforge.issuing.library import issue
from utmforge.issuing.make import make_link
from utmforge.model import Campaign, Placement, Tags
from utmforge.registry import Registry
from utmforge.registry.interchange.records import link_record
from utmforge.registry.rows import to_row

if TYPE_CHECKING:
    from tests.conftest import Result, Run
    from utmforge.model import TaggedLink

AT = "2026-03-20T09:30:00Z"
TAGS = Tags("news", "email", "spring")
CLEAN = make_link("https://shop.example/clean", TAGS)
KEY = "AKIA" + "IOSFODNN7EXAMPLF"
# What is private, what no message may repeat, and the kind that it is told as.
PERSONAL = {
    "tag": (make_link("https://shop.example/", Tags("news", "email", "ann@corp.example")), "ann"),
    "page": (make_link("https://shop.example/?e=ann%40corp.example", TAGS), "ann"),
    "base64": (make_link("https://shop.example/?u=YW5uQGNvcnAuZXhhbXBsZQ", TAGS), "YW5u"),
    "phone": (make_link("https://shop.example/?phone=%2B33612345678", TAGS), "33612"),
}
SECRET = {
    "token": (
        make_link("https://shop.example/?access_token=8f3c0d1e9b7a4c55aa01d2e3", TAGS),
        "8f3c0d",
    ),
    "key": (make_link("https://shop.example/", Tags("news", "email", "spring", KEY)), "IOSFO"),
}
DOORS = ("sync", "jsonl", "toml", "csv", "spreadsheet")


def write(door: str, *links: TaggedLink) -> str:
    """Write links for a door; return the file's name."""
    records = [link_record(link._replace(issued_at=AT)) for link in links]
    if door in {"sync", "jsonl"}:
        name, text = "x.jsonl", "".join(json.dumps(record) + "\n" for record in records)
    elif door == "toml":
        tables = [{key: value for key, value in each.items() if value} for each in records]
        name, text = "x.toml", tomli_w.dumps({"links": tables})
    elif door == "csv":
        rows = [",".join(value or "" for value in record.values()) for record in records]
        name, text = "x.csv", "\n".join([",".join(records[0]), *rows]) + "\n"
    else:
        name, text = "x.csv", "\n".join(["url", *(link.url for link in links)]) + "\n"
    Path(name).write_text(text)
    return name


def through(run: Run, door: str, name: str, *words: str) -> Result:
    """Bring a file in."""
    command = "sync" if door == "sync" else "import"
    return run("registry", command, name, "--registry", "r.db", *words)


def kept() -> int:
    """How many links the registry holds."""
    with Registry.open("r.db", create=False) as registry:
        return len(list(registry.links()))


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("kind", [*PERSONAL, *SECRET])
@pytest.mark.parametrize("words", [(), ("--dry-run",), ("--format", "json")], ids=str)
def test_what_is_private_is_refused_with_its_line(
    run: Run, door: str, kind: str, words: tuple[str, ...]
) -> None:
    """Nothing is taken, nothing is repeated, and the file stays as it was."""
    link, private = (PERSONAL | SECRET)[kind]
    if door == "sync" and "--format" in words:
        words = ()
    name = write(door, CLEAN, link)
    before = Path(name).read_bytes()
    result = through(run, door, name, *words)

    assert result.exit_code == 25, result.stderr
    told = result.stderr + result.stdout
    assert private not in told
    assert "the link has a private " in told
    place = {"toml": f"{name}: links[2]", "csv": f"{name}:3", "spreadsheet": f"{name}:3"}
    assert place.get(door, f"{name}:2") in told
    assert kept() == 0
    assert Path(name).read_bytes() == before


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("kind", PERSONAL)
def test_personal_data_comes_in_if_it_is_allowed(run: Run, door: str, kind: str) -> None:
    """As for `new`."""
    result = through(run, door, write(door, CLEAN, PERSONAL[kind][0]), "--allow-private")

    assert result.exit_code == 0, result.stderr
    assert kept() == 2


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("kind", SECRET)
def test_secrets_never_come_in(run: Run, door: str, kind: str) -> None:
    """Allowed or not."""
    result = through(run, door, write(door, CLEAN, SECRET[kind][0]), "--allow-private")

    assert result.exit_code == 25
    assert kept() == 0


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("kind", [*PERSONAL, *SECRET])
def test_links_that_are_there_are_not_refused(run: Run, door: str, kind: str) -> None:
    """They go out by sync, and the file comes back."""
    link, _ = (PERSONAL | SECRET)[kind]
    rows = [to_row(one, AT, None) for one in (CLEAN, link)]  # from before there was a gate
    with Registry.open("r.db") as registry:
        registry.database.write(lambda: registry.database.insert("links", rows))
    result = through(run, door, write(door, CLEAN, link))

    assert result.exit_code == 0, result.stderr
    assert run("registry", "sync", "out.jsonl", "--registry", "r.db").exit_code == 0
    assert run("registry", "sync", "out.jsonl", "--registry", "r.db").exit_code == 0
    assert kept() == 2


def test_many_are_told_by_the_first(run: Run) -> None:
    """Not one by one for a file of thousands."""
    links = [
        make_link(f"https://shop.example/{number}", Tags("news", "email", "ann@corp.example"))
        for number in range(50)
    ]
    result = through(run, "jsonl", write("jsonl", *links))

    assert result.stderr.count("the link has a private") == 20
    assert "and 30 more links with private data" in result.stderr


@pytest.mark.parametrize("kind", [*PERSONAL, *SECRET])
def test_the_library_has_the_same_gate(place: str, kind: str) -> None:
    """For links and for campaigns, with a named way to allow personal data."""
    link, private = (PERSONAL | SECRET)[kind]
    campaign = Campaign("c", link.landing_page, (Placement("sms", link.landing_page, link.tags),))
    with Registry.open(place) as registry:
        for what in ([CLEAN, link], iter([link]), campaign):
            with pytest.raises(PrivateData) as refused:
                issue(what, registry)
            assert private not in str(refused.value)
        assert list(registry.links()) == []
        if kind in SECRET:
            with pytest.raises(PrivateData):
                issue([link], registry, allow_private=True)
        else:
            assert issue([link], registry, allow_private=True)[0].is_new
