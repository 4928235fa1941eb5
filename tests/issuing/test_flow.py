"""Issuing without the command line: what a server would do."""

import io
import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from utmforge import Tags, UtmforgeError, load_campaigns, make_link
from utmforge.campaigns.campaign_file import CampaignFile
from utmforge.errors import LandingPagesInvalid, NearName, PrivateData
from utmforge.issuing.bulk import batches, read_rows
from utmforge.issuing.flow import (
    IssueSettings,
    check_links,
    issue_batches,
    issue_links,
    settle_links,
    subject_of,
)
from utmforge.issuing.name_check import QuestionableName
from utmforge.issuing.requests import LinkRequest, chosen_campaigns, planned_links
from utmforge.model import TaggedLink
from utmforge.registry import IssuePolicy, Registry

# All that `new`, `build` and `new --from` do, in a process that has neither Typer nor Rich.
SERVER = """
import io, json, sys
from datetime import date
from pathlib import Path
from utmforge import Tags, load_campaigns
from utmforge.campaigns.campaign_file import CampaignFile
from utmforge.errors import NearName
from utmforge.issuing.bulk import batches, read_rows
from utmforge.issuing.flow import (
    IssueSettings, check_links, issue_batches, issue_links, settle_links, subject_of)
from utmforge.issuing.requests import (
    LinkRequest, chosen_campaigns, links_for, planned_links)
from utmforge.registry import IssuePolicy, Registry

Path("campaigns.toml").write_text(
    "[campaigns.spring-sale]\\nlanding_page = 'https://x.example/s'\\n"
    "channels = ['sms', 'email']\\n"
    "[campaigns.old]\\nlanding_page = 'https://x.example/o'\\nchannels = ['sms']\\n"
    "starts = 2020-01-01\\nends = 2020-02-01\\n"
)
file = load_campaigns("campaigns.toml")
place = Path("links.db")
policy = IssuePolicy({"old": date(2020, 2, 1)}, skip=True)
settings = IssueSettings(file, lambda *, writing: Registry.open(place, create=writing), policy)
answer = {}

# new spring-sale --channel sms
links, notes = links_for("spring-sale", LinkRequest(channels=("sms",)), file)
answer["new"] = [one.link.url for one in issue_links(links, settings).usable]

# new https://x.example/b --campaign sping-sale --channel email, refused and then answered
request = LinkRequest(Tags("", "", "sping-sale"), ("email",))
links, notes = links_for("https://x.example/b", request, file)
try:
    issue_links(links, settings)
except NearName as error:
    answer["refused"] = error.message
asked = []
def first(question):
    asked.append([question.field, question.given, question.near, question.kind])
    return question.near[0]
settled = settle_links(links, settings._replace(answer=first))
answer["asked"] = asked
answer["file name"] = settled.links[0].tags.campaign
result = issue_links(settled.links, settings._replace(answer=None))
answer["corrected"] = [one.link.url for one in result.usable]

# build --check, build, build --check
def check():
    chosen = chosen_campaigns((), file)
    with settings.open_registry(writing=False) as registry:
        found = check_links(planned_links(chosen), registry, policy)
    return [len(found.missing), found.present, found.left_out.total()]
answer["check before"] = check()
chosen = chosen_campaigns((), file)
built = issue_links(planned_links(chosen), settings, lambda links: subject_of(chosen, links))
answer["build"] = [built.subject, [one.is_new for one in built.issued], dict(built.left_out)]
answer["check after"] = check()

# new --from -
text = io.StringIO("https://x.example/1\\nhttps://x.example/2\\n")
rows, notes = read_rows(text, "pages", LinkRequest(Tags("", "", "bulk"), ("sms",)))
answer["pages"] = [
    [batch.links, batch.new, [one.link.url for one in batch.result.usable]]
    for batch in issue_batches(batches(rows, file), settings, "pages")
]
answer["heavy"] = [name for name in ("typer", "rich", "utmforge.cli", "utmforge.output")
                   if name in sys.modules]
print(json.dumps(answer))
"""


