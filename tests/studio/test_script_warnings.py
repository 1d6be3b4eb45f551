"""What will probably go wrong in a script, told before it runs and without running it."""

from __future__ import annotations

import subprocess

import pytest

from modules.registry import catalog
from modules.scripting import python_script, ruff_check
from studio.experiments.graph import read_graph
from studio.experiments.graph_warnings import GraphWarning
from studio.experiments.known_columns import KnownColumns
from studio.experiments.script_warnings import script_warnings
from tests.builders import Exp

HOUSES = {"Price": "float", "Rooms": "integer", "Floor Area": "float"}
CSV = "Price,Rooms,Floor Area\n1.5,2,3\n"


def warnings(exp: Exp) -> list[GraphWarning]:
    graph = read_graph(exp.file())
    known = KnownColumns(graph, catalog(), {"houses": HOUSES}.get, lambda port: None)
    return list(script_warnings(graph, catalog(), known))


def python(script: str, **params: str) -> list[GraphWarning]:
    exp = Exp().node("h", "dataset", dataset="houses").table("typed", CSV)
    exp.node("s", "execute-python-script", script=script, **params)
    exp.wire("h.dataset", "s.dataset1").wire("typed.dataset", "s.dataset2")
    return warnings(exp)


def body(*lines: str) -> str:
    return "\n".join(
        ["def azureml_main(houses, typed):", *(f"    {line}" for line in lines), "    return houses,"]
    )


def told(found: list[GraphWarning]) -> list[tuple[str, int | None]]:
    return [(one.code, one.line) for one in found]


GOOD = [
    "houses['new'] = 1; houses['new'] + houses['Price']",
    "houses.columns = ['a', 'b', 'c']; houses['a']",
    "change(houses); houses['a']",
    "houses = houses.rename(columns={'Price': 'a'}); houses['a']",
    "houses.rename(columns={'Price': 'a'}, inplace=True); houses['a']",
    "for houses in [{}]: houses['a']",
    "[houses['a'] for houses in typed]",
    "houses.loc[0, 'a'] = 1; houses['a']",
    "houses.insert(0, 'a', 1); houses['a']",
    "houses[name] = 1; houses['a']",
    "houses.a = 1; houses['a']",
    "x = houses.reset_index(); x['index']",
    "houses, x = x, houses; houses['a']",
    "studio.progress(0.5)",
    "del houses['Price']; houses.apply(len)",
]


@pytest.mark.parametrize("line", GOOD)
def test_what_may_be_right_is_not_told(line: str) -> None:
    script = body("change = len; name = x = 'k'", line)
    assert told(python(script)) == []


@pytest.mark.parametrize(
    "line",
    [
        "houses['Pirce']",
        "houses[['Rooms', 'Pirce']]",
        "houses.loc[:, 'Pirce']",
        "houses.groupby('Pirce').mean()",
        "houses.sort_values(by=['Pirce'])",
        "d = houses.copy(); e = d[d['Rooms'] > 2]; e['Pirce']",
        "houses.dropna(subset=['Pirce'])",
        "typed['Pirce']",
    ],
)
def test_a_column_that_is_not_there_is_told_with_the_nearest(line: str) -> None:
    (found,) = python(body(line))
    table = "Dataset2" if "typed" in line else "Dataset1"
    assert found.message == f"{table} has no column 'Pirce'; did you mean 'Price'?"
    assert (found.node, found.param, found.line, found.code) == ("s", "script", 2, "unknown-column")
    assert found.fix is not None
    (edit,) = found.fix.edits
    at = f"    {line}"[edit.column : edit.end_column]
    assert (at, edit.text) == ("'Pirce'", '"Price"')


def test_a_missing_or_misspelt_main_an_undefined_name_and_an_unused_import() -> None:
    assert [(f.code, f.message[-28:]) for f in python("def azurml_main(a): return a")] == [
        ("no-main", "; did you mean 'azurml_main'?"[-28:])
    ]
    assert told(python("x = 1")) == [("no-main", 1)]
    assert told(python("from hello import azureml_main")) == []
    script = "import os\n" + body("return undefined")
    assert told(python(script)) == [("unused-import", 1), ("undefined-name", 3)]


