"""A text file as UTF-8 in memory, whatever it was written in; or a sentence why it is no text."""

from __future__ import annotations

import codecs
import io
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from modules.sdk.errors import FileError

PIECE = 4 << 20
BOMS = [
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
]
MAGIC = {
    b"PK\x03\x04": "a zip archive or an Office document",
    b"PAR1": "a Parquet file",
    b"ARROW1": "an Arrow file",
    b"\x1f\x8b": "a gzip archive",
    b"\x28\xb5\x2f\xfd": "a Zstandard archive",
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\xd0\xcf\x11\xe0": "an old Office document",
    b"\x7fELF": "a program",
    b"SQLite format 3": "an SQLite database",
}


class Text(NamedTuple):
    """A file's text: `data` in UTF-8 without a byte order mark, and how many `"` are in it."""

    data: pa.Buffer
    encoding: str
    quotes: int

    def reader(self) -> io.TextIOWrapper:
        """The text from its beginning, line ends as they are."""
        return io.TextIOWrapper(pa.BufferReader(self.data), "utf-8", newline="")


def load_text(path: Path) -> Text:
    """Reads a text file. UTF-8 is mapped, not read; UTF-16, UTF-32, Windows-1252 and Latin-1 are
    turned into UTF-8. FileError where the file is empty or no text.
    """
    with path.open("rb") as file:
        head = file.read(4096)
    if not head:
        raise FileError("the file is empty")
    _refuse_other_formats(head)
    bom, encoding = next(((bom, name) for bom, name in BOMS if head.startswith(bom)), (b"", ""))
    encoding = encoding or _without_bom(head)
    if encoding == "utf-8":
        quotes = _scan(path, len(bom))
        if quotes is not None:
            with pa.memory_map(str(path)) as mapped:
                return Text(mapped.read_buffer().slice(len(bom)), "utf-8", quotes)
        encoding = _single_byte(path)
    raw = path.read_bytes()[len(bom) :]
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        line = raw.decode(encoding, "replace")[: error.start].count("\n") + 1
        raise FileError(
            f"the file says it is {encoding.upper()}, but its bytes are not", line=line
        ) from error
    if "\0" in text:
        raise _no_text(text[: text.index("\0")].count("\n") + 1)
    return Text(pa.py_buffer(text.encode("utf-8", "replace")), encoding, text.count('"'))


def _refuse_other_formats(head: bytes) -> None:
    for magic, what in MAGIC.items():
        if head.startswith(magic):
            raise FileError(f"this is {what}, not a text file; choose the type that fits it")


def _without_bom(head: bytes) -> str:
    """UTF-16 shows by its zeros: every other byte of Western text is one."""
    pairs = len(head) // 2
    even, odd = head[0 : 2 * pairs : 2].count(0), head[1 : 2 * pairs : 2].count(0)
    if pairs and odd > 0.4 * pairs and even == 0:
        return "utf-16-le"
    if pairs and even > 0.4 * pairs and odd == 0:
        return "utf-16-be"
    return "utf-8"


def _scan(path: Path, skip: int) -> int | None:
    """The number of quotes in a file of UTF-8 text; None where it is not UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    quotes = lines = 0
    with path.open("rb") as file:
        file.seek(skip)
        while piece := file.read(PIECE):
            if b"\0" in piece:
                raise _no_text(lines + piece[: piece.index(b"\0")].count(b"\n") + 1)
            quotes += piece.count(b'"')
            lines += piece.count(b"\n")
            try:
                decoder.decode(piece)
            except UnicodeDecodeError:
                return None
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return None
    return quotes


def _single_byte(path: Path) -> str:
    """Windows-1252 or Latin-1, for a file that is not UTF-8; FileError where it nearly is."""
    raw = path.read_bytes()
    if b"\0" in raw:
        raise _no_text(raw[: raw.index(b"\0")].count(b"\n") + 1)
    text = raw.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    if sum(byte >= 0xC0 for byte in text.replace("\ufffd", "").encode()) > 2 * broken:
        line = text[: text.index("\ufffd")].count("\n") + 1
        raise FileError(
            f"line {line} holds bytes that are not UTF-8, though the rest of the file is", line=line
        )
    control = sum(raw[: 1 << 16].count(byte) for byte in range(32) if byte not in b"\t\n\r\f\v\x1b\x1a")
    if control > len(raw[: 1 << 16]) // 50:
        raise _no_text(1)
    return "latin-1" if any(byte in raw for byte in b"\x81\x8d\x8f\x90\x9d") else "cp1252"


def _no_text(line: int) -> FileError:
    return FileError(f"this is not a text file: line {line} holds bytes that no text has", line=line)
