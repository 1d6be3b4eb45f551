"""Going back in a debugged script to one of its last statements, and going on from there."""

from __future__ import annotations

import ast
import linecache
import threading
from dataclasses import asdict, dataclass
from pathlib import Path
from types import CodeType, FrameType, TracebackType
from typing import Any, NoReturn

from modules.debugging.checkpoints import Checkpoints, Spot
from modules.debugging.edits import Edits
from modules.debugging.protocol import Refused
from modules.debugging.resumable import ARRIVED, TRAMPOLINE
from modules.debugging.shown import clean
from modules.sdk import console, source
from modules.sdk.source import SCRIPT, parse_script

LONGEST = 80
MEMORY, PROCESSES = 4 << 30, 64


@dataclass(frozen=True)
class Edit:
    """A text with which the script is to go on. `name`: by which whoever made it knows it again. `because`:
    what is said of the stop."""

    text: str
    name: str
    because: str = "edited"


def edit_of(said: dict[str, Any]) -> Edit | None:
    if said.get("script") is None:
        return None
    return Edit(str(said["script"]), str(said.get("edit") or "")[:LONGEST])


class Past:
    """The last statements of the script, and its edits. `memory`, `processes`: bytes, and how many,
    the node may use."""

    def __init__(self, memory: int, processes: int) -> None:
        self.points = Checkpoints(memory, processes)
        self.edits = Edits()
        self.edit: Edit | None = None
        """With which the script goes on from the statement at which it is stopped."""
        self.text, self.name, self.because = "", "", "edited"
        """Of the last edit that was applied; empty before the first."""
        self.arriving = False
        """The script passes over what was before the statement from which it goes on."""
        self._starts: dict[CodeType, dict[int, int]] = {}
        self._statements: dict[str, frozenset[int]] = {}

    def begin(self) -> None:
        self.points.begin()
        source.compile_debugged = self.edits.compile

    def end(self) -> None:
        source.compile_debugged = None
        self.points.end()

    def passes(self, frame: FrameType) -> bool:
        """Whether what the frame is about to run is no line of the user's."""
        if frame.f_lineno == ARRIVED:
            self.arriving = False
        return self.arriving or frame.f_lineno >= TRAMPOLINE

    def mark(self, frame: FrameType, file: str, stops: bool) -> dict[str, Any] | None:
        """Keeps the statement that the frame is about to run; what is told there if somebody comes back."""
        if not self.begins_statement(frame):
            return None
        return self.points.mark(lambda number: _spot(number, frame, file), stops)

    def begins_statement(self, frame: FrameType) -> bool:
        code = frame.f_code
        if code.co_name.startswith("<") and code.co_name != "<module>":
            return False
        starts = self._starts.get(code)
        if starts is None:
            lines = self._lines_of(code)
            starts = self._starts[code] = {}
            for start, _, line in code.co_lines():
                if line in lines and line not in starts.values():
                    starts[start] = line
        return frame.f_lasti in starts

    def _lines_of(self, code: CodeType) -> frozenset[int]:
        """The lines on which statements begin in the code's file."""
        text = self.edits.text_of(code)
        if text is None:
            text = _text_of_file(code.co_filename)
        if text not in self._statements:
            try:
                nodes = ast.walk(parse_script(text))
                found = frozenset(node.lineno for node in nodes if isinstance(node, ast.stmt))
            except SyntaxError:
                found = frozenset()
            self._statements[text] = found
        return self._statements[text]

    def as_json(self) -> dict[str, Any]:
        """The last statement first."""
        return {
            "past": [one.spot.as_json() for one in reversed(self.points.kept)],
            "passed": self.points.passed,
            "edit": self.name,
        }

    def go_back(
        self, request: int, number: int, wish: Edit | None, breakpoints: list[dict[str, Any]]
    ) -> NoReturn:
        """Does not come back. Refused if the statement is not held, or cannot go on with that text. Without
        a wish it goes on with the text of the last edit, if it can."""
        found = self.points.find(number)
        if found is None:
            raise Refused("This statement is no longer held. Choose one of the list.")
        code = found.spot.code
        if wish is not None:
            self.edits.find(code, found.spot.line, wish.text)
        elif self.name and self.edits.text_of(code) not in (None, self.text):
            wish = Edit(self.text, self.name, "rewind")
        edit = None if wish is None else asdict(wish)
        self.points.go_back(found, {"request": request, "edit": edit, "breakpoints": breakpoints})

    def came_back(self, told: dict[str, Any]) -> None:
        self.edit = Edit(**told["edit"]) if told["edit"] else None

    def apply(self, frame: FrameType) -> str:
        """The frame, which is about to run a statement, goes on with the edit; why it does not."""
        edit, self.edit = self.edit, None
        assert edit is not None
        try:
            self.edits.apply(frame, frame.f_lineno, edit.text)
        except Refused as why:
            return f"The script as it was before it was edited. {why}"
        self.text, self.name, self.because, self.arriving = edit.text, edit.name, edit.because, True
        return ""


def _text_of_file(name: str) -> str:
    try:
        return "" if name == SCRIPT else Path(name).read_text(errors="replace")
    except OSError:
        return ""


def _spot(number: int, frame: FrameType, file: str) -> Spot:
    code, line = frame.f_code, frame.f_lineno
    # Arrow's start again after a fork, ours too; numeric libraries have none in the debugger.
    threads = threading.active_count() > 1 + len(console.threads())
    text = clean(linecache.getline(code.co_filename, line).strip(), LONGEST)
    return Spot(number, file, line, code.co_name, text, threads, code)


def without_jumps(trace: TracebackType | None) -> TracebackType | None:
    """A traceback without the frames in which the script was continued, and ours."""
    while trace is not None and _is_jump(trace):
        trace = trace.tb_next
    if trace is not None:
        trace.tb_next = without_jumps(trace.tb_next)
    return trace


def _is_jump(trace: TracebackType) -> bool:
    return trace.tb_lineno >= TRAMPOLINE or trace.tb_frame.f_code.co_filename.startswith(OURS)


OURS = str(Path(__file__).parent)
