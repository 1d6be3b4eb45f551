"""What a call is told that its copy did not answer."""

from __future__ import annotations

import signal

from studio.services.call_wire import CallError, ReplyHead
from workers.sandbox import limits
from workers.sandbox.deaths import SENTENCES
from workers.sandbox.job import Limits
from workers.sandbox.warm_child import Answered

GONE = "The worker that answered this call has stopped, or was ended, before it was done. Call again."
NONSENSE = (
    "The answer could not be read: a script of the service has most likely changed something in Python's own "
    "library that this needs."
)
AGAIN = ("gone", "stopped")
"""Ends that are no fault of the call."""


def reply_to(id: str, answered: Answered, allowed: Limits, seconds: float, reason: str | None) -> ReplyHead:
    """The head of the reply. `reason`: the limit that was passed, if one was."""
    head = ReplyHead(id=id, log=answered.log)
    if (said := answered.said) is not None:
        head.content_type, head.timings = said.content_type, said.timings
        if said.refusal:
            head.error = CallError.model_validate(said.refusal.model_dump())
        return head
    head.error = _error(answered, allowed, seconds, reason)
    if answered.end in AGAIN:
        head.retry_after = 1
    return head


def _error(answered: Answered, allowed: Limits, seconds: float, reason: str | None) -> CallError:
    match answered.end:
        case "time":
            return CallError(
                code="RequestTimeout",
                message=f"The call took longer than it may: the limit is {seconds:g} seconds "
                "(timeout_s of the service).",
            )
        case "memory":
            return CallError(
                code="MemoryQuotaViolation",
                message="The call used more memory than it may: the limit is "
                f"{limits.amount('memory_bytes', allowed)} (memory_bytes of the service).",
            )
        case "limit":
            failure = limits.exceeded(reason or "processes", allowed)
            return CallError(code="ModuleExecutionError", message=failure.message)
        case "too long":
            return CallError(
                code="ModuleExecutionError", message="The answer is longer than an answer may be."
            )
        case "nonsense":
            return CallError(code="ModuleExecutionError", message=NONSENSE)
        case "died":
            return CallError(code="ModuleExecutionError", message=_death(answered.code))
    return CallError(code="ServiceUnavailable", message=GONE)


def _death(code: int | None) -> str:
    if code is not None and code >= 0:
        return (
            f"The call's process ended by itself (exit code {code}) before it answered. "
            "A script must not call os._exit."
        )
    name = signal.Signals(-code) if code is not None and -code in set(signal.Signals) else None
    how = SENTENCES.get(name, f"was ended by {name.name}") if name else "ended without a word"
    return f"The call's process {how}."
