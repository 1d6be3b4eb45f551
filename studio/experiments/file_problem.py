"""Why a document is no experiment file."""

from __future__ import annotations


class FileProblem(ValueError):
    """The document is not an experiment file; the message says where."""
