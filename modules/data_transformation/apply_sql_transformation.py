"""Apply SQL Transformation

Runs a SQL query over up to three tables, which it knows as `t1`, `t2` and `t3`.

**What goes in.** A table on *Table1*, and two more if you like. **What comes out** is the result of
the query. There may be several statements, each ended by `;`: the result is that of the last one
that returns rows, so that views and temporary tables can be made on the way.

**SQLite** is the engine of ML Studio (classic). Column names are quoted `"x y"`, `[x y]` or `` `x y` ``.
Dates are ISO text (`2020-01-31 12:00:00`, UTC) while the query runs and datetimes again where the
result takes the column as it is; booleans are 0 and 1; a timedelta is its seconds. Text is joined
by `||`, the first rows are taken by `LIMIT`.

**DuckDB** is faster, above all on large tables, keeps every type, and knows much more SQL: `PIVOT`,
`SUMMARIZE`, `ASOF JOIN`, `QUALIFY` and so on. Only `"x y"` quotes a name.

Neither sees a difference between upper and lower case in names: of two columns `x` and `X`, the
second is called `X (2)`, and a query that writes `X` is refused rather than given `x`. A column without
a name is `T1COL1`, by its position. The query can reach
no file, no network and no extension. When it is wrong, the engine's own message says why.

**Parameters of your own.** `:name` in the query becomes a field of this node, in both engines, and its value
is bound, never pasted. A value that reads as a number is one. A comment says its type, default and help:
`-- :share float = 0.1, the part that is kept`.

>>> query = SqlParams(sql="select sum(x) as s from t1")
>>> found = apply_sql_transformation(Table.of(x=[1, 2, 3]), params=query)
>>> found.results_dataset.column("s").data.to_pylist()
[6]
"""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

from modules.data_transformation._duckdb import query_duckdb
from modules.data_transformation._sql_params import declared_params
from modules.data_transformation._sqlite import query_sqlite
from modules.sdk.declare import module, port
from modules.sdk.errors import ModuleError
from modules.sdk.params import ScriptParams, choice, code
from modules.sdk.values import Table


class SqlParams(ScriptParams):
    sql: str = code("select * from t1;", "SQL query script", "sql", "The tables are t1, t2 and t3.")
    engine: Literal["sqlite", "duckdb"] = choice(
        "sqlite",
        "Engine",
        {"sqlite": "SQLite", "duckdb": "DuckDB"},
        "SQLite as in ML Studio (classic); DuckDB is faster and keeps every type.",
    )


class SqlResults(NamedTuple):
    results_dataset: Annotated[Table, port("Results dataset")]


@module(
    version=1,
    synonyms=("sql", "query", "sqlite", "duckdb", "group by", "filter"),
    declares=lambda params: declared_params(params.sql),
)
def apply_sql_transformation(
    t1: Annotated[Table, port("Table1")],
    t2: Annotated[Table | None, port("Table2")] = None,
    t3: Annotated[Table | None, port("Table3")] = None,
    *,
    params: SqlParams,
) -> SqlResults:
    if not params.sql.strip():
        raise ModuleError("There is no SQL query. Write one, for example `select * from t1;`.", param="sql")
    tables = {name: table for name, table in (("t1", t1), ("t2", t2), ("t3", t3)) if table is not None}
    query = query_duckdb if params.engine == "duckdb" else query_sqlite
    return SqlResults(query(plain_sql(params.sql), tables, params.declared))


def plain_sql(sql: str) -> str:
    return sql.replace("\r\n", "\n").replace("\u00a0", " ").removeprefix("\ufeff")
