"""Ids that look like private numbers by chance are no private data; private data is found."""

import csv
from pathlib import Path
from random import Random
from uuid import UUID

import pytest

from tests.conftest import ROOT, Run
from utmforge.privacy.find import find_private

TAGS = "utm_source=news&utm_medium=email&utm_campaign=spring"
VALUES = ROOT / "tests" / "data" / "private_values.csv"

# Each passes a check digit, or has a form, by chance.
CHANCE = [
    "/posts/4111111111111111",
    "/a/5555555555554444.html",
    "/video/378282246310005",
    "/p/0049-170-1234567",
    "/p/00491701234567",
    "/de89370400440532013000/a",
    "/x/NL91ABNA0417164300",
    "/item/be71096123456769-blue",
    "/12dbaf69-ad61-43bf-b7ee-550562746010",
    "/u/550e8400-E29B-41D4-A716-446655440000/edit",
    "/files/00ffd41d8cd98f00b204e980?v=2",
    "/?id=4111111111111111",
    "/?post=4111111111111111&story=378282246310005",
    "/?order_id=0049170123456789",
    "/?visit=12dbaf69-ad61-43bf-b7ee-550562746010",
    "/?to=https%3A%2F%2Fother.example%2Fposts%2F4111111111111111",
    "/#/posts/4111111111111111",
    "/?4111111111111111",
    # Random ids: an IBAN with capitals here and there, the beginning of a key, six readable bytes.
    "/?id=gE83QpRxk06Rhkf5qTy0HN",
    "/?id=cr93t2NiJGGoy8zEw8IKPI",
    "/posts/sk-3OgP6xFLQatBXklZnqFz-byJliBaANeDbh4xffSL",
    "/posts/RsZnRoNCyfZ4awDaxE5AQy5IamcOKaPZobm7l7AhULk",
    "/?id=RsZnRoNCyfZ4awDaxE5AQy5IamcOKaPZobm7l7AhULk",
]
PRIVATE = [
    ("/card/4111111111111111", "payment card"),
    ("/pay-visa-4111111111111111", "payment card"),
    ("/iban/NL91ABNA0417164300", "IBAN"),
    ("/account/de89370400440532013000", "IBAN"),
    ("/tel/00491701234567", "phone number"),
    ("/call/%2B491701234567", "phone number"),
    ("/+491701234567", "phone number"),
    ("/?x=4111%201111%201111%201111", "payment card"),
    ("/?x=NL91+ABNA+0417+1643+00", "IBAN"),
    ("/?phone=0170-1234567", "phone number"),
    ("/?e=ann&#64;mail.example", "e-mail address"),
    ("/?to=https%3A%2F%2Fother.example%2F%3Fe%3Dann%2540mail.example", "e-mail address"),
    ("/12dbaf69-ad61-43bf-b7ee-550562746010?e=ann%40mail.example", "e-mail address"),
    ("/?id=nl91abna0417164300", "IBAN"),
    ("/?x=Nl91+Abna+0417+1643+00", "IBAN"),
    ("/?id=YUBiLmRl", "e-mail address"),
    ("/?id=AAECAwQFBgcICQoLDA0OD2FubkBtYWlsLmV4YW1wbGUAAQIDBAUGBwgJ", "e-mail address"),
]
KEYS = ["sk-" + "a1B2c3D4" * 6, "sk-proj-" + "a1-B2_c3" * 6, "sk-ant-api03-" + "a1-B2_c3" * 6]


@pytest.mark.parametrize("rest", CHANCE)
def test_chance_is_no_private_data(run: Run, rest: str) -> None:
    """It is linted like any other link, and issued."""
    page = f"https://shop.example{rest}"
    result = run("lint", f"{page.partition('#')[0]}{'&' if '?' in page else '?'}{TAGS}")
    assert "UTM501" not in result.stdout

    issued = run("new", page, "--campaign", "spring", "--channel", "email")
    assert issued.exit_code == 0


@pytest.mark.parametrize(("rest", "kind"), PRIVATE)
def test_private_data_is_found(run: Run, rest: str, kind: str) -> None:
    """A word beside a number, a plus, groups, or the parameter say what it is."""
    page = f"https://shop.example{rest}"
    assert f"UTM501 personal-data: {kind} in " in run("lint", page).stdout

    issued = run("new", page, "--campaign", "spring", "--channel", "email")
    assert issued.exit_code == 2
    assert f"the link has a private {kind} in " in issued.stderr


