"""Own modules: those that people made of nodes and keep in their palette, in versions."""
