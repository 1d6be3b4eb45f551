"""A debugger for a script: it stops where somebody wants it to, and answers what is asked meanwhile.

It traces the user's own files alone (the script, and the bundle's). While the script runs, a request comes as
a signal, so that a loop without an end and a long sleep can be stopped as well. Nobody believes what a child
says here: the script could say the same."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from socket import socket
from types import FrameType
from typing import Any, Literal

from modules.debugging import shown
from modules.debugging.breakpoints import Breakpoints, holds, namer
from modules.debugging.frames import Stopped, frames_of, frames_of_error
from modules.debugging.protocol import Door, Refused, Request
from modules.debugging.rewinding import MEMORY, PROCESSES, Past, edit_of, without_jumps
from modules.sdk import console

Mode = Literal["run", "main", "in", "next", "edited", "detached"]
MAIN = "azureml_main"


@contextmanager
def debugged(door: socket, wish: Mapping[str, Any]) -> Iterator[Debugger]:
    """While it is entered, scripts stop. `wish`: `text` of the script, `breakpoints`, `entry`: stop at the
    first line of azureml_main, `uncaught`: stop if it fails, `memory`, `processes`: what the node may
    use. The rest of the job is done in another process than the one that enters it."""
    debugger = Debugger(Door(door), wish)
    debugger.begin()
    try:
        yield debugger
    except BaseException as error:
        error.__traceback__ = without_jumps(error.__traceback__)
        debugger.failed(error)
        raise
    finally:
        debugger.end()


class Debugger:
    def __init__(self, door: Door, wish: Mapping[str, Any]) -> None:
        self.door = door
        folder = Path.cwd()
        self.name = namer(folder)
        self.breakpoints = Breakpoints(folder, str(wish.get("text") or ""))
        self.breakpoints.set(wish.get("breakpoints") or ())
        self._mode: Mode = "main" if wish.get("entry") else "run"
        self._uncaught = bool(wish.get("uncaught", True))
        self._frame: FrameType | None = None
        """Where "next" stops: this one, or the one that it returns to."""
        self._to: tuple[str, int] | None = None
        """Where the script stops once: the line of "run to cursor"."""
        self._stopped: Stopped | None = None
        self._told: dict[str, Any] = {}
        self._evaluating = self._tracing = self._wants_pause = False
        self._going: str | None = None
        self._seen: set[str] = set()
        self.pid = os.getpid()
        """The process that runs the script."""
        self.past = Past(int(wish.get("memory") or MEMORY), int(wish.get("processes") or PROCESSES))
        self._at_statement: FrameType | None = None

    def begin(self) -> None:
        self.past.begin()
        self.pid = os.getpid()
        os.register_at_fork(after_in_child=self._leave_child)
        sys.breakpointhook = self._breakpoint_called
        self.door.on_request(self._heard)
        self.door.tell("initialized", breakpoints=[one.as_json() for one in self.breakpoints.all])
        sys.settrace(self._trace)

    def end(self) -> None:
        sys.settrace(None)
        self._mode = "detached"
        self.past.end()
        self.door.tell("terminated")

    def _leave_child(self) -> None:
        """In a process that the script starts nobody debugs."""
        if os.getpid() != self.pid and not self.past.points.forking:
            sys.settrace(None)
            self._mode = "detached"

    # What the interpreter tells.

    def _trace(self, frame: FrameType, event: str, arg: Any) -> Any:
        file = self.name(frame.f_code.co_filename)
        if file is None or self._mode == "detached":
            return None
        if file not in self._seen:
            self._seen.add(file)
            for one in self.breakpoints.loaded(file):
                self.door.tell("breakpoint", **one)
        return self._trace_line

    def _trace_line(self, frame: FrameType, event: str, arg: Any) -> Any:
        self._tracing = True
        try:
            if event == "line":
                self._at_line(frame)
            elif event == "return" and self._mode == "next" and frame is self._frame:
                self._frame = self._outer(frame)
                self._mode = "next" if self._frame else "run"
        finally:
            self._tracing = False
        if self._wants_pause:
            self._wants_pause = False
            self._stop(frames_of(frame, self.name), "pause")
        return self._trace_line

    def _at_line(self, frame: FrameType) -> None:
        if self.past.passes(frame):
            return
        file = self.name(frame.f_code.co_filename) or ""
        why = self._why_here(frame, file)
        told = self.past.mark(frame, file, why is not None)
        if told is not None:
            why = self._came_back(told)
        if why is None:
            return
        at_statement = frame if self.past.begins_statement(frame) else None
        while True:
            if self.past.edit is None:
                self._at_statement = at_statement
                self._stop(frames_of(frame, self.name), *why)
                self._at_statement = None
            if self.past.edit is None:
                return
            problem = self.past.apply(frame)
            if not problem:
                self.breakpoints.replace_text(self.past.text)
                self._mode = "edited"
                return
            why = "rewind", problem

    def _why_here(self, frame: FrameType, file: str) -> tuple[str, str] | None:
        """Why it stops before this line, and what is to be said of it; None if it does not."""
        if self._mode == "edited":
            return self.past.because, ""
        if self._mode == "in" or (self._mode == "next" and frame is self._frame):
            return "step", ""
        if self._mode == "main" and frame.f_code.co_name == MAIN:
            return "entry", ""
        if self._to == (file, frame.f_lineno):
            return "goto", ""
        if (found := self.breakpoints.at(file, frame.f_lineno)) and (why := holds(found, frame)):
            return "breakpoint", "" if why is True else why
        return None

    def _came_back(self, told: dict[str, Any]) -> tuple[str, str]:
        """This process was kept at the statement, and is the script from now on."""
        self.pid = os.getpid()
        self.door.own()
        console.go_on_after_fork()
        self._stopped, self._evaluating, self._wants_pause = None, False, False
        self.breakpoints.set(told["breakpoints"])
        self.past.came_back(told)
        self.door.respond(Request(told["request"], "rewind", {}))
        return "rewind", ""

    def _outer(self, frame: FrameType) -> FrameType | None:
        found = frames_of(frame.f_back, self.name)
        return found[0][0] if found else None

    def _breakpoint_called(self, *_: Any, **__: Any) -> None:
        frames = frames_of(sys._getframe(1), self.name)
        if self._mode != "detached" and frames:
            self._stop(frames, "breakpoint()")

    def failed(self, error: BaseException) -> None:
        """The exception that nobody caught: its frames are still there to be looked at."""
        frames = frames_of_error(error.__traceback__, self.name)
        if (
            self._uncaught
            and frames
            and self._mode != "detached"
            and not isinstance(error, KeyboardInterrupt)
        ):
            sys.settrace(None)
            with suppress(BaseException):
                text = shown.clean(f"{type(error).__name__}: {error}", 2000)
                self._stop(frames, "exception", text)

    # What somebody says while the script runs.

    def _heard(self, frame: FrameType | None) -> None:
        """Called by the signal, between two instructions of whatever runs."""
        if os.getpid() != self.pid or (self._stopped is not None and not self._evaluating):
            return  # whoever waits reads it
        while request := self.door.next(0):
            if request.command in ("pause", "interrupt"):
                self.door.respond(request)
                if self._evaluating:
                    raise KeyboardInterrupt("interrupted")
                self._pause(frame)
                return
            if self._evaluating:
                self.door.respond(request, problem="Something is being evaluated. Interrupt it first.")
            else:
                self.door.answer(request, self._while_it_runs(request))

    def _while_it_runs(self, request: Request) -> Callable[[dict[str, Any]], dict[str, Any] | None]:
        match request.command:
            case "attach":
                return lambda _: self._state()
            case "setBreakpoints":
                return self._set_breakpoints
            case "disconnect":
                return self._detach
        return _refuse

    def _pause(self, frame: FrameType | None) -> None:
        frames = frames_of(frame, self.name)
        if self._tracing:
            self._wants_pause = True
        elif frames:
            self._stop(frames, "pause")
        else:
            self._mode = "in"

    # While it is stopped.

    def _stop(self, frames: list[tuple[FrameType, int]], reason: str, text: str = "") -> None:
        """Waits, and answers, until somebody wants the script to go on."""
        tracer = sys.gettrace()
        sys.settrace(None)
        self._wait(frames, reason, text)
        while self._wants_to_stop_again():
            self._wait(frames, "pause", "")
        if tracer is not None and self._mode != "detached":
            sys.settrace(tracer)

    def _wait(self, frames: list[tuple[FrameType, int]], reason: str, text: str) -> None:
        self._mode, self._frame, self._to, self._going = "run", None, None, None
        self._stopped = Stopped(frames, self.name)
        self._told = {"reason": reason, "text": text}
        self.door.tell("stopped", **self._state())
        while self._going is None and not self.door.gone:
            request = self.door.next()
            if request is not None:
                self.door.answer(request, self._while_it_waits(request))
        self._stopped = None
        self.door.tell("continued")

    def _wants_to_stop_again(self) -> bool:
        """Answers what came between the order to go on and now."""
        while request := self.door.next(0):
            if request.command == "pause":
                self.door.respond(request)
                return True
            self.door.answer(request, self._while_it_runs(request))
        return False

    def _while_it_waits(self, request: Request) -> Callable[[dict[str, Any]], dict[str, Any] | None]:
        stopped = self._stopped
        assert stopped is not None
        match request.command:
            case "attach":
                return lambda _: self._state()
            case "setBreakpoints":
                return self._set_breakpoints
            case "continue":
                return lambda _: self._go("run")
            case "next":
                return lambda _: self._go_next(0)
            case "stepIn":
                return lambda _: self._go("in")
            case "stepOut":
                return lambda _: self._go_next(1)
            case "runTo":
                return self._run_to
            case "disconnect":
                return self._detach
            case "rewind":
                return lambda said: self._rewind(request, said)
            case "scopes":
                return lambda said: {"scopes": stopped.scopes(int(said.get("frame", 0)))}
            case "variables":
                return lambda said: {"variables": stopped.members(int(said["reference"]))}
            case "table":
                return lambda said: shown.table_page(
                    stopped.value(int(said["reference"])),
                    int(said.get("offset", 0)),
                    int(said.get("limit", 50)),
                )
            case "evaluate":
                return self._evaluate
            case "pause" | "interrupt":
                return lambda _: None
        return _refuse

    def _state(self) -> dict[str, Any]:
        """Whether it is stopped, and where; with the names of the innermost frame, so that a step takes no
        second question."""
        marks = [one.as_json() for one in self.breakpoints.all]
        if self._stopped is None:
            return {"state": "running", "breakpoints": marks}
        return {
            "state": "paused",
            **self._told,
            "stack": self._stopped.stack(),
            "scopes": self._stopped.scopes(0),
            "breakpoints": marks,
            "at_statement": self._at_statement is not None,
            **self.past.as_json(),
        }

    def _set_breakpoints(self, said: dict[str, Any]) -> dict[str, Any]:
        return {"breakpoints": self.breakpoints.set(said.get("breakpoints") or ())}

    def _go(self, mode: Mode) -> None:
        self._mode, self._going = mode, mode

    def _go_next(self, outwards: int) -> None:
        """To the next line of this frame, or of the one that called it."""
        assert self._stopped is not None
        frames = self._stopped.frames
        self._go("next" if len(frames) > outwards else "run")
        self._frame = frames[outwards][0] if len(frames) > outwards else None

    def _run_to(self, said: dict[str, Any]) -> None:
        file, line = str(said.get("file") or ""), int(said["line"])
        try:
            found = self.breakpoints.next_line(file, line)
        except (OSError, SyntaxError, ValueError):
            found = None
        if found is None:
            raise Refused("No code follows this line.")
        self._go("run")
        self._to = file, found

    def _rewind(self, request: Request, said: dict[str, Any]) -> None:
        """Back `to` a statement; or on from this one with the text `script`, called `edit`. Both if both
        are given."""
        wish = edit_of(said)
        if said.get("to") is not None:
            self.past.go_back(request.seq, int(said["to"]), wish, self.breakpoints.wanted())
        frame = self._at_statement
        if wish is None or frame is None:
            raise Refused("Go back to a statement first: the script is within one, or has ended.")
        self.past.edits.find(frame.f_code, frame.f_lineno, wish.text)
        self.past.edit = wish
        self._go("run")

    def _detach(self, _: dict[str, Any]) -> None:
        self._mode = self._going = "detached"
        self._uncaught = False
        self.past.points.end()

    def _evaluate(self, said: dict[str, Any]) -> dict[str, Any]:
        assert self._stopped is not None
        self._evaluating = True
        try:
            return self._stopped.evaluate(
                int(said.get("frame", 0)), str(said["expression"]), said.get("context") == "hover"
            )
        finally:
            self._evaluating = False


def _refuse(_: dict[str, Any]) -> None:
    raise Refused("The script runs; pause it first.")
