"""Lint many links, as a ratio to parsing them with can_ada and splitting their queries.

    python benchmarks/lint.py [LINKS] [ROUNDS]

One process, the same addresses, the best of several rounds because machines are noisy. Prints the
times and the ratio for each kind of links; the exit status is 1 if a kind marked `promised` takes
more than four times as long. There is no promise for links

- with several of these at once, or with a unique parameter after the tags: more of them is read;
- with a click id each, which is as long and random as an address hidden in base64;
- with a finding each, which must be written.
"""

from __future__ import annotations

import sys
import time
from random import Random
from typing import TYPE_CHECKING, NamedTuple

import can_ada

from utmforge.lint import Linter

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LIMIT = 4.0
SHOP = "https://shop.example"
TAGS = "utm_source=newsletter&utm_medium=email&utm_campaign=spring-{k}"
REPEATED = f"{TAGS}&utm_content=hero-{{h}}"
EACH = f"{TAGS}&utm_content=hero-{{n}}"
ITEM = f"{SHOP}/catalogue/item-{{n}}"
BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
WORDS = (
    *("Angebote", "Baumwolle", "Bestseller", "Blue", "Chaussures", "Collection", "Cotton", "Damen"),
    *("Fruehling", "Geschenkideen", "Herren", "Homme", "Jacke", "Kleid", "Large", "Leder", "Linen"),
    *("Neuheiten", "Nouveau", "Organic", "Outdoor", "Premium", "Printemps", "Sale", "Schuhe"),
    *("Shirt", "Soldes", "Sommer", "Turnschuhe", "Vintage", "Weihnachten", "Winter"),
)


class Kind(NamedTuple):
    """Links that have something in common."""

    form: str
    """One of them: `n` is its number, `c`, `h` and `k` repeat, `w` and `v` are words."""
    is_promised: bool = True
    """Whether the limit of four times as long applies."""


KINDS = {
    "tags that repeat": Kind(f"{ITEM}?colour={{c}}&{REPEATED}"),
    "a content each": Kind(f"{ITEM}?colour={{c}}&{EACH}"),
    "a content each, one page": Kind(f"{SHOP}/spring?{EACH}"),
    "a content each, not last": Kind(f"{ITEM}?{EACH}&utm_term=shoes"),
    "product ids in capitals": Kind(f"{SHOP}/p/AB{{n}}-{{w}}-{{v}}?{REPEATED}"),
    "paths in capitals": Kind(f"{SHOP}/{{w}}/{{v}}-{{n}}.html?{REPEATED}"),
    "percent-encoded paths": Kind(f"{SHOP}/%C3%A9t%C3%A9/robe-{{n}}-l%C3%A9g%C3%A8re?{REPEATED}"),
    "other parameters": Kind(f"{ITEM}?ref=Header&lang=de&{REPEATED}"),
    "other parameters after": Kind(f"{ITEM}?{REPEATED}&ref=Header&lang=de"),
    "fragments": Kind(f"{ITEM}?{REPEATED}#section-{{h}}"),
    "a content each, fragments": Kind(f"{ITEM}?{EACH}#Section-{{h}}", is_promised=False),
    "findings that repeat": Kind(f"{ITEM}?{REPEATED}".replace("spring", "Spring")),
    "no tags": Kind(f"{ITEM}?colour={{c}}"),
    "all of it, a content each": Kind(
        f"{SHOP}/{{w}}/AB{{n}}-{{v}}?ref=Header&{EACH}#section-{{h}}", is_promised=False
    ),
    "a parameter each, after": Kind(f"{ITEM}?{REPEATED}&ref=Header-{{n}}", is_promised=False),
    "a click id each": Kind(f"{ITEM}?gclid={{g}}&{REPEATED}", is_promised=False),
    "a finding each": Kind(f"{ITEM}?{EACH}".replace("hero", "Hero"), is_promised=False),
}


def links_of(kind: Kind, count: int) -> list[str]:
    """Return links, the same in each run."""
    choose = Random(5)  # noqa: S311 - no secret
    return [
        kind.form.format(
            n=n,
            c=n % 17,
            k=n % 200,
            h=n % 7,
            w=choose.choice(WORDS),
            v=choose.choice(WORDS),
            g="EAIaIQobChMI" + "".join(choose.choices(BASE64, k=60)) + "EAAYASAAEgI_D_BwE",
        )
        for n in range(count)
    ]


def floor(urls: Sequence[str]) -> int:
    """Parse and split, and do nothing else."""
    count = 0
    for url in urls:
        for piece in can_ada.parse(url).search[1:].split("&"):
            name, _, value = piece.partition("=")
            count += bool(name and value)
    return count


def lint(urls: Sequence[str]) -> int:
    """Check every link with every rule, and compare the links with each other."""
    linter = Linter[int]()
    count = sum(len(linter.check(url, number)) for number, url in enumerate(urls))
    return count + sum(1 for _ in linter.finish())


def seconds(work: Callable[[Sequence[str]], int], urls: Sequence[str]) -> tuple[float, int]:
    """Return how long it takes, and its result."""
    start = time.perf_counter()
    result = work(urls)
    return time.perf_counter() - start, result


def main(links: int, rounds: int) -> int:
    """Measure, print, and return the exit status."""
    broken = []
    for name, kind in KINDS.items():
        urls = links_of(kind, links)
        turns = [(seconds(floor, urls)[0], *seconds(lint, urls)) for _ in range(rounds)]
        least, most = min(turn[0] for turn in turns), min(turn[1] for turn in turns)
        ratio = most / least
        print(
            f"{name:<26}floor {least:5.2f} s  lint {most:5.2f} s  {ratio:5.2f} x  "
            f"{turns[0][2]:>7,} findings{'  promised' if kind.is_promised else ''}"
        )
        if kind.is_promised and ratio > LIMIT:
            broken.append(name)
    print(f"at most {LIMIT}: {'BROKEN by ' + ', '.join(broken) if broken else 'holds'}")
    return int(bool(broken))


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:]]
    sys.exit(main(*numbers, *(100_000, 5)[len(numbers) :]))
