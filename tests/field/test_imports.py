"""`utmforge registry import` loses nothing, takes the right column, and says what it did."""

from pathlib import Path

import pytest

from tests.conftest import Run

TAGS = "utm_source=news&utm_medium=email&utm_campaign=spring"
U = f"https://shop.example/?{TAGS}"
P = "https://shop.example/"


def imported(run: Run, text: str, *words: str) -> tuple[list[str], str]:
    """Return the links that came in, in their order, and what was said."""
    Path("t.csv").write_text(text)
    result = run("registry", "import", "t.csv", "--registry", "links.db", *words)
    assert result.exit_code == 0, result.stderr
    return run("list", "--registry", "links.db").stdout.splitlines(), result.stderr


RIGHT = [
    ("Campaign,Source,Medium,Page,utm_campaign,utm_source,utm_medium\n"
     "The Spring Sale,Ann,Letter,https://shop.example/,spring,news,email\n", U),
    ("campaign_name;landing_page;medium;utm_medium;utm_source;utm_campaign\n"
     f"Sale 1;{P};E-Mail;email;news;spring\n", U),
    ("Quelle;Zielseite;utm_source;utm_medium;utm_campaign\n"
     f"Brief;{P};news;email;spring\n", U),
    ("base_url,path,utm_source,utm_medium,utm_campaign\n"
     "https://shop.example/,sale/a,news,email,spring\n", f"https://shop.example/sale/a?{TAGS}"),
    ("Website;Pfad;utm_source;utm_medium;utm_campaign\n"
     "https://shop.example;/sale?a=1;news;email;spring\n",
     f"https://shop.example/sale?a=1&{TAGS}"),
    (f"name,link\na,<{U}>\n", U),
    (f"name,link\na,[Sale]({U})\n", U),
    (f'name,link\na,"=HYPERLINK(""{U}"",""Sale"")"\n', U),
    (f'name;link\na;"=HYPERLINK(""{U}"";""Sale"")"\n', U),
    (f'name,link\na,"=hyperlink( ""{U}"" )"\n', U),
    (f'name,link\na,"<a href=""{U.replace("&", "&amp;")}"">Sale</a>"\n', U),
    (f"name,link\na,\u200b{U}\u200b\n", U),
    (f"name,link\na,'{U}\n", U),
    (f'name,link\na,"{U}\n"\n', U),
    (f"name,link\na,shop.example/?{TAGS}\n", U),
    ("page,utm_source,utm_medium,utm_campaign\n<https://shop.example/>,news,email,spring\n", U),
]  # fmt: skip


@pytest.mark.parametrize(("text", "link"), RIGHT, ids=range(len(RIGHT)))
def test_the_link_that_was_handed_out_comes_in(run: Run, text: str, link: str) -> None:
    """`utm_*` before other words, base and path together, cells as people fill them."""
    assert imported(run, text)[0] == [link]


def test_every_column_of_addresses_is_told(run: Run) -> None:
    """And can be imported with the command that is named."""
    text = "post,feed_url,story_url,bio_url,owner\n" + "".join(
        f"{n},{P}{n}?{TAGS}&utm_content=feed,{P}{n}?{TAGS}&utm_content=story,"
        f"{P}{n}?{TAGS}&utm_content=bio,Ann\n"
        for n in range(2)
    )
    links, said = imported(run, text)
    again, _ = imported(run, text, "--map", "url=story_url")

    assert len(links) == 2
    assert (
        'warning: column "story_url" also holds tagged addresses, which were not imported\n' in said
    )
    assert (
        'warning: column "bio_url" also holds tagged addresses, which were not imported\n' in said
    )
    assert 'hint: import it as well: --map url="story_url"\n' in said
    assert 'note: columns not used: "post", "owner"\n' in said
    assert len(again) == 4


@pytest.mark.parametrize(
    "row", [f"{U},Summer", f"{U},,x", f"{U},{U}", f"{P}?ids=1,2&{TAGS}", f'"{U}",a,b']
)
def test_a_row_longer_than_the_header_is_refused(run: Run, row: str) -> None:
    """Also with an empty cell in between; --skip-errors leaves it out and says so."""
    Path("t.csv").write_text(f"url\n{row}\n{U}\n")
    refused = run("registry", "import", "t.csv", "--registry", "links.db")
    skipped = run("registry", "import", "t.csv", "--registry", "links.db", "--skip-errors")

    assert refused.exit_code == 25
    assert "t.csv:2: the row has more cells than the header" in refused.stderr
    assert "hint: --skip-errors leaves such rows out\n" in refused.stderr
    assert "warning: t.csv:2: the row has more cells than the header" in skipped.stderr
    assert "imported 1 link from t.csv" in skipped.stderr


