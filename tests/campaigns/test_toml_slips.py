"""Slips in TOML get the line as it should be, at the line where it stands."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge.campaigns.document import parse_document
from utmforge.campaigns.toml_slips import find_slip
from utmforge.errors import CampaignFileBroken
from utmforge.files.toml_text import NotToml, parse_toml

ABOVE = '[campaigns.spring]\nlanding_page = "https://shop.example/"\n'
BELOW = '\nid = "spr26"\n[campaigns.summer]\n'

SLIPS = {
    # dates
    "starts = 20/03/2026": "starts = 2026-03-20",
    "starts = 20.03.2026": "starts = 2026-03-20",
    "starts = 20-03-2026": "starts = 2026-03-20",
    "starts = 03/20/2026": "starts = 2026-03-20",
    "starts = 2026/03/20": "starts = 2026-03-20",
    "starts = 2026.3.5": "starts = 2026-03-05",
    "starts = 2026-3-5": "starts = 2026-03-05",
    "starts = 2026-02-30": "starts = 2026-02-28",
    "ends = 31/04/2026  # Easter": "ends = 2026-04-30  # Easter",
    "ends = 2026-20-03": "ends = 2026-03-20",
    "starts = 2026-03-20;": "starts = 2026-03-20",
    "starts = 05/03/2026": "starts = 2026-03-05   or: starts = 2026-05-03",
    "starts = 2026-03-20 at noon 10:00": 'starts = "2026-03-20 at noon 10:00"',
    "starts = \u201c2026-03-01\u201d": "starts = 2026-03-01",
    'starts = "2026-03-01': "starts = 2026-03-01",
    "ends = 1 March 2026": 'ends = "1 March 2026"',
    # other signs
    'term \uff1d "shoes"': 'term = "shoes"',
    "; our shop": "# our shop",
    "-- our shop": "# our shop",
    "--": "#",
    "// # our shop": "# our shop",
    "<!-- our shop -->": "# our shop",
    "/* our shop */": "# our shop",
    'term = "x" -- our shop': 'term = "x"  # our shop',
    'term = "x" ; our shop': 'term = "x"  # our shop',
    # quotes
    'message = "Spring is here.': 'message = "Spring is here."',
    "message = 'Spring is here.": "message = 'Spring is here.'",
    "message = Spring is here.": 'message = "Spring is here."',
    "message = \u201cSpring\u201d": 'message = "Spring"',
    "message = \u00abSpring\u00bb": 'message = "Spring"',
    "message = 'l'\u00e9t\u00e9'": 'message = "l\'\u00e9t\u00e9"',
    'message = "Say "hi" now"': "message = 'Say \"hi\" now'",
    'message = "C:\\Users"': "message = 'C:\\Users'",
    "message = \"Spring'": 'message = "Spring\'"',
    "term = shoes": 'term = "shoes"',
    "page = https://shop.example/?a=1#b": 'page = "https://shop.example/?a=1#b"',
    # lists
    "contents = [hero, footer]": 'contents = ["hero", "footer"]',
    'contents = ["hero" "footer"]': 'contents = ["hero", "footer"]',
    'contents = ["hero"; "footer"]': 'contents = ["hero", "footer"]',
    'contents = ["hero", "footer"': 'contents = ["hero", "footer"]',
    "contents = hero, footer": 'contents = ["hero", "footer"]',
    'contents = [\n  "hero"\n  "footer"\n]': '"hero",',
    'contents = [\n  "hero",\n  "footer"\n': '"footer"]',
    "channels = {email, sms}": 'channels = ["email", "sms"]',
    'channels = ("email", "sms")': 'channels = ["email", "sms"]',
    "channels = email": 'channels = ["email"]',
    'channels = "email", "sms"': 'channels = ["email", "sms"]',
    # names of tables
    "[campaigns.spring sale]": '[campaigns.spring-sale]   or: [campaigns."spring sale"]',
    "[campaigns. spring sale ]": '[campaigns.spring-sale]   or: [campaigns."spring sale"]',
    "[channels.news letter]": '[channels.news-letter]   or: [channels."news letter"]',
    "[campaigns.\u00e9t\u00e9]": '[campaigns."\u00e9t\u00e9"]',
    "[campaigns.soldes d'\u00e9t\u00e9]": '[campaigns."soldes d\'\u00e9t\u00e9"]',
    "[campaigns.50%-off]": '[campaigns."50%-off"]',
    "[campaigns.\u00e9t\u00e9 26.costs]": '[campaigns."\u00e9t\u00e9 26".costs]',
    "[[campaigns.\u00e9t\u00e9.placements]]": '[[campaigns."\u00e9t\u00e9".placements]]',
    "[campaigns autumn]": "[campaigns.autumn]",
    "[campaigns.autumn": "[campaigns.autumn]",
    "campaigns.autumn]": "[campaigns.autumn]",
    "[[campaigns.spring.placements]": "[[campaigns.spring.placements]]",
    # keys, signs, numbers
    'source platform = "x"': 'source_platform = "x"',
    'term: "x"': 'term = "x"',
    'term "x"': 'term = "x"',
    'term == "x"': 'term = "x"',
    'term = "x",': 'term = "x"',
    "// later": "# later",
    "cost = 340,50": "cost = 340.50",
    "cost = 1.200,50": "cost = 1200.50",
    "cost = 1,200.50": "cost = 1200.50",
    "cost = 1 200": "cost = 1200",
    "cost = 340 EUR": "cost = 340",
    "cost = \u20ac340": "cost = 340",
    "active = True": "active = true",
}


@pytest.mark.parametrize(("written", "better"), SLIPS.items())
def test_the_line_as_it_should_be(written: str, better: str) -> None:
    """The hint is the line to write, the place is the line that is wrong."""
    with pytest.raises(CampaignFileBroken) as caught:
        parse_document(Path("c.toml"), f"{ABOVE}{written}{BELOW}".encode())

    assert caught.value.hint == f"write it as: {better}"
    where = int((caught.value.where or "").rpartition(":")[2])
    line = f"{ABOVE}{written}{BELOW}".split("\n")[where - 1].strip()
    assert line
    assert line in written
    assert "('" not in caught.value.message  # no names as Python writes them


def test_a_crlf_file_and_the_last_line() -> None:
    """Windows' line ends are not part of a line, and a file may end anywhere."""
    for data in (b"a = 1\r\nb = x\r\n", b"a = 1\nb = x"):
        with pytest.raises(CampaignFileBroken) as caught:
            parse_document(Path("c.toml"), data)
        assert caught.value.hint == 'write it as: b = "x"'


