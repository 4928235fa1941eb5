"""Names of parameters are written as they are looked up, and each list is asked."""

import pytest

from utmforge.privacy import keys
from utmforge.privacy.find import find_private

LISTS = {
    name: value
    for name, value in vars(keys).items()
    if name.endswith("_KEYS") and isinstance(value, frozenset)
}


@pytest.mark.parametrize("name", LISTS)
def test_names_are_plain(name: str) -> None:
    """In lower case, without separators: otherwise they would never be found."""
    assert all(word.isascii() and word.isalnum() and word.islower() for word in LISTS[name])


def test_telling_keys_are_all_of_them() -> None:
    """A name that is in another list and not in this one would be passed over."""
    assert frozenset().union(*LISTS.values()) == keys.TELLING_KEYS


@pytest.mark.parametrize("key", sorted(keys.PASSWORD_KEYS))
@pytest.mark.parametrize("value", ["hunter22", "summer"])
def test_a_password_is_whatever_its_parameter_holds(key: str, value: str) -> None:
    """Also a word; a switch is none."""
    [found] = find_private(f"https://x.example/?{key}={value}")

    assert (found.kind, found.is_secret) == ("password parameter", True)
    assert value not in str(found)
    assert not find_private(f"https://x.example/?{key}=true")
