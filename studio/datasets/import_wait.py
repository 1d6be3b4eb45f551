"""Waiting for a worker to read the file of a new dataset."""

from __future__ import annotations

import time

from studio.database.pool import give_back
from studio.datasets.models import Dataset
from studio.errors import Invalid

PATIENCE = 10.0
"""Seconds an upload waits for the table to be ready before it answers `importing`."""


def read_or_refuse(dataset: Dataset) -> Dataset:
    """Returns the dataset once it is read, or after some seconds. Raises Invalid if its file cannot be read;
    the dataset is gone then."""
    dataset = _wait(dataset)
    if dataset.state == Dataset.State.FAILED:
        error = dict(dataset.error or {})
        dataset.delete()
        where = {key: error[key] for key in ("line", "column") if error.get(key) is not None}
        raise Invalid(
            error["message"],
            [{"loc": ["file"], "code": "unreadable", "message": error["message"], **where}],
            **where,
        )
    return dataset


def _wait(dataset: Dataset) -> Dataset:
    deadline = time.monotonic() + PATIENCE
    pause = 0.01
    while dataset.state == Dataset.State.IMPORTING and time.monotonic() < deadline:
        give_back()
        time.sleep(pause)
        pause = min(0.1, pause * 1.5)
        dataset = Dataset.objects.select_related("artifact").defer("artifact__manifest").get(pk=dataset.pk)
    return dataset
