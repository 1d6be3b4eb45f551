"""An experiment's run as a service: what a call goes through, and what is taken from the run. Pure.

The path is what lies between the caller's rows and the outputs. Models and transforms on it are the values
that the run left, and so is every table on which no row of the caller's has a part; what only training needs
falls away.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from modules.exchange.plan import FromArtifact, FromCaller, FromNode, ServicePlan, ServiceStep, Source
from modules.exchange.schema import ServiceSchema
from modules.scripting.script_header import read_header
from modules.sdk.declare import ModuleSpec
from studio.experiments.graph import Graph, Node, PortRef
from studio.experiments.leakage import learns
from studio.experiments.validate import called
from studio.services.captured import Capture, Choices, Marked, MendOffer, PortPlace, ServiceProblem
from studio.services.columns_read import APPLIES
from studio.services.interface import describe
from studio.services.left import Left
from studio.services.parameters import find_parameters
from studio.services.places import (
    INPUT,
    OUTPUT,
    Catalog,
    Ends,
    find_ends,
    input_places,
    module_ends,
    output_places,
)

APPLIED = "transformed_dataset"
PASSES_BY = {"split-data", "remove-duplicate-rows", "smote"}
"""Modules that choose or make up rows for training; the caller's rows pass them by if a person says so."""
LEARNS = {
    *("cross-validate-model", "tune-model-hyperparameters", "train-clustering-model", "sweep-clustering"),
    *("permutation-feature-importance", "evaluate-model"),
}
"""Modules whose tables tell of a training or a test, which a call has no part in."""


def capture(graph: Graph, catalog: Catalog, left: Left, choices: Choices, marked: Marked) -> Capture:
    """The plan of the service, or what stands in its way. `left`: what the run left on its ports."""
    if unknown := [node.id for node in graph.nodes.values() if node.module not in catalog]:
        return Capture(problems=[_unknown(graph, id) for id in unknown])
    if pinned := [node for node in graph.nodes.values() if node.pinned]:
        return Capture(problems=[_pinned(node, catalog[node.module]) for node in pinned])
    ends = find_ends(graph, catalog, choices)
    found = _offered(graph, catalog, left, ends)
    if ends.problems or not ends.outputs:
        return found
    making = _Making(graph, catalog, left, choices, marked, ends)
    outputs = {name: making.source(ref) for name, ref in ends.outputs.items()}
    if not making.problems:
        making.check_rows(outputs)
    found = found.model_copy(
        update={
            "path": making.path,
            "constant": sorted(making.constant),
            "kept": making.constant,
            "markable": making.markable,
        }
    )
    if making.problems:
        return found.model_copy(update={"problems": making.problems})
    steps = [making.steps[id] for id in graph.order()[0] if id in making.steps]
    if unused := _unused(steps, outputs, ends):
        return found.model_copy(update={"problems": unused})
    if elsewhere := [making.refusal_of_environment(step) for step in steps if _names_environment(step)]:
        return found.model_copy(update={"problems": elsewhere})
    if outside := [making.refusal_of_outside(step) for step in steps if _asks_outside(step, catalog)]:
        return found.model_copy(update={"problems": outside})
    parameters = find_parameters(graph, catalog, steps, marked)
    described = describe(steps, outputs, ends, graph, catalog, left)
    plan = ServicePlan(
        interface=ServiceSchema(
            inputs=described.inputs, outputs=described.outputs, parameters=tuple(parameters.described)
        ),
        steps=tuple(
            step.model_copy(update={"parameters": parameters.by_node.get(step.node, {})}) for step in steps
        ),
        outputs=outputs,
        modules={step.module: catalog[step.module].version for step in steps},
    )
    return found.model_copy(
        update={
            "plan": None if parameters.problems else plan,
            "problems": parameters.problems,
            "tables": {name: left[ref].artifact for name, ref in ends.inputs.items() if ref in left},
            "notes": [*described.notes, *parameters.notes],
        }
    )


def _offered(graph: Graph, catalog: Catalog, left: Left, ends: Ends) -> Capture:
    """The ends that the experiment names itself, and the places for others. None is likely where it names
    one."""
    inputs = input_places(graph, catalog, list(ends.outputs.values()))
    outputs = output_places(graph, catalog, left)
    named_inputs, named_outputs = module_ends(graph, INPUT), module_ends(graph, OUTPUT)
    return Capture(
        inputs=_unlikely(inputs) if named_inputs else inputs,
        outputs=_unlikely(outputs) if named_outputs else outputs,
        input_modules=named_inputs,
        output_modules=named_outputs,
        problems=ends.problems,
    )


def _unlikely(places: list[PortPlace]) -> list[PortPlace]:
    return [place.model_copy(update={"likely": False}) for place in places]


