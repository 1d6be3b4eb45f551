"""A script that is stopped: its frames, what their names hold, and expressions in them."""

from __future__ import annotations

import ast
import ctypes
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from types import CodeType, FrameType, ModuleType, TracebackType
from typing import Any

from modules.debugging import shown
from modules.debugging.protocol import Refused
from modules.debugging.resumable import TRAMPOLINE

MOST_FRAMES, MOST_NAMES, MOST_REFERENCES = 100, 300, 5000
PRINTED = 64 << 10
_to_fast = getattr(ctypes.pythonapi, "PyFrame_LocalsToFast", None)


class Stopped:
    """The user's frames of a script that is stopped, innermost first; each with the line on which it is."""

    def __init__(self, frames: list[tuple[FrameType, int]], name: Callable[[str], str | None]) -> None:
        self._name = name
        self.frames = frames[:MOST_FRAMES]
        self._values: list[Any] = []

    def stack(self) -> list[dict[str, Any]]:
        return [
            {
                "id": place,
                "name": frame.f_code.co_name,
                "file": self._name(frame.f_code.co_filename),
                "line": line,
            }
            for place, (frame, line) in enumerate(self.frames)
        ]

    def scopes(self, place: int) -> list[dict[str, Any]]:
        """The names of a frame: its own, and those of its module if these are others."""
        frame = self._frame(place)
        found = [{"name": "Locals", "variables": self._names(frame.f_locals)}]
        if frame.f_globals is not frame.f_locals:
            found.append({"name": "Globals", "variables": self._names(frame.f_globals)})
        return found

    def _names(self, names: dict[str, Any]) -> list[dict[str, Any]]:
        budget = shown.Budget()
        plain = [
            (name, value)
            for name, value in list(names.items())
            if not name.startswith("__") and not isinstance(value, ModuleType)
        ]
        return [self.variable(name, value, budget) for name, value in plain[:MOST_NAMES]]

    def variable(self, name: str, value: Any, budget: shown.Budget) -> dict[str, Any]:
        """`reference`: by which what is in it is asked for; 0 if nothing is. `table`: its rows can be asked
        for by that."""
        opens, table = shown.has_members(value), shown.is_table(value)
        text = budget.text(value)
        return {
            "name": name,
            "value": text,
            "type": shown.type_name(value),
            "reference": self._keep(value) if opens or table else 0,
            "opens": opens,
            "table": table,
        }

    def members(self, reference: int) -> list[dict[str, Any]]:
        budget, value = shown.Budget(), self.value(reference)
        found = []
        try:
            with shown.within(2 * shown.SECONDS):
                pairs = list(shown.members(value, MOST_NAMES))
        except TimeoutError as error:
            raise Refused(f"What is in it cannot be shown: {error}.") from None
        for name, member in pairs:
            found.append(self.variable(name, member, budget))
        return found

    def value(self, reference: int) -> Any:
        if not 1 <= reference <= len(self._values):
            raise Refused("The script has gone on since; this value is no longer held.")
        return self._values[reference - 1]

    def _keep(self, value: Any) -> int:
        if len(self._values) >= MOST_REFERENCES:
            return 0
        self._values.append(value)
        return len(self._values)

    def evaluate(self, place: int, text: str, hover: bool = False) -> dict[str, Any]:
        """Runs statements or an expression in a frame; what the last expression gives, and what was printed.
        `hover`: names, attributes and constant items only, since nobody asked for more."""
        frame = self._frame(place)
        tree = _parse(text)
        if hover and not _is_harmless(tree):
            raise Refused("Only a name, an attribute or an item is shown like this.")
        with printed() as output:
            try:
                value, has_value = run_tree(tree, "<prompt>", frame.f_globals, frame)
            except KeyboardInterrupt:
                raise Refused("Interrupted.") from None
            except BaseException as error:
                raise Refused(shown.clean(f"{type(error).__name__}: {error}", 2000)) from None
        shown_ = self.variable("", value, shown.Budget()) if has_value else {"value": "", "reference": 0}
        return {**shown_, "output": output()}

    def _frame(self, place: int) -> FrameType:
        if not 0 <= place < len(self.frames):
            raise Refused("There is no such frame.")
        return self.frames[place][0]


def _parse(text: str) -> ast.Module:
    try:
        return ast.parse(text.strip() + "\n")
    except SyntaxError as error:
        raise Refused(f"SyntaxError: {error.msg} (line {error.lineno})") from None
    except (ValueError, RecursionError, MemoryError) as error:
        raise Refused(f"This cannot be read: {error}") from None


def _is_harmless(tree: ast.Module) -> bool:
    allowed = (ast.Module, ast.Expr, ast.Name, ast.Attribute, ast.Subscript, ast.Constant, ast.Load)
    return len(tree.body) == 1 and all(isinstance(node, allowed) for node in ast.walk(tree))


def run_tree(
    tree: ast.Module, name: str, names: dict[str, Any], frame: FrameType | None = None
) -> tuple[Any, bool]:
    """The value of the last expression, and whether there is one. In a frame, its names are changed too."""
    last = tree.body[-1] if tree.body else None
    body = tree.body[:-1] if isinstance(last, ast.Expr) else tree.body
    local = frame.f_locals if frame is not None else names
    try:
        if body:
            _exec(compile(ast.Module(body, []), name, "exec", dont_inherit=True), names, local)
        if isinstance(last, ast.Expr):
            value = _eval(compile(ast.Expression(last.value), name, "eval", dont_inherit=True), names, local)
            return value, value is not None
        return None, False
    finally:
        if frame is not None and _to_fast is not None:
            _to_fast(ctypes.py_object(frame), ctypes.c_int(0))


def _exec(code: CodeType, names: dict[str, Any], local: Any) -> None:
    exec(code, names, local)  # noqa: S102  this is what a prompt is for


def _eval(code: CodeType, names: dict[str, Any], local: Any) -> Any:
    return eval(code, names, local)  # noqa: S307  this is what a prompt is for


class _Bounded(io.StringIO):
    def write(self, text: str, /) -> int:
        left = PRINTED - self.tell()
        super().write(text[: max(0, left)])
        return len(text)


@contextmanager
def printed() -> Iterator[Callable[[], str]]:
    """What is printed while it is entered: the first 64 KB."""
    kept = _Bounded()
    with redirect_stdout(kept), redirect_stderr(kept):
        yield lambda: shown.clean(kept.getvalue(), PRINTED)


def frames_of(frame: FrameType | None, is_ours: Callable[[str], str | None]) -> list[tuple[FrameType, int]]:
    """The user's frames from this one outwards."""
    found = []
    while frame is not None:
        if is_ours(frame.f_code.co_filename) and frame.f_lineno < TRAMPOLINE:
            found.append((frame, frame.f_lineno))
        frame = frame.f_back
    return found


def frames_of_error(
    trace: TracebackType | None, is_ours: Callable[[str], str | None]
) -> list[tuple[FrameType, int]]:
    """The user's frames through which an exception came, the innermost first."""
    found = []
    while trace is not None:
        if is_ours(trace.tb_frame.f_code.co_filename):
            found.append((trace.tb_frame, trace.tb_lineno))
        trace = trace.tb_next
    return found[::-1]
