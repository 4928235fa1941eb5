"""Links and files as people have them."""
