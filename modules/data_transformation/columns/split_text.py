"""Split Text

Splits a column of text at a separator into several columns, or into several rows.

**Separator** is a text, such as `,` or ` - `. **Into** *columns* adds `x 1`, `x 2` …, as many as the longest
value has parts, or as *At most* says: then the last one keeps the rest. *Rows* repeats the row for each part.
*Trim parts* takes away the spaces around them. A missing value has no parts: its columns are missing, and its
row stays one row.

>>> params = SplitTextParams(column="t", separator=",")
>>> split_text(Table.of(t=["a, b", "c"]), params).results_dataset.arrow().to_pydict()
{'t': ['a, b', 'c'], 't 1': ['a', 'c'], 't 2': ['b', None]}
"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Literal, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from modules.data_transformation._chosen import taken, the_column, with_columns
from modules.sdk.casting import cast, uncategorical
from modules.sdk.column import Column
from modules.sdk.declare import module, port
from modules.sdk.errors import ModuleError
from modules.sdk.line import Known, Line, NoLine, assigned, one_of, pandas
from modules.sdk.params import Params, choice, columns, integer, text, toggle
from modules.sdk.selection import ColumnSelection
from modules.sdk.storable import one_piece
from modules.sdk.values import Table

INTO = {"columns": "Columns", "rows": "Rows"}
MOST_COLUMNS, MOST_ROWS = 1_000, 100_000_000


class SplitTextParams(Params):
    column: ColumnSelection = columns(
        ColumnSelection.none(), "Column", of="dataset", single=True, required=True
    )
    separator: str = text(",", "Separator", required=True)
    into: Literal["columns", "rows"] = choice("columns", "Into", INTO)
    at_most: int = integer(
        0, "At most", "Columns; 0 is as many as there are parts.", ge=0, le=MOST_COLUMNS,
        shown_when={"into": ["columns"]},
    )  # fmt: skip
    trim_parts: bool = toggle(True, "Trim parts")


class SplitTexts(NamedTuple):
    results_dataset: Annotated[Table, port("Results dataset")]


def line(dataset: Known, params: SplitTextParams) -> Line:
    name = dataset.one(params.column, "Column")
    one_of(dataset, [name], "string", "categorical")
    text, separator = f"dataframe1[{name!r}]", params.separator
    if params.into == "rows":
        parts = assigned({name: f"{text}.str.split({separator!r}, regex=False)"}).text
        stripped = {name: f"lambda rows: rows[{name!r}].astype('string').str.strip()"}
        trimmed = assigned(stripped, "").text if params.trim_parts else ""
        return pandas(f"{parts}.explode({name!r}, ignore_index=True){trimmed}")
    if params.at_most == 1:
        raise NoLine("One column at most is the text as it is.")
    most, all_of = "", ""
    if params.at_most:
        most, all_of = f"n={params.at_most - 1}, ", f".reindex(columns=range({params.at_most}))"
    split = f"{text}.str.split({separator!r}, {most}expand=True, regex=False){all_of}"
    trim = ".apply(lambda part: part.astype('string').str.strip())" if params.trim_parts else ""
    return pandas(f"dataframe1.join({split}{trim}.rename(columns=lambda at: f{name + ' {at + 1}'!r}))")


@module(
    version=1,
    line=line,
    foretells=lambda params: params.into == "rows" or params.at_most > 0,
    synonyms=("text to columns", "Cell Splitter", "str.split", "explode", "separate", "tokenize"),
)
def split_text(dataset: Annotated[Table, port("Dataset")], params: SplitTextParams) -> SplitTexts:
    column = the_column(dataset, params.column, "column", "Column")
    if not params.separator:
        raise ModuleError("Write the separator at which the text is split.", param="separator")
    texts = one_piece(cast(uncategorical(column), "string").data).cast(pa.large_string())
    limit = params.at_most - 1 if params.at_most and params.into == "columns" else None
    if limit == 0:
        parts = pa.array([None if t is None else [t] for t in texts.to_pylist()], pa.list_(pa.large_string()))
    else:
        parts = pc.split_pattern(texts, params.separator, max_splits=limit)
    if params.into == "rows":
        return SplitTexts(_as_rows(dataset, column, parts, params.trim_parts))
    lengths = pc.list_value_length(parts)
    many = params.at_most or pc.max(lengths).as_py() or 1
    if many > MOST_COLUMNS:
        raise ModuleError(
            f"Column {column.name} has a value of {many:,} parts; at most {MOST_COLUMNS:,} columns are made.",
            param="at_most",
        )
    made = [
        Column(
            f"{column.name} {at + 1}",
            pa.chunked_array([_trimmed(_part(parts, lengths, at), params.trim_parts)]),
        )
        for at in range(many)
    ]
    return SplitTexts(with_columns(dataset, made, instead=False))


def _part(parts: pa.Array, lengths: pa.Array, at: int) -> pa.Array:
    """Part number `at` of each row; missing where there is none."""
    has = pc.fill_null(pc.greater(lengths, at), False)
    starts = pc.subtract(parts.offsets[1:], lengths.fill_null(0).cast(parts.offsets.type))
    place = pc.if_else(has, pc.add(starts, at), pa.scalar(None, parts.offsets.type))
    return parts.values.take(place).cast(pa.large_string())


def _trimmed(texts: pa.Array, trim: bool) -> pa.Array:
    return pc.utf8_trim_whitespace(texts) if trim else texts


def _as_rows(table: Table, column: Column, parts: pa.Array, trim: bool) -> Table:
    lengths = pc.max_element_wise(pc.list_value_length(parts), pa.scalar(1, pa.int32()))
    many = pc.sum(lengths).as_py() or 0
    if many > MOST_ROWS:
        raise ModuleError(f"{many:,} rows would come out; at most {MOST_ROWS:,} do.", param="into")
    filled = pc.if_else(pc.is_valid(parts), parts, pa.scalar([None], parts.type))
    rows = pc.list_parent_indices(filled).to_numpy()
    flat = pc.list_flatten(filled).cast(pa.large_string())
    values = Column(column.name, pa.chunked_array([_trimmed(flat, trim)]))
    made = (
        values if each is column else replace(taken(each, rows, always=True), note=each.note)
        for each in table
    )
    return Table.from_columns(made, len(rows))
