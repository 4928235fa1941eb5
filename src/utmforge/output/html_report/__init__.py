"""The measurement as a page for a reader without a terminal: one file that asks for nothing."""
