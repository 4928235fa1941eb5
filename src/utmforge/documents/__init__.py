"""Find the links in documents."""
