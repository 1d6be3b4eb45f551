"""Modules of categories, and SMOTE."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from sklearn.neighbors import NearestNeighbors

from modules.data_transformation.convert_to_indicator_values import (
    IndicatorParams,
    convert_to_indicator_values,
)
from modules.data_transformation.group_categorical_values import GroupParams, group_categorical_values
from modules.data_transformation.select_columns_transform import select_columns_transform
from modules.data_transformation.smote import SmoteParams, smote
from modules.sdk.errors import ModuleError
from modules.sdk.transforms import refit, replay
from modules.sdk.values import Table
from modules.statistics.replace_discrete_values import ReplaceParams, replace_discrete_values
from tests.modules.tables import rows, types, values

WORDS = ["b", "a", None, "b", '"odd", [é]']
TABLE = Table.of(n=[1, 2, 3, 4, 5], w=pa.array(WORDS).dictionary_encode(), t=[True, None, False, True, True])
RANDOM = np.random.default_rng(11)


def test_indicators_are_those_of_pandas() -> None:
    made = convert_to_indicator_values(TABLE, IndicatorParams())
    expected = pd.get_dummies(pd.Series(WORDS), prefix="w", prefix_sep="-", dtype=int)
    found = made.results_dataset
    assert found.names == ["n", "w", "t", "w-b", "w-a", 'w-"odd", [é]', "w-Missing"]
    for name in expected.columns:
        assert values(found, name) == expected[name].tolist()
    assert values(found, "w-Missing") == [0, 0, 1, 0, 0]
    assert types(found)["w-a"] == "integer"


def test_levels_of_other_rows_make_no_new_columns(capsys: pytest.CaptureFixture) -> None:
    params = IndicatorParams(categorical_columns_to_convert=["w", "t"], overwrite_categorical_columns=True)
    made = convert_to_indicator_values(TABLE, params)
    other = Table.of(t=[None, True], w=["new", "a"], n=[0, 0])
    done = replay(made.transformation, other)
    assert done.names == made.results_dataset.names
    assert rows(done)[0] == dict.fromkeys(done.names, 0) | {"t-Missing": 1}
    assert (values(done, "w-a"), values(done, "t-true")) == ([0, 1], [0, 1])
    assert "w: 1 values are levels that were not there" in capsys.readouterr().out


def test_numbers_and_dates_have_no_levels() -> None:
    table = Table.of(x=[0.5], d=[dt.datetime(2020, 1, 1)])
    with pytest.raises(ModuleError, match=r"x \(float\), d \(datetime\)"):
        convert_to_indicator_values(table, IndicatorParams(categorical_columns_to_convert=["x", "d"]))
    wide = Table.of(w=[str(n) for n in range(150_000)])
    with pytest.raises(ModuleError, match="150,001 columns"):
        convert_to_indicator_values(wide, IndicatorParams(categorical_columns_to_convert=["w"]))


OLD = "comma_separated_list_of_old_levels_to_map_to_new_level_{}"


def grouped(table: Table, **params: Any) -> Table:
    return group_categorical_values(table, GroupParams(**params)).results_dataset


def test_levels_are_grouped() -> None:
    three = {"new_number_of_levels": 3, "name_of_new_level_1": "one", OLD.format(1): " b ,x",
             "name_of_new_level_2": "two", OLD.format(2): "a"}  # fmt: skip
    done = grouped(TABLE, **three, default_level_name="rest")
    assert (done.names, values(done, "w")) == (["w"], ["one", "two", None, "one", "rest"])
    assert done.column("w").data.chunk(0).dictionary.to_pylist() == ["one", "two", "rest"]
    assert grouped(TABLE, **three, output_mode="append").names == ["n", "w", "t", "w_grouped"]
    assert grouped(TABLE, **three, output_mode="inplace").names == ["n", "w", "t"]
    joined = grouped(TABLE, **{**three, "name_of_new_level_2": "one"})
    assert values(joined, "w") == ["one", "one", None, "one", "Other"]
    numbered = grouped(TABLE, selected_columns=["n"], name_of_new_level_1="low", **{OLD.format(1): "1,2"})
    assert values(numbered, "n") == ["low", "low", "Other", "Other", "Other"]


def test_lists_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(ModuleError, match="'a' stands in two lists"):
        grouped(TABLE, new_number_of_levels=3, name_of_new_level_1="x", name_of_new_level_2="y",
                **{OLD.format(1): "a", OLD.format(2): "b,a"})  # fmt: skip
    with pytest.raises(ModuleError, match="Give the new level 1 a name"):
        grouped(TABLE, **{OLD.format(1): "a"})


def replaced(table: Table, x: str, y: str) -> Table:
    return replace_discrete_values(
        table, ReplaceParams(discrete_columns=[x], replacement_columns=[y])
    ).supplemented_dataset


def test_values_become_means_and_shares_as_pandas_finds_them() -> None:
    x, y = RANDOM.choice(["p", "q", "r"], 40), RANDOM.normal(size=40)
    c = RANDOM.choice(["u", "v"], 40)
    frame = pd.DataFrame({"x": x, "y": y, "c": c})
    done = replaced(Table.of(x=x, y=y), "x", "y")
    assert done.names == ["Mean(y | x)", "Std-Dev(y | x)", "y"]
    by = frame.groupby("x")["y"]
    assert values(done, "Mean(y | x)") == pytest.approx(by.transform("mean").tolist(), abs=1e-12)
    assert values(done, "Std-Dev(y | x)") == pytest.approx(by.transform("std").tolist(), abs=1e-12)
    shares = pd.crosstab(frame["x"], frame["c"], normalize="index")
    expected = [shares.loc[a, b] for a, b in zip(x, c, strict=True)]
    assert values(replaced(Table.of(x=x, c=c), "x", "c"), "P(c | x)") == pytest.approx(expected, abs=1e-12)


def test_what_was_not_learned_is_missing() -> None:
    params = ReplaceParams(discrete_columns=["w", "t"], replacement_columns=["n"])
    made = replace_discrete_values(TABLE, params)
    assert values(made.supplemented_dataset, "Mean(n | w)") == [2.5, 2, None, 2.5, 5]
    assert values(made.supplemented_dataset, "Std-Dev(n | w)")[1] is None
    done = replay(made.transform_function, Table.of(w=["new", "b"], t=[None, False]))
    assert (values(done, "Mean(n | w)"), values(done, "Mean(n | t)")) == ([None, 2.5], [None, 3])
    with pytest.raises(ModuleError, match="make no pairs"):
        replace_discrete_values(TABLE, ReplaceParams(discrete_columns=["w"], replacement_columns=["n", "t"]))


def test_columns_are_kept_by_name() -> None:
    kept = select_columns_transform(TABLE.select(["t", "n"])).columns_selection_transformation
    assert replay(kept, TABLE).names == ["t", "n"]
    assert replay(kept, TABLE.select(["n"]), optional=["t"]).names == ["n"]
    with pytest.raises(ModuleError, match="no column 't' or 'n'"):
        replay(kept, TABLE.select(["w"]))


X = RANDOM.normal(size=(30, 2))
RARE = Table.of(a=X[:, 0], b=X[:, 1], i=list(range(30)), w=["u", "v"] * 15, y=[1] * 8 + [0] * 22)


def oversampled(table: Table, **params: Any) -> Table:
    return smote(table, SmoteParams(label_column=["y"], **params)).table


@pytest.mark.parametrize("neighbors", [1, 3])
def test_new_rows_lie_between_near_rows_of_the_rarer_class(neighbors: int) -> None:
    table = RARE.select(["a", "b", "y"])
    done = oversampled(table, smote_percentage=300, number_of_nearest_neighbors=neighbors)
    assert rows(done.take(pa.array(range(30)))) == rows(table)
    new = np.column_stack([values(done, name)[30:] for name in "ab"])
    assert values(done, "y")[30:] == [1] * 24
    near = NearestNeighbors(n_neighbors=neighbors).fit(X[:8]).kneighbors(return_distance=False)
    for at, point in enumerate(new):
        start = X[at % 8]
        ends = X[near[at % 8]]
        shares = (point - start)[0] / (ends - start)[:, 0]
        assert any(
            0 <= share <= 1 and np.allclose(start + share * (end - start), point, atol=1e-12)
            for share, end in zip(shares, ends, strict=True)
        )


def test_other_values_are_the_rows_own_and_whole_numbers_stay_whole() -> None:
    done = oversampled(RARE)
    assert types(done) == types(RARE)
    assert values(done, "w")[30:] == ["u", "v"] * 4
    assert all(0 <= value <= 7 for value in values(done, "i")[30:])
    ids = Table.of(id=[2**60, 2**60 + 2, 5, 6, 7], y=["r", "r", "m", "m", "m"])
    assert all(2**60 <= value <= 2**60 + 2 for value in values(oversampled(ids), "id")[5:])


def test_a_percentage_that_is_no_hundred_takes_some_rows_once() -> None:
    assert [len(oversampled(RARE, smote_percentage=share)) for share in (0, 50, 100, 250)] == [30, 34, 38, 50]
    assert rows(oversampled(RARE, random_seed=5)) == rows(oversampled(RARE, random_seed=5))
    assert rows(oversampled(RARE, random_seed=5)) != rows(oversampled(RARE, random_seed=6))


def test_rows_are_added_for_training_only() -> None:
    made = smote(RARE, SmoteParams(label_column=["y"]))
    assert len(replay(made.transformation, RARE, drop_rows=True)) == 30
    trained, _ = refit(made.transformation, RARE.take(pa.array(range(4, 30))))
    assert len(trained) == 26 + 4


def test_labels_that_cannot_be_balanced(capsys: pytest.CaptureFixture) -> None:
    for labels in ([1, 0, 0], [0, 0, 0], [None, None, None]):
        assert len(oversampled(Table.of(a=[1.0, 2.0, 3.0], y=pa.array(labels, pa.int64())))) == 3
    assert capsys.readouterr().out.count("no rows are added") == 3
    with pytest.raises(ModuleError, match="two classes; y has 3"):
        oversampled(Table.of(a=[1, 2, 3], y=[1, 2, 3]))
    gaps = Table.of(a=[1.0, None, 3.0, 4.0, 5.0], e=pa.nulls(5, pa.float64()), y=[1, 1, 0, 0, 0])
    assert len(oversampled(gaps, number_of_nearest_neighbors=9)) == 7
