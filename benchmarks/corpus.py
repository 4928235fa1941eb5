"""Compare the links that `lint` finds with what independent parsers find, in other people's files.

    python benchmarks/corpus.py FOLDER

FOLDER holds HTML, Markdown and CSV files, such as those inside of packages that were downloaded; it
is not part of this repository. The parsers are html5lib for HTML, markdown-it-py with linkify-it-py
for Markdown, and Python's csv; install them beside utmforge first. Few CSV files have addresses, so
each is tried again with a column of them. Then `--fix` is tried on each text and CSV, with tags
that need fixing in all of its addresses: no byte outside of these may change. Prints what differs
and the totals; the exit status is 1 if anything differs.
"""

from __future__ import annotations

import csv
import io
import re
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import html5lib
from markdown_it import MarkdownIt

from utmforge.documents.base import is_link
from utmforge.documents.finding import links_in
from utmforge.documents.running_text import is_meant
from utmforge.files.csv_tables import open_table
from utmforge.files.decoding import is_archive, read_text
from utmforge.lint.fixes import fixes_in, with_fixes
from utmforge.lint.repair import Repairer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from utmforge.documents.base import Kind

LOADED = {
    *("link", "base", "mj-font", "mj-include", "image", "use", "script", "feimage"),
    *("lineargradient", "radialgradient", "pattern", "filter", "mpath", "textpath", "animate"),
    "set",
}
TRIMMED = "".join(map(chr, range(33)))
XLINK = "{http://www.w3.org/1999/xlink}href"
ADDRESS = re.compile(r"https?://[^\s\"'<>|`\\{}\[\]]+", re.IGNORECASE)
WRITTEN = re.compile(r"https?://[^\s\"'<>|`\\]+", re.IGNORECASE)
TAGS = "utm_source=News&utm_medium=email&utm_campaign=Spring"
FIXED = TAGS.lower()
MAX_SHOWN = 40


class Result(NamedTuple):
    """What was compared."""

    files: int
    links: int
    differing: int


def in_html(text: str) -> Counter[str]:
    """Return the addresses of a page by html5lib, those in conditional comments included."""
    found: Counter[str] = Counter()
    tree = html5lib.parse(text, treebuilder="etree", namespaceHTMLElements=False)
    for element in tree.iter():
        if not isinstance(element.tag, str):
            comment = element.text or ""
            if condition := re.match(r"\[if\b[^\]>]*\]>", comment, re.IGNORECASE):
                found += in_html(comment[condition.end() :])
            continue
        name = element.tag.rpartition("}")[2].lower()
        address = _address_of(name, element.attrib)
        if address is not None:
            url = re.sub("[\t\n\r]", "", address.strip(TRIMMED))
            if is_link(url):
                found[url] += 1
    return found


def _address_of(name: str, attributes: dict[str, Any]) -> str | None:
    if name == "form":
        return attributes.get("action")
    if name in {"button", "input"}:
        return attributes.get("formaction")
    if name == "meta":
        if attributes.get("http-equiv", "").lower() != "refresh":
            return None
        content: str = attributes.get("content", "")
        return re.sub(
            r"^\s*[\d.]+\s*[;,]?\s*(url\s*=\s*)?", "", content, flags=re.IGNORECASE
        ).strip("'\"")
    if name in LOADED:
        return None
    href = attributes.get("href")
    return attributes.get(XLINK) if href is None and name == "a" else href


def in_markdown(text: str) -> tuple[set[str], set[str]]:
    """Return the addresses of links by markdown-it-py, and those of definitions."""
    reader = MarkdownIt("gfm-like")
    reader.normalizeLink = lambda url: url  # type: ignore[method-assign] # links as written
    reader.validateLink = lambda url: True  # type: ignore[method-assign] # noqa: ARG005 - all
    if reader.linkify is not None:
        reader.linkify.set({"fuzzy_link": False, "fuzzy_email": False, "fuzzy_ip": False})
    environment: dict[str, Any] = {}
    page = reader.render(re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL), environment)
    definitions = {one["href"] for one in environment.get("references", {}).values()}
    return set(in_html(page)), {url for url in definitions if is_link(url)}


def differences_in_html(text: str) -> tuple[int, list[str]]:
    """Return the number of links, and which of them only one reader finds."""
    ours = Counter(one.url for one in links_in(text, "html"))
    theirs = in_html(text)
    # A tree has an unclosed <a> again in each block after it, so only what is there is compared.
    return sum(ours.values()), _sides(set(ours), set(theirs))


