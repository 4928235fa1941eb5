"""Neighbours of the faults of the field: all commands say the same of them, and it is true."""

from pathlib import Path

import pytest

from tests.conftest import Run

TAGS = "utm_source=news&utm_medium=email&utm_campaign=spring"
LINK = f"https://shop.example/?{TAGS}"


@pytest.mark.parametrize("value", ["caf%E9", "caf%C3", "caf%ED%A0%80", "caf%EF%BF%BD"])
def test_a_letter_that_cannot_be_read_is_never_dropped(run: Run, work: Path, value: str) -> None:
    """Neither by `lint --fix` nor by `explain`, and `new` refuses such a name."""
    url = f"https://shop.example/?utm_source={value}&utm_medium=EMAIL&utm_campaign=spring"
    (work / "links.txt").write_text(f"{url}\n")
    run("lint", "links.txt", "--fix")
    explained = run("explain", url, "--format", "table")
    issued = run("new", "https://shop.example/", "-c", "caf\ufffd", "-C", "email")

    assert (work / "links.txt").read_text() == url.replace("EMAIL", "email") + "\n"
    assert "not fixed  source has a character that could not be read (U+FFFD)" in explained.stdout
    assert issued.exit_code != 0
    assert "could not be read (U+FFFD)" in issued.stderr


@pytest.mark.parametrize(
    "page",
    [
        "https://shop.example/?name={contactfield=lastname|Dear Guest}",
        'https://shop.example/?name=[contact:city | default:"your town"]',
        "https://shop.example/?n={% if a & b %}x{% endif %}",
        "https://shop.example/?n={{ a & b }}",
        "https://shop.example/?n=%recipient.ship to%",
        "https://shop.example/?n=<%= user city %>",
    ],
)
def test_a_list_may_have_merge_tags_with_spaces(run: Run, work: Path, page: str) -> None:
    """The line is one address in each command, so it is checked, fixed and issued as one."""
    (work / "links.txt").write_text(f"{page}&utm_source=News&utm_medium=email&utm_campaign=x\n")
    found = run("lint", "links.txt")
    run("lint", "links.txt", "--fix")
    issued = run("new", "--from", "links.txt", "-c", "spring", "-C", "email")

    assert 'UTM101 letter-case: source "News"' in found.stdout
    assert found.stderr.startswith("1 warning in 1 link\n")
    assert (
        work / "links.txt"
    ).read_text() == f"{page}&utm_source=news&utm_medium=email&utm_campaign=x\n"
    assert issued.stdout == f"{page}&utm_source=email&utm_medium=email&utm_campaign=spring\n"


@pytest.mark.parametrize("end", ["%%=v(@City)=%%", "%recipient.ship to%", "%%City%%"])
def test_a_merge_tag_that_ends_in_a_percent_sign_is_complete(run: Run, end: str) -> None:
    """`explain` does not take it for half of an encoded character."""
    result = run("explain", f"{LINK}&utm_content={end}", "--format", "table")

    assert "percent-encoded character" not in result.stdout


@pytest.mark.parametrize(
    "host",
    [
        *("shop(.)example", "shop{.}example", "shop,example", "shop;.example", "shop..example"),
        *("shop!.example", "sh*p.example", "shop=.example", "shop'.example", "shop~.example"),
    ],
)
def test_a_host_that_no_server_has(run: Run, work: Path, host: str) -> None:
    """Browsers accept it as a host, and then find no server."""
    url = f"https://{host}/"
    says = f'the host "{host}" has a character that no host has'

    assert says in run("new", url, "-c", "spring", "-C", "email").stderr
    assert f"UTM604 not-an-address: {says}" in run("lint", f"{url}?{TAGS}").stdout
    (work / "campaigns.toml").write_text(
        f'[campaigns.s]\nlanding_page = "{url}"\nchannels = ["email"]\n'
    )
    assert says in run("build").stderr


@pytest.mark.parametrize("host", ["{{host}}", "[::1]", "shop_x.example", "xn--bcher-kva"])
def test_hosts_that_may_be_there(run: Run, host: str) -> None:
    """Merge tags, numbers, underscores, names within a company."""
    assert run("new", f"https://{host}/", "-c", "spring", "-C", "email").exit_code == 0


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.php", '<a href="https://$host/?{}">'),
        ("a.sh", "open https://$HOST.example/?{}"),
        ("a.mk", "open https://$(HOST)/?{}"),
        ("a.html", '<a href="https://$!host/?{}">'),
        ("a.md", "- all of https://*.shop.example, such as https://shop.example/?{}"),
        ("a.txt", "All of https://*.shop.example is ours, such as https://shop.example/?{}"),
    ],
)
def test_variables_and_patterns_in_documents_are_no_faulty_hosts(
    run: Run, work: Path, name: str, text: str
) -> None:
    """Programs fill in the host later; a pattern in a text is not a link."""
    (work / name).write_text(text.format(TAGS))

    assert run("lint", name).stderr == "nothing found in 1 link\n"


def test_a_parameter_of_addresses_does_not_end_the_link(run: Run, work: Path) -> None:
    """The tags behind it are the link's."""
    images = "https://cdn.example/1.png,https://cdn.example/2.png"
    (work / "a.py").write_text(f'url = "https://shop.example/?images={images}&{TAGS}"\n')

    assert run("lint", "a.py").stderr == "nothing found in 1 link\n"


@pytest.mark.parametrize(("sign", "url"), [("%3F", LINK[:20] + "?"), ("%2f?", LINK[:20] + "/?")])
def test_an_encoded_sign_at_the_end_of_the_host(run: Run, sign: str, url: str) -> None:
    """`explain` shows the link that was meant."""
    result = run("explain", f"https://shop.example{sign}{TAGS}")

    assert result.stdout == f"{url}{TAGS}\n".replace("example?", "example/?")


