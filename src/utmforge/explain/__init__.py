"""Explain a link that was found somewhere: what it is, and which link to use instead."""
