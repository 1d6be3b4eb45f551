"""The verbs of services: publish, publish again, switch, change, delete."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import Count, Max

from modules.exchange.plan import ServicePlan
from modules.registry import catalog
from studio.artifacts.models import Artifact
from studio.errors import Invalid, NotFound
from studio.experiments.graph import read_graph
from studio.experiments.models import Experiment
from studio.experiments.own_modules import flat_document
from studio.runs.actions import invalid
from studio.runs.models import Run
from studio.services import generation
from studio.services.call_store import keep_within
from studio.services.capture import capture
from studio.services.captured import Capture, Choices, ServiceProblem, marks_of
from studio.services.keys import make_key
from studio.services.last_run import finished_run, left_by
from studio.services.models import Service, ServiceKey, ServiceValue, ServiceVersion
from studio.services.samples import with_samples
from studio.text import without_nul

LONGEST_SLUG = 60


def captured(experiment: Experiment, choices: Choices) -> tuple[Run, Capture]:
    """What would be published. Invalid where no run has finished."""
    run = finished_run(experiment)
    marked = marks_of(flat_document(experiment.document), flat_document(run.graph))
    found = capture(read_graph(run.graph), catalog(), left_by(run), choices, marked)
    if found.plan is not None:
        found = found.model_copy(update={"problems": _dropped(found)})
    return run, found


def publish(
    owner: User, experiment: Experiment, name: str = "", choices: Choices | None = None
) -> tuple[Service, str]:
    """The experiment as a new service, and its first key. Invalid, with problems at nodes, where it cannot be
    one."""
    chosen, name = choices or Choices(), _name(name or experiment.name)
    run, plan = _whole(experiment, chosen)
    for more in (True, True, False):
        try:
            with transaction.atomic():
                service = Service.objects.create(
                    owner=owner, experiment=experiment, name=name, slug=_slug(name)
                )
                add_version(service, 1, run.pk, run.number, plan, chosen.model_dump())
                key, _ = make_key(service)
                generation.changed()
            return service, key
        except IntegrityError:  # somebody has just taken the slug
            if not more:
                raise
    raise AssertionError("the last try returns or raises")


def publish_again(service: Service, choices: Choices | None = None) -> ServiceVersion:
    """A new version beside the others, from the latest finished run; it answers nobody before a switch."""
    if service.experiment is None:
        raise _refused("The experiment of this service was deleted; its versions stay as they are.")
    newest = service.versions.order_by("-number").first()
    chosen = choices or Choices.model_validate(newest.choices if newest else {})
    run, plan = _whole(service.experiment, chosen)
    with transaction.atomic():
        Service.objects.select_for_update().get(pk=service.pk)
        number = (service.versions.aggregate(last=Max("number"))["last"] or 0) + 1
        made = add_version(service, number, run.pk, run.number, plan, chosen.model_dump())
        generation.changed()
    return made


def switch(service: Service, version: int) -> Service:
    """Lets another version answer, from the next call on."""
    numbers = sorted(service.versions.values_list("number", flat=True))
    if version not in numbers:
        listed = ", ".join(map(str, numbers))
        raise _refused(f"The service has no version {version}; it has {listed}.", "version")
    if version != service.version:
        service.previous, service.version = service.version, version
        service.save(update_fields=["previous", "version", "updated"])
        generation.changed()
    return service


def version_of(service: Service, number: int) -> ServiceVersion:
    """NotFound where there is none of that number."""
    if found := service.versions.filter(number=number).first():
        return found
    raise NotFound(f"The service has no version {number}.")


def current_versions(services: Iterable[Service]) -> dict[str, ServiceVersion]:
    """By service the version that answers."""
    answering = {each.pk: each.version for each in services}
    found = ServiceVersion.objects.filter(service__in=list(answering))
    return {each.service_id: each for each in found if each.number == answering[each.service_id]}


def key_counts(services: Iterable[Service]) -> dict[str, int]:
    """By service how many keys it has; none is left out."""
    keys = ServiceKey.objects.filter(service__in=[each.pk for each in services])
    return dict(keys.order_by().values_list("service").annotate(Count("pk")))


def roll_back(service: Service) -> Service:
    """Lets the version answer again that did before the last switch."""
    if service.previous is None:
        raise _refused("The service was never switched, so that there is nothing to roll back to.")
    return switch(service, service.previous)


def update_service(service: Service, said: dict[str, Any]) -> Service:
    """Sets what is said: name, description, timeout_s, memory_bytes, concurrency."""
    for field, value in said.items():
        setattr(service, field, _name(value) if field == "name" else without_nul(value))
    service.save()
    if "record_calls" in said:
        keep_within(service.pk, service.record_calls)
    generation.changed()
    return service


def delete_service(service: Service) -> None:
    """With its versions and keys; what only it needed is dropped from the store when there is need."""
    with transaction.atomic():
        service.delete()
        generation.changed()


def _whole(experiment: Experiment, choices: Choices) -> tuple[Run, ServicePlan]:
    run, found = captured(experiment, choices)
    if found.problems or found.plan is None:
        raise invalid([*found.problems])
    return run, with_samples(found.plan, found.tables)


def add_version(
    service: Service, number: int, run: str, run_number: int, plan: ServicePlan, choices: dict[str, Any]
) -> ServiceVersion:
    """A version of that number, and the artifacts that it stands on."""
    made = ServiceVersion.objects.create(
        service=service,
        number=number,
        plan=plan.model_dump(mode="json", exclude_defaults=True),
        run=run,
        run_number=run_number,
        choices=without_nul(choices),
    )
    ServiceValue.objects.bulk_create(
        ServiceValue(version=made, artifact_id=artifact) for artifact in sorted(plan.constants)
    )
    return made


def _dropped(found: Capture) -> list[ServiceProblem]:
    """Values of the run that the store has dropped by now."""
    assert found.plan is not None
    gone = Artifact.objects.filter(pk__in=found.plan.constants, dropped__isnull=False)
    named = set(gone.values_list("pk", flat=True))
    return [
        ServiceProblem(
            node=node,
            code="not-run",
            message="What this node left in the latest finished run was dropped to make room. Run it again.",
        )
        for node, artifact in found.kept.items()
        if artifact in named
    ]


def _name(text: str) -> str:
    name = " ".join(without_nul(text).split())
    if not name or len(name) > 200:
        raise _refused("The name of a service has 1 to 200 characters.", "name")
    return name


def _slug(name: str) -> str:
    """What the service is called in addresses; no other service is."""
    base = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:LONGEST_SLUG] or "service"
    taken = set(Service.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(
        slug for n in range(len(taken) + 2) if (slug := f"{base}-{n + 1}" if n else base) not in taken
    )


def _refused(message: str, field: str | None = None) -> Invalid:
    loc = [field] if field else []
    return Invalid(message, [{"loc": loc, "code": "refused", "message": message}])
