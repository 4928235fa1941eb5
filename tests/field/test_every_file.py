"""A file in which nothing could be read is never all clear, whatever kind of file it is."""

import base64
import json
import quopri
from pathlib import Path

import pytest

from tests.conftest import Run

TAGS = "utm_source=News&utm_medium=email&utm_campaign=spring"
U = f"https://shop.example/?{TAGS}"
V = U.replace("shop", "www.other")
CAPITAL = 'warning UTM101 letter-case: source "News"'


def places(run: Run, name: str, data: str | bytes) -> list[str]:
    """Return where a link with a capital letter was found, as `line:column`."""
    Path(name).write_bytes(data if isinstance(data, bytes) else data.encode())
    result = run("lint", name, "--format", "json", "--select", "UTM101,UTM604,UTM106")
    found = json.loads(result.stdout)["data"]
    assert {one["code"] for one in found} <= {"UTM101"}, found
    return [one["where"].removeprefix(f"{name}:") for one in found]


QUOTED = quopri.encodestring(f'<p>Gr\u00fc\u00dfe\n<a href="{U}">Spring</a>'.encode()).decode()
CODED = base64.encodebytes(f"See {U} and more, all of it for you.".encode()).decode()
FILES: list[tuple[str, str | bytes, list[str]]] = [
    ("news.txt", f"Hello!\n\nOur spring sale: {U}.\nBye, ({V}) and more words.\n", ["3:18", "4:7"]),
    ("bullets.txt", f"Links\n- {U}\n* {V}\nFacebook: {U}\n", ["2:3", "3:3", "4:11"]),
    ("short.txt", "Only today at shop.example/sale?utm_source=News&utm_medium=sms\n", ["1:15"]),
    ("list.lst", f"{U}\n{V}\n", ["1:1", "2:1"]),
    ("page.txt", f'<html>\n<a\n  href="{U.replace("&", "&amp;")}">x</a>\n', ["3:9"]),
    ("sheet.txt", f"Name\tLink\nA\t{U}\n".encode("utf-16"), ["2:3"]),
    ("mail.hbs", f'{{{{#if a}}}}\n<a href="{U.replace("&", "&amp;")}">x{{{{/if}}}}\n', ["2:10"]),
    ("mail.liquid", f"Hi {{{{ name }}}},\n{U}\n", ["2:1"]),
    ("mail.erb", f"<% if a > b %>\n<a href='{U}'><%= t('x') %></a>\n<% end %>\n", ["2:10"]),
    ("mail.njk", f'{{% block a %}}<a class="b" href={U}>x</a>{{% endblock %}}\n', ["1:32"]),
    ("page.php", f"<?php\n$url = '{U}';\n?>\n<a href=\"{V}\">x</a>\n", ["2:9", "4:10"]),
    ("page.jsx", f'export const A = () => <a href="{U}">x</a>;\n', ["1:33"]),
    ("page.rst", f"Spring\n======\n\n`Sale <{U}>`_ and `a`_\n\n.. _a: {V}\n", ["4:8", "6:8"]),
    ("page.adoc", f"= Spring\n\nSee {U}[the sale] or link:{V}[b].\n", ["3:5", "3:98"]),
    ("links.json", json.dumps({"a": [U, f"See {V}!"]}, indent=1), ["3:4", "4:8"]),
    ("escaped.json", f'{{"a": "{U}"}}'.replace("/", r"\/").replace("&", r"\u0026"), ["1:8"]),
    ("html.json", json.dumps({"html": f'<p>\n<a href="{U.replace("&", "&amp;")}">'}), ["1:26"]),
    ("lines.jsonl", f'{{"a": "{U}"}}\n{{"b": "{V}"}}\n', ["1:8", "2:8"]),
    ("links.yml", f"spring:\n  url: {U} # remark\n  - '{V}'\n", ["2:8", "3:6"]),
    ("links.yaml", f'a: "{U}"\nb: {{c: {V}}}\n', ["1:5", "2:8"]),
    ("links.py", f'URL = "{U}"\nprint(f"{V}&a={{b}}\\n")\n', ["1:8", "2:9"]),
    ("links.js", f"const a = `{U}&x=${{y}}`; // {V}\n", ["1:12", "1:99"]),
    ("poster.svg", f'<svg xmlns="http://www.w3.org/2000/svg">\n<a xlink:href="{U}">\n'
     f"<text>QR: {V.replace('&', '&amp;')}</text></a></svg>\n", ["2:16", "3:11"]),
    ("feed.xml", f"<rss>\n<link>{U.replace('&', '&amp;')}</link>\n<a><![CDATA[{V}]]></a>\n",
     ["2:7", "3:13"]),
    ("plain.eml", f"Subject: a\n\nHello, see\n{U}\n", ["4:1"]),
    ("html.eml", "Subject: a\nContent-Type: text/html; charset=utf-8\n"
     f"Content-Transfer-Encoding: quoted-printable\n\n{QUOTED}", ["6:12"]),
    ("parts.eml", 'MIME-Version: 1.0\nContent-Type: multipart/alternative;\n boundary="=_x"\n\n'
     f"--=_x\nContent-Type: text/plain\n\n{U}\n--=_x\nContent-Type: text/html\n\n"
     f'<a href="{V}">x</a>\n--=_x--\n', ["8:1", "12:10"]),
    ("coded.eml", "Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n" + CODED,
     ["4:1"]),
    ("mail", f"MIME-Version: 1.0\nContent-Type: text/plain\n\nSee {U}\n", ["4:5"]),
    ("app.log", f'GET "{U}" 200\n', ["1:6"]),
    ("links.env", f"URL={U}\n", ["1:5"]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data", "found"), FILES, ids=[one[0] for one in FILES])
def test_each_link_is_found_where_it_stands(
    run: Run, name: str, data: str | bytes, found: list[str]
) -> None:
    """Decoded, and without what is around it."""
    assert places(run, name, data) == found


@pytest.mark.parametrize(("name", "data", "_"), FILES, ids=[one[0] for one in FILES])
def test_fix_changes_whole_addresses_only(
    run: Run, name: str, data: str | bytes, _: list[str]
) -> None:
    """What is around an address stays, and so does an address that is only found in a text."""
    before = data if isinstance(data, bytes) else data.encode()
    Path(name).write_bytes(before)
    run("lint", name, "--fix")
    after = Path(name).read_bytes()

    is_fixed = name in {"list.lst", "sheet.txt"}
    assert (after != before) is is_fixed
    code = "utf-16" if name == "sheet.txt" else "utf-8"
    assert after.decode(code).replace("=news", "=News") == before.decode(code)


CELLS = [
    (f'"{U}\n"', "2:4"),
    (f"\u200b{U}\u200b", "2:4"),
    (f"<{U}>", "2:4"),
    (f"'{U}", "2:4"),
    (f"Link: {U}", "2:9"),
    (f"shop.example/sale?{TAGS}", "2:3"),
    (f'"=HYPERLINK(""{U}"",""x"")"', "2:17"),
    (f'"=HYPERLINK(""{U}"";""x"")"', "2:17"),
    (f"[Spring]({U})", "2:12"),
    (f'"<a href=""{U.replace("&", "&amp;")}"">x</a>"', "2:14"),
    (f'"first\n{U}\nlast"', "3:1"),
    (f"\u00a0{U} ", "2:4"),
    (f"({U})", "2:4"),
    (f"{U}", "2:3"),
    (f'"one, {U}"', "2:9"),
]


@pytest.mark.parametrize(("cell", "place"), CELLS, ids=range(len(CELLS)))
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_cell_is_read_as_people_fill_it(run: Run, cell: str, place: str, ending: str) -> None:
    """Formulas, Markdown, HTML, line breaks and what cannot be seen."""
    assert places(run, "t.csv", f"name,link\na,{cell}\n".replace("\n", ending)) == [place]


COLUMNS = [
    ("page,utm_source,utm_medium,utm_campaign", "https://shop.example/,Facebook,social,x"),
    ("Landing Page,Source,Medium,Campaign", "https://shop.example/,Facebook,social,x"),
    ("Zielseite;Quelle;Medium;Kampagne", "https://shop.example/;Facebook;social;x"),
    ("Page de destination;Source;Support;Campagne", "https://shop.example/;Facebook;social;x"),
    ("website\tutm_source\tutm_medium\tutm_campaign", "shop.example\tFacebook\tsocial\tx"),
    ("base_url,path,utm_source,utm_medium,utm_campaign", "https://shop.example,/a,Facebook,social,x"),
    ("utm_campaign,utm_medium,utm_source,url", "x,social,Facebook,https://shop.example/a?b=1#c"),
    ("Notes,Destination URL,Campaign Source,Campaign Medium,Campaign Name",
     '"a, b",https://shop.example/,Facebook,social,x'),
    ("url,source,medium", "https://shop.example/,Facebook,social"),
    ("Pagina de destino,Fuente,Medio,Campaña", "https://shop.example/,Facebook,social,x"),
]  # fmt: skip


@pytest.mark.parametrize(("header", "row"), COLUMNS, ids=range(len(COLUMNS)))
def test_tags_in_columns_of_their_own_are_linted(run: Run, header: str, row: str) -> None:
    """They are the tags of the landing page in their row; they are not fixed."""
    text = f"{header}\n{row}\n"
    Path("t.csv").write_text(text)
    result = run("lint", "t.csv", "--select", "UTM101", "--fix")

    assert result.exit_code == 1
    assert "t.csv:2:" in result.stdout
    assert 'source "Facebook" has uppercase letters' in result.stdout
    assert result.stderr == "1 warning in 1 link\n"
    assert Path("t.csv").read_text() == text


def test_columns_that_may_be_something_else_are_not_tags(run: Run) -> None:
    """A source is where an article came from, until another tag stands beside it."""
    Path("t.csv").write_text("title,url,source\nA,https://shop.example/a,Daily News\n")

    assert "UTM101" not in run("lint", "t.csv").stdout


NOTHING: list[tuple[str, bytes]] = [
    ("empty.csv", b"name,town\nA,B\n"),
    ("latin.csv", "Name;Stra\u00dfe\nA;B\n".encode("cp1252")),
    ("wide.csv", "name,town\nA,B\n".encode("utf-16")),
    ("page.html", b"<p>Hello</p>"),
    ("wide.html", "<p>Hello</p>".encode("utf-16")),
    ("page.md", b"# Hello\n"),
    ("code.md", f"Use\n\n    {U}\n".encode()),
    ("words.txt", b"Hello\nagain, and again\n"),
    ("remarks.txt", b"# one\n# two\n"),
    ("a.json", b'{"a": 1}'),
    ("a.eml", b"Subject: a\n\nHello\n"),
    ("a.py", b"print()\n"),
    ("image.png", bytes(range(256))),
]


@pytest.mark.parametrize(("name", "data"), NOTHING, ids=[one[0] for one in NOTHING])
@pytest.mark.parametrize("fmt", ["table", "github", "sarif", "csv"])
def test_no_link_is_said_and_fails_a_strict_run(run: Run, name: str, data: bytes, fmt: str) -> None:
    """Also if nothing else is to be said."""
    Path(name).write_bytes(data)
    result = run("lint", name, "--format", fmt, "--quiet")
    strict = run("lint", name, "--format", fmt, "--strict")

    assert (result.exit_code, strict.exit_code) == (0, 1)
    assert result.stderr == f'warning: there are no links in "{name}"\n'
    assert f'warning: there are no links in "{name}"\n' in strict.stderr


def test_an_empty_file_is_no_failure(run: Run) -> None:
    """There is nothing to miss in it."""
    Path("a.csv").write_text(" \n")

    assert run("lint", "a.csv", "--strict").exit_code == 0


@pytest.mark.parametrize("begun", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
@pytest.mark.parametrize("name", ["a.xlsx", "a.xls", "a.ods", "a.csv", "a.txt"])
@pytest.mark.parametrize(
    "words",
    [
        ("lint", "{}"),
        ("lint", "{}", "--fix"),
        ("new", "--from", "{}", "-c", "spring", "-C", "sms"),
        ("registry", "import", "{}"),
        ("compare", "{}"),
    ],
)
def test_a_workbook_gets_the_same_sentence_everywhere(
    run: Run, begun: bytes, name: str, words: tuple[str, ...]
) -> None:
    """It says what to do, and shows nothing of the file."""
    Path(name).write_bytes(begun + bytes(range(256)))
    result = run(*(word.format(name) for word in words))

    assert result.stdout == ""
    assert result.stderr == (
        f'error: "{name}" is an archive or an Excel workbook\nhint: save the sheet as CSV\n'
    )
