"""A command that is refused leaves nothing behind: no file, no folder, no changed byte."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.attacks.fuzzing import LINK, RECORDS
from utmforge.issuing.library import issue
from utmforge.issuing.make import make_link
from utmforge.model import Tags
from utmforge.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Run

FILES = {
    "campaigns.toml": """\
[campaigns.spring]
landing_page = "https://shop.example/a"
channels = ["email"]

[campaigns.over]
landing_page = "https://shop.example/b"
channels = ["email"]
ends = 2020-01-01
""",
    "bad.toml": '[campaigns.spring]\nlanding_page = "ftp://shop.example/"\n',
    "near.toml": """\
[campaigns.near]
landing_page = "https://shop.example/a"
channels = ["email"]
tags = { campaign = "sprinG" }

[campaigns.spring]
landing_page = "https://shop.example/a"
channels = ["email"]
""",
    "pages.csv": "landing_page\nhttps://shop.example/a\nftp://shop.example/\n",
    "near.csv": "landing_page,campaign\nhttps://shop.example/a,springg\n",
    "private.csv": "landing_page\nhttps://shop.example/?e=ann%40corp.example\n",
    "private-links.csv": f"url\n{LINK.url}\nhttps://shop.example/?e=ann%40corp.example&utm_source=a"
    "&utm_medium=b&utm_campaign=c\n",
    "bad-links.csv": "url\nhttps://shop.example/\n",
    "stray.jsonl": json.dumps(RECORDS[1] | {"id": "222222222222"}) + "\n",
    "broken.jsonl": json.dumps(RECORDS[0]) + "\n{\n",
    "export.jsonl": "".join(json.dumps(record) + "\n" for record in RECORDS),
    "page.html": f'<a href="{LINK.url}&utm_surce=a">a</a>\n',
    "report.csv": "a,b\n1,2\n",
    "taken.png": "taken",
    "full/campaigns.toml": "",
    "full/campaigns.schema.json": "{}",
    "bad/campaigns.toml": "[campaigns\n",
    "half/campaigns.toml": "",
}
# Each is refused on a first run, and beside a registry with one link.
REFUSED = (
    # A landing page, a tag, a channel, a name that is not taken.
    "new ftp://shop.example/ -c spring -C email",
    "new https://shop.example/ -c spring -C nowhere",
    "new https://shop.example/ -c springg -C email",
    "new https://shop.example/?e=ann%40corp.example -c spring -C email",
    "new https://shop.example/ -c spring",
    "new nothing",
    "new over",
    "new spring --file nowhere.toml",
    "new spring --qr-file taken.png",
    "new spring --qr-file nowhere/x.png",
    "new spring --registry nowhere\x00.db",
    "new --from pages.csv -c spring -C email",
    "new --from near.csv -C email",
    "new --from private.csv -c spring -C email",
    "new --from nowhere.csv -c spring -C email",
    "new --from private.csv spring",
    "build --file bad.toml",
    "build --file near.toml",
    "build nothing",
    # Files of links.
    "registry import private-links.csv",
    "registry import bad-links.csv",
    "registry import stray.jsonl",
    "registry import broken.jsonl",
    "registry import export.jsonl --map url=nothing --file bad.toml --registry /dev/null",
    "registry import nowhere.csv",
    "registry sync stray.jsonl",
    "registry sync broken.jsonl",
    "registry sync nowhere/links.jsonl",
    "registry sync .",
    # Links that there are not.
    "show 222222222222",
    "copy 222222222222",
    "qr 222222222222",
    "qr 222222222222 --output x.png",
    "retire 222222222222 -r wrong",
    "undo 22222222",
    # Files that cannot be written or read.
    "registry export nowhere/x.csv",
    "registry export x.csv --as nothing",
    "registry backup nowhere/x.db",
    "registry backup taken.png",
    "init full",
    "init nowhere",
    "init bad",
    "init half",
    "compare report.csv",
    "compare report.csv --fix",
    "lint nowhere.html",
    "lint page.html --fix --select UTM999",
    "explain nothing",
    "history 222222222222",
)


@pytest.fixture(autouse=True)
def files() -> None:
    """Files that commands may be given."""
    for name, text in FILES.items():
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text(text, encoding="utf-8")
    Path("half/campaigns.schema.json").symlink_to("missing.json")


def everything() -> dict[str, str]:
    """Every file and folder below the home and the folder at work, with its content."""
    root = Path.cwd().parent
    found = {}
    for folder, _, names in os.walk(root):
        found[folder] = "folder"
        for name in names:
            path = Path(folder) / name
            content = bytes(path.readlink()) if path.is_symlink() else path.read_bytes()
            found[str(path)] = hashlib.sha256(content).hexdigest()
    return found


@pytest.mark.parametrize("has_registry", [False, True], ids=["first run", "with a registry"])
@pytest.mark.parametrize("words", REFUSED)
def test_what_is_refused_leaves_nothing(run: Run, words: str, *, has_registry: bool) -> None:
    """List everything before and after."""
    if has_registry:
        with Registry.open(run("registry", "path").stdout.strip()) as registry:
            issue([LINK], registry)
    before = everything()
    result = run(*words.split(" "))

    assert result.exit_code not in {0, 1}, result
    assert result.stderr
    assert everything() == before


@pytest.mark.parametrize(
    "words", ["list", "show x", "history", "undo", "registry status", "doctor"]
)
def test_what_only_reads_makes_no_registry(run: Run, words: str) -> None:
    """Nor what has nothing to undo."""
    before = everything()
    run(*words.split())

    assert everything() == before


@pytest.mark.parametrize(
    "refused",
    [
        lambda registry: registry.retire(["222222222222"], "wrong"),
        lambda registry: registry.undo(),
        lambda registry: issue([LINK._replace(channel="a\x1bb")], registry),
        lambda registry: issue(
            [make_link("https://a.example/?e=b%40c.example", Tags("a", "b", "c"))], registry
        ),
        lambda registry: registry.add([LINK, LINK._replace(url=f"{LINK.url}x")]),
    ],
    ids=["retire", "undo", "text", "private", "id"],
)
def test_a_registry_is_made_with_its_first_entry(
    place: str, refused: Callable[[Registry], object]
) -> None:
    """In a file and on a server; what another process writes meanwhile is seen."""
    with Registry.open(place, at_once=False) as registry:
        with pytest.raises(Exception, match=r"."):
            refused(registry)
        assert not Path(place).exists()
        assert list(registry.links()) == []
        with Registry.open(place) as other:
            issue([LINK], other)
        assert [link.id for link in registry.links()] == [LINK.id]
        assert registry.retire([LINK.id], "wrong")
    with Registry.open(place) as registry:
        assert registry.history(LINK.id)


@pytest.mark.parametrize("failing", range(1, 5))
@pytest.mark.parametrize("has_one", [False, True], ids=["new", "with one of them"])
def test_a_full_disk_leaves_no_part_of_the_codes(
    run: Run, monkeypatch: pytest.MonkeyPatch, failing: int, *, has_one: bool
) -> None:
    """Neither codes without their list nor folders; a code of before stays as it is."""
    for channel in ("email", "sms", "qr"):
        run("new", "https://shop.example/", "-c", "spring", "-C", channel)
    folder = Path("out/codes")
    if has_one:
        folder.mkdir(parents=True)
        (folder / "spring_sms.svg").write_text("before")
    writes = iter(range(1, failing))
    replace = Path.replace

    def full(path: Path, target: Path) -> Path:
        if next(writes, None) is None:
            raise OSError(28, "No space left on device")
        return replace(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", full)
        result = run("qr", "spring", "--out-dir", str(folder), "--force")

    assert (result.exit_code, result.stdout) == (53, "")
    assert Path("out").exists() is has_one
    assert not has_one or [path.name for path in folder.iterdir()] == ["spring_sms.svg"]


def test_tables_are_made_with_the_first_entry(database: str) -> None:
    """A refusal leaves no schema on a server; an entry makes it."""
    import psycopg

    def schemas() -> int:
        with psycopg.connect(database) as connection:
            found = connection.execute(
                "SELECT count(*) FROM pg_namespace WHERE nspname = 'utmforge'"
            ).fetchone()
        assert found is not None
        return int(found[0])

    with Registry.open(database, at_once=False) as registry:
        with pytest.raises(Exception, match="undo"):
            registry.undo()
        assert schemas() == 0
        assert issue([LINK], registry)[0].is_new
        assert schemas() == 1
        assert [link.id for link in registry.links()] == [LINK.id]
