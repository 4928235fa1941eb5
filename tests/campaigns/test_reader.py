"""campaigns.toml: what it may hold, and all its problems at once."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import EXAMPLE
from utmforge import UtmforgeError, load_campaigns
from utmforge.campaigns.key_lines import key_lines
from utmforge.errors import CampaignFileBroken, CampaignFileInvalid, CampaignFileMissing
from utmforge.issuing.make import plan
from utmforge.model import Goal, Workspace


def write(text: str | bytes, name: str = "campaigns.toml") -> Path:
    """Write a campaign file into the current folder."""
    path = Path(name)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def problems(text: str) -> list[tuple[str, str, str | None, str | None]]:
    """Return (place, message, key, hint) of everything wrong."""
    with pytest.raises(CampaignFileInvalid) as caught:
        load_campaigns(write(text))
    return [(one.where, one.message, one.key, one.hint) for one in caught.value.problems]


def test_the_example_says_everything() -> None:
    """Each part of the example file arrives."""
    file = load_campaigns(EXAMPLE)
    campaign = file.campaign("2026-spring-sale")

    assert file.workspace == Workspace(("shop.example",), "EUR", "Europe/Paris")
    assert file.convention.fields["medium"].allowed == ("email", "sms", "social", "message", "qr")
    assert file.channels["newsletter"].source == "weekly-newsletter"
    assert file.channels["newsletter"].medium == "email"
    assert file.goals == {"order": Goal("/thank-you", Decimal("45.00"))}
    assert campaign.starts == date(2026, 3, 20)
    assert campaign.ends is None
    assert campaign.costs == {"newsletter": Decimal("120.00"), "sms": Decimal("340.50")}
    assert [link.url for link in plan(campaign.placements)] == [
        "https://shop.example/spring?ref=mail&utm_source=weekly-newsletter&utm_medium=email"
        "&utm_campaign=2026-spring-sale&utm_id=spr26#offers",
        "https://shop.example/spring?ref=mail&utm_source=sms&utm_medium=sms"
        "&utm_campaign=2026-spring-sale&utm_id=spr26#offers",
        "https://shop.example/spring?ref=mail&utm_source=whatsapp&utm_medium=message"
        "&utm_campaign=2026-spring-sale&utm_id=spr26&utm_content=story#offers",
        "https://shop.example/spring?ref=mail&utm_source=messenger&utm_medium=message"
        "&utm_campaign=2026-spring-sale&utm_id=spr26#offers",
    ]


def test_a_channel_may_build_on_one_of_your_own_and_refine_its_namesake() -> None:
    """`extends` reaches through several channels; `[channels.email]` may extend email."""
    file = load_campaigns(
        write(
            """
            [channels.vip]
            extends = "newsletter"
            medium = "social"
            [channels.newsletter]
            extends = "email"
            source = "weekly"
            [channels.email]
            extends = "email"
            source = "mail"
            [channels.radio]
            source = "radio"
            medium = "audio"
            """
        )
    )

    assert {name: (c.source, c.medium) for name, c in file.channels.items()} == {
        "email": ("mail", "email"),
        "newsletter": ("weekly", "email"),
        "vip": ("weekly", "social"),
        "radio": ("radio", "audio"),
    }


def test_all_problems_are_reported_at_once_with_line_key_and_hint() -> None:
    """One run lists everything there is to fix."""
    assert problems(
        """\
[workspace]
currency = "euro"
timezone = "Europe/Pari"
own_domain = ["a.example"]

[convention]
case = "lowercase"
[convention.medium]
allowed = ["email", "SMS"]
pattern = "("

[channels.news]
extends = "emial"

[campaigns.spring]
landing_pag = "https://x.example/"
channels = ["whatsap"]
starts = 2026-04-01
ends = 2026-03-01
contents = ["a", "a", ""]

[campaigns.summer]
landing_page = "ftp://x.example/"
channels = []
[campaigns.summer.costs]
email = "12"

