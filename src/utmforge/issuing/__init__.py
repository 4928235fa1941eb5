"""From what a person asks for to links in the registry."""
