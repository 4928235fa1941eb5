"""The command line: take, ask, show. One module a command."""
