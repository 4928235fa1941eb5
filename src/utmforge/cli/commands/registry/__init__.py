"""`utmforge registry`, one file per subcommand."""

from utmforge.cli.commands.registry.app import app

__all__ = ["app"]
