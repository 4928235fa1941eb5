"""Compare what utmforge says about the links of other people's sheets with independent parsers.

    python benchmarks/link_sheets.py FOLDER …

The folders hold tables, lists, JSON, YAML, XML, HTML and Markdown with links, such as those in
packages that were downloaded; they are not part of this repository. For each file this compares:

- its links: with Python's csv, json and xml.etree, with PyYAML, markdown-it-py, html5lib and
  linkify-it-py; install the last four beside utmforge first
- the verdicts about the tags of each link, which are missing, repeated, empty or have capitals:
  they are worked out again from urllib.parse
- the file after `--fix`, as it is and with tags added to each address: everything that changed is
  a tag, or an `&amp;` that became `&`

Prints what differs, and the totals. The exit status is 1 if a verdict differs, or if `--fix`
changed anything else.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections import Counter, defaultdict
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qsl, urlsplit
from xml.etree import ElementTree as ET

import yaml
from linkify_it import LinkifyIt

from corpus import damage_by_fix, in_html, in_markdown
from utmforge.documents.finding import links_in
from utmforge.documents.kinds import kind_of
from utmforge.documents.running_text import is_meant
from utmforge.files.csv_tables import open_table
from utmforge.files.decoding import is_archive, read_text
from utmforge.lint.finding import Where
from utmforge.lint.fixes import FIXABLE_KINDS, fixes_in, with_fixes
from utmforge.lint.repair import Repairer
from utmforge.lint.run import Run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from utmforge.documents.base import Kind

TAGS = ("utm_source", "utm_medium", "utm_campaign")
MAX_SHOWN = 12
NAMES = re.compile(
    r"^xmlns|(?:schemalocation|rel|type|scheme|profile|about|resource|datatype|src|icon|image|logo|uri|ns)$"
)
"""Attributes of XML that name something, or that are shown."""
SEARCH = LinkifyIt(options={"fuzzy_link": False, "fuzzy_email": False, "fuzzy_ip": False})


def strings_of(value: object) -> Iterator[str]:
    """Yield the texts in what a parser of JSON or YAML returns."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in (*value, *value.values()):
            yield from strings_of(one)
    elif isinstance(value, list | tuple | set):
        for one in value:
            yield from strings_of(one)


def json_texts(text: str) -> Iterator[str]:
    """Yield the strings of JSON, or of lines of JSON."""
    try:
        yield from strings_of(json.loads(text))
    except json.JSONDecodeError:
        for line in text.splitlines():
            if line.strip():
                yield from strings_of(json.loads(line))


def yaml_texts(text: str) -> Iterator[str]:
    """Yield the strings of YAML, and its comments."""
    for document in yaml.load_all(text, Loader=yaml.BaseLoader):
        yield from strings_of(document)
    for line in text.splitlines():
        yield line.partition("#")[2]


def xml_texts(text: str) -> Iterator[str]:
    """Yield the texts and the values of attributes of XML, without names and pictures."""
    text = re.sub(r"(</?|\s)([\w-]+):(?=[\w-])", r"\1\2-", text)  # a prefix may have no namespace
    for element in ET.fromstring(re.sub(r"\A\s*<\?xml.*?\?>", "", text)).iter():  # noqa: S314 - files that you gathered
        if not re.search(r"(?:img|image|icon|logo|thumbnail|style)$", str(element.tag)):
            yield from (
                value for name, value in element.attrib.items() if not NAMES.search(name.lower())
            )
        yield element.text or ""
        yield element.tail or ""


def csv_texts(text: str) -> Iterator[str]:
    """Yield the cells of a table."""
    separator = open_table(io.StringIO(text, newline="")).separator
    csv.field_size_limit(10_000_000)
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
        if row and not (row[0].startswith("#") and not any(row[1:])):
            yield from row


def list_texts(text: str) -> Iterator[str]:
    """Yield the lines of a list that are not comments."""
    return (line for line in text.splitlines() if not line.startswith(("#", "//")))


