"""Formulas of an Excel sheet whose results are not in the file: some programs write none, and calamine tells
of such a cell as of an empty one."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from xml.etree import ElementTree

PIECE = 4 << 20
LONGEST = 64 << 10
"""Bytes that a cell with a formula may take."""
UNCOMPUTED = re.compile(
    rb'<c r="([A-Z]+)[0-9]+"[^>]*>\s*<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>'
)
RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def uncomputed(path: Path, sheet: str) -> dict[int, int]:
    """How many there are in each column of a sheet that has any, by its place from 0."""
    found: Counter[int] = Counter()
    try:
        with zipfile.ZipFile(path) as book, book.open(_part(book, sheet)) as stream:
            for piece in _pieces(stream):
                found.update(_place(cell[1]) for cell in UNCOMPUTED.finditer(piece))
    except (zipfile.BadZipFile, KeyError, ElementTree.ParseError, StopIteration):  # no .xlsx: .xls, .xlsb
        return {}
    return dict(found)


def _part(book: zipfile.ZipFile, sheet: str) -> str:
    """The name of the file in the workbook that holds a sheet."""
    # Read in the sandbox; and expat refuses entities that blow up.
    sheets = ElementTree.fromstring(book.read("xl/workbook.xml")).iter()  # noqa: S314
    id = next(one.get(RELATED) for one in sheets if one.tag.endswith("}sheet") and one.get("name") == sheet)
    related = ElementTree.fromstring(book.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    target = next(one.attrib["Target"] for one in related if one.get("Id") == id)
    return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    """The content in pieces, cut between cells."""
    rest = b""
    while piece := stream.read(PIECE):
        piece = rest + piece
        cut = piece.rfind(b"<c ")
        cut = cut if cut > 0 and len(piece) - cut < LONGEST else len(piece)
        yield piece[:cut]
        rest = piece[cut:]
    yield rest


def _place(letters: bytes) -> int:
    """
    >>> _place(b"A"), _place(b"AA")
    (0, 26)
    """
    place = 0
    for letter in letters:
        place = place * 26 + letter - 64
    return place - 1
