"""Rows without code: Filter Rows, Sort, Top N, Sample, Row Number, Fill Down, duplicates, Expectations.
Each is compared with pandas where pandas does the same."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from pydantic import ValidationError

from modules.data_transformation import _similarity
from modules.data_transformation._predicates import OPS, WITHOUT_VALUE
from modules.data_transformation.rows.deduplicate_by_similarity import (
    SimilarParams,
    deduplicate_by_similarity,
)
from modules.data_transformation.rows.expectations import Checked, ExpectationParams, expectations
from modules.data_transformation.rows.fill_down import FillParams, fill_down
from modules.data_transformation.rows.filter_rows import FilterParams, filter_rows
from modules.data_transformation.rows.row_number import NumberParams, row_number
from modules.data_transformation.rows.sample import SampleParams, sample
from modules.data_transformation.rows.sort import SortParams, sort
from modules.data_transformation.rows.top_n import TopParams, top_n
from modules.sdk.broken_role import are_broken
from modules.sdk.errors import ModuleError
from modules.sdk.values import Table
from tests.modules.tables import every_type, rows, values

LONG = 2**60 + 1
ODD = 'a "b", ü'
DAYS = [dt.datetime(2024, 1, day) for day in (1, 5, 9)]
TABLE = Table.from_arrow(
    pa.table({
        "n": pa.array([1, LONG, None]), "t": ["Bonn", "Köln (a.b)", None], "f": [0.5, None, 2.0],
        "d": pa.array(DAYS), "z": pa.array(DAYS, pa.timestamp("us", "Europe/Berlin")),
        "b": [True, False, None], "c": pa.array(["u", "v", None]).dictionary_encode(), ODD: [1, 2, 3],
    })
)  # fmt: skip


def kept(*conditions: dict[str, Any], table: Table = TABLE, **params: Any) -> list[Any]:
    done = filter_rows(table, FilterParams.model_validate({"conditions": conditions, **params}))
    assert len(done.kept_rows) + len(done.dropped_rows) == len(table)
    return values(done.kept_rows, ODD)


@pytest.mark.parametrize(
    ("column", "op", "value", "wanted"),
    [
        ("n", "is", str(LONG), [2]), ("n", "is", str(LONG - 1), []), ("n", "less", "1.5", [1]),
        ("n", "is_not", "1", [2, 3]), ("n", "in_list", f"7, {LONG}", [2]), ("f", "at_least", "0.5", [1, 3]),
        ("t", "is", "Bonn", [1]), ("t", "in_list", "Ulm\nKöln (a.b)", [2]), ("t", "contains", "(a.", [2]),
        ("t", "starts_with", "B", [1]), ("t", "ends_with", "n", [1]), ("t", "matches", "^[BK]ö?", [1, 2]),
        ("t", "missing", "", [3]), ("t", "present", "", [1, 2]), ("d", "greater", "2024-01-05", [3]),
        ("z", "at_most", "2024-01-05 01:00", [1, 2]), ("d", "in_last_days", "4", [2, 3]),
        ("b", "is", "true", [1]),
        ("c", "is", "v", [2]), ("c", "greater", "u", [2]), (ODD, "at_least", "2", [2, 3]),
    ],
)  # fmt: skip
def test_a_condition_keeps_the_rows_that_meet_it(column: str, op: str, value: str, wanted: list[int]) -> None:
    assert kept({"column": column, "op": op, "value": value}) == wanted


def test_conditions_are_joined_and_before_or() -> None:
    one, two = {"column": ODD, "op": "greater", "value": "1"}, {"column": "f", "op": "present"}
    three = {"column": "t", "value": "Bonn", "joined_by": "or"}
    assert kept(one, two) == [3]
    assert kept(one, {**two, "joined_by": "or"}) == [1, 2, 3]
    assert kept(one, two, three) == [1, 3]
    assert kept(one, two, three, keep="others") == [2]
    assert kept({"column": ODD, "op": "between", "value": "2", "upper": "2"}) == [2]


def test_a_table_that_is_kept_or_dropped_whole_is_passed_on() -> None:
    assert filter_rows(TABLE, FilterParams()).kept_rows is TABLE
    nothing = FilterParams.model_validate({"conditions": [{"column": "t", "value": "x"}]})
    assert filter_rows(TABLE, nothing).dropped_rows is TABLE


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        (
            {"column": "n", "value": "many"},
            "Condition 1: 'many' cannot be compared with column n, which is integer",
        ),
        ({"column": "d", "value": ""}, "There is no value to compare with column d.* Write a date like"),
        ({"column": "t", "op": "matches", "value": "("}, "'\\(' is not a pattern"),
        ({"column": "t", "op": "in_last_days", "value": "3"}, "column t is string; days need dates"),
        ({"column": "gone"}, "Condition 1: There is no column 'gone'"),
        ({}, "Condition 1 needs one column, but none is chosen"),
        ({"column": "t", "op": "in_list", "value": " , "}, "the list is empty"),
    ],
)
def test_a_condition_that_cannot_be_asked_is_refused(condition: dict[str, Any], message: str) -> None:
    with pytest.raises(ModuleError, match=message) as refused:
        kept(condition)
    assert refused.value.param == "conditions"


def assert_names(sentence: str, name: str) -> None:
    assert name in sentence


@pytest.mark.parametrize("op", OPS)
@pytest.mark.parametrize("name", every_type().names)
def test_every_condition_answers_of_every_type(op: str, name: str) -> None:
    value = "" if op in WITHOUT_VALUE else "1"
    condition = {"column": name, "op": op, "value": value, "upper": "2"}
    for table in (every_type(), every_type().take(pa.array([], pa.int64()))):
        try:
            done = filter_rows(table, FilterParams.model_validate({"conditions": [condition]}))
        except ModuleError as error:
            refused = error.message
            assert_names(refused, name)
        else:
            assert len(done.kept_rows) + len(done.dropped_rows) == len(table)


def in_order(table: Table, *keys: dict[str, Any], **params: Any) -> Table:
    return sort(table, SortParams.model_validate({"keys": keys, **params})).results_dataset


def test_rows_are_sorted_as_pandas_sorts_them() -> None:
    draw = np.random.default_rng(1)
    frame = pd.DataFrame({"a": draw.integers(0, 5, 200), "b": draw.choice([0.5, 1.5, np.nan], 200)})
    table = Table.from_frame(frame.assign(row=range(200)))
    keys = [{"column": "a", "order": "descending"}, {"column": "b"}]
    wanted = frame.sort_values(["a", "b"], ascending=[False, True], kind="stable").index.tolist()
    assert values(in_order(table, *keys), "row") == wanted
    first = frame.sort_values("b", kind="stable", na_position="first").index.tolist()
    assert values(in_order(table, {"column": "b"}, missing_values="first"), "row") == first
    assert in_order(table) is table


def test_every_type_can_be_sorted() -> None:
    for name in every_type().names:
        for order in ("ascending", "descending"):
            done = values(in_order(every_type(), {"column": name, "order": order, "natural": True}), name)
            present = [value for value in done if value is not None]
            assert present == sorted(present, reverse=order == "descending")
            assert done[len(present) :] == [None] * (len(done) - len(present))


def test_natural_order_and_categories_of_an_order() -> None:
    table = Table.of(t=["x10", "X9", "x9b", None, "a"])
    assert values(in_order(table, {"column": "t", "natural": True}), "t") == ["a", "X9", "x9b", "x10", None]
    levels = pa.DictionaryArray.from_arrays(pa.array([1, 0, 2]), ["low", "mid", "high"], ordered=True)
    done = in_order(Table.from_arrow(pa.table({"c": levels})), {"column": "c"})
    assert values(done, "c") == ["low", "mid", "high"]


def test_the_top_of_each_group_is_that_of_pandas() -> None:
    draw = np.random.default_rng(2)
    frame = pd.DataFrame({"g": draw.integers(0, 6, 100), "v": draw.permutation(100)})
    params = TopParams.model_validate(
        {"number_of_rows": 2, "group_by": "g", "keys": [{"column": "v", "order": "descending"}]}
    )
    done = top_n(Table.from_frame(frame), params).results_dataset
    wanted = frame.sort_values("v", ascending=False).groupby("g").head(2)
    assert sorted(values(done, "v")) == sorted(wanted["v"])
    assert values(top_n(TABLE, TopParams(number_of_rows=1)).results_dataset, ODD) == [1]
    assert top_n(TABLE, TopParams(number_of_rows=3)).results_dataset is TABLE


def test_a_sample_has_the_size_that_was_asked_for() -> None:
    table = Table.of(x=list(range(50)), g=["a", "b"] * 25)
    size = {"size": "rows", "number_of_rows": 10}
    done = sample(table, SampleParams.model_validate(size)).results_dataset
    assert len(done) == 10
    assert values(done, "x") == sorted(set(values(done, "x")))
    even = sample(table, SampleParams.model_validate({**size, "same_share_of_each_group": "g"}))
    assert values(even.results_dataset, "g").count("a") == 5
    again = SampleParams.model_validate({"size": "rows", "number_of_rows": 80, "with_replacement": True})
    assert len(sample(table, again).results_dataset) == 80
    assert len(sample(table.take(pa.array([], pa.int64())), again).results_dataset) == 0
    assert sample(table, SampleParams(share=1)).results_dataset is table


def test_rows_are_numbered_in_their_groups() -> None:
    table = Table.of(g=["a", "b", "a", None, None])
    params = NumberParams.model_validate({"group_by": "g", "first_number": 0, "name": "no"})
    assert values(row_number(table, params).results_dataset, "no") == [0, 0, 1, 0, 1]
    again = row_number(row_number(table, NumberParams()).results_dataset, NumberParams(first_number=5))
    assert again.results_dataset.names == ["g", "Row Number"]
    assert values(again.results_dataset, "Row Number") == [5, 6, 7, 8, 9]


def test_gaps_are_filled_as_pandas_fills_them() -> None:
    frame = pd.DataFrame({"g": [1, 2, 1, 2, 1, 1], "v": [None, 5.0, 3.0, None, None, None]})
    table = Table.from_frame(frame)
    for direction, fill in (("down", "ffill"), ("up", "bfill")):
        params = FillParams.model_validate({"columns": "v", "direction": direction})
        assert values(fill_down(table, params).results_dataset, "v") == [
            None if pd.isna(v) else v for v in getattr(frame["v"], fill)()
        ]
    by_group = FillParams.model_validate({"columns": "v", "group_by": "g", "at_most": 1})
    assert values(fill_down(table, by_group).results_dataset, "v") == [None, 5, 3, 5, 3, None]
    done = fill_down(every_type(), FillParams()).results_dataset
    assert (
        done.column("whole").data is every_type().column("whole").data
        or done.column("whole").type == "integer"
    )
    assert [values(done, name)[1] for name in ("string", "categorical")] == ['a "quoted"\nline, é', "u"]


def test_rows_that_are_alike_become_one() -> None:
    table = Table.of(
        name=["Jon Smith", "Ada Lovelace", "John  SMITH", None, "Ada Lovelase", ""], k=[1, 1, 1, 2, 2, 2]
    )
    done = deduplicate_by_similarity(table, SimilarParams.model_validate({"columns": "name"}))
    assert values(done.results_dataset, "name") == ["Jon Smith", "Ada Lovelace", None, ""]
    assert values(done.duplicates, "Group") == [1, 1, 2, 2]
    assert values(done.duplicates, "Score")[0] == 1.0
    within = SimilarParams.model_validate({"columns": "name", "compare_within": "k"})
    assert len(deduplicate_by_similarity(table, within).results_dataset) == 5
    words = SimilarParams.model_validate({"columns": "t", "measure": "words"})
    assert len(deduplicate_by_similarity(Table.of(t=["a b c", "c a b"]), words).results_dataset) == 1
    with pytest.raises(ModuleError, match="Choose the columns"):
        deduplicate_by_similarity(table, SimilarParams())


def test_too_many_pairs_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_similarity, "MOST_PAIRS", 3)
    with pytest.raises(ModuleError, match="2 × 2 different texts are more pairs"):
        deduplicate_by_similarity(Table.of(t=["a", "b"]), SimilarParams.model_validate({"columns": "t"}))


def checked(*rules: dict[str, Any], **params: Any) -> Checked:
    table = Table.of(age=[30, -1, None, 30], city=["Bonn", None, "Ulm", "Bonn"])
    return expectations(table, ExpectationParams.model_validate({"rules": rules, **params}))


def test_broken_rows_say_which_rules_they_break(capsys: pytest.CaptureFixture[str]) -> None:
    done = checked(
        {"column": "age", "expects": "between", "value": "0", "upper": "120"},
        {"column": "city"},
        {"column": "city", "expects": "unique", "allowed_share": 0.5},
    )
    assert values(done.broken_rows, "Broken rules") == [
        "city is unique", "age is between 0 and 120; city is present", "city is unique",
    ]  # fmt: skip
    assert values(done.good_rows, "city") == ["Ulm"]
    assert [list(row.values())[1:] for row in rows(done.result_by_rule)] == [
        [4, 1, False], [4, 1, False], [4, 2, True],
    ]  # fmt: skip
    assert "1 of 4 rows break rule 2, city is present" in capsys.readouterr().out


def test_broken_rules_may_stop_the_run() -> None:
    with pytest.raises(ModuleError, match="not as expected: 1 of 4 rows break rule 1, age is at least 0"):
        checked({"column": "age", "expects": "at_least", "value": "0"}, if_a_rule_is_broken="stop")
    assert len(checked(if_a_rule_is_broken="stop").good_rows) == 4


def test_a_record_is_checked_as_a_param_is() -> None:
    with pytest.raises(ValidationError):
        FilterParams.model_validate({"conditions": [{"column": "n", "op": "no"}]})
    with pytest.raises(ValidationError):
        FilterParams.model_validate({"conditions": [{"colum": "n"}]})


def test_broken_rules_mark_the_tables_whose_wires_turn_red() -> None:
    table = Table.of(age=[30, -1, None])
    for allowed, marked in ((0.0, True), (0.5, False)):
        rule = {"column": "age", "expects": "at_least", "value": "0", "allowed_share": allowed}
        done = expectations(table, ExpectationParams.model_validate({"rules": [rule]}))
        for port in (done.broken_rows, done.result_by_rule):
            assert are_broken(column.role or "" for column in port) is marked
        assert not are_broken(column.role or "" for column in done.good_rows)
