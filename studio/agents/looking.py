"""The tools with which an agent looks: modules, datasets, experiments, tables, runs."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, Field

from modules.registry import catalog, find
from studio.accounts.access import access_experiment, access_run, visible_datasets, visible_experiments
from studio.agents import proposals
from studio.agents.keys import Caller
from studio.agents.models import Proposal
from studio.agents.withheld import failure, without_values
from studio.artifacts.looks import page
from studio.artifacts.models import Artifact
from studio.datasets.lookup import Lookup, dataset_kinds, latest
from studio.errors import Forbidden, Invalid, NotFound
from studio.experiments.graph import FileProblem, read_graph
from studio.experiments.graph_warnings import find_warnings
from studio.experiments.models import Experiment
from studio.experiments.script_warnings import script_warnings
from studio.experiments.validate import validate
from studio.runs.last_outputs import last_left
from studio.runs.logs import log_text
from studio.runs.models import Run
from studio.runs.snapshot import run_snapshot
from studio.runs.table_columns import known_columns
from studio.times import iso

MOST = 200
"""Items of one answer."""
MOST_ROWS = 50
LONGEST_CELL = 200
LONGEST_LOG = 8_000

ExperimentId = Annotated[str, Field(description="The experiment's id")]
NodeId = Annotated[str, Field(description="The node's id in the experiment")]


class ListModules(BaseModel):
    search: Annotated[str, Field(description="Words of the name or the summary; empty for all")] = ""


def list_modules(caller: Caller, asked: ListModules) -> Any:
    words = asked.search.lower().split()
    found = []
    for slug, spec in catalog().items():
        text = f"{slug} {spec.name} {spec.category} {spec.summary} {' '.join(spec.synonyms)}".lower()
        if all(word in text for word in words) and not spec.not_yet:
            found.append(
                {"slug": slug, "name": spec.name, "category": spec.category, "summary": spec.summary}
            )
    return {"modules": found[:MOST], "total": len(found)}


class DescribeModule(BaseModel):
    slug: str


def describe_module(caller: Caller, asked: DescribeModule) -> Any:
    spec = find(asked.slug)
    if spec is None:
        raise NotFound(f"There is no module {asked.slug!r}; list_modules tells which there are.")
    ports = {"inputs": spec.inputs, "outputs": spec.outputs, "params": spec.params}
    listed = {name: [each.model_dump(exclude_none=True) for each in items] for name, items in ports.items()}
    return {"slug": asked.slug, "name": spec.name, "docs": spec.docs, **listed}


class ListDatasets(BaseModel):
    search: str = ""


def list_datasets(caller: Caller, asked: ListDatasets) -> Any:
    rows = latest(visible_datasets(caller.user)).filter(name__icontains=asked.search).order_by("name")
    found = [
        {"name": d.name, "version": d.version, "kind": d.kind, "state": d.state, **_facts(d.artifact)}
        for d in rows.select_related("artifact")[:MOST]
    ]
    return {"datasets": found, "total": rows.count()}


def _facts(artifact: Artifact | None) -> dict[str, Any]:
    facts = artifact.facts() if artifact else {}
    return {key: facts[key] for key in ("rows", "columns") if key in facts}


class ListExperiments(BaseModel):
    search: str = ""


def list_experiments(caller: Caller, asked: ListExperiments) -> Any:
    rows = visible_experiments(caller.user).filter(name__icontains=asked.search).order_by("-updated")
    found = [
        {"id": e.pk, "name": e.name, "nodes": e.node_count, "revision": e.revision, "updated": iso(e.updated)}
        for e in rows.defer("document")[:MOST]
    ]
    return {"experiments": found, "total": rows.count()}


class AnExperiment(BaseModel):
    experiment: ExperimentId
    proposal: Annotated[str, Field(description="An open proposal: the file as it would be with it")] = ""


def document_of(experiment: Experiment, proposal: str) -> dict[str, Any]:
    return proposals.open_one(experiment, proposal).document if proposal else experiment.document


def get_experiment(caller: Caller, asked: AnExperiment) -> Any:
    experiment = access_experiment(caller.user, asked.experiment)
    document = document_of(experiment, asked.proposal)
    waiting = experiment.proposals.filter(state=Proposal.State.OPEN)
    return {
        "id": experiment.pk,
        "revision": experiment.revision,
        "document": document if caller.values else without_values(document),
        "proposals": [
            proposals.as_json(each, whole=False) | {"created": iso(each.created)} for each in waiting
        ],
    }


def validate_experiment(caller: Caller, asked: AnExperiment) -> Any:
    experiment = access_experiment(caller.user, asked.experiment)
    return problems_of(experiment, document_of(experiment, asked.proposal))


def problems_of(experiment: Experiment, document: dict[str, Any]) -> dict[str, Any]:
    """What keeps the file from running, and what will probably go wrong. Executes nothing."""
    try:
        graph = read_graph(document)
    except FileProblem as problem:
        return {"errors": [{"code": "format", "message": str(problem)}], "warnings": []}
    columns = known_columns(graph, experiment.owner_id, experiment)
    errors = validate(graph, catalog(), dataset_kinds(experiment.owner_id))
    warnings = [*find_warnings(graph, catalog()), *script_warnings(graph, catalog(), columns)]
    return {
        "errors": [each.model_dump(exclude_none=True) for each in errors],
        "warnings": [
            each.model_dump(exclude_none=True, include={"node", "port", "param", "line", "code", "message"})
            for each in warnings
        ],
    }


class ATable(BaseModel):
    """A dataset by its name, or what a node of an experiment last left on a port."""

    dataset: Annotated[str, Field(description="The dataset's name; empty for a node's output")] = ""
    experiment: str = ""
    node: str = ""
    port: str = ""


class SomeOfATable(ATable):
    rows: Annotated[int, Field(ge=1, le=MOST_ROWS)] = 10
    offset: Annotated[int, Field(ge=0)] = 0


def table_schema(caller: Caller, asked: ATable) -> Any:
    artifact = _table(caller, asked)
    columns = [{"name": c["name"], "type": c["type"]} for c in artifact.manifest["columns"][: MOST * 5]]
    return {
        "rows": artifact.facts().get("rows"),
        "columns": columns,
        "total": len(artifact.manifest["columns"]),
    }


def table_sample(caller: Caller, asked: SomeOfATable) -> Any:
    if not caller.values:
        raise Forbidden("This key does not allow values. table_schema tells columns and types.")
    return page(_table(caller, asked), asked.offset, asked.rows, longest=LONGEST_CELL)


def _table(caller: Caller, asked: ATable) -> Artifact:
    artifact: Artifact | None
    if asked.dataset:
        dataset = Lookup(caller.user.pk).find(asked.dataset)
        artifact = dataset.artifact if dataset else None
        what = f"dataset {asked.dataset!r}"
    else:
        experiment = access_experiment(caller.user, asked.experiment)
        left = last_left(experiment, asked.node).get(asked.port)
        artifact = Artifact.objects.filter(pk=left["artifact"]).first() if left else None
        what = f"result on {asked.node}.{asked.port}; run the experiment first"
    if artifact is None:
        raise NotFound(f"There is no {what}.")
    if artifact.type != "table":
        raise Invalid(f"It is a {artifact.type}, and no table.")
    return artifact


class ANodeRun(BaseModel):
    run: Annotated[str, Field(description="The run's id; empty for the latest of the experiment")] = ""
    experiment: str = ""
    node: NodeId


def why_it_ran(caller: Caller, asked: ANodeRun) -> Any:
    _, entry = _node_run(caller, asked)
    return {key: entry.get(key) for key in ("state", "cached", "reason", "started", "finished")}


def node_failure(caller: Caller, asked: ANodeRun) -> Any:
    run, entry = _node_run(caller, asked)
    if not entry.get("error"):
        return {"state": entry["state"], "error": None}
    told = {"state": entry["state"], "error": failure(entry["error"], caller.values)}
    if caller.values:
        told["log"] = log_text(run.nodes.get(node=asked.node))[-LONGEST_LOG:]
    return told


def _node_run(caller: Caller, asked: ANodeRun) -> tuple[Run, dict[str, Any]]:
    if asked.run:
        run: Run | None = access_run(caller.user, asked.run)
    else:
        run = access_experiment(caller.user, asked.experiment).runs.order_by("-number").first()
    entry = run_snapshot(run)["nodes"].get(asked.node) if run else None
    if run is None or entry is None:
        raise NotFound(f"No run has the node {asked.node!r}.")
    return run, entry
