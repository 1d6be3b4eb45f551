"""Starts, watches and stops the processes that make up Studio on one machine."""
