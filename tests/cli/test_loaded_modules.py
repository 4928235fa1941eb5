"""Nothing is imported that the command does not use."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Run

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


MAX_MODULES = 69
"""Modules of utmforge that one `new` in a pipe loads; each costs about 0.3 ms of its start."""


def test_new_with_urls_loads_few_modules() -> None:
    """What is heavy stays away, and what is light does not become a crowd."""
    modules = loaded(*NEW)

    assert len({name for name in modules if name.startswith("utmforge")}) <= MAX_MODULES
    others = {name.partition(".")[0] for name in modules if not name.startswith("utmforge")}
    assert others <= {
        *("__future__", "_blake2", "_sqlite3", "atexit", "gc", "sqlite3", "typer"),
        # These Typer loads on some versions of Python and not on others.
        *("unicodedata", "urllib", "ipaddress", "_opcode"),
    }


@pytest.mark.parametrize(
    ("words", "unused"),
    [
        (NEW, {"rich", "json", "csv", "tomllib", "tomlkit", "qrcode", "pyperclip", "hashlib"}),
        (
            NEW,
            {
                *("utmforge.campaigns.reader", "utmforge.lint", "utmforge.explain"),
                *("utmforge.issuing.bulk", "utmforge.registry.postgres", "utmforge.share.qr"),
                *("utmforge.analytics", "utmforge.privacy.kinds", "utmforge.output.table"),
                *("utmforge.cli.interactive.wizard", "utmforge.documents", "utmforge.doctor"),
            },
        ),
        (("--help",), {"rich", "utmforge.cli.commands.new", "utmforge.registry", "sqlite3"}),
        (("--version",), {"rich", "utmforge.cli.commands.new", "sqlite3", "importlib.metadata"}),
        (
            ("list",),
            {"rich", "json", "qrcode", "utmforge.cli.commands.new", "utmforge.issuing.requests"},
        ),
        (("list", "-o", "links.csv"), {"rich", "qrcode", "utmforge.measure"}),
        (("channels", "-F", "table"), {"markdown_it", "pygments", "qrcode"}),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_heavy_modules_stay_away(words: tuple[str, ...], unused: set[str]) -> None:
    """Each of these costs milliseconds that the command would waste."""
    assert not unused & loaded(*words)


def test_a_shared_file_without_news_loads_little(run: Run) -> None:
    """A command that only reads looks whether the file has changed, and at nothing of it."""
    Path("campaigns.toml").write_text(
        '[workspace]\nregistry = "links.db"\nshared = "links.jsonl"\n', encoding="utf-8"
    )
    run(*NEW)

    modules = loaded("history")
    exchange = "utmforge.registry.interchange"
    assert f"{exchange}.shared_file" in modules
    assert not {"hashlib", "utmforge.files.atomic", f"{exchange}.git_sync"} & modules


def test_the_library_loads_neither_typer_nor_rich() -> None:
    """`from utmforge import tag` is for programs."""
    code = (
        "import sys\nfrom utmforge import *\nimport utmforge\n"
        "[getattr(utmforge, name) for name in utmforge.__all__]\n"
        "print([m for m in ('typer', 'rich', 'qrcode', 'pyperclip') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"
