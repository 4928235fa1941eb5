"""`utmforge lint`, as people, CI and scripts use it."""

import json
import re
from datetime import UTC, datetime, tzinfo
from pathlib import Path

import pytest

from tests.conftest import EXAMPLE, ROOT, Run
from utmforge.issuing.make import make_link
from utmforge.model import Tags
from utmforge.registry import Registry
from utmforge.registry.rows import to_row

BASE = "https://shop.example/?"
GOOD = f"{BASE}utm_source=news&utm_medium=email&utm_campaign=spring"
LOUD = f"{BASE}utm_source=News&utm_medium=email&utm_campaign=spring"
PRIVATE = f"{BASE}utm_source=News&utm_medium=email&utm_campaign=spring&e=ann%40post.example"
FORMATS = ("table", "json", "jsonl", "csv", "markdown", "github", "sarif")


def test_clean_links_pass(run: Run) -> None:
    """Nothing on stdout, status 0."""
    result = run("lint", GOOD)

    assert result == (type(result))(0, "", "nothing found in 1 link\n")


def test_a_finding_has_place_code_message_and_hint(run: Run) -> None:
    """Place first; status 1 on a warning."""
    Path("links.txt").write_text(f"# mine\n\n{GOOD}\n  {LOUD}\n")
    result = run("lint", "links.txt")

    assert result.exit_code == 1
    assert result.stdout == (
        'links.txt:4:3: warning UTM101 letter-case: source "News" has uppercase letters: reports '
        'show it as a separate row\n    hint: write "news"\n'
    )
    assert result.stderr == (
        "1 warning in 2 links\n"
        "hint: --fix fixes some of this; --fix --dry-run shows what would change\n"
    )


def test_notes_alone_pass(run: Run) -> None:
    """They are said, and the status is 0."""
    result = run("lint", "-", stdin="https://shop.example/spring\n")

    assert result.exit_code == 0
    assert result.stdout.startswith(
        "standard input:1:1: note UTM206 untagged: the link has no tags"
    )


def test_bad_usage(run: Run) -> None:
    """Status 2, with the next step."""
    assert run("lint").exit_code == 2
    assert run("lint", "nothing-here.txt").exit_code == 2
    assert run("lint", GOOD, "--select", "UTM1O1").stderr.startswith(
        'error: no rule is called "UTM1O1"\nhint: did you mean "UTM101"?'
    )
    assert run("lint", "-", "--fix").exit_code == 2
    assert run("lint", GOOD, "-F", "urls").exit_code == 2


@pytest.mark.parametrize("fmt", FORMATS)
def test_what_is_private_is_in_no_format(run: Run, fmt: str) -> None:
    """Nor is anything else of that link."""
    Path("links.csv").write_text(f'url\n"{PRIVATE}"\n')
    Path("links.txt").write_text(f"{PRIVATE}\n")
    result = run("lint", "links.csv", "links.txt", PRIVATE, "--format", fmt)

    assert result.exit_code == 1
    assert "UTM501" in result.stdout
    assert "post.example" not in result.stdout + result.stderr


def test_json(run: Run) -> None:
    """The keys of a finding are a promise."""
    data = json.loads(run("lint", LOUD, "--format", "json").stdout)["data"]

    assert data == [
        {
            "code": "UTM101",
            "name": "letter-case",
            "severity": "warning",
            "where": "argument 1",
            "message": 'source "News" has uppercase letters: reports show it as a separate row',
            "hint": 'write "news"',
            "fix": GOOD,
        }
    ]


def test_github_annotations_are_escaped(run: Run) -> None:
    """One line each, whatever characters names and messages have."""
    Path("a,b:c%.txt").write_text(f"{BASE}utm_source=N%25&utm_medium=email&utm_campaign=spring\n")
    result = run("lint", "a,b:c%.txt", "--format", "github")

    assert result.stdout == (
        "::warning file=a%2Cb%3Ac%25.txt,line=1,col=1,title=UTM101 letter-case::"
        'source "N%25" has uppercase letters: reports show it as a separate row%0Awrite "n%25"\n'
    )