@pytest.mark.parametrize(
    "cell",
    [
        *("\u2060{}", "\u200e{}", '"{}"', "({})", "«{}»", "“{}”", "<{}>", "'{}"),
        *('=HYPERLINK("{}")', '=LIEN_HYPERTEXTE("{}";"x")', '=@HYPERLINK("{}","x")'),
        *('[Spring]({} "title")', "![x]({})", "[Spring](<{}>)"),
    ],
)
def test_a_cell_is_read_alike_by_every_command(run: Run, work: Path, cell: str) -> None:
    """`compare` counts the name itself, and `new` and the import take the address."""
    text = cell.format(LINK).replace('"', '""')
    (work / "links.csv").write_text(f'name,url\nx,"{text}"\n')
    compared = run("compare", "links.csv", "--format", "csv")
    imported = run("registry", "import", "links.csv", "--dry-run")
    issued = run("new", "--from", "links.csv", "-c", "summer", "-C", "email", "--dry-run")
    linted = run("lint", "links.csv")

    assert "\ncampaign,spring,foreign,1," in compared.stdout
    assert imported.stderr.endswith("would import 1 link from links.csv; 0 were already there\n")
    assert issued.stdout == LINK.replace("news", "email").replace("spring", "summer") + "\n"
    assert linted.stderr == "nothing found in 1 link\n"


@pytest.mark.parametrize(
    "begin", ["https//shop.example", "https:/shop.example", "localhost:8000", "ttps://shop.example"]
)
def test_a_mistyped_address_in_a_cell_is_checked_as_in_a_list(
    run: Run, work: Path, begin: str
) -> None:
    """It is not left out without a word beside others."""
    (work / "links.csv").write_text(f"name,url\nx,{begin}/?{TAGS}\ny,{LINK}\n")
    (work / "links.txt").write_text(f"{begin}/?{TAGS}\n{LINK}\n")
    in_csv, in_txt = run("lint", "links.csv"), run("lint", "links.txt")

    assert in_csv.exit_code == in_txt.exit_code
    assert in_csv.stderr == in_txt.stderr
    assert [line.partition(" ")[2] for line in in_csv.stdout.splitlines()] == [
        line.partition(" ")[2] for line in in_txt.stdout.splitlines()
    ]


@pytest.mark.parametrize(
    ("page", "says"),
    [
        ("https://market.android.com/details?id=x", "Google Play does not read tags"),
        ("https://apps.microsoft.com/detail/x", "Microsoft's store does not read tags"),
        ("https://geo.itunes.apple.com/app/id1", "Apple's App Store does not read tags"),
    ],
)
def test_other_addresses_of_app_stores(run: Run, page: str, says: str) -> None:
    """`new` warns, and so does `lint`."""
    assert says in run("new", page, "-c", "spring", "-C", "email").stderr
    joint = "&" if "?" in page else "?"
    assert says in run("lint", f"{page}{joint}{TAGS}").stdout


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("[[campaigns.spring]]\n", "write it as [campaigns.spring]"),
        (
            '[campaigns]\nlanding_page = "https://shop.example/"\n',
            "write it below a table with a name, such as [campaigns.spring]",
        ),
    ],
)
def test_a_campaign_in_a_wrong_table(run: Run, work: Path, text: str, hint: str) -> None:
    """The hint is a table that works."""
    (work / "campaigns.toml").write_text(text)

    assert f"hint: {hint}\n" in run("build").stderr


@pytest.mark.parametrize(
    ("text", "visits"),
    [
        (f"url tags\n{TAGS}\n", "1 row"),
        (f"page,url tags\nhome,{TAGS}\n", "1 row"),
        (f"#,page,clicks\n1,{LINK},3\n", "3 clicks"),
        (f"page,clicks\n{LINK},1\n", "1 click"),
        (f"page,uniques\n{LINK},2\n", "2 visitors"),
    ],
)
def test_reports_of_advertising(run: Run, work: Path, text: str, visits: str) -> None:
    """A query without its page, and numbered rows."""
    (work / "report.csv").write_text(text)
    result = run("compare", "report.csv", "--format", "csv")

    assert f"campaign,spring,foreign,{visits.split(maxsplit=1)[0]}," in result.stdout
    assert f"report.csv: {visits} by " in result.stderr


def test_a_report_without_names(run: Run, work: Path) -> None:
    """It is not praised for having none misspelt."""
    (work / "report.csv").write_text("page,utm_source\n")

    assert "warning: there are no names in the report\n" in run("compare", "report.csv").stderr


@pytest.mark.parametrize("between", [",", ", ", ";", "|", " ", "\n"])
def test_a_cell_with_several_addresses(run: Run, work: Path, between: str) -> None:
    """`new` and the import refuse it; the address of a picture within an address is none."""
    (work / "links.csv").write_text(f'name,url\nx,"{LINK}{between}{LINK}"\n')
    says = "error: links.csv:2: the cell holds several addresses: give each a row of its own\n"

    assert says in run("registry", "import", "links.csv").stderr
    assert says in run("new", "--from", "links.csv", "-c", "spring", "-C", "email").stderr


def test_an_address_may_hold_addresses(run: Run, work: Path) -> None:
    """They are a parameter of it."""
    url = "https://shop.example/?images=https://a.example/1.png,https://a.example/2.png"
    (work / "links.csv").write_text(f'name,url\nx,"{url}"\n')
    issued = run("new", "--from", "links.csv", "-c", "spring", "-C", "email")

    assert issued.stdout.startswith(url)


def test_the_first_of_several_is_explained(run: Run) -> None:
    """Not both as one."""
    assert run("explain", f"{LINK} https://other.example/").stdout == f"{LINK}\n"
