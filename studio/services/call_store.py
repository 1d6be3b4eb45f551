"""Calls as the database keeps them: counted by the minute, the latest errors, and recorded calls."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from studio.database.pool import give_back
from studio.services.latency import percentile, together
from studio.services.models import FailedCall, RecordedCall, Service, ServiceMinute
from studio.services.noted_call import LONGEST_LOG, NotedCall
from studio.text import without_nul
from studio.times import iso

KEPT = timedelta(days=8)
MOST_FAILED = 100
MOST_BYTES = 16 << 20
"""Of the recorded calls of a service."""
POINTS = 60
LATELY = timedelta(minutes=5)
SHARES = {"p50": 0.5, "p95": 0.95, "p99": 0.99}

_cleaned = 0.0


@dataclass
class Minute:
    calls: int
    errors: int
    spent: Counter[int]


def write(
    writer: str,
    minutes: Mapping[tuple[str, datetime], Minute],
    failed: Sequence[NotedCall],
    recorded: Sequence[NotedCall],
) -> None:
    """What a web process noted. A row of a minute is written anew as the minute goes on. Of services that
    were deleted meanwhile nothing is written."""
    try:
        services = Service.objects.filter(pk__in={service for service, _ in minutes})
        there: dict[str, int] = dict(services.values_list("pk", "record_calls"))
        ServiceMinute.objects.bulk_create(
            [
                ServiceMinute(
                    service_id=service,
                    minute=at,
                    writer=writer,
                    calls=m.calls,
                    errors=m.errors,
                    spent={str(step): count for step, count in m.spent.items()},
                )
                for (service, at), m in minutes.items()
                if service in there
            ],
            update_conflicts=True,
            unique_fields=["service", "minute", "writer"],
            update_fields=["calls", "errors", "spent"],
        )
        FailedCall.objects.bulk_create([_failed(call) for call in failed if call.service in there])
        RecordedCall.objects.bulk_create([_recorded(call) for call in recorded if there.get(call.service)])
        for service in {call.service for call in failed} & there.keys():
            _keep_newest(FailedCall.objects.filter(service=service), MOST_FAILED)
        for service in {call.service for call in recorded} & there.keys():
            keep_within(service, there[service])
        _clean()
    finally:
        give_back()


def keep_within(service: str, most: int) -> None:
    """Deletes the oldest recorded calls beyond so many, or beyond MOST_BYTES."""
    rows = RecordedCall.objects.filter(service=service).order_by("-at", "id").values_list("pk", "size")
    kept, size, gone = 0, 0, []
    for pk, bytes_ in rows.iterator():
        kept, size = kept + 1, size + bytes_
        if kept > most or size > MOST_BYTES:
            gone.append(pk)
    RecordedCall.objects.filter(pk__in=gone).delete()


def over_time(service: Service, hours: int) -> dict[str, Any]:
    """Calls, errors and percentiles in milliseconds: in all, and in POINTS pieces of the time until now, the
    oldest first; pieces without a call are left out."""
    now = timezone.now().replace(second=0, microsecond=0) + timedelta(minutes=1)
    step = timedelta(minutes=max(1, hours * 60 // POINTS))
    began = now - timedelta(hours=hours)
    pieces: dict[int, list[ServiceMinute]] = {}
    rows = list(ServiceMinute.objects.filter(service=service, minute__gte=began))
    for row in rows:
        pieces.setdefault((row.minute - began) // step, []).append(row)
    points = [{"at": iso(began + at * step), **_summed(some)} for at, some in sorted(pieces.items())]
    return {
        "hours": hours,
        "minutes": int(step.total_seconds()) // 60,
        "began": iso(began),
        "total": _summed(rows),
        "points": points,
    }


def lately(services: Iterable[Service]) -> dict[str, dict[str, float | None]]:
    """By service: calls a minute over the last five minutes, and p95 in milliseconds."""
    rows: dict[str, list[ServiceMinute]] = {}
    since = timezone.now() - LATELY
    for row in ServiceMinute.objects.filter(service__in=[s.pk for s in services], minute__gte=since):
        rows.setdefault(row.service_id, []).append(row)
    minutes = LATELY.total_seconds() / 60
    return {
        service: {
            "calls_a_minute": round(sum(row.calls for row in some) / minutes, 1),
            "p95": percentile(together(row.spent for row in some), 0.95),
        }
        for service, some in rows.items()
    }


def newest_failures(service: Service) -> list[dict[str, Any]]:
    return [
        {
            "request": call.pk,
            "version": call.version,
            "at": iso(call.at),
            "milliseconds": call.milliseconds,
            "status": call.status,
            "code": call.code,
            "message": call.message,
            "log": call.log,
        }
        for call in service.failed_calls.order_by("-at", "id")[:MOST_FAILED]
    ]


def _summed(rows: Sequence[ServiceMinute]) -> dict[str, Any]:
    spent = together(row.spent for row in rows)
    return {
        "calls": sum(row.calls for row in rows),
        "errors": sum(row.errors for row in rows),
        **{name: percentile(spent, share) for name, share in SHARES.items()},
    }


def _failed(call: NotedCall) -> FailedCall:
    code, message = call.error()
    return FailedCall(
        id=call.request,
        service_id=call.service,
        version=call.version,
        at=call.at,
        milliseconds=round(call.milliseconds, 2),
        status=call.status,
        code=without_nul(code),
        message=without_nul(message),
        log=without_nul(call.log[-LONGEST_LOG:]),
    )


def _recorded(call: NotedCall) -> RecordedCall:
    return RecordedCall(
        id=call.request,
        service_id=call.service,
        version=call.version,
        at=call.at,
        form=call.form,
        query=without_nul(dict(call.query)),
        body=call.body,
        status=call.status,
        answer=call.answer,
        size=len(call.body) + len(call.answer),
    )


def _keep_newest(rows: Any, most: int) -> None:
    kept = rows.order_by("-at", "id").values_list("pk", flat=True)[:most]
    rows.exclude(pk__in=list(kept)).delete()


def _clean() -> None:
    """Once an hour: what is older than a service's page shows."""
    global _cleaned
    if time.monotonic() - _cleaned < 3600 and _cleaned:
        return
    _cleaned = time.monotonic()
    ServiceMinute.objects.filter(minute__lt=timezone.now() - KEPT).delete()
