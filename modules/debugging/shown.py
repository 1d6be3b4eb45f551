"""Values as a debugger shows them: short texts, and pages of frames. Objects of a script may be hostile: what
they do when they are shown is bounded in time, and its text in length."""

from __future__ import annotations

import json
import reprlib
import signal
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import Any

import numpy as np
import pandas as pd

ONE, SECONDS = 0.15, 0.5
"""How long one value may take to be shown, and all values of one answer."""
LONGEST = 300
"""Characters of a value."""
MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 200, 100, 200


class _TooSlow(BaseException):
    """No Exception, so that an object's own `except Exception` does not catch it."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Breaks off what takes longer than that; TimeoutError says so."""

    def ring(_: int, __: FrameType | None) -> None:
        raise _TooSlow

    before = signal.signal(signal.SIGALRM, ring)
    # It rings again and again: an object may catch it once.
    signal.setitimer(signal.ITIMER_REAL, seconds, 0.1)
    try:
        yield
    except _TooSlow:
        raise TimeoutError(f"it took longer than {seconds:g} s") from None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


class _Short(reprlib.Repr):
    """Looks at the first members only, so that a list of a million costs no more than one of six."""

    def __init__(self) -> None:
        super().__init__()
        self.maxlevel, self.maxstring, self.maxother, self.maxlong = 3, LONGEST, LONGEST, 60


_short = _Short()


class Budget:
    """Seconds for the values of one answer; once they are spent, values are told by their type alone."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._end = time.monotonic() + seconds

    def text(self, value: Any) -> str:
        """A short text of a value, whatever the value does."""
        left = self._end - time.monotonic()
        if left <= 0.005:
            return f"<{type_name(value)}>"
        try:
            with within(min(left, ONE)):
                return clean(_text(value))
        except TimeoutError:
            return f"<{type_name(value)}: takes too long to show>"
        except BaseException as error:
            return f"<{type_name(value)}: cannot be shown, {type(error).__name__}>"


def _text(value: Any) -> str:
    if isinstance(value, pd.DataFrame):
        rows, columns = value.shape
        return f"{rows:,} × {columns:,}"
    if isinstance(value, pd.Series | pd.Index):
        return f"{len(value):,} × {value.dtype}"
    if isinstance(value, np.ndarray):
        shape = " × ".join(f"{size:,}" for size in value.shape)
        return f"{shape or 'one value'}, {value.dtype}"
    return str(_short.repr(value))


def clean(text: str, longest: int = LONGEST) -> str:
    """Cut, and without halves of characters, which no message can hold."""
    text = text if len(text) <= longest else f"{text[: longest - 2]} …"
    return text.encode("utf-8", "replace").decode()


def type_name(value: Any) -> str:
    return clean(str(type(value).__name__), 80)


def is_table(value: Any) -> bool:
    return isinstance(value, pd.DataFrame | pd.Series) or (
        isinstance(value, np.ndarray) and value.ndim in (1, 2) and value.dtype.names is None
    )


def table_page(value: Any, offset: int, limit: int) -> dict[str, Any]:
    """Some rows of a frame, a series or an array as texts, with the names and types of its first columns."""
    if not is_table(value):
        raise TypeError(f"{type_name(value)} is no table")
    offset, limit = max(0, offset), min(max(1, limit), MOST_ROWS)
    with within(4 * SECONDS):
        if isinstance(value, np.ndarray):
            part = pd.DataFrame(value[offset : offset + limit])
        else:
            cut = value.iloc[offset : offset + limit]
            part = cut.to_frame() if isinstance(cut, pd.Series) else cut
        count, part = part.shape[1], part.iloc[:, :MOST_COLUMNS]
        names = [clean(str(name), LONGEST_CELL) for name in part.columns]
        types = [clean(str(part.iloc[:, place].dtype), 40) for place in range(part.shape[1])]
        rows = [[_cell(cell) for cell in row] for row in part.itertuples(index=False, name=None)]
        index = [clean(str(name), 80) for name in part.index]
    columns = [{"name": name, "type": type_} for name, type_ in zip(names, types, strict=True)]
    return {"total": len(value), "count": count, "columns": columns, "index": index, "rows": sendable(rows)}


def sendable(rows: list[list[str | None]], most: int = 700_000) -> list[list[str | None]]:
    """The rows, with cells so short that all of them go into one message.

    >>> sendable([["word" * 50, None]], most=60)
    [['wordwordwordwordwordwordwordwo…', None]]
    """
    cut = rows
    for longest in (80, 30, 5):
        if len(json.dumps(cut)) <= most:
            break
        cut = [
            [cell if cell is None or len(cell) <= longest else cell[:longest] + "…" for cell in row]
            for row in rows
        ]
    return cut


def _cell(value: Any) -> str | None:
    if value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and value != value):
        return None
    return clean(value if isinstance(value, str) else _text(value), LONGEST_CELL)


def members(value: Any, most: int) -> Iterator[tuple[str, Any]]:
    """What is in a value: items of a mapping or a sequence, else its attributes; the first `most`."""
    if isinstance(value, pd.DataFrame):
        for place, name in enumerate(value.columns[:most]):
            yield clean(str(name), 80), value.iloc[:, place]
    elif isinstance(value, Mapping):
        for place, (key, item) in enumerate(value.items()):
            if place >= most:
                return
            yield clean(_short.repr(key), 80), item
    elif isinstance(value, Sequence) and not isinstance(value, str | bytes | bytearray):
        for place in range(min(len(value), most)):
            yield f"[{place}]", value[place]
    elif isinstance(value, set | frozenset):
        for place, item in enumerate(value):
            if place >= most:
                return
            yield f"{{{place}}}", item
    elif not is_table(value):
        own = getattr(value, "__dict__", None)
        if isinstance(own, dict):
            for place, (key, item) in enumerate(own.items()):
                if place >= most:
                    return
                yield clean(str(key), 80), item


def has_members(value: Any) -> bool:
    """Whether it can be opened; nothing of the value runs for that."""
    if isinstance(value, list | tuple | dict | set | frozenset | pd.DataFrame):
        return len(value) > 0
    if isinstance(value, str | bytes | bytearray | int | float | complex | type | None) or is_table(value):
        return False
    try:
        return bool(object.__getattribute__(value, "__dict__"))
    except BaseException:
        return False
