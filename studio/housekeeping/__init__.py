"""What the store keeps, what takes the space, and cleaning up."""
