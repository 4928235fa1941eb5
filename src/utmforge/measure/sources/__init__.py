"""Sources other than logs: what an analytics tool has already counted."""
