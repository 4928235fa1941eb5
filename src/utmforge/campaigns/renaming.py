"""Rename a campaign in the text of campaigns.toml: its tables, and what extends it.

Only names change; every other byte stays. The result is parsed and compared with what it must say.
"""

from __future__ import annotations

import re
import tomllib
from typing import Any

from utmforge.errors import CampaignFileBroken, quoted
from utmforge.files.toml_text import is_bare_key

_HEADER = re.compile(r"\s*\[\[?\s*([^\s.\]\[]+)")
_OF_CAMPAIGNS = {"campaigns", '"campaigns"', "'campaigns'"}


def renamed(text: str, old: str, new: str) -> str:
    """Return the file's text with another name for a campaign.

    Raises:
        CampaignFileBroken: The layout of the file is one that only a person can change.
    """
    name = _any_spelling(old)
    header = re.compile(rf"""(\s*\[\[?\s*["']?campaigns["']?\s*\.\s*){name}(?=\s*[.\]])""")
    extends = re.compile(rf"(\s*extends\s*=\s*){name}")
    written = new if is_bare_key(new) else _basic(new)
    is_campaign = False
    lines = []
    for line in text.splitlines(keepends=True):
        if found := _HEADER.match(line):
            is_campaign = found[1] in _OF_CAMPAIGNS
            lines.append(header.sub(lambda match: f"{match[1]}{written}", line, count=1))
        elif is_campaign:
            lines.append(extends.sub(lambda match: f"{match[1]}{_basic(new)}", line, count=1))
        else:
            lines.append(line)
    after = "".join(lines)
    if not _is_right(text, after, old, new):
        raise CampaignFileBroken(
            f"the layout of this file does not let {quoted(old)} be renamed safely",
            hint=f"rename the table to {quoted(new)} by hand, then: utmforge build",
        )
    return after


def _any_spelling(name: str) -> str:
    spellings = [_basic(name), f"'{name}'"]
    if is_bare_key(name):
        spellings.append(name)
    return f"(?:{'|'.join(map(re.escape, spellings))})"


def _basic(name: str) -> str:
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _is_right(before: str, after: str, old: str, new: str) -> bool:
    wanted: dict[str, Any] = tomllib.loads(before.removeprefix("\ufeff"))
    campaigns = wanted.get("campaigns", {})
    wanted["campaigns"] = {
        (new if name == old else name): (
            {**table, "extends": new} if table.get("extends") == old else table
        )
        for name, table in campaigns.items()
    }
    try:
        return tomllib.loads(after.removeprefix("\ufeff")) == wanted
    except tomllib.TOMLDecodeError:
        return False
