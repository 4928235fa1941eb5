"""Sheets of other tools and in other languages, and files that are no text at all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Run

TAGS = "utm_source=news&utm_medium=email&utm_campaign=spring"
URL = f"https://shop.example/a?{TAGS}"
PAGE = "https://shop.example/a"

HEADERS = (
    "Nom de la campagne;Source de la campagne;Support de la campagne;URL de destination",
    "Nombre de la campaña;Fuente de la campaña;Medio de la campaña;URL de destino",
    "Nome della campagna;Sorgente;Mezzo;Pagina di destinazione",
    "Campanha;Fonte;Mídia;Página de destino",
    "Campagne;Bron;Medium;Bestemmingspagina",
    "Kampagnenname;Kampagnenquelle;Kampagnenmedium;Zieladresse",
    "utm_campaign;utm_source;utm_medium;Werbeziel",
)


@pytest.mark.parametrize("header", HEADERS)
def test_headers_of_the_url_builder_in_other_languages(run: Run, header: str) -> None:
    """A column of addresses is found by its contents if its name is unknown."""
    Path("t.csv").write_text(f"{header}\nspring;news;email;{PAGE}\n")
    result = run("registry", "import", "t.csv", "--format", "table")

    assert result.exit_code == 0, result.stderr
    assert run("list", "--format", "urls").stdout == f"{URL}\n"


PATHS = (
    "base_url,slug,utm_source,utm_medium,utm_campaign\nhttps://shop.example/,a,",
    "host,page_path,utm_source,utm_medium,utm_campaign\nhttps://shop.example,/a,",
    "Site,percorso,utm_source,utm_medium,utm_campaign\nhttps://shop.example,a,",
)


@pytest.mark.parametrize("text", PATHS)
def test_the_rest_of_the_address_in_its_own_column(run: Run, text: str) -> None:
    """Whatever the two columns are called."""
    Path("t.csv").write_text(f"{text}news,email,spring\n")
    run("registry", "import", "t.csv")

    assert run("list", "--format", "urls").stdout == f"{URL}\n"


COMMAS = (
    f"name,url\na,https://shop.example/?ids=1,2&{TAGS}\n",
    f"name;url\na;https://shop.example/?ids=1;2&{TAGS}\n",
)


@pytest.mark.parametrize("text", COMMAS)
def test_a_separator_in_an_address_is_said(run: Run, text: str) -> None:
    """Not that a column of sources is missing."""
    Path("t.csv").write_text(text)
    result = run("registry", "import", "t.csv")

    assert result.exit_code == 25
    assert "error: t.csv:2: the row has more cells than the header: write what" in result.stderr


def test_the_semicolon_of_an_entity_separates_no_cells(run: Run) -> None:
    """`&amp;` is left from HTML; lint says so, and import reads the row."""
    Path("t.csv").write_text(f"url\n{URL.replace('&', '&amp;')}\n")
    result = run("registry", "import", "t.csv")

    assert "more cells" not in result.stderr


DATES = {
    "2026.03.05": "2026-03-05",
    "2026.03.05 14:00": "2026-03-05",
    "-": None,
    "n/a": None,
    "\u2013": None,
}


@pytest.mark.parametrize("cell", DATES)
def test_dates_with_one_meaning_and_none(run: Run, cell: str) -> None:
    """A dash is an empty cell: its row is not refused."""
    Path("t.csv").write_text(f"url,Added on\n{URL},{cell}\n")
    result = run("registry", "import", "t.csv")
    shown = run("list", "--format", "csv", "--columns", "issued_at").stdout

    assert result.exit_code == 0, result.stderr
    assert (DATES[cell] or "issued_at") in shown


@pytest.mark.parametrize("cell", ["46086", "46086.5", "1772700000"])
def test_numbers_of_days_get_a_hint_that_helps(run: Run, cell: str) -> None:
    """No `--date-format` reads them."""
    Path("t.csv").write_text(f"url,date\n{URL},{cell}\n")

    assert "hint: format the column as a date in the spreadsheet" in (
        run("registry", "import", "t.csv").stderr
    )


@pytest.mark.parametrize("header", ["url,url", "url,URL"])
def test_two_columns_of_one_name(run: Run, header: str) -> None:
    """`--map` would find the first again."""
    Path("t.csv").write_text(f"{header}\n{URL},{URL}2\n")

    assert "hint: give each column another name" in run("registry", "import", "t.csv").stderr


def test_a_long_header_is_written_whole_in_the_hint(run: Run) -> None:
    """It is typed into `--map`."""
    header = "The address for the second newsletter of the month"
    Path("t.csv").write_text(f"url,{header}\n{URL},{URL}2\n")

    assert f'--map url="{header}"' in run("registry", "import", "t.csv").stderr


BINARIES = {
    b"%PDF-1.7\n": "a PDF",
    b"\x89PNG\r\n\x1a\n": "an image",
    b"\xff\xd8\xff\xe0": "an image",
    b"GIF89a": "an image",
    b"PAR1": "a Parquet file",
    b"SQLite format 3\0": "a database",
    b"\x1f\x8b\x08\0": "an archive",
    b"7z\xbc\xaf\x27\x1c": "an archive",
    b"\x28\xb5\x2f\xfd": "an archive",
    b"BZh91AY&SY": "an archive",
}
READERS = (
    ("lint", "{}"),
    ("new", "--from", "{}", "-c", "spring", "-C", "sms"),
    ("registry", "import", "{}"),
    ("compare", "{}"),
)


@pytest.mark.parametrize("begun", BINARIES)
@pytest.mark.parametrize("words", READERS)
@pytest.mark.parametrize("name", ["a.csv", "-"])
def test_files_without_text_are_refused(
    run: Run, begun: bytes, words: tuple[str, ...], name: str
) -> None:
    """Nothing of them is shown, and none counts as a file without links."""
    data = begun + bytes(range(256))
    if name != "-":
        Path(name).write_bytes(data)
    result = run(*(word.format(name) for word in words), stdin=data)

    assert result.exit_code == 2
    assert f" is {BINARIES[begun]}\nhint: " in result.stderr
    assert len(result.stderr) < 150


def test_a_text_that_begins_with_the_name_of_a_database_is_read(run: Run) -> None:
    """A database has more at its beginning than the name."""
    Path("a.md").write_text(f"SQLite for shops: {URL}\n")

    assert run("lint", "a.md").stderr == "nothing found in 1 link\n"


PAGES = (
    f'<html><table><tr><td><a href="{URL}">x</a></td></tr></table></html>',
    f"\n<table><tr><td>{URL}</td></tr></table>",
    f'<meta charset="utf-8"><table><tr><td>{URL}</td></tr></table>',
)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("words", READERS[1:])
def test_a_web_page_called_a_spreadsheet(run: Run, page: str, words: tuple[str, ...]) -> None:
    """Some tools export one as `.xls`: it is refused as a table."""
    Path("a.xls").write_text(page)
    result = run(*(word.format("a.xls") for word in words))

    assert result.exit_code == 2
    assert result.stderr == (
        'error: "a.xls" is a web page, not a table\n'
        "hint: open it in a spreadsheet program, and save it as CSV\n"
    )


@pytest.mark.parametrize("encoding", ["utf-32", "utf-32-le", "utf-32-be"])
def test_utf_32_with_its_mark(run: Run, encoding: str) -> None:
    """As some database tools export it."""
    text = f"Name,URL\nx,{URL.replace('news', 'News')}\n"
    Path("t.csv").write_bytes(
        ("" if encoding == "utf-32" else "\ufeff").encode(encoding) + (text.encode(encoding))
    )

    assert 'source "News"' in run("lint", "t.csv").stdout


@pytest.mark.parametrize("address", ["www.shop.example", "shop.example/spring", "//shop.example/a"])
def test_an_address_without_scheme_and_tags_is_noted(run: Run, address: str) -> None:
    """As one with a scheme is."""
    Path("l.txt").write_text(f"{address}\n")

    assert "UTM206" in run("lint", address).stdout
    assert "UTM206" in run("lint", "l.txt").stdout


@pytest.mark.parametrize("name", ["links.csv?x", "news.md#top", "./mail.html#a", "list.txt?"])
def test_a_missing_file_with_a_query_or_a_fragment(run: Run, name: str) -> None:
    """It is no address without tags, which would be no failure."""
    result = run("lint", name)

    assert (result.exit_code, result.stdout) == (2, "")
    assert f'there is no file "{name}"' in result.stderr
