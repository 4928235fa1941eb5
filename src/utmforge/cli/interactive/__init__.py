"""Questions at a terminal."""
