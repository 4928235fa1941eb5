"""Spark as the engine of a measurement: the same SQL, on a cluster or on this machine."""
