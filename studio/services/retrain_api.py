"""Pointing a service at a model that was trained anew."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from studio.accounts.access import access_artifact, access_service, visible_services
from studio.artifacts.models import Artifact
from studio.services import actions, jobs, retrain
from studio.services.api import version_out
from studio.services.api_schemas import VersionOut

router = Router(tags=["services"])


class PointAt(Schema):
    """`job`: of a service that trains, whose `output` is the model; or `artifact`: any model of yours.
    `name`: which model of the service is replaced (`node.port`), where it has several."""

    job: str = Field(default="", max_length=40)
    output: str = Field(default="", max_length=200)
    artifact: str = Field(default="", max_length=200)
    name: str = Field(default="", max_length=400)


class PointedAt(VersionOut):
    """`model_changes`: how the model differs from the one that answers."""

    model_changes: list[str]


class TrainedModel(Schema):
    job: str
    service: str
    output: str
    finished: str


class ModelsOut(Schema):
    """`models`: by name (`node.port`) those that the service scores with. `trained`: what jobs of your
    services left, the newest first."""

    models: list[str]
    trained: list[TrainedModel]


@router.get("/services/{id}/model", response=ModelsOut, summary="Its models, and those trained anew")
def get_models(request: HttpRequest, id: str) -> dict[str, Any]:
    service = access_service(request.user, id)
    plan = actions.version_of(service, service.version).read()
    trained = retrain.trained_lately(visible_services(request.user))
    return {"models": [*retrain.models_of(plan)], "trained": trained}


@router.post("/services/{id}/model", response={201: PointedAt}, summary="Point it at another model")
def point_at_model(request: HttpRequest, id: str, payload: PointAt) -> Status[Any]:
    """Makes a version with the model, which answers nobody before a switch: try it on recorded calls
    first."""
    service = access_service(request.user, id)
    version, differences = retrain.point_at(service, _model(request, payload), payload.name)
    return Status(201, {**version_out(service, version), "model_changes": differences})


def _model(request: HttpRequest, said: PointAt) -> Artifact:
    if said.artifact:
        return access_artifact(request.user, said.artifact)
    return retrain.trained_by(jobs.find_among(visible_services(request.user), said.job), said.output)
