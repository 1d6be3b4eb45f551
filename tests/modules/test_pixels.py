"""How large a picture is, found as those do who draw it."""

from __future__ import annotations

import base64
import io
import struct
from contextlib import suppress
from urllib.parse import quote

import pytest
from PIL import Image

from modules.sdk import pixels


def drawn(kind: str, size: tuple[int, int] = (40, 30), **more: object) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size).save(file, kind, **more)
    return file.getvalue()


def count(data: bytes, kind: str) -> int:
    return pixels.count(io.BytesIO(data), f"image/{kind}")


@pytest.mark.parametrize("kind", ["png", "jpeg", "gif"])
def test_what_is_drawn_is_found(kind):
    assert count(drawn(kind), kind) == 1200


def huge_jpeg(fill: bytes) -> bytes:
    """A head that says 60,000 by 60,000, after `fill`."""
    return b"\xff\xd8" + fill + b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, 60_000, 60_000, 1) + b"\x01\x11\0"


@pytest.mark.parametrize(
    "fill",
    [
        b"",
        b"\xff" * 5000,
        b"\xff\xfe\0\2" * 5000,
        b"\xff\x01" * 5000,
        b"not a marker at all",
        b"\xff\xe0\0\x10" + bytes(14),
    ],
)
def test_fillers_do_not_hide_the_size_of_a_jpeg(fill):
    assert count(huge_jpeg(fill), "jpeg") == 3_600_000_000


@pytest.mark.parametrize("fill", [b"\xff" * 100_000, b"\xff\xfe\0\2" * 20_000, b"x" * 100_000])
def test_a_size_that_nobody_would_look_so_far_for_is_refused(fill):
    with pytest.raises(pixels.Unknown):
        count(huge_jpeg(fill), "jpeg")


def gif(screen: tuple[int, int], *frames: tuple[int, int], colors: bool = False) -> bytes:
    flags, table = (0x80, bytes(6)) if colors else (0, b"")
    said = b"GIF89a" + struct.pack("<HHBBB", *screen, flags, 0, 0) + table
    for wide, high in frames:
        said += b"!\xf9\4\0\0\0\0\0" + b"," + struct.pack("<HHHHB", 0, 0, wide, high, flags) + table
        said += b"\2" + b"\2\x4c\1" + b"\0"
    return said + b";"


@pytest.mark.parametrize("colors", [False, True])
def test_a_frame_larger_than_its_screen_counts(colors):
    assert count(gif((1, 1), (5, 5), (60_000, 60_000), colors=colors), "gif") == 3_600_000_000
    assert count(gif((30, 40), (30, 40), (3, 4), colors=colors), "gif") == 1200


def test_all_frames_together_are_bounded_too():
    assert count(gif((1000, 1000), *[(1000, 1000)] * 500), "gif") == 50_000_000
    frames = [Image.new("RGB", (40, 30), (n, n, n)) for n in range(50)]
    for kind in ("gif", "png"):
        file = io.BytesIO()
        frames[0].save(file, kind, save_all=True, append_images=frames[1:])
        assert count(file.getvalue(), kind) in (6000, 1200)


PNG = drawn("png", (2000, 3000))


def svg(address: str, around: str = '<image href="{}"/>') -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg">{around.format(address)}</svg>'.encode()


ADDRESS = "data:image/png;base64," + base64.b64encode(PNG).decode()
HIDDEN = {
    "as it is": svg(ADDRESS),
    "in another quote": svg(ADDRESS, "<image xlink:href='{}'/>"),
    "after a blank": svg(" " + ADDRESS),
    "letters by number": svg("".join(f"&#{ord(c)};" for c in ADDRESS[:14]) + ADDRESS[14:]),
    "letters by hexadecimal number": svg("&#x64;&#x00061;ta&#x3a;" + ADDRESS[5:]),
    "line ends by number": svg("da&#10;ta&#9;:" + ADDRESS[5:]),
    "capitals": svg("DaTa:IMAGE/PNG;BASE64," + ADDRESS[22:]),
    "percent": svg("data:image/png," + quote(PNG)),
    "percent in base64": svg("data:image/png;base64,%69" + ADDRESS[23:]),
    "lines": svg(
        "data:image/png;base64,\n" + "\n".join(ADDRESS[22:][n : n + 76] for n in range(0, 9999, 76))
    ),
    "style": svg(ADDRESS, '<g style="mask-image:url({})"/>'),
    "style, quoted": svg(ADDRESS, '<style>g {{ filter: url( "{}" ) }}</style>'),
    "style, letters": svg("\\64 ata:" + ADDRESS[5:], "<style>g {{ mask: url({}) }}</style>"),
    "under another name": svg("data:text/plain;base64," + ADDRESS[22:]),
    "a second one": svg(
        ADDRESS, '<image href="data:image/gif;base64,R0lGODlhAQABAAAAADs="/><image href="{}"/>'
    ),
}


@pytest.mark.parametrize("how", HIDDEN)
def test_a_picture_in_a_drawing_counts(how):
    assert count(HIDDEN[how], "svg+xml") >= 6_000_000


@pytest.mark.parametrize(
    "drawing",
    [
        svg("data:image/svg+xml;base64,PHN2Zy8+"),
        svg("data:image/webp;base64,UklGRg=="),
        svg("data:image/png;base64,AAAA"),
        svg("data:,BM0000"),
        b'<!DOCTYPE svg [<!ENTITY a "data:">]>' + svg("&a;image/png"),
        svg(ADDRESS).decode().encode("utf-16"),
        b'<?xml version="1.0" encoding="UTF-7"?>' + svg("x"),
        svg('" /><image href="'.join(["data:image/gif;base64,R0lGODlhAQABAAAAADs="] * 1001)),
    ],
)
def test_what_cannot_be_looked_into_is_refused(drawing):
    with pytest.raises(pixels.Unknown):
        count(drawing, "svg+xml")


def test_what_nobody_can_draw_has_no_pixels():
    heads = {"png": b"\x89PNG\r\n\x1a\n" + b"x" * 2000, "gif": b"GIF89a", "jpeg": b"\xff\xd8\xff\xe0"}
    assert [count(head, kind) for kind, head in heads.items()] == [0, 0, 0]


def test_drawings_of_libraries_are_well():
    from matplotlib import pyplot

    figure = pyplot.figure()
    pyplot.imshow([[1, 2], [3, 4]])
    pyplot.title("data: a, b & 'data:c,d'")
    file = io.BytesIO()
    figure.savefig(file, format="svg")
    pyplot.close(figure)
    assert 0 < count(file.getvalue(), "svg+xml") < 1_000_000
    assert count(b'<?xml version="1.0" encoding="utf-8"?><svg><text>data: x, y</text></svg>', "svg+xml") == 0


@pytest.mark.parametrize("kind", ["png", "jpeg", "gif"])
def test_no_bytes_at_all_make_it_stop_or_fall(kind):
    whole = drawn(kind)
    for end in range(len(whole)):
        with suppress(pixels.Unknown):
            count(whole[:end], kind)
