"""`.ix`: labels where there are such, places otherwise."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from pandas.api.types import is_bool_dtype, is_integer, is_integer_dtype, is_list_like

from modules.classic import notes


class Ix:
    """The indexer of one frame or series."""

    def __init__(self, owner: Any) -> None:
        self.owner = owner

    def __getitem__(self, key: Any) -> Any:
        _note()
        keys = self._keys(key)
        if isinstance(self.owner.index, pd.MultiIndex) and not _plain(keys[0]):
            return self.owner.loc[key]
        try:
            places = tuple(_places(axis, part) for axis, part in zip(self.owner.axes, keys, strict=False))
        except KeyError:
            return self._by_labels(keys)
        got = self.owner.iloc[places if len(places) > 1 else places[0]]
        if isinstance(self.owner, pd.DataFrame) and _whole(keys[0]) and _plain(keys[1]):
            return self.owner[self.owner.columns[places[1]]] if is_integer(places[1]) else got
        return got

    def __setitem__(self, key: Any, value: Any) -> None:
        _note()
        keys = self._keys(key)
        try:
            places = tuple(_places(axis, part) for axis, part in zip(self.owner.axes, keys, strict=False))
        except KeyError:
            self.owner.loc[key] = value  # a row or a column that comes into being
            return
        if isinstance(value, pd.Series | pd.DataFrame):
            labels = tuple(_labels(axis, place) for axis, place in zip(self.owner.axes, places, strict=False))
            if all(axis.is_unique for axis in self.owner.axes):
                self.owner.loc[labels if len(labels) > 1 else labels[0]] = value
                return
        self.owner.iloc[places if len(places) > 1 else places[0]] = value

    def __call__(self, *_: Any, **__: Any) -> Ix:
        return self

    def _keys(self, key: Any) -> tuple[Any, ...]:
        if callable(key):
            key = key(self.owner)
        two = isinstance(self.owner, pd.DataFrame)
        if (
            isinstance(key, tuple)
            and two
            and len(key) <= 2
            and not isinstance(self.owner.index, pd.MultiIndex)
        ):
            return key if len(key) == 2 else (*key, slice(None))
        if isinstance(key, tuple) and two and len(key) == 2:
            return key
        return (key, slice(None)) if two else (key,)

    def _by_labels(self, keys: tuple[Any, ...]) -> Any:
        """Labels that are not there give missing values, as long as one of them is."""
        named = dict(zip(("index", "columns"), keys, strict=False))
        asked = {axis: list(part) for axis, part in named.items() if is_list_like(part)}
        for axis, part in asked.items():
            if not set(part) & set(getattr(self.owner, axis)):
                raise KeyError(part)
        if not asked:
            return self.owner.loc[keys if len(keys) > 1 else keys[0]]
        found = self.owner.reindex(**asked)
        rest = tuple(slice(None) if axis in asked else part for axis, part in named.items())
        return found.ix[rest if len(rest) > 1 else rest[0]]


def ix_of(owner: Any) -> Ix:
    return Ix(owner)


def _note() -> None:
    notes.replaced(".ix", ".loc takes labels and .iloc places; it was worked out which was meant")


def _whole(key: Any) -> bool:
    return isinstance(key, slice) and key == slice(None)


def _plain(key: Any) -> bool:
    return not isinstance(key, slice) and not is_list_like(key)


def _places(axis: pd.Index, key: Any) -> Any:
    """The key as places on the axis; KeyError where a label is not there."""
    by_label = is_integer_dtype(axis.dtype) or isinstance(axis, pd.RangeIndex)
    if isinstance(key, slice):
        ends = [end for end in (key.start, key.stop) if end is not None]
        if not ends or (not by_label and axis.dtype.kind != "f" and all(is_integer(end) for end in ends)):
            return key
        return axis.slice_indexer(key.start, key.stop, key.step)
    if is_list_like(key):
        return _several(axis, key, by_label)
    if is_integer(key) and not by_label and axis.dtype.kind != "f" and key not in axis:
        if not -len(axis) <= key < len(axis):
            raise IndexError("index out of bounds")
        return int(key)
    found = axis.get_loc(key)
    return found if is_integer(found) or isinstance(found, slice) else np.flatnonzero(found)


def _several(axis: pd.Index, key: Any, by_label: bool) -> Any:
    if isinstance(key, pd.Series) and is_bool_dtype(key.dtype):
        return (
            np.flatnonzero(key.reindex(axis).fillna(False).to_numpy(dtype=bool))
            if (not key.index.equals(axis) and key.index.is_unique)
            else key.to_numpy(dtype=bool)
        )
    items = list(key)
    array = np.asarray(items) if items else np.empty(0, dtype=int)
    if array.dtype == bool or (
        array.dtype == object and items and all(isinstance(i, bool | np.bool_) for i in items)
    ):
        return array.astype(bool)
    if array.dtype.kind in "iu" and not by_label and axis.dtype.kind != "f":
        known = axis.get_indexer_for(items) if axis.dtype == object else np.full(len(items), -1)
        return array if (known < 0).any() or not len(items) else known
    found = axis.get_indexer_for(items)
    if (found < 0).any():
        raise KeyError(items)
    return found


def _labels(axis: pd.Index, place: Any) -> Any:
    if isinstance(place, slice) and place == slice(None):
        return place
    return axis[place]
