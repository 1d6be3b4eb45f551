"""What a model has learned, over HTTP: weights, importances, centers, and its trees one at a time."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from studio.accounts.access import access_artifact
from studio.artifacts import looks

router = Router(tags=["artifacts"])

LONGEST = 10_000
"""Characters of a name or a value in a row that somebody types."""


class Feature(Schema):
    """`weight`: its importance, all together 1; null where the model tells none."""

    name: str
    weight: float | None = None


class Weight(Schema):
    """The coefficients of a column of the model's matrix, in the units of the data, one for each outcome."""

    column: str
    values: list[float | None]


class Curve(Schema):
    """How the loss fell with each of `rounds`; `of` says which loss, over which rows."""

    of: str
    rounds: list[int]
    losses: list[float]


class ModelFacts(Schema):
    """`weights` are those of a linear model, for each of `outcomes`; `trees` counts its trees; `centers` are
    those of clusters, a row each, over `center_columns`. Empty where the model has none. `curve`: of models
    that are trained in rounds."""

    params: list[tuple[str, str]]
    features: list[Feature]
    classes: list[str]
    weights: list[Weight]
    outcomes: list[str]
    trees: int
    centers: list[list[float | None]]
    center_columns: list[str]
    curve: Curve | None = None


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


class Axis(Schema):
    """A principal component: its share of the variance, and the columns that weigh most in it."""

    share: float | None
    parts: list[tuple[str, float]]


class Clusters(Schema):
    """`points`: sampled training rows, as `[x, y, cluster]`. `sizes`: the rows of each cluster, of all
    training rows; with `sampled` of the sample alone."""

    points: list[tuple[float, float, int]]
    centers: list[tuple[float, float]]
    sizes: list[int]
    axes: list[Axis]
    sampled: bool


Cell = bool | int | float | Annotated[str, Field(max_length=LONGEST)] | None


class ModelInput(Schema):
    """`levels`: the texts it may be, where there are not too many. `type` is empty where nobody knows it."""

    name: str
    type: str
    levels: list[str] | None


class ModelInputs(Schema):
    """What a row for the model has; `rows` are some that it was trained on."""

    inputs: list[ModelInput]
    rows: list[list[Cell]]


class TryAsked(Schema):
    """`row`: values by the names of the inputs. One that is left out is missing."""

    row: dict[Annotated[str, Field(max_length=LONGEST)], Cell] = Field(max_length=1_000)


class Moved(Schema):
    """`usual`: the middle or most frequent value of the sample. `effect`: see `Tried`."""

    name: str
    value: Cell
    usual: Cell
    effect: float | None


class Tried(Schema):
    """`scores`: the columns that Score Model would add. `moved` explains `score`, which is what `of` says:
    `effect` is by how much the score would be lower, on average, with the feature's values of `against` rows
    of the training sample in place of its own; all others stay. The largest first. Empty where the model kept
    no sample, or the row has no score."""

    scores: list[tuple[str, Cell]]
    of: str
    score: float | None
    moved: list[Moved]
    against: int


class ExportAsked(Schema):
    format: Literal["skops", "onnx"]


class ExportInput(Schema):
    """`name`: what the file calls it; `column`: the column of the table that the model was trained on."""

    name: str
    column: str
    type: str


class ModelExport(Schema):
    """`compared`: how many training rows the model and the file have both scored; `apart`: the largest
    difference between their scores (of a number above 1 as a share of it); `other_labels`: of how many rows
    the file says another class. `notes`: what somebody who uses the file has to know; `trust`: the classes
    that skops asks its reader to trust."""

    compared: int
    apart: float
    other_labels: int
    inputs: list[ExportInput]
    notes: list[str]
    trust: list[str]


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


@router.get("/artifacts/{id}/model/clusters", response=Clusters, summary="A model's clusters on the plane")
def get_clusters(request: HttpRequest, id: str) -> Any:
    """On the two principal components of a sample of the training rows."""
    return looks.model_clusters(access_artifact(request.user, id))


@router.get("/artifacts/{id}/model/inputs", response=ModelInputs, summary="What a row for a model has")
def get_inputs(request: HttpRequest, id: str) -> Any:
    return looks.model_inputs(access_artifact(request.user, id))


@router.post("/artifacts/{id}/model/try", response=Tried, summary="Score one row, and see what moved it")
def try_model(request: HttpRequest, id: str, body: TryAsked) -> Any:
    """The model is asked in the sandbox; nothing is kept."""
    return looks.try_model(access_artifact(request.user, id), body.row)


@router.get("/artifacts/{id}/model/export", response=ModelExport, summary="A model as skops or ONNX, checked")
def export_model(request: HttpRequest, id: str, asked: Query[ExportAsked]) -> Any:
    """Makes the file in the sandbox, and scores the training rows that the model kept with both. 422 with the
    reason where there is no such file, or the scores are more than 1e-4 apart. `download` gives the file."""
    return looks.model_export(access_artifact(request.user, id), asked.format)
