"""Pages, summaries, charts and exports of what nodes left, made in the sandbox."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

from studio.artifacts.models import Artifact
from studio.artifacts.store import store
from studio.artifacts.using import touch
from workers.datasets import read_anew
from workers.jobs import ArtifactGone, allowed, as_input, only_asked
from workers.sandbox.job import Input, Job
from workers.sandbox.parent import Sandbox

GONE: dict[str, Any] = {"gone": True, "failure": {"message": "The table is no longer in the store."}}


def look(artifact_id: str, verb: str, args: dict[str, Any], sandbox: Sandbox) -> dict[str, Any]:
    """`{"data": …}`, or `{"failure": {"message": …}}`, with `"gone": true` where the files are gone.

    Exports, and answers that `args` names a file for ("kept"), are kept beside the artifact.
    """
    ids = {"table": artifact_id} | ({"other": args["other"]} if verb == "compare" else {})
    artifacts = Artifact.objects.in_bulk(ids.values())
    if len(artifacts) < len(set(ids.values())):
        return GONE
    touch(list(artifacts.values()))
    drafts = store().new_drafts()
    try:
        inputs = {port: only_asked(_whole(artifacts[id], sandbox), verb, args) for port, id in ids.items()}
        job = Job(verb=verb, args=args, inputs=inputs, limits=allowed())
        outcome = sandbox.run(job, drafts)
        if outcome.failure:
            return _failure(outcome.failure.message)
        if verb == "export":
            _keep(drafts / outcome.data["file"], store().derived(artifact_id, f"export.{args['format']}"))
            return {"data": {}}
        if kept := args.get("kept"):
            made = drafts / "answer"
            made.write_text(json.dumps(outcome.data))
            _keep(made, store().derived(artifact_id, kept))
        return {"data": outcome.data}
    except ArtifactGone:
        return GONE
    finally:
        shutil.rmtree(drafts, ignore_errors=True)


def _whole(artifact: Artifact, sandbox: Sandbox) -> Input:
    """It as a job's input; what a dataset holds is read anew where it is damaged."""
    try:
        return as_input(artifact)
    except ArtifactGone:
        if not read_anew(artifact, sandbox):
            raise
        return as_input(Artifact.objects.get(pk=artifact.pk))


def _keep(made: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    made.chmod(0o444)
    os.replace(made, target)


def _failure(message: str) -> dict[str, Any]:
    return {"failure": {"message": message}}
