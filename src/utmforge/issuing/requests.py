"""Turn a request, as typed, into links that are not issued yet.

TARGET + LinkRequest(Tags("", "", "Spring Sale"), channels=("whatsapp", "sms"))
    → a campaign of the file, or a landing page with (whatsapp, Tags…), (sms, Tags…)
    → links and notes
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from utmforge.channels import built_in, named
from utmforge.errors import (
    BadTag,
    CampaignFileMissing,
    ContradictoryInput,
    MissingInput,
    UnknownChannel,
    quoted,
)
from utmforge.issuing.make import make_link, plan
from utmforge.model import NO_TAGS, SINGLE_TAGS, Campaign, Placement, TaggedLink, Tags
from utmforge.privacy.issue_gate import refuse_private_tags
from utmforge.urls.address import looks_like_address
from utmforge.urls.tagging import read_landing_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from utmforge.campaigns.campaign_file import CampaignFile
    from utmforge.channels import Channel


class LinkRequest(NamedTuple):
    """The requested tags, before the naming convention is applied."""

    tags: Tags = NO_TAGS
    """The tags of every link, with its campaign but without a content. Empty or None: not given."""
    channels: tuple[str, ...] = ()
    """Where the links will be pasted; each sets its source and medium, unless they are given."""
    contents: tuple[str, ...] = ()
    """Each channel gets one link for each of these."""
    allow_private: bool = False
    """Accept personal data; secrets are always refused."""

    @property
    def campaign(self) -> str:
        """What the links are for. Empty: not given."""
        return self.tags.campaign

    def missing(self) -> list[str]:
        """Return the required options that are missing."""
        missing = [] if self.campaign else ["--campaign"]
        if not self.channels and not (self.tags.source and self.tags.medium):
            missing.append("--channel")
        return missing

    def given(self) -> dict[str, str]:
        """Return the single tags that were given, by field."""
        return {name: value for name in SINGLE_TAGS if (value := getattr(self.tags, name))}

    def with_tags(self, **tags: str) -> LinkRequest:
        """Return the same request with other tags, by field."""
        return self._replace(tags=self.tags._replace(**tags))

    def refuse_private(self) -> None:
        """Refuse tags with private data, before anything repeats or rewrites them.

        Raises:
            PrivateData: One does.
        """
        for content in self.contents or (None,):
            tags = self.tags._replace(content=content)
            refuse_private_tags(tags, allow_personal=self.allow_private)

    def refuse_missing(self) -> None:
        """Refuse a request without its required options.

        Raises:
            MissingInput: One is missing.
        """
        missing = self.missing()
        if not missing:
            return
        hint = "say what the link is for: --campaign 2026-spring-sale"
        if "--channel" in missing:
            hint = (
                "utmforge channels lists the channels; without a channel, give --source and "
                "--medium"
            )
            if self.tags.source:
                missing[-1] = "--medium"
                hint = _medium_hint(self.tags.source)
            elif self.tags.medium:
                missing[-1] = "--source"
                hint = "name the site, app or newsletter that sends the visitor"
        verb = "is" if len(missing) == 1 else "are"
        raise MissingInput(f"{' and '.join(missing)} {verb} missing", hint=hint)


def _medium_hint(source: str) -> str:
    """Return what to add to a source without a medium: the channel it names, or usual ones."""
    if name := named(source):
        return f"--medium {built_in(name).medium} is usual; --channel {name} gives both"
    return "usual ones are social, email, referral and cpc: --medium social"


class TagSet(NamedTuple):
    """The tags of one link, and what the naming convention changed in them."""

    channel: str | None
    """The channel's name. None: source and medium were given."""
    tags: Tags
    """As the naming convention writes them."""
    notes: tuple[str, ...] = ()
    """What was changed or added."""


def day_for(request: LinkRequest, file: CampaignFile, *, today: date | None = None) -> date | None:
    """Return the day that fills in the naming convention's templates.

    If the request names a campaign of the file, it is the campaign's first day, so that its links
    keep one name from year to year. Otherwise it is today in the workspace's time zone.

    Args:
        request: The requested links.
        file: The campaign file.
        today: Replaces the current day. None: the clock is read if a template needs it.
    """
    if not file.convention.needs_day:
        return None
    named = _named(request.campaign, file)
    return (named and named.starts) or today or _clock_day(file.workspace.timezone)


def _named(name: str, file: CampaignFile) -> Campaign | None:
    """Return the campaign of the file that is meant, regardless of letter case and accents."""

    def words(text: str) -> str | None:
        with suppress(BadTag):
            return file.convention.words("campaign", text)
        return None

    if not name or name in file.campaigns:
        return file.campaigns.get(name)
    meant = words(name)
    return next(
        (
            one
            for one in file.campaigns.values()
            if meant and meant in {words(one.name), one.tags.campaign}
        ),
        None,
    )


