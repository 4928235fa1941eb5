"""Amounts, conversions that a user hands in, and what visits cost and earned."""
