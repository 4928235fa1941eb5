"""`registry status`: what is in a registry."""
