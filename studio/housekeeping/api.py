"""What takes the space, and cleaning up, over HTTP."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema, Status

from studio.accounts.access import access_server
from studio.errors import Unavailable
from studio.housekeeping import cleanup_state, space
from studio.live.ask import Question, ask
from studio.live.reply import Reply

router = Router(tags=["usage"])

PATIENCE = 60
"""Seconds to wait for what would go."""
AT_ONCE = 5
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


class JobsUsage(Schema):
    """Results of runs that are no experiment's, such as the jobs of services."""

    results: int
    bytes: int


class Usage(Schema):
    """Bytes, the largest first."""

    disk: Disk
    experiments: list[ExperimentUsage]
    datasets: list[DatasetUsage]
    jobs: JobsUsage


class CleanUp(Schema):
    """`dry_run` says what would go, and drops nothing."""

    dry_run: bool = False


class CleanedUp(Schema):
    """What was dropped so far, or would be; `freed` in bytes. `state`: `promised` by a dry run, `running`,
    `finished`, `failed` with its `problem`, or `none` where there was none for a day."""

    state: str
    freed: int
    results: int
    exports: int
    told: str | None = None
    problem: str | None = None


@router.get("/usage", response=Usage, summary="What takes the space")
def get_usage(request: HttpRequest) -> dict[str, Any]:
    """Results of several experiments that share files count with each of them."""
    return {
        "disk": space.disk(),
        "experiments": space.by_experiment(request.user),
        "datasets": space.by_dataset(request.user),
        "jobs": space.of_jobs(request.user),
    }


@router.post("/usage/clean-up", response={200: CleanedUp, 202: CleanedUp}, summary="Drop what nothing holds")
def clean_up(request: HttpRequest, payload: CleanUp) -> Status[dict[str, Any]]:
    """As `manage.py prune --max 0`: what a dataset, a service, a version or an experiment's latest run holds
    stays; what is dropped is computed again when it is needed. 202 where it goes on; `GET` tells how far it
    is. For the administrator: nobody's results are spared."""
    access_server(request.user)
    if payload.dry_run:
        promised = _finished(ask("workers.clean_up", True, patience=PATIENCE))
        return Status(200, promised | {"state": "promised"})
    if not cleanup_state.begin():
        return Status(202, cleanup_state.state())
    answer = Question("workers.clean_up", False).heard(AT_ONCE)
    return Status(202, cleanup_state.state()) if answer is None else Status(200, _finished(answer))


@router.get("/usage/clean-up", response=CleanedUp, summary="How the last clean-up stands")
def get_clean_up(request: HttpRequest) -> dict[str, Any]:
    access_server(request.user)
    return cleanup_state.state()


def _finished(answer: Reply) -> dict[str, Any]:
    if answer.failure:
        raise Unavailable(answer.failure.message)
    return {**answer.data, "state": "finished"}
