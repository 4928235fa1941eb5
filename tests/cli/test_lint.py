"""`utmforge lint`, as people, CI and scripts use it."""

import json
import re
from pathlib import Path

import pytest

from tests.conftest import ROOT, Run

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


def test_an_address_that_is_html_is_not_fixed(run: Run) -> None:
    """Told, not silently left."""
    Path("n.html").write_text(f'<a href="{LOUD}">x</a>')

    assert "n.html was not fixed" in run("lint", "n.html", "--fix").stderr


@pytest.mark.parametrize(
    "code", ["UTM704", "UTM705", "UTM751", "UTM752", "UTM801", "UTM802", "UTM901", "UTM902"]
)
def test_the_rules_about_files(run: Run, code: str) -> None:
    """Their cases are whole files."""
    import tomllib

    kinds = tomllib.loads((ROOT / f"tests/data/lint/{code}.toml").read_text())
    for kind in ("passing", "failing"):
        for case in kinds[kind]:
            Path("campaigns.toml").unlink(missing_ok=True)
            if "built" in case:
                Path(case["name"]).write_text(case["built"])
                run("build")
            Path(case["name"]).write_text(case["text"])
            how = ("--against", case["name"], "-F", "github") if "against" in case else ()
            out = run("lint", *(how or (case["name"],))).stdout

            assert bool(re.search(f"[ =]{code} ", out)) is (kind == "failing"), case
            assert case.get("says", "") in out


SPRING = (
    '[campaigns.spring]\nlanding_page = "https://shop.example/"\nchannels = ["email"]\n'
    "starts = 2026-03-20\nends = 2026-04-15\n"
)
