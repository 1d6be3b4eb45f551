"""Reads scripts as people write them, to help and to warn; executes nothing."""
