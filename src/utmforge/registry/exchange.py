"""A registry as a text file that git merges: one link a line, sorted by id.

    {"id": …, "url": …, "landing_page": …, …}

Ids are derived from the links, so that two such files are merged by putting their lines together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

from utmforge.errors import (
    LandingPagesInvalid,
    OutputFileError,
    Problem,
    UtmforgeError,
    quoted,
)
from utmforge.model import LINK_FIELDS, PARAMETERS, TaggedLink, Tags, link_fields
from utmforge.urls import link_id, read_landing_page
from utmforge.whole_files import replacing

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from utmforge.registry.store import Registry

_NEEDED = ("id", "url", "landing_page", "source", "medium", "campaign", "issued_at", "state")


class Synced(NamedTuple):
    """What a sync did."""

    came: int
    """Links of the file that the registry did not have."""
    went: int
    """Links of the registry that the file did not have."""
    together: int
    """Links that both have now."""


def sync(registry: Registry, path: Path, *, dry_run: bool = False) -> Synced:
    """Give each of a registry and a file the links that only the other has.

    A link that both have keeps its day in the registry; the file has the earlier one, so that all
    who share it write the same.

    Raises:
        LandingPagesInvalid: Lines of the file are not links as utmforge writes them; neither side
            was changed.
        OutputFileError: The file cannot be read or written.
        RegistryError: The registry cannot be read or written.
    """
    theirs = _read(path) if path.exists() else {}
    ours = {link.id: link for link in registry.links()}
    missing = [link for name, link in theirs.items() if name not in ours]
    all_links = {**ours, **theirs}
    for name, link in theirs.items():
        if name in ours:
            all_links[name] = min(ours[name], link, key=lambda each: each.issued_at or "")
    if not dry_run:
        registry.restore(sorted(missing, key=lambda link: (link.issued_at or "", link.id)))
        _write(path, all_links.values())
    return Synced(len(missing), len(ours.keys() - theirs.keys()), len(all_links))


def _read(path: Path) -> dict[str, TaggedLink]:
    """Return the links of a file by id; of a link that is there twice, the earlier one."""
    links: dict[str, TaggedLink] = {}
    problems = []
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        raise OutputFileError(f"cannot read {quoted(path)}: {reason.lower()}") from None
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            link = _link(line)
        except UtmforgeError as error:
            problems.append(Problem(error.message, f"{path}:{number}", hint=error.hint))
            continue
        before = links.setdefault(link.id, link)
        links[link.id] = min(before, link, key=lambda each: each.issued_at or "")
    if problems:
        raise LandingPagesInvalid(problems)
    return links


def _link(line: str) -> TaggedLink:
    """Read one line, and believe nothing that does not fit together."""
    import json  # noqa: PLC0415 - only a sync needs it

    try:
        fields = json.loads(line)
    except (ValueError, RecursionError):
        begun = line.startswith(("<<<<<<<", "=======", ">>>>>>>", "|||||||"))
        raise UtmforgeError(
            "a conflict that git left" if begun else "the line is not JSON",
            hint="keep the lines of both sides; links.jsonl merge=union in .gitattributes does it"
            if begun
            else None,
        ) from None
    if not isinstance(fields, dict) or any(not isinstance(fields.get(key), str) for key in _NEEDED):
        raise UtmforgeError("the line is not a link as utmforge writes it")
    if not all(value is None or isinstance(value, str) for value in fields.values()):
        raise UtmforgeError("the line is not a link as utmforge writes it")
    tags = {name: fields.get("utm_id" if name == "id" else name) for name in PARAMETERS}
    link = TaggedLink(
        fields["id"],
        fields["url"],
        fields["landing_page"],
        fields.get("channel"),
        Tags(**cast("dict[str, str]", tags)),
        fields["issued_at"],
        "issued",
    )
    fits = read_landing_page(link.landing_page).with_tags(link.tags) == link.url
    if not fits or link_id(link.url) != link.id:
        raise UtmforgeError(
            f"id, address and tags of link {quoted(link.id, 20)} do not fit together"
        )
    return link


def _write(path: Path, links: Iterable[TaggedLink]) -> None:
    """Write the file whole or not at all, and not at all if nothing changes."""
    import json  # noqa: PLC0415 - as above

    lines = sorted(
        json.dumps(dict(zip(LINK_FIELDS, link_fields(link), strict=True))) for link in links
    )
    text = "".join(f"{line}\n" for line in lines)
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return
    with replacing(path) as draft:
        draft.write_text(text, encoding="utf-8", newline="\n")
