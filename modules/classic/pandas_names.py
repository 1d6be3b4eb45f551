"""Names at the top of pandas that are gone, and the settings that scripts of that time took for granted."""

from __future__ import annotations

import datetime
import functools
import importlib
import warnings
from typing import Any

import numpy as np
import pandas as pd

from modules.classic import notes
from modules.classic.homes import MOVED
from modules.classic.pandas_reading import nanoseconds
from modules.classic.patches import Patches
from modules.classic.words import renamed


def top_names(patches: Patches) -> None:
    from pandas import plotting

    for name in ("parallel_coordinates", "radviz"):
        patches.wrap(plotting, name, renamed("colors", "color"))
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
    for name, (now, function) in MOVED_TO_METHODS.items():
        patches.put(pd, name, notes.gone(f"pandas.{name}", f"{now} did it", function))
    patches.put_all(pd, {"TimeSeries": pd.Series, "SparseSeries": pd.Series, "SparseDataFrame": pd.DataFrame})
    patches.put_all(
        pd, {"SparseArray": pd.arrays.SparseArray, "NumericIndex": pd.Index, "datetools": pd.offsets}
    )
    patches.put_all(pd, {"json": __import__("json"), "ols": _ols})
    patches.put(pd.Categorical, "labels", property(lambda self: self.codes))
    _old_options(patches)
    # How a module finds names late (PEP 562): `pd.tools.plotting` was there without an import of its own.
    patches.put(pd, "__getattr__", _inner_module)


def _ols(*args: Any, **named: Any) -> Any:
    from modules.classic.pandas_ols import ols

    return ols(*args, **named)


def _old_options(patches: Patches) -> None:
    """Options that nothing listens to: they are taken, and change nothing."""
    config = pd._config.config
    for name in OPTIONS:
        if name not in config._registered_options:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                config.register_option(name, None)
            patches.afterwards(functools.partial(_forget_option, name))


def _forget_option(name: str) -> None:
    config = pd._config.config
    config._registered_options.pop(name, None)
    above, _, last = name.rpartition(".")
    config._global_config[above].pop(last, None)


OPTIONS = (
    "display.mpl_style",
    "display.line_width",
    "display.height",
    "mode.use_inf_as_null",
    "mode.use_inf_as_na",
    "mode.chained_assignment",
    "mode.sim_interactive",
)


def _inner_module(name: str) -> Any:
    if f"pandas.{name}" not in MOVED:
        raise AttributeError(f"module 'pandas' has no attribute {name!r}")
    found = importlib.import_module(f"pandas.{name}")
    for inner in MOVED:
        if inner.startswith(f"pandas.{name}.") and inner.count(".") == 2:
            importlib.import_module(inner)
    return found


def _set_printoptions(**named: Any) -> None:
    words = {"precision": "precision", "max_rows": "max_rows", "max_columns": "max_columns"}
    for old, value in named.items():
        if old in words:
            pd.set_option(f"display.{words[old]}", value)


MOVED_TO_METHODS: dict[str, tuple[str, Any]] = {
    "value_counts": (
        "Series.value_counts",
        lambda values, sort=True, ascending=False, normalize=False, bins=None, dropna=True: pd.Series(
            values
        ).value_counts(normalize, sort, ascending, bins, dropna),
    ),
    "groupby": ("DataFrame.groupby", lambda obj, by, **named: obj.groupby(by, **named)),
    "set_printoptions": ("pd.set_option", _set_printoptions),
    "reset_printoptions": ("pd.reset_option", lambda: pd.reset_option("^display")),
    "load": ("pd.read_pickle", pd.read_pickle),
    "save": ("to_pickle", lambda obj, path: pd.to_pickle(obj, path)),
    "rolling_corr_pairwise": (
        ".rolling(n).corr(pairwise=True)",
        lambda frame, window, min_periods=None: frame.rolling(window, min_periods=min_periods).corr(
            pairwise=True
        ),
    ),
}
"""What stood at the top of pandas, and what does it today."""


def _plotted(name: str, function: Any) -> Any:
    return notes.gone(f"pandas.{name}", f"pandas.plotting.{name} did it", function)


PANELS = {
    "Panel": "pandas.Panel is gone: a frame with two levels in its index (set_index([…, …])) holds it.",
    "Panel4D": "pandas.Panel4D is gone: a frame with several levels in its index holds the same.",
    "WidePanel": "pandas.WidePanel is gone: a frame with two levels in its index holds the same.",
    "fama_macbeth": "pandas.fama_macbeth is gone: the package linearmodels fits such models.",
    "Term": "pandas.Term is gone, with HDFStore: it needs the package tables, which is not installed here.",
    "get_store": "pandas.get_store needs the package tables, which is not installed here.",
    "to_msgpack": "pandas.to_msgpack is gone: to_parquet or to_pickle keeps a frame.",
    "read_msgpack": "pandas.read_msgpack is gone: upload the data as CSV or Parquet.",
    "read_gbq": "pandas.read_gbq read from BigQuery, and a script has no network: upload the data.",
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
