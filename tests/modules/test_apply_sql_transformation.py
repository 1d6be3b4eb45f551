"""Apply SQL Transformation: the same question to both engines."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from modules.data_transformation import _sqlite
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


TWINS = Table.of(ID=[1, 2, 3], id=[100, 200, 300], Ä=[5, 5, 5], ä=[6, 6, 6])


@BOTH
@pytest.mark.parametrize(
    "sql",
    [
        "select ID, id from t1", "select max(id) from t1", "select * from t1 where id > 50",
        'select "id" from t1', "select a.id from t1 a", "select t1.id from t1 join t2 on t1.ID = t2.id",
        "select * from t1 join t2 using (id)", "with c as (select id from t1) select * from c",
        "create temp view v as select id as x from t1;\nselect * from v",
        "select ID from t1 order by id desc",
    ],
)  # fmt: skip
def test_a_column_that_sql_would_take_for_another_is_refused(engine: str, sql: str) -> None:
    with pytest.raises(ModuleError, match=r"it is called `id \(2\)`: write \"id \(2\)\", or ID") as failure:
        query(sql, TWINS, RIGHT, engine=engine)
    assert failure.value.line == 1


@BOTH
@pytest.mark.parametrize(
    ("sql", "found"),
    [
        ('select ID, "id (2)" as id from t1 where "id (2)" > 250', {"ID": [3], "id": [300]}),
        ("select max(ID) as m, 'id' as t from t1 -- id", {"m": [3], "t": ["id"]}),
        ("select b.id, a.ID from t1 a join t2 as b on a.ID = b.id limit 1", {"id": [2], "ID": [2]}),
        ("select t2.id from t2 limit 1", {"id": [2]}),
        ('select "Ä", "ä" from t1 limit 1', {"Ä": [5], "ä": [6]}),
    ],
)
def test_columns_that_are_told_apart_are_found(engine: str, sql: str, found: dict) -> None:
    done = query(sql, TWINS, RIGHT, engine=engine)
    assert {column.name: column.data.to_pylist() for column in done} == found


def test_a_third_spelling_is_refused_with_both(capsys: pytest.CaptureFixture) -> None:
    with pytest.raises(ModuleError, match=r'write ID for the first one, or "id \(2\)" for the second'):
        query("select Id from t1", TWINS)


def test_text_in_double_quotes_is_taken_as_in_classic_and_told(capsys: pytest.CaptureFixture) -> None:
    assert values(query('select id from t1 where name = "b" and "id" > 1', LEFT), "id") == [2]
    assert capsys.readouterr().out == (
        "warning: there is no column \"b\", so SQLite takes it for text; write text in single quotes: 'b'\n"
    )


COPY = "create table c as select * from t1; "


def test_what_becomes_text_is_told(capsys: pytest.CaptureFixture) -> None:
    done = query("select 12345678901234567890.12::decimal(38, 2) as x, 1.5 as y", LEFT, engine="duckdb")
    assert rows(done) == [{"x": "12345678901234567890.12", "y": 1.5}]
    assert capsys.readouterr().out.startswith(
        "warning: column x: numbers with more digits than a float holds"
    )
    done = query("select case when id = 1 then 'one' else id end as x from t1", LEFT)
    assert values(done, "x") == ["one", "2", "3"]
    assert "warning: column x: SQLite gave values of several types" in capsys.readouterr().out


SALES = Table.of(y=[1, 1, 2], k=["a", "b", "a"], v=[10, 20, 5])


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("pivot t1 on k using sum(v) order by y", {"y": [1, 2], "a": [10, 5], "b": [20, None]}),
        ("select 1; pivot t1 on k using sum(v) order by y;", {"y": [1, 2], "a": [10, 5], "b": [20, None]}),
        ("with p as (pivot t1 on k using sum(v)) select count(*) as Count from p", {"Count": [2]}),
        ("from (pivot t1 on k using sum(v) group by y) where y = 2", {"y": [2], "a": [5], "b": [None]}),
        ("create table p as pivot t1 on k using sum(v); select sum(a) as s from p", {"s": [15]}),
        (COPY + "insert into c values (3, 'c', 1) returning y, k", {"y": [3], "k": ["c"]}),
        (COPY + "update c set v = 0 where y = 2 returning v", {"v": [0]}),
        (COPY + "delete from c where y = 2 returning *", {"y": [2], "k": ["a"], "v": [5]}),
        ("select 7 as x; create table c as select * from t1; insert into c from t1", {"x": [7]}),
        ("from t1 select v where v > 9 order by all", {"v": [10, 20]}),
        ("values (1, 'a')", {"col0": [1], "col1": ["a"]}),
        ("unpivot t1 on y, v into name n value w order by all limit 1", {"k": ["a"], "n": ["v"], "w": [5]}),
        ("select column_name from (describe t1)", {"column_name": ["y", "k", "v"]}),
        ("select max from (summarize t1) where column_name = 'v'", {"max": ["20"]}),
        ("prepare q as select $1 + 1 as x; execute q(4)", {"x": [5]}),
        ("set variable n = 4; select getvariable('n') as x", {"x": [4]}),
        ("create macro twice(a) as a * 2; select twice(4) as x", {"x": [8]}),
    ],
)  # fmt: skip
def test_whatever_returns_rows_in_duckdb_is_a_result(sql: str, expected: dict) -> None:
    done = query(sql, SALES, engine="duckdb")
    assert {column.name: column.data.to_pylist() for column in done} == expected


@BOTH
@pytest.mark.parametrize("sql", ["describe t1", "summarize t1", "show tables", "explain select 1"])
def test_what_tells_of_tables_is_a_result_too(engine: str, sql: str) -> None:
    if engine == "sqlite":
        sql = "pragma table_info(t1)" if sql != "explain select 1" else sql
    assert len(query(sql, SALES, engine=engine)) > 0


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        (COPY + "insert into c values (3, 'c', 1) returning y, k", [{"y": 3, "k": "c"}]),
        ("with w as (select 2 as y) delete from t1 where y in (select y from w) returning v", [{"v": 5}]),
        ("update t1 set v = v + 1 where k = 'b'; select v from t1 where k = 'b'", [{"v": 21}]),
        ("values (1, 'a')", [{"column1": 1, "column2": "a"}]),
        ("select name from pragma_table_info('t1') limit 1", [{"name": "y"}]),
        (
            "with recursive n(i) as (values (1) union select i + 1 from n where i < 9) "
            "select max(i) as m from n",
            [{"m": 9}],
        ),
        ("select row_number() over (partition by k order by v) as r from t1 order by r limit 1", [{"r": 1}]),
    ],
)  # fmt: skip
def test_whatever_returns_rows_in_sqlite_is_a_result(sql: str, expected: list) -> None:
    assert rows(query(sql, SALES)) == expected


READING = [
    "select * from t1 join t2 using (id)", "select name from t1 join t2 using (id)",
    "select score from t1 natural join t2", "select count(*) as n from t1 left join t2 using (id)",
    "select id from t1 where id in (select id from t2)",
    "select * from t1 where (id, name) in (values (2, 'b'))",
    "select a.name from t1 a, t1 b where a.id = b.id + 1", "select max(score) as m from t2",
    "select exists (select 1 from t2 where t2.id = t1.id) as e from t1", "select rowid as r from t1",
    "create table c (id int, name text); insert into c select * from t1; select name from c",
    "create temp view v as select * from t1; select name from v",
    "delete from t1 where id = 1 returning *",
    "update t1 set name = 'z' where id = 1; select * from t1",
    "with c as (select * from t1) select name from c",
    "update t1 set name = t2.score from t2 where t1.id = t2.id; select name from t1",
    "select id, sum(id) over (order by name) as s from t1",
    "select t2.* from t1 full join t2 on t1.id = t2.id",
    "select * from (select id, name from t1 union select id, score from t2) order by id",
]  # fmt: skip


@pytest.mark.parametrize("sql", READING)
def test_columns_that_are_not_read_are_not_missed(sql: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only columns that a query reads are loaded; the result is that of all columns loaded."""
    found = query(sql, LEFT, RIGHT)
    monkeypatch.setattr(_sqlite, "_columns_read", lambda *_: None)
    whole = query(sql, LEFT, RIGHT)
    assert (rows(found), types(found)) == (rows(whole), types(whole))
    assert len(found) > 0


