"""How often ids pass for private data by chance, and how much private data is found.

    python benchmarks/privacy.py [IDS] [KIND ...]

Makes IDS random ids of each kind, or of the KINDs named (100,000 by default; the same in each run),
and puts each into a path, into the parameter `id`, and into an address in the parameter `next`. An
id that is a false alarm in any of these places counts once, and is printed. Then it searches the
labelled values of tests/data/private_values.csv. The exit status is 1 if more than one id of a kind
in 100,000 is a false alarm, or if less than 99 % of the values are found.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from pathlib import Path
from random import Random
from string import ascii_letters, digits
from typing import TYPE_CHECKING
from uuid import UUID

from utmforge.privacy.find import find_private

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

VALUES = Path(__file__).parents[1] / "tests" / "data" / "private_values.csv"
MOST_FALSE = 1e-5
LEAST_FOUND = 0.99
_BASE62 = digits + ascii_letters
_BASE64 = _BASE62 + "-_"
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PLACES = (
    "https://shop.example/posts/{}",
    "https://shop.example/posts/{}.html?size=4",
    "https://shop.example/?id={}",
    "https://shop.example/?next=https%3A%2F%2Fother.example%2Fposts%2F{}",
)


def _of(letters: str, length: int) -> Callable[[Random], str]:
    return lambda choose: "".join(choose.choices(letters, k=length))


def _article(choose: Random) -> str:
    """Return a random European article number, its check digit included."""
    first = _of(digits, 12)(choose)
    weighted = sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(first))
    return f"{first}{-weighted % 10}"


IDS: dict[str, Callable[[Random], str]] = {
    "UUID": lambda choose: str(UUID(int=choose.getrandbits(128), version=4)),
    "UUID in capitals": lambda choose: str(UUID(int=choose.getrandbits(128), version=4)).upper(),
    **{f"hex {length}": _of("0123456789abcdef", length) for length in (24, 32, 40, 64)},
    **{
        f"{length} digits": _of(digits, length)
        for length in (8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 19)
    },
    **{f"base62, {length}": _of(_BASE62, length) for length in (8, 11, 16, 20, 21, 22, 27)},
    "base64url, 22": _of(_BASE64, 22),
    "base64url, 43": _of(_BASE64, 43),
    "ULID": lambda choose: "01" + _of(_CROCKFORD, 24)(choose),
    "EAN-13": _article,
}


def false_alarms(kind: str, count: int) -> Iterator[str]:
    """Yield the random ids in which something private is found, in any place."""
    choose = Random(kind)  # noqa: S311 - no secret
    make = IDS[kind]
    for _ in range(count):
        text = make(choose)
        if any(find_private(place.format(text)) for place in PLACES):
            yield text


def labelled() -> list[dict[str, str]]:
    """Return the labelled values: kind, encoding and address of each."""
    with VALUES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def missed(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Return the rows whose kind is not found in their address."""
    return [
        row for row in rows if row["kind"] not in {one.kind for one in find_private(row["address"])}
    ]


def main(count: int, kinds: list[str]) -> int:
    """Measure, print, and return the exit status."""
    broken = False
    print(f"false alarms among {count:,} random ids of each kind, in {len(PLACES)} places each")
    for kind in kinds or IDS:
        alarms = list(false_alarms(kind, count))
        broken |= len(alarms) > max(MOST_FALSE * count, 1)
        print(f"{kind:<20}{len(alarms):>6}  {' '.join(alarms)}".rstrip())
    rows = labelled()
    lost = Counter(row["encoding"] for row in missed(rows))
    print("found of the labelled private values")
    for encoding, total in Counter(row["encoding"] for row in rows).items():
        print(f"{encoding:<22}{total - lost[encoding]:>4} of {total}")
    found = 1 - lost.total() / len(rows)
    print(f"together {found:.1%}")
    return int(broken or found < LEAST_FOUND)


if __name__ == "__main__":
    asked = sys.argv[1:]
    sys.exit(main(int(asked[0]) if asked else 100_000, asked[1:]))
