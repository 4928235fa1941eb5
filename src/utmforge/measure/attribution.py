"""Which issued link each tagged page of a log belongs to.

Only the pages that occur are looked up: first all of them by id, in a few queries; what is left by
its tags and page, as `explain` does; then by its campaign alone. What remains has foreign tags.

    page as logged ─► by id → by tags and page → by campaign → foreign
"""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, Literal, NamedTuple

from utmforge.errors import UtmforgeError
from utmforge.explain.issued_match import Lookup, are_harmless
from utmforge.model import PARAMETERS, Tags
from utmforge.privacy.find import find_private
from utmforge.registry.queries import LinkQuery
from utmforge.urls.link import Link
from utmforge.urls.link_ids import link_id
from utmforge.urls.parameters import tags_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from utmforge.campaigns.campaign_file import CampaignFile
    from utmforge.model import TaggedLink
    from utmforge.registry import Registry

Matched = Literal["link", "tags", "campaign", "foreign"]

_APPENDED = re.compile("&(?:amp;)?(?=utm_)", re.IGNORECASE)
_MAX_HOSTS = 20
_LINKS_A_CAMPAIGN = 200
_MAX_CANDIDATES = 500


class LoggedPage(NamedTuple):
    """A page as a log has it."""

    page: int
    """Its number in the tables."""
    host: str | None
    """The host. None: the log does not tell."""
    target: str
    """The path, and the query if there are tags in it."""


class Label(NamedTuple):
    """What the visits of some pages belong to: a link, a campaign, or foreign tags."""

    matched: Matched
    """`link`: by its id; `tags`: by its tags and page; `campaign`: only that was issued."""
    tags: Tags
    """The tags: as issued if there is a link, else as the log has them."""
    link: TaggedLink | None = None
    """The issued link. None: there is none."""
    campaign: str | None = None
    """The issued campaign. None: the tags are foreign."""
    channel: str | None = None
    """The channel of the link, or the one with this source and medium."""
    is_cut: bool = False
    """Whether an issued link begins like this page, which has lost its end."""
    private: tuple[str, ...] = ()
    """The parameters that hold private data, with its kind; `tags` have only the kind."""


class Attribution(NamedTuple):
    """What each tagged page belongs to."""

    labels: tuple[Label, ...]
    """All that occur."""
    label_of: Mapping[int, int]
    """The place in `labels` of each page's label, by the page's number."""


class _Asked:
    """A tagged page, and the addresses that it may have been."""

    def __init__(self, page: LoggedPage, hosts: Sequence[str]) -> None:
        self.page = page
        self.hosts = (page.host,) if page.host else hosts
        self.links = [Link(f"https://{host}{page.target}") for host in self.hosts]
        plain = [f"http://{host}{page.target}" for host in self.hosts]
        self.addresses = [*(link.url for link in self.links), *plain]


def attribute(pages: Iterable[LoggedPage], registry: Registry, file: CampaignFile) -> Attribution:
    """Find the issued link of each page that has tags.

    Args:
        pages: Pages with a query, or with tags in their path.
        registry: Where links were issued.
        file: Whose own domains, channels and naming convention apply.

    Raises:
        RegistryError: The registry cannot be asked.
    """
    asked = [page for page in pages if "?" in page.target or "=" in page.target]
    return _Attributor(registry, file).attribution(asked)