def test_html_and_markdown_places(run: Run) -> None:
    """Where the address begins, entities read; relative links only when they are tagged."""
    Path("n.html").write_text(
        '<p><a class="x"\n   href="' + LOUD.replace("&", "&amp;") + '">x</a>\n'
        '<a href="/x?utm_source=home">y</a><a href="/z">z</a><a href="mailto:a@b.example">m</a>\n'
    )
    Path("n.md").write_text(f"See [x]({LOUD}) or {LOUD}.\n\n[1]: {LOUD}\n")
    found = run("lint", "n.html", "n.md", "--select", "UTM101,UTM207", "-F", "csv").stdout

    places = [line.split(",")[3] for line in found.splitlines()[1:]]
    assert places == [
        "n.html:2:10",
        "n.html:3:10",
        "n.md:1:9",
        f"n.md:1:{14 + len(LOUD)}",
        "n.md:3:6",
    ]


def test_pages_of_one_s_own_site(run: Run) -> None:
    """Said with --site, or by the page's own canonical address."""
    Path("campaigns.toml").write_text('[workspace]\nown_domains = ["shop.example"]\n')
    link = f'<a href="{GOOD}">x</a>'
    Path("letter.html").write_text(link)
    Path("page.html").write_text(f'<link rel="canonical" href="https://shop.example/">{link}')

    assert run("lint", "letter.html").exit_code == 0
    assert "UTM207" in run("lint", "letter.html", "--site").stdout
    assert "UTM207" in run("lint", "page.html").stdout


def test_the_campaign_file(run: Run) -> None:
    """Without inputs; names as they are written, with the lines of their keys."""
    Path("campaigns.toml").write_text(
        '[campaigns.spring]\nlanding_page = "https://shop.example/"\n'
        'channels = ["email"]\ncontents = ["Hero Image", "footer"]\n\n'
        '[campaigns.sping]\nlanding_page = "https://shop.example/"\nchannels = ["telegram"]\n'
    )
    found = run("lint", "-F", "csv").stdout

    places = [line.split(",")[0] + " " + line.split(",")[3] for line in found.splitlines()[1:]]
    assert places == [
        "UTM101 campaigns.toml:4",
        "UTM102 campaigns.toml:4",
        "UTM702 campaigns.toml:6",
    ]
    assert run("lint", "--file", str(EXAMPLE)).exit_code == 0


def test_a_campaign_file_that_cannot_be_used(run: Run) -> None:
    """Each of its problems is a finding, and what is private in it is not repeated."""
    Path("campaigns.toml").write_text(
        '[campaigns.spring]\nlanding_pge = "x"\n"ann@mail.example" = 1\n'
    )
    result = run("lint")

    assert result.exit_code == 1
    assert "campaigns.toml:2: error UTM704 campaign-file: unknown key" in result.stdout
    assert "mail.example" not in result.stdout + result.stderr


def test_the_registry(run: Run) -> None:
    """Issued links have findings, and names of files are compared with issued ones."""
    run("new", "https://shop.example/", "-c", "spring-sale", "-C", "telegram")
    own = run("lint", "--issued", "--select", "UTM410,UTM103")
    Path("links.txt").write_text(
        f"{BASE}utm_source=news&utm_medium=email&utm_campaign=sping-sale\n"
    )
    near = run("lint", "links.txt", "--issued", "--select", "UTM702")

    assert own.exit_code == 0
    assert own.stderr == "nothing found in 1 link\n"
    assert near.stdout.startswith(
        'links.txt:1:1: warning UTM702 near-duplicate: campaign "sping-sale" is nearly '
        '"spring-sale"'
    )


