"""Columns without code: Formula Column, Rename by Pattern, Parse Dates, Date Parts, Split Text, Extract by
Pattern, Map Values."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from pydantic import ValidationError

from modules.data_transformation.columns.date_parts import PARTS, PartsParams, date_parts
from modules.data_transformation.columns.extract_by_pattern import ExtractParams, extract_by_pattern
from modules.data_transformation.columns.formula_column import FormulaParams, formula_column
from modules.data_transformation.columns.map_values import MapParams, map_values
from modules.data_transformation.columns.parse_dates import ParseParams, parse_dates
from modules.data_transformation.columns.rename_by_pattern import RenameParams, rename_by_pattern
from modules.data_transformation.columns.split_text import SplitTextParams, split_text
from modules.sdk.errors import ModuleError
from modules.sdk.values import Table
from tests.modules.tables import every_type, types, values

LONG = 2**60 + 1
DAY = dt.datetime(2024, 2, 29, 13, 5)
ODD = 'a ]b"'
TABLE = Table.from_arrow(
    pa.table({
        "x": pa.array([1, LONG, None]), "y": [0.5, 0.0, 2.0], "t": ["Bonn", "", None],
        "b": [True, False, None],
        "d": pa.array([DAY, None, DAY]), "z": pa.array([DAY, None, DAY], pa.timestamp("us", "Europe/Berlin")),
        "c": pa.array(["u", "v", None]).dictionary_encode(), ODD: [1, 2, 3],
        "i8": pa.array([100, 1, 1], pa.int8()),
    })
)  # fmt: skip


def formula(text: str, table: Table = TABLE) -> list[Any]:
    return values(formula_column(table, FormulaParams(name="r", formula=text)).results_dataset, "r")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("x + 1", [2, LONG + 1, None]), ("[x] * 2 - x", [1, LONG, None]), ("i8 * 100", [10_000, 100, 100]),
        ("1 + 2 * 3 ^ 2", [19.0] * 3), ("2 ^ 3 ^ 2", [512.0] * 3), ("-2 ^ 2", [-4.0] * 3),
        ("(1 + 2) * 3", [9] * 3), ("10 - 2 - 3", [5] * 3), ("x / y", [2.0, None, None]), ("7 % 3", [1.0] * 3),
        ("-7 % 3", [2.0] * 3), ('t & "!" & x', ["Bonn!1", f"!{LONG}", None]),
        ('t + "-"', ["Bonn-", "-", None]),
        ("x > 1 and y = 0 or b", [True, True, None]), ("not b", [False, True, None]),
        ("[a ]]b\"] * 2", [2, 4, 6]),
        ("if(y > 0, 'yes', \"it's\")", ["yes", "it's", "yes"]), ("if(b, x, y)", [1.0, 0.0, 2.0]),
        ("coalesce(x, 0)", [1, LONG, 0]), ("is_missing(t)", [False, False, True]),
        ("c = 'u'", [True, False, None]),
        ("round(y * 1.25, 1)", [0.6, 0.0, 2.5]), ("round(x)", [1, LONG, None]),
        ("min(x, y)", [0.5, 0.0, 2.0]),
        ("upper(left(t, 2))", ["BO", "", None]), ("right(t, 2)", ["nn", "", None]),
        ("mid(t, 2, 2)", ["on", "", None]),
        ("length(t)", [4, 0, None]), ("replace(t, 'n', 'm')", ["Bomm", "", None]),
        ("contains(t, 'on')", [True, False, None]), ("matches(t, '^B.n')", [True, False, None]),
        ("year(d) * 100 + month(d)", [202402, None, 202402]), ("hour(z)", [14, None, 14]),
        ("weekday(d)", [4, None, 4]),
        ("days_between(date('2024-02-27 13:05'), d)", [2.0, None, 2.0]),
        ("d + 1 > '2024-03-01'", [True, None, True]), ("number('1.5') + integer('2')", [3.5] * 3),
        ("null", [None] * 3), ("text(b)", ["true", "false", None]), ("x = 1.0", [True, False, None]),
    ],
)  # fmt: skip
@pytest.mark.filterwarnings("error")
def test_a_formula_gives_what_its_text_says(text: str, wanted: list[Any]) -> None:
    assert formula(text) == wanted


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x +", "At character 4: the formula ends where a value is expected"),
        ("(x", "At character 3: '\\)' is missing"),
        ("x y", "At character 3: 'y' is not expected here"),
        ("'abc", "At character 1: a text that has no end"),
        ("x ; 1", "At character 3: ';' is no part of a formula"),
        ("__import__('os')", "there is no function __import__"),
        ("x.real", "At character 2: '.' is no part"),
        ("1 + nope", r"At character 5: there is no column \[nope\]"),
        ("roun(y)", "there is no function roun; round is one"),
        ("round()", "round takes other arguments: round\\(x, digits\\)"),
        ("upper(x)", "At character 7: upper takes a text here, but this is a number"),
        ("x + t", "At character 5: \\+ takes a number on each side, but this is a text"),
        ("x = t", "a number cannot be compared with a text"),
        ("x = null", "ask is_missing"),
        ("if(b, x, t)", "if has values of different kinds: number, text"),
        ("matches(t, '(')", "matches cannot be computed"),
        ("integer('1.5')", "At character 1: .*'1.5' in row 1 is not an integer"),
        ("d > 'soon'", "'soon' in row 1 is not a date"),
        ("(" * 200 + "x", "nested too deeply"),
        ("left(t, x)", "are numbers, not columns"),
    ],
)
def test_what_is_wrong_with_a_formula_is_told_with_its_place(text: str, message: str) -> None:
    with pytest.raises((ModuleError, ValidationError), match=message):
        formula(text)


def test_a_formula_answers_for_no_rows_and_leaves_the_table_alone() -> None:
    empty = TABLE.take(pa.array([], pa.int64()))
    for text in ("x * 2", "'a'", "if(b, t, 'x')", "null"):
        assert formula(text, empty) == []
    done = formula_column(TABLE, FormulaParams(name="x", formula="y")).results_dataset
    assert done.names == TABLE.names
    assert done.column("t") is TABLE.column("t")
    assert formula("x * 100", Table.of(x=[2**62])) == [float(2**62 * 100)]
    with pytest.raises(ModuleError, match="Write a formula"):
        formula(" ")


def test_every_type_can_be_asked_whether_it_is_missing() -> None:
    for name in every_type().names:
        assert formula(f"is_missing([{name}])", every_type()) == [
            value is None for value in every_type().column(name).data.to_pylist()
        ]


def renamed(names: list[str], **params: Any) -> list[str]:
    table = Table.from_arrow(pa.table({name: [1] for name in names}))
    done = rename_by_pattern(table, RenameParams(**params)).results_dataset
    assert done.columns[0].data is table.columns[0].data
    return done.names


def test_names_are_replaced_by_patterns() -> None:
    assert renamed(["a_1", "b_1"], pattern="_1$") == ["a", "b"]
    assert renamed(["a.b", "axb"], pattern=".", regular_expression=False, replacement=r"\1") == [
        r"a\1b",
        "axb",
    ]
    assert renamed(["Unit Price (€)", "unitPrice"], case="snake") == ["unit_price", "unit_price (2)"]
    assert renamed(["A", "B"], columns="A", case="lower") == ["a", "B"]
    with pytest.raises(ModuleError, match="cannot be used"):
        renamed(["a"], pattern="(")
    with pytest.raises(ModuleError, match="cannot be used"):
        renamed(["a"], pattern="a", replacement=r"\2")


def parsed(texts: list[Any], **params: Any) -> list[Any]:
    table = Table.from_arrow(pa.table({"d": pa.array(texts)}))
    return values(parse_dates(table, ParseParams(columns="d", **params)).results_dataset, "d")


def test_dates_are_read_in_the_order_that_is_found_or_said() -> None:
    assert parsed(["31.1.2020", "1.2.2020", None]) == [
        dt.datetime(2020, 1, 31),
        dt.datetime(2020, 2, 1),
        None,
    ]
    assert parsed(["1/2/2020"], order="month_first") == [dt.datetime(2020, 1, 2)]
    assert parsed([20200131], format="%Y%m%d") == [dt.datetime(2020, 1, 31)]
    zoned = parsed(["2020-07-01 12:00"], time_zone="Europe/Berlin")
    assert zoned[0].utcoffset() == dt.timedelta(hours=2)
    assert parsed(["2020-01-31", "soon"], what_is_no_date="missing") == [dt.datetime(2020, 1, 31), None]
    assert parsed(["31|1", "x"], format="%d|%m", what_is_no_date="missing") == [
        dt.datetime(1900, 1, 31),
        None,
    ]
    assert parsed([]) == []


@pytest.mark.parametrize(
    ("texts", "params", "message"),
    [
        (["1/2/2020"], {}, "d"),
        (["soon"], {}, "'soon' in row 1|soon"),
        (["soon"], {"format": "%Y"}, "'soon' is no date of the format '%Y'"),
        (["2020-01-31"], {"time_zone": "Mars"}, "no time zone 'Mars'"),
        ([1.5], {}, "Column d is float"),
    ],
)
def test_what_is_no_date_is_named(texts: list[Any], params: dict[str, Any], message: str) -> None:
    with pytest.raises(ModuleError, match=message):
        parsed(texts, **params)


def test_the_parts_of_dates_are_those_of_pandas() -> None:
    stamps = pd.date_range("2019-12-28", periods=9, freq="25h30min15s")
    table = Table.from_frame(pd.DataFrame({"d": stamps}))
    parts = [{"part": part} for part in PARTS]
    done = date_parts(table, PartsParams.model_validate({"column": "d", "parts": parts})).results_dataset
    wanted = {
        "year": stamps.year, "quarter": stamps.quarter, "month": stamps.month,
        "month name": stamps.month_name(),
        "week": stamps.isocalendar().week, "day": stamps.day, "weekday": stamps.day_of_week + 1,
        "weekday name": stamps.day_name(), "day of year": stamps.day_of_year, "hour": stamps.hour,
        "minute": stamps.minute, "second": stamps.second, "date only": stamps.normalize(),
    }  # fmt: skip
    for name, found in wanted.items():
        assert values(done, f"d {name}") == list(found), name
    zoned = date_parts(TABLE, PartsParams.model_validate({"column": "z", "parts": [{"part": "hour"}]}))
    assert values(zoned.results_dataset, "z hour") == [14, None, 14]
    with pytest.raises(ModuleError, match="Column t is string, and only dates have parts"):
        date_parts(TABLE, PartsParams(column="t"))


def split(texts: list[Any], **params: Any) -> Table:
    table = Table.of(t=texts, k=list(range(len(texts))))
    return split_text(table, SplitTextParams(column="t", **params)).results_dataset


def test_text_is_split_into_columns_and_rows() -> None:
    texts = ["a, b,c", None, "", "d"]
    done = split(texts)
    assert [values(done, f"t {at}") for at in (1, 2, 3)] == [
        ["a", None, "", "d"], ["b", None, None, None], ["c", None, None, None],
    ]  # fmt: skip
    assert values(split(texts, at_most=2, trim_parts=False), "t 2") == [" b,c", None, None, None]
    assert split(texts, at_most=1).names == ["t", "k", "t 1"]
    rows = split(texts, into="rows")
    assert [values(rows, name) for name in "tk"] == [["a", "b", "c", None, "", "d"], [0, 0, 0, 1, 2, 3]]
    assert len(split([], into="rows")) == 0
    assert split([]).names == ["t", "k", "t 1"]


def test_text_is_extracted_by_patterns() -> None:
    table = Table.of(t=["53111 Bonn", "x", None])
    params = ExtractParams(column="t", pattern=r"(\d+)\s(?P<t>\w+)")
    done = extract_by_pattern(table, params).results_dataset
    assert done.names == ["t", "t 1", "t (2)"]
    assert [values(done, name) for name in ("t 1", "t (2)")] == [["53111", None, None], ["Bonn", None, None]]
    whole = extract_by_pattern(table, ExtractParams(column="t", pattern=r"B\w"))
    assert values(whole.results_dataset, "t 1") == ["Bo", None, None]
    with pytest.raises(ModuleError, match="is not a pattern"):
        extract_by_pattern(table, ExtractParams(column="t", pattern="("))


def mapped(table: Table, mapping: Table | None = None, **params: Any) -> Table:
    return map_values(table, MapParams.model_validate({"column": "c", **params}), mapping).results_dataset


def test_values_are_mapped_by_pairs_that_are_typed() -> None:
    table = Table.of(c=[1, LONG, None])
    pairs = [{"old": "1", "new": "7"}, {"old": "", "new": "0"}]
    assert values(mapped(table, values=pairs), "c") == [7, LONG, 0]
    words = [{"old": str(LONG), "new": "long"}]
    assert values(mapped(table, values=words), "c") == ["1", "long", None]
    assert values(mapped(table, values=words, other_values="missing"), "c") == [None, "long", None]
    other = mapped(table, values=pairs, other_values="value", other_value="1.5", new_column="c")
    assert other.names == ["c", "c (2)"]
    assert values(other, "c (2)") == [7.0, 1.5, 0.0]
    with pytest.raises(ModuleError, match="Value 1: 'x' cannot be compared with column c"):
        mapped(table, values=[{"old": "x", "new": "1"}])


def test_values_are_looked_up_in_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    table = Table.from_arrow(
        pa.table({"c": pa.array(["a", "b", "a", None]).dictionary_encode(), "k": [1, 2, 3, 4]})
    )
    mapping = Table.of(old=["a", "a", "z"], new=["first", "second", "x"], n=[10, 20, 30])
    assert values(mapped(table, mapping), "c") == ["first", "b", "first", None]
    assert "has values several times" in capsys.readouterr().out
    done = mapped(table, mapping, to_column="n", other_values="missing", new_column="n")
    assert values(done, "n") == [10, None, 10, None]
    assert types(done) == {"c": "categorical", "k": "integer", "n": "integer"}
    typed = mapped(table, mapping, values=[{"old": "b", "new": "B"}, {"old": "a", "new": "mine"}])
    assert values(typed, "c") == ["mine", "B", "mine", None]
    with pytest.raises(ModuleError, match="Column c is string, but n of the mapping is integer"):
        mapped(table, mapping, from_column="n")
    assert np.array_equal(mapped(table.take(pa.array([], pa.int64())), mapping).rows, 0)
