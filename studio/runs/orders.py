"""What the operator tells workers: to pause, which is to claim no more nodes, or to drain, which is to pause,
take nothing else either, and hand back what still runs after a while.

It stands in the database, so that it holds whatever is started anew. A worker looks every second.
"""

from __future__ import annotations

from datetime import timedelta

import redis
from django.db.models import Q
from django.utils import timezone

from studio.errors import NotFound, Taken, Unavailable
from studio.live.worker_reports import read_reports
from studio.runs.models import Order

EVERYONE = ""
KEPT = timedelta(days=7)
"""How long an order to a worker that is gone stays."""


def order_for(worker: str) -> Order | None:
    """What it is told: its own order before the one to everyone."""
    return Order.objects.filter(worker__in=(worker, EVERYONE)).order_by("-worker").first()


def paused() -> bool:
    """Whether everyone is told to pause."""
    return Order.objects.filter(worker=EVERYONE).exists()


def give(what: str, worker: str = EVERYONE, seconds: float = 0) -> list[str]:
    """`pause`, `drain` or `resume` to a worker, to all of a host, or to everyone; whom it was told, EVERYONE
    where it holds for those that start later, too. A drain to everyone is one to those that are up."""
    told = named(worker) if worker else [EVERYONE]
    if what == "resume":
        if worker and paused():
            raise Taken("Every worker is told to pause. Resume all of them: one alone cannot go on.")
        orders = Order.objects.filter(worker__in=told) if worker else Order.objects.all()
        orders.delete()
        return told
    if what == Order.What.DRAIN and not worker:
        told = _up()
    Order.objects.filter(~Q(worker=EVERYONE), given__lt=timezone.now() - KEPT).delete()
    for name in told:
        said = {"what": what, "seconds": seconds, "given": timezone.now()}
        Order.objects.update_or_create(worker=name, defaults=said)
    return told


def named(name: str) -> list[str]:
    """The workers that are up by that name, or on a host of that name. NotFound where there is none."""
    up = _up()
    if found := [worker for worker in up if name in (worker, worker.split(":")[0])]:
        return found
    there = ", ".join(up) or "none"
    raise NotFound(f"No worker or host {name!r} is up. Up are: {there}.")


def _up() -> list[str]:
    try:
        return [report["name"] for report in read_reports()]
    except redis.RedisError as error:
        raise Unavailable("Redis is away, so it is not known which workers are up. Try again.") from error
