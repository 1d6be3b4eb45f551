"""Where the caller's rows enter an experiment and where its answer leaves. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from modules.sdk.declare import ModuleSpec
from studio.experiments.graph import Graph, Node, PortRef
from studio.experiments.validate import called
from studio.services.captured import Choices, ModuleEnd, PortPlace, ServiceProblem
from studio.services.left import Left

Catalog = Mapping[str, ModuleSpec]
INPUT, OUTPUT = "web-service-input", "web-service-output"
SCORE = "score-model"


class Ends(NamedTuple):
    """By name the port that the caller's rows stand for, and the port whose table is answered."""

    inputs: dict[str, PortRef]
    outputs: dict[str, PortRef]
    problems: list[ServiceProblem]


def find_ends(graph: Graph, catalog: Catalog, choices: Choices) -> Ends:
    """As the web service modules say, else as the person chose, else the one obvious place."""
    problems: list[ServiceProblem] = []
    outputs = _marked(graph, OUTPUT, "output1", problems)
    outputs |= _chosen(graph, catalog, choices.outputs, problems, ("table", "model"))
    outputs = {name: _above(graph, ref) or ref for name, ref in outputs.items()}
    if not outputs:
        problems += _no_output(graph, catalog)
    inputs = _marked(graph, INPUT, "input1", problems)
    inputs |= _chosen(graph, catalog, choices.inputs, problems, ("table",))
    if not inputs and outputs:
        offered = input_places(graph, catalog, list(outputs.values()))
        if len(offered) == 1:
            inputs = {"input1": PortRef(offered[0].node, offered[0].port)}
        elif offered:
            problems += [
                ServiceProblem(
                    node=place.node,
                    port=place.port,
                    code="several-inputs",
                    message=f"The caller's rows may enter at {place.title}, and at other places. Choose one, "
                    "or put a Web Service Input behind it.",
                )
                for place in offered
            ]
    return Ends(inputs, outputs, problems)


def module_ends(graph: Graph, module: str) -> list[ModuleEnd]:
    """The ends that the web service modules of this kind name, each name once."""
    default = "input1" if module == INPUT else "output1"
    return [ModuleEnd(name=name, node=ref.node) for name, ref in _marked(graph, module, default, []).items()]


def _marked(graph: Graph, module: str, default: str, problems: list[ServiceProblem]) -> dict[str, PortRef]:
    found: dict[str, PortRef] = {}
    for node in graph.nodes.values():
        if node.module != module:
            continue
        name = str(node.params.get("name", default)).strip()
        if name in found:
            problems.append(
                ServiceProblem(
                    node=node.id,
                    param="name",
                    code="taken-name",
                    message=f"Another {'input' if module == INPUT else 'output'} of the service is called "
                    f"{name!r} already. Give this one another name.",
                )
            )
        found[name] = PortRef(node.id, "dataset")
    return found


def _chosen(
    graph: Graph,
    catalog: Catalog,
    said: Mapping[str, str],
    problems: list[ServiceProblem],
    types: tuple[str, ...],
) -> dict[str, PortRef]:
    found = {}
    for name, text in said.items():
        node, _, port = text.rpartition(".")
        spec = catalog.get(graph.nodes[node].module) if node in graph.nodes else None
        output = spec.output(port) if spec else None
        if output is None or output.type not in types:
            problems.append(
                ServiceProblem(
                    node=node if node in graph.nodes else None,
                    code="unknown-port",
                    message=f"{text[:200]!r} is no output with a {' or a '.join(types)} in the latest "
                    "finished run.",
                )
            )
        else:
            found[name] = PortRef(node, port)
    return found


def _above(graph: Graph, ref: PortRef) -> PortRef | None:
    """What is wired into a Web Service Output, which passes it on as it is."""
    if graph.nodes[ref.node].module != OUTPUT:
        return None
    above = next((wire.source for wire in graph.into(ref.node)), None)
    return above and (_above(graph, above) or above)


def _no_output(graph: Graph, catalog: Catalog) -> Iterator[ServiceProblem]:
    offered = [place for place in output_places(graph, catalog) if not place.trains]
    if not offered:
        yield ServiceProblem(code="missing-output", message="No node leaves a table that could be answered.")
    for place in offered:
        yield ServiceProblem(
            node=place.node,
            port=place.port,
            code="missing-output",
            message=f"The service has no output. Put a Web Service Output behind {place.title}, or choose it "
            "as the output.",
        )


def output_places(graph: Graph, catalog: Catalog, left: Left | None = None) -> list[PortPlace]:
    """Tables of nodes that nothing uses, and what models have scored; the likely one first. With `left`,
    after them what a node left on a port that nothing uses, beside one that is used. Trained models come
    last: a service that leaves one is there for training it anew."""
    found: list[tuple[int, PortPlace]] = []
    for node in graph.nodes.values():
        spec = catalog.get(node.module)
        used = {wire.source.port for wire in graph.out_of(node.id)}
        for port in spec.outputs if spec and spec.inputs else ():
            scored = node.module == SCORE
            beside = port.name not in used and left is not None and PortRef(node.id, port.name) in left
            if spec and port.type == "table" and (scored or not used or beside):
                title = f"{called(node, spec)} ({port.label})"
                order = 0 if scored else 2 if used else 1
                found.append((order, PortPlace(node=node.id, port=port.name, title=title)))
    found.sort(key=lambda each: each[0])
    tables = [
        place.model_copy(update={"likely": at == 0 and order < 2}) for at, (order, place) in enumerate(found)
    ]
    return [*tables, *_trained(graph, catalog)]


def _trained(graph: Graph, catalog: Catalog) -> Iterator[PortPlace]:
    for node in graph.nodes.values():
        spec = catalog.get(node.module)
        if spec and any(port.type == "table" for port in spec.inputs):
            for port in spec.outputs:
                if port.type == "model" and not port.optional:
                    title = f"{called(node, spec)} ({port.label}), for training it anew"
                    yield PortPlace(node=node.id, port=port.name, title=title, trains=True)


def input_places(graph: Graph, catalog: Catalog, outputs: list[PortRef]) -> list[PortPlace]:
    """The tables without a table above them from which rows reach the outputs: datasets, typed-in tables."""
    found: list[PortPlace] = []
    seen, stack = set[str](), [ref.node for ref in outputs]
    while stack:
        id = stack.pop()
        if id in seen or id not in graph.nodes:
            continue
        seen.add(id)
        spec = catalog.get(graph.nodes[id].module)
        above = [wire for wire in graph.into(id) if _is_table(graph, catalog, wire.source)]
        stack += [wire.source.node for wire in above]
        if not above and spec:
            found += [
                PortPlace(node=id, port=port.name, title=_title(graph.nodes[id], spec))
                for port in spec.outputs
                if port.type == "table" and (graph.out_of(id) or len(outputs) > 1)
            ][:1]
    order = list(graph.nodes)
    found.sort(key=lambda place: order.index(place.node))
    return [place.model_copy(update={"likely": len(found) == 1}) for place in found]


def _title(node: Node, spec: ModuleSpec) -> str:
    """A dataset goes by its own name: several are all called Dataset otherwise."""
    dataset = node.params.get("dataset") if spec.reference else None
    return node.name or str(dataset or spec.name)


def _is_table(graph: Graph, catalog: Catalog, ref: PortRef) -> bool:
    spec = catalog.get(graph.nodes[ref.node].module) if ref.node in graph.nodes else None
    port = spec.output(ref.port) if spec else None
    return port is not None and port.type == "table"
