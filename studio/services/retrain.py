"""A service that scores is pointed at a model which another service has trained: a new version beside the
others, with that model in place of the old one."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet

from modules.exchange.plan import FromArtifact, ServicePlan, ServiceStep
from modules.registry import find
from studio.artifacts.models import Artifact
from studio.errors import Gone, Invalid
from studio.runs.models import State
from studio.services import generation
from studio.services.actions import add_version
from studio.services.jobs import artifact_of
from studio.services.models import Service, ServiceJob, ServiceVersion
from studio.times import iso


def models_of(plan: ServicePlan) -> dict[str, str]:
    """By name (`node.port`, where it goes in) the artifacts of the models that calls stand on."""
    return {
        f"{step.node}.{port}": source.artifact
        for step in plan.steps
        for port, source in step.inputs.items()
        if isinstance(source, FromArtifact) and _is_model(step, port)
    }


def trained_by(job: ServiceJob, output: str = "") -> Artifact:
    """The model that a job left. Invalid where it has not finished, or left none."""
    outputs = {each.name for each in job.version.read().interface.outputs if each.type == "model"}
    name = output or (next(iter(outputs)) if len(outputs) == 1 else "")
    if name not in outputs:
        listed = ", ".join(sorted(outputs)) or "none"
        raise _refused("output", f"Say which output of the job is the model; it leaves these: {listed}.")
    if job.run.state != State.FINISHED:
        raise _refused("job", f"The job is {job.run.state}; a model is there once it has finished.")
    found = artifact_of(job, name)
    if found is None or found.dropped:
        raise Gone("The model of this job was dropped: results are held for a week. Send the job again.")
    return found


def trained_lately(services: QuerySet[Service], most: int = 50) -> list[dict[str, Any]]:
    """The newest finished jobs of these services that left a model."""
    versions = ServiceVersion.objects.filter(service__in=services)
    training = {version.pk: version for version in versions if version.read().interface.trains}
    jobs = ServiceJob.objects.filter(version__in=training.keys(), run__state=State.FINISHED)
    return [
        {
            "job": job.pk,
            "service": job.version.service.name,
            "output": output.name,
            "finished": iso(job.run.finished),
        }
        for job in jobs.select_related("run", "version__service")
        .defer("run__graph")
        .order_by("-created")[:most]
        for output in training[job.version_id].read().interface.outputs
        if output.type == "model"
    ]


def point_at(service: Service, model: Artifact, name: str = "") -> tuple[ServiceVersion, list[str]]:
    """The new version, which answers nobody before a switch, and how the models differ, in sentences. `name`:
    which of its models is replaced, where it has several."""
    if model.type != "model":
        raise _refused("artifact", f"That is a {model.type}, and no model.")
    if model.dropped:
        raise Gone("This model was dropped to make room. Train it again.")
    base = service.versions.get(number=service.version)
    plan = base.read()
    there = models_of(plan)
    if not there:
        raise _refused("name", "This service scores with no model, so that none can be replaced.")
    if not name and len(set(there.values())) == 1:
        name = next(iter(there))
    if name not in there:
        raise _refused("name", f"Say which model is replaced; the service has these: {', '.join(there)}.")
    old = there[name]
    made = _replaced(plan, old, model.pk)
    with transaction.atomic():
        Service.objects.select_for_update().get(pk=service.pk)
        number = (service.versions.aggregate(last=Max("number"))["last"] or 0) + 1
        version = add_version(service, number, base.run, base.run_number, made, base.choices)
        generation.changed()
    before = Artifact.objects.get(pk=old)
    return version, card_changes(before.manifest.get("card") or {}, model.manifest.get("card") or {})


def card_changes(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """How a model differs from the one before it, as its card says. Pure."""
    found = []
    for key, what in (
        ("learner", "learner"),
        ("task", "task"),
        ("label", "label"),
        ("rows", "number of rows"),
    ):
        if old.get(key) != new.get(key):
            found.append(f"The {what} of the model is {new.get(key)!r}; it was {old.get(key)!r}.")
    before, after = ([each["name"] for each in card.get("features") or ()] for card in (old, new))
    found += [f"The model does not use {name!r} any more." for name in before if name not in after]
    found += [
        f"The model uses {name!r}, which the one before it did not." for name in after if name not in before
    ]
    classes = [list(card.get("classes") or ()) for card in (old, new)]
    if classes[0] != classes[1]:
        found.append(f"The classes are {classes[1]}; they were {classes[0]}.")
    params = [card.get("params") or {} for card in (old, new)]
    found += [
        f"{name} is {params[1].get(name)!r}; it was {params[0].get(name)!r}."
        for name in dict.fromkeys([*params[0], *params[1]])
        if params[0].get(name) != params[1].get(name)
    ]
    return found


def _replaced(plan: ServicePlan, old: str, new: str) -> ServicePlan:
    def step_with(step: ServiceStep) -> ServiceStep:
        inputs = {
            port: FromArtifact(artifact=new)
            if isinstance(source, FromArtifact) and source.artifact == old and _is_model(step, port)
            else source
            for port, source in step.inputs.items()
        }
        return step.model_copy(update={"inputs": inputs})

    return plan.model_copy(update={"steps": tuple(step_with(step) for step in plan.steps)})


def _is_model(step: ServiceStep, port: str) -> bool:
    spec = find(step.module)
    return spec is not None and any(each.name == port and each.type == "model" for each in spec.inputs)


def _refused(field: str, message: str) -> Invalid:
    return Invalid(message, [{"loc": [field], "code": "refused", "message": message}])
