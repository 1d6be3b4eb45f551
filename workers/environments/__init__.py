"""Environments: packages beside base's, resolved, installed and kept for the nodes that name them."""
