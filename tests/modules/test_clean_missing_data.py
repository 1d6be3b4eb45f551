"""Clean Missing Data, and Apply Transformation with what it learned."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from modules.data_transformation.apply_transformation import apply_transformation
from modules.data_transformation.clean_missing_data import Cleaned, CleanParams, clean_missing_data
from modules.sdk.errors import ModuleError
from modules.sdk.values import Step, Table, Transform
from tests.modules.tables import every_type, rows, types, values

TABLE = Table.of(
    n=[1, None, 3, 8], f=[0.5, 1.5, None, 1.0], s=["b", None, "a", "b"], full=[1, 2, 3, 4], e=[None] * 4
)
NUMBERS = TABLE.select(["n", "f", "s", "full"])


def clean(table: Table, **params: Any) -> Cleaned:
    return clean_missing_data(table, CleanParams(**params))


def test_a_value_of_your_own_takes_the_place_of_missing_ones() -> None:
    done = clean(NUMBERS).cleaned_dataset
    assert [values(done, name) for name in ("n", "f", "s")] == [
        [1, 0, 3, 8], [0.5, 1.5, 0.0, 1.0], ["b", "0", "a", "b"],
    ]  # fmt: skip
    assert types(done) == types(NUMBERS)


def test_a_value_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ModuleError, match="'x' does not fit column n, which is integer"):
        clean(NUMBERS, replacement_value="x", columns_to_be_cleaned=["n"])


def test_a_fraction_makes_whole_numbers_fractions() -> None:
    assert values(clean(NUMBERS, replacement_value="0.5").cleaned_dataset, "n") == [1.0, 0.5, 3.0, 8.0]


@pytest.mark.parametrize(("mode", "n", "f"), [("mean", 4, 1.0), ("median", 3, 1.0), ("mode", 1, 0.5)])
def test_the_middle_of_a_column(mode: str, n: float, f: float, capsys: pytest.CaptureFixture) -> None:
    done = clean(NUMBERS, cleaning_mode=mode).cleaned_dataset
    assert values(done, "n")[1] == n
    assert values(done, "f")[2] == f
    assert values(done, "s")[1] == ("b" if mode == "mode" else None)
    assert ("stay as they are: s" in capsys.readouterr().out) == (mode != "mode")


@pytest.mark.parametrize("mode", ["mode", "custom"])
def test_every_type_has_a_most_frequent_value(mode: str) -> None:
    chosen = [
        c.name for c in every_type() if c.type not in ("binary", "datetime", "timedelta") or mode == "mode"
    ]
    done = clean(every_type(), cleaning_mode=mode, columns_to_be_cleaned=chosen).cleaned_dataset
    assert all(c.data.null_count == 0 for c in done if c.type != "binary" and c.name in chosen)


def test_columns_with_nothing_in_them_go_or_stay() -> None:
    assert "e" not in clean(TABLE, cleaning_mode="mean").cleaned_dataset.names
    stays = clean(TABLE, cleaning_mode="mean", cols_with_all_missing_values="propagate").cleaned_dataset
    assert values(stays, "e") == [None] * 4


def test_rows_or_columns_with_missing_values_go() -> None:
    assert values(clean(NUMBERS, cleaning_mode="remove_row").cleaned_dataset, "full") == [1, 4]
    assert clean(TABLE, cleaning_mode="remove_column").cleaned_dataset.names == ["full"]


def test_only_columns_within_the_ratio_are_treated() -> None:
    done = clean(TABLE, cleaning_mode="remove_column", maximum_missing_value_ratio=0.5).cleaned_dataset
    assert done.names == ["full", "e"]
    with pytest.raises(ModuleError, match="above the maximum"):
        clean(TABLE, minimum_missing_value_ratio=0.6, maximum_missing_value_ratio=0.5)


def test_indicators_say_what_was_missing() -> None:
    done = clean(
        NUMBERS, columns_to_be_cleaned=["n"], generate_missing_value_indicator_column=True
    ).cleaned_dataset
    assert done.names == ["n", "f", "s", "full", "n_IsMissing"]
    assert values(done, "n_IsMissing") == [False, True, False, False]


@pytest.mark.parametrize("mode", ["mice", "pca"])
def test_estimates_follow_the_other_columns(mode: str) -> None:
    x = np.arange(60.0)
    y = 2 * x + 5
    z = 100 - x
    gone = [None if at % 7 == 3 else value for at, value in enumerate(y)]
    done = clean(Table.of(x=x, y=gone, z=z), cleaning_mode=mode)
    assert np.abs(np.array(values(done.cleaned_dataset, "y")) - y).max() < 1.5
    other = Table.of(x=[10.0], y=pa.array([None], pa.float64()), z=[90.0])
    again = apply_transformation(done.cleaning_transformation, other).transformed_dataset
    assert values(again, "y")[0] == pytest.approx(25, abs=1.5)


def test_what_was_learned_is_plain_data_and_does_the_same_again() -> None:
    for mode in ("mean", "mode", "mice", "pca", "remove_row", "remove_column", "custom"):
        done = clean(NUMBERS, cleaning_mode=mode, generate_missing_value_indicator_column=True)
        kept = done.cleaning_transformation
        kept = Transform(tuple(Step(**json.loads(json.dumps(vars(step)))) for step in kept.steps))
        again = apply_transformation(kept, NUMBERS).transformed_dataset
        assert rows(again) == rows(done.cleaned_dataset)


def test_a_transformation_needs_its_columns() -> None:
    learned = clean(NUMBERS, cleaning_mode="mean").cleaning_transformation
    with pytest.raises(ModuleError, match="no column 'n'"):
        apply_transformation(learned, Table.of(other=[1]))
    with pytest.raises(ModuleError, match="made by someone"):
        apply_transformation(Transform((Step("someone", {}, {}),)), NUMBERS)


def test_columns_without_missing_values_are_passed_on() -> None:
    assert clean(NUMBERS).cleaned_dataset.column("full") is NUMBERS.column("full")
