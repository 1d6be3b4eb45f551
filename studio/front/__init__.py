"""What a stranger meets before anything knows who asks: connections, heads, hosts, lengths, credentials."""
