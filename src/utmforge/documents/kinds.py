r"""Tell the kind of a document by its file extension, or else by its contents.

>>> kind_of(".txt", "Hello,\nsee https://shop.example/"), kind_of(".txt", "https://shop.example/")
('text', 'list')
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from utmforge.documents.address_list import has_cells, is_address_list, is_comment
from utmforge.files.csv_tables import is_table, open_table, table_lines

if TYPE_CHECKING:
    from utmforge.documents.base import Kind

PAGES: dict[str, Kind] = {
    **dict.fromkeys((".html", ".htm", ".xhtml", ".mjml"), "html"),
    **dict.fromkeys((".md", ".markdown", ".mdown"), "markdown"),
}
"""Web pages and Markdown, by their endings."""

KINDS: dict[str, Kind] = {
    **dict.fromkeys((".csv", ".tsv"), "csv"),
    **PAGES,
    ".toml": "campaigns",
}
"""The kind of a file, by its extension."""

LIST_ENDINGS = frozenset((".txt", ".urls", ".list", ""))
"""File endings of lists of addresses."""

_JSON = frozenset((".json", ".jsonl", ".ndjson", ".json5", ".ipynb", ".har", ".webmanifest"))
_CALENDAR = frozenset((".ics", ".ifb", ".vcf", ".vcard", ".vcs"))
_ESCAPED = frozenset((".properties", ".tex", ".sty", ".cls", ".bib"))
_MAIL = frozenset((".eml", ".mht", ".mhtml"))
_MARKUP = frozenset(
    (
        *(".hbs", ".handlebars", ".liquid", ".erb", ".ejs", ".njk", ".j2", ".jinja", ".jinja2"),
        *(
            ".twig",
            ".mustache",
            ".php",
            ".phtml",
            ".ftl",
            ".vm",
            ".tpl",
            ".tmpl",
            ".vue",
            ".svelte",
        ),
        *(".jsx", ".tsx", ".aspx", ".ascx", ".cshtml", ".jsp", ".svg", ".xml", ".rss", ".atom"),
        *(".opml", ".rdf", ".xsl", ".xslt", ".mso", ".plist", ".webloc", ".kml", ".gpx", ".xspf"),
        *(".resx", ".xlf", ".xliff", ".xaml", ".storyboard", ".xib", ".dita", ".docbook", ".fodt"),
    )
)
_TEXT = frozenset(
    (
        *(
            ".py",
            ".js",
            ".mjs",
            ".cjs",
            ".ts",
            ".rb",
            ".go",
            ".java",
            ".kt",
            ".swift",
            ".cs",
            ".rs",
        ),
        *(".c", ".h", ".cpp", ".sh", ".bash", ".zsh", ".bat", ".ps1", ".pl", ".lua", ".r", ".sql"),
        *(".yml", ".yaml", ".ini", ".cfg", ".conf", ".env", ".log", ".css", ".scss"),
        *(".less", ".rst", ".adoc", ".asciidoc", ".org", ".srt", ".po"),
        *(".nt", ".nq", ".ttl", ".trig", ".n3", ".rq", ".ris", ".m3u", ".m3u8", ".pls"),
    )
)
_MARKUP_SIGN = re.compile(r"</?[a-z][\w:-]*(?:\s[^<>]{0,2000})?/?>", re.IGNORECASE)
_PAGE_SIGN = re.compile(
    r"\s*<(?:!doctype|html|\?xml)|\A\s*<[a-z][\w-]*(?:\s[^<>]{0,500})?>\s*<[a-z]"
    r"|<a\s[^<>]{0,500}href",
    re.IGNORECASE,
)
_CALENDAR_SIGN = re.compile(r"BEGIN:V(?:CALENDAR|CARD)\s", re.IGNORECASE)
_MAIL_SIGN = re.compile(
    r"(?:From |Return-Path:|Received:|Delivered-To:|MIME-Version:|Message-ID:)", re.IGNORECASE
)
# Also one that a list's linter reports: `https//x`, `https;//x`, `shop(dot)x`.
_DOT = r"(?:\.|[\[({](?:\.|dot)[\])}])"
_ADDRESS = re.compile(
    rf"\"?(?:\w+:/*(?=\S)|https?[;.,]?:?/|//|/|\?|[\w-]+(?:{_DOT}[\w-]+)+)\S*\s*(?:#.*)?$",
    re.IGNORECASE,
)
_BY_ENDING: tuple[tuple[frozenset[str], Kind], ...] = (
    (_JSON, "json"),
    (_CALENDAR, "calendar"),
    (_ESCAPED, "escaped"),
    (_MAIL, "mail"),
    (_MARKUP, "markup"),
    (_TEXT, "text"),
)
_BY_SIGN: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (_CALENDAR_SIGN, "calendar"),
    (_MAIL_SIGN, "mail"),
)
_HALF = 2
_LOOKED_AT = 200_000
"""The number of first characters that decide the kind of a text."""


def kind_of(ending: str, text: str) -> Kind:
    """Return the kind of a document.

    Args:
        ending: Its file extension, such as `.html`; empty if it has none.
        text: Its contents.
    """
    ending = ending.lower()
    text = text[:_LOOKED_AT]
    if ending in KINDS:
        kind = KINDS[ending]
        return "list" if kind == "csv" and _is_list_called_csv(text) else kind
    named = next((kind for endings, kind in _BY_ENDING if ending in endings), None)
    if named == "markup" and not _MARKUP_SIGN.search(text):
        named = "text"
    begun = None if named else next((kind for sign, kind in _BY_SIGN if sign.match(text)), None)
    return named or begun or _of_contents(text, is_named_a_list=ending in LIST_ENDINGS)


def _of_contents(text: str, *, is_named_a_list: bool) -> Kind:
    """Return the kind of a document without a known extension.

    Names of hosts are addresses only in a file with a list's extension.
    """
    if is_table(text):
        return "csv"
    if _is_list(text, has_hosts=is_named_a_list):
        return "list"
    return "markup" if _PAGE_SIGN.search(text) else "text"


def _is_list_called_csv(text: str) -> bool:
    """Tell whether a file named `.csv` is a list of addresses that contain commas."""
    table = open_table(table_lines(text))
    is_split = any(len(one.cells) > 1 for one in table.first_rows)
    return is_split and is_address_list(table) and not has_cells(table)


def _is_list(text: str, *, has_hosts: bool) -> bool:
    """Tell whether at least half of the lines are an address, and nothing else."""
    lines = [line for line in text.splitlines() if line.strip() and not is_comment(line)]
    found = [line for line in lines if _ADDRESS.match(line.strip())]
    if not has_hosts:
        found = [line for line in found if "/" in line or "?" in line]
    return len(found) * _HALF >= len(lines)
