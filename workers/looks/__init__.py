"""Looks into artifacts and uploads for somebody who waits: pages, summaries, charts, previews."""
