"""campaigns.toml."""
