"""Share buttons for one's own pages: HTML, CSS and JavaScript."""
