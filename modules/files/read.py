"""One uploaded file becomes a table or a bundle: `read(kind, path, name)`.

A kind is the name of a format (`modules.files.formats`); `modules.files.kinds` guesses it.
"""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any

from modules.files.absent import Absent
from modules.files.formats import FORMATS
from modules.files.reading import Reading
from modules.files.report import Report
from modules.files.shape import shape
from modules.files.spill import Scratch
from modules.sdk.errors import FileError, ModuleError
from modules.sdk.values import Bundle, Table

EVERY = frozenset({"columns", "bad_rows", "missing"})
"""What may be said of how any table is read; see `Reading`."""


def unknown_format(kind: str) -> ModuleError:
    return ModuleError(f"'{kind}' is not a file type; known are {', '.join(FORMATS)}", param="type")


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
    if kind not in FORMATS:
        raise unknown_format(kind)
    format = FORMATS[kind]
    said = reading.given() if reading else {}
    known = format.settings | (EVERY if format.kind == "table" else frozenset())
    if foreign := sorted(said.keys() - known):
        raise ModuleError(f"{foreign[0]} says nothing about a file of type {kind}", param="reading")
    report = report or Report()
    report.apart = said.pop("bad_rows", "refuse") == "apart"
    columns, absent = dict[str, Any](), Absent()
    if not format.shapes:
        columns = said.pop("columns", {})
        absent = Absent.of(said.pop("missing", ()), columns)
    options = {**format.options, **said, **more}
    if format.takes_absent:
        options["absent"] = absent
    if format.text:
        options["scratch"] = Scratch(scratch)
    if format.reports:
        options["report"] = report
    reader = format.reader()
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
