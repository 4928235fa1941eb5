"""Nothing is imported that the command does not use."""

import subprocess
import sys

import pytest

LOADED = """
import sys
import typer
before = set(sys.modules)
from utmforge.cli.app import main
main({words!r})
print("\\n".join(sorted(set(sys.modules) - before)), file=sys.stderr)
"""

NEW = ("new", "https://x.example/", "-c", "c", "-C", "whatsapp", "--format", "urls", "-q")


def loaded(*words: str) -> set[str]:
    """Return the modules that a command loads beside Typer's."""
    done = subprocess.run(
        [sys.executable, "-c", LOADED.format(words=list(words))],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stderr.splitlines())


def test_the_modules_of_new_with_urls() -> None:
    """All there are: a new one has to be put here, and its cost looked at."""
    modules = loaded(*NEW)

    assert {name for name in modules if name.startswith("utmforge")} == {
        "utmforge",
        "utmforge.campaigns.campaign_file",
        "utmforge.channels",
        "utmforge.channels.base",
        "utmforge.channels.whatsapp",
        "utmforge.cli",
        "utmforge.cli.app",
        "utmforge.cli.completion",
        "utmforge.cli.error_exit",
        "utmforge.cli.delivery",
        "utmforge.cli.issue_output",
        "utmforge.cli.interactive.name_questions",
        "utmforge.cli.commands.new",
        "utmforge.cli.options",
        "utmforge.cli.session",
        "utmforge.naming.convention",
        "utmforge.files.spreadsheet_cells",
        "utmforge.files.digests",
        "utmforge.errors",
        "utmforge.issuing.make",
        "utmforge.model",
        "utmforge.issuing.requests",
        "utmforge.privacy.issue_gate",
        "utmforge.output",
        "utmforge.output.formats",
        "utmforge.output.links",
        "utmforge.output.escaping",
        "utmforge.output.console",
        "utmforge.registry",
        "utmforge.registry.database",
        "utmforge.registry.queries",
        "utmforge.registry.history",
        "utmforge.registry.migrations",
        "utmforge.registry.rows",
        "utmforge.registry.sqlite",
        "utmforge.registry.store",
        "utmforge.registry.location",
        "utmforge.urls.tagging",
    }
    others = {name.partition(".")[0] for name in modules if not name.startswith("utmforge")}
    assert others <= {
        *("__future__", "_blake2", "_sqlite3", "atexit", "can_ada", "gc", "sqlite3", "typer"),
        # These Typer loads on some versions of Python and not on others.
        *("unicodedata", "urllib", "ipaddress", "_opcode"),
    }


@pytest.mark.parametrize(
    ("words", "unused"),
    [
        (NEW, {"rich", "json", "csv", "tomllib", "tomlkit", "qrcode", "pyperclip", "hashlib"}),
        (("--help",), {"rich", "utmforge.cli.commands.new", "utmforge.registry", "sqlite3"}),
        (("--version",), {"rich", "utmforge.cli.commands.new", "sqlite3", "importlib.metadata"}),
        (("list",), {"rich", "json", "qrcode", "utmforge.cli.commands.new", "utmforge.issuing.requests"}),
        (("channels", "-F", "table"), {"markdown_it", "pygments", "qrcode"}),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_heavy_modules_stay_away(words: tuple[str, ...], unused: set[str]) -> None:
    """Each of these costs milliseconds that the command would waste."""
    assert not unused & loaded(*words)


def test_the_library_loads_neither_typer_nor_rich() -> None:
    """`from utmforge import tag` is for programs."""
    code = (
        "import sys\nfrom utmforge import *\nimport utmforge\n"
        "[getattr(utmforge, name) for name in utmforge.__all__]\n"
        "print([m for m in ('typer', 'rich', 'qrcode', 'pyperclip') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"