def _clock_day(timezone: str | None) -> date:
    from datetime import UTC, datetime
    from zoneinfo import ZoneInfo

    if timezone:
        with suppress(KeyError):  # Windows without tzdata
            return datetime.now(ZoneInfo(timezone)).date()
    return datetime.now(UTC).date()


def tag_sets(
    request: LinkRequest, file: CampaignFile, *, today: date | None = None
) -> list[TagSet]:
    """Return the tags of each channel x content.

    Args:
        request: The requested links.
        file: The campaign file.
        today: The day for templates; see `day_for`.

    Raises:
        MissingInput: The campaign or a channel is missing.
        UnknownChannel: There is no such channel.
        BadTag: A tag cannot be written.
        AgainstConvention: A tag is not in the naming convention.
        PrivateData: A tag contains private data.
    """
    request.refuse_private()
    request.refuse_missing()
    day = day_for(request, file, today=today)
    known_id = None if request.tags.id else id_in_file(request, file, today=today)
    said = request.given() | ({"id": known_id} if known_id else {})
    result = []
    for asked in dict.fromkeys(request.channels) or (None,):
        base = {"source": "", "medium": ""}
        name = None
        if asked is not None:
            channel = _channel(asked, request, file)
            name = channel.name
            base = {"source": channel.source, "medium": channel.medium}
        for content in dict.fromkeys(request.contents) or (None,):
            values = base | {"campaign": request.campaign} | said
            tags, changes = file.convention.apply(Tags(**values, content=content), today=day)
            notes = [*map(str, changes)]
            if known_id:
                notes.append(
                    f"added utm_id {quoted(known_id)}, which {file.path} has for this campaign"
                )
            result.append(TagSet(name, tags, tuple(notes)))
    return result


def _channel(name: str, request: LinkRequest, file: CampaignFile) -> Channel:
    try:
        return file.channel(name)
    except UnknownChannel as error:
        if not (request.tags.source and request.tags.medium):
            raise
        hint = "leave out --channel: --source and --medium are enough"
        raise UnknownChannel(error.message, hint=hint) from None


def id_in_file(
    request: LinkRequest, file: CampaignFile, *, today: date | None = None
) -> str | None:
    """Return the `utm_id` that the campaign file has for a request's campaign.

    Raises:
        BadTag: The campaign cannot be written.
    """
    if not request.campaign or not file.campaigns:
        return None
    day = day_for(request, file, today=today)
    written = file.convention.written("campaign", request.campaign, today=day)
    return next(
        (one.tags.id for one in file.campaigns.values() if one.tags.campaign == written), None
    )


def find_campaign(target: str | None, file: CampaignFile) -> Campaign | None:
    """Return the campaign of the file that a target names; None for a landing page or nothing.

    Raises:
        UnknownCampaign: The target is not an address, and the file has no such campaign.
    """
    if target is None or target in file.campaigns:
        return file.campaigns.get(target or "")
    if looks_like_address(target) or target.strip() != target or not target:
        return None
    return file.campaign(target)


def links_for(
    target: str | None, request: LinkRequest, file: CampaignFile, *, today: date | None = None
) -> tuple[list[TaggedLink], list[str]]:
    """Return the requested links, not yet issued, and what was changed in them.

    Args:
        target: A campaign of the file, or a landing page.
        request: The requested links.
        file: The campaign file.
        today: The day for templates; see `day_for`.

    Raises:
        UtmforgeError: They cannot be made.
    """
    campaign = find_campaign(target, file)
    if campaign is not None:
        if request.campaign:
            raise ContradictoryInput(
                f"{quoted(campaign.name)} is already a campaign, and --campaign names another one",
                hint="leave out one of them",
            )
        placements, notes = placements_of(campaign, request, file, today=today)
        return plan(placements), [*file.changes, *notes]
    if target is None:
        raise MissingInput(
            "a campaign or a landing page is missing",
            hint="utmforge new 2026-spring-sale, or utmforge new https://… --campaign … "
            "--channel …",
        )
    return links_to(target, tag_sets(request, file, today=today))


def refuse_campaign(target: str | None, file: CampaignFile) -> None:
    """Refuse a campaign of the file as the landing page of another one.

    Raises:
        ContradictoryInput: The target is one.
        UnknownCampaign: The target is not an address, and the file has no such campaign.
    """
    if find_campaign(target, file):
        raise ContradictoryInput(
            f"{quoted(target or '')} is a campaign, and --like needs a landing page or nothing",
            hint="leave out one of them",
        )


