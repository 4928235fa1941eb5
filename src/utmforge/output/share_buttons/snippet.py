"""Share buttons as a snippet of HTML to put into your own pages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from utmforge.output.page_markup import html_text
from utmforge.output.share_buttons.script import integrity, script

if TYPE_CHECKING:
    from collections.abc import Sequence

    from utmforge.output.formats import PageLanguage
    from utmforge.share.buttons import ShareButton

_WORDS: dict[PageLanguage, dict[str, str]] = {
    "en": {
        "group": "Share this page",
        "copy": "Copy link",
        "copied": "Copied",
        "native": "Share …",
        "no script": "To share this page, copy its address.",
        "about": (
            "Share buttons by utmforge. No cookie, no storage, no request, no identifier: nothing "
            "tells who shared this page, or with whom."
        ),
    },
    "fr": {
        "group": "Partager cette page",
        "copy": "Copier le lien",
        "copied": "Copié",
        "native": "Partager …",
        "no script": "Pour partager cette page, copiez son adresse.",
        "about": (
            "Boutons de partage par utmforge. Aucun cookie, aucun stockage, aucune requête, aucun "
            "identifiant : rien ne dit qui a partagé cette page, ni avec qui."
        ),
    },
}


class Snippet(NamedTuple):
    """The files of share buttons."""

    html: str
    script: str
    style: str
    policy: str
    """What a Content-Security-Policy must allow."""


def snippet(
    buttons: Sequence[ShareButton],
    *,
    language: PageLanguage = "en",
    text: str = "",
    clean_address: bool = False,
    script_file: str | None = None,
    style_file: str | None = None,
) -> Snippet:
    """Return the HTML of share buttons, with its script and style inside or beside it.

    Args:
        buttons: In the order in which they are shown.
        language: Of the few words in it.
        text: What is sent with the link. Empty: the page's title.
        clean_address: Whether tags and click ids leave the address bar.
        script_file: The address of the script. None: it is inside.
        style_file: The same of the style.
    """
    words = _WORDS[language]
    code = script(clean_address=clean_address)
    style = Path(__file__).with_name("buttons.css").read_text(encoding="utf-8")
    is_static = any(one.static for one in buttons)
    shown = f' data-text="{html_text(text)}"' if text else ""
    lines = [
        f"<!-- {words['about']} -->",
        (
            f'<link rel="stylesheet" href="{html_text(style_file)}" integrity="{integrity(style)}">'
            if style_file
            else f"<style>\n{style}</style>"
        ),
        (
            f'<div class="utmforge-share" role="group" lang="{language}" '
            f'aria-label="{words["group"]}"{shown}>'
        ),
        *(_button(one, words) for one in buttons),
        f'<span role="status">{"" if is_static else words["no script"]}</span>',
        "</div>",
        (
            f'<script src="{html_text(script_file)}" integrity="{integrity(code)}" defer></script>'
            if script_file
            else f"<script>\n{code}</script>"
        ),
    ]
    inside = {
        "script-src": None if script_file else f"\n{code}",
        "style-src": None if style_file else f"\n{style}",
    }
    policy = "; ".join(
        f"{name} " + (f"'{integrity(text)}'" if text else "'self'") for name, text in inside.items()
    )
    return Snippet("\n".join(lines) + "\n", code, style, policy)


def _button(one: ShareButton, words: dict[str, str]) -> str:
    tags = f'data-tags="{html_text(one.tags)}"'
    if one.share:
        phone = " data-phone=1" if one.is_for_phones else ""
        href = f' href="{html_text(one.static)}"' if one.static else " hidden"
        return (
            f'<a rel="noopener noreferrer" target="_blank" data-share="{html_text(one.share)}" '
            f"{tags}{phone}{href}>{html_text(one.label)}</a>"
        )
    if one.is_native:
        return (
            f'<button type="button" data-native=1 {tags} hidden>'
            f"{html_text(one.label or words['native'])}</button>"
        )
    return (
        f'<button type="button" data-done="{words["copied"]}" {tags} hidden>'
        f"{html_text(one.label or words['copy'])}</button>"
    )
