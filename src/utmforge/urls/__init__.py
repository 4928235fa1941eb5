"""A link as text: its tags, its parameters, its wrappers."""
