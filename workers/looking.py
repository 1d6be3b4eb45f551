"""Pages, summaries and exports of tables, made in the sandbox."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

from studio.artifacts.looks import SUMMARY
from studio.artifacts.models import Artifact
from studio.artifacts.store import store
from studio.artifacts.using import touch
from workers.datasets import read_anew
from workers.jobs import ArtifactGone, allowed, as_input
from workers.sandbox.job import Input, Job
from workers.sandbox.parent import Sandbox

GONE: dict[str, Any] = {"gone": True, "failure": {"message": "The table is no longer in the store."}}


def look(artifact_id: str, verb: str, args: dict[str, Any], sandbox: Sandbox) -> dict[str, Any]:
    """`{"data": …}`, or `{"failure": {"message": …}}`, with `"gone": true` where the files are gone.

    Summaries and exports are kept beside the artifact.
    """
    artifact = Artifact.objects.filter(pk=artifact_id).first()
    if artifact is None:
        return GONE
    touch([artifact])
    drafts = store().new_drafts()
    try:
        job = Job(verb=verb, args=args, inputs={"table": _whole(artifact, sandbox)}, limits=allowed())
        outcome = sandbox.run(job, drafts)
        if outcome.failure:
            return _failure(outcome.failure.message)
        if verb == "export":
            _keep(drafts / outcome.data["file"], store().derived(artifact.id, f"export.{args['format']}"))
            return {"data": {}}
        if verb == "summary":
            made = drafts / SUMMARY
            made.write_text(json.dumps(outcome.data))
            _keep(made, store().derived(artifact.id, SUMMARY))
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
