"""UTM2xx: which parameters a link has."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from utmforge.errors import quoted
from utmforge.lint.rules.base import Found, Rule, Settings
from utmforge.model import FIELDS, PARAMETERS, REQUIRED
from utmforge.urls.address import is_relative
from utmforge.urls.parameters import (
    certain_field,
    is_of_another_tool,
    looks_like_tag,
    near_field,
    without_entity,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from utmforge.urls.link import Link
    from utmforge.urls.parameters import Parameter


class MissingTag(Rule):
    """Give every link source, medium and campaign, and what the naming convention requires.

    Without `utm_source` GA4 does not take the tags at all; without `utm_medium` most visits are
    Unassigned; without `utm_campaign` nobody knows what they came for. `required` in
    `[convention]` can name more.

    Instead of:
        https://shop.example/?utm_source=news&utm_campaign=spring

    Write:
        https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=spring
    """

    code = "UTM201"
    name = "missing-tag"
    severity = "error"

    def check(self, link: Link, settings: Settings) -> Iterator[Found]:
        """Name what is missing from a link that has any tag."""
        if not link.is_tagged:
            return
        wanted = (*REQUIRED, *settings.convention.required)
        nearly = {near for one in link.parameters if (near := near_field(one.name))}
        lacking = [
            PARAMETERS[field]
            for field in dict.fromkeys(wanted)
            if field not in link.meant and field not in nearly
        ]
        if lacking:
            yield self.found(
                f"{' and '.join(lacking)} {'is' if len(lacking) == 1 else 'are'} missing",
                f"add {lacking[0]}=…",
            )


class UnknownTag(Rule):
    """Spell the names of tags as analytics tools read them.

    Analytics tools ignore `utm-source`, `utm_surce` and `UTM_Source`: the visit counts as if the
    tag were not there. Only names that begin with `utm`, or with a near spelling of it, are
    checked. A page's own parameters (`product_id`) and the tags of other tools (`mtm_source`) are
    not.

    Instead of:
        https://shop.example/?utm-source=news&utm_medium=email&utm_campaign=spring

    Write:
        https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=spring
    """

    code = "UTM202"
    name = "unknown-tag"
    severity = "error"
    is_fixable = True

    def check(self, link: Link, settings: Settings) -> Iterator[Found]:
        """Look at names that are nearly those of tags."""
        del settings
        for one in link.parameters:
            name = without_entity(one.name)
            if name in FIELDS or not looks_like_tag(name):
                continue
            near = near_field(name)
            hint = f"did you mean {quoted(PARAMETERS[near])}?" if near else None
            yield self.found(
                f"{quoted(name, 40)} is no tag that analytics tools read",
                hint or f"the tags are {', '.join(PARAMETERS.values())}",
            )

    def mended(self, link: Link, settings: Settings) -> str:
        """Rename what is certainly one tag, where no other parameter is, or would be, that tag."""
        del settings
        fields = [_field_to_be(one) for one in link.parameters]
        taken = Counter([*fields, *(one.meant for one in link.in_fragment)])
        return link.with_parameters(
            one._replace(name=PARAMETERS[field]) if field and taken[field] == 1 else one
            for one, field in zip(link.parameters, fields, strict=True)
        )


def _field_to_be(one: Parameter) -> str | None:
    """Return the tag that a parameter is, or becomes when it is renamed."""
    return one.field or certain_field(one.name)


class DuplicateTag(Rule):
    """Have each tag once.

    Which of two values counts differs from tool to tool: one link is in two rows. Mostly a mail
    program or a shortener has added its own tags to a link that had some.

    Instead of:
        https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=spring&utm_source=news

    Write:
        https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=spring
    """

    code = "UTM203"
    name = "duplicate-tag"
    severity = "error"
    is_fixable = True

    def check(self, link: Link, settings: Settings) -> Iterator[Found]:
        """Look for a field with two values."""
        del settings
        values: dict[str, list[str]] = {}
        for one in link.parameters:
            if one.meant:
                values.setdefault(one.meant, []).append(one.text)
        for field, texts in values.items():
            if len(texts) > 1:
                differ = "with different values" if len(set(texts)) > 1 else "with one value"
                yield self.found(
                    f"{PARAMETERS[field]} is there {len(texts)} times {differ}", "keep one"
                )

    def mended(self, link: Link, settings: Settings) -> str:
        """Take out what says the same again; which of two values is right nobody can know."""
        del settings
        kept: list[Parameter] = []
        for one in link.parameters:
            again = one.meant and any(
                one.meant == other.meant and one.text == other.text for other in kept
            )
            if not again:
                kept.append(one)
        return link.with_parameters(kept)


class EmptyTag(Rule):
    """Leave a tag out rather than empty.

    `utm_term=` says nothing, some tools record an empty value, and a link that ends with `=` loses
    it in messaging apps.

    Instead of:
        https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=spring&utm_term=

    Write:
        https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=spring
    """

    code = "UTM204"
    name = "empty-tag"
    is_fixable = True

    def check(self, link: Link, settings: Settings) -> Iterator[Found]:
        """Look for tags without a value."""
        del settings
        for one in link.parameters:
            if one.meant and not one.text.strip():
                yield self.found(
                    f"{PARAMETERS[one.meant]} is empty", "leave it out, or give it a value"
                )

    def mended(self, link: Link, settings: Settings) -> str:
        """Take them out; one that has to be there stays, so that it is seen."""
        wanted = {*REQUIRED, *settings.convention.required}
        return link.with_parameters(
            one
            for one in link.parameters
            if not one.meant or one.text.strip() or one.meant in wanted - link.as_written.keys()
        )


class TagsAfterHash(Rule):
    """Put tags before the `#`.

    What stands behind `#` never reaches the server, and GA4 does not read tags there. utmforge
    puts them behind the query and before the `#`.

    Instead of:
        https://shop.example/#offers?utm_source=news&utm_medium=email&utm_campaign=spring

    Write:
        https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=spring#offers
    """

    code = "UTM205"
    name = "tags-after-hash"
    severity = "error"
    is_fixable = True

    def check(self, link: Link, settings: Settings) -> Iterator[Found]:
        """Look behind the hash."""
        del settings
        if link.in_fragment:
            names = ", ".join(PARAMETERS[one.meant] for one in link.in_fragment if one.meant)
            yield self.found(f"{names} behind the #, where GA4 does not look", "put # at the end")

    def mended(self, link: Link, settings: Settings) -> str:
        """Move them; those that the query has too are dropped."""
        del settings
        if not link.in_fragment:
            return link.url
        there = {one.meant for one in link.parameters if one.meant}
        moved = [one for one in link.in_fragment if one.meant not in there]
        tags = set(map(str, link.in_fragment))
        pieces = re.split("(?=[?&])", link.fragment)
        kept = "".join(piece for piece in pieces if piece.lstrip("?&") not in tags)
        if "?" in link.fragment and "?" not in kept:
            kept = kept.replace("&", "?", 1)
        return link.with_fragment((*link.parameters, *moved), kept)


class Untagged(Rule):
    """Tag the links you send.

    A visit by a link without tags, from a message or a mail, is Direct: nobody knows that it came
    from you. Only said of addresses that were given one by one or in a list, and of links to your
    own sites (`own_domains` in `[workspace]`) in newsletters.

    Instead of:
        https://shop.example/spring

    Write:
        https://shop.example/spring?utm_source=news&utm_medium=email&utm_campaign=spring
    """

    code = "UTM206"
    name = "untagged"
    severity = "note"

    def check(self, link: Link, settings: Settings) -> Iterator[Found]:
        """Look at one's own hosts, at all where none are known."""
        own = settings.own_domains
        if link.is_tagged or settings.is_site or not link.host:
            return
        if any(is_of_another_tool(one.name) for one in link.parameters):
            return
        if not own or is_own(link.host, own):
            yield self.found("the link has no tags", "utmforge new makes one that has")


