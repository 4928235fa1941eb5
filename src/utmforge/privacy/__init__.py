"""What must not be in a link: personal data and secrets."""
