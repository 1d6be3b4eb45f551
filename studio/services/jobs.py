"""Batch jobs of a service: begun, told of, cancelled. Each is a run, in a queue with all others."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from modules.exchange.call import Form
from modules.exchange.problems import CallProblem
from studio.artifacts.models import Artifact
from studio.database.pool import give_back
from studio.errors import Gone, NotFound, Unavailable
from studio.ids import new_id
from studio.live.ask import ask
from studio.redis_client import connection
from studio.runs.actions import cancel_run, start_job
from studio.runs.models import UNDER_WAY, NodeRun, Output, Run, State
from studio.runs.plan import Step
from studio.services.doors import Door
from studio.services.job_plan import job_document, job_outputs, job_steps
from studio.services.models import Service, ServiceJob, ServiceVersion
from studio.times import iso

PATIENCE = 300
"""Seconds that reading a call is waited for."""
MOST_BYTES = 64 << 20
"""Bytes of a call; larger tables are brought as datasets."""
KEPT = 600
"""Seconds after which a body that no worker has read is forgotten."""
MOST_WAITING = 100
"""Jobs of a service that wait or run at once."""


def begin(door: Door, form: Form, body: bytes, query: dict[str, str]) -> ServiceJob:
    """CallProblem if the call does not fit the service, or too many jobs wait."""
    if len(body) > MOST_BYTES:
        raise CallProblem.one(
            "BadArgument",
            "RequestBodyInvalid",
            "body",
            f"A job takes {MOST_BYTES >> 20} MB with its call. Upload a larger table as a dataset, and name "
            'that: {"Inputs": {"input1": {"dataset": "name"}}}.',
        )
    version = ServiceVersion.objects.select_related("service").get(pk=door.version)
    waiting = ServiceJob.objects.filter(version__service=door.service, run__state__in=UNDER_WAY)
    if waiting.count() >= MOST_WAITING:
        message = (
            f"{MOST_WAITING} jobs of this service wait or run already. Send this one when some have ended."
        )
        raise CallProblem("RequestThrottled", message)
    read = _read(version, form, body, query)
    plan, service = version.read(), version.service
    title = f"{service.name}, version {version.number}"
    if "outputs" in read:  # no rows came, so that none go
        steps: tuple[Step, ...] = ()
        outputs = {name: {"artifact": id} for name, id in read["outputs"].items()}
    else:
        steps = job_steps(plan, read["inputs"], read["parameters"])
        outputs = job_outputs(plan, read["inputs"])
    with transaction.atomic():
        given = [place["artifact"] for place in outputs.values() if "artifact" in place]
        run = start_job(service.owner_id, title, job_document(title, steps), list(steps), given)
        return ServiceJob.objects.create(version=version, run=run, outputs=outputs)


def find(service: str, id: str) -> ServiceJob:
    """NotFound where the service has no such job."""
    jobs = ServiceJob.objects.select_related("run", "version")
    if job := jobs.defer("run__graph").filter(pk=id, version__service=service).first():
        return job
    raise NotFound(f"The service has no job {id[:40]!r}.")


def find_among(services: QuerySet[Service], id: str) -> ServiceJob:
    """NotFound where none of these services has such a job."""
    jobs = ServiceJob.objects.select_related("run", "version").defer("run__graph")
    if job := jobs.filter(pk=id, version__service__in=services).first():
        return job
    raise NotFound(f"There is no job {id[:40]!r} of a service of yours.")


def newest(door: Door, most: int = 100) -> list[ServiceJob]:
    """The latest jobs of the service, newest first."""
    jobs = ServiceJob.objects.select_related("run", "version").defer("run__graph", "version__plan")
    return list(jobs.filter(version__service=door.service).order_by("-created")[:most])


def cancel(job: ServiceJob) -> None:
    """It stays, and is read as cancelled; one that has ended stays as it was."""
    cancel_run(job.run)
    job.run.refresh_from_db()


def job_out(job: ServiceJob, url: str) -> dict[str, Any]:
    """As it stands. `url`: its own address."""
    run = job.run
    told: dict[str, Any] = {
        "id": job.pk,
        "state": run.state,
        "version": job.version.number,
        "created": iso(job.created),
        "started": iso(run.started),
        "finished": iso(run.finished),
        "progress": _progress(run),
        "run": run.pk,
    }
    if run.state == State.FINISHED:
        found = {name: artifact_of(job, name) for name in job.outputs}
        told["outputs"] = {
            name: {
                "artifact": artifact.pk,
                "type": artifact.type,
                "rows": artifact.facts().get("rows"),
                "url": f"{url}/outputs/{name}",
            }
            for name, artifact in found.items()
            if artifact
        }
    if run.state == State.FAILED:
        told["error"] = _error(run.nodes.filter(state=State.FAILED).order_by("place").first())
    return told


def _progress(run: Run) -> float | None:
    """From 0 to 1, each step counting alike, while it runs; None if it ended before its end."""
    if run.state == State.FINISHED:
        return 1.0
    if run.state not in UNDER_WAY:
        return None
    done = [
        1.0 if state == State.FINISHED else (said or 0.0) if state == State.RUNNING else 0.0
        for state, said in run.nodes.values_list("state", "progress")
    ]
    return round(sum(done) / len(done), 3) if done else 0.0


def artifact_of(job: ServiceJob, name: str) -> Artifact | None:
    """The table of an output; None where nothing lies there. NotFound where there is no such output."""
    place = job.outputs.get(name)
    if place is None:
        raise NotFound(f"The job has no output {name[:80]!r}; its outputs are: {', '.join(job.outputs)}.")
    if "artifact" in place:
        return Artifact.objects.filter(pk=place["artifact"]).first()
    left = Output.objects.select_related("artifact").filter(
        node_run__run=job.run, node_run__node=place["node"]
    )
    found = left.filter(port=place["port"]).first()
    return found.artifact if found else None


def finished_table(job: ServiceJob, name: str) -> Artifact:
    """The same for a download. NotFound until the job has finished; Gone once the table was dropped."""
    artifact = artifact_of(job, name)
    if job.run.state != State.FINISHED or artifact is None:
        raise NotFound(f"The job is {job.run.state}: {name} has no table.")
    if artifact.type != "table":
        raise NotFound(
            f"{name} is a {artifact.type}, which is no file of rows. Point a service that scores at it: "
            "POST /api/v1/services/{id}/model."
        )
    if artifact.dropped:
        raise Gone("The table was dropped: results of a job are held for a week. Send the job again.")
    return artifact


def _read(version: ServiceVersion, form: Form, body: bytes, query: dict[str, str]) -> dict[str, Any]:
    name = f"studio:job-body:{new_id()}"
    try:
        connection().set(name, body, ex=KEPT)
        give_back()
        reply = ask("workers.read_call", version.pk, form, name, query, patience=PATIENCE)
    finally:
        connection().delete(name)
    if reply.failure:
        raise Unavailable(reply.failure.message)
    if problem := reply.data.get("problem"):
        raise CallProblem.from_json(problem)
    found: dict[str, Any] = reply.data
    return found


def _error(failed: NodeRun | None) -> dict[str, Any]:
    error: dict[str, Any] = {"type": "Error", "message": "The job failed.", "line": None}
    if failed and failed.error:
        error |= failed.error
    message = f"{error['message']} (line {error['line']})" if error["line"] else error["message"]
    detail = {"code": error["type"], "target": failed.node if failed else "", "message": message}
    return {"code": "ModuleExecutionError", "message": message, "details": [detail]}
