"""Inner modules of pandas that scripts borrowed from: `pandas.compat`, `pandas.core.common` and others."""

from __future__ import annotations

import builtins
import collections
import importlib
import io
import json
import warnings
from typing import Any

import pandas as pd

from modules.classic.patches import Patches

COMPAT: dict[str, Any] = {
    "StringIO": io.StringIO,
    "BytesIO": io.BytesIO,
    "cStringIO": io.StringIO,
    "OrderedDict": collections.OrderedDict,
    "Counter": collections.Counter,
    "range": range,
    "zip": zip,
    "map": map,
    "filter": filter,
    "reduce": __import__("functools").reduce,
    "long": int,
    "unichr": chr,
    "lrange": lambda *ends: list(range(*ends)),
    "lzip": lambda *parts: list(zip(*parts, strict=False)),
    "lmap": lambda function, *parts: list(map(function, *parts)),
    "lfilter": lambda function, values: list(filter(function, values)),
    "u": str,
    "iteritems": lambda pairs, **_: iter(pairs.items()),
    "iterkeys": lambda pairs, **_: iter(pairs),
    "itervalues": lambda pairs, **_: iter(pairs.values()),
    "string_types": (str,),
    "text_type": str,
    "binary_type": bytes,
    "callable": builtins.callable,
    "PY2": False,
    "PY3": True,
}


class SettingWithCopyWarning(Warning):
    """Warned of what sets a copy; nothing warns of it today."""


class PandasError(Exception):
    """The mother of the errors of pandas."""


def inner_names(patches: Patches) -> None:
    from pandas.core import common

    patches.put_all(pd.compat, COMPAT)
    patches.put_all(
        common,
        {
            "isnull": pd.isnull,
            "notnull": pd.notnull,
            "is_list_like": pd.api.types.is_list_like,
            "PandasError": PandasError,
            "SettingWithCopyWarning": SettingWithCopyWarning,
            "SettingWithCopyError": SettingWithCopyWarning,
        },
    )
    patches.put(pd.errors, "SettingWithCopyWarning", SettingWithCopyWarning)
    patches.put(pd.errors, "CParserError", pd.errors.ParserError)
    patches.put(pd.core.series, "TimeSeries", pd.Series)
    for place, names in NAMES.items():
        module = importlib.import_module(place)
        patches.put_all(module, {name: value for name, value in names.items() if not _has(module, name)})


def _has(module: Any, name: str) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return hasattr(module, name)


def _is_categorical(values: Any) -> bool:
    return isinstance(getattr(values, "dtype", None), pd.CategoricalDtype)


def _write_frame(
    frame: Any, name: str, con: Any, flavor: Any = None, if_exists: str = "fail", **_: Any
) -> Any:
    return frame.to_sql(name, con, if_exists=if_exists, index=False)


NAMES: dict[str, dict[str, Any]] = {
    "pandas.api.types": {"is_categorical": _is_categorical},
    "pandas.core.algorithms": {
        "value_counts": lambda values, **named: pd.Series(values).value_counts(**named)
    },
    "pandas.io.common": {"EmptyDataError": pd.errors.EmptyDataError, "CParserError": pd.errors.ParserError},
    "pandas.io.json": {"json_normalize": pd.json_normalize, "loads": json.loads, "dumps": json.dumps},
    "pandas.io.parsers": {"ExcelFile": pd.ExcelFile, "ExcelWriter": pd.ExcelWriter},
    "pandas.io.sql": {
        "read_frame": lambda sql, con, **named: pd.read_sql(sql, con, **named),
        "frame_query": lambda sql, con, **named: pd.read_sql(sql, con, **named),
        "write_frame": _write_frame,
    },
}
"""What inner modules had."""
