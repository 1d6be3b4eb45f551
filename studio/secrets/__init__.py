"""Secrets of a workspace: passwords and keys that nodes are given by name."""
