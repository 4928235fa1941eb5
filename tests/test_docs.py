"""Nothing is without its page, and no page is out of date."""

import doctest
import importlib.util
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from tests.conftest import ROOT
from utmforge import __version__
from utmforge.cli.app import app
from utmforge.errors import UtmforgeError

PAGES = [*ROOT.glob("*.md"), *sorted((ROOT / "docs").rglob("*.md"))]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def test_the_generated_pages_are_up_to_date() -> None:
    """`python docs/generate.py` would change nothing."""
    specification = importlib.util.spec_from_file_location("generate", ROOT / "docs/generate.py")
    assert specification is not None
    assert specification.loader is not None
    generate = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(generate)
    for name, page in generate.PAGES.items():
        assert (ROOT / "docs/reference" / name).read_text() == page(), name


def test_the_commands_page_has_a_section_for_each_command() -> None:
    """Every command and subcommand that the program has, in its order, and no other."""
    page = (ROOT / "docs/reference/commands.md").read_text()
    sections = re.findall(r"^## utmforge (.+)$", page, re.MULTILINE)

    assert sections == list(commands_below(get_command(app)))
    assert {"new", "registry export", "registry import"} <= set(sections)


def commands_below(group: object, before: str = "") -> Iterator[str]:
    """Yield the words of each command of a group, and of the groups in it."""
    assert isinstance(group, TyperGroup)
    for name in group.commands:
        command = group.commands[name]
        yield before + name
        if isinstance(command, TyperGroup):
            yield from commands_below(command, f"{before}{name} ")


def test_the_page_of_exit_statuses_has_one_row_for_each() -> None:
    """Every status and every code once, in order; the code stands where its status is."""
    page = (ROOT / "docs/reference/exit-codes.md").read_text()
    rows = {
        int(row[0]): row[1:]
        for row in re.findall(r"^\| (\d+) \|([^|]*)\|(.*)\|$", page, re.MULTILINE)
    }
    numbers = [int(number) for number in re.findall(r"^\| (\d+) \|", page, re.MULTILINE)]
    codes = [code for cells in rows.values() for code in re.findall("`([a-z-]+)`", cells[0])]

    assert numbers == sorted(set(numbers))
    assert len(codes) == len(set(codes))
    for kind in raised(UtmforgeError):
        codes_of_row, meanings = rows[kind.status]
        assert f"`{kind.code}`" in codes_of_row, kind
        meaning = (kind.__doc__ or "").splitlines()[0].rstrip(".").replace("|", "\\|")
        assert meaning.lower() in meanings.lower(), kind
    assert set(codes) == {kind.code for kind in raised(UtmforgeError)} | {"usage"}


def raised(kind: type[UtmforgeError]) -> set[type[UtmforgeError]]:
    """Return the refusals below one that have no others below them."""
    below = [each for each in kind.__subclasses__() if "code" in vars(each)]
    return {one for each in below for one in raised(each)} if below else {kind}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    """Files and headings."""
    for target, anchor in re.findall(r"\]\(([\w./-]*)(#[\w-]+)?\)", page.read_text()):
        linked = (page.parent / target).resolve() if target else page
        assert linked.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.+)$", linked.read_text(), re.MULTILINE)
            slugs = {re.sub(r"[^\w -]", "", text).lower().replace(" ", "-") for text in headings}
            assert anchor[1:] in slugs, f"{target}{anchor}"


def test_every_page_can_be_reached() -> None:
    """The index has a link to each."""
    index = (ROOT / "docs/README.md").read_text()
    for page in (ROOT / "docs").rglob("*.md"):
        name = page.relative_to(ROOT / "docs").as_posix()
        assert name == "README.md" or f"({name})" in index, name


def test_the_map_has_a_line_for_each_module() -> None:
    """A line of code knows its room, and so does its reader."""
    text = (ROOT / "docs/explanation/map.md").read_text()
    package = ROOT / "src/utmforge"
    channels = {path.stem for path in (package / "channels").glob("*.py")} - {
        "__init__",
        "base",
        "catalogue",
    }
    for path in package.rglob("*.py"):
        if path.parent.name == "channels" and path.stem in channels:
            continue
        if path.name == "__init__.py":  # hands names on
            continue
        assert f"`{path.relative_to(package).as_posix()}`" in text, path


def test_the_map_has_no_line_for_a_module_that_is_gone() -> None:
    """Each row of a room's table names a module that exists."""
    text = (ROOT / "docs/explanation/map.md").read_text()
    for name in re.findall(r"^\| `([^`]+)` \|", text, re.MULTILINE):
        assert (ROOT / "src/utmforge" / name).exists(), name


