"""Methods of frames, series and indexes that are gone, by what does the same today."""

from __future__ import annotations

import functools
from typing import Any, cast

import numpy as np
import pandas as pd

from modules.classic import notes
from modules.classic.pandas_ix import ix_of
from modules.classic.pandas_offsets import modern
from modules.classic.patches import Patches


def methods(patches: Patches) -> None:
    for owner in (pd.DataFrame, pd.Series):
        patches.put(owner, "ix", property(ix_of))
        for name, (now, function) in BOTH.items():
            patches.put(owner, name, notes.gone(f".{name}()", now, function))
        for name, read in PROPERTIES.items():
            patches.put(owner, name, property(read))
    for name, (now, function) in OF_FRAMES.items():
        patches.put(pd.DataFrame, name, notes.gone(f".{name}()", now, function))
    for name, (now, function) in OF_SERIES.items():
        patches.put(pd.Series, name, notes.gone(f".{name}()", now, function))
    patches.put(
        pd.DataFrame,
        "from_csv",
        classmethod(cast(Any, notes.gone("DataFrame.from_csv", FROM_CSV, _from_csv))),
    )
    patches.put(
        pd.Series,
        "from_csv",
        classmethod(cast(Any, notes.gone("Series.from_csv", FROM_CSV, _series_from_csv))),
    )
    patches.put(
        pd.DataFrame,
        "from_items",
        classmethod(
            lambda cls, items, columns=None, orient="columns": (
                pd.DataFrame(dict(items), columns=columns)
                if orient == "columns"
                else pd.DataFrame.from_dict(dict(items), orient="index", columns=columns)
            )
        ),
    )
    for name in ("argmax", "argmin"):
        patches.put(pd.Series, name.replace("arg", "idx"), functools.partialmethod(_labelled, name))
    patches.put(
        pd.Series,
        "from_array",
        classmethod(lambda cls, values, index=None, **named: pd.Series(values, index, **named)),
    )
    patches.put(pd.Index, "get_values", lambda self: self.to_numpy())
    patches.put(pd.Index, "asi8", property(lambda self: self.to_numpy().view("i8")))


FROM_CSV = "pd.read_csv(…, index_col=0, parse_dates=True) did it"


def _from_csv(
    cls: Any,
    path: Any,
    header: Any = 0,
    sep: str = ",",
    index_col: Any = 0,
    parse_dates: bool = True,
    encoding: Any = None,
    **_: Any,
) -> pd.DataFrame:
    return pd.read_csv(
        path, header=header, sep=sep, index_col=index_col, parse_dates=parse_dates, encoding=encoding
    )


def _series_from_csv(
    cls: Any,
    path: Any,
    sep: str = ",",
    parse_dates: bool = True,
    header: Any = None,
    index_col: Any = 0,
    encoding: Any = None,
    **_: Any,
) -> pd.Series:
    found = _from_csv(pd.DataFrame, path, header, sep, index_col, parse_dates, encoding).iloc[:, 0]
    found.index.name = found.name = None
    return found


def _append(
    self: Any, other: Any, ignore_index: bool = False, verify_integrity: bool = False, **_: Any
) -> Any:
    if isinstance(self, pd.DataFrame) and isinstance(other, dict | pd.Series):
        row = pd.Series(other) if isinstance(other, dict) else other
        if row.name is None and not ignore_index:
            raise TypeError("Can only append a Series if ignore_index=True or if the Series has a name")
        other = row.to_frame().T.infer_objects()
        other = other.reindex(columns=[*self.columns, *(c for c in other.columns if c not in self.columns)])
    elif isinstance(self, pd.DataFrame) and _rows(other):
        other = pd.DataFrame(other)
    parts = [self, *other] if isinstance(other, list | tuple) else [self, other]
    return pd.concat(parts, ignore_index=ignore_index, verify_integrity=verify_integrity)


def _rows(other: Any) -> bool:
    return isinstance(other, list) and bool(other) and not isinstance(other[0], pd.DataFrame)


def _placed(self: Any, done: Any, inplace: bool) -> Any:
    """What a method gives: what was made, or nothing if that was put in place; pandas warns of `inplace`."""
    if not inplace:
        return done
    self._update_inplace(done)
    return None


def _sort(
    self: pd.DataFrame,
    columns: Any = None,
    axis: int = 0,
    ascending: Any = True,
    inplace: bool = False,
    kind: str = "quicksort",
    na_position: str = "last",
    **named: Any,
) -> Any:
    by = named.get("by", columns)
    if by is None:
        return _placed(self, self.sort_index(axis=axis, ascending=ascending), inplace)
    by = list(by) if isinstance(by, tuple) else by
    done = self.sort_values(by, axis=axis, ascending=ascending, na_position=na_position)
    return _placed(self, done, inplace)


def _order(
    self: pd.Series,
    na_last: Any = None,
    ascending: bool = True,
    kind: str = "quicksort",
    na_position: str = "last",
    inplace: bool = False,
) -> Any:
    place = na_position if na_last is None else ("last" if na_last else "first")
    return _placed(self, self.sort_values(ascending=ascending, na_position=place), inplace)