def test_gone_names_say_what_replaces_them_unless_the_node_is_classic() -> None:
    script = "import numpy as np, pandas as pd\nfrom sklearn.cross_validation import KFold\n" + body(
        "pd.rolling_mean(houses.ix[0], np.float(1)), KFold", "houses.as_matrix()"
    )
    found = python(script)
    assert told(found) == [("gone-name", n) for n in (2, 4, 4, 4, 5)]
    first, last = found[0], found[-1]
    assert "use `sklearn.model_selection`" in first.message
    assert first.fix is not None
    assert last.fix is not None
    assert [first.fix.edits[0].text, last.fix.edits[0].text] == ["sklearn.model_selection", "to_numpy"]
    assert python(script, api="classic") == []


def test_what_the_sandbox_refuses() -> None:
    script = "import requests, pandas as pd\n" + body(
        "requests.get('x')",
        "pd.read_csv('https://x.org/y.csv')",
        "open('/etc/passwd')",
        "open('Script Bundle/x')",
    )
    assert told(python(script)) == [("no-network", 1), ("no-network", 4), ("outside-path", 5)]


def test_a_parameter_that_gets_no_field_is_told() -> None:
    (found,) = python("def azureml_main(a, b, *, script='x'):\n    return a,")
    assert (found.code, found.line) == ("no-field", 1)


@pytest.mark.parametrize("engine", ["sqlite", "duckdb"])
def test_sql(engine: str) -> None:
    def of(sql: str) -> list[tuple[str, int | None, str]]:
        exp = Exp().node("h", "dataset", dataset="houses").table("typed", "Rooms,k\n1,2\n")
        exp.node("q", "apply-sql-transformation", sql=sql, engine=engine)
        exp.wire("h.dataset", "q.t1").wire("typed.dataset", "q.t2")
        return [(one.code, one.line, one.message) for one in warnings(exp)]

    assert of("select *\nfrm t1")[0][:2] == ("sql-syntax", 2)
    assert of("select a.Rooms\n, a.Pirce from t1 a join t2 on a.Rooms = t2.Rooms") == [
        ("unknown-column", 2, "t1 has no column 'Pirce'; did you mean 'Price'?")
    ]
    for good in (
        'with c as (select Price as p from t1) select p, "Floor Area" from c, t1 where p > :least',
        "create view v as select 1 as a; select a from v",
        "select (select max(k) from t2 where t2.rooms = t1.rooms) from t1 order by 1",
        "select Price as x from t1 group by x having x > 1",
    ):
        assert of(good) == [], good


def test_columns_are_known_through_sql_and_what_passes_them_on() -> None:
    exp = Exp().node("h", "dataset", dataset="houses")
    exp.node(
        "q", "apply-sql-transformation", sql="with c as (select * from t1) select Price as p, Rooms from c"
    )
    exp.node("split", "split-data").wire("h.dataset", "q.t1").wire("q.results_dataset", "split.dataset")
    exp.script("s", "def azureml_main(a):\n    return a['p'], a['Price']")
    exp.wire("split.results_dataset1", "s.dataset1")
    assert [one.message for one in warnings(exp)] == ["Dataset1 has no column 'Price'; it has 'p', 'Rooms'."]


@pytest.mark.parametrize(
    "script",
    [
        "(" * 10_000,
        "[" * 10_000 + "]" * 10_000,
        "x = '" + "a" * 10_000_000 + "'",
        "x = " + "-" * 50_000 + "1",
    ],
)
def test_a_hostile_script_is_let_be(script: str) -> None:
    assert all(one.code == "no-main" for one in python(script))
    assert python_script.find_problems("a." * 30_000 + "b", []) is not None


def test_a_linter_that_hangs_or_dies_takes_nothing_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def hangs(*args: object, **kwargs: object) -> None:
        raise subprocess.TimeoutExpired("ruff", 3)

    monkeypatch.setattr(subprocess, "run", hangs)
    assert ruff_check.check("import os") == []
