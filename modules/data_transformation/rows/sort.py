"""Sort

Puts the rows in the order of one column, or of several: the second decides between rows that are alike in the
first.

**Keys** are the columns, the most important one first. *Natural order* of a key of text puts `a2` before
`a10` and does not tell capitals apart. Categories with an order of their own are sorted by it. **Missing
values** come last or first, whatever the order. Rows that are alike in all keys stay as they were.

>>> table = Table.of(name=["b10", "b9", None], n=[1, 2, 3])
>>> params = SortParams(keys=[{"column": "name", "natural": True}])
>>> sort(table, params).results_dataset.arrow().to_pydict()
{'name': ['b9', 'b10', None], 'n': [2, 1, 3]}
"""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

import pyarrow as pa

from modules.data_transformation._chosen import the_column
from modules.data_transformation._ordering import Key, Missing, Order, sorted_rows
from modules.sdk.declare import module, port
from modules.sdk.line import Known, Line, NoLine, pandas
from modules.sdk.params import Params, choice, columns, records, toggle
from modules.sdk.selection import ColumnSelection
from modules.sdk.values import Table

ORDERS = {"ascending": "Smallest first", "descending": "Largest first"}
MISSING = {"last": "Last", "first": "First"}


class SortKey(Params):
    column: ColumnSelection = columns(
        ColumnSelection.none(), "Column", of="dataset", single=True, required=True
    )
    order: Order = choice("ascending", "Order", ORDERS)
    natural: bool = toggle(False, "Natural order", "Of text: a2 before a10, capitals like small letters.")


class SortParams(Params):
    keys: tuple[SortKey, ...] = records("Keys", "The most important one first.")
    missing_values: Literal["last", "first"] = choice("last", "Missing values", MISSING)


class Sorted(NamedTuple):
    results_dataset: Annotated[Table, port("Results dataset", like="dataset")]


def line(dataset: Known, params: SortParams) -> Line:
    return pandas(f"dataframe1{sorted_text(dataset, params.keys, params.missing_values)}")


def sorted_text(known: Known, keys: tuple[SortKey, ...], missing: str = "last") -> str:
    """`.sort_values(…)`; nothing without keys."""
    if not keys:
        return ""
    names = key_names(known, keys)
    orders = [key.order == "ascending" for key in keys]
    last = "" if missing == "last" else ', na_position="first"'
    return f'.sort_values({names}, ascending={orders}, kind="stable"{last})'


def key_names(known: Known, keys: tuple[SortKey, ...]) -> list[str]:
    """The columns of the keys. NoLine if they are put in an order that SQL and pandas do not have."""
    names = [known.one(key.column, f"Key {at}") for at, key in enumerate(keys, start=1)]
    if any(key.natural for key in keys):
        raise NoLine("Neither SQL nor pandas has a natural order of texts.")
    if any(known.type_of(name) == "categorical" for name in names):
        raise NoLine("Categories are put in an order of their own, which takes more than one line.")
    return names


@module(version=1, line=line, synonyms=("order by", "arrange", "sort_values", "sorter", "rank", "order rows"))
def sort(dataset: Annotated[Table, port("Dataset")], params: SortParams) -> Sorted:
    keys = sort_keys(dataset, params.keys, "keys")
    missing: Missing = params.missing_values
    order = sorted_rows(keys, len(dataset), missing)
    return Sorted(dataset.take(pa.array(order)) if keys else dataset)


def sort_keys(table: Table, keys: tuple[SortKey, ...], param: str) -> list[Key]:
    """The keys as columns of the table."""
    return [
        Key(the_column(table, key.column, param, f"Key {at}"), key.order, key.natural)
        for at, key in enumerate(keys, start=1)
    ]
