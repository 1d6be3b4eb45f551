"""Where a script failed, frame by frame, with its variables; and what the error probably means."""

from __future__ import annotations

import builtins
import linecache
import re
import traceback
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from types import FrameType, FunctionType, ModuleType
from typing import Annotated, Any

from pydantic import Field

from modules.scripting.shown_value import ShownValue, Told, column_names, is_frame, shown_value
from modules.sdk.source import SCRIPT

BUNDLE = "/Script Bundle/"
FRAMES, LIBRARY_FRAMES = 12, 3
LOCALS = 30
MOST_BYTES = 24 << 10
"""Of all values of all frames together, as JSON."""
LARGEST = 3

Text = Annotated[str, Field(max_length=300)]


class ErrorFrame(Told):
    """One call of the traceback. `file`: `script.py`, or a path in the script bundle if `bundle`; of a
    `library` a path among its files. `source`: the line's text. `locals`: of the user's own code only."""

    file: Text
    line: Annotated[int, Field(ge=0, lt=1 << 31)]
    function: Text
    source: Text = ""
    bundle: bool = False
    library: bool = False
    locals: Annotated[list[ShownValue], Field(max_length=LOCALS)] = []


def error_frames(error: BaseException) -> list[ErrorFrame]:
    """From the script's first frame down to where the error was raised. Empty if it never was in a script."""
    walked = list(traceback.walk_tb(error.__traceback__))
    owned = [place for place, (frame, _) in enumerate(walked) if _is_own(frame)]
    if not owned:
        return []
    tail = walked[owned[-1] + 1 :][-LIBRARY_FRAMES:]
    own = [walked[place] for place in owned]
    if len(own) > FRAMES:
        own = [*own[:2], *own[-FRAMES + 2 :]]
    room = MOST_BYTES
    told: list[ErrorFrame] = []
    for frame, line in reversed([*own, *tail]):
        shown, room = _shown(frame, line, room)
        told.append(shown)
    return told[::-1]


def _shown(frame: FrameType, line: int, room: int) -> tuple[ErrorFrame, int]:
    name = frame.f_code.co_filename
    own, bundle = _is_own(frame), BUNDLE in name
    file = (
        name.rpartition(BUNDLE)[2] if bundle else re.sub(r".*/(?:site-packages|lib/python[\d.]+)/", "", name)
    )
    source = linecache.getline(name, line).strip() if own or bundle else ""
    values: list[ShownValue] = []
    for value in _values(frame) if own else ():
        size = len(value.model_dump_json(exclude_none=True))
        if size > room or len(values) >= LOCALS:
            break
        room -= size
        values.append(value)
    shown = ErrorFrame(
        file=_whole(file[-300:]),
        line=line,
        function=_whole(frame.f_code.co_name[:300]),
        source=_whole(source[:300]),
        bundle=bundle,
        library=not own,
        locals=values,
    )
    return shown, room


def _is_own(frame: FrameType) -> bool:
    name = frame.f_code.co_filename
    return name == SCRIPT or BUNDLE in name


def _values(frame: FrameType) -> Iterator[ShownValue]:
    """What a person would want to see: no modules, functions, classes, nor names with two underscores."""
    for name, value in _locals(frame):
        if not isinstance(value, ModuleType | FunctionType | type):
            yield shown_value(name, value)


def _locals(frame: FrameType) -> Iterator[tuple[str, Any]]:
    for name, value in list(frame.f_locals.items())[:1_000]:
        if type(name) is str and not name.startswith(("__", "@py", ".")):
            yield name, value


def _whole(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def advice(error: BaseException) -> str:
    """What to do about it, in words that follow its own message; empty where that is not known.

    >>> def script(prices):
    ...     return prices["Pirce"]
    >>> try:
    ...     script({"Price": 1})
    ... except KeyError as error:
    ...     advice(error)
    " Did you mean 'Price'?"
    """
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)][-40:][::-1]
    if isinstance(error, MemoryError):
        return _largest(frames)
    wanted = _wanted(error)
    if not wanted:
        return ""
    known = list(_known(error, frames))
    for name in wanted[:5]:
        if name in known and isinstance(error, KeyError):
            continue
        if near := get_close_matches(name, known, n=1, cutoff=0.6):
            return f" Did you mean {near[0]!r}?"
    return ""


def _wanted(error: BaseException) -> list[str]:
    """The names that were not found."""
    if isinstance(error, KeyError):
        (key,) = error.args if len(error.args) == 1 else (None,)
        if type(key) is not str or len(key) > 2_000:
            return []
        if re.search(r"not (?:found )?in (?:index|axis)|are in the \[", key):
            return re.findall(r"'((?:[^'\\]|\\.)+)'", key)
        return [key]
    name = getattr(error, "name", None) if isinstance(error, NameError | AttributeError) else None
    return [name] if type(name) is str else []


def _known(error: BaseException, frames: list[FrameType]) -> Iterable[str]:
    if isinstance(error, KeyError):
        for frame in frames:
            for _, value in _locals(frame):
                if is_frame(value):
                    yield from column_names(value)
                elif type(value) is dict:
                    yield from (key for key in list(value)[:1_000] if type(key) is str)
    elif isinstance(error, NameError):
        own = next((frame for frame in frames if _is_own(frame)), None)
        if own is not None:
            yield from [*own.f_locals, *own.f_globals, *vars(builtins)]
    elif isinstance(error, AttributeError):
        thing = error.obj
        if is_frame(thing):
            yield from column_names(thing)
        for each in type.__dict__["__mro__"].__get__(thing if isinstance(thing, type) else type(thing)):
            own_names = type.__dict__["__dict__"].__get__(each)
            yield from (name for name in own_names if type(name) is str and not name.startswith("_"))
        if type(thing) is ModuleType:
            held = object.__getattribute__(thing, "__dict__")
            yield from (name for name in held if type(name) is str and not name.startswith("_"))


def _largest(frames: list[FrameType]) -> str:
    """The values that took most, and where they are."""
    found: dict[int, tuple[int, str]] = {}
    for frame in frames:
        if not _is_own(frame):
            continue
        for name, value in _locals(frame):
            shown = shown_value(name, value, rows=0)
            if shown.bytes and shown.bytes >= 1 << 20:
                shape = " × ".join(f"{size:,}" for size in shown.shape or ())
                where = f"`{name}` in {frame.f_code.co_name} ({shape}, {shown.bytes / (1 << 20):,.0f} MB)"
                found.setdefault(id(value), (shown.bytes, where))
    largest = sorted(found.values(), reverse=True)[:LARGEST]
    return (
        f" The largest values at that moment: {', '.join(where for _, where in largest)}." if largest else ""
    )
