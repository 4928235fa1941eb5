"""What TAB offers, asked as bash, zsh and fish ask."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import EXAMPLE, Run, command
from utmforge.cli.app import COMMANDS
from utmforge.urls.link_ids import link_id

URL = "https://shop.example/x?utm_source=sms&utm_medium=sms&utm_campaign=spring"


def tab(line: str) -> list[str]:
    """Return what bash is offered behind this line."""
    words = line.split(" ")
    environment = {
        "_UTMFORGE_COMPLETE": "complete_bash",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(words) - 1),
    }
    done = subprocess.run(
        command(), env=dict(os.environ) | environment, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    return done.stdout.split()


def test_commands_and_options() -> None:
    """As any command does."""
    assert tab("utmforge sho") == ["show"]
    assert tab("utmforge ") == list(COMMANDS)
    assert tab("utmforge new --ch") == ["--channel"]
    assert tab("utmforge registry p") == ["path"]


def test_campaigns_and_channels_of_the_file() -> None:
    """Also behind a comma."""
    Path("campaigns.toml").write_text(EXAMPLE.read_text())

    assert tab("utmforge new 2026") == ["2026-spring-sale"]
    assert tab("utmforge build ") == ["2026-spring-sale"]
    assert tab("utmforge new x --channel what") == ["whatsapp"]
    assert tab("utmforge new x --channel ne") == ["newsletter"]
    assert tab("utmforge new x -C sms,tele") == ["sms,telegram"]
    assert tab("utmforge new x --campaign 20") == ["2026-spring-sale"]


def test_link_ids_and_issued_campaigns(run: Run) -> None:
    """From the registry, the option and the file counted in."""
    run("new", "https://shop.example/x", "-c", "spring", "-C", "sms")

    assert tab("utmforge show ") == [link_id(URL)]
    assert tab(f"utmforge copy {link_id(URL)[:4]}") == [link_id(URL)]
    assert tab("utmforge list --campaign s") == ["spring"]
    assert tab("utmforge qr --registry other.db ") == []
    assert not Path("other.db").exists()


def files(folder: Path) -> dict[str, bytes]:
    """Return the contents of all files below a folder."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {str(path): path.read_bytes() for path in found}


def test_links_of_the_shared_file(run: Run, work: Path, home: Path) -> None:
    """Those that no command has brought into the registry yet; TAB writes nothing."""
    run("new", "https://shop.example/x", "-c", "spring", "-C", "sms", "--registry", "other.db")
    run("registry", "export", "links.jsonl", "--registry", "other.db")
    Path("campaigns.toml").write_text('[workspace]\nshared = "links.jsonl"\n')
    before = files(work), files(home)

    for _ in range(2):
        assert tab("utmforge show ") == [link_id(URL)]
        assert tab("utmforge list --campaign s") == ["spring"]
        assert tab("utmforge qr --registry mine.db ") == [link_id(URL)]
        assert tab("utmforge show --registry links.jsonl ") == [link_id(URL)]
    assert (files(work), files(home)) == before

    url = run("new", "https://shop.example/y", "-c", "autumn", "-C", "sms", "-q").stdout.strip()
    before = files(work), files(home)
    assert tab("utmforge show ") == [link_id(url), link_id(URL)]
    lines = Path("links.jsonl").read_text().splitlines(keepends=True)
    for changed in (lines, lines[::-1]):
        Path("links.jsonl").write_text("".join(changed))
        assert tab("utmforge show ") == [link_id(url), link_id(URL)]
        assert files(home) == before[1]


@pytest.mark.parametrize("content", ["{", '{"id": 5}\n', "\0" * 3_000_000])
def test_a_shared_file_that_cannot_be_read_leaves_the_registry(run: Run, content: str) -> None:
    """A broken or a very large file is not waited for, and the other links are offered."""
    run("new", "https://shop.example/x", "-c", "spring", "-C", "sms")
    Path("campaigns.toml").write_text('[workspace]\nshared = "links.jsonl"\n')
    Path("links.jsonl").write_text(content)

    assert tab("utmforge show ") == [link_id(URL)]


def test_names_of_saved_measurements(run: Run) -> None:
    """The latest first, those of this registry alone."""
    folder = Path(run("registry", "path").stdout.strip()).with_suffix(".measurements")
    folder.mkdir(parents=True)
    for name in ("2026-03", "2026-04", "été", "x$(touch y)", "-rf"):
        (folder / f"{name}.json").touch()

    assert tab("utmforge measure --compare ") == ["été", "2026-04", "2026-03"]
    assert tab("utmforge measure --compare 2026-0") == ["2026-04", "2026-03"]
    assert tab("utmforge measure --registry other.db --compare ") == []


def test_links_and_campaigns(run: Run) -> None:
    """Where either can be named."""
    shutil.copy(EXAMPLE, "campaigns.toml")
    url = run("new", "https://shop.example/", "-c", "2026-x", "-C", "sms", "-q").stdout.strip()

    assert tab("utmforge share ") == ["2026-spring-sale", link_id(url)]
    assert tab("utmforge qr 2026") == ["2026-spring-sale"]
    Path("campaigns.toml").write_text("x = 1")
    assert tab(f"utmforge share {link_id(url)[:3]}") == [link_id(url)]


def test_a_broken_file_offers_nothing_and_says_nothing() -> None:
    """A completion never disturbs the line that is being typed."""
    Path("campaigns.toml").write_text("[")

    assert tab("utmforge new 2026") == []
    assert tab("utmforge show ") == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_of_each_shell(shell: str) -> None:
    """`--show-completion` prints it."""
    done = subprocess.run(
        command("--show-completion", shell), capture_output=True, text=True, check=False
    )

    assert "utmforge" in done.stdout


def test_bash_itself(run: Run) -> None:
    """The script, sourced, completes in a real bash."""
    run("new", "https://shop.example/x", "-c", "spring", "-C", "sms")
    bash = shutil.which("bash")
    assert bash is not None
    script = (
        "source <(utmforge --show-completion bash)\n"
        "COMP_WORDS=(utmforge new x --channel wha); COMP_CWORD=4\n"
        "_utmforge_completion utmforge; echo ${COMPREPLY[@]}"
    )
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    done = subprocess.run(
        [bash, "-c", script],
        env=dict(os.environ) | {"PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stdout == "whatsapp\n"
