"""What exists only to be fast; each module names its benchmark and its law."""
