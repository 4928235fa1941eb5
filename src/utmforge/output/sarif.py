"""Findings as SARIF 2.1.0, as GitHub's code scanning accepts them.

It rejects a whole upload if one result has no file, resolves relative paths from the root of the
repository, and shows similar results as one alert unless they have fingerprints
(docs.oasis-open.org/sarif/sarif/v2.1.0; docs.github.com, SARIF support; read 2026-11-24).
"""

from __future__ import annotations

import os
from inspect import cleandoc
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from utmforge import __version__
from utmforge.files.digests import blake2b
from utmforge.lint import RULES, Rule
from utmforge.output.escaping import safe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from utmforge.lint.finding import Finding, Where

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_ROOT = "%SRCROOT%"


def sarif(findings: Sequence[Finding], campaign_file: Path | None = None) -> dict[str, object]:
    """Return a log of one run.

    Args:
        findings: What was found.
        campaign_file: The file that stands for issued links, which are in no file. None: there is
            none.
    """
    root = root_of_repository()
    return log_of(
        [_result(one, root, campaign_file) for one in findings], [_rule(one) for one in RULES]
    )


def log_of(
    results: Sequence[dict[str, object]],
    rules: Sequence[dict[str, object]],
    *,
    is_successful: bool = True,
) -> dict[str, object]:
    """Return a log of one run with these results."""
    run: dict[str, object] = {
        "tool": {"driver": {"name": "utmforge", "version": __version__, "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the repository."}}},
        "results": results,
    }
    if not is_successful:
        run["invocations"] = [{"executionSuccessful": False}]
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def root_of_repository() -> Path:
    """Return the root of the current repository, or the current folder outside one."""
    here = Path.cwd()
    return next((each for each in (here, *here.parents) if (each / ".git").exists()), here)


def _rule(rule: Rule) -> dict[str, object]:
    page = cleandoc(type(rule).__doc__ or rule.name)
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": page.partition("\n")[0]},
        "fullDescription": {"text": page.partition("\nInstead of:")[0].strip()},
        "help": {"text": page.strip()},
        "defaultConfiguration": {"level": rule.severity},
    }


def _result(one: Finding, root: Path, campaign_file: Path | None) -> dict[str, object]:
    text = f"{safe(one.message)}{f'; {safe(one.hint)}' if one.hint else ''}"
    result: dict[str, object] = {
        "ruleId": one.code,
        "ruleIndex": _NUMBERS[one.code],
        "level": one.severity,
        "message": {"text": _message(text)},
        "locations": [placed(one.where, root, campaign_file)],
    }
    if one.where.kind != "file":
        result["message"] = {"text": _message(f"{one.where}: {text}")}
        identity = f"{one.code} {one.where} {one.message}".encode("utf-8", "surrogateescape")
        digest = blake2b(identity, digest_size=8).hexdigest()
        result["partialFingerprints"] = {"primaryLocationLineHash": f"{digest}:1"}
    return result


def _message(text: str) -> str:
    """Escape `[words](address)`, which would be shown as a link (SARIF 2.1.0, 3.11.6)."""
    return text.replace("[", "\\[").replace("]", "\\]") if "](" in text else text


def placed(where: Where, root: Path, campaign_file: Path | None = None) -> dict[str, object]:
    """Return a place as a SARIF location."""
    stands_for_it = where.kind == "registry" and campaign_file
    uri, is_inside = uri_of(Path(stands_for_it or where.file), root)
    artifact = {"uri": uri, "uriBaseId": _ROOT} if is_inside else {"uri": uri}
    region = {"startLine": where.line or 1}
    if where.column:
        region["startColumn"] = where.column
    location: dict[str, object] = {
        "physicalLocation": {"artifactLocation": artifact, "region": region}
    }
    if where.kind != "file":
        name = where.link_id or where.file
        kind = {"kind": "resource"} if where.link_id else {}
        location["logicalLocations"] = [{"name": name, "fullyQualifiedName": str(where), **kind}]
    return location


def uri_of(path: Path, root: Path) -> tuple[str, bool]:
    """Return a file's address, and whether it is relative to the repository's root.

    Symbolic links are followed, because code scanning shows nothing for a file that is one.
    """
    path = path.resolve()
    try:
        inside = path.relative_to(root.resolve())
    except ValueError:
        return path.as_uri(), False
    return quote(os.fsencode(inside.as_posix())), True


_NUMBERS = {rule.code: number for number, rule in enumerate(RULES)}
