"""Find links in the registry: by id, by their tags, in an order, page by page."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from utmforge.errors import AmbiguousLink, UnknownLink, did_you_mean, quoted
from utmforge.model import NO_NOTE, PARAMETERS
from utmforge.registry.database import WORKSPACE
from utmforge.registry.refusals import damaged, not_utf8
from utmforge.registry.rows import SELECTED, from_row
from utmforge.texts import is_utf8, refuse_too_long
from utmforge.urls.link_ids import link_id

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from utmforge.model import TaggedLink, Tags
    from utmforge.registry.database import Database
    from utmforge.registry.history import History

_PAGE = 500  # rows read at a time
_SELECT = f"SELECT {SELECTED} FROM links WHERE workspace = '{WORKSPACE}'"

_NAMED = (("source", "medium"), ("campaign",), ("content",))
"""Fields whose names are queried together: one scan of all links finds both."""
_NAMED_FIELDS = ("source", "medium", "campaign", "content")
_MAX_PAIRS = 200_000
_MAX_SEARCHED = 8192
"""Characters: no address is longer, and SQLite compares with at most 50,000 bytes."""
_EVENTS_OF_IT = f"SELECT 1 FROM history WHERE workspace = '{WORKSPACE}' AND link_id = links.id"
_HAD_NOTE = (
    f"id IN (SELECT link_id FROM history WHERE workspace = '{WORKSPACE}' AND action = 'noted')"
)
_REINSTATED = "AND action = 'reinstated'"

SORTS = {
    "campaign": "utm_campaign",
    "channel": "channel",
    "source": "utm_source",
    "medium": "utm_medium",
    "content": "utm_content",
    "landing-page": "landing_page",
    "url": "url",
    "id": "id",
}
"""The keys that links can be sorted by, besides the order of issue, and their columns."""


class LinkQuery(NamedTuple):
    """Which links to list. Values that are None or empty do not restrict the list."""

    campaign: str | None = None
    """Its `utm_campaign`, letter for letter."""
    channel: str | None = None
    """The channel's name."""
    text: str | None = None
    """A text in the address, the note or a label, in any letter case."""
    tags: tuple[tuple[str, str], ...] = ()
    """Parameters such as `utm_medium` with the value they have, letter for letter."""
    since: str | None = None
    """Issued on this day or later, `YYYY-MM-DD`, UTC."""
    until: str | None = None
    """Issued on this day or before."""
    state: Literal["issued", "retired"] | None = None
    """Only links in use, or only retired ones. None: both."""
    sort: str | None = None
    """One of `SORTS`. None: the order of issue."""
    is_reversed: bool = False
    """In reverse order."""
    limit: int | None = None
    """The maximum number: the latest ones, or with `sort` the first ones. None: all."""
    page: int = 1
    """Which page of `limit` links, from 1."""
    labels: tuple[str, ...] = ()
    """Labels that they all have."""


