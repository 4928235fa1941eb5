"""Which links may be issued: retired ones, and those of a campaign that has ended."""

import pytest

from tests.registry.sample_links import DAY, NOON, ONE, THREE, TWO, link, states
from utmforge import Registry
from utmforge.errors import (
    CampaignEnded,
    IdTaken,
    LinkRetired,
    UtmforgeError,
)
from utmforge.model import Event, TaggedLink
from utmforge.registry import IssuePolicy
from utmforge.registry.policy import decide


def test_a_retired_link_is_refused_with_its_reason_and_successor(place: str) -> None:
    """The error says why, and what to use instead."""
    with Registry.open(place) as registry:
        registry.add([ONE, TWO, THREE])
        retired = registry.retire([ONE.id], "wrong page", successor=TWO.id, now=NOON)
        with pytest.raises(LinkRetired) as named:
            registry.add([ONE])
        registry.retire([THREE.id], "over", now=NOON)
        with pytest.raises(LinkRetired) as unnamed:
            registry.add([link(4), THREE])

        assert [each.state for each in retired] == ["retired"]
        assert registry.get(ONE.id).state == registry.get(ONE.url).state == "retired"
        assert registry.history(ONE.id) == [
            Event(
                *(ONE.id, "retired", DAY, registry.changes()[1].id, "wrong page", TWO.id),
                author="ann@laptop",
            )
        ]
        assert states(registry) == {"1": "retired", "2": "issued", "3": "retired"}
    assert named.value.message == f"link {ONE.id} was retired on 2026-03-20: wrong page"
    assert named.value.hint == f"use {TWO.id} instead: utmforge show {TWO.id}"
    assert unnamed.value.hint == "use --retired to issue it again anyway"


def test_a_retired_link_is_issued_again_or_left_out_when_asked_to(place: str) -> None:
    """It keeps its first day, and its history tells both."""
    with Registry.open(place) as registry:
        registry.add([ONE, TWO], now=NOON)
        registry.retire([ONE.id], "a")
        registry.retire([ONE.id], "b")
        skipped = registry.add([ONE, TWO, THREE], policy=IssuePolicy(skip=True))
        planned = registry.would_add([ONE], policy=IssuePolicy(reissue=True))
        again = registry.add([ONE, ONE], policy=IssuePolicy(reissue=True), about="poster")

        assert [(each.link.state, each.is_new) for each in skipped] == [
            ("retired", False),
            ("issued", False),
            ("issued", True),
        ]
        assert [(each.link.state, each.is_new) for each in planned] == [("planned", True)]
        assert [(each.link.issued_at, each.is_new) for each in again] == [(DAY, True), (DAY, False)]
        assert states(registry) == {"1": "issued", "2": "issued", "3": "issued"}
        assert [event.action for event in registry.history(ONE.id)] == [
            *("retired", "retired", "reinstated"),
        ]
        assert (registry.changes()[0].kind, registry.changes()[0].links) == ("issue", 1)


def test_a_campaign_that_is_over_takes_no_new_links(place: str) -> None:
    """Those it has are handed out as before."""
    over = IssuePolicy({"c": NOON.date()})
    with Registry.open(place) as registry:
        registry.add([ONE])
        assert not registry.add([ONE], policy=over)[0].is_new
        with pytest.raises(CampaignEnded) as caught:
            registry.add([ONE, TWO], policy=over)
        left = registry.add([ONE, TWO, link(5, campaign="d")], policy=over._replace(skip=True))
        assert [each.link.state for each in left] == ["issued", "planned", "issued"]
        assert states(registry) == {"1": "issued", "5": "issued"}
    assert caught.value.message == 'campaign "c" ended on 2026-03-20 and takes no new links'


def test_a_campaign_that_is_over_gets_nothing_back(place: str) -> None:
    """A link that was withdrawn is a new one to it."""
    with Registry.open(place) as registry:
        registry.add([ONE])
        registry.undo()
        with pytest.raises(CampaignEnded):
            registry.add([ONE], policy=IssuePolicy({"c": NOON.date()}))


ISSUED = ONE._replace(issued_at=DAY, state="issued")
WITHDRAWN = Event(ONE.id, "retired", DAY, "aaaa")
RETIRED = WITHDRAWN._replace(reason="old")
ENDED = {"c": NOON.date()}


@pytest.mark.parametrize(
    ("known", "events", "policy", "state", "is_new"),
    [
        ([], [], IssuePolicy(), "issued", True),
        ([ISSUED], [], IssuePolicy(), "issued", False),
        ([ISSUED], [WITHDRAWN], IssuePolicy(), "issued", True),
        ([ISSUED], [RETIRED], IssuePolicy(reissue=True), "issued", True),
        ([ISSUED], [RETIRED], IssuePolicy(skip=True), "retired", False),
        ([], [], IssuePolicy(ENDED, skip=True), "planned", False),
        ([ISSUED], [], IssuePolicy(ENDED), "issued", False),
        ([ISSUED], [WITHDRAWN], IssuePolicy(ENDED, skip=True), "planned", False),
        ([], [], IssuePolicy({"other": NOON.date()}), "issued", True),
    ],
)
def test_what_becomes_of_a_link(
    known: list[TaggedLink], events: list[Event], policy: IssuePolicy, state: str, is_new: bool
) -> None:
    """New, known, withdrawn, retired; of a campaign that goes on or has ended."""
    decision = decide(
        [ONE, ONE],
        {link.id: link for link in known},
        {ONE.id: events} if events else {},
        policy,
        at=DAY,
        change_id="bbbb",
    )

    assert [(one.link.state, one.is_new) for one in decision.issued] == [
        (state, is_new),
        (state, False),
    ]
    assert len(decision.fresh) == (is_new and not known)
    assert len(decision.events) == (is_new and bool(known))


@pytest.mark.parametrize(
    ("known", "events", "policy", "refusal"),
    [
        ([ISSUED], [RETIRED], IssuePolicy(), LinkRetired),
        ([], [], IssuePolicy(ENDED), CampaignEnded),
        ([ISSUED], [WITHDRAWN], IssuePolicy(ENDED), CampaignEnded),
        ([ISSUED._replace(url=TWO.url)], [], IssuePolicy(), IdTaken),
    ],
)
def test_what_may_not_be_issued(
    known: list[TaggedLink],
    events: list[Event],
    policy: IssuePolicy,
    refusal: type[UtmforgeError],
) -> None:
    """Refused, unless the policy leaves it out or lets it pass."""
    issued = {ONE.id: known[0]} if known else {}
    retired = {ONE.id: events} if events else {}
    with pytest.raises(refusal):
        decide([ONE], issued, retired, policy, at=DAY, change_id="bbbb")
