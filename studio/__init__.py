"""What is kept and served."""

__version__ = "0.1.0"
