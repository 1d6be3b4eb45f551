"""Apply SQL Transformation: the same question to both engines."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from modules.data_transformation.apply_sql_transformation import SqlParams, apply_sql_transformation
from modules.sdk.errors import ModuleError
from modules.sdk.values import Table
from tests.modules.tables import every_type, rows, types, values

BOTH = pytest.mark.parametrize("engine", ["sqlite", "duckdb"])
LEFT = Table.of(id=[1, 2, 3], name=["a", "b", None])
RIGHT = Table.of(id=[2, 3, 4], score=[0.5, 1.5, 2.5])


def query(sql: str, *tables: Table, engine: Any = "sqlite") -> Table:
    return apply_sql_transformation(*tables, params=SqlParams(sql=sql, engine=engine)).results_dataset


@BOTH
def test_a_new_node_passes_its_table_on(engine: str) -> None:
    table = every_type()
    done = apply_sql_transformation(table, params=SqlParams(engine=engine)).results_dataset
    kept = ["integer", "float", "string", "boolean", "datetime", "whole", "binary"]
    assert rows(done.select(kept)) == rows(table.select(kept))
    assert done.column("categorical").type == "string"


def test_durations_are_seconds_in_sqlite_and_durations_in_duckdb() -> None:
    assert values(query("select timedelta from t1", every_type()), "timedelta") == [86400.0, None, 1.5]
    done = query("select timedelta from t1", every_type(), engine="duckdb")
    assert values(done, "timedelta") == [dt.timedelta(days=1), None, dt.timedelta(seconds=1.5)]


@BOTH
def test_three_tables_are_joined_and_grouped(engine: str) -> None:
    sql = """
        select t1.name, count(*) as n, avg(t2.score) as mean, sum(t3.id) as total
        from t1 join t2 on t1.id = t2.id join t3 on t3.id = t1.id
        group by t1.name order by mean -- by score
    """
    done = query(sql, LEFT, RIGHT, LEFT, engine=engine)
    assert rows(done) == [
        {"name": "b", "n": 1, "mean": 0.5, "total": 2},
        {"name": None, "n": 1, "mean": 1.5, "total": 3},
    ]
    assert types(done) == {"name": "string", "n": "integer", "mean": "float", "total": "integer"}


@BOTH
def test_the_last_statement_that_returns_rows_is_the_result(engine: str) -> None:
    sql = "create temp view v as select id * 10 as x from t1;\nselect 'no';\nselect x from v where x > 10; "
    assert values(query(sql, LEFT, engine=engine), "x") == [20, 30]


@BOTH
def test_names_that_sql_cannot_tell_apart_are_told_apart(engine: str, capsys: pytest.CaptureFixture) -> None:
    table = Table.of(**{"x": [1], "X": [2], 'a "b" c': [3], "": [4], "select": [5]})
    done = query('select "a ""b"" c", T1COL4, "X (2)", "select" from t1', table, engine=engine)
    assert [column.data.to_pylist() for column in done] == [[3], [4], [2], [5]]
    assert "column 2 ('X') is called 'X (2)'" in capsys.readouterr().out


@BOTH
def test_a_name_selected_twice_gets_a_number(engine: str) -> None:
    assert query("select * from t1 join t2 using (id), t3", LEFT, RIGHT, LEFT, engine=engine).names == [
        "id", "name", "score", "id (2)", "name (2)",
    ]  # fmt: skip


@BOTH
def test_a_wrong_query_is_told_in_the_engines_words_with_its_line(engine: str) -> None:
    with pytest.raises(ModuleError, match="syntax error") as failure:
        query("select 1;\n\nselec 2", LEFT, engine=engine)
    assert (failure.value.line, failure.value.param) == (3, "sql")
    with pytest.raises(ModuleError, match="nope") as failure:
        query("select *\nfrom t1\nwhere nope > 1", LEFT, engine=engine)
    assert failure.value.line == 3


@BOTH
@pytest.mark.parametrize("sql", ["", "  \n", ";", "create table q (a int)"])
def test_a_query_without_rows_says_what_to_write(engine: str, sql: str) -> None:
    with pytest.raises(ModuleError, match=r"select \* from t1"):
        query(sql, LEFT, engine=engine)


@BOTH
@pytest.mark.parametrize(
    "sql",
    [
        "attach 'other.db' as other",
        "attach ':memory:' as other; select * from t1",
        "vacuum into 'copy.db'",
        "select load_extension('evil')",
        "pragma writable_schema = 1",
        "copy t1 to 'out.csv'",
        "select * from read_csv('/etc/passwd')",
        "select * from '/etc/passwd'",
        "install httpfs",
        "set enable_external_access = true",
        "select readfile('/etc/passwd')",
    ],
)
def test_a_query_reaches_no_file_no_extension_and_no_setting(
    engine: str, sql: str, working_directory: Path
) -> None:
    with pytest.raises(ModuleError):
        query(sql, LEFT, engine=engine)
    assert list(working_directory.iterdir()) == []


def test_duckdb_cannot_see_python_variables() -> None:
    secret = Table.of(x=[1]).arrow()
    assert secret.num_rows == 1
    with pytest.raises(ModuleError, match="secret"):
        query("select * from secret", LEFT, engine="duckdb")


@BOTH
def test_mixed_values_become_text_and_large_sums_stay_whole(engine: str) -> None:
    done = query(f"select sum(x) as s from (select {2**53 + 1} as x)", LEFT, engine=engine)
    assert values(done, "s") == [2**53 + 1]
