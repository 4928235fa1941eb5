"""`[convention]` of campaigns.toml: what it may say, what is wrong with it, and its laws."""

from datetime import date
from pathlib import Path

import pytest
import tomli_w
from hypothesis import assume, example, given
from hypothesis import strategies as st

from tests.campaigns.test_reader import problems, write
from utmforge import load_campaigns
from utmforge.errors import CampaignFileInvalid, UtmforgeError
from utmforge.model import Tags
from utmforge.naming.convention import Convention
from utmforge.naming.field_rule import CASES, SEPARATORS, FieldRule

DAY = date(2026, 3, 20)


def test_every_key_arrives() -> None:
    """Values are found as the convention writes them; required tags come together."""
    file = load_campaigns(
        write(
            """
            [convention]
            case = "keep"
            required = ["term", "content"]
            max_length = 60
            [convention.source]
            aliases = { FB = "facebook", "Face Book" = "facebook", "fb " = "facebook", x = "x" }
            prohibited = ["Test"]
            case = "lower"
            [convention.medium]
            allowed = ["email"]
            [convention.content]
            suggested = ["Hero"]
            required = true
            separator = "."
            [convention.id]
            required = true
            max_length = 8
            transliterate = false
            [convention.campaign]
            template = "{year}-{slug}"
            pattern = '[0-9A-Za-z-]+'
            """
        )
    )

    assert file.convention == Convention(
        case="keep",
        required=("id", "content", "term"),
        max_length=60,
        fields={
            "source": FieldRule(
                case="lower",
                aliases={"fb": "facebook", "face-book": "facebook"},
                prohibited=("test",),
            ),
            "medium": FieldRule(allowed=("email",)),
            "content": FieldRule(suggested=("Hero",), separator="."),
            "id": FieldRule(max_length=8, transliterate=False),
            "campaign": FieldRule(template="{year}-{slug}", pattern="[0-9A-Za-z-]+"),
        },
    )


