"""The one door through which user code and user files are touched."""
