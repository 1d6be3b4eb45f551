"""Union of Many

Puts the rows of up to six tables below each other.

**Match columns** *by name* takes columns of the same name together, whatever their places, and leaves missing
what a table does not have; *by position* takes the first with the first and the names of the first table. A
column that is of types that do not go together becomes text, and the log says so. **Source column** adds a
first column with the name of the input that a row came from.

>>> one, two = Table.of(a=[1], b=["x"]), Table.of(b=["y"], c=[True])
>>> union_of_many(one, two, params=UnionParams(source_column="from")).results_dataset.arrow().to_pylist()[1]
{'from': 'Dataset2', 'a': None, 'b': 'y', 'c': True}
"""

from __future__ import annotations

from functools import reduce
from typing import Annotated, Literal, NamedTuple

import pyarrow as pa

from modules.data_transformation._stacking import stacked
from modules.sdk.casting import cast, uncategorical
from modules.sdk.column import Column
from modules.sdk.declare import module, port
from modules.sdk.errors import ModuleError
from modules.sdk.frames import unique_names
from modules.sdk.line import Known, Line, sql, sql_name, sql_value
from modules.sdk.params import Params, choice, text
from modules.sdk.values import Table

MATCHES = {"name": "By name", "position": "By position"}


class UnionParams(Params):
    match_columns: Literal["name", "position"] = choice("name", "Match columns", MATCHES)
    source_column: str = text("", "Source column", "Its name; empty adds none.")


class United(NamedTuple):
    results_dataset: Annotated[Table, port("Results dataset")]


def line(params: UnionParams, **tables: Known) -> Line:
    source = params.source_column.strip()
    parts = []
    for name in sorted(tables):
        said = f"{sql_value(name.capitalize())} as {sql_name(source)}," if source else ""
        parts.append(sql("select", said, f"* from t{name[-1]}").text)
    return sql((" union all by name " if params.match_columns == "name" else " union all ").join(parts))


@module(
    version=1,
    line=line,
    foretells=True,
    synonyms=("append", "concatenate", "union all", "bind_rows", "stack tables", "rbind", "merge files"),
)
def union_of_many(
    dataset1: Annotated[Table, port("Dataset1")],
    dataset2: Annotated[Table | None, port("Dataset2")] = None,
    dataset3: Annotated[Table | None, port("Dataset3")] = None,
    dataset4: Annotated[Table | None, port("Dataset4")] = None,
    dataset5: Annotated[Table | None, port("Dataset5")] = None,
    dataset6: Annotated[Table | None, port("Dataset6")] = None,
    params: UnionParams = UnionParams(),  # noqa: B008  it is frozen
) -> United:
    given = [dataset1, dataset2, dataset3, dataset4, dataset5, dataset6]
    tables = {f"Dataset{at}": table for at, table in enumerate(given, start=1) if table is not None}
    rows = sum(len(table) for table in tables.values())
    parts = [
        _named(table, dataset1) if params.match_columns == "position" else table for table in tables.values()
    ]
    names = list(dict.fromkeys(name for table in parts for name in table.names))
    made = [_below(name, parts) for name in names]
    if params.source_column.strip():
        sources = [pa.array([name] * len(table), pa.large_string()) for name, table in tables.items()]
        made.insert(0, Column(params.source_column.strip(), pa.chunked_array(sources, pa.large_string())))
    unique = unique_names(column.name for column in made)
    return United(Table.from_columns((c.renamed(n) for c, n in zip(made, unique, strict=True)), rows))


def _named(table: Table, like: Table) -> Table:
    """The table with the names of the first one, as far as these reach."""
    names = unique_names([*like.names[: len(table.columns)], *table.names[len(like.columns) :]])
    return Table(tuple(c.renamed(n) for c, n in zip(table, names, strict=True)), len(table))


def _below(name: str, tables: list[Table]) -> Column:
    """The columns of that name, one below the other; the very same if there is but one table."""
    parts = [
        table.column(name)
        if table.has(name)
        else Column(name, pa.chunked_array([pa.nulls(len(table), pa.float64())]))
        for table in tables
    ]
    try:
        return reduce(stacked, parts)
    except ModuleError:
        kinds = dict.fromkeys(part.type for part in parts if part.data.null_count < len(part.data))
        print(f"warning: column {name} is {' and '.join(kinds)} in different tables, so it is text")
        return reduce(stacked, [cast(uncategorical(part), "string") for part in parts])
