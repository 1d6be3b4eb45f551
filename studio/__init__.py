"""What is kept and served."""

__version__ = "0.2.0"
