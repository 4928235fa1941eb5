"""What exists only to be fast; `benchmarks/measure.py` is the reason for it."""
