"""Functions and methods of pandas that are called otherwise today: other words, other defaults."""

from __future__ import annotations

import functools
import inspect
import warnings
from typing import Any

import numpy as np
import pandas as pd

from modules.classic import notes
from modules.classic.pandas_frequencies import frequency_first, frequency_words, resample_words, shifted_by
from modules.classic.pandas_numbers import numbers_only, numeric_first
from modules.classic.pandas_offsets import UNIT, in_units
from modules.classic.pandas_reading import read, to_datetime, to_numeric
from modules.classic.patches import Patches
from modules.classic.words import by_position, chained, renamed

ASCENDING = "ascending"
MATCHING = ("max", "min", "median", "skew", "kurt", "kurtosis")
REDUCING = ("mean", "sum", "std", "var", "sem", "prod", "product", *MATCHING)
PAIRING = ("corr", "cov", "corrwith", "quantile")


def calls(patches: Patches) -> None:
    for owner in (pd.DataFrame, pd.Series):
        for name, (around) in WORDS.items():
            patches.wrap(owner, name, around)
        for name in REDUCING:
            patches.wrap(owner, name, numbers_only)
    for name in PAIRING:
        patches.wrap(pd.DataFrame, name, numbers_only)
    patches.wrap(pd.DataFrame, "corr", numeric_first)
    patches.wrap(pd.DataFrame, "cov", numeric_first)
    for owner in (pd.DataFrame, pd.Series, pd.core.groupby.DataFrameGroupBy, pd.core.groupby.SeriesGroupBy):
        for name, method in inspect.getmembers(owner, inspect.isfunction):
            if not name.startswith("_"):
                positional = by_position(method)
                if positional is not method:
                    patches.put(owner, name, positional)
    for name, around in FUNCTIONS.items():
        patches.wrap(pd, name, around)
    for name in ("concat", "read_csv", "read_table", "read_excel", "cut", "merge", "to_datetime"):
        patches.wrap(pd, name, by_position)
    text = pd.core.strings.accessor.StringMethods
    patches.wrap(text, "replace", _regex_first)
    patches.wrap(text, "extract", _one_column)
    for name in ("split", "rsplit", "contains", "replace", "cat"):
        patches.wrap(text, name, by_position)


def _truth(value: Any) -> Any:
    return [bool(v) for v in value] if isinstance(value, list | tuple | np.ndarray) else bool(value)


def _ascending(function: Any) -> Any:
    @functools.wraps(function)
    def call(*args: Any, **named: Any) -> Any:
        if ASCENDING in named and named[ASCENDING] is not None:
            named[ASCENDING] = _truth(named[ASCENDING])
        return function(*args, **named)

    return call


def _sort_index(function: Any) -> Any:
    @functools.wraps(function)
    def sort_index(
        self: Any, axis: Any = 0, level: Any = None, ascending: Any = True, *args: Any, **named: Any
    ) -> Any:
        by = named.pop("by", None)
        if by is None and isinstance(axis, list | str) and axis not in ("index", "columns"):
            by, axis = axis, 0
        if by is not None:
            notes.replaced("sort_index(by=…)", ".sort_values(by=…) did it")
            return self.sort_values(by, axis=axis, ascending=_truth(ascending), **named)
        return function(self, axis=axis, level=level, ascending=_truth(ascending), **named)

    return sort_index


def _fillna(function: Any) -> Any:
    @functools.wraps(function)
    def fillna(
        self: Any,
        value: Any = None,
        method: Any = None,
        axis: Any = None,
        inplace: bool = False,
        limit: Any = None,
        downcast: Any = None,
        **_: Any,
    ) -> Any:
        if method is not None:
            notes.replaced("fillna(method=…)", ".ffill() and .bfill() did it")
            fill = self.ffill if method in ("ffill", "pad") else self.bfill
            return (
                fill(axis=axis, inplace=inplace, limit=limit)
                if isinstance(self, pd.DataFrame)
                else fill(inplace=inplace, limit=limit)
            )
        filled = function(self, value, axis=axis, limit=limit)
        filled = filled.infer_objects()
        if not inplace:
            return filled
        self._update_inplace(filled)
        return None

    return fillna


def _replace(function: Any) -> Any:
    @functools.wraps(function)
    def replace(
        self: Any,
        to_replace: Any = None,
        value: Any = ABSENT,
        inplace: bool = False,
        limit: Any = None,
        regex: Any = False,
        method: Any = None,
        **_: Any,
    ) -> Any:
        given = {} if value is ABSENT else {"value": value}
        if to_replace is None and value is ABSENT and regex:
            found = function(self, regex=regex)
        else:
            found = function(self, to_replace, regex=regex, **given)
        found = found.infer_objects()
        if not inplace:
            return found
        self._update_inplace(found)
        return None

    return replace


ABSENT: Any = object()


def _value_counts(function: Any) -> Any:
    @functools.wraps(function)
    def value_counts(self: Any, *args: Any, **named: Any) -> Any:
        found = function(self, *args, **named)
        if isinstance(self, pd.Series):
            found.name, found.index.name = self.name, None
        return found

    return value_counts


