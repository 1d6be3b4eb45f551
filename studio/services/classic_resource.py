"""Update-resource as ML Studio (classic) had it: a program that has retrained a model points a service at it.

PATCH /workspaces/{w}/webservices/{service}/endpoints/{endpoint}
{"Resources": [{"Name": "…", "Location": {"BaseLocation": "…", "RelativeLocation": "…"}}]}

The location is the address of a job's output, whole in one of the two or in parts, as the job told it. As in
classic, the service answers with that model from then on.
"""

from __future__ import annotations

import json
import re
from typing import Any

from studio.accounts.access import visible_services
from studio.database.pool import give_back
from studio.services import actions, jobs, retrain
from studio.services.call_answers import CallAnswer, as_json, failed, refuse
from studio.services.doors import Door
from studio.services.models import Service, ServiceJob

PLACE = re.compile(r"/services/([a-z0-9-]{1,80})/jobs/([a-z0-9-]{1,80})/outputs/([^/?]+)")
OWNER = (
    "This call changes the service. Send a token of its owner as `Authorization: Bearer TOKEN`; a key of the "
    "service opens its calls and nothing else."
)


def update(door: Door, token: str, body: bytes | None) -> CallAnswer:
    """200 once the service answers with the model. A sign-in by cookie is not enough: another site's page may
    send it."""
    if door.key or not token:
        return refuse("Unauthorized", OWNER)
    try:
        service = Service.objects.select_related("owner").get(pk=door.service)
        for resource in _resources(body):
            job, output = _job(service, resource)
            model = retrain.trained_by(job, output)
            names = retrain.models_of(service.versions.get(number=service.version).read())
            name = str(resource.get("Name", ""))
            version, differences = retrain.point_at(service, model, name if name in names else "")
            service = actions.switch(service, version.number)
        return as_json(200, {"version": service.version, "changes": differences})
    except _Wrong as wrong:
        return failed("BadArgument", str(wrong), None, None, inference=False, retry_after=None)
    finally:
        give_back()


class _Wrong(Exception):
    """The body says nothing that can be done; the message is a sentence."""


def _resources(body: bytes | None) -> list[dict[str, Any]]:
    try:
        found = json.loads(body or b"")["Resources"]
        if found and all(isinstance(each, dict) and isinstance(each["Location"], dict) for each in found):
            return list(found)
    except (ValueError, KeyError, TypeError):
        pass
    raise _Wrong('The body must be {"Resources": [{"Name": …, "Location": {"RelativeLocation": …}}]}.')


def _job(service: Service, resource: dict[str, Any]) -> tuple[ServiceJob, str]:
    location = resource["Location"]
    parts = [str(location.get(part) or "") for part in ("BaseLocation", "RelativeLocation")]
    place = PLACE.search("".join(parts)) or PLACE.search(parts[1])
    if place is None:
        raise _Wrong(
            "Location must be the address of a model that a job left: "
            "…/services/{id}/jobs/{job}/outputs/{name}."
        )
    trainer = visible_services(service.owner).filter(pk=place[1]).first()
    if trainer is None:
        raise _Wrong(f"There is no service {place[1]!r} of yours that could have trained the model.")
    return jobs.find(trainer.pk, place[2]), place[3]