class Queries:
    """Finds links in a database, with their states from its history."""

    def __init__(self, database: Database, history: History) -> None:
        self.database = database
        self._history = history

    def get(self, name: str) -> TaggedLink:
        """Return the link with this id, with the only id that begins with it, or with this address.

        Raises:
            NotText: The name is not UTF-8.
            UnknownLink: There is none.
            AmbiguousLink: There are several.
        """
        asked = name
        if not is_utf8(name):
            raise not_utf8()
        name = link_id(name.strip()) if "://" in name else name.lower()
        rows = self._fetch("AND id = ?", [name])
        if not rows and name:
            condition, values = self.database.begins("id", name)
            rows = self._fetch(f"AND {condition} ORDER BY id LIMIT 9", values)
        if not rows:
            raise UnknownLink(
                f"no link {quoted(asked)} in the registry",
                hint=self._near(asked) or "utmforge list shows every link issued so far",
            )
        if len(rows) > 1:
            ids = ", ".join(str(row[0]) for row in rows[:8])
            raise AmbiguousLink(f"several links begin with {quoted(name)}", hint=f"one of {ids}")
        return self._with_states([from_row(rows[0])])[0]

    def known(self, ids: Sequence[str]) -> dict[str, TaggedLink]:
        """Return the issued links with these ids, by id, with their states."""
        links = self.by_id(ids)
        return {link.id: link for link in self._with_states(list(links.values()))}

    def pattern(self, host: str, tags: Tags) -> TaggedLink | None:
        """Return the page pattern that covers pages of a host with these tags. None: there is none.

        That of the host itself comes before those of the domains above it.
        """
        from utmforge.urls.page_patterns import pattern_ids  # few commands ask for patterns

        ids = pattern_ids(host, tags)
        known = self.known(ids) if ids else {}
        return next((known[one] for one in ids if one in known and known[one].pages), None)

    def has_patterns(self) -> bool:
        """Tell whether there is any page pattern."""
        return bool(self._fetch("AND pages IS NOT NULL LIMIT 1", []))

    def links(self, query: LinkQuery) -> Iterator[TaggedLink]:
        """Yield links, by default all in the order of issue.

        Raises:
            RegistryDamaged: An entry does not match its checksum.
        """
        start = (query.page - 1) * (query.limit or 0)
        stop = None if query.limit is None else start + query.limit
        if query.sort:
            yield from islice(self._sorted_links(query), start, stop)
            return
        newest_first = query.is_reversed or query.limit is not None
        found = islice(self._walk(query, newest_first=newest_first, enough=stop), start, stop)
        yield from reversed(list(found)) if newest_first and not query.is_reversed else found

    def count(self, query: LinkQuery) -> tuple[int, int]:
        """Return how many links a query finds on all pages, and how many of them are retired."""
        if query.labels or (query.text and self._history.has_notes()):
            found = list(self._walk(query, newest_first=False, enough=None))
            return len(found), sum(link.state == "retired" for link in found)
        condition, values = _conditions(query, self.database.like)
        if condition:
            statement = f"SELECT count(*) FROM links WHERE workspace = '{WORKSPACE}' {condition}"
            count = int(self.database.read(statement, values)[0][0])
        else:
            count = self.database.count_links()
        retired = 0
        some_events = "AND id IN (SELECT link_id FROM history)"
        for page in self.pages(f"{condition} {some_events}", values):
            retired += len(self._history.retired([row[1] for row in page]))
        match query.state:
            case "retired":
                return retired, retired
            case "issued":
                return count - retired, 0
        return count, retired

    def _walk(
        self, query: LinkQuery, *, newest_first: bool, enough: int | None
    ) -> Iterator[TaggedLink]:
        """Yield links in the order of issue or the other way round, page by page."""
        condition, values = _conditions(query, self.database.like)
        if query.state == "retired":
            condition += " AND id IN (SELECT link_id FROM history)"
        is_filtered = query.state or query.labels or query.text
        size = _PAGE if enough is None or is_filtered else min(enough, _PAGE)
        by_index = query.campaign is not None
        for page in self.pages(
            condition, values, newest_first=newest_first, by_index=by_index, size=size
        ):
            links = self._with_states([from_row(row[1:]) for row in page])
            yield from self._as_asked(links, query)

    def _sorted_links(self, query: LinkQuery) -> Iterator[TaggedLink]:
        condition, values = _conditions(query, self.database.like)
        column = SORTS[query.sort or "id"]
        statement = (
            f"SELECT coalesce({column}, ''), seq, id FROM links "
            f"WHERE workspace = '{WORKSPACE}' {condition}"
        )
        keys = self.database.read(statement, values)
        keys.sort()  # as Python compares text, whatever the database's collation
        if query.is_reversed:
            keys.reverse()
        for start in range(0, len(keys), _PAGE):
            ids = [str(key[2]) for key in keys[start : start + _PAGE]]
            links = self.known(ids)
            yield from self._as_asked([links[name] for name in ids], query)

    def _as_asked(self, links: Sequence[TaggedLink], query: LinkQuery) -> Iterator[TaggedLink]:
        """Yield those links whose state, note and labels a query asks for."""
        text = (query.text or "").casefold()
        unsure = {link.id for link in links if query.labels or text not in link.url.casefold()}
        notes = self._history.notes(list(unsure)) if unsure else {}
        for link in links:
            note = notes.get(link.id, NO_NOTE)
            has_text = text in link.url.casefold() or note.has_text(text)
            has_labels = set(query.labels) <= set(note.labels)
            if query.state in {None, link.state} and has_text and has_labels:
                yield link

    def pages(
        self,
        condition: str,
        values: Sequence[object],
        *,
        newest_first: bool = False,
        by_index: bool = False,
        size: int = _PAGE,
    ) -> Iterator[list[tuple[Any, ...]]]:
        """Yield rows of (seq, *SELECTED) in the order of issue, page by page.

        Other commands can write while a slow reader takes one page after the other. Without a
        campaign the table itself is read: its order is the order of issue (a test checks SQLite's
        query plan).
        """
        workspace = "workspace" if by_index else self.database.in_order
        select = f"SELECT seq, {SELECTED} FROM links WHERE {workspace} = '{WORKSPACE}' {condition}"
        order, beyond = ("DESC", "<") if newest_first else ("ASC", ">")
        first = f"{select} ORDER BY seq {order}, id {order} LIMIT {size}"
        after = (
            f"{select} AND seq {beyond}= ? AND (seq {beyond} ? OR id {beyond} ?) "
            f"ORDER BY seq {order}, id {order} LIMIT {size}"
        )
        is_gapless = self.database.is_gapless and not condition
        page = self.database.read(first, values)
        while page:
            if is_gapless and abs(page[-1][0] - page[0][0]) != len(page) - 1:
                raise damaged(quoted(self.database.place))
            yield page
            if len(page) < size:
                return
            seq, name = page[-1][:2]
            page = self.database.read(after, [*values, seq, seq, name])
            if page and not _is_beyond(page[-1], (seq, name), newest_first=newest_first):
                raise damaged(quoted(self.database.place))  # a damaged tree may have a cycle
            if page and is_gapless and abs(page[0][0] - seq) != 1:
                raise damaged(quoted(self.database.place))

    def totals(self) -> tuple[int, str | None, str | None]:
        """Return the number of links, and when the first and the last in order were issued."""
        read = self.database.read
        count = self.database.count_links()
        ends = [
            read(
                f"SELECT issued_at FROM links WHERE {self.database.in_order} = '{WORKSPACE}' "
                f"ORDER BY seq {order} LIMIT 1"
            )
            for order in ("ASC", "DESC")
        ]
        first, last = (str(end[0][0]) if end else None for end in ends)
        return count, first, last

    def has_campaign(self, name: str) -> bool:
        """Tell whether a campaign has links."""
        return bool(self._fetch("AND utm_campaign = ? LIMIT 1", [name]))

    def campaigns(self, beginning: str = "") -> list[str]:
        """Return the campaigns that have links and whose names begin with it, the latest first."""
        statement, values = self.database.campaigns(beginning)
        return [str(row[0]) for row in self.database.read(statement, values)]

    def combinations(
        self, keys: Sequence[str], campaign: str | None = None
    ) -> list[tuple[str | None, ...]]:
        """Return the different combinations of campaign, channel and content in issued links.

        Args:
            keys: Which of `campaign`, `channel` and `content`, in order.
            campaign: Only of this campaign.
        """
        columns = ", ".join(PARAMETERS.get(key, key) for key in keys)
        # A large registry is read through once: by the index, each link would be looked up alone.
        workspace = self.database.in_order if campaign is None else "workspace"
        condition, values = ("", []) if campaign is None else ("AND utm_campaign = ?", [campaign])
        rows = self.database.read(
            f"SELECT DISTINCT {columns} FROM links WHERE {workspace} = '{WORKSPACE}' {condition}",
            values,
        )
        return [tuple(row) for row in rows]

    def names(self, limit: int, wanted: Collection[str] = _NAMED_FIELDS) -> dict[str, set[str]]:
        """Return the names in links, retired or not, by field.

        Args:
            limit: A field with more names is left out: a program generates them.
            wanted: The fields; each that is left out saves a scan of all links.
        """
        names: dict[str, set[str]] = {}
        for fields in (some for some in _NAMED if any(field in wanted for field in some)):
            columns = ", ".join(PARAMETERS[field] for field in fields)
            enough = limit + 2 if len(fields) == 1 else _MAX_PAIRS
            rows = self.database.read(
                f"SELECT DISTINCT {columns} {self._by(fields)} LIMIT {enough}"
            )
            if len(rows) < enough:
                names |= {field: {row[at] for row in rows} for at, field in enumerate(fields)}
        named = {field: some - {None, ""} for field, some in names.items()}
        return {field: some for field, some in named.items() if len(some) <= limit}

    def carried(self, field: str, names: Collection[str]) -> set[str]:
        """Return those of `names` that a link has, retired or not."""
        column = PARAMETERS[field]
        found: set[str] = set()
        for some in self._parts(names):
            links = f"{self._by((field,))} AND {column} IN ({', '.join('?' * len(some))})"
            found |= {
                row[0] for row in self.database.read(f"SELECT DISTINCT {column} {links}", some)
            }
        return found

    def _parts(self, names: Collection[str]) -> Iterator[list[str]]:
        """Yield names or ids in lists that fit into one query."""
        asked = list(names)
        size = self.database.values_a_query
        for start in range(0, len(asked), size):
            yield asked[start : start + size]

    def in_use(self, field: str, names: Collection[str]) -> set[str]:
        """Return those of `names` that a link in use has."""
        column = PARAMETERS[field]
        found: set[str] = set()
        for some in self._parts(names):
            links = f"{self._by((field,))} AND {column} IN ({', '.join('?' * len(some))})"
            rows = self.database.read(
                f"SELECT DISTINCT {column} {links} AND NOT EXISTS ({_EVENTS_OF_IT})", some
            )
            found |= {row[0] for row in rows}
            if found.issuperset(some):
                continue
            # Some links were retired and reinstated: only their events decide.
            rows = self.database.read(
                f"SELECT id, {column} {links} AND EXISTS ({_EVENTS_OF_IT} {_REINSTATED})", some
            )
            retired = self._history.retired([row[0] for row in rows])
            found |= {row[1] for row in rows if row[0] not in retired}
        return found

    def _by(self, fields: Sequence[str]) -> str:
        """Return the FROM clause to find links by fields: by an index, or in the order of issue."""
        workspace = "workspace" if fields == ("campaign",) else self.database.in_order
        return f"FROM links WHERE {workspace} = '{WORKSPACE}'"

    def ids(self, beginning: str = "", limit: int = 200) -> list[tuple[str, str, str]]:
        """Return (id, campaign, channel) of the latest links whose ids begin with it."""
        condition, values = self.database.begins("id", beginning)
        rows = self.database.read(
            "SELECT id, utm_campaign, coalesce(channel, '') FROM links "
            f"WHERE workspace = '{WORKSPACE}' AND {condition} ORDER BY seq DESC LIMIT {limit}",
            values,
        )
        return [(str(row[0]), str(row[1]), str(row[2])) for row in rows]

    def _fetch(self, rest: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        return self.database.read(f"{_SELECT} {rest}", values)

    def by_id(self, ids: Sequence[str]) -> dict[str, TaggedLink]:
        """Return links by id as they were issued, without their states."""
        known = {}
        for some in self._parts(ids):
            for row in self._fetch(f"AND id IN ({', '.join('?' * len(some))})", some):
                known[str(row[0])] = from_row(row)
        return known

    def all_of(self, ids: Sequence[str]) -> dict[str, TaggedLink]:
        """Return the links with these ids, all of which must exist."""
        known = self.by_id(ids)
        for name in ids:
            if name not in known:
                raise UnknownLink(f"no link {quoted(name)} in the registry")
        return known

    def _with_states(self, links: list[TaggedLink]) -> list[TaggedLink]:
        retired = self._history.retired([link.id for link in links])
        if not retired:
            return links
        return [link._replace(state="retired") if link.id in retired else link for link in links]

    def _near(self, name: str) -> str | None:
        if self.has_campaign(name):
            return f"it is a campaign: utmforge list --campaign {name}"
        return did_you_mean(name, [row[0] for row in self.ids()]) if name else None


def _conditions(query: LinkQuery, like: str) -> tuple[str, list[object]]:
    """Return the conditions of a query for a statement, and their values."""
    values: list[object] = []
    conditions = []

    def must(condition: str, value: object) -> None:
        conditions.append(f"AND {condition}")
        values.append(value)

    for column, value in (("utm_campaign", query.campaign), ("channel", query.channel)):
        if value:
            must(f"{column} = ?", value)
    for parameter, value in query.tags:
        must(f"coalesce({parameter}, '') = ?", value)
    if query.text:
        refuse_too_long("the search text", query.text, _MAX_SEARCHED)
        escaped = query.text.replace("!", "!!").replace("%", "!%").replace("_", "!_")
        must(f"(url {like} ? ESCAPE '!' OR {_HAD_NOTE})", f"%{escaped}%")
    if query.labels:
        conditions.append(f"AND {_HAD_NOTE}")
    if query.since:
        must("issued_at >= ?", query.since)
    if query.until:
        must("issued_at < ?", f"{query.until}U")  # after T, before the next day
    return " ".join(conditions), values


def _is_beyond(row: Sequence[Any], last: tuple[Any, Any], *, newest_first: bool) -> bool:
    compare: Callable[[Any, Any], bool] = (
        (lambda a, b: a < b) if newest_first else (lambda a, b: a > b)
    )
    return compare(tuple(row[:2]), last)
