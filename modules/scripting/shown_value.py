"""A value of a running script, told in a few words: its type, its shape, its first rows.

Nothing of the user's is called: no `__repr__`, `__len__`, `__iter__` or property of a class that is not known
here. Of such an object its type is told, and the plain values that it holds in its `__dict__`.
"""

from __future__ import annotations

import datetime
import decimal
import sys
import zoneinfo
from collections.abc import Iterable
from pathlib import PosixPath
from types import BuiltinFunctionType, FunctionType, GetSetDescriptorType, ModuleType
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

LONGEST = 200
"""Characters of a value's text."""
LONGEST_CELL = 60
ELEMENTS = 8
DEEPEST = 2
COLUMNS = 20
HEAD = 5
MOST_HEAD = 50
"""Rows of a table's head, at most."""
MOST_DIGITS_BITS = 400

Name = Annotated[str, Field(max_length=LONGEST)]
Cell = Annotated[str, Field(max_length=LONGEST)] | None


class Told(BaseModel):
    """What is told whole: members with nothing in them too, as the API's document says then."""

    model_config = ConfigDict(json_schema_serialization_defaults_required=True)


class ShownColumn(Told):
    name: Name
    type: Name


class ShownValue(Told):
    """A variable. `text`: the value in short; empty where its shape and first rows say more. Of a frame or an
    array: `shape`, `bytes` in memory, the first `columns`, and the `head` of those: rows of texts, None where
    a value is missing."""

    name: Name
    type: Name
    text: Annotated[str, Field(max_length=2 * LONGEST)] = ""
    shape: Annotated[list[Annotated[int, Field(ge=0)]], Field(max_length=8)] | None = None
    bytes: Annotated[int, Field(ge=0)] | None = None
    columns: Annotated[list[ShownColumn], Field(max_length=COLUMNS)] | None = None
    head: (
        Annotated[list[Annotated[list[Cell], Field(max_length=COLUMNS)]], Field(max_length=MOST_HEAD)] | None
    ) = None


def shown_value(name: str, value: Any, rows: int = HEAD) -> ShownValue:
    """The value, with so many rows of its head. It raises nothing."""
    kind = type(value)
    told = ShownValue(name=_cut(name, LONGEST - 1), type=type_name(kind))
    try:
        if (measured := _measured(value, rows)) is not None:
            return told.model_copy(update=measured)
        return told.model_copy(update={"text": brief(value)})
    except Exception:
        return told


def type_name(kind: type) -> str:
    """The name of a class, with its module unless it is built in or one that everybody knows.

    >>> type_name(int), type_name(datetime.date)
    ('int', 'datetime.date')
    """
    name = type.__dict__["__qualname__"].__get__(kind)
    module = _module_of(kind)
    plain = module in ("builtins", "azureml_script") or _root(kind) in ("pandas", "numpy")
    return _cut(name if plain else f"{module}.{name}", LONGEST - 1)


def is_frame(value: Any) -> bool:
    """Whether it is a pandas.DataFrame itself: a subclass may answer with anything."""
    pandas = sys.modules.get("pandas")
    return pandas is not None and type(value) is pandas.DataFrame


def column_names(frame: Any) -> list[str]:
    """The names of a frame's columns that are texts; of a very wide one the first."""
    return [name for name in frame.columns[:5_000].tolist() if type(name) is str]


def brief(value: Any, longest: int = LONGEST, depth: int = 0) -> str:
    """A value on one line. Of an object that is not known here, its type and plain values.

    >>> brief([1, "a", {"k": None}]), brief("x" * 300, 10)
    ("[1, 'a', {'k': None}]", "'xxxxxxxxx…")
    """
    return _cut(_brief(value, longest, depth), longest)


def _brief(value: Any, longest: int, depth: int) -> str:
    kind = type(value)
    if value is None or kind in (bool, float, complex):
        return repr(value)
    if kind is int:
        bits = value.bit_length()
        return repr(value) if bits <= MOST_DIGITS_BITS else f"an int of {bits:,} bits"
    if kind in (str, bytes, bytearray):
        return repr(value[:longest]).replace("\n", " ")
    if kind in (list, tuple, set, frozenset, dict):
        return _of_collection(value, kind, longest, depth)
    if (text := _of_known(value, kind)) is not None:
        return text
    if (text := _short_shape(value)) is not None:
        return text
    return _of_object(value, kind, depth)


def _of_collection(value: Any, kind: type, longest: int, depth: int) -> str:
    opening, closing = ("[", "]") if kind is list else ("(", ")") if kind is tuple else ("{", "}")
    if depth >= DEEPEST:
        return f"{opening}…{closing}" if value else f"{opening}{closing}"
    parts: list[str] = []
    room = longest
    for each in value.items() if kind is dict else value:
        if len(parts) >= ELEMENTS or room <= 0:
            parts.append(f"… {len(value):,} in all")
            break
        pair = each if kind is dict else (each,)
        parts.append(": ".join(brief(part, LONGEST_CELL, depth + 1) for part in pair))
        room -= len(parts[-1])
    return f"{opening}{', '.join(parts)}{',' if kind is tuple and len(parts) == 1 else ''}{closing}"


def _of_known(value: Any, kind: type) -> str | None:
    if kind in (FunctionType, BuiltinFunctionType):
        return f"function {_plain(value.__name__)}"
    if kind is ModuleType:
        return f"module {_plain(object.__getattribute__(value, '__dict__').get('__name__'))}"
    if kind is type:
        return f"class {type_name(value)}"
    if kind in (datetime.date, datetime.timedelta, decimal.Decimal, PosixPath):
        return str(value)
    if kind in (datetime.datetime, datetime.time):
        zone = value.tzinfo
        return str(value) if zone is None or type(zone) in (datetime.timezone, zoneinfo.ZoneInfo) else None
    numpy, pandas = sys.modules.get("numpy"), sys.modules.get("pandas")
    if numpy is not None and kind in _scalars(numpy):
        return brief(value.item(), LONGEST)
    if pandas is not None and kind in (pandas.Timestamp, pandas.Timedelta, type(pandas.NaT), type(pandas.NA)):
        return str(value)
    return None


