"""More doors: shared files, `extends`, placements, own domains, new names, pages with buttons."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import tomli_w

from tests.attacks.test_doors import DOORS, REFUSED, Input, kept
from utmforge.urls.sites import is_domain

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Result, Run

REGISTRY = ("--registry", "r.db")
HOSTS = (
    *("a b", "[1::2]:3:4", "[::1%25eth0]", "256.256.256.256", "192.168.0.257", "1.2.3.4.5"),
    *("foo.0x", "foo.09", "0x100000000", "0xffffffff1", "4294967296", "a^b", "a|b", "a<b", "a>b"),
    *("ho%20st", "ho%3Cst", "ho%7Cst", "hello%00", "[:::1]", "[::1", "::1]", "[www.google.com]"),
    *(
        "[::1.2.3.4x]",
        "[1:2:3:4:5:6:7:8:9]",
        "[::ffff:1.2.3.256]",
        "xn--",
        "xn--a",
        "xn--iñvalid.com",
    ),
    *("\u00ad", "%C2%AD", "?", "#", "f:999999", "f:b", "f:-1", "f:65536", "f: ", "f:fifty-two"),
    *("ab%0Bcd", "%ef%bc%85%ef%bc%94%ef%bc%91.com", "％４１.com", "\ufdd0zyx.com", "\ufffd.com"),
    *("\U000e0001.com", "a%", "a%b", "%zz%66%a", "[google.com]", "[]", "[:]", ".0x1.0x100"),
    *("0999999999999999999", "1.1.1.0x1000000", "a:80:80", ":80", ":@", "%", "x:y@", "[v1.x]"),
    *("shop.example%2f@evil.example", "shop.example%23@evil.example", "a\tb", "a\nb", "a\x7fb"),
)
"""What the tests of the URL standard say is no host (https://github.com/web-platform-tests/wpt)."""


def campaign_file(**tables: object) -> None:
    """Write a campaigns.toml."""
    workspace = {"registry": "r.db", "own_domains": ["shop.example"]}
    Path("campaigns.toml").write_text(tomli_w.dumps({"workspace": workspace, **tables}))


def by_shared_file(run: Run, given: Input) -> Result:
    """A file that the registry follows."""
    campaign_file(workspace={"registry": "r.db", "shared": "s.jsonl"})
    Path("s.jsonl").write_text(json.dumps(given.record) + "\n")
    return run("new", "https://ours.example/", "-c", "ours", "-C", "sms")


def by_text(run: Run, given: Input) -> Result:
    """A text file read as a registry."""
    Path("s.jsonl").write_text(json.dumps(given.record) + "\n")
    return run("list", "--registry", "s.jsonl")


def by_extends(run: Run, given: Input) -> Result:
    """A campaign that takes its page from another one."""
    base = {"landing_page": given.page, "channels": ["sms"]}
    campaign_file(campaigns={"base": base, given.campaign: {"extends": "base"}})
    return run("build")


def by_placement(run: Run, given: Input) -> Result:
    """The page and the content of one placement."""
    placement = {"channel": "sms", "landing_page": given.page, "content": given.campaign}
    base = {"landing_page": "https://shop.example/", "placements": [placement]}
    campaign_file(campaigns={"base": base})
    return run("build")


def by_buttons(run: Run, given: Input) -> Result:
    """The page with share buttons."""
    campaign_file()
    return run("buttons", "-c", given.campaign, "--page", given.page, "-o", "buttons.html")


def by_new_name(run: Run, given: Input) -> Result:
    """The new name of a campaign, with the page of a link to issue."""
    campaign_file()
    run("new", "https://shop.example/", "-c", "old", "-C", "sms", *REGISTRY)
    result = run("rename", "old", given.campaign, "--yes")
    assert result.exit_code == 0 or len(kept()) == 1
    Path("r.db").unlink()
    return result


MORE: tuple[Callable[[Run, Input], Result], ...] = (
    *(by_shared_file, by_text, by_extends, by_placement, by_buttons),
)


def refuses(run: Run, door: Callable[[Run, Input], Result], given: Input) -> None:
    """A refusal in words that repeats no secret; nothing is kept or written."""
    result = door(run, given)

    assert result.exit_code not in {0, 1, 70}, (given, result)
    told = (result.stdout + result.stderr).lower()
    assert not [one for one in ("s3cr3t", "czNjcjN0QG", "AKIAIOSFOD") if one.lower() in told]
    assert result.stdout == ""
    assert not Path("r.db").exists() or kept() == []
    assert not Path("buttons.html").exists()


@pytest.mark.parametrize("door", [*DOORS, *MORE], ids=lambda door: door.__name__)
def test_what_the_url_standard_calls_no_host(
    run: Run, door: Callable[[Run, Input], Result]
) -> None:
    """By no door, whatever else a reader of addresses would make of it."""
    for host in HOSTS:
        refuses(run, door, Input(f"http://{host}/"))


@pytest.mark.parametrize("door", MORE, ids=lambda door: door.__name__)
@pytest.mark.parametrize("name", REFUSED)
def test_what_no_other_door_takes(
    run: Run, door: Callable[[Run, Input], Result], name: str
) -> None:
    """The same inputs as at the doors for links."""
    refuses(run, door, REFUSED[name])


@pytest.mark.parametrize("name", [name for name in REFUSED if "campaign" in name])
def test_no_new_name_is_private(run: Run, name: str) -> None:
    """Not even where the naming convention would disguise it: it writes small letters."""
    refuses(run, by_new_name, REFUSED[name])


@pytest.mark.parametrize(
    "domain", [*HOSTS, ".", "*", "*.shop.example", 'a"onclick=x', "<script>", "shop..example"]
)
def test_an_own_domain_is_one(run: Run, domain: str) -> None:
    """Or share buttons would be for every host: `https://*/`."""
    workspace = {"registry": "r.db", "own_domains": ["shop.example", domain]}
    campaign_file(workspace=workspace)
    result = run("buttons", "-c", "spring", "-C", "sms", "-o", "buttons.html")

    assert (result.exit_code, result.stdout) == (23, "")
    assert "is not a domain\nhint: write the host alone, such as shop.example\n" in result.stderr
    assert sorted(path.name for path in Path().iterdir()) == ["campaigns.toml"]


@pytest.mark.parametrize(
    "domain",
    [
        *(
            "shop.example",
            "www.shop.example",
            "SHOP.example",
            "straße.example",
            "例え.jp",
            "localhost",
        ),
        *("a_b.example", "xn--strae-oqa.example", "shop.example.", "3.example", "a--b.example"),
        *("127.0.0.1", "еxample.com", f"{'a' * 63}.example"),
    ],
)
def test_other_domains_are_fine(domain: str) -> None:
    """In any script and letter case."""
    assert is_domain(domain)
