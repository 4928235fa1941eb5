"""The tests never touch the real home."""

from pathlib import Path

from utmforge.registry.location import registry_place


def test_the_home_of_the_tests_is_an_empty_one(home: Path) -> None:
    """What a test writes by default lands in a folder of its own."""
    assert Path(str(registry_place(None))).is_relative_to(home)
    assert Path.home() == home
    assert not list(home.iterdir())
