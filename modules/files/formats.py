"""The formats of files that may be uploaded: all that is known of each, in one place.

A format's name is the contract's `type` of a dataset. Everything else follows from this list: what an ending
means, which code reads it, what a person may say of it, what the page offers. The web side imports this file,
so a format's own code is imported only when it is needed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from modules.sdk.values import Bundle, Table

Reader = Callable[..., Table | Bundle]


@dataclass(frozen=True)
class Format:
    """One format.

    `label`, `short`: its name on the page. `endings`: of file names, the first one also names files that are
    written. `reader`: imports and returns the function that reads a file; `options` go to that function.

    Of the function: `settings`, which members of a `Reading` it understands, besides those of every table;
    `shapes`: it renames and types columns itself; `takes_absent`: the type that it finds for a column depends
    on which texts mean missing; `reports`: it tells how it read, or sets rows apart.

    Of the file: `kind`, which wire type is made of it; `text`: it is text, in some encoding, perhaps packed;
    `magic`: how it begins if it is none; `package`: it is a zip inside; `typed`: it says the columns' types;
    `in_part`: how a large one is looked at: its first bytes ("head"), its first rows ("rows"), or only whole.
    """

    name: str
    label: str
    short: str
    endings: tuple[str, ...]
    reader: Callable[[], Reader]
    options: Mapping[str, Any] = field(default_factory=dict)
    settings: frozenset[str] = frozenset()
    shapes: bool = False
    takes_absent: bool = False
    reports: bool = False
    kind: Literal["table", "bundle"] = "table"
    text: bool = False
    magic: tuple[bytes, ...] = ()
    package: bool = False
    typed: bool = False
    in_part: Literal["head", "rows", "no"] = "no"

    @property
    def binary(self) -> bool:
        return not self.text


def _delimited() -> Reader:
    from modules.files.delimited import read_delimited

    return read_delimited


def _arff() -> Reader:
    from modules.files.arff_file import read_arff

    return read_arff


def _svmlight() -> Reader:
    from modules.files.svmlight import read_svmlight

    return read_svmlight


def _xlsx() -> Reader:
    from modules.files.xlsx import read_xlsx

    return read_xlsx


def _parquet() -> Reader:
    from modules.files.parquet import read_parquet

    return read_parquet


def _arrow() -> Reader:
    from modules.files.arrow import read_arrow

    return read_arrow


def _jsonl() -> Reader:
    from modules.files.jsonl import read_jsonl

    return read_jsonl


def _json() -> Reader:
    from modules.files.json_records import read_json

    return read_json


def _r_data() -> Reader:
    from modules.files.r_data import read_r_data

    return read_r_data


def _zip() -> Reader:
    from modules.files.bundle import read_zip

    return read_zip


def _plain_text() -> Reader:
    from modules.files.plain_text import read_plain_text

    return read_plain_text


CSV = Format(
    "csv",
    "CSV, first row is the header",
    "CSV",
    (".csv", ".psv"),
    _delimited,
    {"delimiter": None, "header": True},
    frozenset({"delimiter", "skip", "text", "encoding"}),
    shapes=True,
    reports=True,
    text=True,
    in_part="head",
)
TSV = replace(
    CSV,
    name="tsv",
    label="TSV, first row is the header",
    short="TSV",
    endings=(".tsv", ".tab"),
    options={"delimiter": "\t", "header": True},
)
ENCODED = frozenset({"encoding"})

ALL = (
    CSV,
    replace(
        CSV,
        name="csv-no-header",
        label="CSV without a header",
        short="CSV, no header",
        endings=(".nh.csv",),
        options={"delimiter": None, "header": False},
    ),
    TSV,
    replace(
        TSV,
        name="tsv-no-header",
        label="TSV without a header",
        short="TSV, no header",
        endings=(".nh.tsv",),
        options={"delimiter": "\t", "header": False},
    ),
    Format(
        "xlsx",
        "Excel workbook",
        "Excel",
        (".xlsx", ".xlsm"),
        _xlsx,
        settings=frozenset({"sheet", "skip"}),
        takes_absent=True,
        reports=True,
        magic=(b"\xd0\xcf\x11\xe0",),  # an .xls, or an .xlsx with a password
        package=True,
    ),
    Format(
        "parquet", "Parquet", "Parquet", (".parquet",), _parquet, magic=(b"PAR1",), typed=True, in_part="rows"
    ),
    Format(
        "arrow",
        "Arrow or Feather",
        "Arrow",
        (".arrow", ".feather", ".ipc", ".arrows"),
        _arrow,
        magic=(b"ARROW1", b"FEA1"),
        typed=True,
        in_part="rows",
    ),
    Format(
        "jsonl",
        "JSON lines",
        "JSON lines",
        (".jsonl", ".ndjson"),
        _jsonl,
        settings=ENCODED,
        takes_absent=True,
        reports=True,
        text=True,
        in_part="head",
    ),
    Format(
        "json",
        "JSON, a list of records",
        "JSON",
        (".json",),
        _json,
        settings=ENCODED,
        takes_absent=True,
        text=True,
    ),
    Format(
        "rdata",
        "R data (RDS, RData)",
        "R data",
        (".rds", ".rdata", ".rda"),
        _r_data,
        settings=frozenset({"object"}),
        reports=True,
        magic=(b"RDX2", b"RDX3", b"RDA2", b"RDA3", b"X\n\0\0\0"),
        typed=True,
    ),
    Format(
        "arff",
        "ARFF",
        "ARFF",
        (".arff",),
        _arff,
        settings=ENCODED,
        text=True,
        typed=True,
        in_part="head",
    ),
    Format(
        "svmlight",
        "SVMlight",
        "SVMlight",
        (".svmlight", ".libsvm", ".svm"),
        _svmlight,
        settings=ENCODED,
        text=True,
        in_part="head",
    ),
    Format(
        "text",
        "Plain text, one row a line",
        "Text",
        (".txt", ".text", ".md", ".log"),
        _plain_text,
        settings=ENCODED,
        text=True,
        in_part="head",
    ),
    Format("zip", "Zip bundle", "Zip", (".zip",), _zip, kind="bundle", package=True),
)

FORMATS: Mapping[str, Format] = {each.name: each for each in ALL}
"""By name, in the order in which a person looks for them."""

PACKINGS = {".gz": b"\x1f\x8b", ".zst": b"\x28\xb5\x2f\xfd"}
"""What a text file may be packed in: the ending, and how it begins."""

ENDINGS: Mapping[str, Format] = {
    ending: each
    for length in sorted({len(ending) for each in ALL for ending in each.endings}, reverse=True)
    for each in ALL
    for ending in each.endings
    if len(ending) == length
}
"""Which format a file of that ending has; the longest ending first."""


def stem(file_name: str) -> str:
    """A file's name without the endings of formats and packings.

    >>> stem("sales.nh.csv"), stem("2024.tsv.gz"), stem(".csv"), stem("notes.v2.txt")
    ('sales', '2024', '.csv', 'notes.v2')
    """
    base = file_name
    for ending in (*PACKINGS, *ENDINGS):
        if base.lower().endswith(ending) and len(base) > len(ending):
            base = base[: -len(ending)]
    return base
