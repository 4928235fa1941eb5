"""Every hostile input at every door that links come in by: input x door."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, NamedTuple

import pytest
import tomli_w

from tests.attacks.fuzzing import assert_answered
from tests.conftest import Result
from utmforge.errors import UtmforgeError
from utmforge.issuing.library import issue
from utmforge.issuing.make import make_link
from utmforge.model import LINK_FIELDS, Tags
from utmforge.registry import Registry
from utmforge.urls.link_ids import link_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Run

REGISTRY = ("--registry", "r.db")


class Input(NamedTuple):
    """What someone hands in."""

    page: str = "https://shop.example/a"
    campaign: str = "spring"

    @property
    def record(self) -> dict[str, str | None]:
        """The record that someone would forge."""
        tags = f"utm_source=sms&utm_medium=sms&utm_campaign={self.campaign}"
        url = f"{self.page}{'&' if '?' in self.page else '?'}{tags}"
        values: dict[str, str | None] = dict.fromkeys(LINK_FIELDS)
        return values | {
            "id": link_id(url.encode(errors="replace").decode()),
            "url": url,
            "landing_page": self.page,
            "channel": "sms",
            "source": "sms",
            "medium": "sms",
            "campaign": self.campaign,
            "issued_at": "2026-03-20T09:30:00Z",
            "state": "issued",
        }


def _csv(*rows: list[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def by_command(run: Run, given: Input) -> Result:
    """`utmforge new`."""
    return run("new", "-c", given.campaign, "-C", "sms", *REGISTRY, "--", given.page)


def by_stdin(run: Run, given: Input) -> Result:
    """Landing pages through a pipe."""
    return run("new", "--from", "-", "-C", "sms", *REGISTRY, stdin=_pages(given))


def by_file(run: Run, given: Input) -> Result:
    """A file of landing pages."""
    Path("pages.csv").write_text(_pages(given), encoding="utf-8", newline="")
    return run("new", "--from", "pages.csv", "-C", "sms", *REGISTRY)


def _pages(given: Input) -> str:
    return _csv(["landing_page", "campaign"], [given.page, given.campaign])


def by_campaign_file(run: Run, given: Input) -> Result:
    """A campaigns.toml."""
    campaign = {"landing_page": given.page, "channels": ["sms"]}
    text = tomli_w.dumps({"campaigns": {given.campaign: campaign}})
    Path("campaigns.toml").write_text(text, encoding="utf-8")
    return run("build", *REGISTRY)


def by_spreadsheet(run: Run, given: Input) -> Result:
    """A spreadsheet of links."""
    rows = [["landing_page", "source", "medium", "campaign"]]
    rows.append([given.page, "sms", "sms", given.campaign])
    Path("s.csv").write_text(_csv(*rows), encoding="utf-8", newline="")
    return run("registry", "import", "s.csv", *REGISTRY)


def by_csv_export(run: Run, given: Input) -> Result:
    """An export as CSV."""
    values = [value or "" for value in given.record.values()]
    Path("x.csv").write_text(_csv([*given.record], values), encoding="utf-8", newline="")
    return run("registry", "import", "x.csv", *REGISTRY)


def by_jsonl(run: Run, given: Input) -> Result:
    """An export as JSON lines."""
    Path("x.jsonl").write_text(json.dumps(given.record) + "\n")
    return run("registry", "import", "x.jsonl", *REGISTRY)


def by_toml(run: Run, given: Input) -> Result:
    """An export as TOML."""
    record = {key: value for key, value in given.record.items() if value}
    Path("x.toml").write_text(tomli_w.dumps({"links": [record]}), encoding="utf-8")
    return run("registry", "import", "x.toml", *REGISTRY)


def by_sync(run: Run, given: Input) -> Result:
    """A shared file."""
    Path("links.jsonl").write_text(json.dumps(given.record) + "\n")
    return run("registry", "sync", "links.jsonl", *REGISTRY)


def by_library(_: Run, given: Input) -> Result:
    """`make_link` and `issue`."""
    with Registry.open("r.db") as registry:
        try:
            link = make_link(given.page, Tags("sms", "sms", given.campaign), channel="sms")
            issue([link], registry)
        except UtmforgeError as error:
            return Result(error.status, "", f"error: {error}".replace(given.page, "PAGE"))
        return Result(0, link.url, "")


DOORS: tuple[Callable[[Run, Input], Result], ...] = (
    *(by_command, by_stdin, by_file, by_campaign_file, by_spreadsheet, by_csv_export),
    *(by_jsonl, by_toml, by_sync, by_library),
)
every_door = pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)


def kept() -> list[str]:
    """The addresses that the registry holds."""
    with Registry.open("r.db", create=False) as registry:
        return [link.url for link in registry.links()]


_AWS_KEY = "AKIA" + "IOSFODNN7EXAMPLF"
REFUSED = {
    # Other schemes, as browsers read them.
    "javascript": Input("javascript:alert(1)"),
    "mixed case": Input("JaVaScRiPt:alert(1)"),
    "data": Input("data:text/html,<b>x</b>"),
    "vbscript": Input("vbscript:x"),
    "file": Input("file:///etc/passwd"),
    "split scheme": Input("java\nscript:alert(1)"),
    # Programs disagree about the host.
    "back-slash": Input("https://shop.example\\@evil.example/"),
    "back-slashes": Input("https:\\\\evil.example\\a"),
    "tab": Input("https://shop.exa\tmple/"),
    "line end": Input("https://shop.example/a\nb"),
    "carriage return": Input("https://shop.example/a\rb"),
    "escape": Input("https://shop.example/\x1b[31m"),
    "C1": Input("https://shop.example/\x9b31m"),
    "bidi": Input("https://shop.example/\u202eb"),
    "line separator": Input("https://shop.example/\u2028b"),
    # Addresses that are none.
    "no host": Input("https://"),
    "open bracket": Input("https://[::1/"),
    "port": Input("https://shop.example:99999/"),
    "blank in host": Input("https://shop example/"),
    "NUL in host": Input("https://shop%00.example/"),
    "percent in host": Input("https://shop%2.example/"),
    "bad punycode": Input("https://xn--a/"),
    # What gives access, and what is personal.
    "password": Input("https://ann:s3cr3t@shop.example/"),
    "user": Input("https://s3cr3t@shop.example/"),
    "token": Input("https://shop.example/?access_token=s3cr3t8f3c0d1e9b7a4c55aa"),
    "signature": Input("https://shop.example/?X-Amz-Signature=s3cr3t8f3c0d1e9b7a4c55"),
    "e-mail in page": Input("https://shop.example/?e=s3cr3t%40corp.example"),
    "e-mail twice encoded": Input("https://shop.example/?e=s3cr3t%2540corp.example"),
    "e-mail in campaign": Input(campaign="s3cr3t@corp.example"),
    "e-mail as it is": Input("https://shop.example/?e=s3cr3t@corp.example"),
    "e-mail in base64": Input("https://shop.example/?u=czNjcjN0QGNvcnAuZXhhbXBsZQ"),
    "e-mail in base64, encoded": Input("https://shop.example/?u=czNjcjN0QGNvcnAuZXhhbXBsZQ%3D%3D"),
    "e-mail in the path": Input("https://shop.example/u/s3cr3t%40corp.example/"),
    "e-mail after the #": Input("https://shop.example/#e=s3cr3t@corp.example"),
    "mailto": Input("https://shop.example/?next=mailto:s3cr3t@corp.example"),
    "phone": Input("https://shop.example/?phone=%2B33612345678"),
    "phone in campaign": Input(campaign="+33612345678"),
    "JWT": Input(
        "https://shop.example/?a=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJzM2NyM3QifQ.c2lnbmF0dXJlMTIzNDU2Nzg5MDEy"
    ),
    "GitHub token": Input(f"https://shop.example/?a=ghp_{'s3cr3t8f3c0d1e9b7a4c55aa' * 2}"[:66]),
    "AWS key": Input(f"https://shop.example/?a={_AWS_KEY}"),
    "AWS key in campaign": Input(campaign=_AWS_KEY),
    "AWS key after the #": Input(f"https://shop.example/#{_AWS_KEY}"),
    # Too much.
    "a million characters": Input("https://shop.example/" + "a" * 1_000_000),
    "many parameters": Input("https://shop.example/?" + "a=1&" * 3_000 + "b=1"),
    "long campaign": Input(campaign="a" * 9_000),
}
_ESCAPES = {
    f"campaign {char!a}": Input(campaign=f"a{char}b")
    for char in ("\x1b", "\x07", "\x7f", "\x9b", "\u202e", "\u2066", "\u200b")
}


@every_door
@pytest.mark.parametrize("name", [*REFUSED, *_ESCAPES])
def test_what_no_door_takes(run: Run, door: Callable[[Run, Input], Result], name: str) -> None:
    """A refusal in words, at once, that repeats no secret; the registry stays empty."""
    start = process_time()
    result = door(run, (REFUSED | _ESCAPES)[name])

    assert result.exit_code not in {0, 1}, result
    assert_answered(result)
    told = (result.stdout + result.stderr).lower()
    assert not [secret for secret in ("s3cr3t", "czNjcjN0QG", _AWS_KEY) if secret.lower() in told]
    assert len(result.stderr) < 2_000
    assert kept() == []
    assert process_time() - start < 5


# What is taken, and the address that it becomes; records have it written so already.
TAKEN = {
    "straße": ("https://straße.example/", "https://xn--strae-oqa.example/"),
    "例え": ("https://例え.example/", "https://xn--r8jz45g.example/"),
    "cyrillic": ("https://еxample.com/", "https://xn--xample-2of.com/"),
    "full width": ("https://ｓｈｏｐ.example/", "https://shop.example/"),
    "upper case": ("HTTPS://SHOP.example/A", "https://shop.example/A"),
    "dots": ("https://shop.example/a/../b", "https://shop.example/b"),
}


@every_door
@pytest.mark.parametrize("name", TAKEN)
def test_hosts_become_what_browsers_make_of_them(
    run: Run, door: Callable[[Run, Input], Result], name: str
) -> None:
    """Never another domain; a record with another spelling is not believed."""
    given, page = TAKEN[name]
    result = door(run, Input(given))

    assert_answered(result)
    if result.exit_code:
        assert door in {by_csv_export, by_jsonl, by_toml, by_sync}
        assert kept() == []
        result = door(run, Input(page))
    assert result.exit_code == 0, result.stderr
    [url] = kept()
    assert url.startswith(f"{page}?")
    assert_answered(run("list", *REGISTRY))


@every_door
@pytest.mark.parametrize("start", ["=", "+", "-", "@", "＝", "＋", "－", "＠"])
def test_no_spreadsheet_calculates_what_came_in(
    run: Run, door: Callable[[Run, Input], Result], start: str
) -> None:
    """Out as CSV it has an apostrophe, and back in it has none."""
    result = door(run, Input(campaign=f"{start}1+1"))
    assert_answered(result)
    if result.exit_code:  # the naming convention or the campaign's escape in a forged record
        assert kept() == []
        return
    before = kept()
    out = run("registry", "export", "-", "--as", "csv", *REGISTRY).stdout
    Path("out.csv").write_text(out, encoding="utf-8")
    cells = [cell for row in csv.reader(io.StringIO(out)) for cell in row]

    assert not [cell for cell in cells if cell[:1] in set("=+-@\t\r＝＋－＠")]
    Path("r.db").unlink()
    assert run("registry", "import", "out.csv", *REGISTRY).exit_code == 0
    assert kept() == before


MARKUP = {
    "style": Input("https://shop.example/?a=[bold%20red]b[/]&c=[/red]"),
    "link": Input("https://shop.example/?a=[link=https://evil.example]b[/link]"),
    "emoji": Input("https://shop.example/?a=:warning:&b=:smile:"),
    "HTML": Input("https://shop.example/?a=%3C/script%3E%3Cimg%20src=x%20onerror=alert(1)%3E"),
    "Markdown": Input("https://shop.example/?a=|b|`c`](https://evil.example)"),
    "placeholders": Input("https://shop.example/?a={0}%s$(touch%20x)`id`&b=${HOME}"),
    "nginx": Input("https://shop.example/?a=$host;return%20301"),
    "style in campaign": Input(campaign="[red]spring[/red]"),
    "emoji in campaign": Input(campaign=":smile:"),
    "path in campaign": Input(campaign="../../../spring"),
    "option in campaign": Input(campaign="--help"),
    "Markdown in campaign": Input(campaign="|a|`b`](https://evil.example)"),
    "HTML in campaign": Input(campaign="</script><b>x</b>"),
}


@every_door
@pytest.mark.parametrize("name", MARKUP)
def test_what_is_markup_elsewhere_is_text_here(
    run: Run, door: Callable[[Run, Input], Result], name: str
) -> None:
    """Every way out shows the address that is kept, and writes no file but the one named."""
    result = door(run, MARKUP[name])
    assert_answered(result)
    if result.exit_code:  # the naming convention, or an address that a record does not fit
        assert kept() == []
        return
    [url] = kept()
    [record] = json.loads(run("list", "--format", "json", *REGISTRY).stdout)["data"]
    before = sorted(Path.cwd().parent.rglob("*"))

    assert record["url"] == url
    assert run("list", "--format", "urls", *REGISTRY).stdout == f"{url}\n"
    assert run("show", record["id"], "--format", "urls", *REGISTRY).stdout == f"{url}\n"
    for kind in ("table", "csv", "markdown", "jsonl"):
        assert_answered(run("list", "--format", kind, *REGISTRY))
    assert "<b>" not in run("list", "--format", "markdown", *REGISTRY).stdout
    assert run("qr", record["id"], *REGISTRY).exit_code == 0
    assert sorted(Path.cwd().parent.rglob("*")) == before


def test_a_secret_in_a_campaign_file_is_told_with_its_line(run: Run) -> None:
    """And with what to do about it."""
    result = by_campaign_file(run, Input(campaign=_AWS_KEY))

    assert (result.exit_code, result.stderr) == (
        23,
        "error: campaigns.toml:1: the link has a private AWS key in utm_campaign\n"
        "hint: remove it, and change it wherever it gives access\n",
    )
