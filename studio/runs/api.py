"""Runs over HTTP."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from ninja import Router, Schema, Status
from pydantic import Field

from modules.registry import catalog
from modules.sdk.declare import ParamSpec
from studio.accounts.access import (
    access_experiment,
    access_experiments,
    access_node_run,
    access_run,
    visible_experiments,
)
from studio.accounts.auth import user_of
from studio.artifacts.documents import HTML, PDF, send_document
from studio.datasets.lookup import dataset_kinds
from studio.environments.lookup import Environments
from studio.experiments.api import AS_FILE, Document, FileAsItIs
from studio.experiments.environment_problems import environment_problems, ignored_headers
from studio.experiments.graph import FileProblem, read_graph
from studio.experiments.graph_warnings import GraphWarning, find_warnings
from studio.experiments.pins import settle_pins
from studio.experiments.script_warnings import script_warnings, signatures
from studio.experiments.validate import Problem, declared_params, validate
from studio.http.paging import Limit, Offset, Page, page_of
from studio.runs import actions
from studio.runs.events import NodeEntry, OutputOut, RunHead
from studio.runs.expected_times import expected_seconds
from studio.runs.last_outputs import last_left
from studio.runs.latest_report import latest_report
from studio.runs.logs import log_parts, log_text
from studio.runs.overview import RunOfAll, runs_of, runs_of_all, runs_of_experiments
from studio.runs.pinning import keep_outputs
from studio.runs.since import changed_by_now, changed_until
from studio.runs.snapshot import run_heads, run_snapshot
from studio.runs.table_columns import known_columns

router = Router(tags=["runs"])


class BreakpointIn(Schema):
    """`file`: `script.py`, or `Script Bundle/` and a path in the zip. `condition`: an expression."""

    file: Annotated[str, Field(max_length=500)] = "script.py"
    line: Annotated[int, Field(ge=1, le=10_000_000)]
    condition: Annotated[str, Field(max_length=2_000)] = ""


class DebugWish(Schema):
    """`node`: a Python script; the run goes up to it. `entry`: stop at the first line of azureml_main.
    `uncaught`: stop if the script fails."""

    node: str
    breakpoints: Annotated[list[BreakpointIn], Field(max_length=500)] = []
    entry: bool = False
    uncaught: bool = True


class StartRun(Schema):
    """`debug`: runs up to a node that is talked with over the socket; `until` and `anew` have no say then.
    `until`: run these nodes and what they need. `force`: take nothing from the cache; `anew`: nothing for
    these nodes. `watch`: keep what each line of a Python script makes, for the margin of the editor."""

    until: list[str] | None = None
    force: bool = False
    anew: list[str] | None = None
    watch: bool = False
    debug: DebugWish | None = None


class NameRun(Schema):
    """A name keeps the run as a version; an empty one makes it an ordinary run again."""

    name: Annotated[str, Field(max_length=200)]


class Expected(Schema):
    """Seconds that each node took when it was last computed; nodes that never were are left out."""

    seconds: dict[str, float]


class LeftOut(OutputOut):
    """What lies on a port since the run of this number."""

    run: int


class Left(Schema):
    """By port; one on which nothing was ever left is not there."""

    outputs: dict[str, LeftOut]


class ApartOut(Schema):
    """`orders` `1` → `2`, `pandas` `2.2.3` → `2.3.1`, `orders` `1` → `gone`; or a whole phrase alone."""

    what: str
    before: str | None
    after: str | None


class Since(Schema):
    """By node; those of which all is as it was are left out."""

    nodes: dict[str, list[ApartOut]]


class LogPartOut(Schema):
    """`skipped`: so many bytes right before it are left out. "trace" is the traceback of a failure."""

    stream: Literal["stdout", "stderr", "trace"]
    text: str
    skipped: int


class LogOut(Schema):
    """`seq`: the number of the last chunk that is in it; log events above that come after it."""

    seq: int
    parts: list[LogPartOut]


class ScriptShape(Schema):
    """What `azureml_main` takes and gives. `takes`: its positional parameters, which get the connected tables
    in order. `model`: it takes a model. `gives`: the output ports that its returns fill."""

    takes: list[str]
    model: bool
    gives: list[str]


class KnownColumn(Schema):
    """`type` is empty if it is not known before the run."""

    name: str
    type: str


class Problems(Schema):
    """Errors keep a graph from running; warnings say what will probably go wrong. `declared`: by node the
    params that its script declares, of those nodes that have a script. `signatures`: by node what its
    `azureml_main` takes and gives. `columns`: by node and output the columns that it will leave, of modules
    whose columns can be told before a run."""

    errors: list[Problem]
    warnings: list[GraphWarning] = []
    declared: dict[str, list[ParamSpec]] = {}
    signatures: dict[str, ScriptShape] = {}
    columns: dict[str, dict[str, list[KnownColumn]]] = {}


class RunOut(RunHead):
    """A run; `graph` is the experiment file as it was."""

    graph: FileAsItIs
    nodes: dict[str, NodeEntry]


@router.post(
    "/experiments/validate",
    response=Problems,
    by_alias=True,
    openapi_extra=AS_FILE,
    summary="What keeps a file from running; executes nothing",
)
def validate_experiment(request: HttpRequest, payload: Document) -> dict[str, Any]:
    try:
        graph = read_graph(payload)
    except FileProblem as problem:
        return {"errors": [Problem(code="format", message=str(problem))]}
    owner = request.user.pk or 0
    experiment = visible_experiments(request.user).filter(pk=str(payload.get("id", ""))).first()
    columns = known_columns(graph, owner, experiment)
    return {
        "errors": [
            *validate(graph, catalog(), dataset_kinds(owner)),
            *environment_problems(settle_pins(graph).graph, catalog(), Environments(owner).state),
            *actions.problems_outside(settle_pins(graph).graph, owner),
        ],
        "warnings": [
            *find_warnings(graph, catalog()),
            *(GraphWarning(**each.model_dump()) for each in ignored_headers(graph, catalog())),
            *script_warnings(graph, catalog(), columns),
        ],
        "declared": declared_params(graph, catalog()),
        "signatures": signatures(graph),
        "columns": {
            node: {
                port: [{"name": n, "type": kind} for n, kind in each.items()] for port, each in ports.items()
            }
            for node, ports in columns.foretold().items()
        },
    }


@router.post("/experiments/{id}/runs", response={202: RunOut}, summary="Run it")
def start_run(request: HttpRequest, id: str, payload: StartRun | None = None) -> Status[dict[str, Any]]:
    """422 where the graph cannot run: each problem names its node."""
    wish = payload or StartRun()
    run = actions.start_run(
        access_experiment(request.user, id),
        wish.until,
        force=wish.force,
        anew=wish.anew,
        watch=wish.watch,
        debug=wish.debug.model_dump() if wish.debug else None,
    )
    return Status(202, run_snapshot(run))


@router.get("/experiments/{id}/runs", response=Page[RunHead], summary="Its runs, newest first")
def list_runs(request: HttpRequest, id: str, limit: Limit = 50, offset: Offset = 0) -> dict[str, Any]:
    mine = access_experiments(request.user, [id])  # without its document
    return page_of(runs_of_experiments(request.user, mine), limit, offset, run_heads)


@router.get(
    "/experiments/{id}/expected", response=Expected, summary="How long its nodes took in earlier runs"
)
def get_expected(request: HttpRequest, id: str) -> dict[str, Any]:
    return {"seconds": expected_seconds(access_experiment(request.user, id))}


@router.get(
    "/experiments/{id}/nodes/{path:node}/outputs",
    response=Left,
    summary="What a node last left on its ports, in whichever run",
)
def get_last_left(request: HttpRequest, id: str, node: str) -> dict[str, Any]:
    return {"outputs": last_left(access_experiment(request.user, id), node)}


@router.get(
    "/experiments/{id}/nodes/{path:node}/report", summary="The report that a node left in its latest run"
)
def get_latest_report(
    request: HttpRequest, id: str, node: str, format: Literal["html", "pdf"] = "html"
) -> StreamingHttpResponse:
    """The file itself: HTML to be shown, which runs and loads nothing, or a PDF to be kept."""
    experiment = access_experiment(request.user, id)
    artifact, document = latest_report(experiment, node, HTML if format == "html" else PDF)
    return send_document(artifact, document, kept=False)


@router.get("/runs", response=Page[RunOfAll], summary="All runs, newest first")
def list_all_runs(
    request: HttpRequest, under_way: bool = False, limit: Limit = 50, offset: Offset = 0
) -> dict[str, Any]:
    """`under_way`: only those that run or wait, in the order in which they are taken."""
    rows, total = runs_of(request.user, under_way=under_way)
    return page_of(rows, limit, offset, runs_of_all, total)


@router.get("/runs/{id}", response=RunOut, summary="One run, with every node's state and outputs")
def get_run(request: HttpRequest, id: str) -> dict[str, Any]:
    return run_snapshot(access_run(request.user, id))


@router.get(
    "/runs/{id}/since",
    response=Since,
    summary="What its results stand on, apart from the graph, and is another now",
)
def get_since(request: HttpRequest, id: str, until: str | None = None) -> dict[str, Any]:
    """Versions of datasets, modules and libraries: as they are now, or as they were in the run `until`."""
    run, later = access_run(request.user, id), until and access_run(request.user, until)
    found = changed_until(run, later) if later else changed_by_now(run)
    return {"nodes": {node: [each._asdict() for each in told] for node, told in found.items()}}


@router.patch("/runs/{id}", response={200: RunOut}, summary="Name it as a version")
def name_run(request: HttpRequest, id: str, payload: NameRun) -> dict[str, Any]:
    return run_snapshot(actions.name_run(access_run(request.user, id), payload.name))


@router.post("/runs/{id}/cancel", response={202: RunOut}, summary="Stop it")
def cancel_run(request: HttpRequest, id: str) -> Status[dict[str, Any]]:
    run = access_run(request.user, id)
    actions.cancel_run(run)
    run.refresh_from_db()
    return Status(202, run_snapshot(run))


class Pinned(Schema):
    """By port the dataset (`name@version`) that holds what lies there; what a node's `pinned` says."""

    pinned: dict[str, str]


