"""Distinct user agents, referrers and pages → what they say about a visit."""
