"""Experiments over HTTP."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Body, Header, Query, Router, Schema, Status
from pydantic import ConfigDict, Field, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from studio import shelf
from studio.accounts.access import (
    access_experiment,
    access_experiments,
    visible_experiments,
    visible_own_modules,
)
from studio.accounts.auth import user_of
from studio.environments.carried import with_environments
from studio.errors import NeedsRevision
from studio.experiments import actions
from studio.experiments.events import RunState
from studio.experiments.last_runs import last_runs
from studio.experiments.models import Experiment
from studio.experiments.module_pairs import used_pairs
from studio.experiments.trust import wait_for_trust
from studio.http.paging import Limit, Offset, Page, page_of
from studio.times import iso

router = Router(tags=["experiments"])


class Position(Schema):
    x: float
    y: float


class NodeFile(Schema):
    model_config = ConfigDict(extra="allow")
    id: str
    module: str
    params: dict[str, Any] = Field(default_factory=dict)
    position: Position = Field(default_factory=lambda: Position(x=0, y=0))
    name: str = Field(default_factory=str)
    comment: str = Field(default_factory=str)
    limits: dict[str, int] = Field(default_factory=dict)
    pinned: dict[str, str] = Field(default_factory=dict)


class WireFile(Schema):
    model_config = ConfigDict(extra="allow", populate_by_name=True)
    from_: str = Field(alias="from")
    to: str


class ExperimentFile(Schema):
    """The experiment file (`studio-experiment/1`). Unknown members survive a round trip."""

    model_config = ConfigDict(extra="allow")
    format: Literal["studio-experiment/1"]
    name: str
    description: str = Field(default_factory=str)
    nodes: list[NodeFile]
    wires: list[WireFile]


class _AsFile:
    """Describes a dict as an experiment file in the API's document; the dict goes out as it is."""

    def __get_pydantic_json_schema__(self, _: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return handler(ExperimentFile.__pydantic_core_schema__)


FileAsItIs = Annotated[dict[str, Any], _AsFile()]


class LastRun(Schema):
    id: str
    number: int
    state: RunState
    finished: str | None


class ExperimentOut(ExperimentFile):
    id: str
    revision: int
    created: str
    updated: str
    sample: bool
    last_run: LastRun | None


class ExperimentItem(Schema):
    """An experiment in a list; `nodes` counts them."""

    id: str
    name: str
    description: str
    revision: int
    created: str
    updated: str
    sample: bool
    nodes: int
    folder: str
    tags: list[str]
    last_run: LastRun | None


Document = Annotated[dict[str, Any], Body(description="An experiment file")]
AS_FILE = {
    "requestBody": {
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/ExperimentFile"}}},
        "required": True,
    }
}


def _head(experiment: Experiment, last_run: dict[str, Any] | None) -> dict[str, Any]:
    return {
        "id": experiment.id,
        "revision": experiment.revision,
        "created": iso(experiment.created),
        "updated": iso(experiment.updated),
        "sample": experiment.sample,
        "last_run": last_run,
    }


def whole(experiment: Experiment) -> dict[str, Any]:
    document = with_environments(experiment.document, experiment.owner_id)
    return {**document, **_head(experiment, last_runs([experiment]).get(experiment.pk))}


def _items(experiments: list[Experiment]) -> list[dict[str, Any]]:
    last = last_runs(experiments)
    return [
        {
            "name": each.name,
            "description": each.description,
            "nodes": each.node_count,
            "folder": each.folder,
            "tags": each.tags,
            **_head(each, last.get(each.pk)),
        }
        for each in experiments
    ]


@router.get("/experiments", response=Page[ExperimentItem], summary="Your experiments, last changed first")
def list_experiments(
    request: HttpRequest,
    limit: Limit = 100,
    offset: Offset = 0,
    search: str = "",
    folder: str | None = None,
    below: bool = False,
    tag: str | None = None,
) -> dict[str, Any]:
    """`search`: words of the name, the folder or a tag. `folder`: those that lie in it; empty, in none; with
    `below` those in folders under it too."""
    rows = _all(request).order_by("-updated", "id").defer("document")
    return page_of(
        shelf.found(rows, search=search, folder=folder, below=below, tag=tag), limit, offset, _items
    )


def _all(request: HttpRequest) -> QuerySet[Experiment]:
    return visible_experiments(request.user)


@router.get("/experiments/folders", response=shelf.Shelves, summary="Their folders and tags")
def list_folders(request: HttpRequest) -> dict[str, Any]:
    return shelf.shelves(_all(request))


@router.post("/experiments/shelve", response=shelf.Changed, summary="Move some to a folder, and tag them")
def shelve_experiments(request: HttpRequest, payload: shelf.Shelve) -> dict[str, int]:
    return {"changed": shelf.shelve(access_experiments(request.user, payload.ids), payload)}


@router.post("/experiments/folders/move", response=shelf.Changed, summary="Rename or move a folder")
def move_folder(request: HttpRequest, payload: shelf.MoveFolder) -> dict[str, int]:
    """With all that lies in it and below. To its own parent: the folder goes, and what lay in it stays."""
    return {"changed": shelf.move_folder(_all(request), payload)}


@router.post(
    "/experiments",
    response={201: ExperimentOut},
    openapi_extra=AS_FILE,
    summary="Make one from an experiment file",
)
def create_experiment(
    request: HttpRequest,
    payload: Document,
    from_elsewhere: bool = False,
    trust: Annotated[list[str], Query(max_length=500)] = [],  # noqa: B006  ninja reads it as a default
) -> HttpResponse:
    """`from_elsewhere`: the file is somebody else's. Own modules in it that you neither have nor name in
    `trust` then carry `"untrusted": true`, and their code does not run until that is taken away."""
    if from_elsewhere:
        kept = [one.definition for one in visible_own_modules(request.user)]
        payload = wait_for_trust(payload, {name.strip() for name in trust}, kept)
    return answer_whole(actions.create_experiment(user_of(request), payload), 201)


@router.get("/experiments/{id}", response={200: ExperimentOut}, summary="One experiment")
def get_experiment(request: HttpRequest, response: HttpResponse, id: str) -> Any:
    experiment = access_experiment(request.user, id)
    return answer_whole(experiment)


@router.put("/experiments/{id}", response={200: ExperimentOut}, openapi_extra=AS_FILE, summary="Save it")
def save_experiment(
    request: HttpRequest,
    id: str,
    payload: Document,
    if_match: Annotated[str | None, Header(alias="If-Match")] = None,
    client: Annotated[str, Header(alias="X-Studio-Client")] = "",
) -> Any:
    """`If-Match` carries the revision that was changed; 412 where somebody saved since."""
    experiment = access_experiment(request.user, id)
    if if_match is None:
        raise NeedsRevision(
            'Say which revision this changes: send `If-Match: "revision"`.',
            current_revision=experiment.revision,
        )
    number = if_match.strip().removeprefix("W/").strip('"')
    if not (number.isascii() and number.isdecimal() and len(number) < 10):
        raise NeedsRevision(
            f'`If-Match` is {if_match[:40]!r}; it must be the revision, like "3".',
            current_revision=experiment.revision,
        )
    return answer_whole(actions.save_experiment(experiment, payload, int(number), client[:64]))


class UsedPair(Schema):
    """`source`, `target`: modules. `uses`: how often one was wired to the other."""

    source: str
    target: str
    uses: int


@router.get(
    "/module-pairs", response=Page[UsedPair], summary="Which modules are wired to which, most used first"
)
def list_module_pairs(request: HttpRequest, limit: Limit = 1000, offset: Offset = 0) -> dict[str, Any]:
    """By everybody on this server; of whom and where is not kept."""
    return page_of(used_pairs(), limit, offset, list)


@router.post("/experiments/{id}/duplicate", response={201: ExperimentOut}, summary="Copy it")
def duplicate_experiment(request: HttpRequest, id: str) -> HttpResponse:
    copied = actions.duplicate_experiment(user_of(request), access_experiment(request.user, id))
    return answer_whole(copied, 201)


@router.delete("/experiments/{id}", response={204: None}, summary="Delete it with its runs")
def delete_experiment(request: HttpRequest, id: str) -> Status[None]:
    actions.delete_experiment(access_experiment(request.user, id))
    return Status(204, None)


def answer_whole(experiment: Experiment, status: int = 200) -> HttpResponse:
    """The document goes out as it came in: through no schema that could change it."""
    answer = JsonResponse(whole(experiment), status=status)
    answer["ETag"] = f'"{experiment.revision}"'
    return answer
