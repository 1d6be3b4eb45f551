"""The document a person edits: a name and a graph."""
