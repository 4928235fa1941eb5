"""Formats of web server logs: one small file for each, and the list of them in `catalogue`."""
