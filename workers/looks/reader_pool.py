"""Children that stay with a large table while somebody looks at it.

A child of its own for every page costs more than the page: it is forked, maps the columns, confines itself
and is taken down again. A reader does that once, keeps the last sort and search, and ends by itself when
nobody asks for a while. It sees one table only, and is confined like every other child.
"""

from __future__ import annotations

import shutil
import socket
import threading
from collections import OrderedDict
from contextlib import suppress
from typing import Any

from studio.artifacts.models import Artifact
from studio.artifacts.store import store
from workers.data.sandbox_input import allowed
from workers.sandbox.answer import Answer
from workers.sandbox.job import Input, Job
from workers.sandbox.parent import Sandbox
from workers.sandbox.questions import ask

VERBS = ("page", "chart", "summary", "evaluation")
FROM_ROWS = 50_000
MOST_COLUMNS = 500
MOST = 2
"""Readers that one worker keeps."""
PATIENCE = 600
"""Seconds to wait for an answer; the child's limits end it earlier where they are lower."""


class Readers:
    """One worker's readers, the last one asked being last. Safe between threads."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self._readers: OrderedDict[str, Reader] = OrderedDict()
        self._lock = threading.Lock()

    def take_in(self, artifact: Artifact, verb: str) -> bool:
        """Whether such a question about it is one for a reader: the table is large, and not very wide."""
        table = artifact.manifest
        return (
            verb in VERBS
            and artifact.type == "table"
            and table["rows"] >= FROM_ROWS
            and len(table["columns"]) <= MOST_COLUMNS
        )

    def ask(self, artifact: str, given: Input, verb: str, args: dict[str, Any]) -> Answer | None:
        """The answer; None where a child of its own has to find it: the reader is busy, or ended over this
        question."""
        reader = self._take(artifact, given)
        if reader is None:
            return None
        try:
            return reader.ask(verb, args)
        finally:
            reader.busy.release()

    def _take(self, artifact: str, given: Input) -> Reader | None:
        """The table's reader, held; None where it is busy."""
        with self._lock:
            reader = self._readers.get(artifact)
            if reader is None or reader.ended:
                job = Job(verb="read", inputs={"table": given}, limits=allowed())
                reader = self._readers[artifact] = Reader(self.sandbox, job)
            self._readers.move_to_end(artifact)
            while len(self._readers) > MOST:
                self._readers.popitem(last=False)[1].end()
            return reader if reader.busy.acquire(blocking=False) else None


class Reader:
    """One child that stays. `busy` is held by whoever asks."""

    def __init__(self, sandbox: Sandbox, job: Job, patience: float = PATIENCE) -> None:
        self.busy = threading.Lock()
        self._stop = threading.Event()
        self._door, theirs = socket.socketpair()
        self._door.settimeout(patience)
        threading.Thread(target=self._live, args=(sandbox, job, theirs), name="reader", daemon=True).start()

    @property
    def ended(self) -> bool:
        return self._stop.is_set()

    def ask(self, verb: str, args: dict[str, Any]) -> Answer | None:
        answer = ask(self._door, verb, args)
        if answer is None:
            self.end()
        return answer

    def end(self) -> None:
        """Ends the child; whoever waits for its answer gets none."""
        self._stop.set()
        with suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)

    def _live(self, sandbox: Sandbox, job: Job, theirs: socket.socket) -> None:
        drafts = store().new_drafts()
        try:
            sandbox.run(job, drafts, self._stop, channels={"questions": theirs})
        finally:
            self.end()
            theirs.close()
            shutil.rmtree(drafts, ignore_errors=True)
