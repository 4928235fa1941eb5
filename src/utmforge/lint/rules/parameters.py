"""UTM2xx: which parameters a link has."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from utmforge.errors import quoted
from utmforge.lint.rules.base import Found, LinkRule, Rule
from utmforge.model import FIELDS, PARAMETERS, REQUIRED
from utmforge.urls.address import is_relative, read_address, with_scheme
from utmforge.urls.landing_faults import landing_faults
from utmforge.urls.misplaced_tags import misplaced_tags
from utmforge.urls.other_tools import is_of_another_tool
from utmforge.urls.parameters import (
    certain_field,
    looks_like_tag,
    near_field,
    without_entity,
)
from utmforge.urls.quoting import name_text
from utmforge.urls.sites import is_own
from utmforge.urls.special_hosts import APP_STORES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from utmforge.urls.link import Link
    from utmforge.urls.parameters import Parameter
    from utmforge.urls.special_hosts import AppStore


class MissingTag(LinkRule):
    """Give every link source, medium and campaign, and what the naming convention requires.

    Without `utm_source` GA4 may ignore the tags altogether; without `utm_medium` most visits are
    Unassigned; without `utm_campaign` reports cannot tell your campaigns apart. `required` in
    `[convention]` can name more.

    Instead of:
        https://shop.example/?utm_source=news&utm_campaign=spring

    Write:
        https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=spring
    """

    code = "UTM201"
    name = "missing-tag"
    severity = "error"

    def check(self, link: Link) -> Iterator[Found]:
        """Name what is missing from a link that has any tag."""
        if not link.is_tagged:
            return
        required = (*REQUIRED, *self.settings.convention.required)
        nearly = {near for one in link.parameters if (near := near_field(one.name))}
        missing = [
            PARAMETERS[field]
            for field in dict.fromkeys(required)
            if field not in link.meant and field not in nearly
        ]
        if missing:
            yield self.found(
                f"{listed(missing)} {'is' if len(missing) == 1 else 'are'} missing",
                f"add {missing[0]}=…",
            )


class UnknownTag(LinkRule):
    """Spell the names of tags as analytics tools read them.

    Analytics tools ignore `utm-source`, `utm_surce` and `UTM_Source`, as if the tag were missing.
    Some tools decode `utm%5Fsource`, others do not.
    Only names that begin with `utm`, or with a near spelling of it, are checked. A page's own
    parameters (`product_id`) and the tags of other tools (`mtm_source`) are not.

    Instead of:
        https://shop.example/?utm-source=news&utm_medium=email&utm_campaign=spring

    Write:
        https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=spring
    """

    code = "UTM202"
    name = "unknown-tag"
    severity = "error"
    is_fixable = True

    def check(self, link: Link) -> Iterator[Found]:
        """Look at names that are meant to be tags."""
        for one in link.parameters:
            name = without_entity(one.name)
            if name in FIELDS or not looks_like_tag(name):
                continue
            if tag := FIELDS.get(name_text(name)):
                yield self.found(
                    f"{quoted(name, 40)} is {PARAMETERS[tag]}, percent-encoded: not every tool "
                    "decodes the name of a parameter",
                    f"write {PARAMETERS[tag]}",
                )
                continue
            near = near_field(name)
            hint = f"did you mean {quoted(PARAMETERS[near])}?" if near else None
            yield self.found(
                f"{quoted(name, 40)} is not a UTM parameter",
                hint or f"the UTM parameters are {', '.join(PARAMETERS.values())}",
            )

    def fixed(self, link: Link) -> str:
        """Rename what is certainly one tag, unless another parameter is, or would be, that tag."""
        fields = [_field_to_be(one) for one in link.parameters]
        taken = Counter([*fields, *(one.meant for one in link.in_fragment)])
        return link.with_parameters(
            one._replace(name=PARAMETERS[field]) if field and taken[field] == 1 else one
            for one, field in zip(link.parameters, fields, strict=True)
        )


def _field_to_be(one: Parameter) -> str | None:
    """Return the tag that a parameter is, or becomes when it is renamed."""
    return one.field or certain_field(one.name)


class DuplicateTag(LinkRule):
    """Use each tag only once.

    Tools disagree on which of two values counts, so one link ends up in two rows. Usually a mail
    program or a shortener has added its own tags to a link that already had some.

    Instead of:
        https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=spring&utm_source=news

    Write:
        https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=spring
    """

    code = "UTM203"
    name = "duplicate-tag"
    severity = "error"
    is_fixable = True

    def check(self, link: Link) -> Iterator[Found]:
        """Look for a field with two values."""
        values: dict[str, list[str]] = {}
        for one in link.parameters:
            if one.meant:
                values.setdefault(one.meant, []).append(one.text)
        for field, texts in values.items():
            if len(texts) > 1:
                differ = "different values" if len(set(texts)) > 1 else "the same value"
                yield self.found(
                    f"{PARAMETERS[field]} appears {len(texts)} times with {differ}", "keep one"
                )

    def fixed(self, link: Link) -> str:
        """Remove repeated values; you decide which of two different values is right."""
        kept: list[Parameter] = []
        for one in link.parameters:
            again = one.meant and any(
                one.meant == other.meant and one.text == other.text for other in kept
            )
            if not again:
                kept.append(one)
        return link.with_parameters(kept)


class EmptyTag(LinkRule):
    """Leave a tag out rather than leaving it empty.

    `utm_term=` says nothing, some tools record an empty value, and messaging apps cut off an `=` at
    the end of a link.

    Instead of:
        https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=spring&utm_term=

    Write:
        https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=spring
    """

    code = "UTM204"
    name = "empty-tag"
    is_fixable = True

    def check(self, link: Link) -> Iterator[Found]:
        """Look for tags without a value."""
        required = {*REQUIRED, *self.settings.convention.required} - link.as_written.keys()
        for one in link.parameters:
            if one.meant and not one.text.strip():
                is_required = one.meant in required
                yield self.found(
                    f"{PARAMETERS[one.meant]} is empty",
                    "give it a value" if is_required else "leave it out, or give it a value",
                )

    def fixed(self, link: Link) -> str:
        """Remove them; a required one stays, so that it is noticed."""
        required = {*REQUIRED, *self.settings.convention.required}
        return link.with_parameters(
            one
            for one in link.parameters
            if not one.meant or one.text.strip() or one.meant in required - link.as_written.keys()
        )


class TagsAfterHash(LinkRule):
    """Put tags before the `#`.

    What comes after the `#` never reaches the server, and GA4 ignores tags there. utmforge puts them
    after the query and before the `#`.

    Instead of:
        https://shop.example/#offers?utm_source=news&utm_medium=email&utm_campaign=spring

    Write:
        https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=spring#offers
    """

    code = "UTM205"
    name = "tags-after-hash"
    severity = "error"
    is_fixable = True

    def check(self, link: Link) -> Iterator[Found]:
        """Look after the `#`."""
        if link.in_fragment:
            names = [PARAMETERS[one.meant] for one in link.in_fragment if one.meant]
            come, them = ("comes", "it") if len(names) == 1 else ("come", "them")
            yield self.found(
                f"{listed(names)} {come} after the #, where GA4 ignores {them}",
                "put the tags before the #",
            )

    def fixed(self, link: Link) -> str:
        """Move them; those that the query also has are dropped."""
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


class Untagged(LinkRule):
    """Tag the links you send.

    A visit from an untagged link in a message or an e-mail is reported as Direct: you cannot tell
    that it came from you. Only reported for addresses given one by one or in a list, and for links
    to your own sites (`own_domains` in `[workspace]`) in newsletters.

    Instead of:
        https://shop.example/spring

    Write:
        https://shop.example/spring?utm_source=news&utm_medium=email&utm_campaign=spring
    """

    code = "UTM206"
    name = "untagged"
    severity = "note"

    def check(self, link: Link) -> Iterator[Found]:
        """Look at your own hosts, or at all hosts if none are known."""
        own = self.settings.own_domains
        host = link.host or _host_without_scheme(link.url)
        if link.is_tagged or self.settings.is_site or not host:
            return
        if any(is_of_another_tool(one.name) for one in link.parameters):
            return
        store = APP_STORES.get(host.removeprefix("www."))
        if store and _has_store_tags(link, store):
            return
        if not own or is_own(host, own):
            yield self.found("the link has no tags", "utmforge new makes a tagged link")


def _host_without_scheme(url: str) -> str:
    """Return the host of an address such as `shop.example/spring`; empty if it has none."""
    address = None if is_relative(url) else read_address(with_scheme(url))
    return address.host if address else ""


def _has_store_tags(link: Link, store: AppStore) -> bool:
    """Tell whether a link to an app store has the parameter that the store reads."""
    value = next((one.text for one in link.parameters if one.name.lower() == store.parameter), "")
    return "utm_source=" in value if store.parameter == "referrer" else bool(value)


class InternalLink(LinkRule):
    """Do not tag links from one page of your site to another.

    The tags overwrite where the visitor came from: the newsletter that brought them loses the
    visit, and the sale, to a banner on your own page. Reported for pages of your own site: those
    whose canonical address is on one of `own_domains`, all files with `--site`, and links without a
    host. Count clicks within the site with an event instead.

    Instead of:
        <a href="/spring?utm_source=home&utm_medium=banner&utm_campaign=spring">

    Write:
        <a href="/spring">
    """

    code = "UTM207"
    name = "internal-link"
    severity = "error"

    def check(self, link: Link) -> Iterator[Found]:
        """Look at pages of your own site."""
        if not link.is_tagged:
            return
        if is_relative(link.url) or (
            self.settings.is_site and is_own(link.host, self.settings.own_domains)
        ):
            yield self.found(
                "tags on a link within your own site overwrite where the visitor came from",
                "remove the tags; count the click as an event",
            )


class MisplacedTag(LinkRule):
    """Write `?` before the first tag and `&` before each other one.

    A second `?`, a `;`, an encoded `%26`, or a missing `&` makes a tag part of another value, of the
    path, or of the host: `utm_campaign=spring?utm_content=hero` is one campaign with a long name.
    The tag is lost, and the value before it is wrong. The other rules check the link as it was
    meant. An address inside another one (`next=https%3A%2F%2F…`) has tags of its own and is not
    reported; neither is `&&`, which tools read as one `&`.

    `lint --fix` leaves such a link as it is: where the value before the tag ends is a guess, and a
    wrong guess would change the page's own parameters. `utmforge explain` shows the link that was
    probably meant; compare the two before you use it.

    Instead of:
        https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=spring?utm_content=hero

    Write:
        https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=spring&utm_content=hero
    """

    code = "UTM208"
    name = "misplaced-tag"
    severity = "error"

    def check(self, link: Link) -> Iterator[Found]:
        """Look into the host, the path, and every name and value."""
        for one in misplaced_tags(link):
            be, it = ("is", "it") if len(one.names) == 1 else ("are", "them")
            match one.place:
                case "value":
                    where = f"the value of {quoted(one.parameter, 40)}"
                case "name":
                    where = "the name of another parameter"
                case _:
                    where = f"the {one.place}"
            yield self.found(
                f"{listed(list(one.names))} {be} in {where}, where analytics tools do not read {it}",
                "write & before each tag"
                if one.place in {"name", "value"}
                else "write ? before the first tag and & before each other one",
            )


class ClickId(LinkRule):
    """Leave out the ids that ad networks and mailers add for one click.

    They get into a link that is copied from a browser's address bar. The visits of all recipients
    would then count for one click: a `gclid` overrides the tags in GA4.

    Instead of:
        https://shop.example/?gclid=Cj0x&utm_source=news&utm_medium=email&utm_campaign=spring

    Write:
        https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=spring
    """

    code = "UTM209"
    name = "click-id"
    severity = "note"

    def check(self, link: Link) -> Iterator[Found]:
        """Look at links with tags."""
        for fault in landing_faults(link) if link.is_tagged else ():
            if fault.kind == "click-id":
                yield self.found(fault.message, "remove it")


def listed(names: list[str]) -> str:
    """Return names as a list in a sentence.

    >>> listed(["a"]), listed(["a", "b", "c"])
    ('a', 'a, b and c')
    """
    return " and ".join((*(", ".join(names[:-1]),) * (len(names) > 1), *names[-1:]))


RULES: tuple[Rule, ...] = (
    MissingTag(),
    UnknownTag(),
    DuplicateTag(),
    EmptyTag(),
    TagsAfterHash(),
    Untagged(),
    InternalLink(),
    MisplacedTag(),
    ClickId(),
)
