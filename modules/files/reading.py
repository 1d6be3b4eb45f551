"""What a person may say of how a file is to be read, beyond its kind."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Encoding = Literal[
    "utf-8", "utf-16-le", "utf-16-be", "cp1252", "latin-1", "iso8859-15", "cp1250", "iso8859-2", "cp1251",
    "koi8-r", "cp1253", "cp1254", "cp437", "cp850", "mac-roman", "shift_jis", "gb18030", "big5", "euc-kr",
]  # fmt: skip
ReadAs = Literal[
    "integer", "float", "boolean", "datetime", "timedelta", "string", "categorical",
    "grouped-number", "comma-number", "day-first", "month-first", "year-first",
]  # fmt: skip
"""A column's type; or what its values look like: 1,234.5 and 1.234,5 are floats; 31/12/2024, 12/31/2024 and
2024/12/31 datetimes, also with years of two digits and with `.` or `-`."""


class ColumnReading(BaseModel):
    """Of one column: its `name` instead of the file's, the `type` it is read as instead of what is found, and
    texts that stand for missing in it, besides the usual ones. `literal`: the usual ones (NA, null …) are
    values in it, and only an empty one is missing; formats other than CSV and TSV have it so anyway."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[str, Field(min_length=1, max_length=1000)] | None = None
    type: ReadAs | None = None
    missing: list[str] = []
    literal: bool = False


class Reading(BaseModel):
    """For CSV and TSV: `delimiter`, what separates values, instead of what is found; `skip`, lines above the
    first record; `text`, columns that stay text whatever is in them. For every text file: `encoding`. For an
    Excel workbook: `sheet`, the one to read, by name, and `skip`, rows above its header (without it, what
    plainly is a title); for R data: `object`. For every table: `missing`, texts that stand for missing, in
    CSV and TSV besides the usual ones and where they are not in quotes; `columns`, by the names that the
    file gives them, and `bad_rows`: whether rows that break a rule refuse the file or are set apart, as a
    dataset of their own.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    delimiter: Annotated[str, Field(pattern=r'^[^"\r\n\x00]$')] | None = None
    encoding: Encoding | None = None
    skip: Annotated[int, Field(ge=0, le=10_000)] | None = None
    missing: list[str] = []
    text: list[str] = []
    sheet: str | None = None
    object: str | None = None
    columns: dict[str, ColumnReading] = {}
    bad_rows: Literal["refuse", "apart"] = "refuse"

    def given(self) -> dict[str, Any]:
        """Only what was said."""
        return self.model_dump(exclude_defaults=True)
