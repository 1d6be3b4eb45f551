"""What is kept and served."""
