"""Names that other people wrote are never run by the shell that completes them."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pexpect
import pytest

from tests.conftest import PATIENCE, Run, command
from utmforge.cli.completion import is_plain, plain_description

if TYPE_CHECKING:
    from collections.abc import Iterator

TRAP = "PWNED"

HOSTILE = [
    f"x$(touch {TRAP})",
    f"x\\$(touch {TRAP})",
    f"x`touch {TRAP}`",
    f"x\\`touch {TRAP}\\`",
    f"x;touch {TRAP}",
    f"x'$(touch {TRAP})'",
    f"x'; touch {TRAP}; '",
    f'x"; touch {TRAP}; "',
    f'x"$(touch {TRAP})',
    f"x\\\\:$(touch {TRAP})",
    f"x))'; touch {TRAP}; '((",
    f"x|touch {TRAP}",
    f"x&touch {TRAP}&",
    f"x>{TRAP}",
    f"x<(touch {TRAP})",
    f"x(e'touch {TRAP}')",
    f"=(touch {TRAP})",
    f"x{{a,$(touch {TRAP})}}",
    f"x$[$(touch {TRAP})]",
    f"x${{(e):-$(touch {TRAP})}}",
    f"x\\x24(touch {TRAP})",
    f"x (touch {TRAP})",
    f"x; (touch {TRAP})",
    "x*",
    "x?",
    "~root",
    "-rf",
    "!!",
    "x!touch",
    "x#y",
    "x%y",
]
"""Names and descriptions that some shell would run, expand or change."""

MEANT_WELL = ["2026-spring-sale", "weekly_newsletter", "été", "v1.2", "sms,telegram", "spring"]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_that_a_shell_would_read_otherwise_is_not_offered(name: str) -> None:
    """It has to be typed, in quotes."""
    assert not is_plain(name)


@pytest.mark.parametrize("name", MEANT_WELL)
def test_a_plain_name_is_offered(name: str) -> None:
    """As nearly every name is."""
    assert is_plain(name)


@pytest.mark.parametrize("about", HOSTILE)
def test_a_description_loses_what_a_shell_could_read(about: str) -> None:
    """Whatever a landing page or a channel holds."""
    assert not set(plain_description(about)) & set("$`\\\"'()<>|&;{}[]*?!#~=%^:\n")


@pytest.fixture
def trapped(run: Run) -> list[str]:
    """A folder whose campaign file and registry hold hostile names at every place TAB reads."""
    parts = [
        '[workspace]\nshared = "shared.jsonl"\n'
        '[campaigns.plain]\nlanding_page = "https://shop.example/"\nchannels = ["sms"]\n'
    ]
    for number, name in enumerate(HOSTILE):
        quoted = name.replace("\\", "\\\\").replace('"', '\\"')
        parts.append(
            f'[campaigns."c{number}{quoted}"]\nlanding_page = "https://shop.example/{number}?a={quoted}"\n'
            f'channels = ["sms"]\n'
            f'[channels."k{number}{quoted}"]\nsource = "s{number}"\nmedium = "email"\n'
        )
    # A colleague's links, which only TAB reads, and measurements that others saved.
    others = ("--registry", "others.db", "--new-name")
    for name in HOSTILE:
        page = "https://shop.example/"
        run("new", page, f"--campaign={name}", f"--content={name}", "-C", "sms", *others)
    issued = run("new", "https://shop.example/", "-c", "plain", "-C", "sms", *others)
    assert issued.exit_code == 0, issued.stderr
    run("registry", "export", "shared.jsonl", "--registry", "others.db")
    assert f"$(touch {TRAP})" in Path("shared.jsonl").read_text()
    Path("campaigns.toml").write_text("\n".join(parts))
    folder = Path(run("registry", "path").stdout.strip()).with_suffix(".measurements")
    folder.mkdir(parents=True)
    for name in HOSTILE:
        (folder / f"{name.replace('/', '')}.json").touch()
    (folder / "plain.json").touch()
    return [
        *("new ", "new c", "build ", "new x --channel ", "list --campaign ", "show ", "undo "),
        *("measure --compare ", "measure --compare x", "show --registry shared.jsonl "),
    ]


def lines_of_sync(run: Run) -> None:
    """Take in a shared file whose links have hostile channels."""
    run("registry", "sync", "links.jsonl")
    text = Path("links.jsonl").read_text()
    assert '"channel"' in text
    forged = [
        line.replace('"channel": "sms"', '"channel": "s' + name.replace('"', "") + '"')
        for line in text.splitlines()
        for name in HOSTILE[:3]
        if "\\" not in name
    ]
    Path("links.jsonl").write_text("\n".join([*text.splitlines(), *forged]) + "\n")
    run("registry", "sync", "links.jsonl")


def environment() -> dict[str, str]:
    """The environment of a real shell that finds this utmforge first."""
    return dict(os.environ) | {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "TERM": "xterm",
        "LANG": "C.UTF-8",
        "SHELL": "/bin/sh",
    }


def script(shell: str) -> str:
    """The completion script of a shell, as `--install-completion` writes it."""
    done = subprocess.run(
        command(),
        env=dict(os.environ) | {"_UTMFORGE_COMPLETE": f"source_{shell}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "utmforge" in done.stdout
    return done.stdout


SHELLS = {
    "zsh": (
        ["-f", "-i"],
        "autoload -Uz compinit; compinit -u -d ./dump; source ./script; PS1='%#> '",
    ),
    "bash": (["--norc", "--noprofile", "-i"], "source ./script; PS1='$> '"),
    "fish": (["--no-config", "-i"], "source ./script; function fish_prompt; echo '> '; end"),
}


@pytest.fixture(params=sorted(SHELLS))
def shell(request: pytest.FixtureRequest, trapped: list[str]) -> Iterator[pexpect.spawn[str]]:
    """A real shell with the completion loaded, in the trapped folder."""
    del trapped
    program = shutil.which(request.param)
    if program is None:
        pytest.skip(f"{request.param} is not installed (Debian: apt-get install {request.param})")
    Path("script").write_text(script(request.param))
    words, setup = SHELLS[request.param]
    child = pexpect.spawn(
        program, words, env=environment(), encoding="utf-8", timeout=PATIENCE, dimensions=(50, 200)
    )
    child.sendline(setup)
    child.sendline("echo READY-$((40+2))" if request.param != "fish" else "echo READY-(math 40+2)")
    child.expect("READY-42")
    yield child
    child.close(force=True)


@pytest.mark.slow
def test_tab_runs_nothing_in_a_real_shell(
    shell: pexpect.spawn[str], trapped: list[str], run: Run
) -> None:
    """Neither when it offers nor when the line is run."""
    lines_of_sync(run)
    for line in trapped:
        shell.send(f"utmforge {line}\t\t")
        wait_for_quiet(shell)
        shell.send("\x15")  # empty the line

    assert not Path(TRAP).exists()


@pytest.mark.slow
def test_tab_completes_a_plain_name_in_a_real_shell(shell: pexpect.spawn[str]) -> None:
    """The line holds it, ready to run."""
    shell.send("utmforge new pl\t")

    shell.expect("plain")


@pytest.mark.slow
def test_tab_completes_a_saved_measurement_in_a_real_shell(shell: pexpect.spawn[str]) -> None:
    """Also beside names that are not offered."""
    shell.send("utmforge measure --compare pl\t")

    shell.expect("plain")


def wait_for_quiet(shell: pexpect.spawn[str]) -> None:
    """Wait until the shell has answered and says no more for a moment."""
    last = time.monotonic()
    end = last + PATIENCE
    while time.monotonic() < end:
        try:
            shell.read_nonblocking(4096, timeout=0.7)
            last = time.monotonic()
        except pexpect.TIMEOUT:
            if time.monotonic() - last > 0.6:
                return


def test_tab_opens_no_server() -> None:
    """No password is sent because a key was pressed."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        listener.setblocking(False)
        port = listener.getsockname()[1]
        Path("campaigns.toml").write_text(
            f'[workspace]\nregistry = "postgresql://name@127.0.0.1:{port}/db"\n'
            '[campaigns.plain]\nlanding_page = "https://shop.example/"\nchannels = ["sms"]\n'
        )
        for words in ("show ", "list --campaign ", "undo "):
            line = f"utmforge {words}"
            done = subprocess.run(
                command(),
                env=dict(os.environ)
                | {
                    "_UTMFORGE_COMPLETE": "complete_bash",
                    "COMP_WORDS": line,
                    "COMP_CWORD": str(len(line.split(" ")) - 1),
                    "PGCONNECT_TIMEOUT": "3",
                },
                capture_output=True,
                text=True,
                timeout=PATIENCE,
                check=False,
            )
            assert done.stderr == ""
            assert done.stdout.split() in ([], ["plain"])
            with pytest.raises(BlockingIOError):
                listener.accept()


