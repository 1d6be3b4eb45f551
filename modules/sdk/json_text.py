"""A nested value (a list, a dict, an array in a cell) as the JSON text that a table keeps of it."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import numpy as np

NESTED = (dict, list, tuple, np.ndarray)
DEEPEST = 200


def json_text(value: Any) -> str:
    """The value as JSON. NaN is null, a date its ISO text, and what JSON does not know its `str`.

    ValueError where it is nested too deeply, or contains itself.

    >>> json_text({"a": [1, float("nan")], 2: (True, "é")})
    '{"a": [1, null], "2": [true, "é"]}'
    """
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False)
    except (TypeError, ValueError, RecursionError):
        return json.dumps(_plain(value, DEEPEST), ensure_ascii=False)


def _plain(value: Any, deep: int) -> Any:
    if deep == 0:
        raise ValueError("it is nested too deeply")
    if type(value).__name__ in ("NaTType", "NAType"):  # missing, as pandas has it
        return None
    if isinstance(value, float) and not np.isfinite(value):
        return None if np.isnan(value) else str(value)
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, dict):
        return {_key(key): _plain(each, deep - 1) for key, each in value.items()}
    if isinstance(value, np.ndarray):
        value = list(value) if value.ndim else [value[()]]
    if isinstance(value, list | tuple):
        return [_plain(each, deep - 1) for each in value]
    if isinstance(value, np.generic) and not isinstance(value, np.datetime64 | np.timedelta64):
        return _plain(value.item(), deep - 1)
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(value)


def _key(key: Any) -> Any:
    return key if key is None or isinstance(key, str | int) else str(key)
