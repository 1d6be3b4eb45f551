"""Means and their like: columns that are no numbers are left out as they were, and levels are groups."""

from __future__ import annotations

import functools
from typing import Any

import pandas as pd

from modules.classic import notes


def numbers_only(function: Any) -> Any:
    """Columns that have no mean are left out, as they were, where they are refused today."""

    @functools.wraps(function)
    def call(self: Any, *args: Any, **named: Any) -> Any:
        if (level := named.pop("level", None)) is not None:
            notes.replaced(
                f"level= in {function.__name__}()", f".groupby(level=…).{function.__name__}() did it"
            )
            named.pop("axis", None)
            return getattr(self.groupby(level=level), function.__name__)(*args[1:], **named)
        try:
            if getattr(function, "__name__", "") in ("mean", "std", "var", "median") and _has_text(
                self, args, named
            ):
                raise TypeError("text")
            return function(self, *args, **named)
        except (TypeError, ValueError):
            if named.get("numeric_only") or isinstance(self, pd.Series):
                raise
            notes.replaced(
                "leaving out what is no number",
                f"numeric_only=True did it in {getattr(function, '__name__', 'it')}()",
            )
            named["numeric_only"] = True
            return function(self, *args, **named)

    return call


def _has_text(data: Any, args: Any, named: Any) -> bool:
    return (
        isinstance(data, pd.DataFrame)
        and "numeric_only" not in named
        and any(dtype.kind == "O" for dtype in data.dtypes)
        and any(dtype.kind in "iufb" for dtype in data.dtypes)
    )


def numeric_first(function: Any) -> Any:
    @functools.wraps(function)
    def call(self: pd.DataFrame, *args: Any, **named: Any) -> Any:
        if any(dtype.kind not in "iufbc" for dtype in self.dtypes):
            named.setdefault("numeric_only", True)
        return function(self, *args, **named)

    return call
