"""The share sheet: the links of campaigns as one page for colleagues, for a phone and for print.

It asks for nothing, keeps nothing, and works without a script too: the script only copies,
searches, opens the phone's own share dialog and picks the share link of the reader's platform.
Codes are images of one pixel a module in the page itself.
"""

from __future__ import annotations

from base64 import b64encode
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from utmforge.channels import CHANNELS
from utmforge.errors import QrImpossible
from utmforge.output.links import group_of
from utmforge.output.page_markup import html_page, html_text
from utmforge.output.share_sheet_words import WORDS
from utmforge.share.apps import APPS, PLATFORMS
from utmforge.share.fast_path.quick_codes import quick_code
from utmforge.share.qr import min_width_mm

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from utmforge.output.formats import PageLanguage
    from utmforge.share.apps import Platform
    from utmforge.share.ready import ReadyLink


def share_sheet(title: str, links: Sequence[ReadyLink], language: PageLanguage = "en") -> str:
    """Return the page.

    Args:
        title: What the links are of, such as the campaign's name.
        links: The links.
        language: The language of the page's own words.
    """
    words = WORDS[language]
    widths: dict[float, str] = {}
    cards = "".join(_card(one, words, widths) for one in links)
    rules = "".join(
        f"@media print{{.{name},.{name} img{{width:{size:.1f}mm}}}}\n"
        for size, name in widths.items()
    )
    count = words["one"] if len(links) == 1 else words["many"]
    body = (
        f'<a class="skip" href="#links">{words["skip"]}</a>\n'
        f'<header><p class="eyebrow">{words["eyebrow"]}</p><h1>{html_text(title)}</h1>'
        f'<p class="lead">{words["lead"]}</p></header>\n'
        f'<main id="links" tabindex="-1">\n<div class="tools" role="search">'
        f'<label class="away" for="search">{words["search"]}</label>'
        f'<input id="search" type="search" placeholder="{words["search"]}" autocomplete="off">'
        f'<span id="count" role="status">{count.replace("#", _number(len(links), words))}</span>'
        f'<button id="print" type="button">{words["print"]}</button></div>\n'
        f"<ul>\n{cards}</ul>\n"
        f'<button id="more" type="button" hidden>{words["more"]}</button>\n</main>\n'
        f'<footer><p>{words["foot"]}</p></footer>\n<p class="away" id="said" role="status"></p>'
    )
    said = {name: words[name] for name in ("one", "many", "copied", "failed")}
    return html_page(
        f"{title} · {words['eyebrow']}",
        body,
        style=_data("css") + rules,
        script=_data("js"),
        language=language,
        has_images=True,
        data=said,
    )


@lru_cache(maxsize=2)
def _data(ending: str) -> str:
    return files("utmforge.output").joinpath(f"share_sheet.{ending}").read_text(encoding="utf-8")


def _card(one: ReadyLink, words: Mapping[str, str], widths: dict[float, str]) -> str:
    link = one.link
    app = one.app.title
    channel = app if link.channel in CHANNELS else link.channel or words["no-channel"]
    name = " · ".join(filter(None, (channel, link.tags.content)))
    code, width = _code(one, words, widths)
    below = " · ".join(filter(None, (link.tags.campaign, link.tags.term, link.id)))
    return (
        f'<li class="card {width}" id="l-{html_text(link.id)}"><article>'
        f'<div class="title"><h2>{html_text(name)}</h2><p>{html_text(below)}</p></div>'
        f'<p class="message" dir="auto">{html_text(one.message)}</p>{code}'
        f'<div class="deeds">{"".join(_share_links(one, app, words))}'
        f'<button type="button" data-do="copy">{words["copy"]}</button>'
        f'<button type="button" data-do="share" class="dialog">{words["share"]}</button>'
        f'<button type="button" data-do="link">{words["copy-link"]}</button></div>'
        f'<dl class="facts">{"".join(_facts(one, words))}</dl></article></li>\n'
    )


def _code(one: ReadyLink, words: Mapping[str, str], widths: dict[float, str]) -> tuple[str, str]:
    """Return a code as HTML, and the class that has its width in print."""
    try:
        code = quick_code(one.link.url)
    except QrImpossible:
        return f'<p class="code none">{words["no-code"]}</p>', "w"
    size = min_width_mm(code.modules)
    data = b64encode(code.png()).decode()
    figure = (
        f'<figure class="code"><img src="data:image/png;base64,{data}" width="{code.modules}" '
        f'height="{code.modules}" alt="{words["code"]}">'
        f"<figcaption>{words['size'].replace('#', f'{size:.0f}')}</figcaption></figure>"
    )
    return figure, widths.setdefault(size, f"w{len(widths)}")


def _share_links(one: ReadyLink, app: str, words: Mapping[str, str]) -> Iterable[str]:
    """Yield what opens the app, once for the platforms that have the same share link."""
    if not one.app.templates:
        reason = words["no-app"].replace("#", html_text(app)) if app else words["no-share"]
        if one.app is APPS["qr"]:
            reason = words["print-only"]
        yield f'<span class="none">{reason}</span>'
        return
    targets: dict[str, list[Platform]] = {}
    for platform in PLATFORMS:
        targets.setdefault(one.deep_links[platform] or "", []).append(platform)
    for target, platforms in targets.items():
        on = "" if len(targets) == 1 else f' data-on="{" ".join(platforms)}"'
        if not target:
            yield f'<span class="none"{on}>{_not_here(app, platforms, words)}</span>'
            continue
        where = ", ".join(words[platform] for platform in platforms) if on else ""
        new = ' target="_blank" rel="noopener noreferrer"' if target.startswith("https:") else ""
        label = words["open"].replace("#", html_text(app))
        where = f'<span class="where">&nbsp;({where})</span>' if where else ""
        yield f'<a href="{html_text(target)}"{new}{on}>{label}{where}</a>'


def _not_here(app: str, platforms: list[Platform], words: Mapping[str, str]) -> str:
    key = "phones-only" if "web" in platforms else "web-only"
    return words[key].replace("#", html_text(app))


def _facts(one: ReadyLink, words: Mapping[str, str]) -> Iterable[str]:
    yield f'<dt>{words["link"]}</dt><dd class="link">{html_text(one.link.url)}</dd>'
    yield f"<dt>{words['ga4']}</dt><dd>{html_text(str(group_of(one.link)))}</dd>"
    if one.app.templates and not one.app.carries_words:
        yield f"<dt>{html_text(one.app.title)}</dt><dd>{words['link-only']}</dd>"
    if one.sms:
        key = "segment" if one.sms.segments == 1 else "segments"
        text = words[key].replace("#", str(one.sms.segments))
        yield f"<dt>SMS</dt><dd>{text} ({one.sms.encoding}, {one.sms.units})</dd>"
    for limit in one.exceeded:
        used, most = _number(limit.used, words), _number(limit.most, words)
        text = words["too-long"].replace("#1", used).replace("#2", most)
        yield f'<dt>{html_text(limit.name)}</dt><dd class="warn">{text}</dd>'


def _number(number: int, words: Mapping[str, str]) -> str:
    return f"{number:,}".replace(",", words["thousands"])
