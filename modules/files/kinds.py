"""The kinds of files that may be uploaded, and which one a file seems to be; the web side imports it."""

from __future__ import annotations

import codecs
import re
import zlib
from collections.abc import Sequence

import pyarrow as pa

KINDS = {
    "csv": "CSV with a header",
    "csv-no-header": "CSV without a header",
    "tsv": "TSV with a header",
    "tsv-no-header": "TSV without a header",
    "arff": "ARFF",
    "svmlight": "SVMLight",
    "xlsx": "Excel workbook",
    "parquet": "Parquet",
    "arrow": "Arrow or Feather",
    "jsonl": "JSON Lines",
    "json": "JSON (a list of records)",
    "rdata": "R data (RDS or RData)",
    "zip": "Zip (a script bundle)",
    "text": "Plain text",
}

ENDINGS = {
    ".nh.csv": "csv-no-header",
    ".nh.tsv": "tsv-no-header",
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".psv": "csv",
    ".arff": "arff",
    ".svmlight": "svmlight",
    ".libsvm": "svmlight",
    ".svm": "svmlight",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".parquet": "parquet",
    ".arrow": "arrow",
    ".feather": "arrow",
    ".ipc": "arrow",
    ".arrows": "arrow",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".rds": "rdata",
    ".rdata": "rdata",
    ".rda": "rdata",
    ".zip": "zip",
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".log": "text",
}

BINARY = {"xlsx", "parquet", "arrow", "rdata", "zip"}
"""Kinds that are no text, and begin with bytes of their own."""
PACKAGES = {"xlsx", "zip"}
"""Kinds that are a zip; its ending says what for."""

SVMLIGHT = re.compile(rb"[+-]?[0-9.eE+-]+(,[0-9.]+)*(\s+(qid|[0-9]+):\S+)+\s*(#.*)?")
NUMERIC = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?|NA|NaN|nan")

PACKED = {b"\x1f\x8b": "gzip", b"\x28\xb5\x2f\xfd": "zstd"}


def packing(head: bytes) -> str | None:
    """How a file is packed that begins like this: "gzip", "zstd", or not at all.

    >>> packing(b"\\x1f\\x8b\\x08\\0"), packing(b"a,b")
    ('gzip', None)
    """
    return next((codec for magic, codec in PACKED.items() if head.startswith(magic)), None)


def guess(name: str, head: bytes) -> str:
    """The kind of a file by its ending, unless its first bytes say that it cannot be; else by these.

    >>> guess("sales.nh.csv", b""), guess("data", b"PK\\x03\\x04"), guess("data", b"a\\tb\\n1\\t2\\n")
    ('csv-no-header', 'zip', 'tsv')
    >>> guess("sales.csv", b"PAR1\\x15\\0"), guess("sales.xlsx", b"a;b\\n1;2\\n")
    ('parquet', 'csv')
    """
    lower = name.lower().removesuffix(".gz").removesuffix(".zst")
    head = _unpacked(head)
    said = next((kind for ending, kind in ENDINGS.items() if lower.endswith(ending)), None)
    begins = None if is_text(head) else _binary(head)
    if said in PACKAGES and begins in PACKAGES:
        return said
    if said in BINARY and is_text(head) and (table := _text(head)) != "text" and b"\n" in head.strip():
        return table
    return begins or said or _text(head)


def _binary(head: bytes) -> str | None:
    """The kind that begins like this, if it is none of text."""
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith((b"RDX2", b"RDX3", b"RDA2", b"RDA3", b"X\n\0\0\0")):
        return "rdata"
    if head.startswith((b"ARROW1", b"FEA1")):
        return "arrow"
    if head.startswith(b"\xd0\xcf\x11\xe0"):  # an .xls, or an .xlsx with a password
        return "xlsx"
    if head.startswith(b"PK\x03\x04"):
        return "xlsx" if b"xl/" in head or b"[Content_Types].xml" in head else "zip"
    return None


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