class _Making:
    """Follows each output upwards to the caller's rows and to what the run left."""

    def __init__(
        self, graph: Graph, catalog: Catalog, left: Left, choices: Choices, marked: Marked, ends: Ends
    ) -> None:
        self.graph, self.catalog, self.left, self.choices = graph, catalog, left, choices
        self.entries = {ref: name for name, ref in ends.inputs.items()}
        moved = {ref.node for ref in self.entries} | {id for id in marked if id in graph.nodes}
        self.marked = marked
        self.trains = any(self._type(ref) == "model" for ref in ends.outputs.values())
        self.below = graph.downstream(moved)
        self.steps: dict[str, ServiceStep] = {}
        self.constant: dict[str, str] = {}
        self.problems: list[ServiceProblem] = []
        self._renamed: dict[str, tuple[str, str]] = {}

    @property
    def path(self) -> list[str]:
        entered = {ref.node for ref in self.entries if self.graph.nodes[ref.node].module == INPUT}
        return [id for id in self.graph.nodes if id in self.steps or id in entered]

    @property
    def markable(self) -> list[str]:
        """Nodes that each call computes, and those whose table would be computed in each call once marked."""
        own = {id for id, step in self.steps.items() if step.module == self.graph.nodes[id].module}
        tables = {
            id
            for id in self.constant
            if id not in self.steps
            and all(port.type == "table" for port in self._spec(id).outputs)
            and not self._spec(id).reference
        }
        return [id for id in self.graph.nodes if id in own | tables]

    def source(self, ref: PortRef) -> Source:
        """Where the value of an output comes from in a call. Walks with a stack of its own: a chain may be
        thousands of nodes long."""
        for id in self._order(ref):
            self._add(id)
        return self._source(ref)

    def _order(self, ref: PortRef) -> list[str]:
        """The nodes on the path above this port that no step stands for yet, those above first."""
        needed: set[str] = set()
        stack = [ref]
        while stack:
            at = stack.pop()
            if self._is_given(at) or at.node in needed:
                continue
            needed.add(at.node)
            stack += [wire.source for wire in self._wires(at.node)]
        return [id for id in self.graph.order()[0] if id in needed and id not in self.steps]

    def _is_given(self, ref: PortRef) -> bool:
        """Whether the value comes from the caller or from the run."""
        if ref in self.entries:
            return True
        if ref.node not in self.below:
            return True
        return not self.trains and self._type(ref) in (None, "model", "transform")

    def _type(self, ref: PortRef) -> str | None:
        port = self._spec(ref.node).output(ref.port)
        return port.type if port else None

    def _wires(self, id: str) -> list[Any]:
        """The wires into a node that a call has use for."""
        wires = self.graph.into(id)
        spec = self.catalog[self.graph.nodes[id].module]
        if self._mend(id) == "apply" and spec.fit_ports:
            return [wire for wire in wires if wire.target.port == spec.fit_ports.dataset]
        return wires

    def _source(self, ref: PortRef) -> Source:
        if ref in self.entries:
            return FromCaller(caller=self.entries[ref])
        if self._is_given(ref):
            return self._kept(ref)
        node = self.graph.nodes[ref.node]
        if node.module in (INPUT, OUTPUT) or self._mend(ref.node) == "bypass":
            above = self._passed(ref.node)
            return self._source(above) if above else self._kept(ref)
        if self._mend(ref.node) == "apply":
            return FromNode(node=ref.node, port=APPLIED)
        return FromNode(node=ref.node, port=ref.port)

    def _passed(self, id: str) -> PortRef | None:
        """What a node that the caller's rows pass by gets."""
        spec = self.catalog[self.graph.nodes[id].module]
        tables = [port.name for port in spec.inputs if port.type == "table"]
        return next((wire.source for wire in self.graph.into(id) if wire.target.port in tables), None)

    def _kept(self, ref: PortRef) -> Source:
        found = self.left.get(ref)
        if found is None:
            self._problem(
                ref.node,
                "not-run",
                "{called} has left nothing in the latest finished run, and the service needs it. Run the "
                "experiment, then publish.",
                port=ref.port,
            )
            return FromArtifact(artifact="")
        self.constant[ref.node] = found.artifact
        return FromArtifact(artifact=found.artifact)

    def _add(self, id: str) -> None:
        node = self.graph.nodes[id]
        mend = self._mend(id)
        if node.module in (INPUT, OUTPUT) or mend == "bypass":
            return
        inputs = {wire.target.port: self._source(wire.source) for wire in self._wires(id)}
        if mend == "apply":
            ports = self._spec(id).fit_ports
            assert ports is not None
            learned = self._kept(PortRef(id, ports.transform))
            self.steps[id] = ServiceStep(
                node=id,
                module=APPLIES,
                inputs={"dataset": inputs[ports.dataset], "transformation": learned},
                limits=node.limits,
                name=called(node, self._spec(id)),
            )
            return
        params = self._spec(id).read_params(node.params).model_dump(mode="json")
        self.steps[id] = ServiceStep(
            node=id, module=node.module, params=params, inputs=inputs, limits=node.limits, name=node.name
        )

    def check_rows(self, outputs: Mapping[str, Source]) -> None:
        """Says which steps learn from the caller's rows, or choose among them: all may, where the service is
        there for training."""
        if self.trains:
            return
        for id in list(self.steps):
            node, spec = self.graph.nodes[id], self._spec(id)
            if self.steps[id].module == APPLIES and node.module != APPLIES:
                continue
            offer = _offer(node.module, spec, learns(node, self.catalog), id in self.marked)
            if (
                node.module == "split-data"
                and node.params.get("splitting_mode", "split_rows") != "split_rows"
            ):
                offer = None
            if offer is not None:
                code, message, repair = offer
                self._problem(id, code, message, repair=repair)
            elif node.module in LEARNS:
                self._problem(
                    id,
                    "learns-from-caller",
                    "{called} tells of a training or a test, and would do so of the caller's rows. Choose an "
                    "output above it.",
                )

    def _mend(self, id: str) -> str | None:
        if id not in self.choices.mend:
            return None
        node = self.graph.nodes[id]
        offer = _offer(node.module, self._spec(id), learns(node, self.catalog), False)
        return offer[2].how if offer else None

    def _spec(self, id: str) -> ModuleSpec:
        return self.catalog[self.graph.nodes[id].module]

    def refusal_of_environment(self, step: ServiceStep) -> ServiceProblem:
        """A service's steps share one interpreter, base's."""
        title = called(self.graph.nodes[step.node], self._spec(step.node))
        message = f"{title} runs in an environment of its own, and a service has base's packages only."
        return ServiceProblem(node=step.node, code="own-environment", message=f"{message} Let it go without.")

    def refusal_of_outside(self, step: ServiceStep) -> ServiceProblem:
        """Whoever may call a service would reach what its owner may."""
        title = called(self.graph.nodes[step.node], self._spec(step.node))
        message = f"{title} asks for network or for secrets, and a service has neither. Let it go without."
        return ServiceProblem(node=step.node, code="asks-outside", message=message)

    def _problem(self, id: str, code: str, message: str, **more: Any) -> None:
        title = called(self.graph.nodes[id], self._spec(id))
        self.problems.append(ServiceProblem(node=id, code=code, message=message.format(called=title), **more))


