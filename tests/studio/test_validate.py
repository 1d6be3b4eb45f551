"""What keeps a graph from running, before it runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from modules.registry import catalog
from studio.experiments.graph import read_graph
from studio.experiments.validate import Problem, validate
from tests.builders import Exp, chain

DATASETS = {"pima": "table", "scripts": "bundle"}


def problems(exp: Exp) -> list[Problem]:
    return validate(read_graph(exp.file()), catalog(), DATASETS.get)


def only(exp: Exp) -> Problem:
    found = problems(exp)
    assert len(found) == 1, found
    return found[0]


def test_a_good_graph_has_none() -> None:
    assert problems(chain("def azureml_main(df):\n    return df,\n")) == []


def test_an_unknown_module() -> None:
    found = only(Exp().node("a", "no-such-module"))
    assert (found.node, found.code) == ("a", "unknown-module")


def test_an_unknown_dataset() -> None:
    found = only(Exp().node("a", "dataset", dataset="gone"))
    assert (found.node, found.param, found.code) == ("a", "dataset", "unknown-dataset")


def test_a_dataset_that_is_not_chosen() -> None:
    found = only(Exp().node("a", "dataset"))
    assert (found.param, found.code) == ("dataset", "missing-param")


def test_a_missing_input_is_named() -> None:
    found = only(Exp().node("a", "split-data"))
    assert (found.node, found.port, found.code) == ("a", "dataset", "missing-input")


def test_a_named_node_is_called_by_its_name() -> None:
    exp = Exp().node("a", "split-data").named("a", "Hold out")
    assert only(exp).message.startswith("Hold out needs something on its input")
    wrong = chain().node("b", "unpack-zipped-datasets").named("b", "Unzip").wire("data.dataset", "b.dataset")
    assert "of Unzip takes a bundle" in only(wrong).message


def test_an_unknown_port() -> None:
    found = only(chain().script("s").wire("data.nothing", "s.dataset1"))
    assert (found.node, found.port, found.code) == ("data", "nothing", "unknown-port")


def test_a_wire_to_a_node_that_is_not_there() -> None:
    found = only(chain().wire("data.dataset", "gone.dataset1"))
    assert (found.node, found.code) == ("data", "unknown-node")


def test_an_input_takes_one_wire() -> None:
    exp = chain("").table("other", "x\n1\n").wire("other.dataset", "s1.dataset1")
    assert [p.code for p in problems(exp)] == ["taken-input"]


def test_a_table_does_not_fit_a_bundle_port() -> None:
    found = only(chain().script("s").wire("data.dataset", "s.script_bundle"))
    assert (found.node, found.port, found.code) == ("s", "script_bundle", "wrong-type")
    assert "table" in found.message
    assert "bundle" in found.message


@pytest.mark.parametrize(
    ("name", "port", "code"),
    [
        ("scripts", "script_bundle", []),
        ("pima", "dataset1", []),
        ("scripts", "dataset1", ["wrong-type"]),
        ("pima", "script_bundle", ["wrong-type"]),
    ],
)
def test_a_dataset_goes_where_its_kind_fits(name: str, port: str, code: list[str]) -> None:
    exp = Exp().node("d", "dataset", dataset=name).script("s").wire("d.dataset", f"s.{port}")
    assert [p.code for p in problems(exp)] == code


def test_each_node_of_a_cycle_is_told_and_no_other() -> None:
    exp = Exp().script("a").script("b").script("below")
    exp.wire("a.result_dataset", "b.dataset1").wire("b.result_dataset", "a.dataset1")
    exp.wire("b.result_dataset", "below.dataset1")
    assert [(p.node, p.code) for p in problems(exp)] == [("a", "cycle"), ("b", "cycle")]


def test_a_bad_param_is_named() -> None:
    exp = chain().node("s", "split-data", fraction=3).wire("data.dataset", "s.dataset")
    found = problems(exp)
    assert [(p.node, p.code) for p in found] == [("s", "bad-param")]


def test_a_param_that_does_not_exist() -> None:
    exp = chain().node("s", "split-data", color="red").wire("data.dataset", "s.dataset")
    assert [(p.param, p.code) for p in problems(exp)] == [("color", "bad-param")]


@pytest.mark.parametrize(
    ("source", "line"), [("x = 1\ndef azureml_main(:\n", 2), ("\ufeffdef f():\r\n\treturn (\r\n", 2)]
)
def test_a_syntax_error_has_its_line(source: str, line: int) -> None:
    found = only(Exp().script("s", source))
    assert (found.node, found.param, found.line, found.code) == ("s", "script", line, "script-syntax")
    assert found.message.startswith("The script has a syntax error: ")


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("x = 'a\n", "The script has a syntax error: unterminated string literal."),
        ("x = (1 2)\n", "The script has a syntax error: invalid syntax. Perhaps you forgot a comma?"),
    ],
)
def test_a_syntax_error_says_its_line_once(source: str, message: str) -> None:
    assert only(Exp().script("s", source)).message == message


def test_validation_never_executes(tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    source = f"open({str(mark)!r}, 'w')\ndef azureml_main(x=open({str(mark)!r}, 'w')):\n    pass\n"
    assert problems(Exp().script("s", source)) == []
    assert not mark.exists()


@pytest.mark.parametrize("source", ["(" * 100_000, "x = " + "-" * 50_000 + "1", "a\x00b", "x" * 2_000_000])
def test_a_hostile_script_is_a_problem_and_no_crash(source: str) -> None:
    assert {p.param for p in problems(Exp().script("s", source))} == {"script"}


def test_a_param_that_the_script_does_not_declare_is_told_and_one_that_does_not_fit() -> None:
    script = "def azureml_main(df, *, alpha: float = 0.1):\n    return df,\n"
    exp = Exp().node("a", "execute-python-script", script=script, alpha="much", alpah=1)
    assert [(one.code, one.param, one.message) for one in problems(exp)] == [
        ("bad-param", "alpha", "alpha: it takes a number, not 'much'."),
        ("bad-param", "alpah", "There is no parameter 'alpah'; did you mean 'alpha'?"),
    ]
    exp = Exp().node("a", "execute-python-script", script="def azureml_main(", alpha=1)
    assert only(exp).code == "script-syntax"


@pytest.mark.parametrize(
    ("module", "params", "param"),
    [
        ("plot", {}, "x"),
        ("plot", {"x": "x", "figure": "sum"}, "y"),
        ("plot", {"kind": "scatter", "x": ["x"]}, "y"),
        ("plot", {"kind": "heat_map", "x": "x", "y": "x", "figure": "sum"}, "value"),
        ("pivot", {"names_from": "x"}, "values_from"),
        ("pivot", {"names_from": "x", "values_from": {"begin": "none", "rules": []}}, "values_from"),
        ("date-parts", {"column": {"rules": [{"by": "names", "values": []}]}}, "column"),
        ("group-and-aggregate", {"aggregations": [{"column": "x"}, {"op": "mean"}]}, "aggregations"),
        ("filter-rows", {"conditions": [{"op": "is", "value": "1"}]}, "conditions"),
        ("window-functions", {"functions": [{"function": "total"}]}, "functions"),
        ("train-anomaly-detection-model", {}, None),
        ("plot", {"kind": "box", "y": "x"}, None),
        ("plot", {"kind": "histogram", "y": {"begin": "all"}}, None),
        ("window-functions", {"functions": [{"function": "rank"}]}, None),
        ("group-and-aggregate", {}, None),
    ],
)
def test_columns_that_are_not_chosen_are_told_before_the_run(
    module: str, params: dict[str, Any], param: str | None
) -> None:
    found = [p for p in problems(Exp().node("a", module, **params)) if p.code != "missing-input"]
    assert [p.param for p in found] == ([param] if param else [])


def test_the_record_without_a_column_is_counted() -> None:
    exp = Exp().node("a", "group-and-aggregate", aggregations=[{"column": "x"}, {"op": "mean"}])
    assert "needs a value for 'Column of Aggregations, number 2'" in problems(exp)[0].message
