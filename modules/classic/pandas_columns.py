"""A column taken from a frame is the frame's own, as before copy-on-write: what is set in it is set there.

`frame["a"][3] = 1`, `frame.a.fillna(0, inplace=True)` and `frame["a"].loc[mask] = 2` change the frame. A
column remembers the frame that it was taken from, and is written into it as long as both lie on the same
memory. Where nobody else lies on it too, it is written in place, so that a loop over rows costs what it did.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pandas as pd
from pandas._libs.internals import BlockValuesRefs
from pandas.core import frame as frame_module
from pandas.core import generic as generic_module
from pandas.core import indexing as indexing_module
from pandas.core import series as series_module
from pandas.core.internals import blocks as blocks_module

from modules.classic import notes
from modules.classic.patches import Patches

HOME = "_classic_home"
"""The attribute of a column that names the frame it was taken from."""


def write_through(patches: Patches) -> None:
    for module in (frame_module, generic_module, indexing_module, series_module):
        if hasattr(module, "CHAINED_WARNING_DISABLED"):
            patches.put(module, "CHAINED_WARNING_DISABLED", True)
    patches.wrap(pd.DataFrame, "__getitem__", _taking)
    patches.wrap(pd.Series, "__getitem__", _by_place)
    patches.wrap(pd.Series, "__setitem__", _setting_by_place)
    patches.wrap(pd.Series, "__setitem__", _setting(lambda self: self))
    patches.wrap(pd.Series, "update", _setting(lambda self: self))
    indexers = indexing_module._LocationIndexer, indexing_module._ScalarAccessIndexer
    for indexer in indexers:
        patches.wrap(indexer, "__setitem__", _setting(lambda self: self.obj))
    patches.wrap(pd.Series, "_update_inplace", _updating)
    patches.wrap(blocks_module.Block, "coerce_to_target_dtype", _coercing)
    for owner in (pd.Series, pd.DataFrame):
        patches.put(owner, "values", property(_writable(vars(owner)["values"].fget)))
        patches.wrap(owner, "__array__", _writable)


def _taking(getitem: Any) -> Any:
    def __getitem__(self: pd.DataFrame, key: Any) -> Any:
        try:
            got = getitem(self, key)
        except KeyError:
            if not isinstance(key, str) or not isinstance(self.index, pd.DatetimeIndex):
                raise
            notes.replaced("rows of a frame by a part of a date", ".loc[…] did it")
            return self.loc[key]
        if type(got) is pd.Series and isinstance(key, str | int | tuple | float):
            object.__setattr__(got, HOME, (weakref.ref(self), key))
        return got

    return __getitem__


def _place(column: pd.Series, key: Any) -> bool:
    """Whether the key is a place: a whole number, or several, on an index of texts or dates."""
    kind = column.index.dtype.kind
    if kind in "iuf" or column.index.nlevels > 1:
        return False
    if isinstance(key, list | np.ndarray | pd.Index):
        array = np.asarray(key)
        return (
            array.dtype.kind in "iu"
            and array.size > 0
            and (kind != "O" or not column.index.isin(array).any())
        )
    if isinstance(key, bool) or not isinstance(key, int | np.integer):
        return False
    return kind != "O" or key not in column.index


def _by_place(getitem: Any) -> Any:
    def __getitem__(self: pd.Series, key: Any) -> Any:
        return self.iloc[key] if _place(self, key) else getitem(self, key)

    return __getitem__


def _setting_by_place(setitem: Any) -> Any:
    def __setitem__(self: pd.Series, key: Any, value: Any) -> None:
        if _place(self, key):
            self.iloc[key] = value
        else:
            setitem(self, key, value)

    return __setitem__


def _setting(series_of: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def around(setitem: Any) -> Any:
        def __setitem__(self: Any, *args: Any, **named: Any) -> None:
            column = series_of(self)
            frame, key = _home(column)
            if frame is None:
                return setitem(self, *args, **named)
            notes.replaced(
                "setting in a column taken from a frame", "frame.loc[rows, column] = … says that today"
            )
            with _in_place(column, frame, key):
                setitem(self, *args, **named)
            _give_back(column, frame, key)
            return None

        return __setitem__

    return around


def _updating(update: Any) -> Any:
    def _update_inplace(self: pd.Series, result: Any) -> None:
        frame, key = _home(self)
        update(self, result)
        if frame is not None:
            notes.replaced(
                "inplace=True on a column taken from a frame",
                "frame[column] = frame[column]… says that today",
            )
            _give_back(self, frame, key)

    return _update_inplace


def _home(column: Any) -> tuple[Any, Any]:
    """The frame that the column still belongs to, and under which key; None if to none."""
    if not isinstance(column, pd.Series):
        return None, None
    reference, key = column.__dict__.get(HOME, (None, None))
    frame = reference() if reference else None
    if frame is None:
        return None, None
    block = _block_of(frame, key)
    if block is None or block.refs is not column._mgr.blocks[0].refs:
        return None, None
    return frame, key


def _block_of(frame: pd.DataFrame, key: Any) -> Any:
    try:
        place = frame.columns.get_loc(key)
    except (KeyError, TypeError):
        return None
    return frame._mgr.blocks[frame._mgr.blknos[place]] if isinstance(place, int) else None


@contextmanager
def _in_place(column: pd.Series, frame: pd.DataFrame, key: Any) -> Iterator[None]:
    """Lets pandas write into the memory of the column if no other frame or column lies on it."""
    own, theirs = column._mgr.blocks[0], _block_of(frame, key)
    refs = own.refs
    alive = {id(block) for found in refs.referenced_blocks if (block := found()) is not None}
    if alive - {id(own), id(theirs)}:
        yield
        return
    own.refs = BlockValuesRefs(own)
    try:
        yield
    finally:
        own.refs = refs


def _give_back(column: pd.Series, frame: pd.DataFrame, key: Any) -> None:
    """Makes the column the frame's again if pandas has laid it elsewhere."""
    block = _block_of(frame, key)
    if block is not None and block.refs is not column._mgr.blocks[0].refs and len(column) == len(frame):
        frame._mgr.iset(frame.columns.get_loc(key), column._values, refs=column._mgr.blocks[0].refs)


def _coercing(coerce: Any) -> Any:
    """A value of another type makes the column one of both, as it did; pandas 3 refuses it."""

    def coerce_to_target_dtype(self: Any, other: Any, raise_on_upcast: bool = False) -> Any:
        return coerce(self, other, raise_on_upcast=False)

    return coerce_to_target_dtype


def _writable(read: Any) -> Any:
    """What pandas lends out may be written to: the frame's own memory, or a copy if others lie on it."""

    def values(self: Any, *args: Any, **named: Any) -> Any:
        array = read(self, *args, **named)
        if not isinstance(array, np.ndarray) or array.flags.writeable:
            return array
        return _own_memory(self, array) if len(self._mgr.blocks) == 1 else array.copy()

    return values


def _own_memory(owner: Any, array: np.ndarray) -> np.ndarray:
    block = owner._mgr.blocks[0]
    frame, key = _home(owner)
    others = {id(found()) for found in block.refs.referenced_blocks if found() is not None}
    mine = {id(block), id(_block_of(frame, key))} if frame is not None else {id(block)}
    raw = block.values
    if others - mine or not isinstance(raw, np.ndarray) or not raw.flags.writeable:
        return array.copy()
    raw = raw.T if isinstance(owner, pd.DataFrame) else raw
    return raw if raw.shape == array.shape and raw.dtype == array.dtype else array.copy()