def _sort_series(
    self: pd.Series,
    axis: int = 0,
    ascending: bool = True,
    kind: str = "quicksort",
    na_position: str = "last",
    inplace: bool = True,
) -> Any:
    return _placed(self, self.sort_values(ascending=ascending, na_position=na_position), inplace)


def _as_matrix(self: Any, columns: Any = None) -> np.ndarray:
    return (self if columns is None else self[columns]).values


def _get_value(self: Any, index: Any, col: Any = None, takeable: bool = False) -> Any:
    key = index if isinstance(self, pd.Series) else (index, col)
    return self.iat[key] if takeable or col is True else self.at[key]


def _set_value(self: Any, index: Any, col: Any, value: Any = None, takeable: bool = False) -> Any:
    if isinstance(self, pd.Series):
        self.loc[index] = col
    elif takeable:
        self.iloc[index, col] = value
    else:
        self.loc[index, col] = value
    return self


def _convert(self: Any, convert_dates: Any = True, convert_numeric: bool = False, *_: Any, **__: Any) -> Any:
    def one(column: pd.Series) -> pd.Series:
        if column.dtype != object:
            return column
        found = column.infer_objects()
        if convert_dates == "coerce":
            return pd.to_datetime(column, errors="coerce")
        return pd.to_numeric(column, errors="coerce") if convert_numeric and found.dtype == object else found

    return self.apply(one) if isinstance(self, pd.DataFrame) else one(self)


def _mad(self: Any, axis: Any = 0, skipna: bool = True, level: Any = None) -> Any:
    if isinstance(self, pd.Series):
        return (self - self.mean(skipna=skipna)).abs().mean(skipna=skipna)
    data = self.select_dtypes("number")
    other = 1 if axis in (0, None, "index") else 0
    return (
        data.sub(data.mean(axis=axis or 0, skipna=skipna), axis=other)
        .abs()
        .mean(axis=axis or 0, skipna=skipna)
    )


def _select(self: Any, crit: Any, axis: Any = 0) -> Any:
    labels = [label for label in self.axes[_axis(axis)] if crit(label)]
    return self.reindex(columns=labels) if _axis(axis) else self.reindex(labels)


def _axis(axis: Any) -> int:
    return 1 if axis in (1, "columns") else 0


def _first(self: Any, offset: Any) -> Any:
    step = pd.tseries.frequencies.to_offset(modern(offset))
    if not len(self):
        return self
    end = self.index[0] + step
    return self[self.index < end] if isinstance(step, pd.offsets.Tick) else self[self.index <= end]


def _last(self: Any, offset: Any) -> Any:
    return (
        self[self.index > self.index[-1] - pd.tseries.frequencies.to_offset(modern(offset))]
        if len(self)
        else self
    )


def _lookup(self: pd.DataFrame, row_labels: Any, col_labels: Any) -> np.ndarray:
    rows, columns = self.index.get_indexer(row_labels), self.columns.get_indexer(col_labels)
    if (rows < 0).any() or (columns < 0).any():
        raise KeyError("One or more labels was not found")
    return self.to_numpy()[rows, columns]


def _reindex_axis(self: Any, labels: Any, axis: Any = 0, **named: Any) -> Any:
    return self.reindex(labels, axis=axis, **named)


def _label(self: pd.Series, which: str) -> Any:
    if not self.notna().any():
        return np.nan
    return self.index[getattr(pd.core.base.IndexOpsMixin, which)(self)]


def _labelled(self: pd.Series, which: str, axis: Any = 0, skipna: bool = True, *_: Any, **__: Any) -> Any:
    return _label(self, which)


def _bool(self: Any) -> bool:
    if self.size != 1:
        raise ValueError(f"The truth value of a {type(self).__name__} is ambiguous.")
    return bool(self.to_numpy().ravel()[0])


def _gone(name: str, why: str) -> Any:
    def refuse(self: Any, *_: Any, **__: Any) -> Any:
        raise AttributeError(f".{name}() is gone: {why}")

    return refuse


