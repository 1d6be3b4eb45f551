"""Recommenders: ratings by users of items, learned and put in order."""
