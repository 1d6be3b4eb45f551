"""What nodes leave on their ports, found by content."""
