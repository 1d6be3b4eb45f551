"""How a query ran: the plan of both engines as steps."""

from __future__ import annotations

import itertools

import pytest

from modules.data_transformation._query_plan import PlanStep, query_plan
from modules.data_transformation.apply_sql_transformation import SqlParams
from modules.sdk.values import Table

TABLES = {
    "t1": Table.of(a=[1, 2, 3, 4], b=["x", "y", "x", "z"]),
    "t2": Table.of(b=["x", "y"], c=[1, 2]),
}
QUERY = (
    "create temp view v as select * from t1 where a > 1;"
    "select v.b, sum(a * c) s from v join t2 on v.b = t2.b group by 1 order by 2"
)


def plan(engine: str, sql: str = QUERY) -> list[PlanStep]:
    return query_plan(SqlParams.model_validate({"sql": sql, "engine": engine}), TABLES)


def test_duckdb_tells_the_rows_of_each_step() -> None:
    steps = plan("duckdb")
    assert steps[0].depth == 0
    assert [step.rows for step in steps if step.what == "Hash join"] == [2]
    scans = {step.rows for step in steps if step.what == "Table scan"}
    assert max(rows or 0 for rows in scans) in (3, 4)
    assert all(below.depth <= above.depth + 1 for above, below in itertools.pairwise(steps))


def test_sqlite_tells_its_steps_and_the_rows_of_tables_that_it_reads_whole() -> None:
    steps = plan("sqlite", "select * from t1 where a > 1")
    assert steps == [PlanStep(0, "Scan", "t1", 4, None)]
    assert any("GROUP BY" in step.detail for step in plan("sqlite"))
    union = plan("sqlite", "select b from t1 union select b from t2")
    assert {step.depth for step in union} == {0, 1, 2}


@pytest.mark.parametrize("engine", ["sqlite", "duckdb"])
@pytest.mark.parametrize(
    "sql",
    ["insert into t1 values (1, 'q')", "select nothing from t1", "pragma table_info(t1)", "drop table t1"],
)
def test_what_has_no_plan_has_none(engine: str, sql: str) -> None:
    assert plan(engine, sql) == []


@pytest.mark.parametrize("engine", ["sqlite", "duckdb"])
def test_parameters_are_bound_and_no_file_is_reached(engine: str, tmp_path: object) -> None:
    params = SqlParams.model_validate(
        {"sql": "select * from t1 where a > :least", "engine": engine, "least": 2}
    )
    assert query_plan(params, TABLES)
    for sql in (f"copy (select 1) to '{tmp_path}/x'; select 1", f"attach '{tmp_path}/y' as y; select 1"):
        assert plan(engine, sql) == []
