"""Files as old scripts opened them: text and bytes were one thing, and `U` was a mode."""

from __future__ import annotations

import builtins
import io
from typing import Any


def open_any(file: Any, mode: str = "r", *args: Any, **named: Any) -> Any:
    """`open` that knows the mode `U`, which is the usual one today."""
    return builtins.open(file, _modern(mode), *args, **named)


def open_as_python2(file: Any, mode: str = "r", buffering: int = -1, *args: Any, **named: Any) -> Any:
    """`open` of Python 2: a file that is written takes text and bytes; one in binary gives its lines as text,
    which is Latin-1 if it is no UTF-8. A buffer of 0, which text cannot have, is the usual one."""
    mode = _modern(mode)
    if args or named or mode in ("r", "rt"):
        named.setdefault("errors", "surrogateescape" if "b" not in mode else None)
        return builtins.open(file, mode, -1 if buffering == 0 else buffering, *args, **named)
    raw = io.FileIO(file, mode.replace("b", "").replace("t", ""))
    if "+" in mode:
        return _Both(raw)
    return _Lines(raw) if mode.startswith("r") else _Writes(raw)


def _modern(mode: str) -> str:
    if "U" not in mode:
        return mode
    plain = mode.replace("U", "")
    return plain if plain[:1] in ("r", "w", "a") else f"r{plain}"


def as_text(data: Any) -> Any:
    if not isinstance(data, bytes):
        return data
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")


class _Reading:
    """Lines are text, for `csv` and loops. Programs read by sizes and get bytes; people read it whole, and
    get text if it is some."""

    def read(self, size: Any = -1) -> Any:
        data = super().read(size)  # type: ignore[misc]  # a class of io stands beside it
        if size is not None and size >= 0:
            return data
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            return data

    def __next__(self) -> Any:
        return as_text(super().__next__())  # type: ignore[misc]  # as above

    def readlines(self, hint: int = -1) -> Any:
        return [as_text(line) for line in super().readlines(hint)]  # type: ignore[misc]  # as above


class _Writing:
    def write(self, data: Any) -> int:
        given = data.encode() if isinstance(data, str) else data
        return int(super().write(given))  # type: ignore[misc]  # as above

    def writelines(self, lines: Any) -> None:
        for line in lines:
            self.write(line)


class _Lines(_Reading, io.BufferedReader):
    pass


class _Writes(_Writing, io.BufferedWriter):
    pass


class _Both(_Reading, _Writing, io.BufferedRandom):
    pass
