"""A link as found in the wild: what it is."""
