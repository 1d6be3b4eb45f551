"""A text file as UTF-8, whatever it was written in, packed or not; or a sentence why it is no text.

Nothing is held in memory: UTF-8 is mapped as it lies, everything else is turned into UTF-8 in a
scratch file, piece by piece, and that is mapped.
"""

from __future__ import annotations

import codecs
import io
import os
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import BinaryIO, NamedTuple

import pyarrow as pa

from modules.files.kinds import is_text, packing
from modules.files.spill import Scratch, mapped
from modules.sdk.errors import FileError

PIECE = 256 << 10  # stays in the processor's cache while it is looked through
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
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ": "an xz archive",
    b"<!DOCTYPE html": "a web page",
    b"<!doctype html": "a web page",
    b"<html": "a web page",
}
UNDEFINED = b"\x81\x8d\x8f\x90\x9d"  # no letters in Windows-1252
DOS_END = 0x1A
"""Old programs end a text with it."""
CONTROL = bytes(byte for byte in range(32) if byte not in b"\t\n\r\f\v\x1b\x1a")


class Text(NamedTuple):
    """A file's text: `data` in UTF-8 without a byte order mark, and whether a `"` is in it. `first`: the line
    of the file that it begins with, from 1."""

    data: pa.Buffer
    encoding: str
    quoted: bool
    first: int = 1

    def reader(self) -> io.TextIOWrapper:
        """The text from its beginning, line ends as they are."""
        return io.TextIOWrapper(pa.BufferReader(self.data), "utf-8", newline="")

    def after(self, lines: int) -> Text:
        """The text without its first lines. FileError where it has only these."""
        if not lines:
            return self
        with self.reader() as stream:
            size = sum(len(line.encode()) for line in islice(stream, lines))
        if size >= self.data.size:
            raise FileError(f"it has only the {lines} lines that are to be skipped")
        return self._replace(data=self.data.slice(size), first=self.first + lines)


def load_text(path: Path, scratch: Scratch | None = None, said: str | None = None) -> Text:
    """Opens a text file, plain or packed as .gz or .zst: in the encoding that somebody `said` it has, else
    UTF-8, -16 or -32, Windows-1252 or Latin-1.

    FileError where the file is empty or no text.
    """
    scratch = scratch or Scratch()
    raw = unpacked(path, scratch)
    if not raw.size:
        raise FileError("the file is empty")
    head = raw.slice(0, min(4096, raw.size)).to_pybytes()
    _refuse_other_formats(head)
    bom, encoding = next(((bom, name) for bom, name in BOMS if head.startswith(bom)), (b"", ""))
    encoding = said or encoding or _without_bom(head)
    raw = raw.slice(len(bom))
    while bom and raw.slice(0, len(bom)).to_pybytes() == bom:  # some programs write it twice
        raw = raw.slice(len(bom))
    if raw.size and raw[raw.size - 1] == DOS_END:
        raw = raw.slice(0, raw.size - 1)
    if encoding == "utf-8":
        if (quoted := _scan(raw)) is not None:
            return Text(raw, "utf-8", quoted)
        encoding = said or _single_byte(raw)
    data = _turned(raw, encoding, scratch)
    quoted = _scan(data)
    assert quoted is not None
    return Text(data, encoding, quoted)


def unpacked(path: Path, scratch: Scratch) -> pa.Buffer:
    """The bytes of a file, mapped; those in a .gz or .zst in place of itself."""
    with path.open("rb") as file:
        codec = packing(file.read(4))
        if not os.fstat(file.fileno()).st_size:
            return pa.py_buffer(b"")
        if codec is None:
            with pa.memory_map(str(path)) as whole:
                return whole.read_buffer()
    target = scratch.file()
    try:
        with (
            pa.OSFile(str(path)) as packed,
            pa.CompressedInputStream(packed, codec) as stream,
            os.fdopen(os.dup(target), "wb") as sink,
        ):
            _pour(stream, sink)
    except (pa.ArrowException, OSError) as error:
        os.close(target)
        if isinstance(error, OSError) and error.errno:
            raise
        raise FileError(f"the {codec} archive is damaged or cut off ({error})") from error
    return mapped(target)


def beginning(path: Path, most: int, scratch: Scratch) -> Path | None:
    """The first `most` bytes of a file, unpacked, as a file of their own, up to the last whole line; None
    where the file has no more than that and is not packed."""
    with path.open("rb") as file:
        codec = packing(file.read(4))
        if codec is None and os.fstat(file.fileno()).st_size <= most:
            return None
        file.seek(0)
        stream = pa.CompressedInputStream(pa.PythonFile(file), codec) if codec else file
        try:
            head = bytes(stream.read(most))
        except OSError as error:
            raise FileError(f"the {codec} archive is damaged ({error})") from error
    if len(head) == most:
        end = head.rfind(b"\n") + 1
        letter = 4 if head.startswith((BOMS[0][0], BOMS[1][0])) else 2 if b"\0" in head[:4] else 1
        head = head[: end + -end % letter] if end else head
    return scratch.named(head)


