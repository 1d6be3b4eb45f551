"""`.loc` with a list of labels of which some are not there: those came back as missing values."""

from __future__ import annotations

import functools
from typing import Any

from pandas.api.types import is_bool_dtype, is_list_like
from pandas.core.indexing import _LocIndexer

from modules.classic import notes
from modules.classic.patches import Patches


def labels_of_some(patches: Patches) -> None:
    patches.wrap(_LocIndexer, "__getitem__", _some_missing)


def _some_missing(getitem: Any) -> Any:
    @functools.wraps(getitem)
    def __getitem__(self: Any, key: Any) -> Any:
        try:
            return getitem(self, key)
        except KeyError:
            keys = key if isinstance(key, tuple) else (key,)
            axes = self.obj.axes
            if len(keys) > len(axes) or any(axis.nlevels > 1 for axis in axes):
                raise
            asked = {name: list(part) for name, part in zip(NAMES, keys, strict=False) if _labels(part)}
            if not asked or not all(_some_are_there(self.obj, *one) for one in asked.items()):
                raise
        notes.replaced(".loc[…] of labels that are not there", ".reindex(…) did it")
        rest = [slice(None) if name in asked else part for name, part in zip(NAMES, keys, strict=False)]
        found = self.obj.reindex(**asked)
        return getitem(found.loc, tuple(rest) if len(rest) > 1 else rest[0])

    return __getitem__


NAMES = ("index", "columns")


def _labels(part: Any) -> bool:
    return is_list_like(part) and not isinstance(part, tuple) and not is_bool_dtype(part)


def _some_are_there(owner: Any, axis: str, labels: list[Any]) -> bool:
    """As it was: a list of which nothing is there was refused then, too."""
    index = getattr(owner, axis)
    return index.is_unique and bool(index.isin(labels).any())
