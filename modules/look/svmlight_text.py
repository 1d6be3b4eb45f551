"""SVMlight: a line for each row, the label first, then `place:value` of each feature that is not 0.

The label is the column that Train Model or Edit Metadata marked as one, else the one called Label, else the
first. All columns must hold numbers.
"""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from modules.look.csv_text import bytes_of
from modules.sdk.column import Column
from modules.sdk.errors import ModuleError
from modules.sdk.numbers import NUMBERS
from modules.sdk.storable import one_piece, storable
from modules.sdk.values import Table

ROWS = 1 << 16
STRING = pa.large_string()
LABEL = '["label"]'


def write_svmlight(table: Table, target: Path) -> None:
    """The table as SVMlight, some 65,000 rows at a time. ModuleError where a column holds no numbers, or a
    label is missing."""
    label, features = _label_and_features(table)
    with target.open("wb") as file:
        if label is None:
            return
        columns = [storable(column.data) for column in (label, *features)]
        for start in range(0, len(table), ROWS):
            first, *others = [_text(column.slice(start, ROWS)) for column in columns]
            cells = [_cell(at, text) for at, text in enumerate(others, start=1)]
            lines = pc.binary_join_element_wise(first, *cells, pa.scalar(" ", STRING), null_handling="skip")
            file.write(bytes_of(pc.binary_join_element_wise(lines, _text_of(""), _text_of("\n"))))


def _label_and_features(table: Table) -> tuple[Column | None, list[Column]]:
    if not table.columns:
        return None, []
    others = [f"{c.name} ({c.type})" for c in table if c.type not in NUMBERS]
    if others:
        raise ModuleError(
            f"SVMlight holds numbers only, and these columns are others: {', '.join(others[:20])}. Leave "
            "them out, or make indicator values of them."
        )
    marked = next((c for c in table if c.role == LABEL), None)
    named = next((c for c in table if c.name.lower() == "label"), None)
    label = marked or named or table.columns[0]
    if label.data.null_count:
        raise ModuleError(f"SVMlight needs a label in each row; {label.name} has missing values.")
    return label, [column for column in table if column is not label]


def _text(data: pa.ChunkedArray) -> pa.Array:
    """`nan` is a missing value: what is left out would be 0."""
    data = data.cast(pa.int8()) if pa.types.is_boolean(data.type) else data
    return pc.fill_null(one_piece(data.cast(STRING)), _text_of("nan"))


def _cell(place: int, text: pa.Array) -> pa.Array:
    """`place:value`; missing where the value is 0."""
    cell = pc.binary_join_element_wise(_text_of(str(place)), text, _text_of(":"))
    zero = pc.match_substring_regex(text, r"^-?0([.]0*)?$")
    return pc.if_else(zero, pa.scalar(None, STRING), cell)


def _text_of(text: str) -> pa.Scalar:
    return pa.scalar(text, STRING)