class _Attributor:
    def __init__(self, registry: Registry, file: CampaignFile) -> None:
        self._registry = registry
        self._file = file
        self._labels: dict[object, int] = {}
        self._made: list[Label] = []
        self._has: dict[str, bool] = {}
        self._has_patterns = registry.queries.has_patterns()
        self._patterns: dict[tuple[str, Tags], TaggedLink | None] = {}
        self._channels: dict[tuple[str, str], str] = {}
        for channel in file.all_channels():  # the user's own come first
            self._channels.setdefault((channel.source, channel.medium), channel.name)

    def attribution(self, pages: Sequence[LoggedPage]) -> Attribution:
        hosts = self._hosts(pages)
        asked = [_Asked(page, hosts) for page in pages]
        asked = [one for one in asked if one.links]
        label_of: dict[int, int] = {}
        known = self._known(chain.from_iterable(one.addresses for one in asked))
        rest = []
        for one in asked:
            link = next((known[url] for url in one.addresses if url in known), None)
            if link:
                label_of[one.page.page] = self._of_link(link, "link")
            else:
                rest.append(one)
        for one, sought, link in self._rewritten(rest):
            if link:
                label_of[one.page.page] = self._of_link(link, "link")
            elif pattern := self._pattern(one, sought):
                label_of[one.page.page] = self._of_link(pattern, "tags")
            elif (number := self._by_tags(sought)) is not None:
                label_of[one.page.page] = number
        return Attribution(tuple(self._made), label_of)

    def _hosts(self, pages: Sequence[LoggedPage]) -> list[str]:
        """Return the hosts that pages of a log without hosts may have, the likeliest first."""
        if all(page.host for page in pages):
            return []
        hosts = dict.fromkeys(self._file.workspace.own_domains)
        campaigns = {
            tags["campaign"]
            for page in pages
            if not page.host and "campaign" in (tags := Link(f"https://x{page.target}").in_any_case)
        }
        landing = [campaign.landing_page for campaign in self._file.campaigns.values()]
        for page in landing:
            hosts.setdefault(written_host(page))
        for campaign in sorted(campaigns):
            if not self._is_campaign(campaign):
                continue
            query = LinkQuery(campaign, limit=_LINKS_A_CAMPAIGN)
            for link in self._registry.links(query):
                hosts.setdefault(written_host(link.landing_page))
            if len(hosts) > _MAX_HOSTS:
                break
        if not hosts:
            return ["host.invalid"]
        return list(hosts)[:_MAX_HOSTS]

    def _known(self, addresses: Iterable[str]) -> dict[str, TaggedLink]:
        """Return the issued links among addresses, by address."""
        by_id = {link_id(url): url for url in addresses if _is_text(url)}
        return {by_id[one]: link for one, link in self._registry.queries.known(list(by_id)).items()}

    def _rewritten(
        self, asked: Sequence[_Asked]
    ) -> Iterator[tuple[_Asked, Lookup, TaggedLink | None]]:
        """Look up what only their writing tells from an issued link: case, entities, click ids."""
        soughts = [(one, self._sought(one)) for one in asked]
        forms = {
            one.page.page: [
                form for sought in some if self._may_be(sought) for form in sought.forms()
            ]
            for one, some in soughts
        }
        known = self._known(form for some in forms.values() for form in some)
        for one, some in soughts:
            found = next((known[form] for form in forms[one.page.page] if form in known), None)
            yield one, some[0], found

    def _may_be(self, sought: Lookup) -> bool:
        """Tell whether a link of its campaign was issued, however it was written."""
        campaigns = [tags.campaign for tags in sought.readings]
        return any(not campaign or self._is_campaign(campaign) for campaign in campaigns)

    def _sought(self, one: _Asked) -> list[Lookup]:
        """Return the page as links of each host, repaired where its tags are in a wrong place."""
        links = one.links
        if not any(link.is_tagged for link in links):
            links = [Link(_repaired(link.url)) for link in links]
        return [Lookup(link, self._file.convention) for link in links]

    def _pattern(self, one: _Asked, sought: Lookup) -> TaggedLink | None:
        """Return the page pattern that covers the page: share buttons have issued its tags."""
        if not self._has_patterns:
            return None
        for host in one.hosts:
            for tags in sought.readings:
                key = (host, tags)
                if key not in self._patterns:
                    self._patterns[key] = self._registry.queries.pattern(host, tags)
                if pattern := self._patterns[key]:
                    return pattern
        return None

    def _by_tags(self, sought: Lookup) -> int | None:
        """Return the label of a page whose address is not that of a link. None: it has no tags."""
        readings = [tags for tags in sought.readings if tags]
        if not readings:
            return None
        for tags in readings:
            if tags.campaign and self._is_campaign(tags.campaign):
                link = self._same_tags(sought, tags)
                if link:
                    return self._of_link(link, "tags")
        for tags in readings:
            if tags.campaign and self._is_campaign(tags.campaign):
                channel = self._channels.get((tags.source, tags.medium))
                shown, private = _shown(sought, tags)
                return self._number(
                    Label("campaign", shown, None, tags.campaign, channel, private=private)
                )
        cut = self._cut(sought)
        if cut is not None:
            return cut
        shown, private = _shown(sought, readings[-1])
        return self._number(Label("foreign", shown, private=private))

    def _same_tags(self, sought: Lookup, tags: Tags) -> TaggedLink | None:
        """Return the link with these tags to this page, whatever the host of a log without one."""
        if sought.link.address is None:  # scanners send a host such as `%`
            return None
        others = tuple((PARAMETERS[name], value) for name, value in tags.items())
        query = LinkQuery(tags.campaign, tags=others, limit=_MAX_CANDIDATES)
        alike = [
            link
            for link in self._registry.links(query)
            if link.tags == tags and are_harmless(sought.differences_from(link))
        ]
        return min(alike, key=lambda link: len(sought.differences_from(link)), default=None)

    def _cut(self, sought: Lookup) -> int | None:
        """Return the label of the campaign whose name was cut at the end of an address."""
        last = sought.link.parameters[-1] if sought.link.parameters else None
        if last is None or (not sought.is_missing_a_tag and last.meant != "campaign"):
            return None
        beginning = sought.link.in_any_case.get("campaign", "") if last.meant == "campaign" else ""
        if not beginning:
            return None
        campaigns = self._registry.queries.campaigns(beginning)
        begun = {
            link.id: link
            for campaign in campaigns[:2]
            for link in self._registry.links(LinkQuery(campaign, limit=_MAX_CANDIDATES))
            if link.url.startswith(sought.link.url.rstrip("%"))
        }
        names = {link.tags.campaign for link in begun.values()}
        if len(names) != 1:
            return None
        link = next(iter(begun.values()))
        if len(begun) == 1:
            return self._number(
                Label("tags", link.tags, link, link.tags.campaign, link.channel, is_cut=True)
            )
        tags = tags_of({**sought.link.in_any_case, "campaign": link.tags.campaign})
        channel = self._channels.get((tags.source, tags.medium))
        return self._number(Label("campaign", tags, None, link.tags.campaign, channel, is_cut=True))

    def _is_campaign(self, name: str) -> bool:
        if name not in self._has:
            self._has[name] = self._registry.queries.has_campaign(name)
        return self._has[name]

    def _of_link(self, link: TaggedLink, matched: Matched) -> int:
        return self._number(
            Label(matched, link.tags, link, link.tags.campaign, link.channel), link.id
        )

    def _number(self, label: Label, key: object = None) -> int:
        """Return the number of a label; one link has one, however its pages were found."""
        known = key or (label.link.id if label.link else (label.campaign, label.tags))
        if known not in self._labels:
            self._labels[known] = len(self._made)
            self._made.append(label)
        return self._labels[known]


def _shown(sought: Lookup, tags: Tags) -> tuple[Tags, tuple[str, ...]]:
    """Return tags with what is private in them by its kind, and the parameters that hold it.

    It is looked for as it was written: in lower case, base64 is no longer read.
    """
    written = sought.link.in_any_case
    shown: dict[str, str] = {}
    private: dict[str, None] = {}
    for name, value in tags.items():
        values = dict.fromkeys((written.get(name, value), value))
        found = next(filter(None, (find_private(each, PARAMETERS[name]) for each in values)), ())
        shown[name] = f"({found[0].kind})" if found else value
        private |= {f"{one.where} ({one.kind})": None for one in found}
    return (tags_of(shown) if private else tags), tuple(private)


def _repaired(url: str) -> str:
    from utmforge.lint.repair import repaired  # the rules take 40 ms to load

    if "?" not in url:  # the first tag was appended with the & of the others
        url = _APPENDED.sub("?", url, count=1)
    try:
        return repaired(url)
    except UtmforgeError:
        return url


def written_host(page: str) -> str:
    """Return the host of a landing page as it is written, with `www` and port."""
    return page.split("//", 1)[-1].split("/", 1)[0].split("?", 1)[0]


def _is_text(url: str) -> bool:
    return url.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in url)
