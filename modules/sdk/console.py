"""What a script prints: kept for its device, and passed on at once to the node's live log.

`print` goes to the real descriptor straight away, so that nothing is lost when the process dies
the next moment. What C code and subprocesses write is caught by a pipe on descriptors 1 and 2
and pumped on by a thread.
"""

from __future__ import annotations

import ctypes
import io
import os
import select
import sys
import threading
from contextlib import suppress
from types import TracebackType

from modules.sdk.errors import ModuleError
from modules.sdk.secrets import hide

HALF = 256 << 10
CHUNK = 64 << 10


class Transcript:
    """Printed bytes: the first and the last `half` of them; the middle is only counted."""

    def __init__(self, half: int = HALF) -> None:
        self.half = half
        self.head = bytearray()
        self.tail = bytearray()
        self.left_out = 0
        self.lock = threading.Lock()

    def add(self, data: bytes) -> None:
        with self.lock:
            room = self.half - len(self.head)
            self.head += data[:room]
            self.tail += data[max(room, 0) :]
            if len(self.tail) > 2 * self.half:
                self._trim()

    def _trim(self) -> None:
        surplus = len(self.tail) - self.half
        if surplus > 0:
            self.left_out += surplus
            del self.tail[:surplus]

    def text(self) -> str:
        """All of it as text.

        >>> script = Transcript(half=4); script.add(b"abcdefgh"); script.add(b"ijkl"); script.text()
        'abcd\\n… 4 bytes left out …\\nijkl'
        """
        with self.lock:
            self._trim()
            middle = f"\n… {self.left_out:,} bytes left out …\n".encode() if self.left_out else b""
            return (bytes(self.head) + middle + bytes(self.tail)).decode("utf-8", "replace")


_open: list[Console] = []


def threads() -> list[threading.Thread]:
    """Those that pass on what is printed now."""
    return [pump.thread for console in _open for pump in console.pumps]


def go_on_after_fork() -> None:
    """Called in a process that was forked while a console was entered, and takes the place of the one that
    entered it: a fork takes no threads along."""
    for console in _open:
        console.transcript.lock = threading.Lock()
        for pump in console.pumps:
            pump.start()


class Console:
    """While it is entered, everything printed is in `text` as well as where it would have gone."""

    def __init__(self) -> None:
        self.transcript = Transcript()

    @property
    def text(self) -> str:
        return hide(self.transcript.text())

    def __enter__(self) -> Console:
        _flush(sys.stdout, sys.stderr)
        self._streams = sys.stdout, sys.stderr
        self.pumps = [_Pump(fd, self.transcript) for fd in (1, 2)]
        sys.stdout, sys.stderr = (_stream(pump) for pump in self.pumps)
        _open.append(self)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        _open.remove(self)
        _flush(sys.stdout, sys.stderr, sys.__stdout__, sys.__stderr__)
        ctypes.CDLL(None).fflush(None)  # what C code printed waits in its own buffer
        sys.stdout, sys.stderr = self._streams
        closed = False
        for pump in self.pumps:
            try:
                pump.stop()
            except OSError:
                closed = True
        if closed and error is None:
            raise ModuleError(
                "The script has closed file descriptors that are not its own, among them those of its "
                "output. Close only what the script has opened."
            )


class _Pump:
    """A descriptor behind which a pipe lies now; `real` is where it led, and still does."""

    def __init__(self, fd: int, transcript: Transcript) -> None:
        self.fd, self.transcript = fd, transcript
        self.real = os.dup(fd)
        self.source, sink = os.pipe()
        self.wake, self.alarm = os.pipe()
        os.dup2(sink, fd)
        os.close(sink)
        self.start()

    def start(self) -> None:
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()

    def _run(self) -> None:
        while True:
            ready, _, _ = select.select([self.source, self.wake], [], [])
            if self.source not in ready:
                return
            data = os.read(self.source, CHUNK)
            if not data:
                return
            self.pass_on(data)

    def pass_on(self, data: bytes) -> None:
        self.transcript.add(data)
        view = memoryview(data)
        while view:
            view = view[os.write(self.real, view) :]

    def stop(self) -> None:
        """Puts the descriptor back; what is in the pipe is passed on, whoever still holds its end."""
        os.dup2(self.real, self.fd)
        os.write(self.alarm, b"!")
        self.thread.join()
        for fd in (self.source, self.wake, self.alarm, self.real):
            os.close(fd)


class _Tee(io.RawIOBase):
    def __init__(self, pump: _Pump) -> None:
        self.pump = pump

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self.pump.fd

    def write(self, data: object, /) -> int:
        copy = bytes(data)  # type: ignore[call-overload]
        self.pump.pass_on(copy)
        return len(copy)


def _stream(pump: _Pump) -> io.TextIOWrapper:
    return io.TextIOWrapper(
        io.BufferedWriter(_Tee(pump)), encoding="utf-8", errors="backslashreplace", line_buffering=True
    )


def _flush(*streams: object) -> None:
    for stream in streams:
        with suppress(AttributeError, ValueError, OSError):  # a script may have closed or replaced it
            stream.flush()  # type: ignore[attr-defined]