ALIKE = [
    (("newsletter", "Newsletter"), "source", 'source "Newsletter" and "newsletter"'),
    (("spring_sale", "spring-sale"), "campaign", 'campaign "spring-sale" and "spring_sale"'),
    (("email", "e-mail"), "medium", 'medium "e-mail" and "email"'),
    (("facebook", "facebok"), "source", 'source "facebok" and "facebook"'),
    (("été", "ete"), "campaign", 'campaign "ete" and "été"'),
]


@pytest.mark.parametrize(("names", "field", "said"), ALIKE, ids=[one[0][0] for one in ALIKE])
def test_names_that_look_alike_are_told(
    run: Run, names: tuple[str, str], field: str, said: str
) -> None:
    """With the command that shows their links; among those that came in, and with those before."""
    old = U.split(f"utm_{field}=")[1].split("&", maxsplit=1)[0]
    first, second = (U.replace(f"utm_{field}={old}", f"utm_{field}={name}") for name in names)
    _, both = imported(run, f"url\n{first}\n{second}\n")
    Path("links.db").unlink()
    _, one = imported(run, f"url\n{first}\n")
    _, other = imported(run, f"url\n{second}\n")

    for text in (both, other):
        assert f"warning: these names look alike, and split a report: {said}\n" in text
        assert "hint: utmforge lint --issued shows the links\n" in text
    assert "look alike" not in one


@pytest.mark.parametrize(
    "names", [("2026-04", "2026-05"), ("week-9", "week-10"), ("mothers-day", "fathers-day")]
)
def test_names_that_are_meant_to_differ_are_not_told(run: Run, names: tuple[str, str]) -> None:
    """Dates and numbers."""
    rows = "".join(f"{U.replace('spring', name)}\n" for name in names)

    assert "look alike" not in imported(run, f"url\n{rows}")[1]


def test_one_of_everything_is_singular(run: Run) -> None:
    """Links, addresses, rows."""
    text = f"url\n{P}?utm_medium=email&utm_source=news&utm_campaign=spring\n"
    _, first = imported(run, text)
    _, again = imported(run, text)

    assert "note: 1 address is stored as utmforge writes it: " in first
    assert first.endswith("imported 1 link from t.csv; 0 were already there\n")
    assert again.endswith("imported 0 links from t.csv; 1 was already there\n")


@pytest.mark.parametrize(
    "value", ["#N/A", "#REF!", "#NAME?", "#DIV/0!", "#BEZUG!", "#NV", "#¡VALOR!"]
)
def test_the_error_of_a_formula_is_no_tag(run: Run, value: str) -> None:
    """Neither the import nor `new` makes a link with it."""
    Path("l.csv").write_text(
        "landing_page,utm_source,utm_medium,utm_campaign\n"
        f"https://shop.example/,{value},email,spring\nhttps://shop.example/,#1,email,spring\n"
    )
    for words in (("registry", "import"), ("new", "-c", "x", "-C", "email", "--from")):
        result = run(*words, "l.csv")
        assert result.exit_code == 25
        assert f'error: l.csv:2: source is "{value}", which is the error of a formula\n' in (
            result.stderr
        )
        assert "hint: correct the cell in the spreadsheet, and save it again\n" in result.stderr
        assert "l.csv:3" not in result.stderr


@pytest.mark.parametrize("day", ["26-11-2026", "11-26-2026", "2026-11-26 10:00:00 UTC"])
def test_days_with_hyphens_or_their_zone(run: Run, day: str) -> None:
    """As Dutch sheets and exports of shorteners write them."""
    url = "https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=spring"
    Path("l.csv").write_text(f"url,date\n{url},{day}\n")
    result = run("registry", "import", "l.csv")

    assert result.exit_code == 0, result.stderr
    assert ",2026-11-26" in run("list", "--format", "csv").stdout
