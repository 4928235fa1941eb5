"""A console whose two streams a test reads."""

from io import StringIO

from utmforge.output.console import Console
from utmforge.output.formats import Format


def console(fmt: Format) -> tuple[Console, StringIO, StringIO]:
    """Return a console, and what goes to stdout and to stderr."""
    stdout, stderr = StringIO(), StringIO()
    return Console("x", stdout=stdout, stderr=stderr, fmt=fmt, environment={}), stdout, stderr
