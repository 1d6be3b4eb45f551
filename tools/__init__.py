"""What `make` calls: sets up whatever is missing, then checks, tests and locks. Not part of the product."""
