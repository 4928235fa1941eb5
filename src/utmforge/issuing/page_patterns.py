"""Page patterns: what the share buttons of your own pages issue.

A reader may share any page of a site. The registry cannot know each of these links, but it knows
their pattern: every page of one domain, with the tags of one channel.

    shop.example x (whatsapp, Tags…) → https://shop.example/*?utm_source=whatsapp…
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.errors import BadLandingPage, MissingInput, PrivateData, quoted
from utmforge.issuing.make import make_link
from utmforge.issuing.requests import tag_sets
from utmforge.privacy.find import find_private
from utmforge.urls.page_patterns import pattern_page
from utmforge.urls.sites import host_of, is_own, own_hosts
from utmforge.urls.tagging import read_landing_page

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from utmforge.campaigns.campaign_file import CampaignFile
    from utmforge.issuing.requests import LinkRequest
    from utmforge.model import TaggedLink


def page_patterns(
    request: LinkRequest,
    file: CampaignFile,
    domains: Sequence[str] = (),
    *,
    today: date | None = None,
) -> tuple[list[TaggedLink], tuple[str, ...]]:
    """Return the pattern of each domain x channel x content, and what was changed in their tags.

    Args:
        request: The campaign, the channels and the contents.
        file: The campaign file, whose `own_domains` are the domains there may be.
        domains: Only these. Empty: all of them.
        today: The day for templates of the naming convention.

    Raises:
        MissingInput: The campaign or the own domains are missing.
        BadLandingPage: A domain is not one of `own_domains`.
        UnknownChannel: There is no such channel.
        BadTag: A tag cannot be written.
        AgainstConvention: A tag is not in the naming convention.
        PrivateData: A tag contains private data.
    """
    sets = tag_sets(request, file, today=today)
    hosts = _hosts(file, domains)
    links = [
        make_link(pattern_page(host), one.tags, channel=one.channel)._replace(pages="site")
        for host in hosts
        for one in sets
    ]
    return links, tuple(dict.fromkeys(note for one in sets for note in one.notes))


def own_page(page: str, file: CampaignFile) -> None:
    """Refuse a page that is not on one of the file's own domains, or has private data.

    Raises:
        BadLandingPage: It is not, or it is not an address.
        PrivateData: It has.
    """
    for one in find_private(page):
        raise PrivateData(
            f"the page has a private {one.kind} in {one.where}",
            hint="leave it out: everyone can read the buttons' HTML",
        )
    read_landing_page(page)
    if not is_own(host_of(page), own_hosts(file.workspace.own_domains)):
        raise _not_own(page, file)


def _not_own(name: str, file: CampaignFile) -> BadLandingPage:
    domains = ", ".join(file.workspace.own_domains) or "none"
    return BadLandingPage(
        f"{quoted(name)} is not on one of your own domains",
        hint=f"own_domains in campaigns.toml: {domains}",
    )


def _hosts(file: CampaignFile, domains: Sequence[str]) -> list[str]:
    own = own_hosts(file.workspace.own_domains)
    if not own:
        raise MissingInput(
            "the campaign file names no own domain: share buttons are for your own pages",
            hint='add own_domains = ["shop.example"] below [workspace] in campaigns.toml',
        )
    if not domains:
        return list(dict.fromkeys(host_of(f"https://{one}/") for one in file.workspace.own_domains))
    hosts = []
    for domain in domains:
        host = host_of(domain if "://" in domain else f"https://{domain}/")
        if not host or not is_own(host, own):
            raise _not_own(domain, file)
        hosts.append(host)
    return list(dict.fromkeys(hosts))
