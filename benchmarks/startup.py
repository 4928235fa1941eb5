"""The time to start utmforge, as ratios to a one-command Typer program in the same run.

    python benchmarks/startup.py [ROUNDS]

Prints a line for each promise and exits with 1 if one does not hold. The programs take turns, and
their medians are compared, because machines are noisy.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROGRAM = """
import typer
app = typer.Typer(add_completion=False)
@app.command()
def new(target: str, channel: str = "", campaign: str = "", format: str = "urls") -> None:
    typer.echo(target)
if __name__ == "__main__":
    app()
"""

NEW = ("new", "https://shop.example/x?a=1#b", "--channel", "whatsapp", "--campaign", "x")

PROMISES = {
    "new --format urls, registry write included": ((*NEW, "--format", "urls"), 1.4),
    "new --format table": ((*NEW, "--format", "table"), 2.2),
    "--help": (("--help",), 2.0),
}


def seconds(words: list[str], environment: dict[str, str]) -> float:
    """Return how long one run takes."""
    start = time.perf_counter()
    subprocess.run(
        words,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    return time.perf_counter() - start


def main(rounds: int) -> int:
    """Measure, print, and return the exit status."""
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder, "program.py")
        program.write_text(PROGRAM)
        environment = dict(os.environ) | {"HOME": folder, "XDG_DATA_HOME": folder}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        script = str(Path(sys.executable).with_name("utmforge"))
        commands = {"a one-command Typer program": [sys.executable, str(program), "x"]}
        commands |= {name: [script, *words] for name, (words, _) in PROMISES.items()}
        taken: dict[str, list[float]] = {name: [] for name in commands}
        for turn in range(rounds + 2):
            for name, words in commands.items():
                # A new campaign each time, so that a link is really written.
                own = [f"x{turn}-{len(name)}" if word == "x" else word for word in words]
                taken[name].append(seconds(own, environment))
    middle = {name: statistics.median(times[2:]) for name, times in taken.items()}
    base, *_ = middle.values()
    holds = True
    for name, value in middle.items():
        limit = PROMISES[name][1] if name in PROMISES else None
        ratio = value / base
        holds &= limit is None or ratio <= limit
        promise = f"at most {limit}: {'holds' if ratio <= limit else 'BROKEN'}" if limit else ""
        print(f"{name:<46} {value * 1000:6.1f} ms  {ratio:4.2f} x  {promise}".rstrip())
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 40))