@router.post(
    "/runs/{id}/nodes/{path:node}/pin",
    response=Pinned,
    summary="Keep what a node left, to pin the node to it",
)
def pin_outputs(request: HttpRequest, id: str, node: str) -> dict[str, Any]:
    """Tables, bundles, models and transforms become datasets. The experiment stays as it is: its file says
    what is pinned."""
    return {"pinned": keep_outputs(user_of(request), access_node_run(request.user, id, node))}


@router.get("/runs/{id}/nodes/{path:node}/log", response={200: str}, summary="What a node printed")
def get_log(request: HttpRequest, id: str, node: str) -> HttpResponse:
    """Text: everything printed so far, then the full traceback if it failed."""
    return HttpResponse(
        log_text(access_node_run(request.user, id, node)), content_type="text/plain; charset=utf-8"
    )


@router.get(
    "/runs/{id}/nodes/{path:node}/log/parts",
    response=LogOut,
    summary="What a node printed, stdout and stderr apart",
)
def get_log_parts(request: HttpRequest, id: str, node: str) -> LogOut:
    """In the order it came; the traceback of a failure is the last part."""
    seq, parts = log_parts(access_node_run(request.user, id, node))
    return LogOut(
        seq=seq,
        parts=[LogPartOut(**part._asdict()) for part in parts],
    )
