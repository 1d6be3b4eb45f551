"""Training a model again, over HTTP."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema, Status

from studio.accounts.access import access_artifact
from studio.artifacts import looks
from studio.runs.training_again import train_again

router = Router(tags=["artifacts"])


class TrainedAgain(Schema):
    """The run that trains, and the node and port on which the new model will lie."""

    run: str
    node: str
    port: str


class RowApart(Schema):
    """`row`: which of the compared rows, counted from 1."""

    row: int
    old: float | None
    new: float | None


class ModelDifference(Schema):
    """How far the scores of two models are apart over `rows` training rows; `of` says which score.
    `other_labels`: of how many rows the class is another; null where a model says none. `worst`: the rows
    that are farthest apart."""

    rows: int
    of: str
    largest: float | None
    mean: float | None
    other_labels: int | None
    worst: list[RowApart]


@router.post(
    "/artifacts/{id}/model/again",
    response={202: TrainedAgain},
    summary="Train a model again, on the same data",
)
def again(request: HttpRequest, id: str) -> Status[dict[str, Any]]:
    """The node that made it runs once more on the very same inputs, with the libraries of now. 422 where
    nothing tells how it was made, or its data is no longer kept."""
    run, maker = train_again(request.user, access_artifact(request.user, id))
    return Status(202, {"run": run.pk, "node": maker.node_run.node, "port": maker.port})


@router.get(
    "/artifacts/{id}/model/difference",
    response=ModelDifference,
    summary="How far another model's scores are from a model's",
)
def get_difference(request: HttpRequest, id: str, other: str) -> Any:
    """Over the training rows that the model has kept."""
    return looks.model_difference(access_artifact(request.user, id), access_artifact(request.user, other))
