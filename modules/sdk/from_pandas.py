"""One pandas column as Arrow data: the way back of `to_pandas`, for every dtype there is."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from modules.sdk.column import Column
from modules.sdk.objects import from_objects, text_of
from modules.sdk.storable import one_piece, storable


def from_pandas(name: str, series: pd.Series) -> Column:
    """The column of a series: its data, the hint that brings its dtype back, and a note where
    something was changed that the user should know of. The data may share the series' memory.
    """
    dtype = series.dtype
    if isinstance(dtype, np.dtype):
        return _plain(name, series.to_numpy(copy=False))
    if isinstance(dtype, pd.CategoricalDtype):
        return _categorical(name, series.array)
    if isinstance(dtype, pd.SparseDtype):
        return from_pandas(name, series.sparse.to_dense())
    if isinstance(dtype, pd.DatetimeTZDtype):
        return Column(name, _zoned(series))
    if isinstance(dtype, (pd.PeriodDtype, pd.IntervalDtype)):
        kind = "periods" if isinstance(dtype, pd.PeriodDtype) else "intervals"
        return Column(name, text_of(series.astype(object).to_numpy()), note=f"{kind} become text")
    try:
        arrow = pa.array(series.array, from_pandas=True)
    except (pa.ArrowException, TypeError, ValueError, NotImplementedError):
        return from_objects(name, series.astype(object).to_numpy())
    data = arrow if isinstance(arrow, pa.ChunkedArray) else pa.chunked_array([arrow])
    stored = storable(data)
    return Column(name, stored, pandas=_hint(dtype, stored.type))


def _plain(name: str, values: np.ndarray) -> Column:
    kind, size = values.dtype.kind, values.dtype.itemsize
    if kind == "O":
        return from_objects(name, values)
    if kind == "c":
        return Column(
            name, text_of(values.astype(object), np.isnan(values)), note="complex numbers become text"
        )
    if kind == "f" and size not in (4, 8):
        values = values.astype(np.float32 if size == 2 else np.float64)
    if not values.dtype.isnative:
        values = values.astype(values.dtype.newbyteorder("="))
    looks_missing = kind in "mM" or (kind == "f" and bool(np.isnan(values).any()))
    try:
        array = pa.array(np.ascontiguousarray(values), from_pandas=looks_missing)
    except (pa.ArrowException, TypeError, ValueError):
        return from_objects(name, values.astype(object))
    return Column(name, pa.chunked_array([array]))


def _zoned(series: pd.Series) -> pa.ChunkedArray:
    try:
        array = pa.array(series, from_pandas=True)
    except (pa.ArrowException, TypeError, ValueError):  # a zone object without a name
        array = pa.array(series.dt.tz_convert("UTC"), from_pandas=True)
    return pa.chunked_array([array])


def _categorical(name: str, values: Any) -> Column:
    categories = from_pandas(name, pd.Series(values.categories))
    codes = np.asarray(values.codes)
    indices = pa.array(codes, mask=codes < 0)
    made = pa.DictionaryArray.from_arrays(indices, one_piece(categories.data), ordered=values.ordered)
    return Column(name, storable(pa.chunked_array([made])), note=categories.note)


def _hint(dtype: Any, stored: pa.DataType) -> str | None:
    """The name that brings an extension dtype back, where the stored type alone would not."""
    if isinstance(dtype, pd.StringDtype):
        return None if dtype.na_value is not pd.NA else "string"
    try:
        back = pd.api.types.pandas_dtype(str(dtype))
    except (TypeError, ValueError, NotImplementedError):
        return None
    if back != dtype or (isinstance(dtype, pd.ArrowDtype) and not _alike(dtype.pyarrow_dtype, stored)):
        return None
    return str(dtype)


def _alike(mine: pa.DataType, stored: pa.DataType) -> bool:
    return mine == stored or (pa.types.is_string(mine) and pa.types.is_large_string(stored))
