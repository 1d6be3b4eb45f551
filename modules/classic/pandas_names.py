"""Names at the top of pandas that are gone, and the settings that scripts of that time took for granted."""

from __future__ import annotations

import datetime
import warnings
from typing import Any

import numpy as np
import pandas as pd

from modules.classic import notes
from modules.classic.pandas_reading import nanoseconds
from modules.classic.patches import Patches


def top_names(patches: Patches) -> None:
    from pandas import plotting

    for name in (
        "scatter_matrix",
        "parallel_coordinates",
        "andrews_curves",
        "radviz",
        "lag_plot",
        "autocorrelation_plot",
        "bootstrap_plot",
    ):
        patches.put(pd, name, _plotted(name, getattr(plotting, name)))
    patches.put_all(pd, {"np": np, "datetime": datetime.datetime, "ordered_merge": pd.merge_ordered})
    patches.put_all(pd, {"match": _match, "value_range": _value_range, "sort": sorted})
    patches.put_all(pd, dict.fromkeys(("Int64Index", "Float64Index", "UInt64Index"), pd.Index))
    for name, why in PANELS.items():
        patches.put(pd, name, _refusing(name, why))
    patches.put(pd, "datetools", pd.tseries.offsets)
    patches.put(pd, "json", __import__("json"))


def _plotted(name: str, function: Any) -> Any:
    return notes.gone(f"pandas.{name}", f"pandas.plotting.{name} did it", function)


PANELS = {
    "Panel": "pandas.Panel is gone: a frame with two levels in its index (set_index([…, …])) holds it.",
    "Panel4D": "pandas.Panel4D is gone: a frame with several levels in its index holds the same.",
    "WidePanel": "pandas.WidePanel is gone: a frame with two levels in its index holds the same.",
    "ols": "pandas.ols is gone: sklearn.linear_model.LinearRegression fits the same model.",
    "HDFStore": "pandas.HDFStore needs the package tables, which is not installed here.",
}


def _refusing(name: str, why: str) -> type:
    def __init__(self: Any, *_: Any, **__: Any) -> None:
        raise AttributeError(why)

    return type(name, (), {"__init__": __init__})


def _match(to_match: Any, values: Any, na_sentinel: int = -1) -> np.ndarray:
    found = pd.Index(values).get_indexer(to_match)
    return np.where(found < 0, na_sentinel, found)


def _value_range(frame: pd.DataFrame) -> pd.Series:
    return pd.Series((min(frame.min()), max(frame.max())), ["Minimum", "Maximum"])


def text_as_objects(patches: Patches) -> None:
    """What pandas makes of text from now on is a column of objects."""
    before = pd.get_option("future.infer_string")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pd.set_option("future.infer_string", False)

    def back() -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            pd.set_option("future.infer_string", before)

    patches.afterwards(back)


def as_before(frame: pd.DataFrame) -> pd.DataFrame:
    """An input with the dtypes of that time: text as objects, whole numbers with gaps as floats, dates in
    nanoseconds. Other columns stay where they lie."""
    changed: dict[Any, Any] = {}
    for place, dtype in enumerate(frame.dtypes):
        column = frame.iloc[:, place]
        if isinstance(dtype, pd.StringDtype):
            changed[place] = column.astype(object).where(column.notna(), np.nan)
        elif isinstance(dtype, pd.CategoricalDtype) and isinstance(dtype.categories.dtype, pd.StringDtype):
            changed[place] = column.cat.rename_categories(dtype.categories.astype(object))
        elif pd.api.types.is_extension_array_dtype(dtype) and dtype.kind in "iuf":
            changed[place] = column.astype("float64")
        elif dtype.kind in "mM" and not str(dtype).startswith(("datetime64[ns", "timedelta64[ns")):
            changed[place] = nanoseconds(column)
    if not changed and isinstance(frame.columns.dtype, pd.StringDtype):
        frame = frame.copy(deep=False)
    if changed:
        columns = [changed.get(place, frame.iloc[:, place]) for place in range(frame.shape[1])]
        names = frame.columns
        frame = pd.concat(columns, axis=1, keys=range(len(columns))) if columns else frame
        frame.columns = names
    frame.columns = frame.columns.astype(object)
    return frame
