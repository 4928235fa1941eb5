"""`utmforge registry`, one file a subcommand."""

from utmforge.cli.commands.registry.app import app

__all__ = ["app"]
