"""Links in and out of the registry: git, CSV, JSON lines, TOML, spreadsheets."""
