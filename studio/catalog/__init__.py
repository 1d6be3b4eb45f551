"""Modules as JSON: palette, form, help."""
