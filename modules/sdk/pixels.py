"""How many pixels a picture has, without drawing it: a small file can say that it is very large.

A picture whose size would have to be looked for too far is not taken: whoever draws it may find one. One that
ends before its size has none, for them too.
"""

from __future__ import annotations

import struct
from typing import BinaryIO

from modules.sdk import drawings

LENGTHLESS = {0x01, *range(0xD0, 0xD9)}
"""Markers of JPEG that nothing follows."""
FRAMES = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Markers of JPEG after which its size stands."""
MOST_SEGMENTS = 10_000
MOST_FILLERS = 64 << 10
MOVING = 10
"""Times the pixels of a still picture that all frames of a moving one may have: one is drawn at a time."""
CHUNK = 64 << 10


class Unknown(ValueError):
    """The picture says how large it is where nobody would look so far, or it cannot be looked into."""


def count(file: BinaryIO, media_type: str) -> int:
    """Width times height of a PNG, GIF or JPEG, of its largest frame where it has several, or what all its
    frames come to; of the pictures in a drawing (SVG) together. 0 where it ends before it says so."""
    file.seek(0)
    try:
        match media_type:
            case "image/png":
                return _png(file)
            case "image/gif":
                return _gif(file)
            case "image/jpeg":
                return _jpeg(file)
            case _:
                return sum(count(inside, kind) for kind, inside in drawings.pictures(file))
    except struct.error:
        return 0
    except drawings.Refused as error:
        raise Unknown(str(error)) from None


def _png(file: BinaryIO) -> int:
    """The head; a moving one (APNG) has frames, each no larger than the whole."""
    _, _, chunk, width, height = struct.unpack(">8sI4sII", file.read(24))
    if chunk != b"IHDR":
        return 0  # nobody draws it
    file.seek(33)
    for _ in range(MOST_SEGMENTS):
        head = file.read(8)
        if len(head) < 8:
            break
        length, kind = struct.unpack(">I4s", head)
        if kind in (b"IDAT", b"IEND"):
            break
        if kind == b"acTL":
            (frames,) = struct.unpack(">I", file.read(4))
            return _moving(width * height, width * height * int(frames))
        file.seek(length + 4, 1)
    return int(width * height)


def _gif(file: BinaryIO) -> int:
    """The screen, and every frame: one may be larger than its screen."""
    _, width, height, flags, _, _ = struct.unpack("<6sHHBBB", file.read(13))
    _skip_colors(file, flags)
    largest = width * height
    together = 0
    while (introducer := file.read(1)) not in (b"", b";"):
        if introducer == b"!":
            file.read(1)
        elif introducer == b",":
            if len(frame := file.read(9)) < 9:
                break
            left, top, wide, high, flags = struct.unpack("<HHHHB", frame)
            largest = max(largest, (left + wide) * (top + high))
            together += max(width * height, wide * high)
            _skip_colors(file, flags)
            file.read(1)
        else:
            break  # whoever draws it ends here too
        _skip_blocks(file)
    return _moving(largest, together)


def _skip_colors(file: BinaryIO, flags: int) -> None:
    if flags & 0x80:
        file.seek(3 << (flags & 7) + 1, 1)


def _skip_blocks(file: BinaryIO) -> None:
    while size := file.read(1):
        if size == b"\0":
            return
        file.seek(size[0], 1)


def _jpeg(file: BinaryIO) -> int:
    file.read(2)
    fillers = 0
    for _ in range(MOST_SEGMENTS):
        marker = _next_marker(file)
        if marker in LENGTHLESS:
            fillers += 1
            continue
        (length,) = struct.unpack(">H", file.read(2))
        if marker in FRAMES:
            _, height, width = struct.unpack(">BHH", file.read(5))
            if not height:
                raise Unknown("its height stands after its lines")
            return int(width * height)
        file.seek(max(0, length - 2), 1)
    raise Unknown("it has too many parts before its size")


def _next_marker(file: BinaryIO) -> int:
    """Readers skip what is between two parts, and any number of fill bytes: so does this, up to a bound."""
    seen = b""
    for _ in range(MOST_FILLERS):
        byte = file.read(1)
        if not byte:
            raise struct.error
        if seen == b"\xff" and byte not in (b"\xff", b"\0"):
            return byte[0]
        seen = byte
    raise Unknown("it has too much before its size")


def _moving(largest: int, together: int) -> int:
    return max(largest, -(-together // MOVING))
