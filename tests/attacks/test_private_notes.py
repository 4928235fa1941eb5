"""Notes, labels and authors bring in no secrets and no personal data, by whatever door."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from utmforge.errors import PrivateData
from utmforge.issuing.library import issue
from utmforge.issuing.make import make_link
from utmforge.model import Event, Note, Tags
from utmforge.registry import Registry
from utmforge.registry.interchange.records import link_record

if TYPE_CHECKING:
    from tests.conftest import Run

LINK = make_link("https://shop.example/a", Tags("news", "email", "spring"))
KEY = "AKIA" + "IOSFODNN7EXAMPLF"
NOTED = {
    "id": LINK.id,
    "change": "22222222",
    "action": "noted",
    "at": "2026-03-20T09:30:00Z",
    "reason": "a note",
    "successor": None,
    "cancels": "",
}
PERSONAL: dict[str, dict[str, Any]] = {
    "note": {"reason": "for ann@corp.example"},
    "label": {"labels": "ann@corp.example"},
    "number": {"labels": "+33612345678"},
}
SECRET: dict[str, dict[str, Any]] = {
    "note": {"reason": f"with {KEY}"},
    "label": {"labels": "postgresql://u:hidden@h/db"},
    "author": {"author": KEY},
}


def write(changes: dict[str, Any], name: str = "x.jsonl", **of_link: str) -> None:
    """Write a link and what was noted of it."""
    link = link_record(LINK._replace(issued_at="2026-03-20T09:30:00Z")) | of_link
    records = (link, NOTED | changes)
    Path(name).write_text("".join(json.dumps(one) + "\n" for one in records))


@pytest.mark.parametrize("door", ["sync", "import"])
@pytest.mark.parametrize("what", [*PERSONAL, *(f"secret {one}" for one in SECRET)])
def test_a_file_of_another_person(run: Run, door: str, what: str) -> None:
    """Told with its line, and not repeated; personal data comes in on request, secrets never."""
    secret = what.startswith("secret ")
    write(SECRET[what.removeprefix("secret ")] if secret else PERSONAL[what])
    result = run("registry", door, "x.jsonl")

    assert result.exit_code == 25
    assert result.stderr.startswith("error: x.jsonl:2: the link has a private ")
    for private in ("corp.example", "61234", KEY, "hidden"):
        assert private not in result.stdout + result.stderr
    assert not run("list").stdout.strip()
    allowed = run("registry", door, "x.jsonl", "--allow-private")
    assert allowed.exit_code == (25 if secret else 0)


@pytest.mark.parametrize("door", ["sync", "import"])
def test_the_author_of_a_link(run: Run, door: str) -> None:
    """An address may say who made a link, a key may not."""
    write({}, author=KEY)
    assert run("registry", door, "x.jsonl", "--allow-private").exit_code == 25
    write({}, author="ann@corp.example")
    assert run("registry", door, "x.jsonl").exit_code == 0


def test_a_label_is_checked_as_it_was_written(run: Run) -> None:
    """Lower case no longer looks like a key."""
    new = run("new", "https://shop.example/", "-c", "spring", "-C", "sms", "--label", KEY)
    assert "private AWS key" in new.stderr
    assert run("new", "https://shop.example/", "-c", "spring", "-C", "sms").exit_code == 0
    name = json.loads(run("list", "--format", "json").stdout)["data"][0]["id"]
    noted = run("note", name, "--label", KEY)
    assert "private AWS key" in noted.stderr
    assert KEY.lower() not in run("show", name).stdout


def test_the_library(tmp_path: Path) -> None:
    """With the one argument that links have."""
    private, secret = Note("ann@corp.example", ()), Note(KEY, ())
    event = Event(LINK.id, "noted", "2026-03-20T09:30:00Z", "22222222", "ann@corp.example")
    with Registry.open(tmp_path / "x.db") as registry:
        issue([LINK], registry)
        for refused in (private, secret):
            with pytest.raises(PrivateData):
                registry.note([LINK.id], refused)
            with pytest.raises(PrivateData):
                registry.add([LINK], note=refused)
        with pytest.raises(PrivateData):
            registry.note([LINK.id], secret, allow_private=True)
        with pytest.raises(PrivateData):
            registry.restore([], [event])
        assert registry.note([LINK.id], private, allow_private=True) == 1
