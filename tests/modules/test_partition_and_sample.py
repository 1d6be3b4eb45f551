"""Partition and Sample: the first rows, a sample, folds, and one of them."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from modules.data_transformation.partition_and_sample import PartitionParams, partition_and_sample
from modules.machine_learning.regression.linear_regression import linear_regression
from modules.machine_learning.train.train_model import TrainParams, train_model
from modules.registry import find
from modules.sdk.errors import ModuleError
from modules.sdk.fold_role import fold_column
from modules.sdk.values import Table
from tests.modules.tables import every_type, values

TABLE = Table.of(x=list(range(100)), k=["a"] * 80 + ["b"] * 20)


def done(table: Table, mode: str, **params: Any) -> Table:
    return partition_and_sample(table, PartitionParams(partition_or_sample_mode=mode, **params)).o_dataset


def folds(table: Table = TABLE, **params: Any) -> Table:
    return done(table, "assign_to_folds", **params)


def test_the_first_rows() -> None:
    assert values(done(TABLE, "head", number_of_rows_to_select=3), "x") == [0, 1, 2]
    assert done(TABLE, "head", number_of_rows_to_select=100) is TABLE
    assert len(done(every_type(), "head", number_of_rows_to_select=0)) == 0


def test_a_sample_is_the_same_for_the_same_seed_and_keeps_the_order() -> None:
    one, again, other = (
        values(done(TABLE, "sampling", rate_of_sampling=0.3, random_seed_for_sampling=seed), "x")
        for seed in (0, 0, 1)
    )
    assert one == again == sorted(one) != other
    assert len(one) == 30
    key: dict[str, Any] = {
        "stratified_split_for_sampling": "True", "stratification_key_column_for_sampling": "k"
    }  # fmt: skip
    assert Counter(values(done(TABLE, "sampling", rate_of_sampling=0.1, **key), "k")) == {"a": 8, "b": 2}
    with pytest.raises(ModuleError, match="Choose one column as the stratification key"):
        done(TABLE, "sampling", stratified_split_for_sampling=True)


def test_even_folds_differ_by_one_row_at_most() -> None:
    made = folds(TABLE, specify_number_of_folds_to_split_evenly_into=7)
    assert made.names == ["x", "k", "Fold"]
    assert made.column("x") is TABLE.column("x")
    assert set(Counter(values(made, "Fold")).values()) == {14, 15}
    key: dict[str, Any] = {"stratified_split": True, "stratification_key_column": "k"}
    made = folds(TABLE, specify_number_of_folds_to_split_evenly_into=4, **key)
    assert set(Counter(zip(values(made, "k"), values(made, "Fold"), strict=True)).values()) == {20, 5}


def test_folds_of_customized_proportions() -> None:
    params: dict[str, Any] = {
        "specify_the_partitioner_method": "Partition with customized proportions",
        "stratified_split_for_customized_fold_assignment": True,
        "stratification_key_column_for_customized_fold_assignment": "k",
    }
    made = folds(TABLE, list_of_proportions_separated_by_comma="0.5, 0.2", **params)
    pairs = Counter(zip(values(made, "k"), values(made, "Fold"), strict=True))
    assert pairs == {
        ("a", 1): 40, ("a", 2): 16, ("a", 3): 24, ("b", 1): 10, ("b", 2): 4, ("b", 3): 6,
    }  # fmt: skip
    for said in ("", "0.5, 0.6", "0, 1", "half", "nan"):
        with pytest.raises(ModuleError, match="proportions must"):
            folds(TABLE, list_of_proportions_separated_by_comma=said, **params)


def test_replacement_draws_some_rows_twice() -> None:
    made = folds(TABLE, use_replacement_in_the_partitioning=True)
    assert len(made) == 100
    assert len(set(values(made, "x"))) < 80


def test_a_fold_and_its_complement_are_the_table() -> None:
    made = folds(TABLE)
    one = done(made, "pick_fold", specify_which_fold_to_be_sampled_from=2)
    others = done(made, "pick_fold", specify_which_fold_to_be_sampled_from=2,
                  pick_complement_of_the_selected_fold=True)  # fmt: skip
    assert one.names == others.names == ["x", "k"]
    assert sorted(values(one, "x") + values(others, "x")) == values(TABLE, "x")
    assert len(one) == 20


def test_what_has_no_such_fold_is_refused() -> None:
    with pytest.raises(ModuleError, match="has no folds"):
        done(TABLE, "pick_fold")
    with pytest.raises(ModuleError, match="no fold 9; folds count from 1 to 5"):
        done(folds(), "pick_fold", specify_which_fold_to_be_sampled_from=9)
    with pytest.raises(ModuleError, match="no fold 1; folds count from 1 to 0"):
        done(
            folds(TABLE.take(done(TABLE, "head").column("x").data.slice(0, 0).combine_chunks())), "pick_fold"
        )


def test_folds_are_dealt_anew_and_travel_as_a_role() -> None:
    table = Table.of(Fold=["mine", "too"])
    again = folds(folds(table), specify_number_of_folds_to_split_evenly_into=1)
    assert again.names == ["Fold", "Fold (2)"]
    column = fold_column(again)
    assert column is not None
    assert column.name == "Fold (2)"
    assert column.data.to_pylist() == [1, 1]


def test_no_model_takes_the_folds_as_a_feature() -> None:
    table = folds(Table.of(x=[1.0, 2.0, 3.0, 4.0], y=[1.0, 2.0, 3.0, 4.5]))
    learner = find("linear-regression")
    assert learner
    untrained = linear_regression(learner.params_class()).untrained_model  # type: ignore[arg-type]
    trained = train_model(untrained, table, params=TrainParams(label_column="y")).trained_model
    assert [feature["name"] for feature in trained.card["features"]] == ["x"]
