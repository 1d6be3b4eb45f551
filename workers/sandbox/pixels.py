"""How many pixels a picture has, by its head: a small file can say that it is a thousand times as large."""

from __future__ import annotations

import struct
from typing import BinaryIO

LENGTHLESS = {0x01, *range(0xD0, 0xD9)}
"""Markers of JPEG that nothing follows."""
FRAMES = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Markers of JPEG after which its size stands."""
MOST_SEGMENTS = 1000


def count(file: BinaryIO, media_type: str) -> int:
    """Width times height of a PNG, GIF or JPEG; 0 where the head says nothing of it."""
    reader = {"image/png": _png, "image/gif": _gif, "image/jpeg": _jpeg}.get(media_type)
    if reader is None:
        return 0
    file.seek(0)
    try:
        width, height = reader(file)
    except struct.error:
        return 0
    return width * height


def _png(file: BinaryIO) -> tuple[int, int]:
    _, _, chunk, width, height = struct.unpack(">8sI4sII", file.read(24))
    return (width, height) if chunk == b"IHDR" else (0, 0)


def _gif(file: BinaryIO) -> tuple[int, int]:
    _, width, height = struct.unpack("<6sHH", file.read(10))
    return width, height


def _jpeg(file: BinaryIO) -> tuple[int, int]:
    file.read(2)
    for _ in range(MOST_SEGMENTS):
        filler, marker = struct.unpack(">BB", file.read(2))
        while filler == marker == 0xFF:
            (marker,) = struct.unpack(">B", file.read(1))
        if marker in LENGTHLESS:
            continue
        (length,) = struct.unpack(">H", file.read(2))
        if marker in FRAMES:
            _, height, width = struct.unpack(">BHH", file.read(5))
            return width, height
        file.seek(length - 2, 1)
    return 0, 0
