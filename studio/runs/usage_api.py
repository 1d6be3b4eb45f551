"""What takes the space, and cleaning up, over HTTP."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from studio.ask import ask
from studio.errors import Unavailable
from studio.runs import usage

router = Router(tags=["usage"])

PATIENCE = 60
"""Seconds that a clean-up is waited for; it goes on after them."""


class Disk(Schema):
    total: int
    free: int


class ExperimentUsage(Schema):
    id: str
    name: str
    results: int
    bytes: int


class DatasetUsage(Schema):
    """All versions of a dataset; `id` is the latest one's."""

    id: str
    name: str
    versions: int
    bytes: int


class Usage(Schema):
    """Bytes, the largest first."""

    disk: Disk
    experiments: list[ExperimentUsage]
    datasets: list[DatasetUsage]


class CleanUp(Schema):
    """`dry_run` says what would go, and drops nothing."""

    dry_run: bool = False


class CleanedUp(Schema):
    """What was dropped, or would be; `freed` in bytes."""

    freed: int
    results: int
    exports: int


@router.get("/usage", response=Usage, summary="What takes the space")
def get_usage(request: HttpRequest) -> dict[str, Any]:
    """Results of several experiments that share files count with each of them."""
    owner_id = request.user.pk or 0
    return {
        "disk": usage.disk(),
        "experiments": usage.by_experiment(owner_id),
        "datasets": usage.by_dataset(owner_id),
    }


@router.post("/usage/clean-up", response=CleanedUp, summary="Drop what nothing holds")
def clean_up(request: HttpRequest, payload: CleanUp) -> dict[str, Any]:
    """As `manage.py prune --max 0`: what a dataset, a service, a version or an experiment's latest run holds
    stays; what is dropped is computed again when it is needed."""
    answer = ask("workers.clean_up", payload.dry_run, patience=PATIENCE)
    if "failure" in answer:
        raise Unavailable(answer["failure"])
    return answer
