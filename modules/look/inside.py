"""Looking into a bundle: its files, and one of them as text."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from modules.files.bundle import entries, read_entry, with_files
from modules.sdk.values import Bundle

LONGEST = 1 << 20
EXPORTED = "export.zip"


def bundle_files(bundle: Bundle) -> dict[str, Any]:
    """`{"entries": [{name, bytes}]}`, all of them."""
    return {"entries": [entry._asdict() for entry in entries(bundle)]}


def bundle_file(bundle: Bundle, name: str) -> dict[str, Any]:
    """`{"text", "bytes", "cut"}`, `text` null where the file is none; at most its first megabyte."""
    data = read_entry(bundle, name)
    start = data[:LONGEST]
    return {"text": _text(start, whole=len(data) <= LONGEST), "bytes": len(data), "cut": len(data) > LONGEST}


def changed_bundle(bundle: Bundle, files: Mapping[str, str], folder: Path) -> dict[str, Any]:
    """`{"file"}`: the name of a new zip in the folder, with other text in these of its files."""
    with_files(bundle, {name: text.encode() for name, text in files.items()}, folder / EXPORTED)
    return {"file": EXPORTED}


def _text(data: bytes, whole: bool) -> str | None:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    if b"\x00" in data:
        return None
    try:
        return io.TextIOWrapper(io.BytesIO(data), "utf-8-sig", errors="strict", newline="").read()
    except UnicodeDecodeError as error:
        if not whole and error.start > len(data) - 4:  # a character cut in two
            return data[: error.start].decode("utf-8-sig")
        return data.decode("latin-1")
