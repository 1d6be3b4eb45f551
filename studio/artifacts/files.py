"""Sending stored files: streamed, with a name to save them under, and harmless to the page."""

from __future__ import annotations

from pathlib import Path

from django.http import FileResponse


def send_file(path: Path, content_type: str, name: str | None = None, *, kept: bool = True) -> FileResponse:
    """`name` makes it a download. The policy lets an SVG neither run scripts nor load anything."""
    answer = FileResponse(
        path.open("rb"), content_type=content_type, as_attachment=name is not None, filename=name or ""
    )
    answer["Content-Security-Policy"] = (
        "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    )
    answer["X-Content-Type-Options"] = "nosniff"
    if kept:
        answer["Cache-Control"] = "private, max-age=31536000, immutable"
    return answer
