"""`utmforge` and `python -m utmforge`."""

import gc
import sys


def run() -> None:
    """Run the command line and exit with its status."""
    # Garbage collection while modules load finds nothing and takes 3 ms; `main` turns it on again.
    gc.disable()
    try:
        from utmforge.cli.app import main

        status = main()
    except KeyboardInterrupt:  # while modules load
        sys.stderr.write("\ninterrupted\n")
        status = 130
    sys.exit(status)


if __name__ == "__main__":
    run()
