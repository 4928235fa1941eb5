"""Private sharing and advice for people: what is certain, what points to it, the probable range.

private sharing (shares are of all visits, about 13,350):
     310   2.3 %  links for whatsapp: certain
      84   0.6 %  in-app browser of Messenger
      41          previews of untagged pages in WhatsApp
 120-480   0.9-3.6 %  probable, by estimate
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.errors import counted
from utmforge.output.measurement_table import WIDTH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from utmforge.measure.dark_social.result import Advice, DarkSocial, Evidence, SharedPage

_MAX_PAGES = 5
_LEFT_OUT = {
    "web referrer": "came from the web",
    "click id": "came by an ad or a network, with a click id",
    "shallow page": "began on the home page or a section: typed or bookmarked",
    "own page": "went on after a rest: the referrer is this site",
    "cross-site": "came from a web page that hides its address (Sec-Fetch-Site)",
    "no browser": "loaded no pictures, styles or scripts: mostly programs",
}
_REFERRERS = {"messaging": "messaging sites", "email": "webmail"}


def about_dark_social(found: DarkSocial | None) -> Iterator[str]:
    """Yield what is known of private sharing, and how."""
    if found is None:
        return
    yield f"private sharing (shares of all visits, about {found.visits:,}):"
    for one in found.measured:
        what = f"links for {one.channel}: certain" if one.channel else "links for channels with few"
        yield f"  {_number(one.visits):>6} {_percent(one.share):>7}  {what}"
    for each in found.evidence:
        yield f"  {_number(_of(each)):>6} {_percent(each.share):>7}  {_evidence(each)}"
    yield from _range(found)
    yield from _calibration(found)
    yield from _pages(found.pages)
    yield from _left_out(found)
    if not found.cannot:
        yield from (one.sentence for one in (*found.method, *found.assumptions))


def about_advice(advice: Iterable[Advice]) -> Iterator[str]:
    """Yield what to do next."""
    sentences = [one.sentence for one in advice]
    if sentences:
        yield "what to do next:"
        yield from (f"- {sentence}" for sentence in sentences)


def _range(found: DarkSocial) -> Iterator[str]:
    if found.low is None or found.high is None:
        yield "probable private sharing without tags cannot be estimated:"
        yield from (f"- {one.sentence}" for one in found.cannot)
        return
    share = f"{_percent(found.share_low)} to {_percent(found.share_high)} of all visits"
    yield (
        f"probable private sharing without tags, an estimate: {found.low:,} to {found.high:,} "
        f"visits ({share})"
    )
    if found.phone_share is not None and found.phone_share_of_others is not None:
        yield (
            f"of these, {found.phone_share:.0%} on phones; of all other visits, "
            f"{found.phone_share_of_others:.0%} (private messages are mostly read on phones)"
        )


def _evidence(one: Evidence) -> str:
    mixed = " (or a public post)" if one.is_mixed else ""
    match one.kind:
        case "in-app browser":
            return f"in the browser of {one.detail}{mixed}"
        case "private referrer":
            return f"from {_REFERRERS.get(one.detail or '', one.detail)}"
        case "preview":
            return f"previews of untagged pages in {one.detail or 'other apps'}{mixed}"


def _calibration(found: DarkSocial) -> Iterator[str]:
    if found.calibration:
        yield "of private sharing on pages with links for private channels, with a tag:"
    for one in found.calibration[:_MAX_PAGES]:
        share = f"{_percent(one.tagged_share_low)} to {_percent(one.tagged_share_high)}"
        counts = f"{one.tagged:,} tagged, {one.low:,} to {one.high:,} not"
        yield from _with_page(share, one.page, counts)


def _pages(pages: Iterable[SharedPage]) -> Iterator[str]:
    shown = list(pages)[:_MAX_PAGES]
    if shown:
        yield "pages that are shared in private (an estimate):"
    for one in shown:
        seen = "few previews" if one.previews is None else counted(one.previews, "preview")
        link = "" if one.has_link else ", no issued link"
        yield from _with_page(f"{one.low:,} to {one.high:,}", one.page, f"{seen}{link}")


def _with_page(figure: str, page: str, more: str) -> Iterator[str]:
    """Yield a line, or two where a page's path is long: a path is never cut."""
    line = f"  {figure:>18}  {page} ({more})"
    if len(line) <= WIDTH:
        yield line
    else:
        yield f"  {figure:>18}  {more}:"
        yield f"{'':>22}{page}"


def _left_out(found: DarkSocial) -> Iterator[str]:
    if found.left_out:
        yield "visits without tags that are not in it:"
    for one in found.left_out:
        yield f"  {_number(one.visits):>6}  {_LEFT_OUT.get(one.kind, one.kind)}"


def _of(one: Evidence) -> int | None:
    return one.previews if one.kind == "preview" else one.visits


def _number(value: int | None) -> str:
    return "-" if value is None else f"{value:,}"


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share * 100:.1f} %"
