"""`issue` for programs: it refuses what the commands refuse.

    page, campaign, channel → `plan_links` → TaggedLink (planned)
    campaign or links → TaggedLink (planned) → gates → registry → Issued

A link is returned only after the registry has saved it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.campaigns.campaign_file import CampaignFile
from utmforge.channels import CHANNELS
from utmforge.issuing.make import plan
from utmforge.issuing.name_check import NameCheck, refuse_near_name
from utmforge.issuing.page_gate import refuse_faulty_pages
from utmforge.issuing.requests import LinkRequest, links_for
from utmforge.model import NO_TAGS, Campaign
from utmforge.privacy.issue_gate import refuse_private

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from utmforge.model import Issued, TaggedLink
    from utmforge.registry import Registry


def issue(
    what: Campaign | Iterable[TaggedLink],
    registry: Registry,
    *,
    file: CampaignFile | None = None,
    now: datetime | None = None,
    about: str = "",
    allow_private: bool = False,
    allow_faulty_pages: bool = False,
    new_names: bool = False,
) -> list[Issued]:
    """Issue a campaign's links, or links made with `make_link`: all of them or none.

    A link issued before is the same link, with the day it was first issued.

    Args:
        what: A campaign of `load_campaigns`, or links.
        registry: Where they are saved.
        file: The campaign file, whose names are in use and whose channels exist. None: names are
            compared with those of the registry, and a link may have any channel.
        now: The time to record. None: the clock's.
        about: For what, in words; shown by `utmforge history`. Empty: the campaign's name.
        allow_private: Accept personal data in links; secrets are still refused.
        allow_faulty_pages: Accept faulty landing pages, such as the address of a mail gateway.
        new_names: Accept names that look like others in use.

    Raises:
        PrivateData: One of them holds personal data or a secret, so none was issued.
        BadLandingPage: One has a faulty landing page, so none was issued.
        NearName: A name of one looks like another one, so none was issued.
        UnknownChannel: `file` has no channel of this name, so none was issued.
        NotText: One has a channel that no registry accepts, so none was issued.
        LinkRetired: One of them was retired, so none was issued.
        RegistryError: They could not be saved, so none was issued.
    """
    links = plan(what.placements) if isinstance(what, Campaign) else list(what)
    if isinstance(what, Campaign):
        about = about or what.name
    if not allow_faulty_pages:
        refuse_faulty_pages(links, allow_personal=allow_private)
    refuse_private(links, allow_personal=allow_private)
    if not new_names:
        _refuse_near_names(links, registry, file)
    return registry.add(links, now=now, about=about, allow_private=allow_private)


def plan_links(
    target: str,
    *,
    file: CampaignFile | None = None,
    campaign: str = "",
    channels: Iterable[str] = (),
    contents: Iterable[str] = (),
    today: date | None = None,
    allow_private: bool = False,
    **tags: str,
) -> list[TaggedLink]:
    """Return the links that `utmforge new` would make, by the naming convention, not yet issued.

    Args:
        target: A landing page, or a campaign of the file.
        file: The campaign file, with its convention and its channels. None: the defaults.
        campaign: What links to a landing page are for.
        channels: Where they are pasted, such as `newsletter`: each sets its source and medium.
        contents: Each channel gets one link for each of these.
        today: The day for templates of the convention. None: the clock's.
        allow_private: Accept personal data in tags; secrets are still refused.
        tags: Other tags by field, such as `term="shoes"`; they replace those of the channel.

    Raises:
        UtmforgeError: A link cannot be made: a tag is against the convention, or something is
            missing.
    """
    asked = NO_TAGS._replace(campaign=campaign, **tags)
    request = LinkRequest(asked, tuple(channels), tuple(contents), allow_private)
    return links_for(target, request, file or CampaignFile(), today=today)[0]


def _refuse_near_names(
    links: list[TaggedLink], registry: Registry, file: CampaignFile | None
) -> None:
    if file is None:
        links = [
            link if link.channel in CHANNELS else link._replace(channel=None) for link in links
        ]
    for question in NameCheck(file or CampaignFile(), registry).questions(links):
        refuse_near_name(question)