def test_the_places_to_add_something_exist() -> None:
    """The paths in the map's first table and in CONTRIBUTING.md."""
    text = (ROOT / "docs/explanation/map.md").read_text()
    table = text.partition("## I want to …\n")[2].partition("\n## ")[0]
    paths = re.findall(r"`([\w/]+(?:/|\.\w+))`", table + (ROOT / "CONTRIBUTING.md").read_text())

    assert len(paths) > 30
    for path in set(paths):
        if "NAME" not in path and "CODE" not in path:
            assert (ROOT / "src/utmforge" / path).exists() or (ROOT / path).exists(), path


def test_every_dependency_has_its_reason() -> None:
    """Named in the docs, extras and all."""
    text = (ROOT / "docs/explanation/dependencies.md").read_text()
    extras = PROJECT["project"]["optional-dependencies"].values()
    for wanted in [
        *PROJECT["project"]["dependencies"],
        *(one for extra in extras for one in extra),
    ]:
        assert f"| {re.split(r'[<>=[]', wanted)[0]} |" in text, wanted


def test_every_refusal_is_drawn_in_the_tree() -> None:
    """With the status and the code it has."""
    import utmforge.errors

    tree = utmforge.errors.__doc__ or ""
    found = {
        name: value
        for name, value in vars(utmforge.errors).items()
        if isinstance(value, type) and issubclass(value, UtmforgeError)
    }
    for name, kind in found.items():
        if name not in {"UtmforgeError", "ManyProblems"}:
            line = next(line for line in tree.splitlines() if re.search(rf"\b{name}\b", line))
            assert kind.code in line or kind.__subclasses__(), name
            assert str(kind.status) in line or kind.status == 2, name
    codes = [kind.code for kind in found.values() if kind is not utmforge.errors.ManyProblems]
    assert len(codes) == len(set(codes))


def test_the_source_distribution_has_what_the_tests_read() -> None:
    """Each path that a test names below the root is in it, and each one in it exists."""
    built = PROJECT["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]
    always = {"README.md", "LICENSE", "pyproject.toml"}  # by hatchling
    files = (ROOT / "tests").rglob("*.py")
    named = {one for file in files for one in re.findall(r'ROOT / "([\w.-]+)', file.read_text())}

    assert {"docs", "examples", "action.yml"} <= named
    assert named <= {path.removeprefix("/") for path in built} | always
    assert all((ROOT / path.removeprefix("/")).exists() for path in built)


def test_the_changelog_knows_this_version() -> None:
    """Keep a Changelog."""
    assert f"## [{__version__}]" in (ROOT / "CHANGELOG.md").read_text()


@pytest.mark.parametrize("page", ["reference/library.md", "explanation/dark-social.md"])
def test_the_python_of_a_page_is_true(page: str) -> None:
    """Its sessions are doctests."""
    path = ROOT / "docs" / page
    (Path.cwd() / "examples").symlink_to(ROOT / "examples")
    result = doctest.testfile(str(path), module_relative=False)

    assert result.attempted
    assert not result.failed


def test_the_readme_s_set_up_lines() -> None:
    """Two lines in a block each: one issues the example's links, one passes the tests."""
    blocks = re.findall(r"^```sh\n(.+)\n```$", (ROOT / "README.md").read_text(), re.MULTILINE)

    assert len(blocks) == 4
    pattern = re.search(r"grep .*-E '([^']+)' README\.md", (ROOT / ".ci/run").read_text())
    assert pattern is not None
    assert re.match(pattern[1], blocks[1])
    assert blocks[0].endswith("utmforge build --file examples/campaigns.toml")
    assert "pytest" in blocks[1]
    assert blocks[2].startswith("uv ")
    assert blocks[3].startswith("uv ")
    done = subprocess.run(
        [sys.executable, "-m", "utmforge", *blocks[0].split("utmforge ")[-1].split()],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.count("\n") == 4


def test_what_the_security_page_says_is_tried() -> None:
    """Each test and benchmark that it names exists, and each file of attacks is named."""
    text = (ROOT / "docs/explanation/security.md").read_text()
    named = set(re.findall(r"`([\w/]+\.py)`", text))
    attacks = {f"attacks/{path.name}" for path in (ROOT / "tests/attacks").glob("test_*.py")}

    assert attacks <= named
    for name in named:
        assert (ROOT / "tests" / name).exists() or (ROOT / name).exists(), name


def test_the_security_policy_invents_no_address() -> None:
    """It names the page of the model, and no mail address that is not in pyproject.toml."""
    text = (ROOT / "SECURITY.md").read_text()

    assert "(docs/explanation/security.md)" in text
    assert set(re.findall(r"[\w.+-]+@[\w.-]+", text)) <= {
        author.get("email") for author in PROJECT["project"]["authors"]
    }


def test_the_tables_of_the_map_are_whole() -> None:
    """Every row has the cells of its header: two merged edits leave none in pieces."""
    columns = 0
    for line in (ROOT / "docs/explanation/map.md").read_text().splitlines():
        cells = line.count("|")
        if not line.startswith("|"):
            columns = 0
            continue
        columns = columns or cells
        assert cells == columns, line
        assert "| ? |" not in line
