"""Files and arguments that are not UTF-8: read as spreadsheets write them, or refused in words."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import Run
from utmforge.errors import NotALink
from utmforge.explain.explanation import found_link
from utmforge.files.decoding import read_text
from utmforge.lint import Linter
from utmforge.lint.repair import repaired
from utmforge.urls.address import read_address

LOUD = "https://shop.example/?utm_source=News&utm_medium=email&utm_campaign=spring&x=Stück"
QUIET = LOUD.replace("News", "news")
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252")
TEXTS = {
    "l.txt": f"{LOUD}\r\n",
    "l": f"# Käse\n{LOUD}\n",
    "l.csv": f"Name;URL\r\nKäse;{LOUD}\r\n",
    "l.html": f'<p>Käse</p><a href="{LOUD.replace("&", "&amp;")}">x</a>',
    "l.md": f"Käse: [x]({LOUD})\n",
}


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("name", TEXTS)
def test_links_are_found_in_any_encoding(run: Run, name: str, encoding: str) -> None:
    """And the finding is the same."""
    Path(name).write_bytes(TEXTS[name].encode(encoding))
    result = run("lint", name)

    assert result.stdout.count('source "News" has uppercase letters') == 1
    assert "in 1 link\n" in result.stderr
    assert result.exit_code == 1


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("name", ["l.txt", "l", "l.csv"])
def test_a_fix_keeps_the_encoding(run: Run, name: str, encoding: str) -> None:
    """Every other byte is as it was, its byte order mark included."""
    Path(name).write_bytes(TEXTS[name].encode(encoding))
    run("lint", name, "--fix")

    assert Path(name).read_bytes() == TEXTS[name].replace(LOUD, QUIET).encode(encoding)


def test_bytes_that_no_encoding_has_stay(run: Run) -> None:
    """The file is left alone, and the next step is said."""
    data = LOUD.encode("cp1252") + b"\n# \x81\n"
    Path("l.txt").write_bytes(data)
    result = run("lint", "l.txt", "--fix")

    assert Path("l.txt").read_bytes() == data
    assert "note: l.txt was not fixed: it cannot be written back in its encoding; save" in (
        result.stderr
    )


ENDS = (b"https://shop.example/?utm_source=acme\xe9", b"https://shop.example/\xae")


@pytest.mark.parametrize("url", ENDS)
@pytest.mark.parametrize("name", ["a.txt", "a.csv", "a.html", "a.md", "-"])
@pytest.mark.parametrize("fmt", ["table", "json", "sarif"])
def test_lint_reads_windows_1252(run: Run, name: str, url: bytes, fmt: str) -> None:
    """In every kind of file and on standard input."""
    data = b'<a href="' + url + b'">x</a>' if name.endswith("html") else url
    if name != "-":
        Path(name).write_bytes(data)
    result = run("lint", name, "--format", fmt, stdin=data)

    assert result.exit_code in {0, 1}
    assert "UTM604" not in result.stdout.replace('"id": "UTM604"', "")


@pytest.mark.parametrize("url", ENDS)
def test_an_argument_that_is_not_text_is_a_finding(run: Run, url: bytes) -> None:
    """And nothing else is said of it."""
    result = run("lint", url.decode("utf-8", "surrogateescape"))

    assert result.exit_code == 1
    assert result.stdout == (
        "argument 1: error UTM604 not-an-address: the address is not UTF-8 text\n"
        "    hint: save the file again as UTF-8\n"
    )


@pytest.mark.parametrize("url", ENDS)
def test_explain_reads_standard_input_and_refuses_an_argument(run: Run, url: bytes) -> None:
    """It is Windows-1252 where it is a text, and a refusal where it is a word of the shell."""
    assert run("explain", "-", stdin=url).exit_code == 0
    given = url.decode("utf-8", "surrogateescape")
    for words in ((given,), (given, given)):
        result = run("explain", *words)
        assert result.exit_code == 2
        assert result.stderr == (
            "error: the link is not UTF-8 text\nhint: copy it again from where you found it\n"
        )


def test_a_workbook_is_refused(run: Run) -> None:
    """Once, with the next step."""
    Path("l.xlsx").write_bytes(b"PK\x03\x04\x00\x00")
    result = run("lint", "l.xlsx")

    assert result.exit_code == 2
    assert result.stderr == (
        'error: "l.xlsx" is an archive or an Excel workbook\nhint: save the sheet as CSV\n'
    )


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("l.csv", "name,url\nspring,see the sheet\n"),
        ("l.html", "<p>Spring</p>"),
        ("l.md", "# Spring\n"),
    ],
)
def test_a_file_without_links_is_a_warning(run: Run, name: str, text: str) -> None:
    """It passes, and is not passed over; an empty file has nothing to say."""
    Path(name).write_text(text)
    Path(f"empty{name}").write_text("\n")
    result = run("lint", name, f"empty{name}")

    assert result.exit_code == 0
    assert result.stderr == (f'warning: there are no links in "{name}"\nnothing found in 0 links\n')


@pytest.mark.parametrize(
    "head",
    [
        "UTM-Links 2026\r\nChannel;URL\r\nNews;",
        "Channel;Name, first name, town, x;URL\r\nNews;a, b;",
        "sep=;\r\nChannel;URL\r\nNews;",
        "Channel\tURL\r\nNews\t",
    ],
)
def test_the_separator_is_that_of_most_lines(run: Run, head: str) -> None:
    """A title above the header, or commas in it, hide nothing."""
    Path("l.csv").write_text(f"{head}{LOUD}\r\n")

    assert "in 1 link\n" in run("lint", "l.csv").stderr


TEXT = st.text(st.characters() | st.sampled_from("\udcae\ud800\udfff"), max_size=20)


@given(
    TEXT, st.sampled_from(["", "?", "?utm_source=", "?utm_source=a&utm_campaign=", "#utm_term="])
)
def test_no_text_crashes(text: str, before: str) -> None:
    """Lone surrogates are said to be no text, wherever an address goes."""
    url = f"https://shop.example/{before}{text}"
    linter: Linter[int] = Linter()
    linter.check(url, 1)
    linter.thorough(url, 1)
    repaired(url)
    list(linter.finish())
    read_address(url)
    with suppress(NotALink):
        found_link(url)


@given(st.binary(max_size=300))
def test_what_was_read_is_written_back(raw: bytes) -> None:
    """Unless a byte could not be read."""
    file = read_text(raw)

    assert not file.is_whole or file.encoded(file.text) == raw


@pytest.mark.parametrize("words", [(), ("--fix",)])
def test_a_campaign_file_that_is_not_utf_8_is_refused(run: Run, words: tuple[str, ...]) -> None:
    """As `build` refuses it, with the line; it stays as it is."""
    data = '# first\n[campaigns."Fr\xfchling"]\nlanding_page = "https://shop.example/"\n'.encode(
        "cp1252"
    )
    Path("other.toml").write_bytes(data)
    result = run("lint", "other.toml", *words)

    assert result.exit_code == run("build", "--file", "other.toml").exit_code
    assert result.stdout == ""
    assert result.stderr == (
        "error: other.toml:2: the file is not UTF-8\nhint: save it again as UTF-8\n"
    )
    assert Path("other.toml").read_bytes() == data


OTHER_LETTERS = {
    "cp1251": "Москва",
    "koi8-r": "Москва",
    "cp1253": "Αθήνα",
    "cp1255": "תלאביב",
    "gb18030": "春季促销活动",
    "shift_jis": "東京タワー",
    "mac_roman": "München",
}
SHEET = "Name;URL\n{0};https://shop.example/?utm_source={0}&utm_medium=email&utm_campaign=s\n"


@pytest.mark.parametrize("encoding", OTHER_LETTERS)
@pytest.mark.parametrize("name", ["l.csv", "l.txt"])
def test_other_letters_are_not_read_as_western_ones(run: Run, name: str, encoding: str) -> None:
    """No command takes Cyrillic, Greek, Hebrew or Chinese letters for others and goes on."""
    text = SHEET.format(OTHER_LETTERS[encoding])
    text = text if name == "l.csv" else text.splitlines()[1].partition(";")[2]
    data = text.encode(encoding)
    Path(name).write_bytes(data)
    results = [
        run("lint", name, "--fix"),
        run("new", "--from", name, "-c", "spring", "-C", "email"),
        run("registry", "import", name),
        run("compare", name),
    ]

    assert Path(name).read_bytes() == data
    for result in results:
        assert result.exit_code != 0
        assert "is not UTF-8 text\n" in result.stdout + result.stderr
        assert "hint: save the file again as UTF-8\n" in result.stdout + result.stderr


@pytest.mark.parametrize(
    "data",
    [
        '<meta charset="windows-1251"><a href="{}">x</a>'.encode("cp1251"),
        b'<META http-equiv=Content-Type content="text/html; charset=windows-1251">'
        b'<a href="{}">x</a>',
        b'<?xml version="1.0" encoding="windows-1251"?><x><a href="{}">x</a></x>',
    ],
)
@pytest.mark.parametrize("name", ["l.html", "l.xml"])
def test_a_page_is_read_in_the_encoding_that_it_names(run: Run, name: str, data: bytes) -> None:
    """As browsers do."""
    url = "https://shop.example/?utm_source=Москва&amp;utm_medium=email&amp;utm_campaign=s"
    Path(name).write_bytes(data.replace(b"{}", url.encode("cp1251")))
    result = run("lint", name)

    assert 'source "Москва" has uppercase letters' in result.stdout
    assert result.stderr.endswith("1 warning in 1 link\n")


@pytest.mark.parametrize(
    "word",
    [
        *("Crème brûlée", "ÉTÉ", "«Ça»", "Żółw", "£££", "naïveté", "°°°°°°"),
        *("äöüß ÄÖÜäöüß", "éèàç ÉÈÀÇ", "áéíóúñ ¿ÑÚ?", "åäö æøå"),
    ],
)
def test_western_words_are_read(word: str) -> None:
    """Even in capitals, and beside signs."""
    raw = word.encode("cp1252", "ignore")
    assert read_text(raw).text == raw.decode("cp1252")
