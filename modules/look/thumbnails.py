"""A picture made small, to be seen at a glance."""

from __future__ import annotations

import base64
import io
from typing import Any

from modules.sdk.errors import ModuleError
from modules.sdk.values import Device

SIZE = (480, 360)
"""Pixels at most: twice as many as a card on the canvas has, for sharp screens."""
MOST_PIXELS = 64_000_000
"""A larger picture is not unpacked: it would take more memory than a look is worth."""
READABLE = ("PNG", "JPEG", "GIF")


def thumbnail(device: Device) -> dict[str, Any]:
    """`{"image": base64 | None, "media_type", "why"}` of its first picture; `why` says why there is none."""
    from PIL import Image  # needed by nobody else here

    if not device.pictures:
        raise ModuleError("There is no such picture.")
    picture = device.pictures[0]
    if picture.media_type == "image/svg+xml":
        return _none(f"{picture.name} is a large drawing; there is no small picture of it. Open it.")
    Image.MAX_IMAGE_PIXELS = None  # counted below, and answered in a sentence
    try:
        with Image.open(picture.path, formats=READABLE) as image:
            if image.width * image.height > MOST_PIXELS:
                return _none(
                    f"{picture.name} has {image.width:,} × {image.height:,} pixels; "
                    "there is no small picture of one that large. Open it."
                )
            image.draft("RGB", SIZE)
            small = image.convert("RGBA")
    except Exception as error:
        return _none(f"{picture.name} cannot be read as a picture: {error}.")
    small.thumbnail(SIZE, Image.Resampling.LANCZOS, reducing_gap=2.0)
    file = io.BytesIO()
    small.save(file, "WEBP", quality=85, method=2)
    return {"image": base64.b64encode(file.getvalue()).decode(), "media_type": "image/webp", "why": ""}


def _none(why: str) -> dict[str, Any]:
    return {"image": None, "media_type": "", "why": why}