def differences_in_markdown(text: str) -> tuple[int, list[str]]:
    """Return the same for Markdown; a definition that nothing uses is one of our links."""
    front = re.match(r"\A---\n.*?\n---\n", text, flags=re.DOTALL)
    begun = front.end() if front else 0
    ours = {one.url for one in links_in(text, "markdown") if one.start >= begun}
    theirs, definitions = in_markdown(text)
    # GitHub leaves a colon at the end of a bare address out, linkify-it-py does not.
    theirs = {url.rstrip(":") for url in theirs if is_meant(url)}
    ours = {url.rstrip(":") for url in ours if is_meant(url)}
    return len(ours), _sides(ours - (definitions - theirs), theirs)


def differences_in_csv(text: str) -> tuple[int, list[str]]:
    """Return the same for CSV: each cell by Python's csv, and the addresses in it."""
    separator = open_table(io.StringIO(text, newline="")).separator
    csv.field_size_limit(10_000_000)
    ours = Counter(one.url for one in links_in(text, "csv"))
    theirs: Counter[str] = Counter()
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
        if row and row[0].startswith("#") and not any(row[1:]):
            continue
        for cell in row:
            bare = cell.strip()
            if ADDRESS.match(bare) and not re.search(r"[\r\n]", bare):
                theirs[bare] += 1
            else:
                found = (one.rstrip(".,;:!?*_~") for one in ADDRESS.findall(cell))
                theirs.update(one for one in found if is_meant(one))
    return sum(ours.values()), _sides(_plain(ours), _plain(theirs))


def _plain(found: Counter[str]) -> set[str]:
    """Return addresses without what is written after them in a cell, each with its number."""
    return {re.sub(r"[)\s].*", "", url, flags=re.DOTALL) for url in found}


def _sides(ours: set[str], theirs: set[str]) -> list[str]:
    return [f"only ours: {url}" for url in sorted(ours - theirs)] + [
        f"only theirs: {url}" for url in sorted(theirs - ours)
    ]


def with_links(text: str) -> str:
    """Return a table with one more column, a tagged address in each of its rows."""
    separator = open_table(io.StringIO(text, newline="")).separator
    csv.field_size_limit(10_000_000)
    result = io.StringIO(newline="")
    writer = csv.writer(result, delimiter=separator, lineterminator="\r\n")
    for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator)):
        page = f"https://shop.example/{number}?{TAGS}&ids={number},{number}"
        writer.writerow([*row, page if number else "link"])
    return result.getvalue()


def damage_by_fix(text: str, kind: Kind) -> tuple[int, list[str]]:
    """Return how many tags `--fix` changes in a text, and what else it changes."""
    tagged = text if TAGS in text else WRITTEN.sub(lambda match: _with_tags(match[0]), text)
    repairer = Repairer()
    fixes = fixes_in(tagged, kind, lambda one: repairer.repaired(one.url, {"UTM101"}))
    after = with_fixes(tagged, fixes)
    if after.replace(FIXED, TAGS) == tagged.replace(FIXED, TAGS):
        return after.count(FIXED), []
    return after.count(FIXED), ["--fix changes more than tags"]


def _with_tags(url: str) -> str:
    page, hash_, fragment = url.partition("#")
    return f"{page}{'&' if '?' in page else '?'}{TAGS}{hash_}{fragment}"


COMPARED: dict[str, tuple[Callable[[str], tuple[int, list[str]]], tuple[str, ...]]] = {
    "HTML": (differences_in_html, (".html", ".htm", ".xhtml", ".mjml", ".hbs")),
    "Markdown": (differences_in_markdown, (".md", ".markdown")),
    "CSV": (differences_in_csv, (".csv", ".tsv")),
    "CSV, links": (
        lambda text: differences_in_csv(with_links(text)),
        (".csv", ".tsv"),
    ),
    "--fix, links": (
        lambda text: damage_by_fix(with_links(text), "csv"),
        (".csv", ".tsv"),
    ),
    "--fix, CSV": (lambda text: damage_by_fix(text, "csv"), (".csv", ".tsv")),
    "--fix, text": (lambda text: damage_by_fix(text, "list"), (".txt", ".md", ".html", ".json")),
}


def texts(folder: Path, endings: tuple[str, ...]) -> Iterator[tuple[Path, str]]:
    """Yield the files of some kinds."""
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in endings and path.is_file():
            raw = path.read_bytes()
            if not is_archive(raw):  # lint refuses them
                yield path, read_text(raw).text


def main(folder: Path) -> int:
    """Compare, print, and return the exit status."""
    results = {}
    for name, (compare, endings) in COMPARED.items():
        files = links = differing = 0
        for path, text in texts(folder, endings):
            number, differences = compare(text)
            files, links = files + 1, links + number
            if differences:
                differing += 1
                print(f"{path}:")
                print("".join(f"    {one[:160]}\n" for one in differences[:MAX_SHOWN]), end="")
        results[name] = Result(files, links, differing)
    for name, one in results.items():
        print(f"{name:<12}{one.files:>6,} files  {one.links:>7,} links  {one.differing} differ")
    return int(any(one.differing for one in results.values()))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
