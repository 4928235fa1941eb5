"""`registry check --repair` keeps the intact entries."""

import stat
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.registry.filling import fill
from tests.registry.flipping import check_and_repair
from utmforge import Registry
from utmforge.errors import RegistryDamaged, RegistryUnavailable
from utmforge.registry.check import check
from utmforge.registry.repair import repair


def test_damage_is_told_and_repaired(run: Run, work: Path) -> None:
    """What is whole is kept, with its days; the damaged file lies beside it."""
    path = work / "links.db"
    links = fill(path, 40)
    data = path.read_bytes().replace(b"https://x.example/7?", b"https://x.example/8?")
    path.write_bytes(data)

    told = run("registry", "check", "--registry", "links.db")
    assert told.exit_code == 1
    assert told.stdout == "links    39\ndamaged  1\n"
    assert told.stderr == (
        f'warning: the entry of link "{links[7].id}" does not match its checksum\n'
        "hint: utmforge registry check --repair copies the intact entries to a new file\n"
    )
    assert path.read_bytes() == data
    repaired = run("registry", "check", "--repair", "--registry", "links.db")
    assert repaired.exit_code == 0
    assert "kept 39 links, lost 1 entry" in repaired.stderr
    [aside] = work.glob("links.db.damaged-*")
    assert aside.read_bytes() == data
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with Registry.open(path) as registry:
        assert list(registry.links()) == links[:7] + links[8:]
    assert run("registry", "check", "--registry", "links.db").exit_code == 0


@pytest.mark.slow
def test_every_byte_flipped_is_found_or_does_not_matter(tmp_path: Path) -> None:
    """A check and a repair of a sample of them (every one: benchmarks/flips.py)."""
    flips = check_and_repair(tmp_path, sample=120)

    assert flips.wrong == []
    assert flips.tried == 120
    assert flips.noticed > 30


def test_nothing_left_to_repair(tmp_path: Path) -> None:
    """A file of which nothing can be read is left as it is."""
    path = tmp_path / "links.db"
    fill(path, 3)
    data = path.read_bytes()
    path.write_bytes(data[:4096] + b"\x99" * (len(data) - 4096))
    before = path.read_bytes()

    assert not check(path).is_whole
    with pytest.raises(RegistryDamaged, match="nothing in"):
        repair(path)
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.glob("*links*")] == ["links.db"]
    with pytest.raises(RegistryUnavailable):
        check(tmp_path / "no.db")


def test_a_truncated_file_gives_what_it_has(tmp_path: Path) -> None:
    """The pages that are there are read."""
    path = tmp_path / "links.db"
    links = fill(path, 400)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    result = check(path)
    assert not result.is_whole
    repaired = repair(path)

    assert 0 < repaired.kept < 400
    with Registry.open(path) as registry:
        assert set(registry.links()) <= set(links)
