"""The naming convention, and names that look alike."""
