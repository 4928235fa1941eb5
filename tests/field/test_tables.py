"""One file, four commands: each reads a person's table as the others do."""

import json
from pathlib import Path

import pytest

from tests.conftest import Run

PAGE = "https://shop.example/Stück"
LINK = f"{PAGE}?utm_source=News&utm_medium=email&utm_campaign=spring"
HEADERS = {
    "english": ["URL", "utm_source", "utm_medium", "utm_campaign", "Note"],
    "german": ["Zielseite", "Quelle", "Medium", "Kampagne", "Notiz"],
    "french": ["Page de destination", "Source", "Support", "Campagne", "Remarque"],
    "spanish": ["Página de destino", "Fuente", "Medio", "Campaña", "Nota"],
}
ROW = [PAGE, "News", "email", "spring", "a, b"]


def table(separator: str, header: list[str], *, above: str = "", below: str = "") -> str:
    """Return a CSV of one row; every cell with a separator in it is in quotes."""
    rows = [
        separator.join(f'"{cell}"' if set(cell) & set(",;") else cell for cell in row)
        for row in (header, ROW)
    ]
    return above + "\r\n".join(rows) + "\r\n" + below


FILES: dict[str, bytes] = {
    **{name: table(",", header).encode() for name, header in HEADERS.items()},
    "semicolons": table(";", HEADERS["german"]).encode("cp1252"),
    "tabs": table("\t", HEADERS["french"]).encode("utf-16"),
    "bars": table("|", HEADERS["english"]).encode("utf-8-sig"),
    "sep": table(";", HEADERS["english"], above="sep=;\r\n").encode("cp1252"),
    "title": table(";", HEADERS["german"], above="UTM-Links 2026;;;;\r\n\r\n").encode(),
    "remarks": table(",", HEADERS["english"], above='"# one, two"\r\n# three\r\n').encode(),
    "remark below": table(",", HEADERS["english"], below="# end,,,,\r\n").encode(),
    "no-break spaces": table(",", HEADERS["english"]).replace("News", "\u00a0News ").encode(),
    "apostrophe": table(",", HEADERS["english"]).replace("a, b", "'=1+1").encode(),
}


@pytest.fixture(params=list(FILES.values()), ids=list(FILES))
def name(request: pytest.FixtureRequest) -> str:
    """Return the name of one of the files, written."""
    Path("t.csv").write_bytes(request.param)
    return "t.csv"


def test_the_row_is_issued(run: Run, name: str) -> None:
    """`new --from`: the naming convention writes the tags."""
    result = run("new", "--from", name, "--format", "json")

    assert result.exit_code == 0, result.stderr
    (link,) = json.loads(result.stdout)["data"]
    assert link["landing_page"] == "https://shop.example/St%C3%BCck"
    assert (link["source"], link["medium"], link["campaign"]) == ("news", "email", "spring")


def test_the_row_is_imported(run: Run, name: str) -> None:
    """`registry import`: letter for letter."""
    result = run("registry", "import", name, "--registry", "links.db")

    assert result.exit_code == 0, result.stderr
    assert result.stderr.endswith("imported 1 link from t.csv; 0 were already there\n")
    assert run("list", "--registry", "links.db").stdout == LINK.replace("ü", "%C3%BC") + "\n"


def test_the_row_is_compared(run: Run, name: str) -> None:
    """`lint --against`: its three names, as they are written."""
    result = run("lint", "--against", name, "--format", "json")

    assert result.exit_code == 0, result.stderr
    for value in ROW[1:4]:
        assert result.stdout.count(f'"{value}"') == 1


def test_the_address_is_linted(run: Run, name: str) -> None:
    """`lint`: it is found, decoded, and read with the tags in the columns beside it."""
    result = run("lint", name)

    assert result.exit_code == 1
    assert [line.split(": ", 1)[1] for line in result.stdout.splitlines() if "UTM" in line] == [
        'warning UTM101 letter-case: source "News" has uppercase letters: reports show it as a '
        "separate row"
    ]
    assert result.stderr == "1 warning in 1 link\n"


def test_a_table_on_standard_input_is_a_table(run: Run) -> None:
    """`lint -` finds the addresses in its cells; a list stays a list, commas and all."""
    page = "https://shop.example/?ids=1,2"
    listed = run("lint", "-", stdin=f"Links\n{page}\n")
    result = run("lint", "-", stdin=f'Nom,Lien,Note\nA,"{page}",b\n')

    assert result.stderr.endswith("in 1 link\n")
    assert "UTM604" not in result.stdout
    assert listed.stdout.count(":2:1: ") == 1


def test_a_row_longer_than_the_header_is_refused(run: Run) -> None:
    """`new --from` and `registry import` refuse half an address with the same sentence."""
    Path("t.csv").write_text(
        "url,channel\nhttps://shop.example/?utm_source=a&utm_medium=b&utm_campaign=c,d,sms\n"
    )
    results = [
        run("new", "--from", "t.csv", "-c", "c"),
        run("registry", "import", "t.csv", "--registry", "links.db"),
    ]

    for result in results:
        assert (result.exit_code, result.stdout) == (25, "")
        assert (
            "error: t.csv:2: the row has more cells than the header: write what holds the "
            'separator "in quotes"\n'
        ) in result.stderr


def test_an_address_in_two_columns_is_put_together(run: Run) -> None:
    """By both commands that take landing pages."""
    text = "base_url,path,utm_source,utm_medium,utm_campaign\nhttps://shop.example,/press,a,b,c\n"
    Path("t.csv").write_text(text + "https://shop.example,/,a,b,c\n")
    issued = run("new", "--from", "t.csv", "--registry", "new.db")
    run("registry", "import", "t.csv", "--registry", "old.db")

    tags = "?utm_source=a&utm_medium=b&utm_campaign=c\n"
    expected = f"https://shop.example/press{tags}https://shop.example/{tags}"
    assert issued.stdout == expected
    assert run("list", "--registry", "old.db", "--reverse").stdout.split() == expected.split()[::-1]
