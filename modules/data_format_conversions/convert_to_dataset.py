"""Convert to Dataset

Passes the table on, and on the way marks, replaces or fills values that stand for something else.

**Action**: *None* passes the table on as it is. *SetMissingValue* makes every cell that is *Custom missing
value*, such as `?` or `-999`, missing. *ReplaceValues* writes *New value* in place of every missing cell, or
of every cell that is *Custom value*. *SparseOutput* writes 0 in columns of numbers in place of what a sparse
table leaves out: missing values, or *Remove value*; tables stay dense here.

Only whole cells count, never a part of one. A value that does not fit the type of a column changes nothing in
that column, and the log says so. Columns without such a cell are passed on untouched.

>>> params = ToDatasetParams(action="set_missing_value", custom_missing_value="?")
>>> convert_to_dataset(Table.of(x=["a", "?"], n=[1, 2]), params).results_dataset.arrow().to_pydict()
{'x': ['a', None], 'n': [1, 2]}
"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any, Literal, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
from pydantic import field_validator

from modules.sdk.casting import cast
from modules.sdk.column import Column
from modules.sdk.declare import module, port
from modules.sdk.errors import ModuleError
from modules.sdk.params import Params, choice, text, toggle
from modules.sdk.storable import storable
from modules.sdk.values import Table

ACTIONS = {
    "none": "None",
    "set_missing_value": "SetMissingValue",
    "replace_values": "ReplaceValues",
    "sparse_output": "SparseOutput",
}
WHAT = {"missing": "Missing", "custom": "Custom"}
REPLACE, SPARSE = {"action": ["replace_values"]}, {"action": ["sparse_output"]}
NUMBERS = ("integer", "float")


class ToDatasetParams(Params):
    action: Literal["none", "set_missing_value", "replace_values", "sparse_output"] = choice(
        "none", "Action", ACTIONS
    )
    custom_missing_value: str = text(
        "?", "Custom missing value", shown_when={"action": ["set_missing_value"]}
    )
    replace: Literal["missing", "custom"] = choice("missing", "Replace", WHAT, shown_when=REPLACE)
    custom_value: str = text("obs", "Custom value", shown_when={**REPLACE, "replace": ["custom"]})
    new_value: str = text("0", "New value", shown_when=REPLACE)
    remove: Literal["missing", "custom"] = choice("missing", "Remove", WHAT, shown_when=SPARSE)
    remove_value: str = text("", "Remove value", shown_when={**SPARSE, "remove": ["custom"]})
    remove_zeroes: bool = toggle(
        True, "Remove zeroes", "A sparse table leaves zeros out; here they stay zeros.", shown_when=SPARSE
    )

    @field_validator("action", mode="before")
    @classmethod
    def _as_graphs_write_it(cls, value: Any) -> Any:
        """Graphs of ML Studio (classic) say SetMissingValues."""
        plural = isinstance(value, str) and value.replace("_", "").lower() == "setmissingvalues"
        return "set_missing_value" if plural else value


class Converted(NamedTuple):
    results_dataset: Annotated[Table, port("Results dataset", like="dataset")]


@module(version=1, synonyms=("missing value", "replace values", "replace", "fillna", "NA", "placeholder"))
def convert_to_dataset(dataset: Annotated[Table, port("Dataset")], params: ToDatasetParams) -> Converted:
    if params.action == "none":
        return Converted(dataset)
    return Converted(Table(tuple(_changed(column, params) for column in dataset), len(dataset)))


def _changed(column: Column, params: ToDatasetParams) -> Column:
    """The column with its cells replaced; the very same where there is none to replace."""
    if params.action == "sparse_output":
        if column.type not in NUMBERS:
            return column
        old, new = (params.remove_value if params.remove == "custom" else None), "0"
    elif params.action == "replace_values":
        old, new = (params.custom_value if params.replace == "custom" else None), params.new_value
    else:
        old, new = params.custom_missing_value, None
    found = column.data.is_null() if old is None else _equal(column, old)
    if found is None or not pc.any(found, min_count=0).as_py():
        return column
    data = _plain(column)
    put = pa.scalar(None, data.type) if new is None else _value(column, new)
    if put is None:
        print(
            f"warning: {new!r} does not fit column {column.name}, which is {column.type}; it stays as it is"
        )
        return column
    made = storable(pc.if_else(found, put, data))
    made = made.dictionary_encode() if column.type == "categorical" else made
    return replace(column, data=made, origin=None)


def _plain(column: Column) -> pa.ChunkedArray:
    data = storable(column.data)
    return data.cast(data.type.value_type) if pa.types.is_dictionary(data.type) else data


def _value(column: Column, said: str) -> pa.Scalar | None:
    """What was typed, as a value of the column's type; None if it cannot be one."""
    data = _plain(column)
    plain = Column(column.name, data)
    typed = Column(column.name, pa.chunked_array([pa.array([said], pa.large_string())]))
    try:
        return cast(typed, plain.type).data[0].cast(data.type)
    except (ModuleError, KeyError, pa.ArrowException):
        return None


def _equal(column: Column, said: str) -> pa.ChunkedArray | None:
    """A mask of the cells that are the value; None if no cell can be."""
    wanted = _value(column, said)
    if wanted is None or not wanted.is_valid:
        return None
    return pc.fill_null(pc.equal(_plain(column), wanted), False)
