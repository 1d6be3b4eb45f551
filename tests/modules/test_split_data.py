"""Split Data: which rows go where."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

import pytest

from modules.data_transformation.split_data import Split, SplitParams, split_data
from modules.sdk.errors import ModuleError
from modules.sdk.values import Table
from tests.modules.tables import values

TEN = Table.of(x=list(range(10)), g=["a"] * 8 + ["b"] * 2)
PEOPLE = Table.of(
    name=["McCoy", "Spock", None, "Scott"], year=[2227, 2230, None, 2222],
    born=[dt.datetime(2227, 1, 20), dt.datetime(2230, 1, 6), None, dt.datetime(2222, 6, 28)],
)  # fmt: skip


def split(table: Table, **params: Any) -> Split:
    return split_data(table, SplitParams(**params))


def first(table: Table, expression: str, mode: str = "relative_expression") -> list[Any]:
    param = "relational_expression" if mode == "relative_expression" else mode
    return values(split(table, splitting_mode=mode, **{param: expression}).results_dataset1, table.names[0])


@pytest.mark.parametrize(("fraction", "count"), [(0, 0), (0.25, 3), (0.5, 5), (0.75, 8), (1, 10)])
@pytest.mark.parametrize("randomized", [True, False])
def test_each_row_goes_to_one_side_and_keeps_its_order(fraction: float, count: int, randomized: bool) -> None:
    one, two = (values(part, "x") for part in split(TEN, fraction=fraction, randomized=randomized))
    assert len(one) == count
    assert sorted(one + two) == list(range(10))
    assert one == sorted(one)
    assert two == sorted(two)


def test_the_seed_decides() -> None:
    drawn = {seed: tuple(values(split(TEN, seed=seed).results_dataset1, "x")) for seed in range(5)}
    assert drawn[0] == tuple(values(split(TEN, seed=0).results_dataset1, "x"))
    assert len(set(drawn.values())) > 1


def test_strata_are_divided_alike() -> None:
    one = split(TEN, stratified=True, stratification_key_column=["g"]).results_dataset1
    assert Counter(values(one, "g")) == {"a": 4, "b": 1}
    with pytest.raises(ModuleError, match="stratification key"):
        split(TEN, stratified=True)


def test_rows_with_a_pattern() -> None:
    assert first(PEOPLE, r'\"name" ^Mc|^Sc', "regular_expression") == ["McCoy", "Scott"]
    assert first(PEOPLE, r"(\0) pock", "regular_expression") == ["Spock"]


@pytest.mark.parametrize(
    ("expression", "names"),
    [
        (r'\"year" > 2227', ["Spock"]),
        (r"(\1) >= 2222 & != 2230", ["McCoy", "Scott"]),
        (r'\"year"<2225|>2228', ["Spock", "Scott"]),
        (r'"name" = "Spock" | = Scott', ["Spock", "Scott"]),
        (r'\"born" < 2227-01-01', ["Scott"]),
    ],
)
def test_rows_that_meet_a_comparison(expression: str, names: list[str]) -> None:
    assert first(PEOPLE, expression) == names


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("year > 3", "must begin with a column"),
        (r'\"year"', "says nothing"),
        (r'\"nope" > 3', "no column 'nope'"),
        (r"(\9) > 3", "no column number 9"),
        (r'\"year" around 3', "not a comparison"),
        (r'\"year" > often', "cannot be compared"),
    ],
)
def test_an_expression_that_makes_no_sense_is_refused(expression: str, message: str) -> None:
    with pytest.raises(ModuleError, match=message):
        first(PEOPLE, expression)
    with pytest.raises(ModuleError, match="not a regular expression"):
        first(PEOPLE, r'\"name" (', "regular_expression")
