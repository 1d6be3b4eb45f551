"""Sending stored files: streamed, with a name to save them under, and harmless to the page."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import BinaryIO

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from studio.database.pool import give_back
from studio.text import file_name

CHUNK = 1 << 18
FOREVER = "private, max-age=31536000, immutable"


def send_file(
    path: Path, content_type: str, name: str | None = None, *, kept: bool = True
) -> StreamingHttpResponse:
    """`name` makes it a download."""
    file = path.open("rb")
    # Not Django's FileResponse: under ASGI that is read into memory as a whole before it is sent.
    answer = send_parts(_parts(file), content_type, name, kept=kept)
    answer["Content-Length"] = str(os.fstat(file.fileno()).st_size)
    return answer


def send_parts(
    parts: AsyncIterator[bytes], content_type: str, name: str | None = None, *, kept: bool = True
) -> StreamingHttpResponse:
    """An answer whose body comes in parts. The policy lets an SVG neither run scripts nor load anything."""
    give_back()  # sending takes as long as the browser does
    answer = StreamingHttpResponse(parts, content_type=content_type)
    _make_harmless(answer)
    if name is not None:
        answer["Content-Disposition"] = (
            content_disposition_header(as_attachment=True, filename=file_name(name)) or ""
        )
    if kept:
        answer["Cache-Control"] = FOREVER
    return answer


def send_bytes(data: bytes, content_type: str) -> HttpResponse:
    """An answer of bytes that are small and at hand, and never change."""
    answer = HttpResponse(data, content_type=content_type)
    _make_harmless(answer)
    answer["Cache-Control"] = FOREVER
    return answer


def _make_harmless(answer: HttpResponseBase) -> None:
    answer["Content-Security-Policy"] = (
        "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    )
    answer["X-Content-Type-Options"] = "nosniff"


async def _parts(file: BinaryIO) -> AsyncIterator[bytes]:
    with file:
        while part := await asyncio.to_thread(file.read, CHUNK):
            yield part