READERS: dict[str, Callable[[str], Iterator[str]]] = {
    **dict.fromkeys((".json", ".geojson", ".jsonl", ".ndjson"), json_texts),
    **dict.fromkeys((".yml", ".yaml"), yaml_texts),
    **dict.fromkeys((".xml", ".rss", ".atom", ".opml"), xml_texts),
    "csv": csv_texts,
    "list": list_texts,
}
"""By the ending of a file; tables and lists by their kind."""


def in_words(text: str) -> Iterator[str]:
    """Yield the addresses in a text, also `+https://…`, but no regular expressions."""
    text = re.sub(r"(?<!\w)\+(?=https?:)", " ", text)
    for one in SEARCH.match(text) or ():
        if not text.startswith("\\", one.last_index):
            yield one.url


def addresses(texts: Iterable[str]) -> set[str]:
    """Return the addresses in texts, as linkify-it-py finds them."""
    found = set()
    for text in texts:
        if "://" in text:
            whole = text.strip()
            if re.fullmatch(r"https?://[^\s<>\"\\]+", whole, re.IGNORECASE):
                found.add(whole)
                continue
            links = set(in_html(text)) if "<" in text and "href" in text else set()
            found.update(links or in_words(text))
    return found


def others_find(text: str, ending: str, kind: Kind) -> tuple[set[str], set[str]]:
    """Return the addresses in a text by the parser for its kind, and those that may be links."""
    if kind == "html":
        return set(in_html(text)), set()
    if kind == "markdown":
        return in_markdown(text)
    if kind == "markup" and ending not in READERS:
        return set(in_html(text)), addresses(text.splitlines())
    reader = READERS.get(ending) or READERS.get(kind)
    try:
        return addresses(text.splitlines() if reader is None else reader(text)), set()
    except (ValueError, ET.ParseError, yaml.YAMLError):  # the file is broken
        return addresses(text.splitlines()), set()


def comparable(found: Iterable[str]) -> set[str]:
    """Return addresses without what only one parser counts as part of them.

    That is what follows the first bracket, comma, backslash, placeholder or reference.
    """
    ends = r"[][(){},;|'*`$\\<>\s]|&(?:quot|gt|lt|nbsp|#x?[0-9a-f]+);|%[sd]"
    read = (
        re.split(ends, url.replace("&amp;", "&"), flags=re.IGNORECASE)[0]
        .rstrip(".,:!?*_~&/#")
        .lower()
        for url in found
        if re.match("https?://", url, re.IGNORECASE) and is_meant(url)
    )
    return {url for url in read if "://" in url}


def verdicts(url: str) -> set[str]:
    """Return the codes of what is wrong with the tags of a link, from urllib.parse alone."""
    parts = urlsplit(url)
    query = f"{parts.query}&{parts.fragment.partition('?')[2]}"
    tags = [
        (name.lower(), value)
        for name, value in parse_qsl(query, keep_blank_values=True)
        if name.lower().startswith("utm_")
    ]
    names = Counter(name for name, _ in tags)
    found = set()
    if names and not names.keys() >= set(TAGS):
        found.add("UTM201")
    if any(number > 1 for number in names.values()):
        found.add("UTM203")
    if any(not value.strip() for _, value in tags):
        found.add("UTM204")
    if any(value != value.lower() for _, value in tags):
        found.add("UTM101")
    return found


def differing_verdicts(url: str) -> str:
    """Return what the linter and urllib.parse see differently; empty if they agree."""
    run = Run(select={"UTM201", "UTM203", "UTM204", "UTM101"})
    run.lint_url(url, Where("sheet"))
    ours = {one.code for one in run.findings}
    theirs = verdicts(url)
    return "" if ours == theirs else f"{url}: {sorted(ours)}, by urllib {sorted(theirs)}"


