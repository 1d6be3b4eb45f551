"""Environments: what packages scripts have beside base's."""
