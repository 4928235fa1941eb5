"""What exists only for speed: the slow way says the same."""