def damage(text: str, kind: Kind) -> tuple[int, list[str]]:
    """Return how many links `--fix` changes, and what it changes outside of tags.

    It is tried on the text as it is, and with tags added to all of its addresses.
    """
    if kind not in FIXABLE_KINDS:
        return 0, []
    repairer = Repairer()
    fixes = fixes_in(text, kind, lambda one: repairer.repaired(one.url))
    after = with_fixes(text, fixes)
    lines = zip(text.splitlines(), after.splitlines(), strict=True)
    damaged = [old for old, new in lines if old != new and outside_tags(old, new)]
    tags_fixed, damaged_by_tags = damage_by_fix(text, kind)
    return len(fixes) + tags_fixed, damaged + damaged_by_tags


def outside_tags(old: str, new: str) -> bool:
    """Tell whether a line changed anywhere else than in its tags, or in what parts them."""
    tags = [
        range(match.start(), match.end() + 1)
        for match in re.finditer(r"&(?:amp;)+|[?&#;]*\w*utm[^?&#\s\",]*", old, re.IGNORECASE)
    ]
    changes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return any(
        name != "equal" and not any(begun in one and end <= one.stop for one in tags)
        for name, begun, end, _, _ in changes
    )


class Totals(NamedTuple):
    """The figures for one kind of file."""

    files: int = 0
    links: int = 0
    only_ours: int = 0
    only_theirs: int = 0
    tagged: int = 0
    verdicts_differ: int = 0
    fixed: int = 0
    damaged: int = 0

    def plus(self, *more: int) -> Totals:
        """Return the sums."""
        return Totals(*(one + other for one, other in zip(self, more, strict=True)))


def compare(path: Path, text: str) -> tuple[str, tuple[int, ...]]:
    """Compare one file, print what differs, and return its kind and figures."""
    ending = path.suffix.lower()
    kind = kind_of(ending, text)
    links = [one.url for one in links_in(text, kind)]
    certain, possible = map(comparable, others_find(text, ending, kind))
    ours = comparable(links)
    only_ours, only_theirs = ours - certain - possible, certain - ours
    tagged = sorted({url for url in links if re.search(r"[?&]utm_", url)})
    differing = [one for url in tagged if (one := differing_verdicts(url))]
    fixed, damaged = damage(text, kind)
    shown = [
        *(f"only utmforge: {url}" for url in sorted(only_ours)[:MAX_SHOWN]),
        *(f"only the other: {url}" for url in sorted(only_theirs)[:MAX_SHOWN]),
        *(f"verdict: {one}" for one in differing),
        *(f"--fix: {line}" for line in damaged),
    ]
    if shown:
        print(f"{path}: {kind}")
        print("".join(f"    {one[:200]}\n" for one in shown), end="")
    figures = (1, len(links), len(only_ours), len(only_theirs))
    return kind, (*figures, len(tagged), len(differing), fixed, len(damaged))


def main(folders: list[Path]) -> int:
    """Compare, print, and return the exit status."""
    totals: dict[str, Totals] = defaultdict(Totals)
    workbooks = 0
    for path in sorted(path for folder in folders for path in folder.rglob("*") if path.is_file()):
        raw = path.read_bytes()
        if is_archive(raw):  # lint refuses them
            workbooks += 1
            continue
        kind, figures = compare(path, read_text(raw).text)
        totals[kind] = totals[kind].plus(*figures)
    names = [name.replace("_", " ") for name in Totals._fields]
    print(f"{'':<10}" + "".join(f"{name:>17}" for name in names))
    for kind, one in sorted(totals.items()):
        print(f"{kind:<10}" + "".join(f"{number:>17,}" for number in one))
    print(f"workbooks, which lint refuses: {workbooks}")
    return int(any(one.verdicts_differ or one.damaged for one in totals.values()))


if __name__ == "__main__":
    sys.exit(main([Path(one) for one in sys.argv[1:]]))
