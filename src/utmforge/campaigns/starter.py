"""The file that `utmforge init` writes, and its JSON Schema, from data files beside this one."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from utmforge.campaigns.campaign_file import FILE_NAME
from utmforge.campaigns.campaign_reader import OPTIONAL_TAGS
from utmforge.campaigns.document import open_document, parse_document
from utmforge.campaigns.reader import read_campaigns
from utmforge.channels import CHANNELS
from utmforge.errors import CampaignFileExists, OutputFileError, quoted
from utmforge.files.atomic import write_together
from utmforge.model import MEANINGS, PARAMETERS

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA_NAME = "campaigns.schema.json"
EXAMPLE_NAME = "campaigns.example.toml"
"""The commented example, where there is a campaigns.toml already."""
SCHEMA_LINE = f"#:schema ./{SCHEMA_NAME}\n"
"""The comment by which editors find the schema."""

_Json: TypeAlias = Any
"""A part of a JSON document."""


class Written(NamedTuple):
    """What was written into a folder."""

    files: tuple[Path, ...]
    """New files."""
    named_schema: Path | None = None
    """The campaign file that was there already, which got the line that names the schema."""


def write_starter(folder: Path, *, overwrite: bool = False, dry_run: bool = False) -> Written:
    """Write campaigns.toml and its schema into `folder`; return what was written.

    Beside a campaigns.toml without a schema, the schema is written, and the commented example under
    another name. The file itself gets one comment, which names the schema.

    Raises:
        CampaignFileExists: Both already exist; neither was changed.
        CampaignFileError: The campaigns.toml cannot be used.
        OutputFileError: They cannot be written.
    """
    file = folder / FILE_NAME
    if file.is_file() and not overwrite and not (folder / SCHEMA_NAME).exists():
        return _complete(file, dry_run=dry_run)
    texts = {folder / FILE_NAME: starter(), folder / SCHEMA_NAME: schema()}
    for path in texts:
        if path.is_dir() or (path.exists() and not overwrite):
            raise CampaignFileExists(
                f"{quoted(path)} already exists", hint="edit it, or overwrite it with --force"
            )
    if not folder.is_dir():
        raise OutputFileError(f"there is no folder {quoted(folder)}", hint="create it first")
    if not dry_run:
        write_together(texts)
    return Written(tuple(texts))


def _complete(file: Path, *, dry_run: bool) -> Written:
    """Write what an existing campaign file has not got beside it."""
    texts = {file.with_name(SCHEMA_NAME): schema()}
    if not (example := file.with_name(EXAMPLE_NAME)).exists():
        texts[example] = starter()
    document = open_document(file)
    new = tuple(texts)
    is_named = "#:schema" in document.text.partition("\n")[0]
    if not is_named:
        line_end = "\r\n" if "\r\n" in document.text else "\n"
        named = SCHEMA_LINE.replace("\n", line_end) + document.text
        read_campaigns(parse_document(file, named.encode()))
        texts = {file: named, **texts}
    if not dry_run:
        write_together(texts)
    return Written(new, None if is_named else file)


def starter() -> str:
    """Return a commented campaign file with an example."""
    return _data(FILE_NAME)


def schema() -> str:
    """Return the JSON Schema of campaign files, with every tag that there is."""
    import json

    filled = _filled(json.loads(_data("schema.base.json")))
    return json.dumps(filled, indent=2, ensure_ascii=False) + "\n"


def _filled(node: _Json) -> _Json:
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
