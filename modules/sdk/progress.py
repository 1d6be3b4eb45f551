"""How far a node is, from 0 to 1: said while it runs, shown on the node.

What scripts know as `studio`: `studio.progress(0.4)`. It costs them nothing: a number is put where
the worker looks now and then.
"""

from __future__ import annotations

import ctypes
import math
import sys
from types import ModuleType

from modules.sdk.secrets import secret

_place = ctypes.c_double(math.nan)


def progress(fraction: float) -> None:
    """Shows on the node how far it is: 0 at the start, 1 at the end.

    >>> progress(0.4)
    >>> progress(float("nan"))
    Traceback (most recent call last):
    ValueError: studio.progress takes a number from 0 to 1, such as done / total, not nan
    """
    value = float(fraction)
    if math.isnan(value):
        raise ValueError(
            f"studio.progress takes a number from 0 to 1, such as done / total, not {fraction!r}"
        )
    _place.value = min(max(value, 0.0), 1.0)


def lead_to(place: ctypes.c_double) -> ctypes.c_double:
    """Where the worker looks from now on; where it looked before."""
    global _place
    before, _place = _place, place
    return before


def script_module() -> ModuleType:
    """The module `studio` as scripts see it."""
    made = ModuleType("studio", "What a script can tell Studio while it runs.")
    vars(made)["progress"] = progress
    vars(made)["secret"] = secret
    return made


def install() -> None:
    """In a child: from now on `import studio` gives what scripts may see."""
    sys.modules["studio"] = script_module()
