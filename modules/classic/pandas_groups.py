"""Groups as they were: all levels of a category, text left out of a mean, dicts that name what comes out."""

from __future__ import annotations

import functools
from typing import Any

import pandas as pd
from pandas.core.groupby import DataFrameGroupBy, SeriesGroupBy

from modules.classic import notes
from modules.classic.pandas_numbers import numbers_only
from modules.classic.pandas_offsets import modern
from modules.classic.patches import Patches

REDUCING = ("mean", "sum", "std", "var", "median", "prod", "sem", "quantile", "corr", "cumsum")


def groups(patches: Patches) -> None:
    for owner in (pd.DataFrame, pd.Series):
        patches.wrap(owner, "groupby", _groupby)
    patches.wrap(pd, "pivot_table", _all_levels)
    patches.wrap(pd.DataFrame, "pivot_table", _all_levels)
    for name in REDUCING:
        patches.wrap(DataFrameGroupBy, name, _group_numbers)
    for name in ("agg", "aggregate"):
        patches.wrap(DataFrameGroupBy, name, _aggregate)
        patches.wrap(SeriesGroupBy, name, _aggregate_one)
    patches.wrap(DataFrameGroupBy, "__getitem__", _several)
    patches.put(
        pd, "TimeGrouper", notes.gone("pandas.TimeGrouper", "pd.Grouper(freq=…) did it", _time_grouper)
    )
    patches.wrap(pd, "Grouper", _grouper)


def _groupby(function: Any) -> Any:
    @functools.wraps(function)
    def groupby(self: Any, by: Any = None, axis: Any = 0, level: Any = None, *args: Any, **named: Any) -> Any:
        named.setdefault("observed", False)
        if isinstance(by, tuple) and by not in _labels(self):
            by = list(by)
        if axis in (1, "columns"):
            notes.replaced("groupby(axis=1)", "the frame was turned, .T.groupby(…) does so")
            return function(self.T, by, level, *args, **named)
        return function(self, by, level, *args, **named)

    return groupby


def _labels(data: Any) -> Any:
    return data.columns if isinstance(data, pd.DataFrame) else ()


def _all_levels(function: Any) -> Any:
    @functools.wraps(function)
    def call(*args: Any, **named: Any) -> Any:
        named.setdefault("observed", False)
        return function(*args, **named)

    return call


def _group_numbers(function: Any) -> Any:
    tolerant = numbers_only(function)

    @functools.wraps(function)
    def call(self: Any, *args: Any, **named: Any) -> Any:
        if (
            function.__name__ in ("mean", "median", "std", "var", "quantile", "corr")
            and "numeric_only" not in named
        ):
            return tolerant(self, *args, **({"numeric_only": True} if _mixed(self) else {}) | named)
        return tolerant(self, *args, **named)

    return call


def _mixed(groups: Any) -> bool:
    kinds = {dtype.kind for dtype in groups.obj.dtypes}
    return bool(kinds & set("iufb")) and bool(kinds - set("iufb"))


def _several(function: Any) -> Any:
    @functools.wraps(function)
    def __getitem__(self: Any, key: Any) -> Any:
        return function(self, list(key) if isinstance(key, tuple) and key not in self.obj.columns else key)

    return __getitem__


def _aggregate(function: Any) -> Any:
    @functools.wraps(function)
    def aggregate(self: Any, func: Any = None, *args: Any, **named: Any) -> Any:
        if not (isinstance(func, dict) and any(isinstance(part, dict) for part in func.values())):
            return _dropping_text(function)(self, func, *args, **named)
        notes.replaced("agg({column: {name: function}})", "agg(name=(column, function)) did it")
        parts = {}
        for column, inner in func.items():
            for name, one in (inner if isinstance(inner, dict) else {column: inner}).items():
                parts[column, name] = self[column].agg(one)
        found = pd.DataFrame(parts)
        found.columns = pd.MultiIndex.from_tuples(list(parts))
        return found if self.as_index else found.reset_index()

    return aggregate


def _dropping_text(function: Any) -> Any:
    @functools.wraps(function)
    def call(self: Any, func: Any = None, *args: Any, **named: Any) -> Any:
        try:
            return function(self, func, *args, **named)
        except (TypeError, ValueError):
            if isinstance(func, dict) or func is None:
                raise
            keys = self._grouper.names
            numbers = [c for c in self.obj.columns if self.obj[c].dtype.kind in "iufb" and c not in keys]
            if not numbers:
                raise
            notes.replaced("leaving out what is no number in agg()", "the columns of numbers were chosen")
            return function(self[numbers], func, *args, **named)

    return call


def _aggregate_one(function: Any) -> Any:
    @functools.wraps(function)
    def aggregate(self: Any, func: Any = None, *args: Any, **named: Any) -> Any:
        if isinstance(func, dict):
            notes.replaced("agg({name: function}) of a column", "agg(name=function) did it")
            return pd.DataFrame({name: function(self, one) for name, one in func.items()})
        return function(self, func, *args, **named)

    return aggregate


def _time_grouper(
    freq: Any = "Min", closed: Any = None, label: Any = None, how: Any = "mean", **named: Any
) -> Any:
    known = {key: named[key] for key in ("key", "level", "sort", "origin", "offset") if key in named}
    return pd.Grouper(freq=modern(freq), closed=closed, label=label, **known)


def _grouper(there: Any) -> Any:
    class Grouper(there):
        def __new__(cls, *args: Any, **named: Any) -> Any:
            if "freq" in named:
                named["freq"] = modern(named["freq"])
            named.pop("base", None)
            named.pop("axis", None)
            return there(*args, **named)

    return Grouper
