"""What was called: calls over time, errors, and the calls that the owner had recorded."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status

from studio.accounts.access import access_service
from studio.services import actions, call_store, recorded

router = Router(tags=["services"])

LONGEST = 7 * 24


class CallTimes(Schema):
    """Calls, those answered with an error among them, and within how many milliseconds half of them, 95 and
    99 of a hundred were answered."""

    calls: int
    errors: int
    p50: float | None
    p95: float | None
    p99: float | None


class CallPoint(CallTimes):
    """`at`: when this piece of the time began."""

    at: str


class FailedCallOut(Schema):
    """`request`: what the caller got as X-Request-ID. `log`: what the scripts printed."""

    request: str
    version: int
    at: str
    milliseconds: float
    status: int
    code: str
    message: str
    log: str


class CallsOut(Schema):
    """`minutes`: how long each of the `points` lasts; one without a call is left out. `began`: when the first
    one would begin. `failed`: the newest, 100 at most."""

    hours: int
    minutes: int
    began: str
    total: CallTimes
    points: list[CallPoint]
    failed: list[FailedCallOut]


class RecordedCallOut(Schema):
    request: str
    version: int
    at: str
    form: str
    status: int
    bytes: int


class RecordedOut(Schema):
    """`record_calls`: how many are kept; 0: none is recorded. `most_bytes`: of all together."""

    items: list[RecordedCallOut]
    total: int
    bytes: int
    most_bytes: int
    record_calls: int


class ChangedAnswer(Schema):
    """A recorded call that the version answers otherwise. `before`, `after`: the statuses."""

    request: str
    at: str
    before: int
    after: int
    changes: list[str]


class VersionTried(Schema):
    """`tried` of `recorded` calls were sent; `same` were answered as they had been."""

    recorded: int
    tried: int
    same: int
    changed: list[ChangedAnswer]


@router.get("/services/{id}/calls", response=CallsOut, summary="Its calls over time, and what failed")
def get_calls(request: HttpRequest, id: str, hours: int = Query(24, ge=1, le=LONGEST)) -> dict[str, Any]:
    """A call is counted two seconds after it was answered. A week is kept."""
    service = access_service(request.user, id)
    return {**call_store.over_time(service, hours), "failed": call_store.newest_failures(service)}


@router.get("/services/{id}/recorded", response=RecordedOut, summary="The calls that were recorded")
def get_recorded(request: HttpRequest, id: str) -> dict[str, Any]:
    """Calls are recorded once `record_calls` was set; larger ones than 256 KB are not."""
    return recorded.recorded(access_service(request.user, id))


@router.delete("/services/{id}/recorded", response={204: None}, summary="Delete the recorded calls")
def delete_recorded(request: HttpRequest, id: str) -> Status[None]:
    recorded.forget(access_service(request.user, id))
    return Status(204, None)


@router.post(
    "/services/{id}/versions/{version}/try", response=VersionTried, summary="Try a version on recorded calls"
)
def try_version(request: HttpRequest, id: str, version: int) -> dict[str, Any]:
    """Sends the newest 100 to the version, whether it is in use or not, and says which answers change. It
    ends after a minute with what was tried by then."""
    service = access_service(request.user, id)
    return recorded.try_version(service, actions.version_of(service, version))
