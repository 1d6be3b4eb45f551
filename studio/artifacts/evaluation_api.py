"""How well a scored dataset was scored, over HTTP: what is drawn at every threshold, made over all rows."""

from __future__ import annotations

from typing import Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from studio.accounts.access import access_artifact
from studio.artifacts import looks

router = Router(tags=["artifacts"])

LONGEST_NAME = 10_000


class EvaluationAsked(Schema):
    """`label`: the column of what is true; left out, the one that the scores were trained on."""

    label: str | None = Field(None, max_length=LONGEST_NAME)


class ClassCount(Schema):
    name: str
    rows: int


class Above(Schema):
    """How many rows of each class score above the thresholds 0, 0.001 … 1."""

    positives: list[int]
    negatives: list[int]


class ScoreBin(Schema):
    """`from` and `to` are its ends; `mean` the mean score in it, null where there is no row."""

    from_: float = Field(alias="from")
    to: float
    positives: int
    negatives: int
    mean: float | None


class TwoClasses(Schema):
    """`curve`: `[threshold, true positives, false positives]`, from the highest score down; rows at or above
    the threshold count. `grid` and `log_loss` are null for scores that are no probabilities."""

    positive: str
    negative: str
    positives: int
    negatives: int
    auc: float | None
    log_loss: float | None
    grid: Above | None
    curve: list[tuple[float, int, int]]
    bins: list[ScoreBin]
    threshold: float | None = None


class ClassReport(Schema):
    name: str
    rows: int
    precision: float | None
    recall: float | None
    f1: float | None


class Averages(Schema):
    precision: float | None
    recall: float | None
    f1: float | None


class ManyClasses(Schema):
    """`counts[i][j]`: rows of class i that were taken for class j; `other`: rows of classes not shown."""

    classes: list[str]
    counts: list[list[int]]
    other: int
    rows: int
    correct: int
    per_class: list[ClassReport]
    macro: Averages
    weighted: Averages


class Density(Schema):
    """`cells`: `[column, row, count]`."""

    x_edges: list[float]
    y_edges: list[float]
    cells: list[tuple[int, int, int]]


class Scatter(Schema):
    """Pairs of numbers: each of them in `points`, or in `density` how dense they lie."""

    count: int
    missing: int
    correlation: float | None
    points: list[tuple[float, float]] | None = None
    density: Density | None = None


class Spread(Schema):
    """A histogram: one more edge than counts; empty where there are no values."""

    edges: list[float]
    counts: list[int]
    missing: int
    left_out: int


class WorstRow(Schema):
    row: int
    actual: float
    predicted: float


class NumberMetrics(Schema):
    """`rae`, `rse`: relative absolute and squared error, against always guessing the mean."""

    mean_error: float | None
    mae: float | None
    rmse: float | None
    rae: float | None
    rse: float | None
    r2: float | None


class Numbers(Schema):
    """The error is predicted − actual. `worst`: the rows with the largest errors, by place from 0."""

    predicted: Scatter
    residuals: Scatter
    errors: Spread
    worst: list[WorstRow]
    metrics: NumberMetrics


class Evaluation(Schema):
    """`rows` all, `scored` those with a label and a score, of which all the rest tells. `label`, `predicted`,
    `score`: names of columns. `classes`: the true classes, the most frequent first."""

    task: Literal["two-class", "multiclass", "regression"]
    rows: int
    scored: int
    label: str
    predicted: str | None
    score: str | None
    classes: list[ClassCount] | None = None
    two_classes: TwoClasses | None = None
    many_classes: ManyClasses | None = None
    numbers: Numbers | None = None


@router.get(
    "/artifacts/{id}/evaluation",
    response=Evaluation,
    by_alias=True,
    summary="How well a scored dataset is scored",
)
def get_evaluation(request: HttpRequest, id: str, asked: Query[EvaluationAsked]) -> Any:
    return looks.evaluation(access_artifact(request.user, id), asked.label)


class MetricsAsked(EvaluationAsked):
    """`model`: the artifact of a trained model, which scores the table first; left out, the table's own
    scores count."""

    model: str | None = Field(None, max_length=100)


class Metric(Schema):
    """`value` is null where it does not exist or is infinite; `better`: "more" or "less", null of a count."""

    name: str
    value: float | None
    better: Literal["more", "less"] | None


class Measured(Schema):
    """`label`: the column of what is true."""

    task: str
    label: str
    rows: int
    metrics: list[Metric]


@router.get(
    "/artifacts/{id}/metrics",
    response=Measured,
    summary="The metrics of a scored dataset, or of a table as a model scores it",
)
def get_metrics(request: HttpRequest, id: str, asked: Query[MetricsAsked]) -> Any:
    """What Evaluate Model says. To compare models, ask it for each of them over the same table."""
    model = access_artifact(request.user, asked.model) if asked.model else None
    return looks.metrics(access_artifact(request.user, id), model, asked.label)
