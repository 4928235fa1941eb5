"""However many links there are, the linter remembers a bounded number of them."""

import pytest

from utmforge import bounded_cache
from utmforge.lint import Linter
from utmforge.urls.click_ids import CLICK_IDS

COMPLETE = "utm_source=news&utm_medium=email&utm_campaign=spring"


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each page, host, tag and tail its own."""
    monkeypatch.setattr(bounded_cache, "MAX_ENTRIES", 50)
    quick = Linter[int]()
    for n in range(500):
        quick.check(
            f"https://shop{n}.example/?q{n}=x&{COMPLETE}-{n}&utm_content=Top-{n}#part-{n}", n
        )
        quick.check(f"https://shop.example/p?{COMPLETE}-{n}&utm_content=hero-{n}", n)
        quick.check(f"https://shop{n}.example/", n)
    ids = [f"https://shop.example/?{name}=1&{COMPLETE}" for name in CLICK_IDS]
    for url in (*ids, *(url.replace("?", "?gclid=1&") for url in ids)):
        quick.check(url)
    kept = [one for part in (quick, quick._tags, quick._pages) for one in vars(part).values()]

    sizes = [len(one) for one in kept if isinstance(one, bounded_cache.BoundedCache)]
    assert len(sizes) == 7
    assert min(sizes) > 0
    assert 40 < max(sizes) <= 50
