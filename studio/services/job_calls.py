"""Jobs as callers meet them: begun, read and cancelled with a service's key, in classic's words."""

from __future__ import annotations

from modules.exchange.call import Form
from modules.exchange.problems import CallProblem
from studio.database.pool import give_back
from studio.services import jobs
from studio.services.call_answers import CallAnswer, as_json, refuse_problem
from studio.services.call_paths import CallPath
from studio.services.doors import Door
from studio.services.models import ServiceJob


def begun(door: Door, form: Form, body: bytes, query: dict[str, str], base: str) -> CallAnswer:
    """202 with the job; classic's refusal where the call does not fit the service."""
    try:
        return as_json(202, _out(jobs.begin(door, form, body, query), door, base))
    except CallProblem as problem:
        return refuse_problem(problem, inference=False)
    finally:
        give_back()


def answer(method: str, asked: CallPath, door: Door, base: str) -> CallAnswer:
    """The job, after it was cancelled if that was asked; or the latest jobs."""
    try:
        if asked.asks == "jobs":
            items = [_out(job, door, base) for job in jobs.newest(door)]
            return as_json(200, {"items": items, "total": len(items)})
        job = jobs.find(door.service, asked.job)
        if method == "DELETE":
            jobs.cancel(job)
        return as_json(200, _out(job, door, base))
    finally:
        give_back()


def _out(job: ServiceJob, door: Door, base: str) -> dict[str, object]:
    return jobs.job_out(job, f"{base}/api/v1/services/{door.service}/jobs/{job.pk}")
