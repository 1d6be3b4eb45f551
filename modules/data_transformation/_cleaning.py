"""Applies what Clean Missing Data has fitted: plain data, so that it can be kept, shown and used again."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from modules.data_transformation._imputing import impute
from modules.sdk.casting import cast, uncategorical
from modules.sdk.column import Column
from modules.sdk.errors import ModuleError
from modules.sdk.exact import floats, inexact
from modules.sdk.fits import Fitted, needed
from modules.sdk.frames import unique_names
from modules.sdk.numbers import numbers
from modules.sdk.storable import storable
from modules.sdk.values import Table


class Cleaning(Fitted):
    """What is done to a table with missing values.

    replace: column → the text of the value that takes a missing one's place. estimate: the columns of
    a model's matrix, in order, and the model. indicators: columns that get one beside them.
    """

    columns: list[str] = []
    remove_columns: list[str] = []
    remove_rows: list[str] = []
    replace: dict[str, str] = {}
    estimate: list[str] = []
    model: dict[str, Any] | None = None
    indicators: list[str] = []


def clean(table: Table, cleaning: Cleaning) -> Table:
    """The table with its missing values treated, every row in its place; columns without any stay as they
    are."""
    needed(table, cleaning.columns)
    indicators = [_indicator(table.column(name)) for name in cleaning.indicators]
    changed = {name: _replaced(table.column(name), text) for name, text in cleaning.replace.items()}
    if cleaning.model is not None:
        changed |= _estimated(table, cleaning.estimate, cleaning.model)
    removed = set(cleaning.remove_columns)
    columns = [changed.get(c.name, c) for c in table if c.name not in removed]
    names = unique_names([c.name for c in (*columns, *indicators)])
    named = [c.renamed(name) for c, name in zip((*columns, *indicators), names, strict=True)]
    return Table.from_columns(named, len(table))


def parse(column: Column, text: str) -> pa.Scalar:
    """The text as a value for that column; ModuleError where it cannot be one.

    A fraction for whole numbers is taken: the column becomes one of fractions.
    """
    kind = uncategorical(column).type
    given = Column(column.name, pa.chunked_array([[text]]))
    if kind == "integer" and _is_fraction(text):
        kind = "float"
    try:
        return cast(given, kind).data[0]
    except (ModuleError, KeyError):
        hint = " Write a date like 2020-01-31." if kind == "datetime" else ""
        raise ModuleError(
            f"{text!r} does not fit column {column.name}, which is {column.type}.{hint}",
            param="replacement_value",
        ) from None


def _is_fraction(text: str) -> bool:
    try:
        return not float(text).is_integer()
    except (ValueError, OverflowError):
        return False


def _replaced(column: Column, text: str) -> Column:
    data = storable(column.data)
    if not data.null_count:
        return column
    value = parse(column, text)
    if pa.types.is_dictionary(data.type):
        plain = data.cast(data.type.value_type)
        filled = plain.fill_null(value.cast(plain.type)).dictionary_encode()
        return Column(column.name, filled, column.pandas)
    if pa.types.is_integer(data.type) and pa.types.is_floating(value.type):
        return Column(column.name, _among_fractions(column, data).fill_null(value))
    try:
        return Column(column.name, data.fill_null(value.cast(data.type)), column.pandas)
    except pa.ArrowInvalid:  # the value needs a wider type than the column's
        return Column(column.name, data.cast(value.type).fill_null(value))


def _estimated(table: Table, names: list[str], model: dict[str, Any]) -> dict[str, Column]:
    columns = [table.column(name) for name in names]
    values = np.column_stack([numbers(column) for column in columns])
    filled = impute(values, model)
    return {
        column.name: _with_estimates(column, filled[:, at])
        for at, column in enumerate(columns)
        if column.data.null_count or np.isnan(values[:, at]).any()
    }


def _with_estimates(column: Column, filled: np.ndarray) -> Column:
    """The column as floats, with the estimates where a value is missing."""
    data = storable(column.data)
    if pa.types.is_integer(data.type):
        _among_fractions(column, data)  # each is exact as a float, or this refuses
    return Column(column.name, pa.chunked_array([filled]))


def _among_fractions(column: Column, data: pa.ChunkedArray) -> pa.ChunkedArray:
    """Integers as floats; ModuleError where one would be another number."""
    made = floats(data)
    if made is None:
        number = data.filter(pa.array(inexact(data)))[0].as_py()
        raise ModuleError(
            f"Column {column.name} has the whole number {number}, which no floating point number is equal "
            "to, so its missing values cannot become fractions. Leave the column out, or choose a whole "
            "number as replacement value, or the mode."
        )
    return made


def _indicator(column: Column) -> Column:
    return Column(f"{column.name}_IsMissing", storable(column.data).is_null())


def without_rows(table: Table, cleaning: Cleaning) -> Table:
    """The table without the rows in which one of the columns to check has no value."""
    keep = None
    for column in needed(table, cleaning.remove_rows):
        data = storable(column.data)
        if data.null_count:
            keep = data.is_valid() if keep is None else pc.and_(keep, data.is_valid())
    return table if keep is None else table.take(keep)
