"""Landing pages in bulk: which rows there are, what each asks for, and what is wrong with them."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge.campaigns.campaign_file import CampaignFile
from utmforge.errors import LandingPagesInvalid
from utmforge.issuing import bulk
from utmforge.issuing.bulk import batches, read_rows
from utmforge.issuing.requests import LinkRequest
from utmforge.model import NO_TAGS

A = "https://shop.example/a"
SPRING = LinkRequest(NO_TAGS._replace(campaign="spring"), ("email",))


def rows(text: str) -> list[tuple[str, str, str, tuple[str, ...], tuple[str, ...]]]:
    """Return place, address, campaign, channels and contents of each row."""
    found, _ = read_rows(io.StringIO(text, newline=""), "p.csv", SPRING)
    return [
        (
            row.where,
            row.landing_page,
            row.request.tags.campaign,
            row.request.channels,
            row.request.contents,
        )
        for row in found
    ]


EMAIL = ("email",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{A}\n", [("p.csv:1", A, "spring", EMAIL, ())]),
        (f"url\n{A}\n", [("p.csv:2", A, "spring", EMAIL, ())]),
        (f"url,campaign\n{A},summer\n{A},\n",
         [("p.csv:2", A, "summer", EMAIL, ()), ("p.csv:3", A, "spring", EMAIL, ())]),
        (f'url,channel,content\n{A},"sms, slack","a,b"\n',
         [("p.csv:2", A, "spring", ("sms", "slack"), ("a", "b"))]),
        (f"Zielseite;Kanal;Kampagne\n{A};sms;herbst\n",
         [("p.csv:2", A, "herbst", ("sms",), ())]),
        ("base_url,path\nhttps://shop.example,/a\n", [("p.csv:2", A, "spring", EMAIL, ())]),
        (f"One,Two\nx,{A}\n", [("p.csv:2", A, "spring", EMAIL, ())]),
        (f"Links for spring\n{A}\n", [("p.csv:2", A, "spring", EMAIL, ())]),
        (f"url,landing_page\nhttps://other.example/,{A}\n",
         [("p.csv:2", A, "spring", EMAIL, ())]),
        ("", []),
    ],
)  # fmt: skip
def test_rows(text: str, expected: list[tuple[object, ...]]) -> None:
    """A row's own values come before the command's; an empty cell leaves them."""
    assert rows(text) == expected


@pytest.mark.parametrize(
    ("header", "notes"),
    [
        ("landing_page", []),
        ("landing_page,Note", ['columns not used: "Note"']),
        ("url,landing_page", ['columns not used: "url"']),
        ("id,landing_page", []),
        ("id,utm_id,landing_page", ['columns not used: "id"']),
        ("landing_page,path", ['columns not used: "path"']),
    ],
)
def test_columns_that_are_not_used_are_named(header: str, notes: list[str]) -> None:
    """And no other."""
    row = ",".join(A if "page" in name else "" for name in header.split(","))

    assert read_rows(io.StringIO(f"{header}\n{row}\n"), "p.csv", SPRING)[1] == notes


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("landing_page,chanel\n", 'unknown column "chanel"', 'did you mean "channel"?'),
        ("landing_page,term,Term\n", 'column "term" appears twice', None),
        ("campaign,channel\na,b\n", "the header has no landing_page column", "add it"),
        ("Name,Town\nAnn,Paris\n", "no column holds addresses",
         'call it landing_page; the columns are "Name", "Town"'),
    ],
)  # fmt: skip
def test_a_header_that_cannot_be_used(text: str, message: str, hint: str | None) -> None:
    """Is refused before any row is read, with its line."""
    with pytest.raises(LandingPagesInvalid) as caught:
        read_rows(io.StringIO(text), "p.csv", SPRING)

    (problem,) = caught.value.problems
    assert (problem.message, problem.hint, problem.where) == (message, hint, "p.csv:1")


def issued(text: str) -> list[tuple[list[str], list[str]]]:
    """Return the landing pages and the notes of each batch."""
    found, _ = read_rows(io.StringIO(text), "p.csv", SPRING)
    return [
        ([link.landing_page for link in links], notes)
        for links, notes, _ in batches(found, CampaignFile())
    ]


def test_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a fixed size, in order; a note is said once in all of them."""
    monkeypatch.setattr(bulk, "BATCH", 2)
    found = issued("".join(f"shop.example/{n}\n" for n in range(5)))

    assert [len(pages) for pages, _ in found] == [2, 2, 1]
    assert [page[-1] for pages, _ in found for page in pages] == list("01234")
    notes = [note for _, some in found for note in some]
    assert len(notes) == len(set(notes)) == 5


def test_all_problems_of_a_batch_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """With their lines, in order; the batches before are there already."""
    monkeypatch.setattr(bulk, "BATCH", 3)
    text = f"{A}1\n{A}2\n{A}3\nftp://x.example\n{A}4\n{A}5,email\n{A}6\n"
    found, _ = read_rows(io.StringIO(text), "p.csv", SPRING)
    results = batches(found, CampaignFile())

    assert len(next(results)[0]) == 3
    with pytest.raises(LandingPagesInvalid) as caught:
        next(results)
    assert [one.where for one in caught.value.problems] == ["p.csv:4", "p.csv:6"]
    assert [one.hint is not None for one in caught.value.problems] == [False, True]


PATH = st.from_regex(r"[a-z0-9]{1,6}", fullmatch=True)


@given(st.lists(st.tuples(PATH, st.sampled_from(["sms", "email", ""])), min_size=1, max_size=20))
def test_a_list_and_a_table_ask_for_the_same(pages: list[tuple[str, str]]) -> None:
    """The same pages in the same order, whatever surrounds them."""
    listed = "".join(f"https://shop.example/{page}\n" for page, _ in pages)
    table = "url,channel\n" + "".join(
        f"https://shop.example/{page},{channel}\n" for page, channel in pages
    )

    assert [row[1] for row in rows(listed)] == [row[1] for row in rows(table)]
    assert [row[3] for row in rows(table)] == [(channel or "email",) for _, channel in pages]
