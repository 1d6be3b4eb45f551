"""Select Columns, Add Columns, Add Rows, Remove Duplicate Rows, Edit Metadata."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pyarrow as pa
import pytest

from modules.data_transformation.add_columns import add_columns
from modules.data_transformation.add_rows import add_rows
from modules.data_transformation.edit_metadata import MetadataParams, edit_metadata
from modules.data_transformation.remove_duplicate_rows import DuplicateParams, remove_duplicate_rows
from modules.data_transformation.select_columns_in_dataset import SelectParams, select_columns_in_dataset
from modules.sdk.errors import ModuleError
from modules.sdk.values import Table
from tests.modules.tables import every_type, rows, types, values

TABLE = Table.of(a=[1, 2], b=["x", "y"], c=[0.5, 1.5])


def select(picked: Any) -> Table:
    return select_columns_in_dataset(TABLE, SelectParams(select_columns=picked)).results_dataset


def edit(table: Table, column: Any, **params: Any) -> Table:
    return edit_metadata(table, MetadataParams(column=column, **params)).results_dataset


def test_selected_columns_are_the_very_same() -> None:
    done = select(["c", "a"])
    assert done.names == ["c", "a"]
    assert done.column("c") is TABLE.column("c")


def test_columns_are_picked_by_rules() -> None:
    no_text = {"by": "types", "values": ["string"], "exclude": True}
    assert select({"begin": "all", "rules": [no_text]}).names == ["a", "c"]
    assert select(["a", "a"]).names == ["a", "a (2)"]
    with pytest.raises(ModuleError, match="no column 'd'"):
        select(["d"])


def test_columns_side_by_side_are_filled_up() -> None:
    done = add_columns(TABLE, Table.of(b=[7, 8, 9])).combined_dataset
    assert done.names == ["a", "b", "c", "b (2)"]
    assert [values(done, name) for name in ("a", "b (2)")] == [[1, 2, None], [7, 8, 9]]
    assert add_columns(TABLE, TABLE).combined_dataset.columns[0] is TABLE.columns[0]


def test_rows_below_each_other() -> None:
    done = add_rows(TABLE, Table.of(a=[2.5], b=[None], c=[3])).results_dataset
    assert rows(done)[2] == {"a": 2.5, "b": None, "c": 3.0}
    assert types(done) == {"a": "float", "b": "string", "c": "float"}


@pytest.mark.parametrize("name", every_type().names)
def test_rows_of_every_type_go_below_each_other(name: str) -> None:
    table = every_type().select([name])
    done = add_rows(table, table).results_dataset
    assert values(done, name) == values(table, name) * 2
    assert types(done) == types(table)


def test_categories_of_both_tables_are_kept() -> None:
    one, two = (
        Table.from_arrow(pa.table({"c": pa.array(v).dictionary_encode()})) for v in (["a"], ["b", "a"])
    )
    done = add_rows(one, two).results_dataset
    assert values(done, "c") == ["a", "b", "a"]
    assert types(done) == {"c": "categorical"}


@pytest.mark.parametrize(
    ("other", "message"),
    [
        (Table.of(a=[1]), "3 and 1 columns"),
        (Table.of(a=[1], x=["p"], c=[1.0]), "Column 2 is called 'b' in the first table and 'x'"),
        (Table.of(a=["1"], b=["p"], c=[1.0]), "Column a is integer in the first table and string"),
    ],
)
def test_rows_that_do_not_fit_are_refused(other: Table, message: str) -> None:
    with pytest.raises(ModuleError, match=message):
        add_rows(TABLE, other)


@pytest.mark.parametrize(("first", "kept"), [(True, [1, 2, 4]), (False, [2, 3, 5])])
def test_of_rows_alike_in_the_key_one_stays(first: bool, kept: list[int]) -> None:
    table = Table.of(k=["a", "b", "a", None, None], n=[1, 2, 3, 4, 5])
    params = DuplicateParams(key_columns=["k"], retain_first_duplicate_row=first)
    assert values(remove_duplicate_rows(table, params).results_dataset, "n") == kept


def test_without_duplicates_the_table_is_passed_on() -> None:
    table = every_type()
    assert remove_duplicate_rows(table, DuplicateParams()).results_dataset is table
    twice = add_rows(table, table).results_dataset
    assert len(remove_duplicate_rows(twice, DuplicateParams()).results_dataset) == 3


@pytest.mark.parametrize(
    ("given", "kind", "made"),
    [
        (["1", " 2 ", None, "1e3"], "integer", [1, 2, None, 1000]),
        ([1.0, None, 3.0], "integer", [1, None, 3]),
        (["1.5", "1e5", None], "float", [1.5, 100000.0, None]),
        ([True, None, False], "integer", [1, None, 0]),
        (["true", "No", "1", None], "boolean", [True, False, True, None]),
        ([0, 2, None], "boolean", [False, True, None]),
        ([1, None], "string", ["1", None]),
        (["2020-01-31", "31 Jan 2020 12:00", None], "datetime",
         [dt.datetime(2020, 1, 31), dt.datetime(2020, 1, 31, 12), None]),
        (["1 days 02:00:00", None], "timedelta", [dt.timedelta(days=1, hours=2), None]),
        ([dt.timedelta(days=1), None], "string", ["1 days", None]),
    ],
)  # fmt: skip
def test_values_are_read_as_the_new_type(given: list, kind: str, made: list) -> None:
    done = edit(Table.of(x=given), ["x"], data_type=kind)
    assert values(done, "x") == made
    assert types(done) == {"x": kind}


@pytest.mark.parametrize(
    ("given", "kind", "message"),
    [
        (["1", "x"], "integer", "Column x: 'x' in row 2 is not an integer"),
        ([1.0, 1.5], "integer", "'1.5' in row 2 is not an integer"),
        (["yes", "maybe"], "boolean", "'maybe' in row 2 is not true or false"),
        (["2020-01-01", "soon"], "datetime", "'soon' in row 2 is not a date"),
        ([1, 2], "datetime", "'1' in row 1 is not a date"),
    ],
)
def test_a_value_that_does_not_fit_is_named_with_its_row(given: list, kind: str, message: str) -> None:
    with pytest.raises(ModuleError, match=message):
        edit(Table.of(x=given), ["x"], data_type=kind)


def test_categories_come_and_go_and_names_change_without_touching_values() -> None:
    made = edit(TABLE, ["b"], categorical="make_categorical")
    assert types(made)["b"] == "categorical"
    assert types(edit(made, ["b"], categorical="make_uncategorical"))["b"] == "string"
    renamed = edit(TABLE, ["a", "c"], new_column_names="first, third")
    assert renamed.names == ["first", "b", "third"]
    assert renamed.column("first").data is TABLE.column("a").data


@pytest.mark.parametrize(
    ("names", "message"), [("one", "1 new names are given for 2"), ("b,x", "called 'b'"), ("x,", "is empty")]
)
def test_names_that_cannot_be_given_are_refused(names: str, message: str) -> None:
    with pytest.raises(ModuleError, match=message):
        edit(TABLE, ["a", "c"], new_column_names=names)