_NOT_WRITTEN = "which can never be written: the convention's case, separator and accents make it"


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("allowd = ['a']", 'unknown key "allowd"', 'did you mean "allowed"?'),
        (
            "suggested = ['Hero']",
            'suggested value "Hero" can never be written: the convention\'s case, separator and '
            'accents make it "hero"',
            'write "hero"',
        ),
        (
            "suggested = ['a']\nallowed = ['b']",
            "suggested and allowed cannot be used together",
            "allowed accepts nothing else, suggested accepts other values with a note",
        ),
        (
            "allowed = ['a', 'b']\nprohibited = ['B']",
            'allowed value "b" can never be used: content "b" is prohibited in the naming '
            "convention",
            'use "a", or remove it from prohibited in [convention.content]',
        ),
        (
            "allowed = ['spring', 'a']\nmax_length = 3",
            'allowed value "spring" can never be used: content "spring" has 6 characters, the '
            "naming convention allows 3",
            "shorten it, or raise max_length in [convention.content]",
        ),
        (
            "allowed = ['spring']\ntemplate = '{year}-{slug}'",
            'allowed value "spring" can never be used: content "spring" does not fit the naming '
            "convention's template {year}-{slug}",
            'write it like "2026-spring-sale", or change the template in [convention.content]',
        ),
        (
            "allowed = ['spring']\npattern = '[0-9]*'",
            'allowed value "spring" can never be used: content "spring" does not match the naming '
            "convention's pattern [0-9]*",
            "change the value, or the pattern in [convention.content]",
        ),
        (
            "allowed = ['a', 'b']\naliases = { b = 'a' }",
            'allowed value "b" is an alias too, and never written',
            "remove one",
        ),
        ("prohibited = ['!']", 'the naming convention leaves nothing of content "!"', None),
        ("prohibited = 'a'", "prohibited is not a list of texts", None),
        ("aliases = ['a']", "aliases is a list, not a table", "write it as [aliases]"),
        ("aliases = { a = 1 }", "a is a number, not text", 'write it "in quotes"'),
        ("aliases = { '' = 'a' }", "a name is empty", "give it one"),
        (
            "aliases = { '!' = 'a' }",
            'the naming convention leaves nothing of content "!"',
            None,
        ),
        (
            "aliases = { fb = 'Facebook' }",
            f'alias target "Facebook" {_NOT_WRITTEN} "facebook"'.replace("which ", ""),
            'write "facebook"',
        ),
        (
            "aliases = { fb = 'facebook', FB = 'face' }",
            'alias "fb" is defined twice, with different values',
            "remove one",
        ),
        (
            "aliases = { fb = 'face', face = 'facebook' }",
            'alias "fb" leads to "face", an alias itself',
            'write "facebook"',
        ),
        (
            "aliases = { fb = 'facebok' }\nallowed = ['facebook']",
            'alias "fb" can never be used: content "facebok" is not in the naming convention',
            'use "facebook", or add it to [convention.content]',
        ),
        (
            "aliases = { FB = 'facebook' }\nprohibited = ['fb']",
            '"fb" is both an alias and prohibited',
            "remove one",
        ),
        (
            "template = '{yeer}'",
            'template: there is no placeholder "{yeer}"',
            'did you mean "year"?',
        ),
        (
            "template = 'Sale {slug}'",
            f'template makes "Sale spring-sale", {_NOT_WRITTEN} "sale-spring-sale"',
            "write the template's own text that way",
        ),
        (
            "template = '{slug}-'",
            f'template makes "spring-sale-", {_NOT_WRITTEN} "spring-sale"',
            "write the template's own text that way",
        ),
        ('template = "a\\u0007{slug}"', "content has an invisible character (U+0007)", None),
        ("template = ''", "template is empty", "remove the line, or give it a value"),
        (
            "pattern = '(?=a)[a-z]+'",
            "pattern holds (?=, which cannot be matched in bounded time",
            "write it without look-ahead, look-behind and back-references",
        ),
        (
            "pattern = '[[a]'",
            "pattern is not a regular expression: Possible nested set at position 1",
            None,
        ),
        (
            "pattern = 'a{99999999999}'",
            "pattern is not a regular expression: the repetition number is too large",
            None,
        ),
        ("max_length = 101", "max_length is 101", "a whole number from 1 to 100"),
        ("max_length = 0", "max_length is 0", "a whole number from 1 to 100"),
        ("max_length = true", "max_length is true or false", "a whole number from 1 to 100"),
        ("max_length = '9'", "max_length is text", "a whole number from 1 to 100"),
        ("required = 'yes'", "required is text, not true or false", None),
        ("case = 'Upper'", 'case is "Upper"', 'did you mean "upper"?'),
        ("separator = '+'", 'separator is "+"', 'one of "-", "_", "."'),
        ("transliterate = 1", "transliterate is a number, not true or false", None),
    ],
)
def test_each_problem_of_a_tag_s_table(text: str, message: str, hint: str | None) -> None:
    """One thing wrong gives one problem, on its line, with the next step."""
    [(place, said, key, then)] = problems(f"[convention.content]\n{text}")

    assert place in {"campaigns.toml:2", "campaigns.toml:3"}
    assert said == message
    assert (key or "").startswith("convention.content.")
    assert hint is None or then == hint


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            "required = ['contents']",
            (
                "convention.required",
                'required has the unknown "contents"',
                'did you mean "content"?',
            ),
        ),
        (
            "required = ['content']\n[convention.content]\nrequired = false",
            (
                "convention.content.required",
                "content is required in [convention]",
                "remove one of the two",
            ),
        ),
        (
            "max_length = 3\n[convention.medium]\nallowed = ['email']",
            (
                "convention.medium.allowed",
                'allowed value "email" can never be used: medium "email" has 5 characters, the '
                "naming convention allows 3",
                "shorten it, or raise max_length in [convention]",
            ),
        ),
    ],
)
def test_each_problem_of_the_whole_convention(text: str, problem: tuple[str, str, str]) -> None:
    """The same for what holds for all tags."""
    assert [found[1:] for found in problems(f"[convention]\n{text}")] == [
        (problem[1], problem[0], problem[2])
    ]


CAMPAIGN = '[campaigns.spring]\nlanding_page = "https://x.example/"\nchannels = ["sms", "email"]\n'


def test_starts_fills_templates_in() -> None:
    """The year is the campaign's, for its name and all it has."""
    file = load_campaigns(
        write(
            '[convention.campaign]\ntemplate = "{year}-{slug}"\n'
            '[convention.content]\ntemplate = "{month}-{word}"\n'
            f'{CAMPAIGN}starts = 2024-12-28\ncontents = ["hero"]\n'
        )
    )

    tags = [placement.tags for placement in file.campaign("spring").placements]
    assert {(one.campaign, one.content) for one in tags} == {("2024-spring", "12-hero")}
    assert file.changes == (
        'wrote campaign "spring" as "2024-spring"',
        'wrote content "hero" as "12-hero"',
    )


