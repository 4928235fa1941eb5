"""The file that `utmforge init` writes, and its JSON Schema, from data files beside this one."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any

from utmforge.campaigns.campaign_file import FILE_NAME
from utmforge.campaigns.campaign_reader import OPTIONAL_TAGS
from utmforge.channels import CHANNELS
from utmforge.errors import CampaignFileExists, OutputFileError, quoted
from utmforge.files.atomic import atomic_write
from utmforge.model import MEANINGS, PARAMETERS

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA_NAME = "campaigns.schema.json"


def write_starter(folder: Path, *, overwrite: bool = False, dry_run: bool = False) -> list[Path]:
    """Write campaigns.toml and its schema into `folder`; return their paths.

    Raises:
        CampaignFileExists: One of them already exists; neither was changed.
        OutputFileError: They cannot be written.
    """
    texts = {folder / FILE_NAME: starter(), folder / SCHEMA_NAME: schema()}
    for path in texts:
        if path.is_dir() or (path.exists() and not overwrite):
            raise CampaignFileExists(
                f"{quoted(path)} already exists", hint="edit it, or overwrite it with --force"
            )
    if not folder.is_dir():
        raise OutputFileError(f"there is no folder {quoted(folder)}", hint="create it first")
    for path, text in texts.items():
        if not dry_run:
            with atomic_write(path) as draft:
                draft.write_text(text, encoding="utf-8", newline="\n")
    return list(texts)


def starter() -> str:
    """Return a commented campaign file with an example."""
    return _data(FILE_NAME)


def schema() -> str:
    """Return the JSON Schema of campaign files, with every tag that there is."""
    import json

    filled = _filled(json.loads(_data("schema.base.json")))
    return json.dumps(filled, indent=2, ensure_ascii=False) + "\n"


def _filled(node: Any) -> Any:  # noqa: ANN401 - JSON
    """Return a part of the schema with its placeholders replaced by the tags."""
    match node:
        case "{every tag}":
            return list(PARAMETERS)
        case list():
            return [_filled(each) for each in node]
        case dict():
            result: dict[str, Any] = {}
            for key, value in node.items():
                if key == "{what each tag may hold}":
                    result |= {name: _what_it_may_hold(name) for name in PARAMETERS}
                elif key == "{built-in channels}":
                    result |= dict.fromkeys(CHANNELS, value)
                elif key == "{optional tags}":
                    result |= {name: _text(name) for name in OPTIONAL_TAGS}
                else:
                    result[key] = _filled(value)
            return result
    return node


def _what_it_may_hold(field: str) -> dict[str, Any]:
    return {
        "allOf": [{"$ref": "#/definitions/tag"}],
        "description": f"What {PARAMETERS[field]} may hold: {MEANINGS[field]}",
    }


def _text(field: str) -> dict[str, Any]:
    return {
        "type": "string",
        "minLength": 1,
        "pattern": r"\S",
        "description": f"{PARAMETERS[field]}: {MEANINGS[field]}",
    }


def _data(name: str) -> str:
    return files("utmforge.campaigns").joinpath(name).read_text(encoding="utf-8")
