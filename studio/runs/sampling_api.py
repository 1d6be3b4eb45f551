"""Trying a node on a few rows, over HTTP."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from modules.scripting.error_frames import ErrorFrame
from modules.scripting.line_values import LineValue
from studio.accounts.access import access_experiment
from studio.runs.sampling import try_on_sample

router = Router(tags=["runs"])

MOST_ROWS = 10_000


class SampleIn(Schema):
    """How many rows, the first ones or `random` ones by `seed`. `params`: in place of the node's own, for a
    script that is not saved."""

    rows: Annotated[int, Field(ge=1, le=MOST_ROWS)] = 1000
    random: bool = False
    seed: Annotated[int, Field(ge=0, lt=1 << 32)] = 0
    params: dict[str, Any] = {}


class ColumnShown(Schema):
    name: str
    type: str


class PictureShown(Schema):
    """`data`: base64; empty where the picture is too large to be shown."""

    name: str
    media_type: str
    data: str


class OutputShown(Schema):
    """What a node left on a port. Of a table: `total` rows, its `count` of columns, and the first rows. Of a
    device: its text and pictures."""

    type: str
    total: int | None = None
    count: int | None = None
    columns: list[ColumnShown] | None = None
    rows: list[list[Any]] | None = None
    text: str | None = None
    pictures: list[PictureShown] | None = None


class SampleFailure(Schema):
    """`node`: at which it came up; the node that is tried, or one above it. `type` is `Replaced` where a
    later try of the node took the place of this one."""

    type: str
    message: str
    node: str | None = None
    line: int | None = None
    column: int | None = None
    param: str | None = None
    traceback: str = ""
    frames: list[ErrorFrame] = []


class PiecePrinted(Schema):
    stream: Literal["stdout", "stderr"]
    text: str
    skipped: int = 0


class QueryStep(Schema):
    """A step of a query's plan. `depth`: 0 is the last; those that feed it follow, one deeper. `rows`: that
    it gave, where the engine says so."""

    depth: int
    what: str
    detail: str
    rows: int | None = None
    seconds: float | None = None


class TriedOut(Schema):
    """`nodes`: which were run, the tried one last; all above them came from the cache. `seconds`: of each.
    `lines`: what each line of the tried node's `azureml_main` made. `plan`: how the engine ran the tried
    node's query, if it is one."""

    rows: int
    random: bool
    nodes: list[str]
    outputs: dict[str, OutputShown]
    seconds: dict[str, float]
    log: list[PiecePrinted]
    failure: SampleFailure | None = None
    lines: list[LineValue] = []
    plan: list[QueryStep] = []


@router.post(
    "/experiments/{id}/nodes/{path:node}/sample",
    response=TriedOut,
    summary="Try a node on a few rows; no run comes of it",
)
def sample_node(request: HttpRequest, id: str, node: str, payload: SampleIn | None = None) -> dict[str, Any]:
    """Runs the node, and what it needs above it, on the first or on random rows. Nothing of it is kept. 422
    where the graph above cannot run; a node that fails is told in `failure`."""
    wish = payload or SampleIn()
    return try_on_sample(
        access_experiment(request.user, id),
        node,
        rows=wish.rows,
        random=wish.random,
        seed=wish.seed,
        params=wish.params,
    )