def test_without_starts_a_campaign_is_not_completed() -> None:
    """Its name would change with the clock; one that is whole needs no day."""
    convention = '[convention.campaign]\ntemplate = "{year}-{slug}"\n'
    [(place, message, key, hint)] = problems(convention + CAMPAIGN)

    assert (place, key) == ("campaigns.toml:3", "campaigns.spring")
    assert (
        message == 'campaign "spring" does not fit the naming convention\'s template {year}-{slug}'
    )
    assert hint == (
        'add starts, which gives the template its date, or write it like "2026-spring-sale", '
        "or change the template in [convention.campaign]"
    )
    write(convention + CAMPAIGN.replace("spring", "2025-spring"))
    assert load_campaigns("campaigns.toml").campaign("2025-spring").tags.campaign == "2025-spring"


@pytest.mark.parametrize("more", ["", 'starts = "soon"\n'], ids=["none", "wrong"])
def test_starts_is_proposed_only_where_it_helps(more: str) -> None:
    """Not for a name that says a year itself, nor beside one that is there."""
    text = '[convention.campaign]\ntemplate = "{year}-{slug}"\n' + CAMPAIGN + more
    found = problems(text.replace("campaigns.spring", "campaigns.spring-2026"))

    assert 'write it like "2026-spring-sale", or change the template in [convention.campaign]' in {
        hint for *_, hint in found
    }


def test_required_tags_of_campaigns_and_placements() -> None:
    """Each table without one is named once."""
    found = problems(
        f'[convention]\nrequired = ["content", "term"]\n{CAMPAIGN}'
        '[[campaigns.spring.placements]]\nchannel = "email"\nterm = "a"\n'
    )

    assert found == [
        (
            "campaigns.toml:3",
            "content and term are missing: the naming convention requires them",
            "campaigns.spring",
            "give them values, or change required in [convention]",
        ),
        (
            "campaigns.toml:6",
            "content is missing: the naming convention requires it",
            "campaigns.spring.placements.0",
            "give it a value, or change required in [convention]",
        ),
    ]


def test_what_is_not_suggested_is_told() -> None:
    """In a file too, once."""
    file = load_campaigns(
        write(f'[convention.content]\nsuggested = ["hero"]\n{CAMPAIGN}contents = ["heros"]\n')
    )

    assert file.changes == (
        'content "heros" is not among the suggested "hero"; did you mean "hero"?',
    )


value = st.text("abAé1- _{}*|", min_size=1, max_size=5) | st.sampled_from(
    ["2026-a", "a-b", "q1", "fb", "2026-a-b", "{kw}", "b", "a"]
)
values = st.lists(value, max_size=3, unique=True)
field = st.fixed_dictionaries(
    {},
    optional={
        "allowed": values,
        "suggested": values,
        "prohibited": values,
        "aliases": st.dictionaries(value, value, max_size=3),
        "template": st.sampled_from(["{year}-{slug}", "{word}-{quarter}", "{slug}", "a{number}"]),
        "pattern": st.sampled_from(["[a-z0-9-]+", ".*a.*"]),
        "max_length": st.integers(1, 9),
        "case": st.sampled_from(CASES),
        "separator": st.sampled_from(SEPARATORS),
        "transliterate": st.booleans(),
    },
)


@example(
    {"aliases": {"1": "{kw}"}, "template": "{year}-{slug}", "max_length": 1},
    ["1"],
    date(2000, 1, 1),
    date(2000, 1, 1),
)
@given(field, st.lists(value, min_size=1, max_size=5), st.dates(), st.dates())
def test_the_laws_of_every_convention_that_is_read(
    rule: dict[str, object], given_: list[str], day: date, later: date
) -> None:
    """What it takes passes its checks, and is written so already, on whatever day."""
    Path("campaigns.toml").write_text(tomli_w.dumps({"convention": {"campaign": rule}}))
    try:
        convention = load_campaigns("campaigns.toml").convention
    except CampaignFileInvalid:
        assume(False)
    read = convention.fields["campaign"]
    for one in (*given_, *read.allowed, *read.suggested, *read.aliases):
        try:
            tags, _ = convention.apply(Tags("a", "b", one), today=day)
        except UtmforgeError:
            assert one not in {*read.allowed, *read.suggested, *read.aliases}
        else:
            convention.check("campaign", tags.campaign)
            again, notes = convention.apply(tags, today=later)
            assert again == tags
            assert all("wrote" not in str(note) for note in notes)
