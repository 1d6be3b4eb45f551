"""The workers that are up, and telling them to pause, to drain or to go on, over HTTP."""

from __future__ import annotations

from typing import Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from studio.accounts.access import access_server
from studio.live.worker_reports import worker_reports
from studio.runs import orders
from studio.runs.overview import nodes_held

router = Router(tags=["workers"])


class NodeUnderWay(Schema):
    """A node run that a worker holds; `name`: its experiment's, or its run's title. Of runs that the caller
    may not see, none is told."""

    experiment: str | None
    name: str
    run: str
    node: str
    title: str


class WorkerOut(Schema):
    """`state`: working, paused, draining, drained (it may be stopped now) or stopping. `slots`: how many
    nodes run at once on its machine, or its part of them. `sandbox`: how it isolates nodes, and who counts
    what they use. `notes`: why it takes no nodes, and what is wrong with its host."""

    name: str
    host: str
    state: str
    slots: int
    nodes: list[NodeUnderWay]
    release: str
    sandbox: str
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
    held = nodes_held(request.user, [report["name"] for report in reports])
    items = [
        {
            "name": report["name"],
            "host": report["name"].split(":")[0],
            "state": report.get("state", "working"),
            "slots": report.get("slots", 0),
            "nodes": held[report["name"]],
            "release": report.get("release", ""),
            "sandbox": report.get("sandbox", {}).get("detail", ""),
            "notes": report.get("notes", []),
        }
        for report in reports
    ]
    return {"paused": orders.paused(), "items": items}


@router.post("/workers/orders", response=Workers, summary="Tell workers to pause, drain or go on")
def give_order(request: HttpRequest, payload: OrderIn) -> dict[str, Any]:
    """Paused workers finish what runs and claim no more; runs wait. Drained ones take nothing at all, and may
    be stopped without a loss. It takes a second until they follow. For the administrator."""
    access_server(request.user)
    orders.give(payload.what, payload.worker, payload.seconds)
    return workers(request)
