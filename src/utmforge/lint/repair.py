"""The one repairer, used by `lint --fix` and by `explain`.

A step takes a link and returns its address without one kind of fault. The steps run in order, again
and again, until none of them changes anything, because one step may make another necessary: the
value of a tag is repaired after its name. So repairing a repaired link changes nothing.

    lint --fix   the steps of the selected rules: only what is safe, the rest stays as it is
    explain      all of them, then the address as utmforge would have issued it

>>> repaired("https://x.example/?UTM_Source=a&utm_medium=email#utm_campaign=b")
'https://x.example/?utm_source=a&utm_medium=email&utm_campaign=b'
>>> link = Link("https://x.example/?utm_source=a&utm_campaign=b%2520c&utm_medium=email&fbclid=1")
>>> repair(link).url
'https://x.example/?utm_source=a&utm_medium=email&utm_campaign=b-c'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from utmforge.errors import BadTag, UtmforgeError
from utmforge.lint.rules import rules_for
from utmforge.lint.rules.base import DEFAULT_SETTINGS, LinkRule, Settings
from utmforge.naming.intended_tags import intended_tags
from utmforge.privacy.find import find_private
from utmforge.urls.link import Link
from utmforge.urls.link_forms import with_tag_names, without_click_ids
from utmforge.urls.misplaced_tags import misplaced_tags, with_tags_apart
from utmforge.urls.tagging import is_one_address, read_landing_page

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    Step = Callable[[Link], str]

STEPS = (
    "UTM106",  # &amp; left in names
    "UTM202",  # names of tags
    "UTM205",  # tags after the #
    "UTM203",  # the same tag again
    "UTM204",  # empty tags
    "UTM105",  # values encoded twice
    "UTM108",  # invisible characters
    "UTM104",  # + for a space
    "UTM102",  # spaces
    "UTM101",  # letter case
    "UTM107",  # the last character
)
"""The rules that can fix what they find, in the order in which they run."""

_MAX_ROUNDS = 20
"""Every round repairs something, and few links need three rounds."""


class Repair(NamedTuple):
    """The result of a repair."""

    url: str | None
    """The link to use. None: it cannot be repaired, or must not be repeated."""
    why_not: str | None = None
    """Why there is no link. None: there is one."""
    partly: str | None = None
    """The link with everything else fixed, if it cannot be repaired completely: a tag is missing.
    None: it is complete, nothing else could be fixed, or it must not be repeated."""


class Repairer:
    """Repairs links by the rules of a workspace."""

    def __init__(self, settings: Settings = DEFAULT_SETTINGS) -> None:
        self._convention = settings.convention
        rules = {rule.code: rule for rule in rules_for(settings, STEPS)}
        self._steps = {
            code: rule.fixed for code in STEPS if isinstance(rule := rules[code], LinkRule)
        }

    def repaired(self, url: str, codes: Collection[str] | None = None) -> str:
        """Return a link with what some rules find fixed, as far as that is safe.

        A text that is not one address is not changed, and neither is a link with misplaced tags, or
        one with private data, because a diff would show it.

        Args:
            url: As it was found.
            codes: The rules whose steps are used. None: all.
        """
        if not is_one_address(url) or find_private(url):
            return url
        link = Link(url)
        if misplaced_tags(link):
            return url
        steps = [step for code, step in self._steps.items() if codes is None or code in codes]
        result = _until_nothing_changes(link, steps)
        return url if find_private(result) else result

    def repair(self, link: Link) -> Repair:
        """Return a web address with its tags as utmforge would have issued them."""
        if why_not := _why_private(link.url):
            return Repair(None, why_not)
        steps = (
            with_tags_apart,
            *self._steps.values(),
            with_tag_names,
            without_click_ids,
            self._as_issued,
        )
        try:
            result = _until_nothing_changes(link, steps)
        except BadTag as error:
            partly = _until_nothing_changes(link, steps[:-1])
            is_shown = partly != link.url and not _why_private(partly)
            return Repair(None, error.message, partly if is_shown else None)
        except UtmforgeError as error:
            return Repair(None, error.message)
        why_not = _why_private(result)
        return Repair(None, why_not) if why_not else Repair(result)

    def _as_issued(self, link: Link) -> str:
        """Write the address as browsers do, and its tags in the usual order by the convention."""
        page = read_landing_page(link.url)
        tags = intended_tags(link, self._convention)
        return page.with_tags(tags) if tags else page.url


def repaired(
    url: str, settings: Settings = DEFAULT_SETTINGS, codes: Collection[str] | None = None
) -> str:
    """Return a link without what some rules find, as far as that is safe; see `Repairer`."""
    return Repairer(settings).repaired(url, codes)


def repair(link: Link, settings: Settings = DEFAULT_SETTINGS) -> Repair:
    """Return a web address with its tags as utmforge would have issued them; see `Repairer`."""
    return Repairer(settings).repair(link)


def _until_nothing_changes(link: Link, steps: Iterable[Step]) -> str:
    """Return the result of the steps, or the link's own address if they never finish.

    Raises:
        UtmforgeError: A step refuses the link.
    """
    steps = tuple(steps)
    result = link
    for _ in range(_MAX_ROUNDS):
        before = result
        for step in steps:
            address = step(result)
            if address != result.url:
                result = Link(address)
        if result is before:
            return result.url
    return link.url


def _why_private(url: str) -> str | None:
    private = find_private(url)
    kinds = " and ".join(dict.fromkeys(each.kind for each in private))
    return f"it contains private data ({kinds})" if private else None
