"""What a node printed: kept in chunks, so that it can be read while the node still runs."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from django.db import transaction

from studio.live.broadcast import publish
from studio.runs.events import LogEvent, Stream
from studio.runs.models import LogChunk, NodeRun

Piece = tuple[Stream, str, int]
"""A stream, a text of it, and how many bytes right before it are left out."""


class LogPart(NamedTuple):
    """Adjacent text of one stream, or a traceback. `skipped` bytes right before it are left out."""

    stream: Stream | Literal["trace"]
    text: str
    skipped: int = 0


class LogWriter:
    """Appends to the log of one attempt of a node run; the log of an earlier attempt is dropped. `watchers`:
    the group that hears of it.

    Of what comes after the first half of `most` characters only the latest half is kept meanwhile."""

    def __init__(self, node_run: NodeRun, watchers: str, most: int) -> None:
        self.node_run, self.watchers, self.seq = node_run, watchers, 0
        self.head = self.half = most // 2
        self.held = 0
        self.tail: deque[LogChunk] = deque()
        self.old: list[LogChunk] = []
        if node_run.attempt > 1:
            LogChunk.objects.filter(node_run=node_run).delete()

    def write(self, pieces: Sequence[Piece]) -> None:
        """Keeps them, then tells the browsers. Where that fails, all of it may be written again."""
        if not pieces:
            return
        self._drop_old()
        chunks = self._chunks(pieces)
        # A commit may have succeeded without our hearing of it: then these rows are there already.
        LogChunk.objects.bulk_create(
            chunks,
            update_conflicts=True,
            unique_fields=["node_run", "seq"],
            update_fields=["stream", "text", "skipped"],
        )
        self.seq += len(chunks)
        self._sort(chunks)
        publish(self.watchers, *(self._event(chunk) for chunk in chunks))

    def replace(self, pieces: Sequence[Piece]) -> None:
        """What is kept in the end, in place of what was shown meanwhile."""
        with transaction.atomic():
            LogChunk.objects.filter(node_run=self.node_run).delete()
            chunks = LogChunk.objects.bulk_create(self._chunks(pieces))
        self.seq += len(chunks)
        self.tail.clear()
        self.old.clear()
        self.held = 0

    def _chunks(self, pieces: Iterable[Piece]) -> list[LogChunk]:
        return [
            LogChunk(node_run=self.node_run, seq=seq, stream=stream, text=text, skipped=skipped)
            for seq, (stream, text, skipped) in enumerate(pieces, self.seq + 1)
        ]

    def _event(self, chunk: LogChunk) -> LogEvent:
        return LogEvent(
            run=self.node_run.run_id,
            node=self.node_run.node,
            seq=chunk.seq,
            stream="stderr" if chunk.stream == "stderr" else "stdout",
            text=chunk.text,
            skipped=chunk.skipped,
        )

    def _sort(self, chunks: Iterable[LogChunk]) -> None:
        """What is behind a gap, or more than half behind, is old."""
        for chunk in chunks:
            if chunk.skipped:
                self.old += self.tail
                self.tail.clear()
                self.held = 0
            elif self.head > 0:
                self.head -= len(chunk.text)
                continue
            self.tail.append(chunk)
            self.held += len(chunk.text)
        while self.held > self.half and len(self.tail) > 1:
            self.old.append(self.tail.popleft())
            self.held -= len(self.old[-1].text)

    def _drop_old(self) -> None:
        """The first that stays counts what is dropped before it."""
        if not self.old:
            return
        first = self.tail[0]
        skipped = first.skipped + sum(len(chunk.text.encode()) + chunk.skipped for chunk in self.old)
        mine = LogChunk.objects.filter(node_run=self.node_run)
        with transaction.atomic():
            mine.filter(seq__gte=self.old[0].seq, seq__lt=first.seq).delete()
            mine.filter(seq=first.seq).update(skipped=skipped)
        first.skipped = skipped
        self.old.clear()


def write_cached(printed: Iterable[tuple[NodeRun, Sequence[Piece]]], watchers: str) -> None:
    """What many node runs of the cache printed, at once. To be called in the transaction that takes them."""
    writers = []
    for node_run, pieces in printed:
        if node_run.attempt > 1:
            LogChunk.objects.filter(node_run=node_run).delete()
        if pieces:
            writer = LogWriter(node_run, watchers, 0)
            writers.append((writer, writer._chunks(pieces)))
    LogChunk.objects.bulk_create(chunk for _, chunks in writers for chunk in chunks)
    if events := [writer._event(chunk) for writer, chunks in writers for chunk in chunks]:
        publish(watchers, *events)


def left_out(count: int) -> str:
    """The line in place of what is left out."""
    return f"\n… {count:,} bytes left out …\n"


def log_text(node_run: NodeRun) -> str:
    """Everything printed so far, then the traceback if it failed."""
    _, parts = log_parts(node_run)
    return "".join((left_out(part.skipped) if part.skipped else "") + part.text for part in parts)


def log_parts(node_run: NodeRun) -> tuple[int, list[LogPart]]:
    """The number of the last chunk, and the log with its streams; a failure's traceback is the last part."""
    parts: list[tuple[Stream, list[str], int]] = []
    chunks = list(LogChunk.objects.filter(node_run=node_run).values_list("seq", "stream", "text", "skipped"))
    for _, name, text, skipped in chunks:
        stream: Stream = "stderr" if name == "stderr" else "stdout"
        if parts and parts[-1][0] == stream and not skipped:
            parts[-1][1].append(text)
        else:
            parts.append((stream, [text], skipped))
    joined = [LogPart(stream, "".join(texts), skipped) for stream, texts, skipped in parts]
    last = chunks[-1][0] if chunks else 0
    return last, _with_traceback(joined, node_run.error or {})


def _with_traceback(parts: list[LogPart], error: dict[str, str]) -> list[LogPart]:
    trace = (error.get("traceback") or "").strip()
    if error and not trace:
        trace = f"{error['type']}: {error['message']}"
    if not trace:
        return parts
    for place in range(len(parts) - 1, -1, -1):
        part = parts[place]
        before, found, after = part.text.rpartition(trace)
        if found:
            split = [part._replace(text=before), LogPart("trace", found + after)]
            return [
                *parts[:place],
                *(each for each in split if each.text or each.skipped),
                *parts[place + 1 :],
            ]
    last = parts[-1].text if parts else ""
    return [*parts, LogPart("trace", ("\n" if last and not last.endswith("\n") else "") + trace + "\n")]
