"""Map Values

Replaces values by others: `DE` by `Germany`. The pairs are typed, or come from a table, as a lookup does.

**Values** are the pairs, typed; each value is written as the column has it. **Mapping** is a table wired to
the second input, whose *From column* has the old values and whose *To column* the new ones; without them,
these are its first two columns. If both say something of a value, what is typed wins. **Other values** stay
as they are, become missing, or become *Other value*. **New column** keeps the old column and puts the new
one behind the table.

The result is text if old and new values are of different types; missing can be mapped, as an empty value.

>>> params = MapParams(column="c", values=[{"old": "DE", "new": "Germany"}])
>>> map_values(Table.of(c=["DE", "FR"]), params).results_dataset.column("c").data.to_pylist()
['Germany', 'FR']
"""

from __future__ import annotations

from functools import reduce
from typing import Annotated, Literal, NamedTuple

import numpy as np
import pyarrow as pa

from modules.data_transformation._chosen import taken, the_column, with_columns
from modules.data_transformation._matching import match_rows
from modules.data_transformation._predicates import mask_of
from modules.data_transformation._stacking import stacked
from modules.files.infer import infer
from modules.sdk.casting import cast, uncategorical
from modules.sdk.column import Column
from modules.sdk.declare import module, port
from modules.sdk.errors import ModuleError
from modules.sdk.line import NUMBER, SEVERAL, Known, Line, NoLine, one_of, sql, sql_name, sql_value
from modules.sdk.params import Params, choice, columns, records, text
from modules.sdk.selection import ColumnSelection
from modules.sdk.storable import storable
from modules.sdk.values import Table

OTHERS = {"stay": "Stay as they are", "missing": "Become missing", "value": "Become another value"}


class Pair(Params):
    old: str = text("", "Old value")
    new: str = text("", "New value", "Empty is missing.")


class MapParams(Params):
    column: ColumnSelection = columns(
        ColumnSelection.none(), "Column", of="dataset", single=True, required=True
    )
    values: tuple[Pair, ...] = records("Values")
    from_column: ColumnSelection = columns(ColumnSelection.none(), "From column", of="mapping", single=True)
    to_column: ColumnSelection = columns(ColumnSelection.none(), "To column", of="mapping", single=True)
    other_values: Literal["stay", "missing", "value"] = choice("stay", "Other values", OTHERS)
    other_value: str = text("", "Other value", shown_when={"other_values": ["value"]})
    new_column: str = text("", "New column", "Empty replaces the column.")


class Mapped(NamedTuple):
    results_dataset: Annotated[Table, port("Results dataset")]


def line(dataset: Known, params: MapParams, mapping: Known | None = None) -> Line:
    if mapping is not None:
        raise NoLine("With a mapping that is wired, it takes more than one line of SQL or pandas.")
    name = dataset.one(params.column, "Column")
    one_of(dataset, [name], "string", "integer", "float")
    column, numbers = sql_name(name), dataset.type_of(name) in ("integer", "float")
    if any(numbers and pair.old and not NUMBER.fullmatch(pair.old.strip()) for pair in params.values):
        raise NoLine(f"Column {name} holds numbers, and one of the old values is none.")
    plain = numbers and all(NUMBER.fullmatch(pair.new.strip()) for pair in params.values if pair.new)
    cases = " ".join(
        f"when {f'{column} = {_sql(pair.old, numbers)}' if pair.old else f'{column} is null'} "
        f"then {_sql(pair.new, plain) if pair.new else 'null'}"
        for pair in params.values
    )
    if not params.values or (params.other_values != "stay" and not numbers == plain):
        raise NoLine(SEVERAL)
    other = {"stay": column if numbers == plain else f"{column}::varchar", "missing": "null"}
    said = f"case {cases} else {other.get(params.other_values) or _sql(params.other_value, plain)} end"
    if new := params.new_column.strip():
        return sql("select *,", said, "as", sql_name(new), "from t1")
    return sql("select * replace (", said, "as", f"{column})", "from t1")


