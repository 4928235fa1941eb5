"""`utmforge` and `python -m utmforge`."""

import sys


def run() -> None:
    """Run the command line and leave with its status."""
    from utmforge.cli.app import main  # noqa: PLC0415 - importing this module must cost nothing

    sys.exit(main())


if __name__ == "__main__":
    run()
