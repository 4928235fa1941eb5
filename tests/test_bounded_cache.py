"""A cache with a bound."""

from utmforge.bounded_cache import BoundedCache


def test_a_full_cache_forgets_everything() -> None:
    """And is filled again; an entry that is changed while it is full makes it forget too."""
    cache = BoundedCache[int, int](max_entries=3)
    for number in range(4):
        cache[number] = number

    assert cache == {3: 3}
    assert cache.get(0) is None
