"""Where links stand in documents."""
