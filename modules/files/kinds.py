"""Which format a file seems to have, by its name and its first bytes."""

from __future__ import annotations

import codecs
import re
import zlib
from collections.abc import Sequence

import pyarrow as pa

from modules.files.formats import ENDINGS, FORMATS, PACKINGS, Format

ZIP = b"PK\x03\x04"
SVMLIGHT = re.compile(rb"[+-]?[0-9.eE+-]+(,[0-9.]+)*(\s+(qid|[0-9]+):\S+)+\s*(#.*)?")
NUMERIC = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?|NA|NaN|nan")

CODECS = {".gz": "gzip", ".zst": "zstd"}
"""By a packing's ending, what Arrow calls it."""


def packing(head: bytes) -> str | None:
    """How a file is packed that begins like this: "gzip", "zstd", or not at all.

    >>> packing(b"\\x1f\\x8b\\x08\\0"), packing(b"a,b")
    ('gzip', None)
    """
    return next((CODECS[ending] for ending, magic in PACKINGS.items() if head.startswith(magic)), None)


def guess(name: str, head: bytes) -> str:
    """The kind of a file by its ending, unless its first bytes say that it cannot be; else by these.

    >>> guess("sales.nh.csv", b""), guess("data", b"PK\\x03\\x04"), guess("data", b"a\\tb\\n1\\t2\\n")
    ('csv-no-header', 'zip', 'tsv')
    >>> guess("sales.csv", b"PAR1\\x15\\0"), guess("sales.xlsx", b"a;b\\n1;2\\n")
    ('parquet', 'csv')
    """
    lower = name.lower()
    for ending in PACKINGS:
        lower = lower.removesuffix(ending)
    head = _unpacked(head)
    said = next((format for ending, format in ENDINGS.items() if lower.endswith(ending)), None)
    begins = None if is_text(head) else _binary(head)
    if said and begins and said.package and begins.package:
        return said.name
    if said and said.binary and is_text(head) and (table := _text(head)) != "text" and b"\n" in head.strip():
        return table
    known = begins or said
    return known.name if known else _text(head)


def _binary(head: bytes) -> Format | None:
    """The format that begins like this, if it is none of text."""
    if head.startswith(ZIP):
        return FORMATS["xlsx" if b"xl/" in head or b"[Content_Types].xml" in head else "zip"]
    return next((format for format in FORMATS.values() if head.startswith(format.magic)), None)


def is_text(head: bytes) -> bool:
    """Whether it is UTF-8 for certain. (R data may be written as text too.)"""
    if not head.strip() or head.startswith((b"A\n", b"RDA")) or min(head) < 9:
        return False
    return "\ufffd" not in codecs.getincrementaldecoder("utf-8")("replace").decode(head)


def _text(head: bytes) -> str:
    if head.lstrip().lower().startswith((b"@relation", b"%")):
        return "arff"
    lines = [line for line in head.splitlines() if line.strip()]
    if lines and lines[0].lstrip().startswith(b"{"):
        return "jsonl"
    if lines and lines[0].lstrip().startswith(b"["):
        return "json"
    whole = lines[:-1] or lines  # the last one may be cut off
    if whole and all(SVMLIGHT.fullmatch(line.strip()) for line in whole):
        return "svmlight"
    for separator, kind in ((b"\t", "tsv"), (b",", "csv"), (b";", "csv")):
        if whole and whole[0].count(separator) and len({line.count(separator) for line in whole}) == 1:
            return kind
    if is_spaced([line.decode("utf-8", "replace") for line in whole]):
        headless = all(NUMERIC.fullmatch(field) for field in whole[0].decode("utf-8", "replace").split())
        return "csv-no-header" if headless else "csv"
    return "csv" if whole and b"," in whole[0] else "text"


def is_spaced(lines: Sequence[str]) -> bool:
    """Whether blanks separate values: all lines have as many, and below the first line a third of the columns
    and more, of two both, are numbers. Else blanks stand in texts.

    >>> is_spaced(["x  y", "1  2", "10 20"]), is_spaced(["full name", "Ann Lee"])
    (True, False)
    """
    rows = [line.split() for line in lines if line.strip()]
    if len(rows) < 2 or len(rows[0]) < 2 or len({len(row) for row in rows}) > 1:
        return False
    columns = list(zip(*rows[1:], strict=True))
    numbers = sum(all(NUMERIC.fullmatch(value) for value in column) for column in columns)
    return numbers == len(columns) if len(columns) == 2 else 3 * numbers >= len(columns)


def _unpacked(head: bytes) -> bytes:
    """The first bytes of what is packed, as far as they are there."""
    codec = packing(head)
    if codec is None:
        return head
    if codec == "gzip":
        try:
            return zlib.decompressobj(wbits=31).decompress(head, 4096)
        except zlib.error:
            return b""
    with pa.CompressedInputStream(pa.BufferReader(head), codec) as stream:
        try:
            return bytes(stream.read(4096))
        except OSError:
            return b""
