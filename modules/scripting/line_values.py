"""What each line of `azureml_main` made, for the margin of the editor: shapes, changes, counts and times.

The script's tree is given a call after each statement of the function, which notes the variables that the
statement has set. So nothing but the user's own lines costs time, on every Python; of a loop only the first
rounds are watched, and all are counted. Nothing of the user's is called to tell a value (`shown_value`).
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from types import CodeType, FunctionType, ModuleType
from typing import Annotated, Any, NamedTuple

from pydantic import Field

from modules.scripting.shown_value import COLUMNS, ShownValue, Told, first_of, head_of, is_frame, shown_value
from modules.scripting.watched_script import MOST_NAMES, NOTE, ROUNDS, Point, watched
from modules.sdk.source import SCRIPT, parse_script

MOST_LINES = 400
MOST_BYTES = 192 << 10
"""Of all lines of a node, as JSON."""
ROWS = 30
MOST_COLUMNS = 5_000
"""Names of a wider frame are not compared."""


class LineChange(ShownValue):
    """A variable as a line left it. `rows_before`: of the frame that it was made from, if that was one;
    `new_columns` are those that this has not, `gone_columns` counts the reverse."""

    rows_before: Annotated[int, Field(ge=0)] | None = None
    new_columns: Annotated[list[Annotated[str, Field(max_length=201)]], Field(max_length=COLUMNS)] = []
    gone_columns: Annotated[int, Field(ge=0)] = 0


class LineValue(Told):
    """A statement. `times`: how often it ran; `seconds`: of the rounds that were watched, all together.
    `kind`: `set`, `return`, `loop`, or `given` for the parameters."""

    line: Annotated[int, Field(ge=1, lt=1 << 31)]
    kind: Annotated[str, Field(max_length=10)] = "set"
    times: Annotated[int, Field(ge=0, lt=1 << 53)] = 1
    seconds: Annotated[float, Field(ge=0, le=1e8)] = 0
    values: Annotated[list[LineChange], Field(max_length=8)] = []


class _Shape(NamedTuple):
    rows: int
    columns: Any


class _Made(NamedTuple):
    """A frame as a line left it; its first rows are a copy, for it may be changed in place."""

    head: Any
    shape: _Shape
    before: _Shape | None


class LineWatch:
    """Notes what the points of one script's function made. A process that the script starts notes nothing."""

    def __init__(self) -> None:
        self.points: Sequence[Point] = ()
        self.counts: list[int] = []
        self._seen: list[int] = []
        self._seconds: list[float] = []
        self._values: dict[tuple[int, str], _Made | ShownValue] = {}
        self._frames: dict[str, _Shape] = {}
        self._last = 0.0

    def compile(self, text: str, names: dict[str, Any]) -> CodeType | None:
        """The script with its points, which note here; None if it cannot be watched."""
        try:
            tree, self.points, loops = watched(parse_script(text))
            code: CodeType = compile(tree, SCRIPT, "exec", dont_inherit=True)
        except (SyntaxError, ValueError, RecursionError):
            return None
        self.counts = [0] * loops
        self._seen = [0] * len(self.points)
        self._seconds = [0.0] * len(self.points)
        names[NOTE], names[ROUNDS] = self, self.counts
        return code

    def __call__(self, place: int, *values: Any) -> None:
        spent = time.perf_counter() - self._last
        self._seen[place] += 1
        if self._last:
            self._seconds[place] += spent
        point = self.points[place]
        with suppress(Exception):  # a margin is no reason to fail
            for name, value in _named(point, values):
                self._note(place, name, value, point)
        self._last = time.perf_counter()

    def __reduce__(self) -> tuple[Any, ...]:
        return _Silent, ()

    def _note(self, place: int, name: str, value: Any, point: Point) -> None:
        if isinstance(value, ModuleType | FunctionType | type):
            return
        if not is_frame(value):
            self._frames.pop(name, None)
            self._values[place, name] = shown_value(name, value, rows=0)
            return
        sources = (name, *point.sources) if name in point.sources else point.sources
        before = next((self._frames[each] for each in sources if each in self._frames), None)
        shape = _Shape(len(value), value.columns)
        self._frames[name] = shape
        self._values[place, name] = _Made(first_of(value, ROWS).copy(), shape, before)

    def told(self) -> list[LineValue]:
        """What was noted, in the order of the lines; of what is too much the first rows are left out."""
        found = [
            LineValue(
                line=point.line,
                kind=point.kind,
                times=self.counts[point.loop] if point.loop is not None else self._seen[place],
                seconds=self._seconds[place],
                values=[self._change(at, name) for at, name in self._values if at == place],
            )
            for place, point in enumerate(self.points[:MOST_LINES])
            if (self.counts[point.loop] if point.loop is not None else self._seen[place])
        ]
        return _fitting(sorted(found, key=lambda one: one.line))

    def _change(self, place: int, name: str) -> LineChange:
        made = self._values[place, name]
        if isinstance(made, ShownValue):
            return LineChange(**made.model_dump())
        try:
            told = head_of(made.head, ROWS)
        except Exception:
            told = {}
        told["shape"] = [made.shape.rows, len(made.shape.columns)]
        return LineChange(name=name, type="DataFrame", **told, **_difference(made))


class _Silent:
    """Stands for the watch in other processes."""

    def __call__(self, *_: Any) -> None:
        pass


def _named(point: Point, values: tuple[Any, ...]) -> Iterator[tuple[str, Any]]:
    """The variables of a point; of what is returned each frame by itself."""
    if point.kind == "return" and type(values[0]) in (tuple, list):
        for number, value in enumerate(values[0][:MOST_NAMES], 1):
            yield "returned" if number == 1 else f"returned ({number})", value
    else:
        yield from zip(point.names, values, strict=True)


def _difference(made: _Made) -> dict[str, Any]:
    if made.before is None:
        return {}
    now, then = made.shape.columns, made.before.columns
    told: dict[str, Any] = {"rows_before": made.before.rows}
    if now is not then and max(len(now), len(then)) <= MOST_COLUMNS and now.is_unique and then.is_unique:
        new = [str(name)[:200] for name in now if type(name) in (str, int) and name not in then]
        told |= {"new_columns": new[:COLUMNS], "gone_columns": len(then) - (len(now) - len(new))}
        told["gone_columns"] = max(0, told["gone_columns"])
    return told


def _fitting(lines: list[LineValue]) -> list[LineValue]:
    room = MOST_BYTES
    for line in lines:
        for value in line.values:
            size = len(value.model_dump_json(exclude_none=True))
            if size > room:
                value.head = value.columns = None
                value.text = ""
            else:
                room -= size
    return lines


_now: list[LineWatch] = []


def watch_next(wanted: bool) -> None:
    """The script that is run next in this process is watched, if that is wanted."""
    _now[:] = [LineWatch()] if wanted else []


def watched_code(text: str, names: dict[str, Any]) -> CodeType | None:
    """The script's code with its points; None where nobody watches."""
    return _now[0].compile(text, names) if _now else None


def lines_told() -> list[LineValue]:
    """Of the script that was watched last."""
    try:
        return _now[0].told() if _now else []
    except Exception:
        return []
