"""The dataset that a node stands for; a damaged table is read anew from the file that was uploaded."""

from __future__ import annotations

import logging

from studio.artifacts.models import Artifact
from studio.artifacts.store import store
from studio.datasets.models import Dataset
from workers.data.imports import import_again
from workers.sandbox.parent import Sandbox

log = logging.getLogger(__name__)


class NotReady(Exception):
    """There is no such dataset, or it cannot be read; the message is a sentence for the user."""


def whole_dataset(id: str | None) -> tuple[Dataset, Artifact] | None:
    """The version with this id and what it holds; None if it is not ready, or a file of it is not whole."""
    dataset = _find(id)
    if dataset is None or dataset.artifact is None or not _is_whole(dataset.artifact):
        return None
    return dataset, dataset.artifact


def ready_dataset(id: str | None, name: str, sandbox: Sandbox) -> tuple[Dataset, Artifact]:
    """The version with this id, and what it holds, all of its files whole. `name`: what the node calls it."""
    dataset = _find(id)
    if dataset is None or dataset.artifact is None:
        raise NotReady(
            f"The version of {name!r} that this run began with is gone. Run again, or choose another dataset."
        )
    if not _is_whole(dataset.artifact):
        return _read_anew(dataset, sandbox)
    return dataset, dataset.artifact


def _find(id: str | None) -> Dataset | None:
    return Dataset.objects.filter(pk=id, state=Dataset.State.READY).select_related("artifact").first()


def _is_whole(artifact: Artifact) -> bool:
    return not artifact.dropped and store().holds(artifact.read())


def read_anew(artifact: Artifact, sandbox: Sandbox) -> bool:
    """Whether there is a dataset that holds it, from whose file it could be made again."""
    for dataset in Dataset.objects.filter(artifact=artifact):
        if store().has({dataset.original: dataset.bytes}):
            found = import_again(dataset, sandbox)
            return isinstance(found, Artifact) and found.pk == artifact.pk
    return False


def _read_anew(dataset: Dataset, sandbox: Sandbox) -> tuple[Dataset, Artifact]:
    log.warning("dataset %s is damaged in the store; its file is read again", dataset)
    if not store().has({dataset.original: dataset.bytes}):
        raise NotReady(
            f"Dataset {dataset} is damaged in the store, and so is the file it was read from. "
            "Upload it again."
        )
    match import_again(dataset, sandbox):
        case Artifact() as artifact:
            return dataset, artifact
        case failure:
            raise NotReady(
                f"Dataset {dataset} is damaged in the store and cannot be read again: {failure.message}"
            )
