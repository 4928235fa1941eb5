"""Which links may be issued, and the outcome for each requested link."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from utmforge.errors import CampaignEnded, IdTaken, LinkRetired, quoted
from utmforge.model import Issued, TaggedLink
from utmforge.registry.events import reinstatement

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date

    from utmforge.model import Event


class IssuePolicy(NamedTuple):
    """Which links may be issued."""

    ended: Mapping[str, date] = MappingProxyType({})
    """Campaigns that take no new links, by `utm_campaign`, and their last day."""
    reissue: bool = False
    """Issue retired links again."""
    skip: bool = False
    """Skip links that may not be issued, instead of refusing all."""
    own_domains: tuple[str, ...] = ()
    """The domains that are your own: a link on one of them may replace any retired link."""


class Decision(NamedTuple):
    """The outcome for the requested links."""

    fresh: tuple[TaggedLink, ...]
    """Links that are new to the registry, with the time they are issued."""
    events: tuple[Event, ...]
    """Events that issue retired links again."""
    issued: tuple[Issued, ...]
    """Each link as the registry will have it, in the order of the request."""


def decide(
    links: Iterable[TaggedLink],
    known: Mapping[str, TaggedLink],
    retired: Mapping[str, Sequence[Event]],
    policy: IssuePolicy,
    *,
    at: str,
    change_id: str,
    author: str | None = None,
    successors: Mapping[str, TaggedLink] = MappingProxyType({}),
) -> Decision:
    """Decide which links to issue, without writing anything.

    Args:
        links: The requested links, perhaps with duplicates.
        known: Those of them that were issued before, by id.
        retired: The retirements in force of those that are retired, by id.
        policy: Which links may be issued.
        at: The time to record.
        change_id: The change that this is part of.
        author: Who makes it.
        successors: The links that retirements name and the registry has, by id.

    Raises:
        IdTaken: One has the id of another link.
        LinkRetired: One was retired.
        CampaignEnded: One is new, and its campaign has ended.
    """
    again, barred = _may_be_reissued(retired, policy)
    if barred and not policy.skip:
        raise refuse_retired(barred, {**known, **successors}, policy.own_domains)
    fresh: dict[str, TaggedLink] = {}
    events: dict[str, Event] = {}
    issued = []
    has_ended = _has_ended if policy.ended else _never
    for link in links:
        name = link.id
        kept = known.get(name) or fresh.get(name)
        if (kept is None or name in again) and has_ended(link, policy):
            issued.append(Issued(link, is_new=False))
        elif kept is None:
            fresh[name] = new = TaggedLink(
                *(name, link.url, link.landing_page, link.channel, link.tags, at, "issued"),
                *(author, link.pages),
            )
            issued.append(Issued(new, is_new=True))
        elif kept.url != link.url:
            raise _id_taken(link)
        elif name in again and name not in events:
            events[name] = reinstatement(name, again[name], at, change_id, author)
            issued.append(Issued(kept, is_new=True))
        elif name in barred:
            issued.append(Issued(kept._replace(state="retired"), is_new=False))
        else:
            issued.append(Issued(kept, is_new=False))
    return Decision(tuple(fresh.values()), tuple(events.values()), tuple(issued))


def _id_taken(link: TaggedLink) -> IdTaken:
    return IdTaken(
        f"the link has the id {link.id} of another link",
        hint="change its content, and please report this: it is very unlikely",
    )


_Retirements = dict[str, "Sequence[Event]"]


def _may_be_reissued(
    retired: Mapping[str, Sequence[Event]], policy: IssuePolicy
) -> tuple[_Retirements, _Retirements]:
    """Return the retirements of links to issue again, and of those that stay retired.

    A link retired without a reason was withdrawn by an undo: a new request issues it again.
    """
    again: _Retirements = {}
    barred: _Retirements = {}
    for name, events in retired.items():
        has_reason = events[-1].reason is not None  # if any has a reason, the last one has
        (barred if has_reason and not policy.reissue else again)[name] = events
    return again, barred


def _has_ended(link: TaggedLink, policy: IssuePolicy) -> bool:
    """Tell whether a link's campaign has ended; refuse it, unless the policy skips such links."""
    last = policy.ended.get(link.tags.campaign)
    if last is None:
        return False
    if policy.skip:
        return True
    raise CampaignEnded(
        f"campaign {quoted(link.tags.campaign)} ended on {last} and takes no new links",
        hint="change its end date in campaigns.toml, or use --ended to issue them anyway",
    )


def _never(_link: TaggedLink, _policy: IssuePolicy) -> bool:
    return False


def refuse_retired(
    retired: Mapping[str, Sequence[Event]],
    links: Mapping[str, TaggedLink],
    own_domains: Collection[str],
) -> LinkRetired:
    """Return the error for retired links.

    Args:
        retired: Their retirements in force, by id.
        links: The links, and the successors that the registry has, by id.
        own_domains: The domains that are your own.
    """
    name, events = next(iter(retired.items()))
    last = events[-1]
    reason = f": {last.reason}" if last.reason else ""
    others = f" (and {len(retired) - 1:,} more)" if len(retired) > 1 else ""
    hint = "use --retired to issue it again anyway"
    if last.successor:
        from utmforge.registry.successors import successor

        named = successor(links[name], last.successor, links, own_domains)
        if named.to_use:
            hint = f"use {named.id} instead: utmforge show {named.id}"
        elif named.link:
            hint = f"{named.description}; look at it before you use it: utmforge show {named.id}"
        else:
            hint = f"{named.description}; {hint}"
    return LinkRetired(f"link {name} was retired on {last.at[:10]}{reason}{others}", hint=hint)