def _get_dummies(function: Any) -> Any:
    @functools.wraps(function)
    def get_dummies(*args: Any, **named: Any) -> Any:
        if len(args) < 8:
            named.setdefault("dtype", np.uint8)
        return function(*args, **named)

    return get_dummies


def _concat(function: Any) -> Any:
    @functools.wraps(function)
    def concat(
        objs: Any,
        axis: Any = 0,
        join: str = "outer",
        join_axes: Any = None,
        ignore_index: bool = False,
        keys: Any = None,
        levels: Any = None,
        names: Any = None,
        verify_integrity: bool = False,
        sort: Any = None,
        copy: bool = True,
    ) -> Any:
        objs = objs if isinstance(objs, dict) else list(objs)
        settings = {"keys": keys, "levels": levels, "names": names, "verify_integrity": verify_integrity}
        sort = join == "outer" if sort is None else sort
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = function(objs, axis=axis, join=join, ignore_index=ignore_index, sort=sort, **settings)
        if join_axes is not None:
            notes.replaced("concat(join_axes=…)", ".reindex(…) did it")
            other = 0 if axis in (1, "columns") else 1
            found = found.reindex(join_axes[0]) if other == 0 else found.reindex(columns=join_axes[0])
        return found

    return concat


def _as_type(function: Any) -> Any:
    @functools.wraps(function)
    def astype(self: Any, dtype: Any, *args: Any, **named: Any) -> Any:
        if isinstance(dtype, str) and dtype in ("datetime64", "timedelta64"):
            dtype = f"{dtype}[ns]"
        if isinstance(self, pd.Series) and self.dtype.kind in "mM" and (unit := UNIT.fullmatch(str(dtype))):
            return in_units(self, unit[1])
        return function(self, dtype, *args, **named)

    return astype


def _regex_first(function: Any) -> Any:
    @functools.wraps(function)
    def replace(
        self: Any,
        pat: Any,
        repl: Any = None,
        n: int = -1,
        case: Any = None,
        flags: int = 0,
        regex: bool = True,
    ) -> Any:
        if regex and isinstance(pat, str) and len(pat) == 1:
            regex = False  # one character has always meant itself
        return function(self, pat, repl, n=n, case=case, flags=flags, regex=regex)

    return replace


def _one_column(function: Any) -> Any:
    @functools.wraps(function)
    def extract(self: Any, pat: Any, flags: int = 0, expand: bool = False) -> Any:
        return function(self, pat, flags=flags, expand=expand)

    return extract


def labels_too(function: Any) -> Any:
    """A dict or a function renamed the labels themselves."""

    @functools.wraps(function)
    def rename_axis(self: Any, mapper: Any = ABSENT, axis: Any = 0, **named: Any) -> Any:
        if not isinstance(mapper, dict) and not callable(mapper):
            given = {} if mapper is ABSENT else {"mapper": mapper}
            return function(self, **given, axis=axis, **named) if given else function(self, **named)
        notes.replaced("rename_axis() of labels", ".rename() did it")
        inplace = {"inplace": True} if named.get("inplace") else {}
        which = "columns" if axis in (1, "columns") else "index"
        return self.rename(**{which: mapper}, **inplace)

    return rename_axis


_last = renamed("take_last", "keep", lambda last: "last" if last else "first")
_cols = renamed("cols", "subset")

WORDS: dict[str, Any] = {
    "sort_values": _ascending,
    "sort_index": _sort_index,
    "fillna": _fillna,
    "replace": _replace,
    "value_counts": _value_counts,
    "resample": resample_words,
    "asfreq": frequency_first,
    "shift": shifted_by,
    "rank": _ascending,
    "drop_duplicates": chained(_last, _cols),
    "duplicated": chained(_last, _cols),
    "apply": chained(renamed("reduce", ""), renamed("broadcast", "")),
    "to_csv": chained(renamed("cols", "columns"), renamed("line_terminator", "lineterminator")),
    "to_excel": chained(renamed("encoding", ""), renamed("cols", "columns")),
    "pivot_table": chained(renamed("rows", "index"), renamed("cols", "columns")),
    "to_sql": renamed("flavor", ""),
    "rename": renamed("copy", ""),
    "rename_axis": labels_too,
    "astype": chained(
        _as_type, renamed("raise_on_error", "errors", lambda raising: "raise" if raising else "ignore")
    ),
    "groupby": chained(renamed("squeeze", ""), renamed("axis", "")),
    "describe": chained(renamed("percentile_width", "")),
    "merge": renamed("copy", ""),
    "to_records": renamed("convert_datetime64", ""),
    "unstack": renamed("fill", "fill_value"),
}

FUNCTIONS: dict[str, Any] = {
    "get_dummies": _get_dummies,
    "concat": _concat,
    "read_csv": read,
    "read_table": read,
    "read_excel": read,
    "to_datetime": to_datetime,
    "to_numeric": to_numeric,
    "date_range": frequency_words,
    "bdate_range": frequency_words,
    "pivot_table": chained(renamed("rows", "index"), renamed("cols", "columns")),
    "crosstab": chained(renamed("rows", "index"), renamed("cols", "columns")),
    "merge": renamed("copy", ""),
}
