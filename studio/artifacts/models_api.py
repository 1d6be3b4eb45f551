"""What a model has learned, over HTTP: weights, importances, centers, and its trees one at a time."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from studio.accounts.access import access_artifact
from studio.artifacts import looks

router = Router(tags=["artifacts"])


class Feature(Schema):
    """`weight`: its importance, all together 1; null where the model tells none."""

    name: str
    weight: float | None = None


class Weight(Schema):
    """The coefficients of a column of the model's matrix, in the units of the data, one for each outcome."""

    column: str
    values: list[float | None]


class ModelFacts(Schema):
    """`weights` are those of a linear model, for each of `outcomes`; `trees` counts its trees; `centers` are
    those of clusters, a row each, over `center_columns`. Empty where the model has none."""

    params: list[tuple[str, str]]
    features: list[Feature]
    classes: list[str]
    weights: list[Weight]
    outcomes: list[str]
    trees: int
    centers: list[list[float | None]]
    center_columns: list[str]


class TreeAsked(Schema):
    levels: int = Field(4, ge=1, le=8)


class TreeNode(Schema):
    """`value`: the number it says, or the shares of the classes. Rows at or below `threshold` go left; a
    split by categories has none. `more`: it goes on, but is not drawn."""

    rows: int
    value: float | list[float | None] | None
    column: str | None = None
    threshold: float | None = None
    left: TreeNode | None = None
    right: TreeNode | None = None
    more: bool = False


class Tree(Schema):
    """`tree`: which of `trees` it is, counted from 0."""

    trees: int
    tree: int
    levels: int
    classes: list[str]
    root: TreeNode


@router.get("/artifacts/{id}/model", response=ModelFacts, summary="What a model has learned")
def get_model(request: HttpRequest, id: str) -> Any:
    return looks.model(access_artifact(request.user, id))


@router.get(
    "/artifacts/{id}/model/trees/{n}",
    response=Tree,
    exclude_none=True,
    summary="The first levels of one of a model's trees",
)
def get_tree(request: HttpRequest, id: str, n: int, asked: Query[TreeAsked]) -> Any:
    return looks.model_tree(access_artifact(request.user, id), n, asked.levels)
