"""Sheets with several columns of addresses: what is used is what the notes say."""

from pathlib import Path

import pytest

from tests.conftest import Run

SITE = "https://shop.example"
PAGE = f"{SITE}/press"
TAGS = "?utm_source=s&utm_medium=m&utm_campaign=c"
LINK = PAGE + TAGS
NAMES = "utm_source,utm_medium,utm_campaign"

# The header, a row, the links, the columns that are used, compared, and not used.
CASES: list[tuple[str, str, str, str, str, str]] = [
    (f"base_url,path,{NAMES}", f"{SITE},/press,s,m,c", LINK, "base_url path utm_source utm_medium "
     "utm_campaign", "", ""),
    (f"base_url,path,{NAMES}", f"{PAGE},/press,s,m,c", LINK, "base_url utm_source utm_medium "
     "utm_campaign", "", "path"),
    (f"landing_page,base_url,path,{NAMES}", f"{PAGE},{SITE},/press,s,m,c", LINK,
     "landing_page utm_source utm_medium utm_campaign", "", "base_url path"),
    (f"url,base_url,path,{NAMES}", f"{LINK},{SITE},/press,s,m,c", LINK, "url",
     "utm_source utm_medium utm_campaign", "base_url path"),
    (f"base_url,path,{NAMES},final_url", f"{SITE},/press,s,m,c,{LINK}", LINK, "final_url",
     "utm_source utm_medium utm_campaign", "base_url path"),
    (f"url,path,{NAMES}", f"{SITE},press,s,m,c", LINK, "url path utm_source utm_medium "
     "utm_campaign", "", ""),
    ("Landing Page,Channel,Final URL,Notes", f"{PAGE},sms,{LINK},x", LINK, "Final URL Channel", "",
     "Landing Page Notes"),
    (f"Landing Page,{NAMES}", f"{LINK},s,m,c", LINK, "Landing Page", "utm_source utm_medium "
     "utm_campaign", ""),
    (f"url,{NAMES},path", f"{PAGE},s,m,c,", LINK, "url utm_source utm_medium utm_campaign", "",
     "path"),
]  # fmt: skip


def named(stderr: str, before: str) -> set[str]:
    """Return the columns that one of the notes names."""
    notes = [line.removeprefix(before) for line in stderr.splitlines() if line.startswith(before)]
    return {part.split('"')[1] for note in notes for part in note.split(", ")}


@pytest.mark.parametrize(
    ("header", "row", "link", "used", "compared", "unused"), CASES, ids=range(len(CASES))
)
def test_the_notes_are_true(
    run: Run, header: str, row: str, link: str, used: str, compared: str, unused: str
) -> None:
    """Every column is used, only compared, or not used, and stands in one note alone."""
    Path("t.csv").write_text(f"{header}\n{row}\n")
    result = run("registry", "import", "t.csv", "--registry", "links.db")
    columns = header.split(",")

    def split(names: str) -> set[str]:
        return {one for one in columns if f" {one} " in f" {names} "}

    assert result.exit_code == 0, result.stderr
    assert run("list", "--registry", "links.db").stdout == f"{link}\n"
    assert named(result.stderr, "note: columns: ") == split(used)
    assert named(result.stderr, "note: columns only compared with the addresses: ") == split(
        compared
    )
    assert named(result.stderr, "note: columns not used: ") == split(unused)
    assert sorted([*split(used), *split(compared), *split(unused)]) == sorted(columns)


@pytest.mark.parametrize(
    ("row", "path"),
    [(f"{SITE},/press,s,m,c", True), (f"{PAGE},/press,s,m,c", False), (f"{SITE},,s,m,c", False)],
)
def test_new_says_the_same_of_a_path(run: Run, row: str, path: bool) -> None:
    """A path that is not put together with the address is named as not used."""
    Path("t.csv").write_text(f"base_url,path,{NAMES}\n{row}\n")
    result = run("new", "--from", "t.csv", "--registry", "links.db")

    assert result.exit_code == 0
    assert ('note: columns not used: "path"\n' in result.stderr) == (not path)


# The header, a row, what is imported, and what is said of it.
DISAGREEMENTS: list[tuple[str, str, str, list[str]]] = [
    ("url,utm_content", f"{LINK},qr_poster", LINK,
     ['content is "qr_poster" in its column and missing in the address']),
    ("Landing Page,Source,Medium,Campaign,Content", f"{LINK},s,m,c,qr_poster", LINK,
     ['content is "qr_poster" in its column and missing in the address']),
    ("url,Campaign Name", f"{LINK},Spring", LINK,
     ['campaign is "Spring" in its column and "c" in the address']),
    ("Landing Page,Source,Medium,Campaign", f"{LINK},x,m,z", LINK,
     ['source is "x" in its column and "s" in the address',
      'campaign is "z" in its column and "c" in the address']),
    ("Landing Page,Source,Medium,Campaign", f"{PAGE}?utm_source=s,x,m,c", LINK,
     ['source is "x" in its column and "s" in the address']),
    ("url,utm_source,utm_medium,utm_campaign", f"{LINK},s,m,c", LINK, []),
    ("url,utm_content", f"{LINK},", LINK, []),
    ("url,utm_content", f"{LINK},ann@example.com", LINK,
     ["content is a private value in its column and missing in the address"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("header", "row", "link", "said"), DISAGREEMENTS, ids=range(len(DISAGREEMENTS))
)
def test_an_address_and_its_columns_may_disagree(
    run: Run, header: str, row: str, link: str, said: list[str]
) -> None:
    """The address is imported unchanged, with and without a column of final addresses."""
    Path("t.csv").write_text(f"{header}\n{row}\n")
    result = run("registry", "import", "t.csv", "--registry", "links.db")

    assert result.exit_code == 0, result.stderr
    assert run("list", "--registry", "links.db").stdout == f"{link}\n"
    assert [line for line in result.stderr.splitlines() if line.startswith("warning")] == [
        f"warning: t.csv:2: {one}: the address is imported unchanged" for one in said
    ]


def test_a_path_that_another_address_does_not_have(run: Run) -> None:
    """Where some rows are put together, one that is not is told."""
    Path("t.csv").write_text(
        f"base_url,path,{NAMES}\n{SITE},/press,s,m,c\n{PAGE},/other,s,m,c\n{PAGE},press,s,m,c\n"
    )
    result = run("registry", "import", "t.csv", "--registry", "links.db")

    assert [line for line in result.stderr.splitlines() if line.startswith("warning")] == [
        f'warning: t.csv:3: path is "/other" in its column and "{PAGE}" in the address: the '
        "address is imported unchanged"
    ]


def test_many_disagreements_are_counted(run: Run) -> None:
    """The first twenty are told."""
    rows = "".join(f"{SITE}/{n}{TAGS},X\n" for n in range(23))
    Path("t.csv").write_text(f"url,Campaign\n{rows}")
    result = run("registry", "import", "t.csv", "--registry", "links.db")

    assert result.stderr.count("warning: t.csv:") == 20
    assert "warning: and 3 more column values not in the address\n" in result.stderr