BOTH: dict[str, tuple[str, Any]] = {
    "as_matrix": (".to_numpy() did it", _as_matrix),
    "get_values": (".to_numpy() did it", lambda self: self.values),
    "append": ("pd.concat([…]) did it", _append),
    "get_value": (".at[row, column] did it", _get_value),
    "set_value": (".at[row, column] = … did it", _set_value),
    "iteritems": (".items() did it", lambda self: self.items()),
    "iterkv": (".items() did it", lambda self: self.items()),
    "convert_objects": ("pd.to_numeric and pd.to_datetime did it", _convert),
    "mad": ("the mean of the distances from the mean was computed", _mad),
    "select": (".loc[…] did it", _select),
    "first": (".loc[…] did it", _first),
    "last": (".loc[…] did it", _last),
    "pad": (".ffill() did it", lambda self, *a, **k: self.ffill(*a, **k)),
    "backfill": (".bfill() did it", lambda self, *a, **k: self.bfill(*a, **k)),
    "clip_upper": (".clip(upper=…) did it", lambda self, threshold, *a, **k: self.clip(upper=threshold)),
    "clip_lower": (".clip(lower=…) did it", lambda self, threshold, *a, **k: self.clip(lower=threshold)),
    "tshift": (
        ".shift(freq=…) did it",
        lambda self, periods=1, freq=None, axis=0: self.shift(
            periods, freq=freq or self.index.freq or self.index.inferred_freq
        ),
    ),
    "slice_shift": (".shift() did it", lambda self, periods=1, axis=0: self.shift(periods)),
    "sortlevel": (
        ".sort_index(level=…) did it",
        lambda self, level=0, axis=0, ascending=True, inplace=False, sort_remaining=True: self.sort_index(
            level=level, axis=axis, ascending=ascending, inplace=inplace
        ),
    ),
    "reindex_axis": (".reindex(…, axis=…) did it", _reindex_axis),
    "swapaxes": (".T did it", lambda self, axis1, axis2, copy=True: self if axis1 == axis2 else self.T),
    "to_dense": ("it is dense", lambda self: self),
    "to_sparse": ("it stays dense", lambda self, *a, **k: self),
    "to_msgpack": ("", _gone("to_msgpack", "to_parquet or to_pickle keeps it.")),
    "to_gbq": ("", _gone("to_gbq", "it wrote to BigQuery, and a script has no network.")),
    "get_ftype_counts": (
        ".dtypes.value_counts() did it",
        lambda self: self.dtypes.astype(str).add(":dense").value_counts(),
    ),
    "as_blocks": (".select_dtypes() did it", lambda self, copy=True: self.blocks),
    "consolidate": ("nothing is needed", lambda self, inplace=False: self),
    "bool": (".item() did it", _bool),
    "get_dtype_counts": (
        ".dtypes.value_counts() did it",
        lambda self: self.dtypes.astype(str).value_counts(),
    ),
}

OF_FRAMES: dict[str, tuple[str, Any]] = {
    "sort": (".sort_values(by=…) did it", _sort),
    "irow": (".iloc[n] did it", lambda self, i, copy=False: self.iloc[i]),
    "icol": (".iloc[:, n] did it", lambda self, i: self.iloc[:, i]),
    "iget_value": (".iat[row, column] did it", lambda self, i, j: self.iat[i, j]),
    "applymap": (
        ".map() did it",
        lambda self, func, na_action=None, **k: self.map(func, na_action=na_action, **k),
    ),
    "lookup": ("to_numpy() and two indexers did it", _lookup),
    "delevel": (".reset_index() did it", lambda self, *a, **k: self.reset_index(*a, **k)),
    "combineAdd": (".add(fill_value=0) did it", lambda self, other: self.add(other, fill_value=0.0)),
    "combineMult": (".mul(fill_value=1) did it", lambda self, other: self.mul(other, fill_value=1.0)),
}

OF_FRAMES["to_panel"] = (
    "",
    _gone("to_panel", "a frame with two levels in its index holds what a Panel held."),
)

OF_SERIES: dict[str, tuple[str, Any]] = {
    "order": (".sort_values() did it", _order),
    "sort": (".sort_values(inplace=True) did it", _sort_series),
    "iget": (".iloc[n] did it", lambda self, i, axis=0: self.iloc[i]),
    "irow": (".iloc[n] did it", lambda self, i, axis=0: self.iloc[i]),
    "iget_value": (".iloc[n] did it", lambda self, i, axis=0: self.iloc[i]),
    "valid": (".dropna() did it", lambda self, **_: self.dropna()),
    "nonzero": (".to_numpy().nonzero() did it", lambda self: self.to_numpy().nonzero()),
    "ptp": ("max − min did it", lambda self, *a, **k: self.max() - self.min()),
    "compress": ("[condition] did it", lambda self, condition, *a, **k: self[condition]),
    "reshape": (".values.reshape(…) did it", lambda self, *shape, **k: self.values.reshape(*shape, **k)),
    "ravel": (".to_numpy() did it", lambda self, order="C": self.values.ravel(order)),
    "argmax": (
        ".idxmax() did it: it gave the label",
        lambda self, axis=0, skipna=True, *a, **k: _label(self, "argmax"),
    ),
    "argmin": (
        ".idxmin() did it: it gave the label",
        lambda self, axis=0, skipna=True, *a, **k: _label(self, "argmin"),
    ),
    "asobject": (".astype(object) did it", lambda self: self.astype(object).values),
}

PROPERTIES: dict[str, Any] = {
    "is_copy": lambda self: None,
    "blocks": lambda self: _blocks(self),
    "ftypes": lambda self: self.dtypes.astype(str) + ":dense",
    "real": lambda self: np.real(self.values),
    "imag": lambda self: np.imag(self.values),
}


def _blocks(self: Any) -> dict[str, Any]:
    if isinstance(self, pd.Series):
        return {str(self.dtype): self}
    return {str(kind): self.loc[:, self.dtypes == kind] for kind in self.dtypes.unique()}
