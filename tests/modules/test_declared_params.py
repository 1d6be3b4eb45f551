"""Params that a script declares: read off its source, checked, and passed at the call."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from modules.python_language._signature import OWN, read_signature
from modules.python_language.execute_python_script import PythonParams
from modules.registry import catalog
from modules.sdk.declare import ModuleSpec
from modules.sdk.declared import Declared
from modules.sdk.values import Table

PYTHON = catalog()["execute-python-script"]
SEVERAL = '''
from typing import Literal, Optional
SEED = 7
def azureml_main(frame, *, alpha: float = 0.1, method: Literal["a", "b"] = "a", flag: bool = False,
                 title: str = "", top: "Optional[int]" = None, seed: int = SEED, level=Literal, cut=3):
    """Fits.

    Args:
        alpha: How much is
            smoothed.
    """
    print([alpha, method, flag, title, top, seed, cut])
'''


def declared(script: str, spec: ModuleSpec = PYTHON, param: str = "script") -> dict[str, Declared]:
    return {one.name: one for one in spec.declared({param: script}) or ()}


def read(script: str, **values: Any) -> dict[str, Any]:
    return PYTHON.read_params({"script": script, **values}).model_extra or {}


def refused(script: str, **values: Any) -> str:
    with pytest.raises(ValidationError) as error:
        read(script, **values)
    (item,) = error.value.errors()
    assert item["loc"] == (next(iter(values)),)
    return item["msg"]


def test_types_defaults_and_help_are_read_off_the_signature() -> None:
    found = declared(SEVERAL)
    assert {name: (one.type, one.default) for name, one in found.items()} == {
        "alpha": ("number", 0.1),
        "method": ("choice", "a"),
        "flag": ("toggle", False),
        "title": ("text", ""),
        "top": ("integer", None),
        "seed": ("integer", 7),
        "cut": ("integer", 3),
    }
    assert found["alpha"].help == "How much is smoothed."
    assert (found["top"].optional, found["seed"].optional) == (True, False)
    (alpha, method) = PYTHON.params_of({"script": SEVERAL})[len(PYTHON.params) :][:2]
    assert (alpha.label, alpha.type, alpha.default) == ("alpha", "number", 0.1)
    assert [choice.value for choice in method.choices or []] == ["a", "b"]


@pytest.mark.parametrize(
    ("annotation", "kind"),
    [
        ("int | None", "integer"),
        ("typing.Optional[str]", "text"),
        ("Union[int, float]", "number"),
        ("t.Annotated[float, 'share']", "number"),
        ("Literal[1, 2]", "choice"),
        ("list[str]", None),
        ("int | str", None),
        ("'not python'", None),
    ],
)
def test_an_annotation_says_the_type(annotation: str, kind: str | None) -> None:
    script = f"def azureml_main(*, x: {annotation} = None): ..."
    assert [one.type for one in declared(script).values()] == ([kind] if kind else [])
    read_off = read_signature(script)
    assert read_off is not None
    assert bool(read_off.left_out) == (kind is None)


@pytest.mark.parametrize(
    "script",
    [
        "def azureml_main(*, x=1): ...\ndef azureml_main(*, y=1): ...",
        "if True:\n  def azureml_main(*, y=1): ...\nelse:\n  pass",
        "def mine(*, y=1): ...\nazureml_main = mine",
        "azureml_main = lambda df, *, y=1: df",
        "\ufeffasync def azureml_main(*, model=None, _x=2,\u00a0y=1): ...\r\n",
    ],
)
def test_the_last_definition_counts_however_it_is_made(script: str) -> None:
    assert list(declared(script)) == ["y"]


def test_own_settings_keep_their_names() -> None:
    assert set(PythonParams.model_fields) <= OWN
    found = read_signature("def azureml_main(*, script='x', y=1): ...")
    assert found is not None
    assert [name for name, *_ in found.left_out] == ["script"]


def test_values_come_as_the_annotation_says_also_from_text() -> None:
    found = read(SEVERAL, alpha="0.5", flag="true", top="3", seed=2.0, title=5)
    assert found == {
        "alpha": 0.5, "method": "a", "flag": True, "title": "5", "top": 3, "seed": 2, "cut": 3,
    }  # fmt: skip
    assert type(found["seed"]) is int


def test_a_value_that_does_not_fit_is_told_with_what_it_takes() -> None:
    assert refused(SEVERAL, alpha="much") == "alpha: it takes a number, not 'much'."
    assert refused(SEVERAL, alpha=True) == "alpha: it takes a number, not True."
    assert refused(SEVERAL, alpha="nan") == "alpha: it takes a number, not 'nan'."
    assert refused(SEVERAL, seed=1.5) == "seed: it takes a whole number, not 1.5."
    assert refused(SEVERAL, method="c") == "method: it takes one of 'a', 'b', not 'c'."
    assert refused(SEVERAL, flag="{}") == "flag: it takes true or false, not '{}'."
    assert refused(SEVERAL, alpah=1) == "There is no parameter 'alpah'; did you mean 'alpha'?"


def test_a_script_that_cannot_be_parsed_declares_nothing_and_refuses_nothing() -> None:
    for script in ("def azureml_main(*, a=1", "(" * 10_000, "x = " + "-" * 100_000 + "1"):
        assert PYTHON.declared({"script": script}) == ()
        assert read(script, a=2) == {}


def test_names_that_pydantic_uses_are_names_like_others() -> None:
    script = "def azureml_main(*, copy=1, model_dump=2, schema='s'): ..."
    params = PYTHON.read_params({"script": script, "copy": 5})
    assert params.model_dump(mode="json") | {"script": ""} == {
        "script": "", "api": "current", "environment": "", "run_every_time": False, "copy": 5,
        "network": "", "secrets": "", "use_cached_results": False, "row_by_row": False,
        "model_dump": 2, "schema": "s",
    }  # fmt: skip


def test_they_are_passed_at_the_call() -> None:
    params = PYTHON.read_params({"script": SEVERAL, "alpha": 2, "method": "b"})
    said = PYTHON.function(Table.of(x=[1]), Table.of(y=[1]), params=params).python_device.text
    assert said == "[2.0, 'b', False, '', None, 7, 3]\n"


SQL = catalog()["apply-sql-transformation"]
R = catalog()["execute-r-script"]
QUERY = """-- :share float = 0.1, the part that is kept
-- :word = 'it''s'
select x as ":no", :share as share, :word as word, :any as "any" -- :no
from t1 where ':no' <> '' and x >= :any; /* :no */
"""


def test_names_with_a_colon_are_params_of_a_query() -> None:
    found = declared(QUERY, SQL, "sql")
    assert {name: (one.type, one.default, one.required, one.line) for name, one in found.items()} == {
        "share": ("number", 0.1, False, 3),
        "word": ("text", "it's", False, 3),
        "any": ("text", None, True, 3),
    }
    assert found["share"].help == "the part that is kept"
    duck = "select {'k':x}, [1, 2][1:x], x::int, ':x' from t1 where x=:y"
    assert list(declared(duck, SQL, "sql")) == ["y"]


@pytest.mark.parametrize("engine", ["sqlite", "duckdb"])
def test_values_are_bound_in_both_engines_and_never_pasted(engine: str) -> None:
    params = SQL.read_params({"sql": QUERY, "engine": engine, "any": "2", "word": "'; drop table t1; --"})
    (result,) = SQL.function(Table.of(x=[1, 2, 3]), params=params)
    assert result.column(":no").data.to_pylist() == [2, 3]
    assert result.column("share").data.to_pylist() == [0.1, 0.1]
    assert result.column("word").data.to_pylist() == ["'; drop table t1; --"] * 2
    assert result.column("any").data.to_pylist() == [2, 2]


R_SCRIPT = r"""
# azureml_main <- function(no = 1)
azureml_main <- function(dataframe1, dataframe2 = NULL, # a, b
    alpha = 0.1, n = 3L, flag = TRUE, method = c("a", 'b'), title = "x\"y, )", f = mean(1:3), script = 1) {
  print(list(names(dataframe1), dataframe2, alpha, n, flag, method[1], title))
  dataframe1
}
"""


def test_plain_defaults_of_an_r_function_are_params() -> None:
    found = declared(R_SCRIPT, R)
    assert {name: (one.type, one.default, one.line) for name, one in found.items()} == {
        "alpha": ("number", 0.1, 4),
        "n": ("integer", 3, 4),
        "flag": ("toggle", True, 4),
        "method": ("choice", "a", 4),
        "title": ("text", 'x"y, )', 4),
    }


@pytest.mark.skipif(R.missing() is not None, reason="R is not installed")
def test_they_reach_the_r_function_as_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    title = 'é"\\\n$(`x`)'
    params = R.read_params({"script": R_SCRIPT, "title": title, "n": "7", "method": "b"})
    said = R.function(Table.of(x=[1]), params=params).r_device.text
    for line in ("[1] 0.1", "[1] 7", "[1] TRUE", '[1] "b"', r'[1] "é\"\\\n$(`x`)"', "NULL", '[1] "x"'):
        assert f"\n{line}\n" in said
