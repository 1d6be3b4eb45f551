"""How a node runs: which may start, its key, its lease, its execution, its commit."""