def _names_environment(step: ServiceStep) -> bool:
    """Whether its script has other packages than base's, by name or by header."""
    if "environment" not in step.params:
        return False
    header = read_header(str(step.params.get("script") or ""))
    return step.params["environment"] not in ("", "base") or bool(header and header.dependencies)


def _asks_outside(step: ServiceStep, catalog: Mapping[str, ModuleSpec]) -> bool:
    spec = catalog[step.module]
    return spec.asks_for_network(step.params) or bool(spec.secrets(step.params))


def _offer(
    module: str, spec: ModuleSpec, learning: bool, is_marked: bool
) -> tuple[str, str, MendOffer] | None:
    """What is wrong with such a node on the caller's path, and what would mend it."""
    if module in PASSES_BY and not is_marked:
        return (
            "chooses-rows",
            "{called} is there for training: it would leave out rows of the caller's, or make some up. Let "
            "the caller's rows pass it by.",
            MendOffer(label="Let the caller's rows pass it by", how="bypass"),
        )
    if learning and spec.fit_ports and spec.fit_ports.result:
        return (
            "fits-on-caller",
            "{called} learns from its table, and would learn anew from the rows of each call. Do to the "
            "caller's rows what it learned in the run.",
            MendOffer(label="Use what it learned in the run", how="apply"),
        )
    return None


def _unused(steps: list[ServiceStep], outputs: Mapping[str, Source], ends: Ends) -> list[ServiceProblem]:
    """An input whose rows reach no output is a mistake: nobody would send rows for nothing."""
    used = {source for step in steps for source in step.inputs.values()} | set(outputs.values())
    return [
        ServiceProblem(
            node=ref.node,
            port=ref.port,
            code="unused-input",
            message=f"The rows that callers send to {name} reach no output. Put the input where the rows to "
            "be answered come in.",
        )
        for name, ref in ends.inputs.items()
        if FromCaller(caller=name) not in used
    ]


def _pinned(node: Node, spec: ModuleSpec) -> ServiceProblem:
    return ServiceProblem(
        node=node.id,
        code="pinned",
        message=f"{called(node, spec)} is pinned: a service would answer from what was kept. Unpin it, run "
        "the experiment, then publish.",
    )


def _unknown(graph: Graph, id: str) -> ServiceProblem:
    return ServiceProblem(
        node=id,
        code="unknown-module",
        message=f"There is no module {graph.nodes[id].module!r} in this version of Studio.",
    )
