"""A warm interpreter as its worker holds it: started, called one time after the other, and ended.

Nobody looks at it while it waits. During a call it is watched as any other child is: what goes beyond a limit
is killed, and the interpreter with it."""

from __future__ import annotations

import json
import os
import selectors
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Literal, NamedTuple

from pydantic import ValidationError

from workers.sandbox.board import Board
from workers.sandbox.door import Call, Nonsense, Reader, Refusal, Said, TooLong, send_call, send_rehearse
from workers.sandbox.job import Job
from workers.sandbox.link import Link
from workers.sandbox.logs import Log, Stream
from workers.sandbox.shared_body import SharedBody
from workers.sandbox.watch import TICK, Watch
from workers.sandbox.wire import PACKET, SLOT

LAST_SECONDS = 1.0
START_SECONDS, NEXT_SECONDS = 120, 20
"""How long the scripts' top levels may take, and how long the next copy."""
LOG_BYTES = 64 << 10

End = Literal["time", "memory", "limit", "died", "gone", "stopped", "nonsense", "too long"]


class Answered(NamedTuple):
    """What came of a call: what was said and the answer's body, or how the copy ended without one. `log`:
    what was printed meanwhile. `code`: the copy's exit code, if that is how it ended (negative: a signal)."""

    said: Said | None
    body: bytes
    end: End | None
    log: str
    code: int | None = None


