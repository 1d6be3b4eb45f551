"""Pictures made small."""

from __future__ import annotations

import base64
import io
from pathlib import Path

import pytest
from PIL import Image

from modules.look.thumbnails import thumbnail
from modules.sdk.values import Device, Picture


def device(path: Path, media_type: str = "image/png") -> Device:
    return Device("", (Picture(path.name, media_type, path),))


@pytest.mark.parametrize(("mode", "format"), [("RGB", "PNG"), ("P", "GIF"), ("L", "JPEG"), ("RGBA", "PNG")])
def test_a_picture_becomes_small_and_keeps_its_shape(tmp_path: Path, mode: str, format: str) -> None:
    path = tmp_path / f"plot.{format.lower()}"
    Image.new(mode, (1600, 800)).save(path, format)
    made = thumbnail(device(path))
    assert (made["media_type"], made["why"]) == ("image/webp", "")
    small = Image.open(io.BytesIO(base64.b64decode(made["image"])))
    assert small.size == (480, 240)


def test_a_small_picture_is_not_made_larger(tmp_path: Path) -> None:
    path = tmp_path / "dot.png"
    Image.new("RGB", (20, 10)).save(path)
    assert Image.open(io.BytesIO(base64.b64decode(thumbnail(device(path))["image"]))).size == (20, 10)


def test_a_picture_too_large_to_unpack_or_broken_is_told_in_a_sentence(tmp_path: Path) -> None:
    large = tmp_path / "large.png"
    Image.new("1", (9000, 8000)).save(large)
    assert "9,000 × 8,000 pixels" in thumbnail(device(large))["why"]
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"\x89PNG\r\n\x1a\n and then nothing")
    made = thumbnail(device(broken))
    assert made["image"] is None
    assert made["why"].startswith("broken.png cannot be read as a picture")