def test_suppressions(run: Run) -> None:
    """On the line, on the line before, in the file, in a campaign, on the command line."""
    Path("links.txt").write_text(
        f"{LOUD} # utmforge: ignore UTM101 the agency's own\n"
        f"# utmforge: ignore UTM101 the agency's own\n{LOUD}\n{LOUD} # utmforge: ignore UTM101\n"
    )
    result = run("lint", "links.txt", "-F", "csv").stdout
    assert [line.split(",")[0] for line in result.splitlines()[1:]] == ["UTM901"]

    Path("links.txt").write_text(f"{LOUD}\n")
    assert run("lint", "links.txt", "--ignore", "letter-case").exit_code == 0
    Path("campaigns.toml").write_text('[lint]\nignore = { UTM101 = "as agreed" }\n')
    assert run("lint", "links.txt").exit_code == 0
    Path("campaigns.toml").write_text(
        '[campaigns.spring]\nlanding_page = "https://shop.example/"\nchannels = ["email"]\n'
        'lint = { ignore = { UTM101 = "as agreed" } }\n'
    )
    assert run("lint", "links.txt").exit_code == 0


def test_fix_rewrites_lists_and_csv_in_place(run: Run) -> None:
    """The difference on stderr, every other byte as it was; --dry-run writes nothing."""
    before = f"\ufeff# mine\r\n  {LOUD}  # utmforge: ignore UTM103 x\r\n{PRIVATE}\r\n{GOOD}"
    Path("links.txt").write_bytes(before.encode())
    Path("links.csv").write_text(f'a;url\n1;"{LOUD}"\n')
    tried = run("lint", "links.txt", "links.csv", "--fix", "--dry-run")
    assert Path("links.txt").read_bytes() == before.encode()
    done = run("lint", "links.txt", "links.csv", "--fix")

    assert f'-1;"{LOUD}"\n+1;"{GOOD}"\n' in tried.stderr
    assert f'-1;"{LOUD}"\n+1;"{GOOD}"\n' in done.stderr
    assert "post.example" not in tried.stderr + done.stderr
    assert Path("links.txt").read_bytes() == before.replace(LOUD, GOOD, 1).encode()
    assert Path("links.csv").read_text() == f'a;url\n1;"{GOOD}"\n'


def test_fix_rewrites_the_campaign_file(run: Run) -> None:
    """Values, not the names of campaigns; comments and blanks stay."""
    text = (
        "# mine\n[campaigns.Spring]   # name\nlanding_page = 'https://shop.example/'\n"
        'channels = ["email"]\ncontents = ["Hero Image", "b"]  # two\n\n\n# end\n'
    )
    Path("campaigns.toml").write_text(text)
    run("lint", "--fix")

    assert Path("campaigns.toml").read_text() == text.replace("Hero Image", "hero-image")


def test_an_address_that_is_html_is_not_fixed(run: Run) -> None:
    """Told, not silently left."""
    Path("n.html").write_text(f'<a href="{LOUD}">x</a>')

    assert "n.html was not fixed" in run("lint", "n.html", "--fix").stderr


@pytest.mark.parametrize("code", ["UTM704", "UTM801", "UTM802", "UTM901", "UTM902"])
def test_the_rules_about_files(run: Run, code: str) -> None:
    """Their cases are whole files."""
    import tomllib

    kinds = tomllib.loads((ROOT / f"tests/data/lint/{code}.toml").read_text())
    for kind in ("passing", "failing"):
        for case in kinds[kind]:
            Path("campaigns.toml").unlink(missing_ok=True)
            Path(case["name"]).write_text(case["text"])
            how = ("--against", case["name"], "-F", "github") if "against" in case else ()
            out = run("lint", *(how or (case["name"],))).stdout

            assert bool(re.search(f"[ =]{code} ", out)) is (kind == "failing"), case
            assert case.get("says", "") in out