@pytest.mark.parametrize("words", ["new ", "share ", "measure --compare "])
def test_tab_does_not_wait_for_what_never_comes(words: str) -> None:
    """A named pipe in the place of the campaign file, the shared file or the registry."""
    for name in ("campaigns.toml", "links.jsonl", "links.db"):
        os.mkfifo(name)
    offers(words)
    Path("campaigns.toml").unlink()
    Path("campaigns.toml").write_text('[workspace]\nshared = "links.jsonl"\n[campaigns.plain]\n')

    assert offers(words) == ([] if "measure" in words else ["plain"])
    first, _, rest = words.partition(" ")
    for registry in ("links.jsonl", "links.db"):
        assert offers(f"{first} --registry {registry} {rest}") == offers(words)


def test_tab_offers_thousands_of_campaigns_without_checking_them() -> None:
    """Checking takes ten times as long as reading TOML: what is incomplete is offered, too."""
    Path("campaigns.toml").write_text("".join(f"[campaigns.c{n}]\n" for n in range(9000)))

    assert len(offers("new ")) == 9000


def offers(words: str) -> list[str]:
    """Return what bash is offered after these words."""
    line = f"utmforge {words}"
    asked = {"COMP_WORDS": line, "COMP_CWORD": str(len(line.split(" ")) - 1)}
    done = subprocess.run(
        command(),
        env=dict(os.environ) | asked | {"_UTMFORGE_COMPLETE": "complete_bash"},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.stderr == ""
    return done.stdout.split()