class WarmChild(Watch):
    """`failed`: why the scripts could not be made ready. `over`: it is gone, or must not be called again.
    Not safe between threads, but for `stop`."""

    def __init__(self, job: Job, drafts: Path, folder: str, reserve: int) -> None:
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        super().__init__(
            job, drafts, folder, Log(LOG_BYTES), threading.Event(), None, {"copies": theirs}, reserve
        )
        self.failed: Refusal | None = None
        self.over = self.copies = self.rehearsed = False
        self._ready = self._waiting = self._copy_ended = False
        self._code: int | None = None
        self._door: socket.socket | None = None
        self._selector = selectors.DefaultSelector()
        self._open: list[socket.socket] = [self._control]
        self._wake, self._alarm = socket.socketpair()
        self._open += [self._wake, self._alarm]

    def start(self, link: Link, payload: bytes) -> None:
        """Until its first copy waits, or it says why there is none. TemplateError where it could not be asked
        for."""
        self._start = self._looked = time.monotonic()
        self._over = float("inf")
        self._ask(link, payload)
        self._until(lambda: self._ready or self.failed is not None, START_SECONDS)
        if self._ready and not self.over:
            self.next()

    def _ask(self, link: Link, payload: bytes) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        letter, ends = self._write_letter(payload)
        pipes = [os.pipe2(os.O_CLOEXEC), os.pipe2(os.O_CLOEXEC)]
        board = Board()
        self._open.append(ours)
        self._streams: dict[int, Stream] = {pipes[0][0]: "stdout", pipes[1][0]: "stderr"}
        self._cgroups = link.cgroups
        try:
            fds = [pipes[0][1], pipes[1][1], theirs.fileno(), letter, board.fd, *ends]
            link.send(fds)
        finally:
            os.close(letter)
            board.close()
            for _, sink in pipes:
                os.close(sink)
            theirs.close()
            for channel in self.channels.values():
                channel.close()
        for fd, hear in (
            (ours, lambda: self._hear_template(ours)),
            (self._control, self._hear_control),
            (self._wake, lambda: False),
        ):
            self._selector.register(fd, selectors.EVENT_READ, hear)
        for pipe, stream in self._streams.items():
            self._selector.register(pipe, selectors.EVENT_READ, self._reader(pipe, stream))

    def _reader(self, pipe: int, stream: Stream) -> Callable[[], bool]:
        return lambda: self._read(pipe, stream)

    def next(self, resting: bool = False) -> None:
        """Has the next copy made; nothing of the last call is left then. What was printed meanwhile is
        nobody's. `resting`: it takes no memory ahead of its call (up to 16 MB otherwise)."""
        ours, theirs = socket.socketpair()
        self._waiting = self._copy_ended = False
        self.rehearsed = False
        with theirs:
            try:
                socket.send_fds(self._control, [SLOT.pack(resting)], [theirs.fileno()])
            except OSError:
                self.over = True
        if self._door:
            self._door.close()
        self._door = ours
        if not self.over:
            self._begin(NEXT_SECONDS)
            self._until(lambda: self._waiting, NEXT_SECONDS)

    def rehearse(self) -> None:
        """Has the copy that waits go through a made-up call, so that the next one is quicker. It costs as
        much as a call, and some 9 MB as long as the copy waits."""
        if self.copies and self._door and not self.rehearsed:
            self.rehearsed = True
            send_rehearse(self._door)

    def call(self, call: Call, body: bytes, seconds: float, most: int) -> Answered:
        """The answer of the copy that waits. `most`: bytes that it may have. After it, `next` makes
        another."""
        shared = SharedBody.laid(body, most)
        try:
            return self._call(call, body, seconds, Reader(most, shared), shared)
        finally:
            if shared is not None:
                shared.close()

    def _call(
        self, call: Call, body: bytes, seconds: float, reader: Reader, shared: SharedBody | None
    ) -> Answered:
        self._begin(seconds)
        self._drain()
        if self._copy_ended and self.copies and not self.over:  # it was killed while it waited
            self.next()
            self._begin(seconds)
        assert self._door is not None
        door = self._door
        self.log = Log(LOG_BYTES)
        whole, self._code = False, None
        answer: tuple[Said, bytes] | None = None
        end: End | None = None

        def hear() -> bool:
            nonlocal whole
            data = door.recv(1 << 20)
            whole = whole or (bool(data) and reader.add(data))
            return bool(data)

        try:
            door.settimeout(seconds)
            send_call(door, call, body, shared)
            door.setblocking(False)
            self._selector.register(door, selectors.EVENT_READ, hear)
            try:
                self._until(lambda: whole or (self._copy_ended and not self._more(door)), seconds)
            finally:
                with suppress(KeyError):  # it has been closed already
                    self._selector.unregister(door)
            answer = reader.answer() if whole else None
        except TimeoutError:
            end = "time"
        except TooLong:
            end = "too long"
        except Nonsense:
            end = "nonsense"
        except OSError:  # nobody takes the call: it has ended
            self._until(lambda: self._copy_ended, LAST_SECONDS)
        self._drain()
        self.log.close()
        log = "".join(piece.text for piece in self.log.kept())
        if answer:
            return Answered(*answer, None, log)
        return Answered(None, b"", end or self._how_it_ended(), log, self._code)

    def stop(self) -> None:
        """Ends it, whatever it does; whoever waits for an answer gets none. From any thread."""
        self.cancelled.set()
        with suppress(OSError):
            self._alarm.send(b"!")

    def close(self) -> None:
        """Ends it, and waits until nothing of it is left."""
        self.stop()
        if self._selector.get_map():
            self._until(lambda: False, NEXT_SECONDS)
        self._selector.close()
        for fd in (*getattr(self, "_streams", ()), self._pidfd, self._box):
            if fd >= 0:
                os.close(fd)
        for one in (*self._open, *([self._door] if self._door else [])):
            one.close()

    def ended_meanwhile(self) -> bool:
        """Whether it has ended while it waited."""
        self._begin(NEXT_SECONDS)  # to wait costs no time of a limit
        self._until(lambda: False, 0)
        return self.over

    def _begin(self, seconds: float) -> None:
        self._start = self._looked = time.monotonic()
        limits = self.job.limits.model_copy(update={"wall_seconds": seconds})
        self.job = self.job.model_copy(update={"limits": limits})

    def _until(self, done: Callable[[], bool], seconds: float) -> None:
        """Follows what it says until that is so, or it is over. Where it takes longer than so many seconds,
        or goes beyond a limit, it is killed."""
        while not done() and not self.over:
            for key, _ in self._selector.select(min(TICK, self.disk.patience()) if seconds else 0):
                if key.fileobj in self._selector.get_map() and not key.data():
                    self._selector.unregister(key.fileobj)
            if self.ended is not None or self.refused is not None:
                self.over = True
            elif not done():
                self._hold(time.monotonic())
            if not seconds:
                return

    def _hear_template(self, status: socket.socket) -> bool:
        """It says how the interpreter ended, and nothing after that; where it has died, nothing at all."""
        heard = self._hear(status, self._cgroups)
        self.over = self.over or not heard
        return heard

    def _hear_control(self) -> bool:
        """What the interpreter says. It has run scripts: nothing in it is believed but that it was said."""
        try:
            data = self._control.recv(PACKET)
            told = json.loads(data) if data else None
        except (OSError, ValueError):
            told = None
        if not isinstance(told, dict):
            return False
        match told:
            case {"failed": failed}:
                try:
                    self.failed = Refusal.model_validate(failed)
                except ValidationError:
                    self.failed = Refusal(
                        code="ModuleExecutionError", message="The scripts could not be run."
                    )
            case {"ready": True, "copies": bool(copies)}:
                self._ready, self.copies = True, copies
            case {"waiting": True}:
                self._waiting, self._copy_ended = True, False  # it was the last one that has ended
            case {"ended": int(code)}:
                self._copy_ended, self._code = True, code
        return True

    def _more(self, door: socket.socket) -> bool:
        """Whether the copy has said something before its end that is not read yet."""
        try:
            return bool(door.recv(1, socket.MSG_PEEK))
        except OSError:
            return False

    def _drain(self) -> None:
        """Takes in what is printed already."""
        self._until(lambda: False, 0)

    def _how_it_ended(self) -> End:
        if self._ran_out_of_memory() or self.reason == "memory_bytes":
            self.over = True
            return "memory"
        match self.reason:
            case "wall_seconds":
                return "time"
            case "cancelled":
                return "stopped"
            case None:
                return "gone" if self.over and self.ended is None else "died"
        return "limit"
