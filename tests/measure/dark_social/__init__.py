"""Tests of `utmforge.measure.dark_social`."""
