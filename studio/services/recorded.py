"""Recorded calls of a service: listed, deleted, and tried on another version."""

from __future__ import annotations

import time
from typing import Any

from django.db.models import Sum

from studio.database.pool import give_back
from studio.services.answer_changes import answer_changes
from studio.services.call_app import of_reply
from studio.services.call_store import MOST_BYTES
from studio.services.calling import call_now
from studio.services.models import Service, ServiceVersion
from studio.times import iso

MOST_TRIED, SECONDS = 100, 60.0
"""Calls that one try goes through, the newest, and how long it may take."""


def recorded(service: Service, limit: int = 100) -> dict[str, Any]:
    """The newest, without what they said: `body` and `answer` are read one by one."""
    rows = service.recorded_calls.order_by("-at", "id")
    shown = rows.values("pk", "version", "at", "form", "status", "size")[:limit]
    return {
        "items": [
            {
                "request": row["pk"],
                "version": row["version"],
                "at": iso(row["at"]),
                "form": row["form"],
                "status": row["status"],
                "bytes": row["size"],
            }
            for row in shown
        ],
        "total": rows.count(),
        "bytes": rows.aggregate(all=Sum("size"))["all"] or 0,
        "most_bytes": MOST_BYTES,
        "record_calls": service.record_calls,
    }


def forget(service: Service) -> None:
    service.recorded_calls.all().delete()


def try_version(service: Service, version: ServiceVersion) -> dict[str, Any]:
    """Sends the newest recorded calls to a version, one after the other, and says whose answers change.
    Nothing of it is recorded or counted."""
    calls = list(service.recorded_calls.order_by("-at", "id")[:MOST_TRIED])
    end, tried, changed = time.monotonic() + SECONDS, 0, []
    give_back()  # no connection is held while a worker answers
    for call in calls:
        left = end - time.monotonic()
        if left <= 0:
            break
        seconds = min(left, service.timeout_s)
        reply = call_now(version.pk, call.form, bytes(call.body), call.query, seconds)  # type: ignore[arg-type]  # it is one of the forms
        now = of_reply(reply, inference=call.form == "inference")
        tried += 1
        said = answer_changes(bytes(call.answer), now.body)
        if said or call.status != now.status:
            changed.append(
                {
                    "request": call.pk,
                    "at": iso(call.at),
                    "before": call.status,
                    "after": now.status,
                    "changes": said or [f"The status is {now.status}; it was {call.status}."],
                }
            )
    return {"recorded": len(calls), "tried": tried, "same": tried - len(changed), "changed": changed}
