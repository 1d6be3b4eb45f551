"""Enter Data Manually

Makes a small table of what you type or paste.

**Format** says how it is written: CSV or TSV, with a header line or without (then the columns are
`Col1`, `Col2` …), ARFF or SVMLight. Types are found from the values, as in an upload: `007` stays
text, `1e5` is a number, `2020-01-31` a date. Empty lines at the end are dropped; an empty line
among the rows is a row of missing values.

>>> made = enter_data_manually(EnterParams(data="name,age\\nAda,36\\n"))
>>> made.dataset.arrow().to_pylist()
[{'name': 'Ada', 'age': 36}]
"""

from __future__ import annotations

import csv
import tempfile
from pathlib import Path
from typing import Annotated, Literal, NamedTuple, get_args

from modules.files.formats import FORMATS
from modules.files.read import read
from modules.sdk.declare import module, port
from modules.sdk.errors import FileError, ModuleError
from modules.sdk.params import Params, choice, text
from modules.sdk.values import Table

Format = Literal["csv", "csv-no-header", "tsv", "tsv-no-header", "arff", "svmlight"]
LABELS = {name: FORMATS[name].label for name in get_args(Format)}


class EnterParams(Params):
    format: Format = choice("csv", "Format", LABELS, "How the data is written.")
    data: str = text(
        "", "Data", "One line for each row.", multiline=True, required=True, placeholder="name,age\nAda,36"
    )


class EnterResults(NamedTuple):
    dataset: Annotated[Table, port("Dataset")]


@module(version=1, synonyms=("type", "paste", "csv", "inline table"))
def enter_data_manually(params: EnterParams) -> EnterResults:
    data = params.data.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not data.strip():
        raise ModuleError("There is no data yet. Type or paste them, one line for each row.", param="data")
    if params.format not in ("arff", "svmlight"):
        data = with_empty_rows(data, "\t" if params.format.startswith("tsv") else None)
    with tempfile.TemporaryDirectory(prefix=".entered-", dir=".") as folder:
        file = Path(folder, "data")
        file.write_text(data, encoding="utf-8")
        try:
            table = read(params.format, file, "The data")
        except FileError as error:
            raise ModuleError(error.message, param="data", line=error.line) from None
    assert isinstance(table, Table)
    return EnterResults(table)


def with_empty_rows(data: str, delimiter: str | None) -> str:
    """The text with empty lines between rows made rows of missing values; those at the ends go.

    >>> with_empty_rows("a,b\\n1,2\\n\\n3,4\\n\\n", None)
    'a,b\\n1,2\\n,\\n3,4\\n'
    """
    lines = data.strip("\n").split("\n")
    delimiter = delimiter or next((mark for mark in ",;\t|" if mark in lines[0]), ",")
    reader = csv.reader((line + "\n" for line in lines), delimiter=delimiter)
    width = 0
    for fields in reader:
        width = width or len(fields)
        if not fields:
            lines[reader.line_num - 1] = delimiter * (width - 1) or '""'
    return "\n".join(lines) + "\n"
