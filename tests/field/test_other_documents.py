"""Kinds of documents beside those of the field: escapes, folds, cells and lines with several."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Run

U = "https://shop.example/?utm_source=News&utm_medium=email&utm_campaign=spring"
XML = U.replace("&", "&amp;")
TEX = U.replace("_", r"\_").replace("&", r"\&")
JAVA = U.replace(":", r"\:").replace("=", r"\=")
FOLDED = f"URL:{U[:60]}\r\n {U[60:]}\r\n"

SLASHES = U.replace("/", r"\/")
DOCUMENTS: dict[str, tuple[str, str, int]] = {
    "single quotes in JSON5": ("a.json5", f"{{u: '{U}', v: \"{U}\"}}", 2),
    "a comment in JSON5": ("a.json", f"// {U}\n{{}}", 1),
    "a folded calendar": ("a.ics", f"BEGIN:VCALENDAR\r\n{FOLDED}END:VCALENDAR\r\n", 1),
    "a folded card": ("a.vcf", f"BEGIN:VCARD\r\n{FOLDED}END:VCARD\r\n", 1),
    "a calendar without its ending": ("invite", f"BEGIN:VCALENDAR\n{FOLDED}END:VCALENDAR\n", 1),
    "escapes in a calendar": ("a.ics", f"BEGIN:VCALENDAR\nDESCRIPTION:Hi\\nsee {U}\\, now\n", 1),
    "TeX": ("a.tex", f"\\href{{{TEX}}}{{x}}", 1),
    "a bibliography": ("a.bib", f"@misc{{a, url = {{{TEX}}}}}", 1),
    "Java's properties": ("a.properties", f"link={JAVA}\n", 1),
    "a property list": ("a.plist", f"<dict><string>{XML}</string></dict>", 1),
    "a saved address of macOS": (
        "a.webloc",
        f"<plist><dict><string>{XML}</string></dict></plist>",
        1,
    ),
    "a map": ("a.kml", f"<kml><Placemark><description>{XML}</description></Placemark></kml>", 1),
    "XML of an unknown name": ("a.feedx", f"<items>\n<item>{XML}</item></items>", 1),
    "labels above addresses": ("a.txt", f"Newsletter:\n{U}\nSMS:\n{U}\n", 2),
    "a rule of make": ("Makefile", f'open:\n\topen "{U}"\n', 1),
    "two addresses, quoted": ("a.txt", f'"{U}","{U}"\n', 2),
    "two addresses, a CSV without a header": ("a.csv", f'"{U}","{U}"\n"{U}","{U}"\n', 4),
    "two addresses, semicolon": ("a.list", f"{U};{U}\n", 2),
    "two addresses, bar": ("a.txt", f"{U}|{U}\n", 2),
    "two addresses in one cell": ("a.csv", f'name,url\nx,"{U}, {U}"\n', 2),
    "two addresses in one cell, no space": ("a.csv", f"name;url\nx;{U},{U}\n", 2),
    "two addresses in running text": ("a.py", f"# {U},{U}\n", 2),
    "a program with escapes": ("a.js", f'a = "{SLASHES}"; b = "{SLASHES}";', 2),
    "an escaped address in a sentence": ("a.js", f'a = "see {SLASHES} now";', 1),
    "a pattern": ("a.js", f"a = /^{SLASHES}$/; b = /{SLASHES}/; c = '{U}';", 1),
    "an encoded joint": ("a.ts", 'a = "' + SLASHES.replace("&", r"\u0026") + '";', 1),
    "the same in hexadecimal": ("a.py", 'a = "' + U.replace("&", r"\x26") + '"', 1),
    "JSON with comments": ("a.jsonc", f'{{"u": "{SLASHES}", // Spring\n}}', 1),
    "escapes in YAML": ("a.yaml", f'u: "{SLASHES}"\n', 1),
    "a script in a template": ("a.php", f'<p>x</p><script>u = "{SLASHES}";</script>', 1),
    "an address in an address": ("a.txt", f"{U}&u=https://b.example/\n", 1),
}


@pytest.mark.parametrize("case", DOCUMENTS)
def test_each_link_is_found_whole(run: Run, case: str) -> None:
    """Its uppercase source is the only finding, and `--fix` harms nothing."""
    name, text, links = DOCUMENTS[case]
    Path(name).write_bytes(text.encode())
    result = run("lint", name)

    assert result.stdout.count('source "News" has uppercase letters') == links
    assert result.stdout.count("UTM") == links
    assert f"in {links} link" in result.stderr
    run("lint", name, "--fix")
    assert Path(name).read_bytes().lower() == text.lower().encode()


BESIDE = {
    "a.txt": f"{U}\n{U};{U}\n",
    "a.csv": f'name,url\nx,{U}\ny,"=HYPERLINK(""{U}"",""Shop"")"\nz,<{U}>\n',
}


@pytest.mark.parametrize("name", BESIDE)
def test_links_that_cannot_be_fixed_are_counted(run: Run, name: str) -> None:
    """The others are fixed."""
    Path(name).write_text(BESIDE[name])
    result = run("lint", name, "--fix")

    assert f"note: 2 links of {name} were not fixed: only an address alone in its line or" in (
        result.stderr
    )
    assert Path(name).read_text() == BESIDE[name].replace("News", "news", 1)
