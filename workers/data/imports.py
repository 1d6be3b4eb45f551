"""An uploaded file becomes a table or a bundle, in the sandbox."""

from __future__ import annotations

import shutil
from pathlib import Path

from django.db import transaction

from studio.artifacts.models import Artifact
from studio.artifacts.store import store
from studio.database.pool import give_back
from studio.datasets.actions import Original, keep_original, keep_rejects, tell
from studio.datasets.models import Dataset
from workers.data.sandbox_input import allowed, as_input
from workers.sandbox.job import Failure, Job, Outcome
from workers.sandbox.parent import Sandbox


def import_dataset(dataset_id: str, sandbox: Sandbox) -> Dataset | None:
    """Reads the dataset's file and makes it ready, or failed with the reason. None where gone or done."""
    dataset = Dataset.objects.filter(pk=dataset_id, state=Dataset.State.IMPORTING).first()
    if dataset is None:
        return None
    drafts = store().new_drafts()
    try:
        outcome = _read(dataset, sandbox, drafts)
        if outcome.cancelled:
            return None
        if outcome.failure:
            _settle(dataset, state=Dataset.State.FAILED, error=_error(outcome.failure))
        else:
            with store().keeping():
                artifact = store().keep(outcome.outputs["dataset"], drafts)
                rejects = store().keep(found, drafts) if (found := outcome.outputs.get("rejects")) else None
                original = _as_original(rejects, sandbox)
                with transaction.atomic():
                    ready = Dataset.State.READY
                    done = _settle(dataset, state=ready, artifact=artifact, progress=None, error=None)
                    if done:
                        tell(dataset.owner_id, dataset.name)
                    if rejects and original and done:
                        keep_rejects(dataset, rejects, original)
    finally:
        shutil.rmtree(drafts, ignore_errors=True)
    dataset.refresh_from_db()
    return dataset


def import_again(dataset: Dataset, sandbox: Sandbox) -> Artifact | Failure:
    """Reads the file of a dataset that stays ready meanwhile, since what it holds is damaged."""
    drafts = store().new_drafts()
    try:
        outcome = _read(dataset, sandbox, drafts)
        if outcome.failure or outcome.cancelled:
            return outcome.failure or Failure(type="Cancelled", message="It was stopped.")
        with store().keeping():
            artifact = store().keep(outcome.outputs["dataset"], drafts)
            Dataset.objects.filter(pk=dataset.pk).update(artifact=artifact)
        return artifact
    finally:
        shutil.rmtree(drafts, ignore_errors=True)


def _read(dataset: Dataset, sandbox: Sandbox, drafts: Path) -> Outcome:
    job = Job(
        verb="import",
        args={"type": dataset.type, "name": dataset.file_name, "reading": dataset.reading},
        file=str(store().path(dataset.original)),
        limits=allowed(),
    )
    give_back()
    return sandbox.run(job, drafts)


def _as_original(table: Artifact | None, sandbox: Sandbox) -> Original | None:
    """A table as a CSV file in the store, written in the sandbox: it holds what strangers wrote."""
    if table is None:
        return None
    drafts = store().new_drafts()
    job = Job(verb="export", args={"format": "csv"}, inputs={"table": as_input(table)}, limits=allowed())
    try:
        outcome = sandbox.run(job, drafts)
        return None if outcome.failure else keep_original(drafts / outcome.data["file"])
    finally:
        shutil.rmtree(drafts, ignore_errors=True)


def _settle(dataset: Dataset, **changes: object) -> int:
    """Ends an import that is under way. Returns the number of datasets changed; 0 if another worker was
    first."""
    return Dataset.objects.filter(pk=dataset.pk, state=Dataset.State.IMPORTING).update(**changes)


def _error(failure: Failure) -> dict[str, object]:
    return {"message": failure.message, "line": failure.line, "column": failure.column}