[goals.order]
value = -1
"""
    ) == [
        (
            "campaigns.toml:2",
            'currency "euro" is not three capital letters',
            "workspace.currency",
            "such as EUR",
        ),
        (
            "campaigns.toml:3",
            'no time zone is called "Europe/Pari"',
            "workspace.timezone",
            "such as Europe/Paris",
        ),
        (
            "campaigns.toml:4",
            'unknown key "own_domain"',
            "workspace.own_domain",
            'did you mean "own_domains"?',
        ),
        ("campaigns.toml:7", 'case is "lowercase"', "convention.case", 'did you mean "lower"?'),
        (
            "campaigns.toml:9",
            'allowed value "SMS" can never be written: the convention\'s case, separator and '
            'accents make it "sms"',
            "convention.medium.allowed",
            'write "sms"',
        ),
        (
            "campaigns.toml:10",
            "pattern is not a regular expression: missing ), unterminated subpattern",
            "convention.medium.pattern",
            None,
        ),
        (
            "campaigns.toml:13",
            'no channel is called "emial"',
            "channels.news.extends",
            'did you mean "email"?',
        ),
        (
            "campaigns.toml:16",
            'unknown key "landing_pag"',
            "campaigns.spring.landing_pag",
            'did you mean "landing_page"?',
        ),
        (
            "campaigns.toml:17",
            'no channel is called "whatsap"',
            "campaigns.spring.channels",
            'did you mean "whatsapp"?',
        ),
        (
            "campaigns.toml:19",
            "ends 2026-03-01 is before starts 2026-04-01",
            "campaigns.spring.ends",
            "swap them",
        ),
        (
            "campaigns.toml:20",
            "contents has an empty text",
            "campaigns.spring.contents",
            "remove it",
        ),
        (
            "campaigns.toml:20",
            'contents has "a" twice',
            "campaigns.spring.contents",
            "remove one",
        ),
        (
            "campaigns.toml:22",
            'campaign "summer" has no channels',
            "campaigns.summer",
            'add channels = ["email", "whatsapp"]',
        ),
        (
            "campaigns.toml:23",
            'only http and https addresses can be tagged, not "ftp"',
            "campaigns.summer.landing_page",
            None,
        ),
        (
            "campaigns.toml:26",
            "email is text, not an amount",
            "campaigns.summer.costs.email",
            "write it as 120.00",
        ),
        (
            "campaigns.toml:28",
            'goal "order" has no path',
            "goals.order",
            'add path = "/thank-you"',
        ),
        (
            "campaigns.toml:29",
            "value is not an amount of money",
            "goals.order.value",
            "write it as 120.00",
        ),
    ]


_INVISIBLE = "source has an invisible character (U+001B)"
SPRING = '[campaigns.spring]\nlanding_page = "https://x.example/"\n'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (SPRING + 'channels = "email"', ("3", "channels is not a list of texts")),
        (SPRING + "channels = [1]", ("3", "channels is not a list of texts")),
        (SPRING + 'channels = ["sms"]\nstarts = "2026-01-01"', ("4", "starts is text, not a date")),
        (
            SPRING + 'channels = ["sms"]\nends = 2026-01-01T10:00:00',
            ("4", "ends is a date with a time, not a date"),
        ),
        (SPRING + 'channels = ["sms"]\nid = 12', ("4", "id is a number, not text")),
        (SPRING + 'channels = ["sms"]\nid = ""', ("4", "id is empty")),
        (
            SPRING + f'channels = ["sms"]\nid = "{"x" * 101}"',
            ("4", "id has 101 characters, GA4 cuts a tag at 100"),
        ),
        (SPRING + "placements = 1", ("3", "placements is not a list of tables")),
        (
            SPRING + "[[campaigns.spring.placements]]\ncontent = 'a'",
            ("3", "a placement has no channel"),
        ),
        (
            SPRING + "[[campaigns.spring.placements]]\nchannel = 'sms'\n"
            "[[campaigns.spring.placements]]\nchannel = 'smss'",
            ("6", 'no channel is called "smss"'),
        ),
        (
            SPRING + "[[campaigns.spring.placements]]\nchannel = 'sms'\n"
            "[[campaigns.spring.placements]]\nchannel = 'sms'",
            ("5", 'channels "sms" and "sms" give the same link'),
        ),
        (
            SPRING + 'channels = ["sms"]\n[campaigns.spring.costs]\nemail = 1',
            ("5", 'this campaign does not use channel "email"'),
        ),
        ("campaigns = 1", ("1", "campaigns is a number, not a table")),
        ("[campaigns]\nspring = 1", ("2", "spring is a number, not a table")),
        ("[[campaigns.spring]]\n", ("1", "spring is a list, not a table")),
        ('[campaigns.""]', ("1", "a name is empty")),
        ("campaign = {}", ("1", 'unknown key "campaign"')),
        ("[convention]\ntransliterate = 1", ("2", "transliterate is a number, not true or false")),
        ("[convention]\nseparator = 1", ("2", "separator is a number")),
        ("[convention.utm_medium]", ("1", 'unknown key "utm_medium"')),
        ("[channels.x]", ("1", 'channel "x" has no source and no medium')),
        (
            "[channels.x]\nextends = 'y'\n[channels.y]\nextends = 'x'",
            ("4", '"y" extends itself through "x"'),
        ),
        ('[goals.x]\npath = "thanks"', ("2", 'path "thanks" does not begin with /')),
        ("[goals.x]\npath = '/a'\nvalue = true", ("3", "value is true or false, not an amount")),
        ("[goals.x]\npath = '/a'\nvalue = nan", ("3", "value is not an amount of money")),
        (
            "[workspace]\nown_domains = ['https://x.example/']",
            ("2", '"https://x.example/" is not a domain'),
        ),
        (
            "[convention]\n[convention.medium]\nallowed = ['email']\n"
            "[channels.x]\nextends='email'\nmedium = 'e-mail'\n"
            "[campaigns.a]\nlanding_page='https://x.example'\nchannels=['x']",
            ("6", 'medium "e-mail" is not in the naming convention'),
        ),
        (
            "[convention.medium]\nallowed = ['email']\n"
            "[campaigns.a]\nlanding_page='https://x.example'\nchannels=['sms']",
            ("5", 'medium "sms" is not in the naming convention'),
        ),
        (
            "[campaigns.'a b']\nlanding_page='https://x.example'\nchannels=['sms']\n"
            "[campaigns.a-b]\nlanding_page='https://x.example'\nchannels=['sms']",
            ("4", 'campaigns "a b" and "a-b" are both written "a-b"'),
        ),
        (
            "[channels.mail]\nextends='email'\n"
            "[campaigns.a]\nlanding_page='https://x.example'\nchannels=['email', 'mail']",
            ("5", 'channels "email" and "mail" give the same link'),
        ),
        (
            "[channels.x]\nsource = 'y'\n"
            "[campaigns.a]\nlanding_page='https://x.example'\nchannels=['x']",
            ("1", 'channel "x" has no medium'),
        ),
        ("[channels.y]\nextends = 'y'", ("2", '"y" extends itself')),
        ("[channels.x]\nextends = 'sms'\nsource = \"a\\u001b\"", ("3", _INVISIBLE)),
        ("['a] # b']", ("1", 'unknown key "a] # b"')),
        (
            "[campaigns.a]\nlanding_page='https://u:secret@x.example'\nchannels=['email']",
            ("2", "the address has a user name or password before its host"),
        ),
    ],
    ids=lambda value: str(value)[-40:],
)
def test_each_problem_has_its_line(text: str, expected: tuple[str, str]) -> None:
    """One thing wrong gives one problem, at its line; a secret is not repeated."""
    found = problems(text)

    assert [(place, message) for place, message, _, _ in found] == [
        (f"campaigns.toml:{expected[0]}", expected[1])
    ]
    assert "secret" not in str(found)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            b"[campaigns\n",
            "campaigns.toml:1: not valid TOML: expected ']' at the end of a table declaration",
        ),
        (b"a = 1\nb = \n", "campaigns.toml:2: not valid TOML: invalid value"),
        (b"a = 1\na = 2\n", "campaigns.toml:2: not valid TOML: cannot overwrite a value"),
        (b'a = """\n', "campaigns.toml:2: not valid TOML: unterminated string"),
        (b"# \xe9t\xe9\n", "campaigns.toml:1: the file is not UTF-8"),
        (b"a = " + b"[" * 100_000, "campaigns.toml:1: the file is nested too deeply"),
        (b"#" * 10_000_001, "campaigns.toml: the file is over 10,000,000 bytes"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_is_not_toml_is_refused_with_its_place(text: bytes, message: str) -> None:
    """The parser's own words, and the line."""
    with pytest.raises(CampaignFileBroken) as caught:
        load_campaigns(write(text))

    assert str(caught.value) == message


def test_a_missing_file_is_refused() -> None:
    """Neither a missing file nor a folder is a campaign file."""
    with pytest.raises(CampaignFileMissing, match=r'cannot read "nope\.toml": no such file'):
        load_campaigns("nope.toml")
    with pytest.raises(CampaignFileMissing, match="is a folder"):
        load_campaigns(".")


def test_bom_and_crlf_are_accepted() -> None:
    """Files saved on Windows are read like any other, lines counted alike."""
    text = b'\xef\xbb\xbf[campaigns.spring]\r\nlanding_page = "https://x.example/"\r\n'
    assert load_campaigns(write(text + b'channels = ["sms"]\r\n')).campaign("spring")
    assert problems((text + b"channels = 1\r\n").decode())[0][0] == "campaigns.toml:3"


def test_lines_are_found_in_every_way_of_writing_toml() -> None:
    """Dotted keys, quoted keys, text and lists over several lines, arrays of tables, comments."""
    text = '''\
# a = 1
top = """
[not.a.table]
x = "1"
"""
list = [ # comment ]
  "a]",
  \'b"\',
]
[a."b.c"] # comment
d.e = 1
"f g" = { h = 1, i = [2] }
[[a.j]]
k = 1
[[a.j]]
[a.j.l]
m = \'\'\'
[n]\'\'\'
[ z ]
y = "\\"] # ["
x = 1
'''
    assert key_lines(text) == {
        ("top",): 2,
        ("list",): 6,
        ("a", "b.c"): 10,
        ("a", "b.c", "d", "e"): 11,
        ("a", "b.c", "f g"): 12,
        ("a", "j", 0): 13,
        ("a", "j", 0, "k"): 14,
        ("a", "j", 1): 15,
        ("a", "j", 1, "l"): 16,
        ("a", "j", 1, "l", "m"): 17,
        ("z",): 19,
        ("z", "y"): 20,
        ("z", "x"): 21,
    }


toml_values = st.recursive(
    st.booleans() | st.integers(-10, 10) | st.text(max_size=8) | st.just(date(2026, 1, 1)),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["landing_page", "channels", "a", "x y"]), inner, max_size=3
        )
    ),
    max_leaves=8,
)
sections = st.sampled_from(["workspace", "convention", "channels", "campaigns", "goals", "x"])


@given(st.dictionaries(sections, toml_values, max_size=4))
def test_any_toml_is_read_or_refused(data: dict[str, object]) -> None:
    """No file of any shape ends in anything but campaigns or problems with places."""
    import tomli_w

    place = ""
    try:
        load_campaigns(write(tomli_w.dumps(data)))
    except UtmforgeError as error:
        place = error.where or "nowhere"
    assert not place or place.startswith("campaigns.toml:")


def test_a_line_of_blanks_costs_nothing() -> None:
    """The search for lines is linear."""
    assert key_lines(" " * 100_000 + "\na = 1") == {("a",): 2}


def test_channels_are_found_in_any_case() -> None:
    """Placements and costs name the same channel however it is written."""
    file = load_campaigns(
        write(
            SPRING + 'channels = ["sms"]\n[[campaigns.spring.placements]]\nchannel = "SMS"\n'
            'content = "story"\n[campaigns.spring.costs]\nSMS = 1\n'
        )
    )

    assert [(one.channel, one.tags.content) for one in file.campaign("spring").placements] == [
        ("sms", "story")
    ]
    assert file.campaign("spring").costs == {"sms": Decimal(1)}
