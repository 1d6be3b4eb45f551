"""What the page is told of the line that a node is."""

from __future__ import annotations

from typing import Any

import pytest

from modules.registry import find
from studio.catalog.lines import said_line

COLUMNS = {"n": "integer", "city": "string"}


def line(slug: str, params: dict[str, Any], **inputs: Any) -> Any:
    spec = find(slug)
    assert spec
    said = said_line(spec, params, inputs)
    return said if isinstance(said, str) else said.text


def test_names_and_values_cannot_leave_their_quotes() -> None:
    name, value = 'n" or "1', "x'; drop table t1; --"
    conditions = [{"column": [name], "op": "is", "value": value}]
    said = line("filter-rows", {"conditions": conditions}, dataset={name: "string"})
    assert said == """select * from t1 where "n"" or ""1" = 'x''; drop table t1; --'"""
    said = line("row-number", {"name": "x': __import__('os')}"}, dataset=COLUMNS)
    assert said.startswith("dataframe1.assign(**{\"x': __import__('os')}\": np.arange")


def test_columns_chosen_by_name_need_no_run_above() -> None:
    params = {"conditions": [{"column": "n", "op": "greater", "value": "10"}]}
    assert line("filter-rows", params, dataset=None) == 'select * from t1 where "n" > 10'
    params = {"conditions": [{"column": "n", "op": "is", "value": "Bonn"}]}
    assert line("filter-rows", params, dataset={"n": ""}) == "select * from t1 where \"n\" = 'Bonn'"


@pytest.mark.parametrize(
    ("slug", "params", "inputs", "why"),
    [
        ("sort", {"keys": [{"column": "n"}]}, {}, "Wire a table to Dataset"),
        ("fill-down", {}, {"dataset": None}, "are not known yet"),
        ("fill-down", {"columns": {"rules": [{"by": "pattern", "values": ["(a+)+$"]}]}}, {"dataset": COLUMNS},
         "a pattern chooses"),
        ("sort", {"keys": [{"column": "n", "natural": True}]}, {"dataset": COLUMNS}, "natural order"),
        ("sort", {"keys": [{}]}, {"dataset": COLUMNS}, "Key 1: choose one column"),
        ("sort", {"keys": [{"column": "gone"}]}, {"dataset": COLUMNS}, "There is no column 'gone'"),
        ("sort", {"keys": 7}, {"dataset": COLUMNS}, "not valid yet"),
        ("row-number", {"name": "x" * 30_000}, {"dataset": COLUMNS}, "too long"),
        ("filter-rows", {"conditions": [{"column": "n", "op": "is", "value": "Bonn"}]}, {"dataset": COLUMNS},
         "cannot be compared"),
        ("formula-column", {"formula": "n +"}, {"dataset": COLUMNS}, "not valid yet"),
        ("formula-column", {"formula": "sqrt(" * 90 + "n" + ")" * 90}, {"dataset": COLUMNS},
         "too long for one"),
        ("formula-column", {"formula": "n" + " % 2" * 90}, {"dataset": COLUMNS}, "too long for one line"),
        ("deduplicate-by-similarity", {}, {"dataset": COLUMNS}, "is no one line"),
        ("join-data", {"join_key_columns_for_l": ["n"]}, {"dataset1": COLUMNS, "dataset2": COLUMNS},
         "Choose key columns of both tables"),
    ],
)  # fmt: skip
def test_where_there_is_no_line_a_sentence_says_why(
    slug: str, params: dict[str, Any], inputs: dict[str, Any], why: str
) -> None:
    assert why in line(slug, params, **inputs)
