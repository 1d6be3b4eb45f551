"""A prompt on a node's inputs. It stays until nobody has said anything for a while, and leaves nothing."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from socket import socket
from types import FrameType
from typing import Any, Protocol

from modules.debugging.protocol import Door
from modules.sdk.values import Value

IDLE = 900.0
"""Seconds without a request after which a console ends."""


class Console(Protocol):
    def names(self) -> list[dict[str, Any]]: ...

    def execute(self, code: str) -> dict[str, Any]: ...

    def complete(self, text: str) -> dict[str, Any]: ...

    def table(self, reference: int, offset: int, limit: int) -> dict[str, Any]: ...


def open_console(language: str, inputs: Mapping[str, Value], door: socket, idle: float = IDLE) -> None:
    """Answers until nobody asks any more. `inputs`: the node's, by port."""
    talk = Door(door)
    console = _make(language, inputs, talk)
    executing = False

    def heard(_: FrameType | None) -> None:
        """Something comes while code of the prompt may run."""
        if not executing:
            return
        while request := talk.next(0):
            if request.command in ("interrupt", "close"):
                talk.respond(request)
                raise KeyboardInterrupt
            talk.respond(request, problem="The console is busy. Interrupt what runs, or wait.")

    def done(command: str, said: dict[str, Any]) -> dict[str, Any] | None:
        """It is over before it is answered: who has the answer may ask again at once."""
        nonlocal executing
        executing = command == "execute"
        try:
            return _do(console, command, said)
        finally:
            executing = False

    talk.on_request(heard)
    talk.tell("initialized", names=console.names())
    while request := talk.next(idle):
        if request.command == "close":
            talk.respond(request)
            break
        try:
            talk.answer(request, partial(done, request.command))
        except KeyboardInterrupt:
            talk.respond(request, problem="Interrupted.")
    talk.tell("terminated")


def _make(language: str, inputs: Mapping[str, Value], door: Door) -> Console:
    if language == "r":
        from modules.r_language._console import RConsole

        return RConsole(inputs, door)
    from modules.debugging.python_console import PythonConsole

    return PythonConsole(inputs, door)


def _do(console: Console, command: str, said: dict[str, Any]) -> dict[str, Any] | None:
    match command:
        case "attach":
            return {"state": "waiting", "names": console.names()}
        case "execute":
            return console.execute(str(said["code"]))
        case "complete":
            return console.complete(str(said["text"]))
        case "table":
            return console.table(
                int(said["reference"]), int(said.get("offset", 0)), int(said.get("limit", 50))
            )
        case "interrupt":
            return None
    raise ValueError(f"A console does not know the request {command!r}.")
