"""Consoles on the inputs of scripts: children that stay while somebody talks with them. No slot is held: who
sits before a prompt mostly thinks. Memory and processor time have the limits of a node."""

from __future__ import annotations

import logging
import shutil
import threading
from collections.abc import Mapping, Sequence
from typing import Any

from modules.registry import language_of, module_title
from studio.artifacts.models import Artifact
from studio.artifacts.store import store
from studio.database.pool import give_back
from studio.live.dialogue_messages import Dialogue
from studio.live.reply import Reply
from workers.data.datasets import NotReady
from workers.data.sandbox_input import ArtifactGone, allowed, as_input
from workers.dialogues.bridge import Bridge
from workers.engine.debugging import with_time
from workers.engine.sampling import known_above
from workers.sandbox.job import Job
from workers.sandbox.logs import Log
from workers.sandbox.parent import Sandbox

log = logging.getLogger(__name__)

AT_ONCE, OF_ONE = 8, 3
"""Consoles in one worker, and of one person in it."""
LOG_BYTES = 64 << 10
BUSY = f"{AT_ONCE} consoles are open in this worker already. Close one, or try again later."
MANY = f"{OF_ONE} consoles of yours are open already. Close one first."
GONE = "A result above this node is no longer in the store. Run the nodes above, then open the console."


class Consoles:
    """Those of one worker. Safe between threads."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._lock = threading.Lock()
        self._open: dict[str, tuple[int, threading.Event]] = {}

    def open(self, steps: Sequence[Mapping[str, Any]], told: Mapping[str, Any]) -> Reply:
        """Starts a console on what lies above the last step."""
        dialogue = Dialogue.model_validate(told)
        try:
            inputs = _inputs(steps, self._sandbox)
        except NotReady as problem:
            return Reply.failed(str(problem))
        except ArtifactGone:
            return Reply.failed(GONE)
        if isinstance(inputs, str):
            return Reply.failed(inputs)
        ended = threading.Event()
        with self._lock:
            mine = sum(1 for owner, _ in self._open.values() if owner == dialogue.owner)
            if mine >= OF_ONE:
                return Reply.failed(MANY, busy=True)
            if len(self._open) >= AT_ONCE:
                return Reply.failed(BUSY, busy=True)
            self._open[dialogue.id] = dialogue.owner, ended
        try:
            given = {port: as_input(artifact) for port, artifact in inputs.items()}
        except ArtifactGone:
            self._forget(dialogue)
            return Reply.failed(GONE)
        job = Job(
            verb="console",
            args={"language": language_of(steps[-1]["module"])},
            inputs=given,
            limits=with_time(allowed()),
        )
        bridge = Bridge(dialogue, ended.set)
        bridge.start()
        threading.Thread(target=self._live, args=(job, bridge, ended), name="console", daemon=True).start()
        return Reply(data={})

    def _live(self, job: Job, bridge: Bridge, ended: threading.Event) -> None:
        drafts = store().new_drafts()
        give_back()
        try:
            outcome = self._sandbox.run(
                job, drafts, ended, Log(LOG_BYTES), channels={"console": bridge.theirs}
            )
            bridge.close(outcome.failure.message if outcome.failure else "")
        except Exception:
            log.exception("console %s", bridge.dialogue.id)
        finally:
            bridge.close()
            self._forget(bridge.dialogue)
            shutil.rmtree(drafts, ignore_errors=True)

    def _forget(self, dialogue: Dialogue) -> None:
        with self._lock:
            self._open.pop(dialogue.id, None)

    def close(self) -> None:
        """Ends all: the worker stops."""
        with self._lock:
            for _, ended in self._open.values():
                ended.set()


def _inputs(steps: Sequence[Mapping[str, Any]], sandbox: Sandbox) -> dict[str, Artifact] | str:
    """What lies on the last step's inputs; or what has to be done first, in a sentence."""
    known = known_above(steps, sandbox)
    last = steps[-1]
    found, missing = {}, []
    for port, (node, source) in last["inputs"].items():
        if artifact := known.get((node, source)):
            found[port] = artifact
        else:
            missing.append(node)
    if not missing:
        return found
    by_node = {step["node"]: step for step in steps}
    step = by_node[missing[0]]
    name = step["name"] or module_title(step["module"])
    return f"{name!r} above this node has not been computed as it stands now. Run it, then open the console."
