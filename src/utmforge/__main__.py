"""`utmforge` and `python -m utmforge`."""

import atexit
import gc
import os
import sys
from typing import NoReturn


def run() -> NoReturn:
    """Run the command line and exit with its status."""
    # Garbage collection while modules load finds nothing and takes 3 ms; `main` turns it on again.
    gc.disable()
    try:
        from utmforge.cli.app import main

        status = main()
    except KeyboardInterrupt:  # while modules load
        sys.stderr.write("\ninterrupted\n")
        status = 130
    _exit(status)


def _exit(status: int) -> NoReturn:
    """Exit without taking the loaded modules apart.

    That takes over 2 ms of the 75 of `utmforge new` (benchmarks/startup.py), and changes nothing.
    Files, databases and temporary folders are closed where they are used. Python exits as usual if
    there are threads to wait for, a profiler or a debugger, or output that was not written.
    """
    threading = sys.modules.get("threading")
    is_watched = sys.getprofile() is not None or sys.gettrace() is not None
    if is_watched or (threading and threading.active_count() > 1):
        sys.exit(status)
    atexit._run_exitfuncs()  # noqa: SLF001 - os._exit leaves them out, and nothing public runs them
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError, AttributeError):  # closed, or not there: Python knows what to do
        sys.exit(status)
    os._exit(status)


if __name__ == "__main__":
    run()
