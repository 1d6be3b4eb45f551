"""One column as pandas has it.

| stored                                    | arrives as                                           |
|-------------------------------------------|------------------------------------------------------|
| integer                                   | its own dtype                                        |
| integer with missing                      | float64 with NaN; Int64 where a float would be wrong |
| integer, float, boolean, text with a hint | the nullable dtype the hint names                    |
| float                                     | its own dtype, missing is NaN                        |
| boolean; with missing                     | bool; object of True, False, None                    |
| string                                    | str, missing is NaN                                  |
| datetime, timedelta                       | datetime64, timedelta64, same unit and zone, NaT     |
| categorical                               | category, order and categories' dtype kept           |
| binary                                    | object of bytes and None                             |
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from modules.sdk.column import Column
from modules.sdk.columns import private_values
from modules.sdk.storable import one_piece, storable

EXACT = 2**53
STR = pd.StringDtype(na_value=np.nan)


def to_pandas(column: Column) -> tuple[Any, bool]:
    """The values as pandas takes them, and whether they lie on a mapped file (not copied yet)."""
    data = storable(column.data)
    if column.pandas is not None:
        hinted = _hinted(data, column.pandas)
        if hinted is not None:
            return hinted, False
    arrow = data.type
    if pa.types.is_integer(arrow) and (data.null_count or column.gaps):
        return _integers_with_missing(data), False
    if pa.types.is_integer(arrow) or pa.types.is_floating(arrow):
        return _numbers(data, np.dtype(arrow.to_pandas_dtype()))
    if pa.types.is_duration(arrow):
        return _numbers(data, np.dtype(f"m8[{arrow.unit}]"))
    if pa.types.is_timestamp(arrow):
        return _datetimes(data)
    if pa.types.is_dictionary(arrow):
        return _categorical(one_piece(data)), False
    if pa.types.is_large_string(arrow):
        return STR.__from_arrow__(data), False
    if pa.types.is_boolean(arrow):
        values = _owned(data.to_numpy(zero_copy_only=False))
        return values.astype(object) if column.gaps else values, False
    return _objects(data), False


def _numbers(data: pa.ChunkedArray, dtype: np.dtype) -> tuple[np.ndarray, bool]:
    mapped = private_values(data, dtype)
    if mapped is not None:
        return mapped, True
    return _owned(data.to_numpy(zero_copy_only=False)).astype(dtype, copy=False), False


def _owned(values: np.ndarray) -> np.ndarray:
    """An array of our own: what Arrow lends out is read-only."""
    return values if values.flags.writeable and values.flags.owndata else values.copy()


def _objects(data: pa.ChunkedArray) -> np.ndarray:
    values = np.empty(len(data), dtype=object)
    values[:] = data.to_pylist()
    return values


def _integers_with_missing(data: pa.ChunkedArray) -> Any:
    low, high = pc.min_max(data).as_py().values()
    if low is not None and (low < -EXACT or high > EXACT):
        exact = pd.UInt64Dtype() if pa.types.is_uint64(data.type) else pd.Int64Dtype()
        return exact.__from_arrow__(data)
    return _owned(data.to_numpy(zero_copy_only=False)).astype(np.float64, copy=False)


def _datetimes(data: pa.ChunkedArray) -> tuple[Any, bool]:
    values, mapped = _numbers(data.cast(pa.timestamp(data.type.unit)), np.dtype(f"M8[{data.type.unit}]"))
    if data.type.tz is None:
        return values, mapped
    utc = pd.DatetimeIndex(values, copy=False).tz_localize("UTC")
    try:
        return utc.tz_convert(data.type.tz).array, mapped
    except (KeyError, ValueError, LookupError, OSError):  # a zone this machine does not know
        return utc.array, mapped


def _categorical(data: pa.DictionaryArray) -> pd.Categorical:
    categories, _ = to_pandas(Column("", pa.chunked_array([data.dictionary])))
    codes = pc.fill_null(data.indices, -1) if data.null_count else data.indices
    return pd.Categorical.from_codes(
        codes.to_numpy(zero_copy_only=False),
        dtype=pd.CategoricalDtype(pd.Index(categories), ordered=data.type.ordered),
    )


def _hinted(data: pa.ChunkedArray, hint: str) -> Any:
    """The dtype that the hint names, or None where it is no such dtype or does not fit."""
    try:
        dtype = pd.api.types.pandas_dtype(hint)
        if not isinstance(dtype, pd.api.extensions.ExtensionDtype):
            return None
        if isinstance(dtype, pd.ArrowDtype):
            return dtype.__from_arrow__(data.cast(dtype.pyarrow_dtype))
        return dtype.__from_arrow__(data)
    except (TypeError, ValueError, AttributeError, NotImplementedError, pa.ArrowException):
        return None
