"""The values everything else speaks of, and that the tags stand in one place."""

import ast
from pathlib import Path

import pytest

from tests.conftest import ROOT
from utmforge.model import (
    LINK_FIELDS,
    MEANINGS,
    NO_TAGS,
    PARAMETERS,
    REQUIRED,
    SINGLE_TAGS,
    TaggedLink,
    Tags,
    link_fields,
)

SOURCE = ROOT / "src" / "utmforge"

# Files that name every tag, each entry with knowledge of its own about that tag.
ALLOWED = {
    "model.py": "the one place",
    "registry/migrations.py": "columns as past versions made them; a new tag adds a migration",
    "files/header_words.py": "header words of people's own tables, by tag",
}
_LATE = {"source_platform", "creative_format", "marketing_tactic"}
"""Names that stand only where all tags are listed."""
_MANY = 6


def tag_lists(path: Path) -> list[int]:
    """Return the lines of a file on which tags are listed by hand."""
    names = {*PARAMETERS, *PARAMETERS.values()}
    late = {*_LATE, *(PARAMETERS[name] for name in _LATE)}
    lines = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Constant(value=str(text)) if text in late:
                lines.append(node.lineno)
            case ast.List(elts=parts) | ast.Tuple(elts=parts) | ast.Set(elts=parts):
                values = {part.value for part in parts if isinstance(part, ast.Constant)}
                lines += [node.lineno] * (len(values & names) >= _MANY)
            case ast.Dict(keys=keys):
                values = {key.value for key in keys if isinstance(key, ast.Constant)}
                lines += [node.lineno] * (len(values & names) >= _MANY)
            case ast.arg(arg=name) | ast.AnnAssign(target=ast.Name(id=name)) if name in late:
                lines.append(node.lineno)
    return lines


def test_a_tenth_tag_is_added_in_one_file() -> None:
    """No other module lists the tags: options, keys, columns and schemas are made of the model."""
    listed = {path.relative_to(SOURCE).as_posix(): tag_lists(path) for path in SOURCE.rglob("*.py")}
    assert listed["model.py"]
    assert {name: lines for name, lines in listed.items() if lines and name not in ALLOWED} == {}


@pytest.mark.parametrize("kind", ["*.json", "*.toml"])
def test_no_data_file_lists_the_tags(kind: str) -> None:
    """The schema that `init` writes is filled in from the model."""
    for path in SOURCE.rglob(kind):
        assert not any(name in path.read_text(encoding="utf-8") for name in _LATE), path


@pytest.mark.parametrize(
    "text",
    [
        'x = ("source", "medium", "campaign", "term", "content", "id")',
        'x = {"utm_source": 1, "utm_medium": 2, "utm_campaign": 3, "utm_term": 4, "utm_id": 5, '
        '"utm_content": 6}',
        'x = "source_platform"',
        "def f(source_platform): ...",
        "class A:\n    creative_format: str",
    ],
)
def test_a_list_by_hand_is_found(text: str) -> None:
    """The test above can fail."""
    Path("module.py").write_text(text)
    assert tag_lists(Path("module.py"))


def test_what_is_derived_has_every_tag() -> None:
    """In the order that each of them promises."""
    assert set(Tags._fields) == set(PARAMETERS) == set(MEANINGS)
    assert {*REQUIRED, "content", *SINGLE_TAGS} == set(PARAMETERS)
    assert set(LINK_FIELDS) >= {"utm_id" if name == "id" else name for name in PARAMETERS}
    assert not NO_TAGS


def test_the_fields_of_a_link() -> None:
    """As machines read it; `utm_id`, because `id` is the link's own."""
    tags = Tags("a", "b", "c", "d", "e", "f", "g", "h", "i")
    link = TaggedLink(
        "x", "https://x.example/?", "https://x.example/", "sms", tags, "now", "issued"
    )

    assert dict(zip(LINK_FIELDS, link_fields(link), strict=True)) == {
        "id": "x",
        "url": "https://x.example/?",
        "landing_page": "https://x.example/",
        "channel": "sms",
        "source": "a",
        "medium": "b",
        "campaign": "c",
        "content": "d",
        "term": "e",
        "utm_id": "f",
        "source_platform": "g",
        "creative_format": "h",
        "marketing_tactic": "i",
        "issued_at": "now",
        "state": "issued",
    }
    assert [name for name, _ in tags.items()] == list(PARAMETERS)
