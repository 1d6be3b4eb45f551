"""The pictures inside a drawing (SVG), found without reading it as XML.

A drawing is text that names pictures as `data:` addresses. Whoever shows it undoes XML's and CSS's ways to
write a letter, so these are undone first. What cannot be looked into is refused: entities of its own, another
encoding, pictures of another kind, drawings in drawings.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO
from urllib.parse import unquote_to_bytes

KNOWN = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF8": "image/gif"}
OTHERS = re.compile(rb"RIFF....WEBP|BM|\0\0[\1\2]\0|....ftyp", re.DOTALL)
"""How pictures begin that are drawn too, whatever type an address says."""
MOST = 1000
"""Pictures in one drawing."""

ADDRESS = re.compile(rb"[\"'(=] *data:([^,\"'<>)]*),([^\"'<>)]*)", re.IGNORECASE)
XML_LETTER = re.compile(rb"&(?:#x0*([0-9a-f]{1,6})|#0*([0-9]{1,7})|(quot|apos|amp|lt|gt));?", re.IGNORECASE)
CSS_LETTER = re.compile(rb"\\(?:([0-9a-f]{1,6}) ?|([^0-9a-f]))", re.IGNORECASE)
COMMENT = re.compile(rb"/\*.*?\*/", re.DOTALL)
LINE_ENDS = b"\t\r\n"
"""Left out of an address, wherever they are."""
NAMED = {b"quot": b'"', b"apos": b"'", b"amp": b"&", b"lt": b"<", b"gt": b">"}


class Refused(ValueError):
    """The drawing has something that cannot be looked into."""


def pictures(file: BinaryIO) -> Iterator[tuple[str, BinaryIO]]:
    """Media type and bytes of each picture that the drawing carries."""
    text = file.read()
    declared = re.match(rb"(?:\xef\xbb\xbf)?\s*<\?xml[^>]*encoding\s*=\s*[\"']([^\"']*)", text)
    if b"\0" in text or (declared and declared[1].lower() not in (b"utf-8", b"us-ascii", b"ascii")):
        raise Refused("the drawing is not in UTF-8")
    if re.search(rb"<!ENTITY|<\?xml-stylesheet", text, re.IGNORECASE):
        raise Refused("the drawing has entities or a style sheet of its own")
    for seen, (head, body) in enumerate(_addresses(text)):
        if seen >= MOST:
            raise Refused("the drawing has too many pictures")
        if found := _picture(head.decode("latin-1"), body):
            yield found


def _addresses(text: bytes) -> Iterator[tuple[bytes, bytes]]:
    """With every way to write a letter undone: XML's, then CSS's."""
    if b"&" in text:
        text = XML_LETTER.sub(lambda found: NAMED.get((found[3] or b"").lower()) or _letter(found), text)
    if b"\\" in text or b"/*" in text:
        text = CSS_LETTER.sub(lambda found: found[2] or _letter(found), COMMENT.sub(b"", text))
    for found in ADDRESS.finditer(text.translate(None, LINE_ENDS)):
        yield found[1], found[2]


def _letter(found: re.Match[bytes]) -> bytes:
    """What matters here is ASCII."""
    hexadecimal = found.re is CSS_LETTER or found[1]
    code = int(found[1] or found[2], 16 if hexadecimal else 10)
    return bytes((code,)) if code < 128 else b"?"


def _picture(head: str, body: bytes) -> tuple[str, BinaryIO] | None:
    kind, *options = (part.strip().lower() for part in head.split(";"))
    data = unquote_to_bytes(body)
    if "base64" in options:
        try:
            data = base64.b64decode(b"".join(data.split()).rstrip(b"=") + b"==")
        except binascii.Error:
            raise Refused("the drawing carries a picture that cannot be read") from None
    for start, found in KNOWN.items():
        if data.startswith(start):
            return found, BytesIO(data)
    if kind.startswith("image/") or OTHERS.match(data):
        raise Refused(f"the drawing carries a picture of another kind ({kind!r:.60})")
    return None