def test_names_are_compared_with_those_of_the_campaign_file(run: Run, work: Path) -> None:
    """Also when only a list is read."""
    (work / "campaigns.toml").write_text(
        '[campaigns.spring-sale]\nlanding_page = "https://x.example/"\nchannels = ["sms"]\n'
    )
    (work / "links.txt").write_text(
        "https://x.example/?utm_source=sms&utm_medium=sms&utm_campaign=sping-sale\n"
    )
    result = run("lint", "links.txt", "--select", "UTM702")

    assert result.exit_code == 1
    assert 'campaign "sping-sale" is nearly "spring-sale"' in result.stdout


SPRING = (
    '[campaigns.spring]\nlanding_page = "https://shop.example/"\nchannels = ["email"]\n'
    "starts = 2026-03-20\nends = 2026-04-15\n"
)


@pytest.mark.parametrize(
    ("issued_at", "timezone", "day"),
    [
        ("2026-03-01T00:00:00+00:00", None, None),  # links are made ahead of the first day
        ("2026-04-15T23:59:59+00:00", None, None),  # in time, and right for as long as it is used
        ("2026-04-16T00:00:00+00:00", None, "2026-04-16"),
        ("2026-04-16T01:30:00+02:00", None, None),
        ("2026-04-16T03:59:59+00:00", "America/New_York", None),
        ("2026-04-16T04:00:00+00:00", "America/New_York", "2026-04-16"),
        ("2026-04-15T15:00:00+00:00", "Asia/Tokyo", "2026-04-16"),
    ],
)
def test_an_issued_link_is_outside_the_dates_when_it_was_issued_after_them(
    run: Run, issued_at: str, timezone: str | None, day: str | None
) -> None:
    """By the calendar that `new` goes by; one that was issued in time is never a finding."""
    workspace = f'[workspace]\ntimezone = "{timezone}"\n' if timezone else ""
    Path("campaigns.toml").write_text(workspace + SPRING)
    link = make_link("https://shop.example/", Tags("news", "email", "spring"))
    with Registry.open("links.db") as registry:
        registry.add([link], now=datetime.fromisoformat(issued_at))
    words = ("lint", "--issued", "--registry", "links.db", "--select", "UTM703")
    found = run(*words)

    assert found.stdout == (
        f'registry:{link.id}: warning UTM703 outside-its-dates: campaign "spring" ended on '
        f"2026-04-15, and the link was issued on {day}\n"
        f"    hint: utmforge retire {link.id}, or change the campaign's last day in "
        "campaigns.toml\n"
        if day
        else ""
    )
    assert found.exit_code == bool(day)
    with Registry.open("links.db") as registry:
        registry.retire([link.id], "over")
    assert run(*words).exit_code == 0


def test_an_issue_date_that_is_no_day_is_passed_over(run: Run) -> None:
    """Up to 0.2.0 an import took any digits."""
    Path("campaigns.toml").write_text(SPRING)
    link = make_link("https://shop.example/", Tags("news", "email", "spring"))
    with Registry.open("links.db") as registry:
        row = to_row(link, "2026-99-99T00:00:00Z", None)
        registry.database.write(lambda: registry.database.insert("links", [row]))

    assert run("lint", "--issued", "--registry", "links.db").exit_code == 0


def test_a_campaign_without_a_last_day_goes_on(run: Run) -> None:
    """Nothing issued is ever outside."""
    Path("campaigns.toml").write_text(SPRING.partition("starts")[0] + "starts = 2099-01-01\n")
    run("build")

    assert run("lint", "--issued", "--select", "UTM703").stdout == ""


def test_today_is_a_day_of_the_workspace(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text that goes out on the last day in Honolulu is in time, the next day in UTC or not."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Clock":
            return cls(2026, 4, 16, 5, tzinfo=UTC).astimezone(tz)

    monkeypatch.setattr("utmforge.cli.commands.lint.datetime", Clock)
    Path("links.txt").write_text(f"{GOOD}\n")
    for workspace, status in (("", 1), ('[workspace]\ntimezone = "Pacific/Honolulu"\n', 0)):
        Path("campaigns.toml").write_text(workspace + SPRING)

        assert run("lint", "links.txt", "--select", "UTM703").exit_code == status
