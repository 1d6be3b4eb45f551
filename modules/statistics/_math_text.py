"""The functions of Apply Math Operation as expressions of NumPy and pandas."""

from __future__ import annotations

import numpy as np

from modules.sdk.line import SEVERAL, NoLine
from modules.statistics._math_functions import OF_ONE, OF_TWO

SIGNS = {
    "Add": "+",
    "Subtract": "-",
    "Multiply": "*",
    "Divide": "/",
}
PAIRS = {"PairMax": "maximum", "PairMin": "minimum"}


def math_text(function: str, column: str, second: str | float | None) -> str:
    """
    >>> math_text("Add", "x", 2.0), math_text("Sqrt", "x", None)
    ("dataframe1['x'] + 2", "np.sqrt(dataframe1['x'])")
    """
    x = f"dataframe1[{column!r}]"
    if second is None:
        return f"np.{_ufunc(OF_ONE.get(function))}({x})"
    whole = isinstance(second, float) and second.is_integer()
    y = f"dataframe1[{second!r}]" if isinstance(second, str) else repr(int(second) if whole else second)
    if sign := SIGNS.get(function):
        return f"{x} {sign} {y}"
    return f"np.{PAIRS.get(function) or _ufunc(OF_TWO.get(function))}({x}, {y})"


def _ufunc(function: object) -> str:
    """The name of a function that is NumPy's own; the others are several steps."""
    if not isinstance(function, np.ufunc):
        raise NoLine(SEVERAL)
    return function.__name__
