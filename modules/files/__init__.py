"""Readers: an uploaded file becomes a table or a bundle. Runs inside the sandbox only."""