class InternalLink(Rule):
    """Do not tag links from one page of your site to another.

    The tags overwrite where the visitor came from: the newsletter that brought them loses the
    visit, and the sale, to the banner on your own page. Said of pages of your own site: those that
    name one of `own_domains` as their canonical address, all files with `--site`, and links without
    a host. Use an event to count clicks within the site.

    Instead of:
        <a href="/spring?utm_source=home&utm_medium=banner&utm_campaign=spring">

    Write:
        <a href="/spring">
    """

    code = "UTM207"
    name = "internal-link"
    severity = "error"

    def check(self, link: Link, settings: Settings) -> Iterator[Found]:
        """Look at pages of one's own site."""
        if not link.is_tagged:
            return
        if is_relative(link.url) or (settings.is_site and is_own(link.host, settings.own_domains)):
            yield self.found(
                "tags on a link within your own site overwrite where the visitor came from",
                "take the tags off; count the click as an event",
            )


def is_own(host: str, own: frozenset[str]) -> bool:
    """Tell whether a host, without `www.`, is one's own or beneath it."""
    if host in own or f"www.{host}" in own:
        return True
    while "." in host:
        host = host.partition(".")[2]
        if host in own:
            return True
    return False


RULES: tuple[Rule, ...] = (
    MissingTag(),
    UnknownTag(),
    DuplicateTag(),
    EmptyTag(),
    TagsAfterHash(),
    Untagged(),
    InternalLink(),
)
