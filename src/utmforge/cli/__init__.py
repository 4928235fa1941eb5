"""The command line: parse input, call a task, print the result. One module per command."""
