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
