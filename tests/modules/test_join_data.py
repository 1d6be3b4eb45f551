"""Join Data: who meets whom."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from modules.data_transformation.join_data import JoinParams, join_data
from modules.sdk.errors import ModuleError
from modules.sdk.values import Table
from tests.modules.tables import every_type, rows, values

LEFT = Table.of(k=[2, 1, None, 2], a=["p", "q", "r", "s"])
RIGHT = Table.of(k=[2, 3, None, 2], b=[10, 20, 30, 40])


def join(left: Table, right: Table, on: Any = "k", on_right: Any = None, **params: Any) -> Table:
    keys = {"join_key_columns_for_l": [on], "join_key_columns_for_r": [on_right or on]}
    return join_data(left, right, JoinParams(**{**keys, **params})).results_dataset


@pytest.mark.parametrize(
    ("kind", "pairs"),
    [
        ("inner", [("p", 10), ("p", 40), ("s", 10), ("s", 40)]),
        ("left_outer", [("p", 10), ("p", 40), ("q", None), ("r", None), ("s", 10), ("s", 40)]),
        (
            "full_outer",
            [("p", 10), ("p", 40), ("q", None), ("r", None), ("s", 10), ("s", 40), (None, 20), (None, 30)],
        ),
    ],
)
def test_missing_keys_meet_nobody_and_the_left_order_is_kept(kind: str, pairs: list) -> None:
    done = join(LEFT, RIGHT, join_type=kind)
    assert list(zip(values(done, "a"), values(done, "b"), strict=True)) == pairs
    assert done.names == ["k", "a", "k (2)", "b"]


def test_a_left_semi_join_keeps_left_rows_that_have_a_partner_once() -> None:
    assert rows(join(LEFT, RIGHT, join_type="left_semi")) == [{"k": 2, "a": "p"}, {"k": 2, "a": "s"}]


def test_without_the_right_keys_the_left_ones_hold_both_sides() -> None:
    done = join(LEFT, RIGHT, join_type="full_outer", keep_right_key_columns=False)
    assert done.names == ["k", "a", "b"]
    assert values(done, "k") == [2, 2, 1, None, 2, 2, 3, None]


def test_case_matters_unless_told_otherwise() -> None:
    left, right = Table.of(k=["Ann", "bo"]), Table.of(k=["ANN", "bo"])
    assert len(join(left, right)) == 1
    assert len(join(left, right, match_case=False)) == 2


def test_keys_of_several_columns_and_of_other_names() -> None:
    left = Table.of(a=[1, 1, 2], b=["x", "y", "x"])
    right = Table.of(c=[1.0, 2.0], d=["y", "x"], v=[7, 8])
    keys = {"join_key_columns_for_l": ["a", "b"], "join_key_columns_for_r": ["c", "d"]}
    assert values(join(left, right, **keys), "v") == [7, 8]


@pytest.mark.parametrize("name", every_type().names)
def test_keys_may_be_of_any_type(name: str) -> None:
    done = join(every_type(), every_type(), name, join_type="left_semi")
    assert len(done) == len(every_type()) - every_type().column(name).data.null_count


def test_keys_that_cannot_be_compared_are_refused() -> None:
    with pytest.raises(ModuleError, match="Edit Metadata"):
        join(Table.of(k=["1"]), Table.of(k=[1]))
    with pytest.raises(ModuleError, match="Choose the join key columns for L"):
        join(LEFT, RIGHT, join_key_columns_for_l=[])
    with pytest.raises(ModuleError, match="needs its partner"):
        join(LEFT, RIGHT, join_key_columns_for_l=["k", "a"])
    with pytest.raises(ModuleError, match="nope"):
        join(LEFT, RIGHT, "nope")


@pytest.mark.parametrize(
    ("kind", "how"), [("inner", "inner"), ("left_outer", "left"), ("full_outer", "outer")]
)
def test_agrees_with_pandas(kind: str, how: Any) -> None:
    draw = np.random.default_rng(3)
    left = Table.from_arrow(pa.table({"k": draw.integers(0, 40, 200), "a": np.arange(200)}))
    right = Table.from_arrow(pa.table({"k": draw.integers(20, 60, 100), "b": np.arange(100)}))
    mine = join(left, right, join_type=kind, keep_right_key_columns=False).frame()
    theirs = pd.merge(left.frame(), right.frame(), on="k", how=how)
    order = ["k", "a", "b"]
    mine, theirs = (f.sort_values(order).reset_index(drop=True)[order] for f in (mine, theirs))
    pd.testing.assert_frame_equal(mine, theirs, check_dtype=False)
