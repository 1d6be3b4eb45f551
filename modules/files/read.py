"""One uploaded file becomes a table or a bundle: `read(kind, path, name)`.

A kind is the contract's `type` of a dataset; `modules.files.kinds` guesses it. Each format's own
file is only imported when it is needed.
"""

from __future__ import annotations

import errno
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from modules.files.absent import Absent
from modules.files.reading import Reading
from modules.files.report import Report
from modules.files.shape import shape
from modules.files.spill import Scratch
from modules.sdk.errors import FileError, ModuleError
from modules.sdk.values import Bundle, Table

READERS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "csv": ("delimited", "read_delimited", {"delimiter": None, "header": True}),
    "csv-no-header": ("delimited", "read_delimited", {"delimiter": None, "header": False}),
    "tsv": ("delimited", "read_delimited", {"delimiter": "\t", "header": True}),
    "tsv-no-header": ("delimited", "read_delimited", {"delimiter": "\t", "header": False}),
    "arff": ("arff_file", "read_arff", {}),
    "svmlight": ("svmlight", "read_svmlight", {}),
    "xlsx": ("xlsx", "read_xlsx", {}),
    "parquet": ("parquet", "read_parquet", {}),
    "arrow": ("arrow", "read_arrow", {}),
    "jsonl": ("jsonl", "read_jsonl", {}),
    "json": ("json_records", "read_json", {}),
    "rdata": ("r_data", "read_r_data", {}),
    "zip": ("bundle", "read_zip", {}),
    "text": ("plain_text", "read_plain_text", {}),
}

EVERY = {"columns", "bad_rows", "missing"}
SAID = {
    "delimited": {"delimiter", "skip", "text", "encoding"},
    "xlsx": {"sheet", "skip"},
    "r_data": {"object"},
    "arff_file": {"encoding"},
    "svmlight": {"encoding"},
    "jsonl": {"encoding"},
    "json_records": {"encoding"},
    "plain_text": {"encoding"},
}
"""What may be said of how a file of that format is read, besides EVERY table's; see `Reading`."""
REPORTING = {"delimited", "jsonl", "xlsx", "r_data"}
"""Formats that tell how they were read, or may set rows apart."""
LOOSE = {"xlsx", "jsonl", "json_records"}
"""Formats without types for whole columns: which type one has depends on what is missing in it."""
TEXT = {"delimited", "arff_file", "svmlight", "jsonl", "json_records", "plain_text"}
"""Formats of text, which may be packed and in any encoding; these need a folder for large files."""


def read(
    kind: str,
    path: Path,
    name: str,
    scratch: Path | None = None,
    reading: Reading | None = None,
    report: Report | None = None,
    **more: Any,
) -> Table | Bundle:
    """The value in a file of that kind. `name` is what the user calls it, `reading` what they say of it. The
    `report` is filled with how it was read, and with the rows that were set apart. `more`: for the format's
    own reader.

    In `scratch`, by default the folder for temporary files, a large one is unpacked and typed; what was
    made there is gone with the value.

    FileError with the line and column, where they are known, if the file cannot be read;
    ModuleError for a kind that is none.
    """
    if kind not in READERS:
        raise ModuleError(f"'{kind}' is not a file type; known are {', '.join(READERS)}", param="type")
    home, function, options = READERS[kind]
    said = reading.given() if reading else {}
    if foreign := sorted(said.keys() - SAID.get(home, set()) - (EVERY if kind != "zip" else set())):
        raise ModuleError(f"{foreign[0]} says nothing about a file of type {kind}", param="reading")
    report = report or Report()
    report.apart = said.pop("bad_rows", "refuse") == "apart"
    columns, absent = dict[str, Any](), Absent()
    if home != "delimited":
        columns = said.pop("columns", {})
        absent = Absent.of(said.pop("missing", ()), columns)
    options = options | said | more
    if home in LOOSE:
        options["absent"] = absent
    if home in TEXT:
        options["scratch"] = Scratch(scratch)
    if home in REPORTING:
        options["report"] = report
    reader: Callable[..., Table | Bundle] = getattr(import_module(f"modules.files.{home}"), function)
    try:
        value = reader(path, **options)
        if isinstance(value, Table) and (columns or absent):
            return shape(value, columns, report, absent)
        return value
    except ModuleError as error:
        message = error.message[:1].upper() + error.message[1:].removesuffix(".")
        line, column = error.line, getattr(error, "column", None)
        raise FileError(f"{name} cannot be read as {kind}. {message}.", line=line, column=column) from error
    except MemoryError as error:
        raise FileError(f"{name} is too large for the memory an import may use.") from error
    except Exception as error:
        raise FileError(_unforeseen(error, kind, name)) from error


def _unforeseen(error: Exception, kind: str, name: str) -> str:
    """The sentence for what a library met and nobody had foreseen."""
    if isinstance(error, OSError) and error.errno in (errno.EFBIG, errno.ENOSPC):
        return (
            f"{name} is too large: unpacked and read, it needs more room on the disk than an import may use."
        )
    return (
        f"{name} cannot be read as {kind}: it is damaged, or written in a way that is not known here "
        f"({type(error).__name__}: {str(error)[:200]}). Choose another type, or save it anew where it "
        "comes from."
    )
