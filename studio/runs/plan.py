"""A graph made ready to run. Pure: no Django, no clock."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from modules.sdk.declare import ModuleSpec
from studio.experiments.graph import Graph, Node
from studio.experiments.pins import Settled

WATCHED = "execute-python-script"


@dataclass(frozen=True)
class Step:
    """One node of a plan: its module, all of its params, which port each input comes from, and whether
    it is computed even where its result is known. `limits`: what it wishes for instead of the usual ones.
    `name`: what a person calls it, for messages only; it has no part in the key of its result.
    `dataset`: the id of the version that it stands for, all through the run. `environment`: the id of the one
    that its script runs in; None is base. `given`: artifacts, by the port on which they lie from the start.
    `watch`: what each line of its script makes is told; that has no part in the key either. `debug`: what
    somebody wants of the debugger. `pinned`: ids of the dataset versions that its outputs are, by port: it is
    not computed. `left_out`: why it is not run at all. `pieces`: the input that may be gone through in
    pieces, if the module works row by row."""

    node: str
    module: str
    params: Mapping[str, Any]
    inputs: Mapping[str, tuple[str, str]]
    anew: bool = False
    limits: Mapping[str, Any] = field(default_factory=dict)
    name: str = ""
    dataset: str | None = None
    given: Mapping[str, str] = field(default_factory=dict)
    environment: str | None = None
    watch: bool = False
    pinned: Mapping[str, str] = field(default_factory=dict)
    debug: Mapping[str, Any] | None = None
    left_out: str = ""
    pieces: str = ""

    @property
    def above(self) -> set[str]:
        return {node for node, _ in self.inputs.values()}

    def as_json(self) -> dict[str, Any]:
        return {
            "module": self.module,
            "params": dict(self.params),
            "inputs": {port: list(source) for port, source in self.inputs.items()},
            "anew": self.anew,
            "limits": dict(self.limits),
            "name": self.name,
            "dataset": self.dataset,
            "given": dict(self.given),
            "environment": self.environment,
            **({"watch": True} if self.watch else {}),
            **({"pinned": dict(self.pinned)} if self.pinned else {}),
            **({"debug": dict(self.debug)} if self.debug is not None else {}),
            **({"pieces": self.pieces} if self.pieces else {}),
        }


def make_plan(
    graph: Graph,
    catalog: Mapping[str, ModuleSpec],
    anew: Collection[str] = (),
    dataset: Callable[[str], str | None] = lambda name: None,
    environment: Callable[[Mapping[str, Any]], str | None] = lambda params: None,
    *,
    watch: bool = False,
) -> list[Step]:
    """The steps of a valid graph, each after those it depends on. Params left out take their default.

    `anew`: nodes that take nothing from the cache. `dataset`: the id of the version that a name means.
    `environment`: the id of the one that the params of a script mean.
    `watch`: scripts tell what their lines make.
    """
    order, _ = graph.order()
    steps = []
    for id in order:
        node = graph.nodes[id]
        spec = catalog[node.module]
        if node.pinned:
            steps.append(_pinned_step(node, spec, dataset))
            continue
        params = spec.read_params(node.params).model_dump(mode="json")
        steps.append(
            Step(
                node=id,
                module=node.module,
                params=params,
                inputs={w.target.port: (w.source.node, w.source.port) for w in graph.into(id)},
                anew=id in anew,
                limits=node.limits,
                name=node.name,
                dataset=dataset(params[spec.reference]) if spec.reference else None,
                environment=environment(params) if "environment" in params else None,
                watch=watch and node.module == WATCHED,
            )
        )
    return steps


def _pinned_step(node: Node, spec: ModuleSpec, dataset: Callable[[str], str | None]) -> Step:
    """Its params need not be right: nobody computes with them."""
    try:
        params = spec.read_params(node.params).model_dump(mode="json")
    except ValidationError:
        params = dict(node.params)
    pinned = {port: dataset(named) or "" for port, named in node.pinned.items()}
    return Step(node.id, node.module, params, {}, name=node.name, pinned=pinned)


def left_out_steps(settled: Settled, catalog: Mapping[str, ModuleSpec]) -> list[Step]:
    """Of the nodes that only pinned ones need: they stand in the run to say why they are not run."""

    def called(node: Node) -> str:
        spec = catalog.get(node.module)
        return node.name or (spec.name if spec else node.module)

    return [
        Step(node.id, node.module, node.params, {}, name=node.name, left_out=describe_left_out(below))
        for node, below in ((node, called(settled.graph.nodes[id])) for node, id in settled.left_out)
    ]


def describe_left_out(pinned: str) -> str:
    """Why a node above a pinned one did not run. `pinned`: what that one is called."""
    return f"not run: only {pinned} below needs it, and {pinned} is pinned"


def describe_skip(failed: str) -> str:
    """Why a node below a failed one did not run."""
    return f"skipped: {failed} above it failed"
