"""What a child prints, as text, bounded: head and tail are kept, the middle is counted."""

from __future__ import annotations

import codecs
from collections import deque
from collections.abc import Callable
from typing import Literal

Stream = Literal["stdout", "stderr"]
OnOutput = Callable[[Stream, str], None]


class Log:
    """Passes text on as it comes until half of the bytes are used up; of the rest the last half comes
    at the end, after a line that counts what was left out."""

    def __init__(self, most: int, on_output: OnOutput) -> None:
        self.room = self.half = most // 2
        self.on_output = on_output
        make = codecs.getincrementaldecoder("utf-8")
        self.decoders = {name: make("replace") for name in ("stdout", "stderr")}
        self.tail: deque[tuple[Stream, bytes]] = deque()
        self.held = self.left_out = 0

    def add(self, stream: Stream, data: bytes) -> None:
        now, later = data[: self.room], data[self.room :]
        if now:
            self.room -= len(now)
            self._pass_on(stream, now)
        if later:
            self.tail.append((stream, later))
            self.held += len(later)
            while self.held - len(self.tail[0][1]) >= self.half:
                self._drop(len(self.tail[0][1]))

    def close(self) -> None:
        """Passes on what was held back."""
        if self.held > self.half:
            self._drop(self.held - self.half)
        if self.left_out:
            self.on_output("stdout", f"\n… {self.left_out:,} bytes left out …\n")
            for decoder in self.decoders.values():
                decoder.reset()
        for stream, data in self.tail:
            self._pass_on(stream, data)
        for name in ("stdout", "stderr"):
            self._pass_on(name, b"", final=True)

    def _drop(self, size: int) -> None:
        stream, data = self.tail.popleft()
        if size < len(data):
            self.tail.appendleft((stream, data[size:]))
        self.held -= size
        self.left_out += size

    def _pass_on(self, stream: Stream, data: bytes, final: bool = False) -> None:
        text = self.decoders[stream].decode(data, final)
        if text:
            self.on_output(stream, text)