def links_like(
    like: Campaign,
    target: str | None,
    request: LinkRequest,
    file: CampaignFile,
    *,
    today: date | None = None,
) -> tuple[list[TaggedLink], list[str]]:
    """Return links for another campaign in the places of a campaign of the file, and notes.

    Its `utm_id` is not taken over. A channel that it does not have is added.

    Args:
        like: The campaign of the file.
        target: Another landing page for all of them. None: each keeps its own.
        request: The new campaign; its channels, contents and tags replace those of the other.
        file: The campaign file.
        today: The day for templates; see `day_for`.

    Raises:
        MissingInput: The new campaign has no name.
        ContradictoryInput: The target is a campaign.
        UtmforgeError: The links cannot be made.
    """
    if not request.campaign:
        raise MissingInput(
            "--campaign is missing",
            hint=f"name the new campaign: --like {like.name} --campaign 2026-05-sale",
        )
    refuse_campaign(target, file)
    placements, notes = placements_of(like, request, file, today=today)
    day = day_for(request, file, today=today)
    name, changes = file.convention.accept("campaign", request.campaign, today=day)
    page = read_landing_page(target) if target else None
    links = [
        make_link(
            page or each.landing_page,
            each.tags._replace(campaign=name, id=request.tags.id),
            channel=each.channel,
        )
        for each in placements
    ]
    notes = [*(page.notes() if page else ()), *notes, *map(str, changes)]
    return list({link.id: link for link in links}.values()), list(dict.fromkeys(notes))


def chosen_campaigns(names: Iterable[str], file: CampaignFile) -> list[Campaign]:
    """Return the campaigns of these names, or all of the file; never none.

    Raises:
        CampaignFileMissing: The file is missing or has no campaigns.
        UnknownCampaign: The file has no campaign with this name.
    """
    if file.path is None:
        raise CampaignFileMissing(
            "there is no campaigns.toml here or in a folder above",
            hint="utmforge init writes one, --file names another",
        )
    chosen = [file.campaign(name) for name in dict.fromkeys(names)] or list(file.campaigns.values())
    if not chosen:
        raise CampaignFileMissing(
            f"{file.path} has no campaigns", hint="add a [campaigns.NAME] table"
        )
    return chosen


def planned_links(campaigns: Sequence[Campaign]) -> list[TaggedLink]:
    """Return every link of campaigns, not yet issued."""
    return [link for campaign in campaigns for link in plan(campaign.placements)]


def links_to(landing_page: str, sets: Iterable[TagSet]) -> tuple[list[TaggedLink], list[str]]:
    """Make the link of each tag set, and return notes about changes to the address and the tags.

    Raises:
        BadLandingPage: The address cannot be tagged.
    """
    page = read_landing_page(landing_page)
    notes = page.notes()
    links = []
    for tag_set in sets:
        links.append(make_link(page, tag_set.tags, channel=tag_set.channel))
        notes += tag_set.notes
    return links, list(dict.fromkeys(notes))


def placements_of(
    campaign: Campaign, request: LinkRequest, file: CampaignFile, *, today: date | None = None
) -> tuple[list[Placement], list[str]]:
    """Return the placements of a campaign of the file that a request asks for, and notes.

    Without channels and contents in the request: all it has. A channel that the campaign does not
    have is added for this request only.

    Args:
        campaign: A campaign of the file.
        request: The requested links.
        file: The campaign file.
        today: The day for templates of a campaign without a first day; see `day_for`.

    Raises:
        UnknownChannel: There is no such channel.
        BadTag: A tag cannot be written.
        AgainstConvention: A tag is not in the naming convention.
        PrivateData: A tag contains private data.
    """
    request.refuse_private()
    names = request.channels or tuple(dict.fromkeys(each.channel for each in campaign.placements))
    day = day_for(request.with_tags(campaign=campaign.name), file, today=today)
    notes: list[str] = []
    result = []
    for name in dict.fromkeys(file.channel(each).name for each in names):
        planned = [each for each in campaign.placements if each.channel == name]
        for placement in planned or _added(campaign, name, file):
            for content in dict.fromkeys(request.contents) or (placement.tags.content,):
                given = request.given() | ({"content": content} if content else {})
                asked = placement.tags._replace(**given)
                tags, changes = file.convention.apply(asked, today=day)
                notes += map(str, changes)
                result.append(placement._replace(tags=tags))
    return list(dict.fromkeys(result)), list(dict.fromkeys(notes))


def _added(campaign: Campaign, name: str, file: CampaignFile) -> Iterator[Placement]:
    """Yield the placements that the campaign would have with this channel."""
    channel = file.channel(name)
    for content in campaign.contents or (None,):
        tags = campaign.tags._replace(source=channel.source, medium=channel.medium, content=content)
        yield Placement(channel.name, campaign.landing_page, tags, campaign.message)
