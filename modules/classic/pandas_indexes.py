"""Names of indexes, and of what is grouped, that are gone."""

from __future__ import annotations

from typing import Any

import pandas as pd

from modules.classic import notes
from modules.classic.patches import Patches


def indexes(patches: Patches) -> None:
    for name, (now, function) in OF_INDEXES.items():
        patches.put(pd.Index, name, notes.gone(f"Index.{name}()", f"{now} did it", function))
    for name, read in FACTS.items():
        patches.put(pd.Index, name, property(read))
    for name, (now, function) in OF_LEVELS.items():
        patches.put(pd.MultiIndex, name, notes.gone(f"MultiIndex.{name}()", f"{now} did it", function))
    patches.put(pd.MultiIndex, "labels", property(lambda self: self.codes))
    patches.put(
        pd.MultiIndex,
        "lexsort_depth",
        property(lambda self: self.nlevels if self.is_monotonic_increasing else 0),
    )
    for name, read in OF_DATES.items():
        patches.put(pd.DatetimeIndex, name, property(read))
        patches.put(pd.core.indexes.accessors.DatetimeProperties, name, property(read))
    for kind, ranged in ((pd.DatetimeIndex, "date_range"), (pd.PeriodIndex, "period_range")):
        patches.put(kind, "__new__", staticmethod(_from_start(kind.__new__, ranged)))
    patches.put(pd.Timestamp, "weekday_name", property(lambda self: self.day_name()))
    patches.put(pd.Timestamp, "to_datetime", lambda self: self.to_pydatetime())
    groupby = pd.core.groupby
    for owner in (groupby.DataFrameGroupBy, groupby.SeriesGroupBy):
        for name, (now, function) in OF_GROUPS.items():
            patches.put(owner, name, notes.gone(f".groupby(…).{name}()", f"{now} did it", function))
    patches.put(
        groupby.DataFrameGroupBy, "dtypes", property(lambda self: self.apply(lambda part: part.dtypes))
    )


def _from_start(new: Any, ranged: str) -> Any:
    """An index made of where it starts and how far it goes."""

    def made(cls: Any, data: Any = None, *args: Any, **named: Any) -> Any:
        if data is not None or not {"start", "end", "periods"} & named.keys():
            return new(cls, *([] if data is None else [data]), *args, **named)
        notes.replaced(f"{cls.__name__}(start=…)", f"pd.{ranged} did it")
        return getattr(pd, ranged)(*args, **named)

    return made


def _to_datetime(self: pd.Index, dayfirst: bool = False) -> Any:
    return pd.DatetimeIndex(pd.to_datetime(self, dayfirst=dayfirst))


def _get_value(self: pd.Index, series: Any, key: Any) -> Any:
    return series[key]


def _native(self: pd.Index, na_rep: str = "", **_: Any) -> Any:
    return self.astype(str).where(self.notna(), na_rep).to_numpy()


OF_INDEXES: dict[str, tuple[str, Any]] = {
    "to_datetime": ("pd.to_datetime", _to_datetime),
    "sym_diff": (
        ".symmetric_difference()",
        lambda self, other, result_name=None: self.symmetric_difference(other, result_name),
    ),
    "get_value": ("series[label]", _get_value),
    "to_native_types": (".astype(str)", _native),
    "summary": ("str()", lambda self, name=None: str(self)),
    "get_duplicates": (".duplicated()", lambda self: list(self[self.duplicated()].unique())),
    "contains": ("in", lambda self, key: key in self),
    "is_type_compatible": (".inferred_type", lambda self, kind: kind == self.inferred_type),
    "set_value": ("series[label] = value", lambda self, series, key, value: series.__setitem__(key, value)),
}
FACTS: dict[str, Any] = {
    "is_all_dates": lambda self: self.inferred_type in ("datetime", "datetime64", "date"),
    "is_monotonic": lambda self: self.is_monotonic_increasing,
}
OF_LEVELS: dict[str, tuple[str, Any]] = {
    "set_labels": (".set_codes()", lambda self, labels, level=None, **_: self.set_codes(labels, level=level)),
    "is_lexsorted": (".is_monotonic_increasing", lambda self: bool(self.is_monotonic_increasing)),
    "lexsort": (".sort_values()", lambda self: self.sort_values()),
}


def _mad(self: Any) -> Any:
    return self.agg(lambda part: (part - part.mean()).abs().mean())


def _filled(self: Any, value: Any = None, method: Any = None, **_: Any) -> Any:
    if method is not None:
        return self.ffill() if method in ("ffill", "pad") else self.bfill()
    return self.transform(lambda part: part.fillna(value))


OF_GROUPS: dict[str, tuple[str, Any]] = {
    "mad": ("the mean of the distances from the mean", _mad),
    "fillna": (".transform(lambda part: part.fillna(…))", _filled),
    "tshift": (".shift(freq=…)", lambda self, periods=1, freq=None, **_: self.shift(periods, freq=freq)),
    "irow": (".nth()", lambda self, i: self.nth(i)),
}


OF_DATES: dict[str, Any] = {
    "weekday_name": lambda self: self.day_name(),
    "week": lambda self: _week(self),
    "weekofyear": lambda self: _week(self),
}


def _week(dates: Any) -> Any:
    found = dates.isocalendar().week.astype("int64")
    return pd.Index(found.to_numpy()) if isinstance(dates, pd.DatetimeIndex) else found