def test_no_secret_is_repeated() -> None:
    """The password of a registry stays out of the hint."""
    with pytest.raises(CampaignFileBroken) as caught:
        parse_document(Path("c.toml"), b"registry = postgresql://ann:secret@db.example/x\n")

    assert "secret" not in f"{caught.value.message}{caught.value.hint}"


@given(st.text(alphabet="ab=[]\"'., #\n-/20\u00e93{}:_\\", max_size=60))
def test_a_proposal_reads_further(text: str) -> None:
    """Whatever the text, a proposed line is TOML where it stands, and nothing else is raised."""
    failed = _failing_line(text) or 0
    slip = find_slip(text, failed) if failed else None
    if slip is not None:
        lines = text.split("\n")
        lines[slip.line - 1] = slip.better
        further = _failing_line("\n".join(lines))
        assert further is None or further > failed


def _failing_line(text: str) -> int | None:
    try:
        parse_toml(text)
    except NotToml as error:
        return error.line
    return None


DOUBLES = [
    ("[campaigns.a]\nid = '1'\n\n[campaigns.a]\n", 4, "line 1", "[campaigns.a-2]"),
    ("[campaigns.a]\nid = '1'\nterm = 'x'\nid = '2'\n", 4, "line 2", "keep one"),
    ('[campaigns."a b"]\n[campaigns."a b"] # again\n', 2, "line 1", "another name"),
    ("id = '1'\nid = '1'\n", 2, "line 1", "keep one"),
]


@pytest.mark.parametrize(("text", "line", "first", "then"), DOUBLES)
def test_what_stands_twice(text: str, line: int, first: str, then: str) -> None:
    """Both places are told, and what to do."""
    with pytest.raises(CampaignFileBroken) as caught:
        parse_document(Path("c.toml"), text.encode())

    assert caught.value.where == f"c.toml:{line}"
    assert first in (caught.value.hint or "")
    assert then in (caught.value.hint or "")
    assert "('" not in caught.value.message


def test_a_misspelt_key_is_told_once() -> None:
    """The cause, and not also that the campaign has no such key."""
    from utmforge.campaigns.reader import read_campaigns
    from utmforge.errors import CampaignFileInvalid

    text = (
        "[campaigns.a]\nlanding-page = 'https://x.example/'\nchanels = ['sms']\n"
        "[campaigns.v1.2]\nlanding_page = 'https://x.example/'\nchannels = ['sms']\n"
    )
    with pytest.raises(CampaignFileInvalid) as caught:
        read_campaigns(parse_document(Path("c.toml"), text.encode()))

    assert [(one.message, one.hint) for one in caught.value.problems] == [
        ('unknown key "landing-page"', 'did you mean "landing_page"?'),
        ('unknown key "chanels"', 'did you mean "channels"?'),
        ('unknown key "2"', 'a name with a point needs quotes: [campaigns."v1.2"]'),
    ]