@BOTH
@pytest.mark.parametrize(
    "join", ["t1 join t2 using (id)", "t1 natural join t2", "t1 join t2 on t1.id = t2.id"]
)
def test_every_way_to_join_finds_the_rows(engine: str, join: str) -> None:
    done = query(f"select name, score from {join} order by score", LEFT, RIGHT, engine=engine)
    assert rows(done) == [{"name": "b", "score": 0.5}, {"name": None, "score": 1.5}]


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


@pytest.mark.parametrize("engine", ["sqlite", "duckdb"])
@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("select c7, C9 * 2 as twice from t1 where [c8] > 8", [(8, 20)]),
        ("select count(*) as n from t1 as x where x.c2999 > 0", [(2,)]),
        ("select max(a.c1) from t1 a join t1 b on a.c2 = b.c2", [(2,)]),
        ("select 1 as one from t1", [(1,), (1,)]),
    ],
)
def test_a_query_of_a_few_of_many_columns_is_answered(engine: str, query: str, rows: list[tuple]) -> None:
    wide = Table.of(**{f"c{at}": [at, at + 1] for at in range(3000)})
    query = query.replace("[c8]", '"c8"')
    found = apply_sql_transformation(wide, params=SqlParams(sql=query, engine=engine)).results_dataset
    assert list(zip(*(column.data.to_pylist() for column in found), strict=True)) == rows


@pytest.mark.parametrize(
    "query",
    [
        "select * from t1",
        "select t1.* from t1",
        "select c1, * from t1",
        "from t1",
        "select columns('c.*') from t1",
        "describe t1",
        "select t1 from t1",
        "select c1, * exclude (c2) from t1",
    ],
)
def test_a_query_that_takes_columns_unnamed_gets_all_of_them(query: str) -> None:
    wide = Table.of(**{f"c{at}": [at] for at in range(1200)})
    found = apply_sql_transformation(wide, params=SqlParams(sql=query, engine="duckdb")).results_dataset
    first = found.columns[0].data[0].as_py()
    assert max(len(found.columns), len(found), str(first).count("c")) >= 1199
