"""The columns that modules say before a run are those that they leave."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from modules.data_transformation.shape.window_functions import FUNCTIONS
from modules.registry import catalog, find
from modules.sdk.declare import ModuleSpec
from modules.sdk.values import Table
from studio.catalog.example_maker import calls_of
from studio.experiments.foretold import foretell
from studio.experiments.graph import PortRef, read_graph
from studio.experiments.known_columns import KnownColumns
from tests.builders import Exp
from tests.modules.tables import every_type
from tests.modules.test_every_module import CHOICES

LATER: dict[str, dict[str, Any]] = {
    "split-text": {"at_most": 2},
    "rename-by-pattern": {"pattern": "_", "regular_expression": False, "replacement": " ", "case": "upper"},
}
"""What a module is told with that does not foretell with the params of its example."""
FORETELLING = [slug for slug, spec in catalog().items() if spec.foretells]


def spec_of(slug: str) -> ModuleSpec:
    spec = find(slug)
    assert spec
    return spec


def columns_of(table: Table) -> dict[str, str]:
    return {column.name: column.type for column in table}


def left(spec: ModuleSpec, tables: dict[str, Table], params: dict[str, Any]) -> dict[str, dict[str, str]]:
    named = {"params": spec.read_params(params)} if spec.params else {}
    results = spec.function(**tables, **named)
    return {port.name: columns_of(value) for port, value in zip(spec.outputs, results, strict=True)}


@pytest.mark.parametrize("slug", FORETELLING)
def test_what_is_said_before_is_what_is_left_after(
    slug: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    spec = spec_of(slug)
    call = next(call for call in calls_of(spec) if call.spec is spec)
    tables = {name: value for name, value in call.given.items() if isinstance(value, Table)}
    said = call.given.get("params")
    params = said.model_dump(mode="json", exclude_defaults=True) if said else {}
    told = foretell(spec, params, {name: columns_of(table) for name, table in tables.items()})
    if slug in LATER:
        assert told is None, "as many columns as there are parts, and what an expression finds, are not known"
        params |= LATER[slug]
        told = foretell(spec, params, {name: columns_of(table) for name, table in tables.items()})
    assert told == left(spec, tables, params)


@pytest.mark.parametrize("slug", FORETELLING)
def test_a_table_of_every_type(slug: str) -> None:
    spec, table = spec_of(slug), every_type()
    params = dict(CHOICES.get(slug, {})) | LATER.get(slug, {})
    tables = {port.name: table for port in spec.inputs if port.type == "table"}
    told = foretell(spec, params, {name: columns_of(table) for name in tables})
    assert told == left(spec, tables, params)


def test_a_type_that_is_not_known_stays_so() -> None:
    spec = spec_of("group-and-aggregate")
    params = {
        "group_by": ["city"],
        "aggregations": [{"column": "n", "op": "max"}, {"column": "n", "op": "count"}],
    }
    told = foretell(spec, params, {"dataset": {"city": "", "n": ""}})
    assert told == {"results_dataset": {"city": "", "Max(n)": "", "Count(n)": "integer"}}
    told = foretell(spec_of("formula-column"), {"name": "s", "formula": "n * 2"}, {"dataset": {"n": ""}})
    assert told == {"results_dataset": {"n": "", "s": ""}}


@pytest.mark.parametrize(
    ("slug", "params"),
    [
        (
            "select-columns-in-dataset",
            {"select_columns": {"rules": [{"by": "pattern", "values": ["(a+)+$"]}]}},
        ),
        ("formula-column", {"formula": 'replace(replace("aaaa", "a", "aaaa"), "a", "aaaa")'}),
        ("formula-column", {"formula": "gone + 1"}),
        ("formula-column", {"formula": "1 +"}),
        ("group-and-aggregate", {"aggregations": [{"op": "sum"}]}),
        ("pivot", {"names_from": "a", "values_from": "a"}),
        ("row-number", {"no_such_param": 1}),
        ("row-number", {"name": "x" * 30_000}),
    ],
)
def test_what_is_not_known_or_could_be_dear_is_not_told(slug: str, params: dict[str, Any]) -> None:
    assert foretell(spec_of(slug), params, {"dataset": {"a" * 40: "string", "a": "integer"}}) is None


def test_columns_go_down_through_several_nodes() -> None:
    exp = Exp().table("data", "city,n\nBonn,1\n").node("f", "formula-column", name="twice", formula="n * 2")
    exp.node("g", "group-and-aggregate", group_by="city", aggregations=[{"column": "twice", "op": "count"}])
    exp.node("s", "sort", keys=[{"column": "city"}])
    exp.wire("data.dataset", "f.dataset").wire("f.results_dataset", "g.dataset").wire(
        "g.results_dataset", "s.dataset"
    )
    graph = read_graph(exp.file())
    known = KnownColumns(graph, catalog(), lambda _: None, lambda _: None)
    assert known.out_of(PortRef("s", "results_dataset")) == {"city": "", "Count(twice)": "integer"}


def test_telling_needs_no_library_beside_those_of_the_catalog() -> None:
    """It happens in the web process."""
    script = f"""
import sys
from modules.registry import catalog
from studio.experiments.foretold import foretell
from tests.modules.test_every_module import CHOICES
catalog()
before = {{name.partition(".")[0] for name in sys.modules}}
for slug in {FORETELLING!r}:
    spec = catalog()[slug]
    columns = dict(whole="integer", float="float", string="string", datetime="datetime")
    foretell(spec, CHOICES.get(slug, {{}}), {{p.name: columns for p in spec.inputs if p.type == "table"}})
print(*({{name.partition(".")[0] for name in sys.modules}} - before))
"""
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert not {"duckdb", "sklearn", "scipy", "matplotlib", "rapidfuzz"} & set(told.stdout.split())


@pytest.mark.parametrize("column", ["n", "x"])
def test_each_window_function_is_told(column: str) -> None:
    spec = spec_of("window-functions")
    table = Table.of(n=[3, 1, None], x=[0.5, None, 2.0], g=["a", "b", "a"])
    asked = [{"function": name, "column": column, "rows": 2} for name in FUNCTIONS]
    params = {"group_by": ["g"], "order_by": [{"column": "n"}], "functions": asked}
    told = foretell(spec, params, {"dataset": columns_of(table)})
    assert told == left(spec, {"dataset": table}, params)
