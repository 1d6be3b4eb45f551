"""Asks what the source of a node's data looks like, before its result is looked for in the cache."""

from __future__ import annotations

import shutil
import threading

from modules.sdk.declare import ModuleSpec
from studio.artifacts.store import store
from studio.database.pool import give_back
from studio.runs.models import NodeRun
from workers.data.sandbox_input import bounds
from workers.engine.outside import Asker, NotGiven, Outside, place_of
from workers.sandbox.job import Job
from workers.sandbox.parent import Sandbox

MOST = 1000
SECONDS = 60


def source_mark(
    node_run: NodeRun, spec: ModuleSpec, sandbox: Sandbox, cancelled: threading.Event
) -> str | None:
    """A word that stays the same as long as the source has the same content. None where that is not asked, or
    nobody can say: then the node runs, and tells what is wrong."""
    params = node_run.plan["params"]
    if spec.marks is None or node_run.anew or spec.repeats(params):
        return None
    try:
        outside = Outside(node_run.run.owner_id, [Asker(spec, params)], place_of(node_run))
    except NotGiven:
        return None
    drafts = store().new_drafts()
    try:
        give_back()
        limits = bounds().usual.model_copy(update={"wall_seconds": SECONDS})
        args = {"module": spec.slug, "params": params}
        job = Job(verb="mark", args=args, limits=limits, **outside.for_job)
        outcome = sandbox.run(job, drafts, cancelled, lead=outside.lead)
    finally:
        outside.close()
        shutil.rmtree(drafts, ignore_errors=True)
    said = outcome.data if outcome.failure is None else None
    return said[:MOST] if isinstance(said, str) and said else None
