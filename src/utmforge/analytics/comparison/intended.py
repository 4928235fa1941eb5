"""Find the name that a spelling in a report was meant to be.

In this order: the name that the naming convention writes instead; the name that a short form or a
host stands for; a correct name that looks like it; and among names that no issued link has, the one
with the most visits.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from utmforge.analytics.ga4.sources import SEARCH, SHOPPING, SOCIAL, VIDEO
from utmforge.channels import built_in
from utmforge.channels.catalogue import PRIVATE
from utmforge.errors import BadTag, UtmforgeError
from utmforge.naming.field_rule import FieldRule
from utmforge.naming.similar import Near, NearNames, similar_names
from utmforge.urls.quoting import intended_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from utmforge.naming.convention import Convention

_NEXT_TAG = re.compile(r"(?:[?&;]|&amp;|%26|%3F)(?:amp;)?utm_.*", re.IGNORECASE | re.DOTALL)
"""A tag that is stuck to the one before it."""

Meant = tuple[str, tuple[str, ...]]

# Short forms of sources and mediums in use (our own list, 2026-11-23).
SHORT_FORMS = {
    "source": {
        **dict.fromkeys(("fb", "fcb", "face"), "facebook"),
        **dict.fromkeys(("ig", "insta"), "instagram"),
        **dict.fromkeys(("wa", "whats"), "whatsapp"),
        **dict.fromkeys(("msgr", "fb-messenger", "facebook-messenger"), "messenger"),
        **dict.fromkeys(("tg", "tele"), "telegram"),
        **dict.fromkeys(("li", "lnkd"), "linkedin"),
        **dict.fromkeys(("tw", "x"), "twitter"),
        **dict.fromkeys(("yt",), "youtube"),
        **dict.fromkeys(("tt",), "tiktok"),
        **dict.fromkeys(("nl", "news"), "newsletter"),
    },
    "medium": {
        **dict.fromkeys(("mail", "em"), "email"),
        **dict.fromkeys(("text", "txt"), "sms"),
        **dict.fromkeys(("soc", "sm"), "social"),
        **dict.fromkeys(("msg",), "message"),
    },
}

_LISTED = {"source": SEARCH | SHOPPING | SOCIAL | VIDEO}


def _known(field: str) -> frozenset[str]:
    """Return names that are so common that a spelling near one of them was meant to be it."""
    in_channels = {getattr(built_in(name), field, "") for name in PRIVATE}
    return frozenset({*in_channels, *SHORT_FORMS.get(field, {}).values()} - {""})


def _last(value: str, meant: Mapping[str, Meant]) -> str:
    """Follow the intended names to one that was meant as it is."""
    passed = []
    while value in meant and value not in passed:
        passed.append(value)
        value = meant[value][0]
    return value


def without_encoding(value: str) -> str:
    r"""Return a value without what a damaged link has put into it.

    >>> without_encoding("weekly%20news%0A"), without_encoding("news&amp;utm_medium=email")
    ('weekly news', 'news')
    """
    return _NEXT_TAG.sub("", intended_text(_NEXT_TAG.sub("", value.replace("+", "%2B")))).strip()


class Meanings:
    """What spellings of one field were meant to be."""

    def __init__(
        self,
        field: str,
        issued: Collection[str],
        planned: Collection[str],
        convention: Convention,
        *,
        is_lower: bool = False,
    ) -> None:
        """Collect the correct names.

        Args:
            field: Such as `source`.
            issued: Names of issued links.
            planned: Names that links may have.
            convention: How names are written.
            is_lower: Whether everything is compared in lower case.
        """
        self.field = field
        self.convention = convention
        self._is_lower = is_lower
        self._planned = set(planned)
        self.right = {*issued, *planned} | {form for name in issued if (form := self.form(name))}
        self._near = NearNames(self.right)
        self._known = _known(field)

    def form(self, value: str) -> str | None:
        """Return a value as the naming convention writes it, or None if it cannot be written."""
        try:
            form = self.convention.words(self.field, value)
        except BadTag:
            return None
        rule = self.convention.fields.get(self.field)
        form = rule.aliases.get(form, form) if rule else form
        return form.lower() if self._is_lower else form

    def of(self, visits: Mapping[str, int]) -> dict[str, Meant]:
        """Return the intended names of spellings and how they differ; without correct spellings.

        Args:
            visits: The spellings of a report and the visits of each.
        """
        meant = {value: found for value in visits if (found := self._one(value, visits))}
        rest = [value for value in visits if value not in meant and value not in self.right]
        for cluster in NearNames(rest).clusters():
            name = self._best(cluster, visits)
            for near in NearNames((*cluster, name)).near(name):
                meant[near.name] = name, near.differs
        return {value: (_last(value, meant), differs) for value, (_, differs) in meant.items()}

    def alias(self, value: str, meant: str) -> str | None:
        """Return the name that a spelling should be an alias of.

        None: the convention already writes it that way, or would not accept such an alias.
        """
        rule = self.convention.fields.get(self.field, FieldRule())
        try:
            words = self.convention.words(self.field, value)
            target = self.form(meant)
            if target is None or words == target or self.form(value) == target:
                return None
            if words in {*rule.prohibited, *rule.allowed, *rule.suggested, *rule.aliases.values()}:
                return None
            self.convention.check(self.field, target)
            is_written_so = self.convention.words(self.field, target) == target
        except UtmforgeError:
            return None
        return target if is_written_so and words not in self._planned else None

    def _one(self, value: str, visits: Mapping[str, int]) -> Meant | None:
        form = self.form(value) or value
        near = self._near.near(value)
        if value in self.right:
            return self._best_of_right(value, near, visits)
        plain = without_encoding(value)
        if plain != value and (decoded := self._decoded(plain, visits)):
            return decoded
        if form != value and form in self.right:
            return form, next((one.differs for one in near if one.name == form), ("alias",))
        for other in self._stood_for(form):
            if other in self.right or other in visits:
                return other, ("short form",)
        if not near and form not in self._known:
            near = tuple(one for one in similar_names(form, self._known) if one.name not in visits)
        return self._likeliest(near, visits) if near else None

    def _decoded(self, plain: str, visits: Mapping[str, int]) -> Meant | None:
        """Return the name that a value has without its encoding; None: it is a name of its own."""
        for name in (plain, self.form(plain)):
            if name is not None and (name in self.right or name in visits):
                return name, ("encoding",)
        meant = self._one(plain, visits)
        return (meant[0], ("encoding", *meant[1])) if meant else None

    def _likeliest(self, near: Sequence[Near], visits: Mapping[str, int]) -> Meant:
        """Return the name with the most visits among those that differ least."""
        is_typo = near[0].differs == ("typo",)
        alike = [one for one in near if (one.differs == ("typo",)) == is_typo]
        best = max(alike, key=lambda one: (one.name in self._planned, visits.get(one.name, 0)))
        return best.name, best.differs

    def _best_of_right(
        self, value: str, near: Sequence[Near], visits: Mapping[str, int]
    ) -> Meant | None:
        """Return the best of several correct names that differ only in case, separator, accents."""
        others = {one.name: one.differs for one in near if one.differs != ("typo",)}
        best = max(
            (value, *others),
            key=lambda one: (self.form(one) == one, one in self._planned, visits.get(one, 0), one),
        )
        return (best, others[best]) if best != value else None

    def _stood_for(self, value: str) -> Iterator[str]:
        """Yield what a short form or a host stands for."""
        if short := SHORT_FORMS.get(self.field, {}).get(value.replace("_", "-")):
            yield short
        if self.field == "source" and "." in value:
            yield value.removeprefix("www.").partition(".")[0]

    def _best(self, cluster: Collection[str], visits: Mapping[str, int]) -> str:
        """Return the name of a cluster: a well-known one, or else the one with the most visits."""
        listed = _LISTED.get(self.field, frozenset()) | self._known
        best = max(cluster, key=lambda one: ((self.form(one) or one) in listed, visits[one], one))
        return self.form(best) or best
