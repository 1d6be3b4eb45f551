"""How Python 2 compared: any two values, by `cmp`, and by `__cmp__` of a class."""

from __future__ import annotations

import builtins
import functools
import numbers
from typing import Any

import numpy as np

from modules.classic.patches import Patches

ABSENT: Any = object()


def in_order(items: Any, cmp: Any = None, key: Any = None, reverse: bool = False) -> list[Any]:
    """`sorted` of Python 2. Values that do not compare stand by kind: None, numbers, others.

    >>> in_order(["b", None, 2, "a"])
    [None, 2, 'a', 'b']
    """
    values = list(items)
    by = key
    if cmp is not None:
        turned = functools.cmp_to_key(cmp)
        by = turned if key is None else lambda value: turned(key(value))
    try:
        return builtins.sorted(values, key=by, reverse=reverse)
    except TypeError:
        if cmp is not None:
            raise
        return builtins.sorted(values, key=lambda v: rank(key(v) if key else v), reverse=reverse)


def rank(value: Any) -> tuple[Any, ...]:
    """A key by which any two values compare, as Python 2 did."""
    if value is None:
        return (0, "", 0)
    if isinstance(value, numbers.Real):
        return (1, "", value)
    if isinstance(value, list | tuple):
        return (2, type(value).__name__, tuple(rank(part) for part in value))
    try:
        value < value  # noqa: B015  whether its kind has an order at all
    except Exception:  # a class of the script's may raise anything
        return (2, type(value).__name__, id(value))
    return (2, type(value).__name__, value)


def sort_list(items: Any, *args: Any, **named: Any) -> Any:
    """`items.sort(…)`, which took a function of two values."""
    if type(items) is not list:
        return items.sort(*args, **named)
    items[:] = in_order(items, *args, **named)
    return None


def compare(left: Any, right: Any) -> int:
    """`cmp`: negative, zero or positive."""
    try:
        return int(left > right) - int(left < right)
    except TypeError:
        one, other = rank(left), rank(right)
        return (one > other) - (one < other)


def _extreme(usual: Any, last: bool) -> Any:
    @functools.wraps(usual)
    def extreme(*args: Any, key: Any = None, **named: Any) -> Any:
        try:
            return usual(*args, key=key, **named)
        except TypeError:
            values = list(args[0]) if len(args) == 1 else list(args)
            if not values:
                raise
            return in_order(values, key=key)[-1 if last else 0]

    return extreme


greatest, least = _extreme(builtins.max, last=True), _extreme(builtins.min, last=False)

METHODS = {"__div__": "__truediv__", "__idiv__": "__itruediv__", "__rdiv__": "__rtruediv__",
           "__unicode__": "__str__", "__nonzero__": "__bool__"}  # fmt: skip
COMPARING = {
    "__lt__": lambda found: found < 0,
    "__le__": lambda found: found <= 0,
    "__gt__": lambda found: found > 0,
    "__ge__": lambda found: found >= 0,
    "__eq__": lambda found: found == 0,
    "__ne__": lambda found: found != 0,
}


def with_old_methods(made: Any) -> Any:
    """A class with what Python 3 asks for, made of what Python 2 asked for."""
    own = vars(made)
    for old, new in METHODS.items():
        if old in own and new not in own:
            setattr(made, new, own[old])
    if "__cmp__" in own:
        for name, test in COMPARING.items():
            if name not in own:
                setattr(made, name, _by_cmp(test))
        made.__hash__ = own.get("__hash__") or object.__hash__
    return made


def _by_cmp(test: Any) -> Any:
    return lambda self, other: test(self.__cmp__(other))


def old_order(patches: Patches) -> None:
    """`np.unique` of texts and gaps, which do not compare today."""
    patches.wrap(np, "unique", _unique)


def _unique(function: Any) -> Any:
    @functools.wraps(function)
    def unique(ar: Any, *args: Any, **named: Any) -> Any:
        try:
            return function(ar, *args, **named)
        except TypeError:
            if args or named:
                raise
            found = in_order(
                {id(v) if v != v else v: v for v in np.asarray(ar, dtype=object).ravel()}.values()
            )
            return np.array(found, dtype=object)

    return unique
