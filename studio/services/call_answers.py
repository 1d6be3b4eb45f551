"""What a call is answered: in classic's form, or as the Open Inference Protocol says. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from modules.exchange.problems import STATUSES, CallProblem, Detail

JSON = "application/json"
OVERLOAD = "RequestThrottled"
TOO_MANY = 429
"""What the Open Inference Protocol's clients are told in place of classic's 503."""


class CallAnswer(NamedTuple):
    status: int
    body: bytes
    content_type: str = JSON
    headers: Mapping[str, str] = {}


def as_json(status: int, said: Any) -> CallAnswer:
    return CallAnswer(status, json.dumps(said, ensure_ascii=False).encode())


def refuse(
    code: str,
    message: str,
    details: Sequence[Detail] = (),
    *,
    inference: bool = False,
    retry_after: int | None = None,
    status: int | None = None,
    line: int | None = None,
) -> CallAnswer:
    """The refusal of a call. `code`: one of classic's. `line`: of a script, from 1."""
    status = status or STATUSES.get(code, 500)
    headers = {"Retry-After": str(retry_after)} if retry_after is not None else {}
    if status == 401:
        headers["WWW-Authenticate"] = 'Bearer realm="Studio"'
    if inference:
        status = TOO_MANY if code == OVERLOAD else status
        said: Any = {"error": message}
    else:
        said = CallProblem(code, message, details).as_json()
        if line is not None:
            for detail in said["error"]["details"]:
                detail["line"] = line
    return CallAnswer(status, json.dumps(said, ensure_ascii=False).encode(), JSON, headers)


def refuse_problem(problem: CallProblem, inference: bool) -> CallAnswer:
    return refuse(problem.code, problem.message, problem.details, inference=inference)


def failed(
    code: str, message: str, node: str | None, line: int | None, *, inference: bool, retry_after: int | None
) -> CallAnswer:
    """A module that failed, or a call that was ended: its one detail says where."""
    if line is not None and f"line {line}" not in message.lower():
        message = f"{message.rstrip()} (line {line})"
    detail = Detail(code=DETAILS.get(code, code), target=node or "", message=message)
    return refuse(code, message, [detail], inference=inference, retry_after=retry_after, line=line)


DETAILS = {
    "RequestTimeout": "ScoreRequestTimeout",
    "MemoryQuotaViolation": "OutOfMemoryLimit",
    "ServiceUnavailable": "NoMoreResources",
    "Unauthorized": "ScoreRequestUnauthorized",
    "NotFound": "WebServiceNotFound",
}
"""The code of the detail that classic gave beside each code."""