def test_a_server_can_do_what_the_commands_do() -> None:
    """`new`, `build`, `build --check` and `new --from`, without Typer, Rich or a terminal."""
    done = subprocess.run(
        [sys.executable, "-c", SERVER], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""

    sms = "?utm_source=sms&utm_medium=sms&utm_campaign="
    email = "?utm_source=email&utm_medium=email&utm_campaign="
    assert json.loads(done.stdout) == {
        "new": [f"https://x.example/s{sms}spring-sale"],
        "refused": 'campaign "sping-sale" looks like "spring-sale", which is in use (typo)',
        "asked": [["campaign", "sping-sale", ["spring-sale"], "in-use"]],
        "file name": "spring-sale",
        "corrected": [f"https://x.example/b{email}spring-sale"],
        "check before": [1, 1, 1],
        "build": ["2 campaigns", [False, True, False], {"": 2, "ended": 1}],
        "check after": [0, 2, 1],
        "pages": [
            [2, 2, [f"https://x.example/1{sms}bulk", f"https://x.example/2{sms}bulk"]],
        ],
        "heavy": [],
    }


@pytest.fixture
def settings() -> IssueSettings:
    """Issue into a registry of the test's own."""
    place = Path("links.db")
    return IssueSettings(CampaignFile(), lambda *, writing: Registry.open(place, create=writing))


def link(page: str = "https://x.example/", campaign: str = "c") -> TaggedLink:
    """Return a planned link."""
    return make_link(page, Tags("sms", "sms", campaign), channel="sms")


def test_a_private_link_makes_no_registry(settings: IssueSettings) -> None:
    """Refused before the registry is opened, whoever asks."""
    private = [link("https://x.example/?email=ann.lee@example.com")]
    for refused in (issue_links, settle_links):
        with pytest.raises(PrivateData):
            refused(private, settings)

    assert not Path("links.db").exists()
    assert issue_links(private, settings._replace(allow_private=True)).usable


def test_settling_makes_no_registry_and_issues_nothing(settings: IssueSettings) -> None:
    """It only looks."""
    assert settle_links([link()], settings).links == (link(),)
    assert not Path("links.db").exists()


def test_a_corrected_name_is_looked_at_again(settings: IssueSettings) -> None:
    """The answer may hold what was not in the link."""
    issue_links([link(campaign="spring-sale")], settings)
    misspelt = settings._replace(answer=lambda _: "ann.lee@example.com")
    with pytest.raises(PrivateData):
        issue_links([link(campaign="sping-sale")], misspelt)

    with Registry.open(Path("links.db")) as registry:
        assert [each.tags.campaign for each in registry.links()] == ["spring-sale"]


def test_what_links_are_for_is_said_of_their_settled_names(settings: IssueSettings) -> None:
    """Also where the campaign's name in the file is not its tag."""
    issue_links([link(campaign="spring-sale")], settings)
    correct = settings._replace(answer=lambda question: question.near[0])
    result = issue_links([link("https://x.example/b", "sping-sale")], correct)

    assert result.subject == "spring-sale"
    with Registry.open(Path("links.db")) as registry:
        assert [change.about for change in registry.changes()] == ["spring-sale", "spring-sale"]


def test_a_dry_run_returns_the_same_and_keeps_nothing(settings: IssueSettings) -> None:
    """But for the day of issue."""
    dry = issue_links([link()], settings._replace(dry_run=True))
    assert not Path("links.db").exists()
    real = issue_links([link()], settings)

    assert [one.link.url for one in dry.usable] == [one.link.url for one in real.usable]
    assert (dry.dry_run, real.dry_run) == (True, False)
    assert dry.left_out == real.left_out == {"": 1}


def pages(text: str, settings: IssueSettings) -> list[tuple[int, int]]:
    """Issue landing pages; return the links and the new ones after each batch."""
    request = LinkRequest(Tags("", "", "c"), ("sms",))
    rows, _ = read_rows(io.StringIO(text), "pages", request)
    results = issue_batches(batches(rows, settings.file), settings, "pages")
    return [(batch.links, batch.new) for batch in results]


def test_batches_count_on_and_are_one_change(
    settings: IssueSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One undo takes all of them back."""
    monkeypatch.setattr("utmforge.issuing.bulk.BATCH", 2)
    text = "".join(f"https://x.example/{number}\n" for number in (1, 2, 3, 1, 4))

    assert pages(text, settings) == [(2, 2), (4, 3), (5, 4)]
    with Registry.open(Path("links.db")) as registry:
        assert [(change.about, change.links) for change in registry.changes()] == [("pages", 4)]


def test_batches_before_a_bad_one_stay(
    settings: IssueSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each batch is all or none."""
    monkeypatch.setattr("utmforge.issuing.bulk.BATCH", 1)
    with pytest.raises(LandingPagesInvalid):
        pages("https://x.example/1\nmailto:x\n", settings)

    with Registry.open(Path("links.db")) as registry:
        assert [each.landing_page for each in registry.links()] == ["https://x.example/1"]


def test_a_check_tells_what_is_missing_present_and_left_out(settings: IssueSettings) -> None:
    """Retired links are present; new ones of a campaign that has ended need not be."""
    Path("campaigns.toml").write_text(
        "[campaigns.a]\nlanding_page = 'https://x.example/'\nchannels = ['sms', 'email']\n"
        "[campaigns.b]\nlanding_page = 'https://x.example/'\nchannels = ['sms']\n"
    )
    file = load_campaigns("campaigns.toml")
    links = planned_links(chosen_campaigns((), file))
    issued = issue_links(links[:1], settings).usable
    with Registry.open(Path("links.db")) as registry:
        registry.retire([issued[0].link.id], "moved")
        assert file.campaigns["a"].ends is None
        found = check_links(links, registry, IssuePolicy(skip=True))
        assert found.missing == tuple(links[1:])
        assert (found.present, found.left_out.total()) == (1, 0)
        over = dict.fromkeys(("a", "b"), date(2026, 1, 31))
        found = check_links(links, registry, IssuePolicy(over, skip=True))
        assert (found.missing, found.present) == ((), 1)
        assert found.left_out == {"ended": 2}


def test_without_an_answer_every_name_is_meant_as_it_is(settings: IssueSettings) -> None:
    """`--new-name`, and names that are settled."""
    issue_links([link(campaign="spring-sale")], settings)
    near = [link(campaign="sping-sale")]
    with pytest.raises(NearName):
        issue_links(near, settings)

    assert issue_links(near, settings._replace(answer=None)).subject == "sping-sale"


def test_a_subject_of_campaigns() -> None:
    """The key of one, the tag it was corrected to, or how many there are."""
    Path("campaigns.toml").write_text(
        "[campaigns.'Spring Sale']\nlanding_page = 'https://x.example/'\nchannels = ['sms']\n"
        "[campaigns.b]\nlanding_page = 'https://x.example/'\nchannels = ['sms']\n"
    )
    campaigns = list(load_campaigns("campaigns.toml").campaigns.values())
    planned = planned_links(campaigns[:1])

    assert subject_of(campaigns[:1], planned) == "Spring Sale"
    assert subject_of(campaigns[:1], [link(campaign="other")]) == "other"
    assert subject_of(campaigns, planned) == "2 campaigns"


def test_an_answer_may_refuse_with_any_error(settings: IssueSettings) -> None:
    """Nothing was issued then."""

    def refuse(question: QuestionableName) -> str:
        raise UtmforgeError(question.given)

    issue_links([link(campaign="spring-sale")], settings)
    with pytest.raises(UtmforgeError, match="sping-sale"):
        issue_links([link(campaign="sping-sale")], settings._replace(answer=refuse))
    with Registry.open(Path("links.db")) as registry:
        assert len(list(registry.links())) == 1
