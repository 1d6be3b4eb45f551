"""What a node run is to compute: its inputs, its key, and what the cache knows of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from modules.digest import code_digest, libraries
from modules.registry import find, find_broken
from modules.sdk.declare import ModuleSpec
from studio.artifacts.models import Artifact
from studio.database.clock import clock
from studio.datasets.models import Dataset
from studio.runs.cache_hits import Hit
from studio.runs.models import NodeRun
from studio.runs.outputs import outputs_of
from workers.engine.cached_results import KnownResults
from workers.engine.outside import Asker, NotGiven, versions
from workers.engine.result_key import result_key
from workers.engine.run_reasons import why_passed_on
from workers.environments.ready import Missing, Ready, find_ready

Made = tuple[NodeRun, Mapping[str, Artifact]]
"""A node run and what it left on its ports, kept but not committed yet."""


class CannotRun(Exception):
    """Why a node run fails before a child is started; the message is a sentence for the user."""

    def __init__(self, type: str, message: str, param: str | None = None) -> None:
        super().__init__(message)
        self.type, self.param = type, param


@dataclass
class Work:
    """`inputs`: artifacts by port. `sources`: the node runs on the other end of each wired input. `hit`: its
    result, if the cache has it. `lost`: what became of it, if it no longer has ("was damaged").
    `environment`: the one that its script runs in, if that is not base. `mark`: what the source of its data
    looks like, if that was asked."""

    node_run: NodeRun
    spec: ModuleSpec
    inputs: dict[str, Artifact]
    sources: dict[str, NodeRun]
    hit: Hit | None = None
    lost: str | None = None
    reason: str = ""
    environment: Ready | None = None
    mark: str | None = None

    @property
    def repeats(self) -> bool:
        """Whether the cache may keep the result; not where somebody may have changed values on the way."""
        if "debug" in self.node_run.plan:
            return False
        return self.mark is not None or self.spec.repeats(self.node_run.plan["params"])


def find_spec(node_run: NodeRun) -> ModuleSpec:
    """The node run's module. CannotRun if this worker has none of that name."""
    slug = node_run.plan["module"]
    if spec := find(slug):
        return spec
    if broken := find_broken(slug):
        message = f"The module {slug!r} cannot be read on this worker ({broken.error}); doctor says more."
        raise CannotRun("BrokenModule", message)
    raise CannotRun("UnknownModule", f"There is no module {slug!r} on this worker.")


def find_work(node_run: NodeRun, made: Made | None = None, mark: str | None = None) -> Work:
    """Looks the inputs up, and the result in the cache. `made`: what is at an input, but not in the database
    yet. CannotRun if something is missing."""
    spec, run = find_spec(node_run), node_run.run
    sources: dict[str, NodeRun] = {}
    inputs: dict[str, Artifact] = {}
    wanted = {port: (node, source) for port, (node, source) in node_run.plan["inputs"].items()}
    if given := node_run.plan.get("given"):
        inputs |= _given(given)
    if made:
        maker, artifacts = made
        for port, (node, source) in list(wanted.items()):
            if node == maker.node and source in artifacts:
                sources[port], inputs[port] = maker, artifacts[source]
                del wanted[port]
    for port, output in (outputs_of(run, wanted) if wanted else {}).items():
        sources[port], inputs[port] = output.node_run, output.artifact
    for given in spec.inputs:
        if given.name in wanted and given.name not in inputs and not given.optional:
            node, source = wanted[given.name]
            raise CannotRun(
                "MissingInput",
                f"Nothing arrived at the input {given.label!r}: {node} left nothing on {source!r}.",
            )
    work = Work(node_run, spec, inputs, sources, environment=find_environment(node_run), mark=mark)
    by_port = {port: each.id for port, each in inputs.items()}
    found = find_hit(node_run, spec, by_port, KnownResults(), work.environment, mark)
    work.hit, work.lost = (found, None) if isinstance(found, Hit) else (None, found)
    return work


def find_environment(node_run: NodeRun) -> Ready | None:
    """CannotRun if there is none; NotReady while it is built."""
    try:
        return find_ready(node_run.plan)
    except Missing as problem:
        raise CannotRun("EnvironmentMissing", str(problem), "environment") from None


def _given(by_port: Mapping[str, str]) -> dict[str, Artifact]:
    """The artifacts that lie on ports from the start. CannotRun if one is gone."""
    found = Artifact.objects.in_bulk(list(by_port.values()))
    for port, id in by_port.items():
        if id not in found or found[id].dropped:
            raise CannotRun("ArtifactGone", f"What was given to {port!r} ({id}) is no longer in the store.")
    return {port: found[id] for port, id in by_port.items()}


def find_hit(
    node_run: NodeRun,
    spec: ModuleSpec,
    inputs: Mapping[str, str],
    results: KnownResults,
    environment: Ready | None = None,
    mark: str | None = None,
) -> Hit | str | None:
    """The result of the cache; or what became of it ("was damaged"); None if there was none, or it does not
    count. `inputs`: artifact ids by port. Sets the node run's key and basis."""
    began, params = clock.now(), node_run.plan["params"]
    where = environment.interpreter if environment else None
    node_run.key = result_key(spec, params, inputs, where, _outside(node_run, spec, mark))
    code = {"code": code_digest(spec.slug, where), "libraries": libraries(spec.slug, where)}
    node_run.basis = {**code, "inputs": dict(inputs)}
    if node_run.anew or not (mark is not None or spec.repeats(params)):
        return None
    known = results.find(node_run.key)
    if known is None:
        return None
    if known.lost:
        return known.lost
    node_run.cached, node_run.saved = True, known.result.seconds
    node_run.reason = results.why(node_run.run, known.result)
    return Hit(node_run, began, known.outputs, known.result.printed)


def _outside(node_run: NodeRun, spec: ModuleSpec, mark: str | None) -> dict[str, str]:
    """What counts beside the node itself: the versions of secrets, how the source looks, and which table is
    gone through in pieces: nobody knows whether its author is right to say that this changes nothing."""
    try:
        found = versions(node_run.run.owner_id, Asker(spec, node_run.plan["params"]))
    except NotGiven as problem:
        raise CannotRun(problem.type, str(problem), problem.param) from None
    if pieces := node_run.plan.get("pieces"):
        found = {**found, "/pieces": pieces}
    return found if mark is None else {**found, "": mark}


def dataset_hit(node_run: NodeRun, spec: ModuleSpec, dataset: Dataset, artifact: Artifact) -> Hit:
    """The result of a node that stands for a dataset: its output *is* what the dataset holds."""
    began = clock.now()
    node_run.basis = {"dataset": dataset.name, "version": dataset.version, "artifact": artifact.pk}
    why = why_passed_on(node_run, dataset.name, dataset.version)
    node_run.reason, node_run.cause = why.reason, why.cause and why.cause.as_json()
    return Hit(node_run, began, {spec.outputs[0].name: artifact})


def pinned_hit(node_run: NodeRun, held: Mapping[str, tuple[Dataset, Artifact]]) -> Hit:
    """The result of a pinned node: on each port *is* what the dataset there holds."""
    began = clock.now()
    names = {port: str(dataset) for port, (dataset, _) in held.items()}
    node_run.basis = {"pinned": names}
    node_run.reason = f"pinned: takes {' and '.join(dict.fromkeys(names.values()))} instead of running"
    return Hit(node_run, began, {port: artifact for port, (_, artifact) in held.items()})
