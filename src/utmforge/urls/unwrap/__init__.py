"""Find the link in a text that was copied."""
