"""The names in a report beside those that were issued."""
