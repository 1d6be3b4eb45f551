"""The workers that are up, and telling them to pause, to drain or to go on, over HTTP."""

from __future__ import annotations

from typing import Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from studio.live.worker_reports import worker_reports
from studio.runs import orders
from studio.runs.models import NodeRun, State

router = Router(tags=["workers"])


class NodeUnderWay(Schema):
    """A node run that a worker holds."""

    experiment: str
    name: str
    run: str
    node: str
    title: str


class WorkerOut(Schema):
    """`state`: working, paused, draining, drained (it may be stopped now) or stopping. `slots`: how many
    nodes run at once on its machine, or its part of them. `notes`: why it takes no nodes, and what is wrong
    with its host."""

    name: str
    host: str
    state: str
    slots: int
    nodes: list[NodeUnderWay]
    release: str
    notes: list[str]


class Workers(Schema):
    """`paused`: everyone is told to pause, those too that start later."""

    paused: bool
    items: list[WorkerOut]


class OrderIn(Schema):
    """`worker`: a worker's name, or a host's; empty for all. A drain hands back what still runs after
    `seconds`."""

    what: Literal["pause", "drain", "resume"]
    worker: str = ""
    seconds: float = Field(600, ge=0, le=86_400)


@router.get("/workers", response=Workers, summary="The workers that are up")
def workers(request: HttpRequest) -> dict[str, Any]:
    reports = worker_reports()
    held: dict[str, list[dict[str, str]]] = {report["name"]: [] for report in reports}
    running = NodeRun.objects.filter(state=State.RUNNING, worker__in=list(held))
    for one in running.select_related("run__experiment").only(
        "node", "worker", "plan", "run__experiment__name", "run__experiment_id"
    ):
        held[one.worker].append(
            {
                "experiment": one.run.experiment_id,
                "name": one.run.experiment.name,
                "run": one.run_id,
                "node": one.node,
                "title": one.title,
            }
        )
    items = [
        {
            "name": report["name"],
            "host": report["name"].split(":")[0],
            "state": report.get("state", "working"),
            "slots": report.get("slots", 0),
            "nodes": held[report["name"]],
            "release": report.get("release", ""),
            "notes": report.get("notes", []),
        }
        for report in reports
    ]
    return {"paused": orders.paused(), "items": items}


@router.post("/workers/orders", response=Workers, summary="Tell workers to pause, drain or go on")
def give_order(request: HttpRequest, payload: OrderIn) -> dict[str, Any]:
    """Paused workers finish what runs and claim no more; runs wait. Drained ones take nothing at all, and may
    be stopped without a loss. It takes a second until they follow."""
    orders.give(payload.what, payload.worker, payload.seconds)
    return workers(request)
