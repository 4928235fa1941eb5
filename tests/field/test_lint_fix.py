"""`utmforge lint --fix` rewrites addresses, and nothing that only has an address in it."""

from pathlib import Path

import pytest

from tests.conftest import Run

TAGS = "utm_source=News&utm_medium=email&utm_campaign=Spring"
LOUD = f"https://shop.example/?{TAGS}"
QUIET = LOUD.replace("News", "news").replace("Spring", "spring")

OTHER_FILES = [
    ("links.json", f'[{{\n "link": "{LOUD}",\n "x": 1 }}]\n'),
    ("list.json", f'["{LOUD}"]\n'),
    ("poster.svg", f'<svg><text fill="#FFFFFF">QR: {LOUD}</text></svg>\n'),
    ("links.py", f'URL = "{LOUD}"\n'),
    ("links.js", f"const url = `\n{LOUD}`;\n"),
    ("links.sh", f"#!/bin/sh\ncurl \\\n{LOUD}\n"),
    ("links.yml", f"url: {LOUD} # remark\n"),
    ("list.yaml", f"links:\n- {LOUD}\n"),
    ("mail.eml", f"Subject: Spring\n\n{LOUD.replace('=', '=3D')}=\n"),
    ("mail.hbs", f"<p>\n{LOUD.replace('&', '&amp;')}\n</p>\n"),
    ("mail.liquid", f"{{% if a %}}\n{LOUD}\n{{% endif %}}\n"),
    ("page.rst", f"Spring\n======\n\n{LOUD}\n"),
    ("links.env.example", f"URL={LOUD}\n"),
]


@pytest.mark.parametrize(("name", "text"), OTHER_FILES)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_file_that_is_not_a_list_stays_byte_for_byte(
    run: Run, name: str, text: str, newline: str
) -> None:
    """One sentence says why, with the next step."""
    data = text.replace("\n", newline).encode()
    Path(name).write_bytes(data)
    result = run("lint", name, "--fix")

    assert Path(name).read_bytes() == data
    assert [line for line in result.stderr.splitlines() if "not fixed" in line] == [
        f"note: {name} was not fixed: it is not a list of addresses; put its links in a .txt file, "
        "one per line"
    ]


@pytest.mark.parametrize("name", ["links.txt", "links.urls", "links.list", "links", "links.lst"])
def test_a_list_is_fixed_whatever_its_name(run: Run, name: str) -> None:
    """Comments, blank lines and line ends stay; so does an address that is fine."""
    text = f"# mine\r\n\r\n  {LOUD}\r\n{QUIET}\r\n"
    Path(name).write_bytes(text.encode())
    run("lint", name, "--fix")

    assert Path(name).read_bytes() == text.replace(LOUD, QUIET).encode()


@pytest.mark.parametrize(
    "line",
    [
        f"see {LOUD} for more.",
        f"Spring: {LOUD}",
        f"{LOUD} (newsletter)",
        f"{LOUD} # remark",
        f"{LOUD}\tremark",
        f"{LOUD}\N{NO-BREAK SPACE}remark",
        f"{LOUD} {LOUD}",
        f"{LOUD},{LOUD}",
        f"{LOUD};{LOUD}",
        f"{LOUD}|{LOUD}",
        f"{LOUD}{LOUD}",
        f"{LOUD},shop.example/?{TAGS}",
        f"{LOUD},",
        f"{LOUD}',",
        f'"{LOUD}",',
        f"'{LOUD}'",
        f"<{LOUD}>",
        f"[Spring]({LOUD})",
        f'<a href="{LOUD}">Spring</a>',
        f'=HYPERLINK("{LOUD}")',
        f"curl {LOUD}",
        f"htp://shop.example/?{TAGS}",
        f"https:///?{TAGS}",
        f"https://ann:secret@shop.example/?{TAGS}",
        LOUD.replace("=", "=3D"),
    ],
)
def test_only_a_whole_line_is_fixed(run: Run, line: str) -> None:
    """What is more, or less, than one address stays; the next line is fixed."""
    Path("links.txt").write_text(f"{line}\n{LOUD}\n")
    run("lint", "links.txt", "--fix")

    assert Path("links.txt").read_text() == f"{line}\n{QUIET}\n"


@pytest.mark.parametrize(
    "cell",
    [
        f'"{LOUD} (newsletter)"',
        f'"{LOUD}, {LOUD}"',
        f'"{LOUD},{LOUD}"',
        f"{LOUD}|{LOUD}",
        f"Spring: {LOUD}",
        f'"first:\n{LOUD}\nlast"',
        f'"=HYPERLINK(""{LOUD}"")"',
        f"{LOUD},b",
    ],
)
def test_only_a_whole_cell_is_fixed(run: Run, cell: str) -> None:
    """Also a cell of several lines stays, and a row with more cells than the header."""
    Path("links.csv").write_text(f"name,url\na,{cell}\nb,{LOUD}\n")
    run("lint", "links.csv", "--fix")

    assert Path("links.csv").read_text() == f"name,url\na,{cell}\nb,{QUIET}\n"


def test_half_an_address_is_not_fixed(run: Run) -> None:
    """A comma that no quotes enclose cuts the address off."""
    text = f"url\n{LOUD},Summer\n"
    Path("links.csv").write_text(text)
    run("lint", "links.csv", "--fix")

    assert Path("links.csv").read_text() == text


def test_no_fix_is_offered_for_what_is_not_fixed(run: Run) -> None:
    """Neither by the hint nor in JSON."""
    Path("mail.txt").write_text(f"see {LOUD} for more.\n")

    assert "--fix" not in run("lint", "mail.txt").stderr
    assert '"fix": "' not in run("lint", "mail.txt", "--format", "json").stdout


@pytest.mark.parametrize(
    ("name", "text", "is_offered"),
    [
        ("mail.html", f'<a href="{LOUD}">Spring</a>\n', False),
        ("mail.md", f"[Spring]({LOUD})\n", False),
        ("page.rst", f"Spring\n======\n\n{LOUD}\n", False),
        ("links.txt", f"{LOUD}\n", True),
        ("links.csv", f"url\n{LOUD}\n", True),
        (
            "campaigns.toml",
            '[campaigns.spring]\nlanding_page = "https://shop.example/"\n'
            'channels = ["email"]\ncontents = ["Hero Image"]\n',
            True,
        ),
    ],
)
def test_a_fix_is_offered_where_fix_can_do_something(
    run: Run, name: str, text: str, *, is_offered: bool
) -> None:
    """And --fix then changes the file."""
    Path(name).write_text(text)
    result = run("lint", name)

    assert result.exit_code == 1
    assert ("hint: --fix" in result.stderr) is is_offered
    run("lint", name, "--fix")
    assert (Path(name).read_text() != text) is is_offered


def test_no_fix_is_offered_for_an_address(run: Run) -> None:
    """There is no file to rewrite."""
    result = run("lint", LOUD)

    assert result.exit_code == 1
    assert "--fix" not in result.stderr


def test_fixing_twice_is_fixing_once(run: Run) -> None:
    """The second run changes nothing."""
    Path("links.txt").write_text(f"{LOUD}\nhttps://shop.example/?utm-source=A&UTM_Medium=b\n")
    run("lint", "links.txt", "--fix")
    once = Path("links.txt").read_bytes()
    run("lint", "links.txt", "--fix")

    assert Path("links.txt").read_bytes() == once
