"""Any link as found: what it is, and what to use instead."""
