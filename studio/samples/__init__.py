"""The experiments that a new home opens with, and their data."""

MARK = "samples-loaded"
"""A file in STUDIO_HOME that says that the samples have been loaded, so that deleted ones stay away."""
