"""What a child prints, as text, bounded: head and tail are kept, the middle is counted."""

from __future__ import annotations

import codecs
import threading
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

Stream = Literal["stdout", "stderr"]
STREAMS: tuple[Stream, Stream] = ("stdout", "stderr")

PART = 16 << 10
"""Bytes up to which small prints of one stream are gathered."""

WINDOW = 32 << 10
"""Bytes of the tail passed on at once: more than anybody reads in the time until the next."""


class Piece(NamedTuple):
    """Text of one stream. `skipped`: so many bytes right before it are left out."""

    stream: Stream
    text: str
    skipped: int = 0


@dataclass(slots=True)
class _Part:
    """`at`: how many bytes were printed before it. A sealed one takes no more."""

    stream: Stream
    number: int
    at: int
    text: str = ""
    size: int = 0
    sealed: bool = False

    @property
    def end(self) -> int:
        return self.at + self.size


class Log:
    """Keeps the first and the last half of `most` bytes. One thread adds, another may look: `news` is
    what came since what was `passed` on, and `wake` is called when there is some."""

    def __init__(self, most: int, wake: Callable[[], None] = lambda: None) -> None:
        self._half, self._wake = most // 2, wake
        make = codecs.getincrementaldecoder("utf-8")
        self._decoders = {name: make("replace") for name in STREAMS}
        self._lock = threading.Lock()
        self._head: list[_Part] = []
        self._tail: deque[_Part] = deque()
        self._size = self._count = 0
        self._passed = self._offered = (-1, 0)  # number and end of a part

    def add(self, stream: Stream, data: bytes) -> None:
        with self._lock:
            room = max(self._half - self._size, 0)
            if room:
                self._append(self._head, stream, data[:room])
            if later := data[room:]:
                self._append(self._tail, stream, later)
            while self._tail and self._size - self._tail[0].end >= self._half:
                self._tail.popleft()
        self._wake()

    def close(self) -> None:
        """Nothing more comes: a character that was cut off in the middle is shown as one that was."""
        with self._lock:
            for name in STREAMS:
                self._append(self._tail if self._tail else self._head, name, b"", final=True)

    def news(self) -> list[Piece]:
        """All of the head, and of the tail what fits the window, that came since what was passed on."""
        with self._lock:
            tail = self._since(reversed(self._tail), WINDOW)
            parts = self._since(reversed(self._head), self._half) + tail
            for part in parts:
                part.sealed = True
            pieces = _pieces(parts, self._passed[1])
            if parts:
                self._offered = parts[-1].number, parts[-1].end
            return pieces

    def passed(self) -> None:
        """The last news have arrived; until then the same are told again."""
        self._passed = self._offered

    def kept(self) -> list[Piece]:
        """The head, then the tail with the count of what is left out between."""
        with self._lock:
            return _pieces([*self._head, *self._tail], 0)

    def _append(
        self, parts: list[_Part] | deque[_Part], stream: Stream, data: bytes, *, final: bool = False
    ) -> None:
        # PostgreSQL takes no NUL.
        text = self._decoders[stream].decode(data, final).replace("\x00", "\ufffd")
        if final and not text:
            return
        last = parts[-1] if parts else None
        if last is None or last.sealed or last.stream != stream or last.size > PART:
            last = _Part(stream, self._count, self._size)
            self._count += 1
            parts.append(last)
        last.text += text
        last.size += len(data)
        self._size += len(data)

    def _since(self, backwards: Iterable[_Part], most: int) -> list[_Part]:
        found: list[_Part] = []
        size = 0
        for part in backwards:
            size += part.size
            if part.number <= self._passed[0] or (found and size > most + PART):
                break
            found.append(part)
        return found[::-1]


def _pieces(parts: Iterable[_Part], end: int) -> list[Piece]:
    """Joined where the stream stays the same. `end`: where what came before them ended."""
    pieces: list[Piece] = []
    texts: list[str] = []
    for part in parts:
        skipped, end = part.at - end, part.end
        if not pieces or skipped or pieces[-1].stream != part.stream:
            _fill(pieces, texts)
            pieces.append(Piece(part.stream, "", skipped))
        texts.append(part.text)
    _fill(pieces, texts)
    return [piece for piece in pieces if piece.text or piece.skipped]


def _fill(pieces: list[Piece], texts: list[str]) -> None:
    if pieces:
        pieces[-1] = pieces[-1]._replace(text="".join(texts))
    texts.clear()
