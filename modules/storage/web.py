"""A file at an address of the web."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from modules.storage.failing import telling

SECONDS = 60


def fetch(url: str, token: str, to: Path) -> None:
    """Writes it to a file. `token`: what stands in the Authorization header, at the first host only; empty is
    none."""
    with telling(url, "url"), _ask("get", url, token) as answer:
        answer.raise_for_status()
        answer.raw.decode_content = True
        with to.open("wb") as file:
            shutil.copyfileobj(answer.raw, file, 1 << 20)


def mark(url: str, token: str) -> str | None:
    """Its ETag, else when it was changed and how long it is; None where the server says neither."""
    with _ask("head", url, token) as answer:
        if not answer.ok:
            return None
        told = answer.headers
        if tag := told.get("ETag"):
            return str(tag)
        changed = told.get("Last-Modified")
        return f"{changed} {told.get('Content-Length', '')}" if changed else None


def _ask(method: str, url: str, token: str) -> Any:
    import requests

    headers = {"Authorization": token, "User-Agent": "Studio"} if token else {"User-Agent": "Studio"}
    return requests.request(method, url, headers=headers, stream=True, timeout=SECONDS, allow_redirects=True)
