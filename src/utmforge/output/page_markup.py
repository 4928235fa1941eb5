"""HTML pages in one file: every text passes one function, and a policy allows only what is ours.

>>> html_text('<b a="x">')
'&lt;b a=&quot;x&quot;&gt;'
"""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from html import escape
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

# Characters that HTML does not allow, or that would make a text read differently from what it is.
_NOT_SHOWN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)


def html_text(text: str) -> str:
    r"""Return a text as HTML, in an element or in a quoted attribute.

    Line ends, joiners of emoji and marks of other scripts stay; control characters, halves of
    surrogate pairs and characters that reverse the text become visible.

    >>> html_text("a\x00b\u202ec")
    'a\\x00b\\u202ec'
    """
    if _NOT_SHOWN.search(text):
        text = _NOT_SHOWN.sub(lambda found: found[0].encode("unicode_escape").decode(), text)
    return escape(text)


def html_page(
    title: str,
    body: str,
    *,
    style: str,
    script: str = "",
    language: str = "en",
    has_images: bool = False,
    data: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """Return a page that asks for nothing: one style, at most one script.

    The Content-Security-Policy names the style and the script by their digests.

    Args:
        title: Its title, as text.
        body: Its body, as HTML.
        style: CSS of ours.
        script: JavaScript of ours, which runs before the body is read. Empty: none.
        language: Such as `en`.
        has_images: Whether the policy allows images in the page itself.
        data: Texts for the script, as `data-` attributes of the body.
    """
    policy = (
        f"default-src 'none'; {'img-src data:; ' if has_images else ''}style-src {_digest(style)}; "
        f"script-src {_digest(script) if script else chr(39) + 'none' + chr(39)}; "
        "base-uri 'none'; form-action 'none'"
    )
    code = f"<script>{script}</script>\n" if script else ""
    said = "".join(f' data-{name}="{html_text(text)}"' for name, text in data.items())
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n<meta name="robots" content="noindex">\n'
        f"<title>{html_text(title)}</title>\n<style>{style}</style>\n{code}</head>\n"
        f"<body{said}>\n{body}\n</body>\n</html>\n"
    )


def _digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
