"""Places outside from which tables come, and to which they go."""
