"""Real processes, real pipes: closed and full outputs, no home, read-only home, many at once."""

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.conftest import EXAMPLE, Run, command

pytestmark = pytest.mark.skipif(os.name != "posix", reason="pipes and users of POSIX systems")

ASKED = ("new", "https://x.example/", "--campaign", "c", "--channel", "sms")
URL = "https://x.example/?utm_source=sms&utm_medium=sms&utm_campaign=c"


def shell(script: str) -> subprocess.CompletedProcess[str]:
    """Run a line of bash in which `$U` is the command."""
    words = ["bash", "-o", "pipefail", "-c", script.replace("$U", f"{sys.executable} -m utmforge")]
    return subprocess.run(words, capture_output=True, text=True, check=False)


def test_a_shell_variable_holds_one_line() -> None:
    """`url=$(utmforge new …)`."""
    result = shell(f'url=$($U {" ".join(ASKED)}); echo "[$url]"')

    assert result.stdout == f"[{URL}]\n"


def test_a_reader_that_leaves_early_is_no_error_worth_a_word() -> None:
    """`| head -1`: the links are issued, the status is that of a closed pipe."""
    pages = "\n".join(f"https://x.example/{number}" for number in range(30_000))
    Path("pages.txt").write_text(pages)
    result = shell("$U new --from pages.txt -c c -C sms -q | head -1")

    assert result.stdout.count("\n") == 1
    assert result.stderr == ""
    assert result.returncode == 141


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
@pytest.mark.parametrize(
    "words", [" ".join(ASKED), "--help", "channels", f"build --file {EXAMPLE} -F json", "--version"]
)
def test_a_full_output_is_one_sentence(words: str) -> None:
    """No traceback; what was issued is in the registry."""
    result = shell(f"$U {words} >/dev/full")

    assert result.returncode == 54
    assert "cannot write to standard output: no space left on device" in result.stderr
    assert "Traceback" not in result.stderr
    assert "Exception ignored" not in result.stderr
    if words.startswith("new"):
        assert shell("$U list").stdout == f"{URL}\n"


def test_a_closed_output_is_refused_before_anything() -> None:
    """`>&-`: no file may get the descriptor's place."""
    result = shell(f"$U {' '.join(ASKED)} >&-")

    assert result.returncode == 54
    assert result.stderr == "error: standard output is closed\n"
    assert shell("$U list").stdout == ""


def test_a_closed_conversation_does_not_matter() -> None:
    """`2>&-`, and `2>/dev/full`."""
    for where in ("2>&-", "2>/dev/full"):
        result = shell(f"$U {' '.join(ASKED)} {where}")
        assert (result.returncode, result.stdout) == (0, f"{URL}\n")


@pytest.mark.parametrize("variable", ["PYTHONIOENCODING=ascii", "LC_ALL=C"])
def test_an_output_in_ascii_never_fails(variable: str) -> None:
    """What cannot be encoded is shown otherwise."""
    Path("campaigns.toml").write_text("[convention]\ntransliterate = false\n", encoding="utf-8")
    result = shell(f"{variable} $U new https://x.example/ -c été -C sms -F table; $U show zzé")

    assert result.stdout.splitlines()[-1].endswith("utm_campaign=%C3%A9t%C3%A9")
    assert "Traceback" not in result.stderr


def test_no_home(home: Path) -> None:
    """Without HOME the passwd file tells; with neither a registry is asked for."""
    done = subprocess.run(
        command(*ASKED, "--registry", "links.db"),
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        check=False,
    )
    assert done.stdout.decode() == f"{URL}\n"
    assert list(home.iterdir()) == []


def bound(*words: str) -> subprocess.CompletedProcess[str]:
    """Run the command as someone for whom permissions count, root too."""
    prefix = []
    if os.geteuid() == 0:
        if not shutil.which("setpriv"):
            pytest.skip("for root permissions count only with setpriv (util-linux)")
        prefix = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--"]
    return subprocess.run([*prefix, *command(*words)], capture_output=True, text=True, check=False)


def test_a_read_only_home_is_told_with_the_way_out(home: Path) -> None:
    """Nothing is printed that was not saved; reading goes on."""
    home.chmod(0o555)
    done, listed = bound(*ASKED), bound("list")
    home.chmod(0o755)

    assert done.returncode == 33
    assert done.stdout == ""
    path = home / ".local" / "share" / "utmforge" / "links.db"
    assert done.stderr == (
        f'error: cannot write the registry "{path}": permission denied\n'
        "hint: name another file with --registry or UTMFORGE_REGISTRY\n"
    )
    assert listed.returncode == 0


def test_a_read_only_registry_is_read_and_not_written(tmp_path: Path) -> None:
    """Someone else's registry can be looked at."""
    folder = tmp_path / "shared"
    folder.mkdir()
    path = str(folder / "links.db")
    bound(*ASKED, "--registry", path)
    Path(path).chmod(0o444)
    folder.chmod(0o555)

    assert bound("list", "--registry", path).stdout == f"{URL}\n"
    refused = bound("new", "https://x.example/2", "-c", "c", "-C", "sms", "--registry", path)
    assert refused.returncode == 33
    assert refused.stderr.startswith(
        f'error: you have no permission to read and write the registry "{path}"'
    )
    assert refused.stdout == ""
    folder.chmod(0o755)


def test_a_folder_that_cannot_be_looked_into_is_no_empty_registry(tmp_path: Path) -> None:
    """What cannot be seen is not said to be empty."""
    folder = tmp_path / "closed"
    folder.mkdir()
    path = str(folder / "links.db")
    bound(*ASKED, "--registry", path)
    folder.chmod(0)
    listed = bound("list", "--registry", path)
    drawn = bound(*ASKED, "--qr-file", str(folder / "a.svg"))
    folder.chmod(0o700)

    assert (listed.returncode, listed.stdout) == (33, "")
    assert listed.stderr.startswith("error: you have no permission to read and write the folder")
    assert drawn.returncode == 2
    assert "permission denied" in drawn.stderr
    assert "standard output" not in drawn.stderr


def test_a_registry_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    """A file of someone else, closed."""
    path = tmp_path / "links.db"
    path.write_bytes(b"x" * 4096)
    path.chmod(0)
    result = bound("list", "--registry", str(path))

    assert result.returncode == 33
    assert result.stderr.startswith("error: you have no permission to read and write the registry")


def test_many_first_runs_in_an_empty_home(run_process: Run) -> None:
    """Ten commands make the registry together; each prints its link and all are there."""
    with ThreadPoolExecutor(10) as pool:
        results = list(
            pool.map(
                lambda number: run_process(
                    "new", f"x.example/{number % 8}", "-c", "c", "-C", "sms"
                ),
                range(10),
            )
        )

    assert [result.exit_code for result in results] == [0] * 10
    printed = {result.stdout for result in results}
    assert len(printed) == 8
    assert printed == {f"{line}\n" for line in run_process("list").stdout.splitlines()}


def test_the_module_runs_like_the_command(run_process: Run) -> None:
    """`python -m utmforge` and the installed script are one."""
    script = shutil.which("utmforge", path=str(Path(sys.executable).parent))
    assert script is not None
    done = subprocess.run([script, "--version"], capture_output=True, text=True, check=False)

    assert done.stdout == run_process("--version").stdout
