"""Spark as the engine of a measurement."""
