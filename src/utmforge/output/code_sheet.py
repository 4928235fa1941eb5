"""A page to print: the codes of a campaign, each as large as it has to be, with its name below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.output.page_markup import html_page, html_text
from utmforge.share.qr_style import PLAIN, Style, svg

if TYPE_CHECKING:
    from collections.abc import Sequence

    from utmforge.share.qr_files import CodeFile

_STYLE = """
:root{color-scheme:light}
body{margin:0;padding:8mm;background:#fff;color:#111;font:9pt/1.35 system-ui,sans-serif}
h1{font-size:13pt;margin:0 0 5mm}
ul{list-style:none;margin:0;padding:0;display:flex;flex-wrap:wrap;gap:7mm 6mm}
li{break-inside:avoid;margin:0}
figure{margin:0}
svg{display:block;width:100%;height:auto;print-color-adjust:exact;-webkit-print-color-adjust:exact}
figcaption{margin-top:1mm;overflow-wrap:anywhere}
strong{display:block}
span{color:#444;font-size:7pt}
@page{margin:10mm}
@media print{body{padding:0}}
"""


def code_sheet(
    title: str, files: Sequence[CodeFile], distance_cm: float, style: Style = PLAIN
) -> str:
    """Return the page.

    Args:
        title: What the codes are of.
        files: The codes.
        distance_cm: The distance from which they will be scanned, which decides their size.
        style: Their colours and logo.
    """
    sizes = [one.code.min_width_mm(distance_cm) for one in files]
    widths = {size: f"w{number}" for number, size in enumerate(dict.fromkeys(sizes))}
    rules = "".join(f".{name}{{width:{size:.1f}mm}}\n" for size, name in widths.items())
    items = "".join(_item(one, widths[size], style) for one, size in zip(files, sizes, strict=True))
    body = f"<h1>{html_text(title)}</h1>\n<ul>\n{items}</ul>\n"
    return html_page(title, f"<main>\n{body}</main>", style=_STYLE + rules, has_images=True)


def _item(one: CodeFile, width: str, style: Style) -> str:
    drawing = (
        svg(one.code, style)
        .rstrip()
        .replace("<svg ", f'<svg role="img" aria-label="QR code: {html_text(one.link.url)}" ', 1)
    )
    return (
        f'<li class="{width}"><figure>{drawing}'
        f"<figcaption><strong>{html_text(one.name.rpartition('.')[0])}</strong>"
        f"<span>{html_text(one.link.url)}</span></figcaption></figure></li>\n"
    )