def _sql(value: str, number: bool) -> str:
    return value.strip() if number else sql_value(value)


@module(
    version=2,
    line=line,
    foretells=True,
    synonyms=("vlookup", "xlookup", "recode", "case when", "replace", "map", "dictionary", "Cell Replacer"),
)
def map_values(
    dataset: Annotated[Table, port("Dataset")],
    params: MapParams,
    mapping: Annotated[Table | None, port("Mapping")] = None,
) -> Mapped:
    column = uncategorical(the_column(dataset, params.column, "column", "Column"))
    others, place = _others(column, params)
    sources, offset = [others], len(others.data)
    if mapping is not None:
        to, found = _wired(column, mapping, params)
        place = np.where(found >= 0, found + offset, place)
        sources, offset = [*sources, to], offset + len(to.data)
    if params.values:
        new, found = _typed(column, params)
        place = np.where(found >= 0, found + offset, place)
        sources.append(new)
    made = taken(_together(sources), place, always=True)
    name = params.new_column.strip()
    return Mapped(with_columns(dataset, [made.renamed(name or column.name)], instead=not name))


def _others(column: Column, params: MapParams) -> tuple[Column, np.ndarray]:
    """What values become that are not mapped, and which of it each row takes."""
    rows = len(column.data)
    if params.other_values == "stay":
        return column, np.arange(rows)
    if params.other_values == "missing":
        return Column(column.name, pa.chunked_array([pa.array([], pa.float64())])), np.full(rows, -1)
    other = infer(pa.chunked_array([pa.array([params.other_value], pa.large_string())]))
    return Column(column.name, storable(other)), np.zeros(rows, dtype=np.int64)


def _wired(column: Column, mapping: Table, params: MapParams) -> tuple[Column, np.ndarray]:
    """The new values of the wired table, and for each row the place of its own; -1 where there is none."""
    if len(mapping.columns) < 2:
        raise ModuleError(
            "The mapping needs two columns: the old values and the new ones.", param="from_column"
        )
    chosen = [
        the_column(mapping, said, param, what) if said.names(mapping) else mapping.columns[at]
        for at, (said, param, what) in enumerate(
            [(params.from_column, "from_column", "From column"), (params.to_column, "to_column", "To column")]
        )
    ]
    try:
        matches = match_rows([(column, chosen[0])], match_case=True)
    except ModuleError:
        raise ModuleError(
            f"Column {column.name} is {column.type}, but {chosen[0].name} of the mapping is "
            f"{chosen[0].type}; Edit Metadata can change the type of either.",
            param="from_column",
        ) from None
    first, at = np.unique(matches.left, return_index=True)
    if len(first) < len(matches.left):
        print(f"warning: {chosen[0].name} of the mapping has values several times; the first one counts")
    found = np.full(len(column.data), -1)
    found[first] = matches.right[at]
    return uncategorical(chosen[1]).renamed(column.name), found


def _typed(column: Column, params: MapParams) -> tuple[Column, np.ndarray]:
    """The new values that were typed, and for each row the place of its own; -1 where there is none."""
    new = pa.chunked_array([pa.array([pair.new or None for pair in params.values], pa.large_string())])
    stays = params.other_values == "stay"
    made = _as(Column(column.name, new), column.type) if stays else Column(column.name, storable(infer(new)))
    found = np.full(len(column.data), -1)
    for at, pair in enumerate(params.values):
        op = "is" if pair.old else "missing"
        mask = mask_of(column, op, pair.old, "", "values", f"Value {at + 1}").to_numpy()
        found[mask & (found < 0)] = at
    return made, found


def _as(column: Column, to: str) -> Column:
    """The column as that type, or as text if it cannot be."""
    try:
        return cast(column, to)
    except (ModuleError, KeyError):
        return column


def _together(sources: list[Column]) -> Column:
    try:
        return reduce(stacked, sources)
    except ModuleError:
        print("warning: old and new values are of different types, so that all are text")
        return reduce(stacked, [cast(source, "string") for source in sources])