def _pour(stream: pa.NativeFile, sink: BinaryIO) -> None:
    while piece := stream.read(4 * PIECE):
        sink.write(piece)


def _refuse_other_formats(head: bytes) -> None:
    for magic, what in MAGIC.items():
        if head.startswith(magic) and not (magic.isalnum() and is_text(head)):  # a column may be named PAR1
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


def _pieces(data: pa.Buffer) -> Iterator[bytes]:
    for start in range(0, data.size, PIECE):
        yield data.slice(start, min(PIECE, data.size - start)).to_pybytes()


def _scan(data: pa.Buffer) -> bool | None:
    """Whether a quote is in UTF-8 text; None where it is not UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    quoted, open_letter = False, False
    for number, piece in enumerate(_pieces(data)):
        if b"\0" in piece:
            raise _no_text(_lines(data, number * PIECE) + piece[: piece.index(b"\0")].count(b"\n") + 1)
        quoted = quoted or b'"' in piece
        if open_letter or not piece.isascii():
            try:
                decoder.decode(piece)
            except UnicodeDecodeError:
                return None
            open_letter = bool(decoder.getstate()[0])
    return None if open_letter else quoted


def _lines(data: pa.Buffer, end: int) -> int:
    """How many lines end before that place."""
    return sum(piece.count(b"\n") for piece in _pieces(data.slice(0, end)))


def _single_byte(data: pa.Buffer) -> str:
    """Windows-1252 or Latin-1, for a file that is not UTF-8; FileError where it nearly is."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    broken = foreign = lines = 0
    line, latin = 0, False
    for number, piece in enumerate(_pieces(data)):
        if b"\0" in piece:
            raise _no_text(lines + piece[: piece.index(b"\0")].count(b"\n") + 1)
        latin = latin or any(byte in piece for byte in UNDEFINED)
        text = decoder.decode(piece, final=(number + 1) * PIECE >= data.size)
        found = text.count("\ufffd")
        if found and not broken:
            line = lines + text[: text.index("\ufffd")].count("\n") + 1
        broken += found
        foreign += len(text) - found - sum(map(text.count, set(filter(str.isascii, set(text)))))
        lines += text.count("\n")
    if foreign > 2 * broken:
        raise FileError(
            f"line {line} holds bytes that are not UTF-8, though the rest of the file is", line=line
        )
    head = data.slice(0, min(1 << 16, data.size)).to_pybytes()
    if sum(map(head.count, CONTROL)) > len(head) // 50:
        raise _no_text(1)
    return "latin-1" if latin else "cp1252"


def _turned(data: pa.Buffer, encoding: str, scratch: Scratch) -> pa.Buffer:
    """The text in UTF-8."""
    decoder = codecs.getincrementaldecoder(encoding)()
    target, lines = scratch.file(), 0
    with os.fdopen(os.dup(target), "wb") as sink:
        for number, piece in enumerate(_pieces(data)):
            try:
                text = decoder.decode(piece, final=(number + 1) * PIECE >= data.size)
            except UnicodeDecodeError as error:
                os.close(target)
                line = lines + piece[: error.start].decode(encoding, "replace").count("\n") + 1
                raise FileError(
                    f"the chosen encoding is {encoding.upper()}, but its bytes in line {line} are not",
                    line=line,
                ) from error
            lines += text.count("\n")
            sink.write(text.encode("utf-8", "replace"))
    return mapped(target)


BLANKS = re.compile(r'("(?:[^"]|"")*")|[ \t]*([\r\n]+)[ \t]*|[ \t]+')


def with_single_blanks(text: Text, scratch: Scratch) -> Text:
    """The text with one blank between values, where columns are lined up with several, and none around lines.
    What is in quotes stays as it is."""
    with text.reader() as stream:
        head = stream.read(PIECE)
    if not re.search(r"[ \t]{2,}|\t|^ | $", head, re.M):
        return text
    target = scratch.file()
    with os.fdopen(os.dup(target), "wb") as sink, text.reader() as stream:
        whole = BLANKS.sub(lambda found: found[1] or found[2] or " ", stream.read().strip(" \t"))
        sink.write(whole.encode())
    return text._replace(data=mapped(target))


def _no_text(line: int) -> FileError:
    return FileError(f"this is not a text file: line {line} holds bytes that no text has", line=line)
