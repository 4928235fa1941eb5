"""Code that only makes linting faster; each module names its benchmark and its test."""