@pytest.mark.parametrize("key", KEYS)
def test_keys_are_found(key: str) -> None:
    """The ones without signs, and those that say what they are."""
    (found,) = find_private(f"https://shop.example/?id={key}")
    assert found.kind == "OpenAI key"


def test_the_rate_of_finding() -> None:
    """Of more than 300 labelled values in their encodings, 99 % are found."""
    with VALUES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = [row["kind"] in {one.kind for one in find_private(row["address"])} for row in rows]

    assert len(rows) >= 300
    assert sum(found) / len(rows) >= 0.99


@pytest.mark.parametrize("length", [10, 12, 13, 15, 16])
@pytest.mark.parametrize("place", ["/posts/{}", "/{}.html", "/?id={}"])
def test_random_digits(length: int, place: str) -> None:
    """benchmarks/privacy.py looks at many more, and at other kinds of ids."""
    choose = Random(length)  # noqa: S311 - no secret
    for _ in range(500):
        number = "".join(choose.choices("0123456789", k=length))
        assert find_private(f"https://shop.example{place.format(number)}") == ()


def test_random_uuids() -> None:
    """Wherever they are."""
    choose = Random(8)  # noqa: S311 - no secret
    for _ in range(500):
        uuid = UUID(int=choose.getrandbits(128), version=4)
        for place in ("/posts/{}", "/?a={}", "/?to=https%3A%2F%2Fother.example%2F{}", "/a%2F{}"):
            assert find_private(f"https://shop.example{place.format(uuid)}") == ()


PAGES = (
    "https://shop.example/1\n"
    "https://shop.example/2?e=ann%40mail.example\n"
    "https://shop.example/3&utm_source=acme\n"
    "shop example\n"
    "https://shop.example/4\n"
)
ASKED = ("new", "--campaign", "spring", "--channel", "email", "--format", "urls", "--from")


def test_single_rows_are_refused_with_their_lines(run: Run) -> None:
    """And nothing is issued, with the option that issues the others."""
    Path("pages.txt").write_text(PAGES + "ftp://shop.example/5\n")
    result = run(*ASKED, "pages.txt")

    assert result.exit_code == 25
    assert result.stdout == ""
    assert [line for line in result.stderr.splitlines() if line.startswith("error")] == [
        'error: pages.txt:2: the link has a private e-mail address in parameter "e"',
        "error: pages.txt:3: utm_source is in the path: a ? or & is missing or wrong",
        "error: pages.txt:4: the line has a space: write one address per line and nothing else",
        'error: pages.txt:6: only http and https addresses can be tagged, not "ftp"',
    ]
    assert "hint: --skip-errors leaves such rows out\n" in result.stderr


@pytest.mark.parametrize("batch", [2, 3, 10_000])
def test_the_other_rows_are_issued_if_that_is_asked_for(
    run: Run, batch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each row that was left out is told; a second run issues nothing new."""
    monkeypatch.setattr("utmforge.issuing.bulk.BATCH", batch)
    Path("pages.txt").write_text(PAGES)
    for count in ("issued 2 links, 0 already issued", "issued 0 links, 2 already issued"):
        result = run(*ASKED, "pages.txt", "--skip-errors")
        assert result.exit_code == 0
        assert [url.partition("?")[0] for url in result.stdout.splitlines()] == [
            "https://shop.example/1",
            "https://shop.example/4",
        ]
        assert result.stderr == (
            'warning: pages.txt:2: the link has a private e-mail address in parameter "e"\n'
            "warning: pages.txt:3: utm_source is in the path: a ? or & is missing or wrong\n"
            "warning: pages.txt:4: the line has a space: write one address per line and nothing "
            f"else\n{count}\n"
        )
    assert "ann" not in result.stderr


def test_a_file_of_which_every_row_is_left_out(run: Run) -> None:
    """It issues nothing, and undo has nothing to take back."""
    result = run(*ASKED, "-", "--skip-errors", stdin="ftp://shop.example/\n")

    assert result.exit_code == 0
    assert result.stderr.endswith("issued 0 links, 0 already issued\n")
    assert run("history").stdout == ""
    assert run("undo").exit_code == 2


def test_skipping_is_for_files(run: Run) -> None:
    """One address is issued or not."""
    result = run("new", "https://shop.example/", "-c", "a", "-C", "email", "--skip-errors")

    assert result.exit_code == 2
    assert result.stderr == ("error: --skip-errors is for --from\nhint: leave one of them out\n")
