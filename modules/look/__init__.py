"""Looking at a table: a page of rows, a summary, an export. Runs inside the sandbox only."""

from modules.look.exports import export
from modules.look.pages import page
from modules.look.summaries import summary

__all__ = ["export", "page", "summary"]