def _of_object(value: Any, kind: type, depth: int) -> str:
    held = _held(value, kind)
    name = type_name(kind)
    if not held or depth >= DEEPEST:
        return name
    plain = (str, int, float, bool, type(None))
    parts = [f"{key}={brief(each, 40, DEEPEST)}" for key, each in held.items() if type(each) in plain]
    more = ", …" if len(parts) > ELEMENTS else ""
    return f"{name}({', '.join(parts[:ELEMENTS])}{more})"


def _held(value: Any, kind: type) -> dict[str, Any]:
    """The object's own `__dict__`, if its class does not put something else in its place."""
    for each in type.__dict__["__mro__"].__get__(kind):
        own = type.__dict__["__dict__"].__get__(each).get("__dict__")
        if own is not None and type(own) is not GetSetDescriptorType:
            return {}
    try:
        held = object.__getattribute__(value, "__dict__")
    except AttributeError:
        return {}
    if type(held) is not dict:
        return {}
    return {key: each for key, each in list(held.items())[:100] if type(key) is str}


def _short_shape(value: Any) -> str | None:
    measured = _measured(value, 0)
    if measured is None:
        return None
    return f"{type_name(type(value))} {' × '.join(f'{size:,}' for size in measured['shape'])}"


def _measured(value: Any, rows: int) -> dict[str, Any] | None:
    """Shape, bytes, columns and head of a frame, series, index or array; None of anything else."""
    pandas, numpy = sys.modules.get("pandas"), sys.modules.get("numpy")
    kind = type(value)
    if pandas is not None and kind is pandas.DataFrame:
        return {"shape": list(value.shape), "bytes": _bytes(value), **(head_of(value, rows) if rows else {})}
    if pandas is not None and kind is pandas.Series:
        told = head_of(value.iloc[:rows].to_frame(), rows) if rows else {}
        return {"shape": [len(value)], "bytes": int(value.memory_usage(index=False)), **told}
    if numpy is not None and kind is numpy.ndarray:
        text = "" if value.size > 100 or value.dtype.hasobject else _cut(str(value), LONGEST)
        return {"shape": list(value.shape)[:8], "bytes": value.nbytes, "text": text.replace("\n", " ")}
    if pandas is not None and issubclass(kind, pandas.Index) and _root(kind) == "pandas":
        first = ", ".join(brief(each, LONGEST_CELL) for each in value[:ELEMENTS].tolist())
        return {"shape": [len(value)], "text": _cut(first, LONGEST)}
    return None


def _bytes(frame: Any) -> int:
    return int(frame.memory_usage(index=False).sum()) if frame.shape[1] <= 10_000 else 0


def head_of(frame: Any, rows: int = HEAD) -> dict[str, Any]:
    """The first `rows` of a frame's first columns, as texts."""
    part = first_of(frame, rows)
    types = [_dtype(each) for each in part.dtypes.tolist()]
    names = [_cut(each if type(each) is str else brief(each), LONGEST - 1) for each in part.columns.tolist()]
    known = [place for place, told in enumerate(types) if told]
    head: list[list[str | None]] = [["…"] * len(types) for _ in range(len(part))]
    known_part = part if len(known) == len(types) else part.iloc[:, known]
    for row, values in zip(head, known_part.to_numpy(dtype=object).tolist(), strict=True):
        for place, value in zip(known, values, strict=True):
            row[place] = _cell(value)
    columns = [ShownColumn(name=n, type=t or "object") for n, t in zip(names, types, strict=True)]
    return {"columns": columns, "head": head}


def first_of(frame: Any, rows: int) -> Any:
    """The first rows of a frame's first columns."""
    part = frame.iloc[:rows]
    return part.iloc[:, :COLUMNS] if len(frame.columns) > COLUMNS else part


def _dtype(dtype: Any) -> str:
    """Empty for one that neither pandas nor NumPy has made."""
    return _cut(str(dtype), LONGEST - 1) if _root(type(dtype)) in ("pandas", "numpy") else ""


def _cell(value: Any) -> str | None:
    kind = type(value)
    if kind is float:
        return None if value != value else repr(value)
    if value is None:
        return None
    if kind is int and -(1 << 62) < value < 1 << 62:
        return repr(value)
    if kind is str:
        return _cut(value.replace("\n", " "), LONGEST_CELL)
    pandas = sys.modules["pandas"]
    return None if kind in (type(pandas.NaT), type(pandas.NA)) else brief(value, LONGEST_CELL)


_SCALARS: list[frozenset[Any]] = []


def _scalars(numpy: Any) -> Iterable[Any]:
    if not _SCALARS:
        _SCALARS.append(frozenset(numpy.sctypeDict.values()) - {numpy.void, numpy.object_})
    return _SCALARS[0]


def _module_of(kind: type) -> str:
    return _plain(type.__dict__["__module__"].__get__(kind))


def _root(kind: type) -> str:
    return _module_of(kind).partition(".")[0]


def _plain(text: Any) -> str:
    return text if type(text) is str else "?"


def _cut(text: str, longest: int) -> str:
    text = text if len(text) <= longest else f"{text[:longest]}…"
    return text.encode("utf-8", "replace").decode()
