"""Whole numbers beyond 2^53, which floats round: kept exactly, or refused in a sentence with the column."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest

from modules.data_transformation.add_rows import add_rows
from modules.data_transformation.clean_missing_data import CleanParams, clean_missing_data
from modules.data_transformation.edit_metadata import MetadataParams, edit_metadata
from modules.data_transformation.join_data import JoinParams, join_data
from modules.data_transformation.split_data import SplitParams, split_data
from modules.sdk.errors import ModuleError
from modules.sdk.values import Table

LONG = 9007199254740993
"""2^53 + 1."""


def column(values: list[Any], arrow: pa.DataType | None = None) -> Table:
    return Table.from_arrow(pa.table({"id": pa.array(values, arrow)}))


def read(table: Table, name: str = "id") -> list[Any]:
    return table.column(name).data.to_pylist()


def joined(left: Table, right: Table, **params: Any) -> Table:
    keys = {"join_key_columns_for_l": ["id"], "join_key_columns_for_r": ["id"]}
    return join_data(left, right, JoinParams(**keys, **params)).results_dataset


def test_rows_with_fractions_below_long_numbers_are_refused_by_name() -> None:
    with pytest.raises(ModuleError, match=f"Column id has the whole number {LONG}.*text"):
        add_rows(column([LONG]), column([0.5]))
    with pytest.raises(ModuleError, match=f"Column id has the whole number {LONG}"):
        add_rows(column([0.5]), column([1, LONG]))


def test_rows_of_whole_floats_below_long_numbers_are_integers() -> None:
    assert read(add_rows(column([LONG]), column([2.0, None])).results_dataset) == [LONG, 2, None]
    assert read(add_rows(column([2**60]), column([0.5])).results_dataset) == [2.0**60, 0.5]


def test_rows_of_unsigned_and_signed_numbers() -> None:
    large = column([2**64 - 1], pa.uint64())
    assert read(add_rows(large, column([1])).results_dataset) == [2**64 - 1, 1]
    with pytest.raises(ModuleError, match="Column id has negative numbers and numbers above"):
        add_rows(large, column([-1]))


def test_rows_of_times_too_far_for_nanoseconds() -> None:
    far = column([4_000_000_000_0], pa.timestamp("s"))  # year 3237
    fine = column([1_500], pa.timestamp("ns"))
    assert str(
        add_rows(far, column([1_000], pa.timestamp("ns"))).results_dataset.column("id").data[0]
    ).startswith("3237")
    with pytest.raises(ModuleError, match="Column id has times too far apart"):
        add_rows(far, fine)


def test_a_join_finds_no_partner_that_is_only_nearly_equal() -> None:
    left, right = column([LONG, 2**53, 7]), column([2.0**53, 7.0, 0.5])
    assert read(joined(left, right)) == [2**53, 7]
    assert read(joined(column([2**64 - 1], pa.uint64()), column([-1, 2**63 - 1]))) == []
    far, fine = column([40_000_000_000], pa.timestamp("s")), column([0], pa.timestamp("ns"))
    assert len(joined(far, fine)) == 0
    assert len(joined(column([1], pa.timestamp("s")), column([10**9], pa.timestamp("ns")))) == 1


def test_a_full_join_of_long_numbers_and_fractions_is_refused_by_name() -> None:
    outer = {"join_type": "full_outer", "keep_right_key_columns": False}
    with pytest.raises(ModuleError, match=f"Column id has the whole number {LONG}"):
        joined(column([LONG]), column([0.5]), **outer)
    assert read(joined(column([LONG]), column([3.0]), **outer)) == [LONG, 3]


@pytest.mark.parametrize("mode", ["mice", "pca"])
def test_estimates_beside_long_numbers_are_refused_by_name(mode: str) -> None:
    table = Table.of(id=[LONG, None, LONG + 4], x=[1.0, 2.0, 3.0])
    with pytest.raises(ModuleError, match=f"Column id has the whole number {LONG}"):
        clean_missing_data(table, CleanParams(cleaning_mode=mode))


def test_a_fraction_in_place_of_a_missing_long_number_is_refused_by_name() -> None:
    with pytest.raises(ModuleError, match=f"Column id has the whole number {LONG}"):
        clean_missing_data(column([LONG, None]), CleanParams(replacement_value="0.5"))


@pytest.mark.parametrize("mode", ["mean", "median", "mode"])
def test_the_middle_of_long_numbers_is_exact(mode: str) -> None:
    done = clean_missing_data(column([LONG, None, LONG]), CleanParams(cleaning_mode=mode))
    assert read(done.cleaned_dataset) == [LONG, LONG, LONG]


@pytest.mark.parametrize(
    ("values", "to"),
    [([LONG], "float"), ([str(LONG)], "float"), ([f"{LONG}e0"], "integer"), (["1e400"], "float")],
)
def test_edit_metadata_rounds_nothing(values: list[Any], to: str) -> None:
    with pytest.raises(ModuleError, match=r"Column id: .* in row 1 would become .* keep every digit"):
        edit_metadata(column(values), MetadataParams(column=["id"], data_type=to))


def test_edit_metadata_reads_every_digit() -> None:
    params = MetadataParams(column=["id"], data_type="integer")
    assert read(edit_metadata(column([f"{LONG}.0", "1e3"]), params).results_dataset) == [LONG, 1000]


def test_a_number_of_no_unit_is_no_time_span() -> None:
    with pytest.raises(ModuleError, match="'5' in row 1 is not a time span"):
        edit_metadata(column(["5"]), MetadataParams(column=["id"], data_type="timedelta"))


def test_rows_are_split_by_every_digit() -> None:
    params = SplitParams(splitting_mode="relative_expression", relational_expression=f'\\"id" > {LONG - 1}')
    assert read(split_data(column([LONG - 1, LONG]), params).results_dataset1) == [LONG]
