"""Types of pandas' own in Parquet and Arrow files: periods and intervals, which lie there as numbers."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from modules.sdk.column import Column
from modules.sdk.storable import one_piece, storable

NAME, SAID = b"ARROW:extension:name", b"ARROW:extension:metadata"


def column_of(name: str, field: pa.Field, data: pa.ChunkedArray, dtype: str | None) -> Column:
    """The column of a file. Periods and intervals become the text that pandas shows, as from a script: their
    numbers alone would be something else. `dtype`: the nullable one that pandas had."""
    kind, said = _extension(field)
    if kind not in TEXTS:
        return Column(name, storable(data), pandas=dtype)
    word, as_text = TEXTS[kind]
    if isinstance(data.type, pa.BaseExtensionType):
        data = data.cast(data.type.storage_type)
    try:
        texts = as_text(one_piece(data), json.loads(said))
    except (ValueError, KeyError, TypeError, AttributeError, pa.ArrowException):  # not as pandas writes it
        return Column(name, storable(data))
    array = pa.array(texts, pa.large_string(), mask=data.is_null().to_numpy())
    return Column(name, pa.chunked_array([array]), note=f"{word} become text")


def _extension(field: pa.Field) -> tuple[bytes, bytes]:
    """The name of an extension type and what is said of it, whether Arrow knows it or not; else nothing."""
    if isinstance(field.type, pa.BaseExtensionType):
        return field.type.extension_name.encode(), field.type.__arrow_ext_serialize__()
    told = field.metadata or {}
    return told.get(NAME, b""), told.get(SAID, b"")


def _periods(data: pa.Array, said: dict[str, Any]) -> Any:
    ordinals = pc.fill_null(data, 0).to_numpy(zero_copy_only=False)
    return pd.PeriodIndex.from_ordinals(ordinals, freq=said["freq"]).astype(str).to_numpy(object)


def _intervals(data: pa.Array, said: dict[str, Any]) -> Any:
    left, right = (data.field(side).to_pandas() for side in ("left", "right"))
    return pd.arrays.IntervalArray.from_arrays(left, right, closed=said["closed"]).astype(str).astype(object)


TEXTS: dict[bytes, tuple[str, Callable[[pa.Array, dict[str, Any]], Any]]] = {
    b"pandas.period": ("periods", _periods),
    b"pandas.interval": ("intervals", _intervals),
}
