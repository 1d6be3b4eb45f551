"""Children that help with scripts while they are written: what could stand at the cursor, signatures, docs.

A helper parses, in the sandbox, and runs nothing of a user's. It stays, since its libraries take a second to
read; there is one for all scripts without a bundle, and one for the last bundle that was asked about.
"""

from __future__ import annotations

import threading
import time
from typing import Any

from studio.artifacts.models import Artifact
from studio.live.reply import Reply
from workers.data.sandbox_input import ArtifactGone, allowed, as_input
from workers.looks.reader_pool import Reader
from workers.sandbox.job import Job
from workers.sandbox.parent import Sandbox

VERBS = ("complete", "docs", "definition", "rename")
PATIENCE = 12.0
"""Seconds for one answer. A helper that takes longer is ended; the next question gets a new one."""
QUEUE = 3.0
"""Seconds to wait for a helper that answers another question."""
MEMORY = 2 << 30
BUSY = Reply(data={"busy": True})


class Helpers:
    """One worker's. Safe between threads."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self._helpers: dict[str, Reader] = {}
        self._lock = threading.Lock()

    def ask(self, bundle: str | None, verb: str, args: dict[str, Any]) -> Reply:
        """The answer, with the seconds that it took; `busy` where the helper answers another question, `gone`
        where it ended over this one."""
        if verb == "restart":
            return self._restart()
        if verb not in VERBS:
            return Reply.failed(f"A helper for scripts does not answer {verb!r}.")
        started = time.monotonic()
        try:
            helper = self._take(bundle)
        except ArtifactGone:
            return Reply.failed("The script bundle is no longer in the store.", gone=True)
        if not helper.busy.acquire(timeout=QUEUE):
            return BUSY
        try:
            answer = helper.ask(verb, args)
        finally:
            helper.busy.release()
        if answer is None or answer.failure:
            return Reply(data={"gone": True})
        return Reply(data={**(answer.data or {}), "seconds": time.monotonic() - started})

    def _take(self, bundle: str | None) -> Reader:
        with self._lock:
            key = bundle or ""
            helper = self._helpers.get(key)
            if helper is None or helper.ended:
                artifact = Artifact.objects.filter(pk=bundle).first() if bundle else None
                inputs = {"bundle": as_input(artifact)} if artifact else {}
                most = allowed()
                limits = most.model_copy(update={"memory_bytes": min(most.memory_bytes, MEMORY)})
                for other in [name for name in self._helpers if name not in ("", key)]:
                    self._helpers.pop(other).end()
                job = Job(verb="help", inputs=inputs, limits=limits)
                helper = self._helpers[key] = Reader(self.sandbox, job, PATIENCE)
            return helper

    def _restart(self) -> Reply:
        """Ends all; the next question gets a new one."""
        with self._lock:
            for helper in self._helpers.values():
                helper.end()
            self._helpers.clear()
        return Reply(data={"gone": True})
