"""Reports as analytics tools export them: tags and counts."""
