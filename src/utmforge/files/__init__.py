"""Files and tables as people have them."""
