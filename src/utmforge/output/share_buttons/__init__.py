"""Share buttons for your own pages: HTML, CSS and JavaScript."""
