"""What a worker does beside its nodes: watches leases, follows orders, prunes the store."""
