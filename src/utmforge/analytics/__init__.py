"""What analytics tools make of links: GA4's channel groups, readings, reports."""
