"""All that a module file may import."""
