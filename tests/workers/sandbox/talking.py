"""The other end of a debugger's or a console's channel, as a worker has it."""

from __future__ import annotations

import json
import socket
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from modules.messages import receive, send_json
from tests.workers.sandbox.conftest import Bench
from workers.sandbox.channels import Channel
from workers.sandbox.job import Input, Job, Limits, Outcome
from workers.sandbox.logs import Log

PATIENCE = 120


class Talk:
    """`ask` sends an order and gives its response; `event` waits for one. `outcome`, `log`: of the job."""

    def __init__(self, door: socket.socket) -> None:
        self.door = door
        door.settimeout(PATIENCE)
        self.events: list[dict[str, Any]] = []
        self.outcome: Outcome | None = None
        self.log = Log(1 << 20)
        self.over = threading.Event()
        self._seq = 0

    def send(self, command: str, **arguments: Any) -> int:
        self._seq += 1
        send_json(self.door, {"seq": self._seq, "command": command, "arguments": arguments})
        return self._seq

    def ask(self, command: str, **arguments: Any) -> dict[str, Any]:
        return self.response(self.send(command, **arguments))

    def body(self, command: str, **arguments: Any) -> dict[str, Any]:
        said = self.ask(command, **arguments)
        assert said["success"], said["message"]
        found: dict[str, Any] = said["body"]
        return found

    def response(self, seq: int) -> dict[str, Any]:
        while True:
            said = self._next()
            if said["type"] == "event":
                self.events.append(said)
            elif said["request_seq"] == seq:
                return said

    def event(self, name: str) -> dict[str, Any]:
        for place, said in enumerate(self.events):
            if said["event"] == name:
                del self.events[: place + 1]
                body: dict[str, Any] = said["body"]
                return body
        while True:
            said = self._next()
            if said["type"] == "event" and said["event"] == name:
                self.events.clear()
                found: dict[str, Any] = said["body"]
                return found

    def stopped(self) -> tuple[str, int, dict[str, str]]:
        """Why and where it stopped, and the names of the innermost frame as they are shown."""
        body = self.event("stopped")
        names = {one["name"]: one["value"] for one in body["scopes"][0]["variables"]}
        return body["reason"], body["stack"][0]["line"], names

    def end(self) -> Outcome:
        """What came of the job, once it has ended."""
        assert self.over.wait(PATIENCE)
        assert self.outcome
        return self.outcome

    @property
    def printed(self) -> str:
        return "".join(piece.text for piece in self.log.kept() if piece.stream == "stdout")

    def _next(self) -> dict[str, Any]:
        data = receive(self.door, 1 << 20)
        assert data is not None, "the child has ended"
        said: dict[str, Any] = json.loads(data)
        return said


@contextmanager
def talking(bench: Bench, job: Job, channel: Channel) -> Iterator[Talk]:
    """Runs the job beside the test; ends it when the test is through."""
    ours, theirs = socket.socketpair()
    talk, cancelled = Talk(ours), threading.Event()
    drafts = Path(tempfile.mkdtemp(dir=bench.home, prefix="drafts-"))

    def run() -> None:
        talk.outcome = bench.sandbox.run(job, drafts, cancelled, talk.log, channels={channel: theirs})
        theirs.close()
        talk.over.set()

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield talk
    finally:
        cancelled.set()
        thread.join(PATIENCE)
        ours.close()


def debugged(
    bench: Bench,
    script: str,
    *breakpoints: int | dict[str, Any],
    inputs: dict[str, Input] | None = None,
    memory: int = 4 << 30,
    seconds: float = 60,
    processes: int = 64,
    **wish: Any,
) -> Any:
    """A node with this script in the debugger. Breakpoints: lines of the script, or whole."""
    marks = [{"file": "script.py", "line": one} if isinstance(one, int) else one for one in breakpoints]
    args = {
        "module": "execute-python-script",
        "params": {"script": script},
        "debug": {"text": script, "breakpoints": marks, "memory": memory, "processes": processes, **wish},
    }
    job = Job(
        verb="node",
        args=args,
        inputs=inputs or {},
        limits=Limits(wall_seconds=seconds, memory_bytes=memory, processes=processes),
    )
    return talking(bench, job, "debugger")
